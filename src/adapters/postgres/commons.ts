// Owns: the Commons port: what nodes see of each other through the database.
//
// A row carries the number of its transaction (`tx`). Whoever follows reads rows of transactions below the
// oldest that is still under way: none of those can become visible later, so no row is skipped, in whatever
// order transactions commit.

import { codeOfKind } from '../../facts/entry-code.ts';
import { textOf, numberOf } from './columns.ts';
import { pseudonymOf } from './pseudonym.ts';

import type { Changed, Commons, Look } from '../../engine/ports.ts';
import type { Database } from './database.ts';
import type { NodeLock } from './node-lock.ts';

/** Transactions in one page: each has one person, so a page has at most as many. */
const PAGE_TRANSACTIONS = 20_000n;
/** Documents that count by how many there are; others have a pointer. */
const COUNTED = ['notice', 'release', 'source'];
/** What was shown, and that it was: most of what is written, and nothing that is learned from. */
const SHOWN = [codeOfKind('decision'), codeOfKind('digest')];

export function createCommons(database: Database, lock: NodeLock): Commons {
  const horizon = async (): Promise<{ readonly ended: bigint; readonly next: bigint }> => {
    const [row] = await database.read('horizon', []);
    return { ended: BigInt(textOf(row?.['ended'])), next: BigInt(textOf(row?.['next'])) };
  };
  return {
    async look(): Promise<Look> {
      const names = new Map<string, string>();
      for (const row of await database.read('look', [COUNTED]))
        names.set(textOf(row['name']), textOf(row['value']));
      const epoch = Number(names.get('epoch'));
      names.delete('epoch');
      return { epoch, names };
    },

    async raise(): Promise<void> {
      await database.write('raise', []);
    },

    position: async () => String((await horizon()).next),
    beginning: async () => String((await horizon()).ended),

    async changes(since) {
      const from = BigInt(since);
      const { ended } = await horizon();
      const pageEnd = from + PAGE_TRANSACTIONS;
      const upTo = ended < pageEnd ? (ended > from ? ended : from) : pageEnd;
      if (upTo === from) return { people: [], upTo: since, isAll: true };
      const values = [since, String(upTo), SHOWN, codeOfKind('decision'), codeOfKind('erasure')];
      const people = (await database.read('changes', values)).map((row): Changed => ({
        person: pseudonymOf(textOf(row['person'])),
        seq: numberOf(row['seq']),
        decided: row['decided'] === true,
        leaves: row['leaves'] === true,
      }));
      return { people, upTo: String(upTo), isAll: upTo >= ended };
    },

    isReached: (position, upTo) => BigInt(upTo) >= BigInt(position),

    async hold(duty): Promise<boolean> {
      const held = await lock.hold(duty);
      const pointer = `node/${duty}`;
      const mine = String(lock.number);
      if (held && (await textAt(database, pointer)) !== mine) await database.write('point', [pointer, mine]);
      return held;
    },

    async holder(duty): Promise<number | undefined> {
      const text = await textAt(database, `node/${duty}`);
      return text === undefined ? undefined : Number(text);
    },
  };
}

async function textAt(database: Database, pointer: string): Promise<string | undefined> {
  const [row] = await database.read('pointer', [pointer]);
  return row === undefined ? undefined : textOf(row['document']);
}
