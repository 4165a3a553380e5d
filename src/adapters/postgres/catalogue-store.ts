// Owns: the CatalogueStore port. An item is stored as canonical JSON, so that "equal to what is there" is one
// comparison of texts. Whoever puts holds the one row of the revision, so revisions come one by one.

import { canonicalJson } from '../../kernel/canonical.ts';
import { Fault } from '../../kernel/fault.ts';
import { numberOf, textOf } from './columns.ts';

import type { CatalogueStore } from '../../engine/ports.ts';
import type { Item } from '../../facts/item.ts';
import type { Json } from '../../kernel/canonical.ts';
import type { Database, Run } from './database.ts';

export function createCatalogueStore(database: Database): CatalogueStore {
  return {
    async put(items): Promise<number> {
      // Of an item that stands twice in one call the later counts. An item is plain data made of JSON's own
      // types; the interface only lacks the index signature.
      const bodies = new Map(
        items.map((item) => [item.id as string, canonicalJson(item as unknown as Json)]),
      );
      return database.transaction(async (run) => putItems(run, bodies));
    },

    async load(at): Promise<{ readonly revision: number; readonly items: readonly Item[] }> {
      // One statement, so that no `put` comes between number and items.
      const rows = await database.read('items', [at ?? null]);
      const newest = numberOf(rows[0]?.['newest']);
      const revision = at ?? newest;
      if (revision > newest || revision < numberOf(rows[0]?.['pruned'])) {
        throw noRevision(`${revision}, or no longer has it`);
      }
      const bodies = rows.map((row) => row['body']).filter((body) => body !== null);
      // Written by `put` from an Item.
      return { revision, items: bodies.map((body) => JSON.parse(textOf(body)) as Item) };
    },

    async prune(revision): Promise<void> {
      await database.transaction(async (run) => {
        const newest = numberOf((await run('holdRevision', []))[0]?.['newest']);
        if (revision > newest) throw noRevision(`${revision}, the newest is ${newest}`);
        await run('setPruned', [revision]);
        await run('pruneItems', [revision]);
      });
    },
  };
}

async function putItems(run: Run, bodies: ReadonlyMap<string, string>): Promise<number> {
  const newest = numberOf((await run('holdRevision', []))[0]?.['newest']);
  const rows = await run('currentItems', [[...bodies.keys()]]);
  const current = new Map(rows.map((row) => [textOf(row['item']), textOf(row['body'])]));
  const changed = [...bodies].filter(([id, body]) => current.get(id) !== body);
  if (changed.length === 0) return newest;
  const ids = changed.map(([id]) => id);
  await run('replaceItems', [ids, newest + 1]);
  await run('addItems', [ids, changed.map(([, body]) => body), newest + 1]);
  await run('setRevision', [newest + 1]);
  return newest + 1;
}

function noRevision(which: string): Fault {
  return new Fault('no-revision', `the catalogue has no revision ${which}`, { retry: 'never' });
}
