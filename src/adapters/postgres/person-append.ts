// Owns: appending. A batch is sorted by person; each person's part is one statement, hence all of it or
// nothing. All connections have some of them; where there are many, several stand in a row on each.
//
// Lost between COMMIT and its answer: the rows are looked for by number on a new connection. There and equal
// = kept; another's = conflict; not there = uncertain, for the server may still have the statement before it.
// Nothing is ever sent twice: that would need to know that the first was not done.

import { assert, Bug } from '../../kernel/assert.ts';
import { equalBytes } from '../../kernel/bytes.ts';
import { isFault, type Fault } from '../../kernel/fault.ts';
import { LIMITS } from '../../kernel/limits.ts';
import { codeOfKind } from '../../facts/entry-code.ts';
import { POSTGRES } from './bounds.ts';
import { bytesOf, numberOf } from './columns.ts';
import { conflict, isTaken } from './faults.ts';
import { uuidOf } from './pseudonym.ts';

import type { Append, PersonKey, Unkept } from '../../engine/ports.ts';
import type { Database, Write } from './database.ts';

/** What the batch has of one person, copied. */
interface Part {
  readonly seqs: number[];
  readonly kinds: number[];
  readonly expires: number[];
  readonly sealed: Buffer[];
  readonly leaves: Buffer[];
  /** The oldest that any of it was decided under. */
  epoch: number | null;
  bytes: number;
}

/** Rejects only with a bug, or when the store is closed; whatever the world does is told of each person. */
export async function appendBatch(database: Database, batch: readonly Append[]): Promise<Unkept> {
  const parts = [...partsOf(batch)];
  const unkept = new Map<PersonKey, Fault>();
  const inRow = Math.min(Math.ceil(parts.length / database.width), POSTGRES.inRowMax);
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < parts.length) {
      const row = parts.slice(next, next + inRow);
      next += row.length;
      for (const [person, fault] of await appendRow(database, row)) unkept.set(person, fault);
    }
  };
  await allOf(Array.from({ length: database.width }, work));
  return unkept;
}

type Own = readonly [PersonKey, Part];

/** Whose part was not kept. */
async function appendRow(database: Database, row: readonly Own[]): Promise<readonly [PersonKey, Fault][]> {
  const unkept: [PersonKey, Fault][] = [];
  const lost: { readonly own: Own; readonly fault: Fault }[] = [];
  try {
    await database.inRow((write) =>
      allOf(
        row.map(async (own) => {
          const [person, part] = own;
          const fault = await appendPart(write, uuidOf(person), part);
          if (fault?.code === 'uncertain') lost.push({ own, fault });
          else if (fault !== undefined) unkept.push([person, fault]);
        }),
      ),
    );
  } catch (error) {
    // No connection: nothing was sent.
    if (!isFault(error) || error.code === 'closed') throw error;
    return row.map(([person]) => [person, error]);
  }
  await allOf(
    lost.map(async ({ own: [person, part], fault }) => {
      const still = await settle(database, { who: uuidOf(person), part, fault });
      if (still !== undefined) unkept.push([person, still]);
    }),
  );
  return unkept;
}

/** All of them end before the answer, also beside one that failed. */
async function allOf(all: readonly Promise<void>[]): Promise<void> {
  for (const end of await Promise.allSettled(all)) if (end.status === 'rejected') throw end.reason;
}

async function appendPart(write: Write, who: string, part: Part): Promise<Fault | undefined> {
  const { seqs, kinds, expires, sealed, leaves, epoch, bytes } = part;
  try {
    for (;;) {
      const values = [who, seqs, kinds, expires, sealed, leaves, epoch];
      const [row] = await write('append', values, bytes);
      if (numberOf(row?.['added']) === seqs.length) return undefined;
      // No place: somebody else made this person in the same moment. Now their row can be held. A place, and
      // nothing added: a number below the floor, or an older epoch.
      if (numberOf(row?.['places']) > 0) return conflict();
    }
  } catch (error) {
    if (isTaken(error)) return conflict();
    if (!isFault(error) || error.code === 'closed') throw error;
    return error;
  }
}

/** After a lost answer: whether it was kept after all. */
async function settle(
  database: Database,
  { who, part, fault }: { readonly who: string; readonly part: Part; readonly fault: Fault },
): Promise<Fault | undefined> {
  for (const pauseMs of POSTGRES.askAgainMs) {
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    try {
      const found = await Promise.all(part.seqs.map(async (seq) => database.read('entry', [who, seq])));
      const stored = found.map(([row]) => (row === undefined ? undefined : bytesOf(row['sealed'])));
      const isOurs = stored.map((bytes, at) => bytes !== undefined && equalBytes(bytes, sealedAt(part, at)));
      if (isOurs.every(Boolean)) return undefined;
      // They come all or not at all, so one that is another's means that ours never will.
      if (stored.some((bytes, at) => bytes !== undefined && isOurs[at] === false)) return conflict();
    } catch (error) {
      // Whoever cannot be asked now may be asked in a moment.
      if (!isFault(error) || error.code === 'closed') throw error;
    }
  }
  return fault;
}

function sealedAt(part: Part, at: number): Uint8Array {
  const bytes = part.sealed[at];
  if (bytes === undefined) throw new Bug('a part has bytes for every number');
  return bytes;
}

function partsOf(batch: readonly Append[]): ReadonlyMap<PersonKey, Part> {
  const parts = new Map<PersonKey, Part>();
  for (const { person, seq, kind, sealed, expiresDay, leaf, epoch } of batch) {
    assert(isU32(seq), 'seq is an integer from 0 to 2^32 - 1');
    assert(isU32(expiresDay), 'expiresDay is an integer from 0 to 2^32 - 1');
    const part = parts.get(person) ?? newPart();
    parts.set(person, part);
    part.seqs.push(seq);
    part.kinds.push(codeOfKind(kind));
    part.expires.push(expiresDay);
    part.sealed.push(Buffer.from(sealed));
    part.bytes += sealed.length + LIMITS.leafBytes;
    if (epoch !== undefined) part.epoch = Math.min(part.epoch ?? epoch, epoch);
    if (leaf === undefined) continue;
    assert(leaf.length === LIMITS.leafBytes, 'a leaf has 34 bytes');
    part.leaves.push(Buffer.from(leaf));
  }
  return parts;
}

function newPart(): Part {
  return { seqs: [], kinds: [], expires: [], sealed: [], leaves: [], epoch: null, bytes: 0 };
}

function isU32(n: number): boolean {
  return Number.isInteger(n) && n >= 0 && n < 2 ** 32;
}
