// Owns: the PersonStore port. What is asked of one person is one statement; what changes several tables of a
// person is a transaction that holds the person's row, so that nothing of theirs comes in between.

import { assert } from '../../kernel/assert.ts';
import { LIMITS } from '../../kernel/limits.ts';
import { together } from '../../kernel/together.ts';
import { codeOfKind, kindOfCode } from '../../facts/entry-code.ts';
import { appendBatch } from './person-append.ts';
import { POSTGRES } from './bounds.ts';
import { bytesOf, numberOf, textOf, type Row } from './columns.ts';
import { conflict, damaged } from './faults.ts';
import { NOBODY, pseudonymOf, uuidOf } from './pseudonym.ts';

import type { EntryKind } from '../../facts/entry.ts';
import type {
  Append,
  News,
  PersonKey,
  PersonStore,
  ReadUpTo,
  SealedEntry,
  StoredPerson,
  Unkept,
  Waiting,
} from '../../engine/ports.ts';
import type { Database } from './database.ts';

/**
 * So many are asked for each on a partition of their own: a statement on the whole tables opens all 32, which
 * costs the server as much as that.
 */
const APART_MAX = 2;

export class PostgresPersonStore implements PersonStore {
  readonly #database: Database;
  readonly #rowsOf: (person: PersonKey) => Promise<readonly Row[]>;
  /** Closes the pool of the data, and with it the catalogue and the documents. */
  readonly close: () => Promise<void>;

  constructor(database: Database, close: () => Promise<void>) {
    this.#database = database;
    const rowsOf = together((people: readonly PersonKey[]) => this.#rows(people), POSTGRES.journals);
    this.#rowsOf = database.isSpread ? (person) => this.#rowsOfOne(person) : rowsOf;
    this.close = close;
  }

  async load(person: PersonKey): Promise<StoredPerson | undefined> {
    return storedOf(await this.#rowsOf(person));
  }

  async #rows(people: readonly PersonKey[]): Promise<readonly (readonly Row[])[]> {
    const wanted = [...new Set(people)];
    const rows = new Map<PersonKey, Row[]>(wanted.map((person) => [person, []]));
    if (wanted.length > APART_MAX) {
      for (const row of await this.#database.read('loadSeveral', [wanted.map(uuidOf)]))
        rows.get(pseudonymOf(textOf(row['person'])))?.push(row);
    } else {
      const each = wanted.map(async (person) => rows.get(person)?.push(...(await this.#rowsOfOne(person))));
      await Promise.all(each);
    }
    return people.map((person) => rows.get(person) ?? []);
  }

  #rowsOfOne(person: PersonKey): Promise<readonly Row[]> {
    return this.#database.read('load', [uuidOf(person)]);
  }

  async history(person: PersonKey, kinds?: readonly EntryKind[]): Promise<readonly SealedEntry[]> {
    const entries = (await this.#database.read('history', [uuidOf(person)])).map(entryOf);
    return kinds === undefined ? entries : entries.filter(({ kind }) => kinds.includes(kind));
  }

  async since(asked: readonly ReadUpTo[]): Promise<ReadonlyMap<PersonKey, News>> {
    const isApart = this.#database.isSpread || asked.length <= APART_MAX;
    const rows = isApart
      ? (await Promise.all(asked.map((one) => this.#since([one])))).flat()
      : await this.#since(asked);
    const news = new Map<PersonKey, News & { readonly entries: SealedEntry[] }>();
    for (const row of rows) {
      const person = pseudonymOf(textOf(row['person']));
      const snapshotSeq = row['floor'] === null ? undefined : numberOf(row['floor']);
      const known = news.get(person) ?? { snapshotSeq, entries: [] };
      news.set(person, known);
      if (row['seq'] !== null) known.entries.push(entryOf(row));
    }
    for (const { entries } of news.values()) entries.sort((a, b) => a.seq - b.seq);
    return news;
  }

  #since(asked: readonly ReadUpTo[]): Promise<readonly Row[]> {
    const people = asked.map(({ person }) => uuidOf(person));
    return this.#database.read('since', [people, asked.map(({ seq }) => seq)]);
  }

  async entry(person: PersonKey, seq: number): Promise<SealedEntry | undefined> {
    const [row] = await this.#database.read('entry', [uuidOf(person), seq]);
    return row === undefined ? undefined : entryOf(row);
  }

  async append(batch: readonly Append[]): Promise<Unkept> {
    return appendBatch(this.#database, batch);
  }

  async compact(
    person: PersonKey,
    { upToSeq, sealed, drop }: Parameters<PersonStore['compact']>[1],
  ): Promise<void> {
    assert(Number.isSafeInteger(upToSeq) && upToSeq >= 0, 'a snapshot reaches up to a sequence number');
    const who = uuidOf(person);
    const bytes = Buffer.from(sealed);
    await this.#database.transaction(async (run) => {
      const [held] = await run('hold', [who]);
      if (held === undefined || upToSeq < numberOf(held['floor'])) throw conflict();
      await run('snapshot', [who, upToSeq, bytes]);
      await run('absorb', [who, upToSeq, drop.map(codeOfKind)]);
    }, bytes.length);
  }

  async erase(person: PersonKey, { keep, leaf }: Parameters<PersonStore['erase']>[1]): Promise<void> {
    const who = uuidOf(person);
    const leaves = ownLeaves([leaf]);
    await this.#database.transaction(async (run) => {
      const [held] = await run('hold', [who]);
      await run('addLeaves', [who, leaves]);
      if (held === undefined) return;
      // The erasure takes a number of its own: whoever loaded before it and writes after it meets a conflict.
      await run('strip', [who]);
      await run('dropOthers', [who, keep.map(codeOfKind)]);
      await run('dropShare', [who]);
    });
  }

  async purge(person: PersonKey): Promise<void> {
    const who = uuidOf(person);
    await this.#database.transaction(async (run) => {
      await run('hold', [who]);
      await run('dropOthers', [who, []]);
      await run('dropShare', [who]);
      await run('dropPerson', [who]);
    });
  }

  async people(after: PersonKey | undefined, limit: number): Promise<readonly PersonKey[]> {
    const rows =
      after === undefined
        ? await this.#database.read('firstPeople', [limit])
        : await this.#database.read('people', [uuidOf(after), limit]);
    return rows.map((row) => pseudonymOf(textOf(row['person'])));
  }

  async expire(today: number): Promise<number> {
    let count = 0;
    for (;;) {
      const rows = await this.#database.read('expiring', [today, POSTGRES.expiryPeople]);
      if (rows.length === 0) return count;
      for (const row of rows) {
        const gone = await this.#database.write('expireOne', [textOf(row['person']), today]);
        count += gone.length;
      }
    }
  }

  async outbox(limit: number): Promise<readonly Waiting[]> {
    const rows = await this.#database.read('outbox', [limit]);
    return rows.map((row) => {
      const owner = pseudonymOf(textOf(row['person']));
      const leaf = bytesOf(row['leaf']);
      return owner === NOBODY ? { leaf } : { owner, leaf };
    });
  }

  async logged(waiting: readonly Waiting[]): Promise<void> {
    const own = new Map<string, Uint8Array[]>();
    for (const { owner, leaf } of waiting) {
      const who = owner === undefined ? NOBODY : uuidOf(owner);
      const found = own.get(who);
      if (found === undefined) own.set(who, [leaf]);
      else found.push(leaf);
    }
    for (const [who, leaves] of own) await this.#database.write('dropLeaves', [who, ownLeaves(leaves)]);
  }

  async submit(leaves: readonly Uint8Array[]): Promise<void> {
    if (leaves.length > 0) await this.#database.write('addLeaves', [NOBODY, ownLeaves(leaves)]);
  }
}

function storedOf(rows: readonly Row[]): StoredPerson | undefined {
  // The row of the person is the one without a kind; SQL promises no order for a UNION.
  const head = rows.find(isHead);
  if (head === undefined) return undefined;
  const entries = rows.filter((row) => !isHead(row)).map(entryOf);
  entries.sort((a, b) => a.seq - b.seq);
  const stored = { snapshotSeq: numberOf(head['seq']), entries };
  return head['sealed'] === null ? stored : { ...stored, snapshot: bytesOf(head['sealed']) };
}

const isHead = (row: Row): boolean => row['kind'] === 0;

function entryOf(row: Row): SealedEntry {
  const kind = kindOfCode(numberOf(row['kind']));
  if (kind === undefined) throw damaged('an entry is of a kind that is not known');
  return { seq: numberOf(row['seq']), kind, sealed: bytesOf(row['sealed']) };
}

/** Copies: the caller may wipe or use its own again. */
function ownLeaves(leaves: readonly Uint8Array[]): readonly Buffer[] {
  for (const leaf of leaves) assert(leaf.length === LIMITS.leafBytes, 'a leaf has 34 bytes');
  return leaves.map((leaf) => Buffer.from(leaf));
}
