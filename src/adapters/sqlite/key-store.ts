// Owns: the KeyStore port on a file of its own, in a folder of its own, which no backup of the data contains. Reads run
// here on the main thread (one look-up, one decryption); writes go through the file's writer.

import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Fault } from '../../kernel/fault.ts';
import { blobOf, numberOf } from './columns.ts';
import { openReading } from './connection.ts';
import { closedFault, damaged, faulted } from './faults.ts';
import { KEYS_FILE } from './master-key.ts';
import { PSEUDONYM_BYTES, pseudonymBytes } from './pseudonym.ts';
import { KEYS_SCHEMA } from './schema.ts';
import { createWrapping, KEY_BYTES, WRAPPED_BYTES } from './wrapping.ts';
import { openWriter } from './writer.ts';

import type { DatabaseSync } from 'node:sqlite';
import type { KeyStore, PersonKey, PersonKeys } from '../../engine/ports.ts';
import type { KeyPair, Wrapping } from './wrapping.ts';
import type { Writer } from './writer.ts';

const LIVE = 0;
const ERASED = 1;
const NO_KEY = new Uint8Array(KEY_BYTES);

interface Row {
  readonly state: number;
  readonly wrapped: Uint8Array;
  readonly revocations: number;
}

/** Opens (or makes) the key store of `keysDir`. `master` is wiped. Fault `wrong-master-key` when it is another store's. */
export async function openKeyStore(keysDir: string, master: Uint8Array): Promise<KeyStore> {
  const file = join(keysDir, KEYS_FILE);
  const wrapping = createWrapping(master);
  master.fill(0);
  const writer = await openWriter({ role: 'keys', file });
  let reading: DatabaseSync | undefined;
  try {
    reading = openReading(file, KEYS_SCHEMA);
    const store = createKeyStore(reading, writer, wrapping);
    await checkMaster(reading, writer, wrapping);
    return store;
  } catch (error) {
    reading?.close();
    await writer.close();
    throw error;
  }
}

/** A pseudonym no person has (the hash of nothing): its row proves that this master key made this store. */
const CHECK_PERSON = new Uint8Array(PSEUDONYM_BYTES);

async function checkMaster(reading: DatabaseSync, writer: Writer, wrapping: Wrapping): Promise<void> {
  const row = faulted(KEYS_SCHEMA.name, () => reading.prepare('SELECT wrapped FROM keys WHERE id = 1').get());
  if (row === undefined) {
    const wrapped = wrapping.wrap(CHECK_PERSON, ERASED, { profile: NO_KEY, evidence: NO_KEY });
    await writer.submit({ kind: 'swap-keys', person: CHECK_PERSON, erased: true, wrapped }, WRAPPED_BYTES);
  } else if (wrapping.unwrap(CHECK_PERSON, ERASED, blobOf(row['wrapped'])) === undefined) {
    throw new Fault('wrong-master-key', `${KEYS_SCHEMA.name} was made with another master key: give that one`, {
      retry: 'never',
    });
  }
}

function createKeyStore(reading: DatabaseSync, writer: Writer, wrapping: Wrapping): KeyStore {
  const find = reading.prepare(
    `SELECT k.state, k.wrapped, coalesce(w.count, 0) AS revocations
     FROM keys k LEFT JOIN withdrawals w ON w.person = k.person WHERE k.person = ?`,
  );
  const ended = reading.prepare('SELECT person FROM terms WHERE until <= ? ORDER BY until LIMIT 1000');
  const total = reading.prepare('SELECT coalesce(max(id), 0) AS total FROM keys');
  const erasedCount = reading.prepare('SELECT count(*) AS erased FROM keys WHERE state = 1');
  let isOpen = true;

  const assertOpen = (): void => {
    if (!isOpen) throw closedFault();
  };
  const read = (person: Uint8Array): Row | undefined => {
    assertOpen();
    const row = faulted(KEYS_SCHEMA.name, () => find.get(person));
    if (row === undefined) return undefined;
    return {
      state: numberOf(row['state']),
      wrapped: blobOf(row['wrapped']),
      revocations: numberOf(row['revocations']),
    };
  };
  const open = (person: Uint8Array, row: Row): KeyPair => {
    const keys = wrapping.unwrap(person, row.state, row.wrapped);
    if (keys === undefined) throw damaged(KEYS_SCHEMA.name, 'a wrapped key does not open');
    return keys;
  };
  const fresh = (): KeyPair => ({ profile: randomKey(), evidence: randomKey() });

  /** Repeats `attempt` until nobody else changed the row between its reading and its writing. */
  const swap = async (
    person: Uint8Array,
    change: (row: Row | undefined) => { erased: boolean; keys: KeyPair; untilMs?: number } | undefined,
  ): Promise<void> => {
    for (;;) {
      const row = read(person);
      const next = change(row);
      if (next === undefined) return;
      const wrapped = wrapping.wrap(person, next.erased ? ERASED : LIVE, next.keys);
      const done = await writer.submit(
        {
          kind: 'swap-keys',
          person: Uint8Array.from(person),
          erased: next.erased,
          wrapped,
          ...(row === undefined ? {} : { expected: row.wrapped }),
          ...(next.untilMs === undefined ? {} : { untilMs: next.untilMs }),
        },
        2 * WRAPPED_BYTES,
      );
      if (done === true) return;
    }
  };

  const createMissing = async (missing: ReadonlyMap<PersonKey, KeyPair>): Promise<ReadonlySet<number>> => {
    const people = new Uint8Array(missing.size * PSEUDONYM_BYTES);
    const wrapped = new Uint8Array(missing.size * WRAPPED_BYTES);
    let index = 0;
    for (const [person, keys] of missing) {
      const bytes = pseudonymBytes(person);
      people.set(bytes, index * PSEUDONYM_BYTES);
      wrapped.set(wrapping.wrap(bytes, LIVE, keys), index * WRAPPED_BYTES);
      index += 1;
    }
    const present = await writer.submit({ kind: 'create-keys', people, wrapped }, people.length + wrapped.length);
    return new Set(Array.isArray(present) ? present : []);
  };

  const get = (person: PersonKey): PersonKeys | 'erased' | undefined => {
    const bytes = pseudonymBytes(person);
    const row = read(bytes);
    if (row === undefined) return undefined;
    return row.state === ERASED ? 'erased' : { ...open(bytes, row), revocations: row.revocations };
  };

  return {
    personKey: (controller, person) => wrapping.personKey(controller, person),
    derive: (label) => wrapping.derive(label),

    async get(person): Promise<PersonKeys | 'erased' | undefined> {
      return get(person);
    },

    async create(people): Promise<ReadonlyMap<PersonKey, PersonKeys>> {
      const all = new Map<PersonKey, PersonKeys>();
      const missing = new Map<PersonKey, KeyPair>();
      for (const person of people) {
        if (missing.has(person) || all.has(person)) continue;
        const there = get(person);
        if (there === undefined) missing.set(person, fresh());
        else if (there !== 'erased') all.set(person, there);
      }
      if (missing.size === 0) return all;
      const present = await createMissing(missing);
      let index = 0;
      for (const [person, keys] of missing) {
        // Somebody else was first: theirs are the keys.
        const there = present.has(index) ? get(person) : { ...keys, revocations: 0 };
        if (there !== undefined && there !== 'erased') all.set(person, there);
        index += 1;
      }
      return all;
    },

    async revoke(person): Promise<number> {
      return numberOf(Number(await writer.submit({ kind: 'revoke', person: Uint8Array.from(pseudonymBytes(person)) }, 64)));
    },

    async erase(person, evidenceUntilMs): Promise<void> {
      const bytes = pseudonymBytes(person);
      await swap(bytes, (row) => {
        if (row === undefined) return { erased: true, keys: { profile: NO_KEY, evidence: NO_KEY } };
        if (row.state === ERASED) return undefined;
        return { erased: true, keys: { profile: NO_KEY, evidence: open(bytes, row).evidence }, untilMs: evidenceUntilMs };
      });
    },

    async expireEvidence(nowMs): Promise<number> {
      let count = 0;
      for (;;) {
        assertOpen();
        const people = faulted(KEYS_SCHEMA.name, () => ended.all(nowMs)).map((row) => blobOf(row['person']));
        if (people.length === 0) return count;
        const forget = (row: Row | undefined): { erased: boolean; keys: KeyPair } => {
          if (row?.state !== ERASED) throw damaged(KEYS_SCHEMA.name, 'a term belongs to nobody erased');
          return { erased: true, keys: { profile: NO_KEY, evidence: NO_KEY } };
        };
        await Promise.all(people.map(async (person) => swap(person, forget)));
        count += people.length;
      }
    },

    async readmit(person): Promise<PersonKeys> {
      const bytes = pseudonymBytes(person);
      await swap(bytes, (row) => (row?.state === LIVE ? undefined : { erased: false, keys: fresh() }));
      const row = read(bytes);
      if (row?.state === LIVE) return { ...open(bytes, row), revocations: row.revocations };
      throw new Fault('conflict', 'this person was erased again while coming back: try again', { retry: 'now' });
    },

    async counts(): Promise<{ readonly people: number; readonly erased: number }> {
      assertOpen();
      return faulted(KEYS_SCHEMA.name, () => {
        // The row of the check counts as erased; rows are never deleted, so the last id is their number.
        const erased = numberOf(erasedCount.get()?.['erased']);
        return { people: numberOf(total.get()?.['total']) - erased, erased: erased - 1 };
      });
    },

    async close(): Promise<void> {
      if (!isOpen) return;
      isOpen = false;
      // The writer closes last: then it is the last connection, which empties and removes the write-ahead log.
      reading.close();
      await writer.close();
    },
  };
}

/** Not a slice of a pool: the caller wipes it. */
function randomKey(): Uint8Array {
  return Uint8Array.from(randomBytes(KEY_BYTES));
}
