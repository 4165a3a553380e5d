// What every CatalogueStore must do. Goal: a decision of last week finds the catalogue as it stood then.

import { describe, expect, it } from 'vitest';
import { faultOf, openings } from './samples.ts';

import type { CatalogueStore } from '../../src/engine/ports.ts';
import type { Item } from '../../src/facts/item.ts';
import type { ItemId } from '../../src/facts/ids.ts';

export interface CatalogueStoreHarness {
  readonly store: CatalogueStore;
  readonly reopen?: () => Promise<CatalogueStore>;
  readonly end: () => Promise<void>;
}

function itemOf(id: string, more: Partial<Item> = {}): Item {
  return { id: id as ItemId, title: `Title of ${id}`, path: ['Toys', 'Wood'], available: true, ...more };
}

export function runCatalogueStore(name: string, harness: () => Promise<CatalogueStoreHarness>): void {
  describe(`CatalogueStore: ${name}`, () => {
    it('[S11] begins empty at revision 0', async () => {
      const { store, end } = await harness();
      expect(await store.load()).toEqual({ revision: 0, items: [] });
      expect(await store.put([])).toBe(0);
      await end();
    });

    it('[S11] each change is one revision, and every revision can be loaded', async () => {
      const { store, reopen, end } = await harness();
      const a1 = itemOf('a', { priceMinor: 1250, currency: 'EUR', brand: 'Höhle', sensitive: 'grief' });
      const a2 = { ...a1, available: false };
      expect(await store.put([itemOf('b'), a1])).toBe(1);
      expect(await store.put([a2, itemOf('c')])).toBe(2);
      expect(await store.put([a1])).toBe(3);
      for await (const opened of openings(store, reopen)) {
        expect(await opened.load(0)).toEqual({ revision: 0, items: [] });
        expect(await opened.load(1)).toEqual({ revision: 1, items: [a1, itemOf('b')] });
        expect(await opened.load(2)).toEqual({ revision: 2, items: [a2, itemOf('b'), itemOf('c')] });
        expect(await opened.load()).toEqual({ revision: 3, items: [a1, itemOf('b'), itemOf('c')] });
      }
      await end();
    });

    it('[S11] equal items do not raise the revision, in whatever order their fields are', async () => {
      const { store, end } = await harness();
      await store.put([itemOf('a'), itemOf('b')]);
      const { available, path, title, id } = itemOf('a');
      expect(await store.put([{ available, path, title, id }])).toBe(1);
      expect(await store.put([itemOf('b'), itemOf('a')])).toBe(1);
      await end();
    });

    it('[S11] of an item that stands twice in one call the later counts', async () => {
      const { store, end } = await harness();
      expect(await store.put([itemOf('a'), itemOf('a', { title: 'Later' })])).toBe(1);
      expect((await store.load()).items).toEqual([itemOf('a', { title: 'Later' })]);
      expect(await store.put([itemOf('a'), itemOf('a', { title: 'Later' })])).toBe(1);
      await end();
    });

    it('[S11] items are ordered by the code points of their ids', async () => {
      const { store, end } = await harness();
      const ids = ['z', 'Z', 'é', '\u{1f4a1}', '\uff5a', '10', '9'];
      await store.put(ids.map((id) => itemOf(id)));
      const expected = ['10', '9', 'Z', 'z', 'é', '\uff5a', '\u{1f4a1}'];
      expect((await store.load()).items.map(({ id }) => id)).toEqual(expected);
      await end();
    });

    it('[S11] pruning forgets older revisions only, and says so when they are asked for', async () => {
      const { store, reopen, end } = await harness();
      await store.put([itemOf('a'), itemOf('b')]);
      await store.put([itemOf('a', { title: 'Two' })]);
      await store.put([itemOf('a', { title: 'Three' })]);
      const then = await store.load(2);
      await store.prune(2);
      for await (const opened of openings(store, reopen)) {
        expect(await opened.load(2)).toEqual(then);
        expect((await opened.load()).revision).toBe(3);
        expect(await faultOf(opened.load(1))).toBe('no-revision');
        expect(await faultOf(opened.load(4))).toBe('no-revision');
        expect(await faultOf(opened.prune(4))).toBe('no-revision');
      }
      await end();
    });
  });
}
