// What every DocumentStore must do. Goal: a name always means the same bytes.

import { describe, expect, it } from 'vitest';
import { bytesOf, faultOf, openings } from './samples.ts';

import type { DocumentStore } from '../../src/engine/ports.ts';

export interface DocumentStoreHarness {
  readonly store: DocumentStore;
  readonly reopen?: () => Promise<DocumentStore>;
  readonly end: () => Promise<void>;
}

export function runDocumentStore(name: string, harness: () => Promise<DocumentStoreHarness>): void {
  describe(`DocumentStore: ${name}`, () => {
    it('[S12] documents come back whole, by kind and id, oldest first', async () => {
      const { store, reopen, end } = await harness();
      await store.put('model', 'b', bytesOf(1, 3_000_000), 200);
      await store.put('model', 'a', bytesOf(2), 100);
      await store.put('model', 'c', bytesOf(3), 200);
      await store.put('policy', 'a', new Uint8Array(0), 300);
      for await (const opened of openings(store, reopen)) {
        expect(await opened.get('model', 'b')).toEqual(bytesOf(1, 3_000_000));
        expect(await opened.get('policy', 'a')).toEqual(new Uint8Array(0));
        expect(await opened.get('policy', 'b')).toBeUndefined();
        const listed = [
          { id: 'a', timeMs: 100 },
          { id: 'b', timeMs: 200 },
          { id: 'c', timeMs: 200 },
        ];
        expect(await opened.list('model')).toEqual(listed);
        expect(await opened.list('pack')).toEqual([]);
      }
      await end();
    });

    it('[S12] the same bytes again are nothing, other bytes are a conflict', async () => {
      const { store, end } = await harness();
      await store.put('model', 'a', bytesOf(1), 100);
      await store.put('model', 'a', bytesOf(1), 999);
      expect(await faultOf(store.put('model', 'a', bytesOf(2), 100))).toBe('conflict');
      expect(await store.get('model', 'a')).toEqual(bytesOf(1));
      expect(await store.list('model')).toEqual([{ id: 'a', timeMs: 100 }]);
      await end();
    });

    it('[S12] bytes are copied on the way in and on the way out', async () => {
      const { store, end } = await harness();
      const bytes = bytesOf(1);
      const writing = store.put('model', 'a', bytes, 1);
      bytes.fill(9);
      await writing;
      (await store.get('model', 'a'))?.fill(8);
      expect(await store.get('model', 'a')).toEqual(bytesOf(1));
      await end();
    });

    it('[S12] what is removed is gone; removing what is not there is nothing', async () => {
      const { store, end } = await harness();
      await store.put('model', 'a', bytesOf(1), 1);
      await store.remove('model', 'a');
      await store.remove('model', 'a');
      expect(await store.get('model', 'a')).toBeUndefined();
      expect(await store.list('model')).toEqual([]);
      await end();
    });

    it('[S12] pointers move', async () => {
      const { store, reopen, end } = await harness();
      expect(await store.pointer('model')).toBeUndefined();
      await store.point('model', 'a');
      await store.point('model', 'b');
      await store.point('policy', 'p');
      const opened = reopen === undefined ? store : await reopen();
      expect(await opened.pointer('model')).toBe('b');
      expect(await opened.pointer('policy')).toBe('p');
      await end();
    });
  });
}
