// Owns: the versioned catalogue in memory: for each item the versions it has had, oldest first.

import { canonicalJson } from '../../kernel/canonical.ts';
import { compareBytes, utf8 } from '../../kernel/bytes.ts';
import { Fault } from '../../kernel/fault.ts';

import type { CatalogueStore } from '../../engine/ports.ts';
import type { Item } from '../../facts/item.ts';
import type { Json } from '../../kernel/canonical.ts';
import type { Gate } from './gate.ts';

interface Version {
  readonly revision: number;
  readonly body: string;
}

export function memoryCatalogueStore(gate: Gate): CatalogueStore {
  const versions = new Map<string, Version[]>();
  let revision = 0;
  let pruned = 0;

  return {
    async put(items): Promise<number> {
      gate.enter('catalogue.put');
      const next = revision + 1;
      // Of an item that stands twice in one call the later counts.
      const wanted = new Map(items.map((item) => [item.id, item]));
      let changed = false;
      for (const [id, item] of wanted) {
        // An item is plain data made of JSON's own types; the interface only lacks the index signature.
        const body = canonicalJson(item as unknown as Json);
        const list = versions.get(id) ?? [];
        if (list.at(-1)?.body === body) continue;
        versions.set(id, [...list, { revision: next, body }]);
        changed = true;
      }
      if (changed) revision = next;
      return revision;
    },

    async load(at): Promise<{ readonly revision: number; readonly items: readonly Item[] }> {
      gate.enter('catalogue.load');
      const wanted = at ?? revision;
      if (wanted > revision || wanted < pruned) throw noRevision(wanted);
      const items: Item[] = [];
      for (const id of ascending(versions.keys())) {
        const version = versions.get(id)?.findLast((candidate) => candidate.revision <= wanted);
        // Written above from an Item.
        if (version !== undefined) items.push(JSON.parse(version.body) as Item);
      }
      return { revision: wanted, items };
    },

    async prune(before): Promise<void> {
      gate.enter('catalogue.prune');
      if (before > revision) throw noRevision(before);
      pruned = Math.max(pruned, before);
      for (const [id, list] of versions) {
        const kept = list.findLastIndex((version) => version.revision <= pruned);
        if (kept > 0) versions.set(id, list.slice(kept));
      }
    },
  };
}

/** By code point, which is the order of UTF-8 bytes; JavaScript's `<` orders by UTF-16 units. */
function ascending(ids: Iterable<string>): readonly string[] {
  const named = [...ids].map((id) => ({ id, bytes: utf8(id) }));
  return named.sort((a, b) => compareBytes(a.bytes, b.bytes)).map(({ id }) => id);
}

function noRevision(revision: number): Fault {
  return new Fault('no-revision', `the catalogue has no revision ${revision}, or no longer has it`, {
    retry: 'never',
  });
}
