// Owns: the Sharing port: which part of the people is whose, how far each has come, and sealed shares. A page
// of a part is one statement: the shares and how far they reach are kept together or not at all.

import { codeOfKind } from '../../facts/entry-code.ts';
import { bytesOf, numberOf, textOf, type Row } from './columns.ts';
import { damaged } from './faults.ts';
import { PART_COUNT } from './part-locks.ts';
import { pseudonymOf, uuidOf } from './pseudonym.ts';

import type { PartState, PersonKey, PersonKeys, Sharing } from '../../engine/ports.ts';
import type { Database } from './database.ts';
import type { NodeLock } from './node-lock.ts';

/** Shares read at once: some tens of kilobytes, mostly; of people who bought much, a megabyte. */
const SHARES_MAX = 200;
/** As in commons.ts: a page of a part that nobody followed for hours must fit into memory. */
const PAGE_TRANSACTIONS = 20_000n;
const NIL = '0'.repeat(32);
/** What was shown, and that it was: nothing that is learned from. */
const SHOWN = [codeOfKind('decision'), codeOfKind('digest')];

export interface SharingOptions {
  readonly data: Database;
  readonly lock: Pick<NodeLock, 'ownParts'>;
  /** Keys of these people, as they are now. */
  readonly keysOf: (people: readonly PersonKey[]) => Promise<ReadonlyMap<PersonKey, PersonKeys | 'erased'>>;
}

export function createSharing({ data, lock, keysOf }: SharingOptions): Sharing {
  const ended = async (): Promise<bigint> => {
    const [row] = await data.read('horizon', []);
    return BigInt(textOf(row?.['ended']));
  };
  return {
    era: async () => textOf((await data.read('era', []))[0]?.['era']),
    own: () => lock.ownParts(),
    parts: async () => (await data.read('parts', [])).map(stateOf),
    take: async (part) => {
      const [row] = await data.write('takePart', [part]);
      return row === undefined ? undefined : stateOf(row);
    },
    ask: async (round) => void (await data.write('askRound', [round])),
    await: async (goal) => void (await data.write('askGoal', [goal])),
    people: async (part, after, limit) => {
      const [first, last] = boundsOf(part);
      const rows =
        after === undefined
          ? await data.read('partBegin', [first, last, limit])
          : await data.read('partPeople', [first, last, uuidOf(after), limit]);
      return rows.map((row) => pseudonymOf(textOf(row['person'])));
    },
    changes: async (part, since) => changesIn(data, { part, since, horizon: await ended() }),
    move: async ({ to, shares, empty, gone }) => {
      const { part, token, counting, after, whole, upTo } = to;
      const values = [
        ...[
          ...boundsOf(part),
          part,
          token,
          counting,
          after === undefined ? null : uuidOf(after),
          whole,
          upTo,
        ],
        gone.map(uuidOf),
        ...columnsOf(empty),
        ...columnsOf(shares),
      ];
      const bytes = [...shares.values()].reduce((sum, { length }) => sum + length, 0);
      const [row] = await data.write('movePart', values, bytes);
      return numberOf(row?.['mine']) === 1;
    },
    told: async (since) => {
      const to = await ended();
      const [tx = '0', person = NIL] = since === '' ? [] : since.split(' ');
      const rows = await data.read('sharesTold', [tx, person, String(to), SHARES_MAX]);
      const keys = await keysOf(rows.map((row) => pseudonymOf(textOf(row['person']))));
      const shares = rows.map((row) => {
        const who = pseudonymOf(textOf(row['person']));
        return { person: who, sealed: bytesOf(row['sealed']), keys: keys.get(who) };
      });
      const newest = rows.at(-1);
      const isAll = rows.length < SHARES_MAX;
      if (isAll || newest === undefined) return { shares, upTo: `${to} ${NIL}`, isAll };
      return { shares, upTo: `${textOf(newest['tx'])} ${pseudonymOf(textOf(newest['person']))}`, isAll };
    },
    isTold: (position, upTo) => BigInt(upTo.split(' ')[0] ?? '0') >= BigInt(position),
  };
}

function columnsOf(
  shares: ReadonlyMap<PersonKey, Uint8Array>,
): readonly [readonly string[], readonly Buffer[]] {
  return [[...shares.keys()].map(uuidOf), [...shares.values()].map((sealed) => Buffer.from(sealed))];
}

/** The first and the last pseudonym that can lie in a part. */
function boundsOf(part: number): readonly [string, string] {
  if (!Number.isInteger(part) || part < 0 || part >= PART_COUNT) throw damaged('there is no such part');
  const edge = (first: number): string => first.toString(16).padStart(2, '0');
  return [edge(part * 8).padEnd(32, '0'), edge(part * 8 + 7).padEnd(32, 'f')];
}

function stateOf(row: Row): PartState {
  return {
    part: numberOf(row['part']),
    token: numberOf(row['token']),
    round: textOf(row['round']),
    counting: textOf(row['counting']),
    after: row['after'] === null ? undefined : pseudonymOf(textOf(row['after'])),
    whole: row['whole'] === true,
    upTo: textOf(row['upto']),
    goal: textOf(row['goal']),
  };
}

async function changesIn(
  data: Database,
  { part, since, horizon }: { readonly part: number; readonly since: string; readonly horizon: bigint },
): ReturnType<Sharing['changes']> {
  const from = BigInt(since);
  if (horizon <= from) return { people: [], upTo: since, isAll: true };
  const pageEnd = from + PAGE_TRANSACTIONS;
  const to = horizon < pageEnd ? horizon : pageEnd;
  const rows = await data.read('partChanges', [...boundsOf(part), since, String(to), SHOWN]);
  const people = rows.map((row) => pseudonymOf(textOf(row['person'])));
  return { people, upTo: String(to), isAll: to === horizon };
}
