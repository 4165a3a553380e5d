// Owns: the KeyStore port on a database of its own, which no backup of the data contains. A person is one
// row, so whatever happens to their keys is one statement. The master key is in neither database: rows hold
// keys that it has wrapped.

import { randomBytes } from 'node:crypto';
import { Fault } from '../../kernel/fault.ts';
import { together } from '../../kernel/together.ts';
import { POSTGRES } from './bounds.ts';
import { bytesOf, numberOf, textOf, type Row } from './columns.ts';
import { damaged } from './faults.ts';
import { masterOf } from './masters.ts';
import { NOBODY, pseudonymBytes, pseudonymOf, uuidOf } from './pseudonym.ts';

import type { KeyPair, KeyRing, KeyStore, PersonKey, PersonKeys } from '../../engine/ports.ts';
import type { Database } from './database.ts';

/** Values of `keys.state`. */
const LIVE = 0;
const ERASED = 1;

const KEY_BYTES = 32;
const TERMS_PER_STEP = 1000;

/** What stands in the place of a key that was destroyed. */
const NO_KEY: Uint8Array = new Uint8Array(KEY_BYTES);
/** The row of nobody proves that a master key at hand belongs to this store. */
const CHECK_PERSON = new Uint8Array(16);

interface KeyRow {
  readonly state: number;
  readonly wrapped: Uint8Array;
  readonly withdrawals: number;
}

interface KeyChange {
  readonly state: typeof LIVE | typeof ERASED;
  readonly keys: KeyPair;
  /** End of the evidence key's term; absent = no term. */
  readonly untilMs?: number;
  /** Whether somebody leaves who had keys. */
  readonly leaves?: boolean;
}

/** Whether a master key was ever used here. */
export async function isUsed(database: Database): Promise<boolean> {
  return (await checkOf(database)) !== undefined;
}

/** What the first master key wrapped, and those after it anew; `undefined` where none was ever used. */
export async function checkOf(database: Database): Promise<Uint8Array | undefined> {
  return rowOf(await database.read('keys', [NOBODY]))?.wrapped;
}

/** Makes the row that `checkOf` looks for. */
export async function claim(database: Database, ring: KeyRing): Promise<void> {
  const wrapped = ring.wrap(CHECK_PERSON, ERASED, { profile: NO_KEY, evidence: NO_KEY });
  await database.write('addKeys', [NOBODY, ERASED, Buffer.from(wrapped), ring.uses]);
}

export class PostgresKeyStore implements KeyStore {
  readonly #database: Database;
  readonly #ring: KeyRing;
  readonly #rowsOf: (person: PersonKey) => Promise<readonly Row[]>;

  constructor(database: Database, ring: KeyRing) {
    this.#database = database;
    const rowsOf = together((people: readonly PersonKey[]) => this.#rows(people), POSTGRES.keyRows);
    this.#rowsOf = database.isSpread ? (person) => this.#rowsOfOne(person) : rowsOf;
    this.#ring = ring;
  }

  personKey(controller: string, person: string): PersonKey {
    return this.#ring.personKey(controller, person);
  }

  derive(label: string): Uint8Array {
    return this.#ring.derive(label);
  }

  async get(person: PersonKey): Promise<PersonKeys | 'erased' | undefined> {
    const row = await this.#row(person);
    if (row === undefined) return undefined;
    return row.state === ERASED ? 'erased' : this.#keysOf(person, row);
  }

  /** As `get`, of many at once; nothing of those who have none. */
  async many(people: readonly PersonKey[]): Promise<ReadonlyMap<PersonKey, PersonKeys | 'erased'>> {
    const found = new Map<PersonKey, PersonKeys | 'erased'>();
    await Promise.all(
      [...new Set(people)].map(async (person) => {
        const keys = await this.get(person);
        if (keys !== undefined) found.set(person, keys);
      }),
    );
    return found;
  }

  async create(people: readonly PersonKey[]): Promise<ReadonlyMap<PersonKey, PersonKeys>> {
    const wanted = [...new Set(people)];
    const created = new Map<PersonKey, PersonKeys>();
    let next = 0;
    const work = async (): Promise<void> => {
      for (let person = wanted[next++]; person !== undefined; person = wanted[next++]) {
        const keys = await this.#getOrAdd(person);
        if (keys !== 'erased') created.set(person, keys);
      }
    };
    const ends = await Promise.allSettled(Array.from({ length: this.#database.width }, work));
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
    return created;
  }

  async revoke(person: PersonKey): Promise<number> {
    const [row] = await this.#database.write('revoke', [uuidOf(person)]);
    if (row === undefined) {
      const message = 'this person has no keys: create them before a withdrawal';
      throw new Fault('no-key', message, { retry: 'never' });
    }
    return numberOf(row['withdrawals']);
  }

  async erase(person: PersonKey, evidenceUntilMs: number): Promise<void> {
    await this.#change(person, (row) => {
      if (row === undefined) return { state: ERASED, keys: { profile: NO_KEY, evidence: NO_KEY } };
      if (row.state === ERASED) return undefined;
      const { evidence } = this.#open(person, row);
      return { state: ERASED, keys: { profile: NO_KEY, evidence }, untilMs: evidenceUntilMs, leaves: true };
    });
  }

  async expireEvidence(nowMs: number): Promise<number> {
    for (let count = 0; ;) {
      const rows = await this.#database.read('ended', [nowMs, TERMS_PER_STEP]);
      if (rows.length === 0) return count;
      for (const row of rows) {
        const ended = await this.#change(pseudonymOf(textOf(row['person'])), (now) =>
          now?.state === ERASED ? { state: ERASED, keys: { profile: NO_KEY, evidence: NO_KEY } } : undefined,
        );
        if (ended) count += 1;
      }
    }
  }

  async readmit(person: PersonKey): Promise<PersonKeys> {
    await this.#change(person, (row) =>
      row?.state === LIVE ? undefined : { state: LIVE, keys: freshKeys() },
    );
    const keys = await this.get(person);
    if (keys !== undefined && keys !== 'erased') return keys;
    throw new Fault('conflict', 'this person was erased again while coming back: try again', {
      retry: 'now',
    });
  }

  async counts(): Promise<{ readonly people: number; readonly erased: number }> {
    // Asked by whoever wants to know whether this node may be sent work.
    this.#ring.assertSeeing();
    const [row] = await this.#database.read('counts', []);
    const erased = numberOf(row?.['erased']);
    // The row of the check is an erased one.
    return { people: numberOf(row?.['rows']) - erased, erased: erased - 1 };
  }

  async erasures(): Promise<number> {
    const [row] = await this.#database.read('erasures', []);
    return numberOf(row?.['erasures']);
  }

  async close(): Promise<void> {
    await this.#database.close();
  }

  async #getOrAdd(person: PersonKey): Promise<PersonKeys | 'erased'> {
    for (;;) {
      const there = await this.get(person);
      if (there !== undefined) return there;
      const keys = freshKeys();
      const row = { state: LIVE, keys } as const;
      const added = await this.#ring.writing(() => this.#replace(person, undefined, row));
      if (added.length > 0) return { ...keys, revocations: 0 };
      // Somebody else was first, and theirs are the keys; or another master key is in use.
      await this.#lookAtMasters();
    }
  }

  /**
   * Replaces a person's row by what `change` makes of it, again until nobody else changed it in between;
   * `undefined` leaves it. Answers whether it was replaced.
   */
  async #change(
    person: PersonKey,
    change: (row: KeyRow | undefined) => KeyChange | undefined,
  ): Promise<boolean> {
    for (;;) {
      const row = await this.#row(person);
      const next = change(row);
      if (next === undefined) return false;
      const done = await this.#ring.writing(() => this.#replace(person, row, next));
      if (done.length > 0) return true;
      await this.#lookAtMasters();
    }
  }

  /**
   * A process that stood still for long may hold a master key that has ended meanwhile. What it wrapped was
   * not taken, and is wrapped by the one in use; where that is not at hand, nothing is (`no-master-key`).
   */
  async #lookAtMasters(): Promise<void> {
    this.#ring.follow((await this.#database.read('masters', [])).map(masterOf));
  }

  async #replace(person: PersonKey, row: KeyRow | undefined, next: KeyChange): Promise<readonly Row[]> {
    const who = uuidOf(person);
    const wrapped = Buffer.from(this.#ring.wrap(pseudonymBytes(person), next.state, next.keys));
    const by = this.#ring.uses;
    if (row === undefined) return this.#database.write('addKeys', [who, next.state, wrapped, by]);
    const expected = Buffer.from(row.wrapped);
    const leaves = next.leaves === true ? 1 : 0;
    const values = [who, expected, next.state, wrapped, next.untilMs ?? null, leaves, by];
    return this.#database.write('swapKeys', values);
  }

  async #row(person: PersonKey): Promise<KeyRow | undefined> {
    return rowOf(await this.#rowsOf(person));
  }

  async #rows(people: readonly PersonKey[]): Promise<readonly (readonly Row[])[]> {
    const wanted = [...new Set(people)];
    const [first] = wanted;
    const rows = new Map<PersonKey, readonly Row[]>();
    if (first !== undefined && wanted.length === 1) rows.set(first, await this.#rowsOfOne(first));
    else {
      for (const row of await this.#database.read('keysOf', [wanted.map(uuidOf)]))
        rows.set(pseudonymOf(textOf(row['person'])), [row]);
    }
    return people.map((person) => rows.get(person) ?? []);
  }

  #rowsOfOne(person: PersonKey): Promise<readonly Row[]> {
    return this.#database.read('keys', [uuidOf(person)]);
  }

  #open(person: PersonKey, row: KeyRow): KeyPair {
    const keys = this.#ring.unwrap(pseudonymBytes(person), row.state, row.wrapped);
    if (keys === undefined) throw damaged('a wrapped key does not open');
    return keys;
  }

  #keysOf(person: PersonKey, row: KeyRow): PersonKeys {
    return { ...this.#open(person, row), revocations: row.withdrawals };
  }
}

function rowOf([row]: readonly Row[]): KeyRow | undefined {
  if (row === undefined) return undefined;
  const withdrawals = numberOf(row['withdrawals']);
  return { state: numberOf(row['state']), wrapped: bytesOf(row['wrapped']), withdrawals };
}

function freshKeys(): KeyPair {
  // Copied out of Node's pool, because the caller wipes them.
  return {
    profile: Uint8Array.from(randomBytes(KEY_BYTES)),
    evidence: Uint8Array.from(randomBytes(KEY_BYTES)),
  };
}
