// Owns: the CatalogueStore port on data.db. An item is stored as canonical JSON, so that "equal to what is
// there" is one comparison of texts.

import { canonicalJson } from '../../kernel/canonical.ts';
import { Fault } from '../../kernel/fault.ts';
import { numberOf, textOf } from './columns.ts';
import { closedFault, faulted } from './faults.ts';
import { DATA_SCHEMA } from './schema.ts';

import type { DatabaseSync } from 'node:sqlite';
import type { CatalogueStore } from '../../engine/ports.ts';
import type { Item } from '../../facts/item.ts';
import type { Json } from '../../kernel/canonical.ts';
import type { Writer } from './writer.ts';

export function createCatalogueStore(reading: DatabaseSync, writer: Writer): CatalogueStore {
  const readRevisions = reading.prepare('SELECT newest, pruned FROM revisions');
  const itemsAt = reading.prepare(
    'SELECT body FROM items WHERE revision <= ?1 AND (replaced IS NULL OR replaced > ?1) ORDER BY item',
  );
  const begin = reading.prepare('BEGIN');
  const end = reading.prepare('COMMIT');

  const readAt = (at: number | undefined): { readonly revision: number; readonly items: readonly Item[] } => {
    const row = readRevisions.get();
    const newest = numberOf(row?.['newest']);
    const revision = at ?? newest;
    if (revision > newest || revision < numberOf(row?.['pruned'])) {
      throw new Fault('no-revision', `the catalogue has no revision ${revision}, or no longer has it`, {
        retry: 'never',
      });
    }
    // Written by `put` below from an Item.
    const items = itemsAt.all(revision).map((item) => JSON.parse(textOf(item['body'])) as Item);
    return { revision, items };
  };

  return {
    async put(items): Promise<number> {
      // Of an item that stands twice in one call the later counts.
      const wanted = new Map(items.map((item) => [item.id, item]));
      const ids: string[] = [...wanted.keys()];
      // An item is plain data made of JSON's own types; the interface only lacks the index signature.
      const bodies = [...wanted.values()].map((item) => canonicalJson(item as unknown as Json));
      const bytes = bodies.reduce((sum, body) => sum + 2 * body.length, 0);
      return Number(await writer.submit({ kind: 'put-items', ids, bodies }, bytes));
    },

    async load(at): Promise<{ readonly revision: number; readonly items: readonly Item[] }> {
      if (!reading.isOpen) throw closedFault();
      return faulted(DATA_SCHEMA.name, () => {
        // One transaction: a `put` between the two statements would give new items under the old number.
        begin.run();
        try {
          return readAt(at);
        } finally {
          end.run();
        }
      });
    },

    async prune(revision): Promise<void> {
      await writer.submit({ kind: 'prune-items', revision }, 0);
    },
  };
}
