// Owns: the KeyStore port on a file of its own, in a folder of its own, which no backup of the data contains.
// Reads run here on the main thread (one look-up, one decryption); writes go through the file's writer.

import { join } from 'node:path';
import { Fault } from '../../kernel/fault.ts';
import { blobOf, numberOf } from './columns.ts';
import { openReading } from './connection.ts';
import { damaged } from './faults.ts';
import { ERASED, LIVE } from './key-states.ts';
import { freshKeys, KeyTable, NO_KEY, type KeyChange, type KeyRow } from './key-table.ts';
import { logKeyTable } from './log-keys.ts';
import { KEYS_FILE } from './master-key.ts';
import { masterTable } from './masters.ts';
import { NOBODY, pseudonymBytes } from './pseudonym.ts';
import { KEYS_SCHEMA } from './schema.ts';
import { openWriter, type Writer } from './writer.ts';

import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type {
  KeyPair,
  KeyRing,
  KeyStore,
  LogKeyTable,
  MasterTable,
  PersonKey,
  PersonKeys,
} from '../../engine/ports.ts';
import type { Operation, Value } from './operations.ts';

const SMALL_BYTES = 64;

/** Its row, the first, proves that a master key at hand belongs to this store. */
const CHECK_PERSON = NOBODY;
const CHECK_KEYS: KeyPair = { profile: NO_KEY, evidence: NO_KEY };

export interface KeyStoreOptions {
  readonly keysDir: string;
  /** The master keys at hand. */
  readonly ring: KeyRing;
  /** Called when the store has been closed. */
  readonly closed: () => void;
}

export interface OpenedKeys {
  readonly keys: KeyStore;
  readonly masters: MasterTable;
  readonly logKeys: LogKeyTable;
}

/** Opens (or makes) the key store of `keysDir`. Faults of `KeyRing.start`. */
export async function openKeyStore({ keysDir, ring, closed }: KeyStoreOptions): Promise<OpenedKeys> {
  const file = join(keysDir, KEYS_FILE);
  const writer = await openWriter({ role: 'keys', file });
  let reading: DatabaseSync | undefined;
  try {
    reading = openReading(file, KEYS_SCHEMA);
    const submit = async (operation: Operation, bytes: number): Promise<Value> =>
      writer.submit(operation, bytes);
    const masters = masterTable(reading, submit);
    await startRing({ reading, table: new KeyTable({ reading, writer, ring, masters }), ring, masters });
    return {
      keys: new SqliteKeyStore({ reading, writer, ring, masters, closed }),
      masters,
      logKeys: logKeyTable(reading, submit),
    };
  } catch (error) {
    reading?.close();
    await writer.close();
    throw error;
  }
}

interface Starting extends Pick<Parts, 'reading' | 'ring'> {
  readonly table: KeyTable;
  readonly masters: MasterTable;
}

/** Nothing is written before the master keys at hand were found to be those of this store. */
async function startRing({ reading, table, ring, masters }: Starting): Promise<void> {
  const row = table.reading(() => reading.prepare('SELECT wrapped FROM keys WHERE id = 1').get());
  const check = row === undefined ? undefined : blobOf(row['wrapped']);
  const first = ring.start(await masters.rows(), check);
  if (first !== undefined) await masters.first({ ...first, madeMs: Date.now() });
  if (check !== undefined) return;
  await table.change(CHECK_PERSON, (there) =>
    there === undefined ? { state: ERASED, keys: CHECK_KEYS } : undefined,
  );
}

interface Parts {
  readonly reading: DatabaseSync;
  readonly writer: Writer;
  readonly ring: KeyRing;
  readonly masters: MasterTable;
  readonly closed: () => void;
}

class SqliteKeyStore implements KeyStore {
  readonly #parts: Parts;
  readonly #table: KeyTable;
  readonly #ended: StatementSync;
  readonly #counted: StatementSync;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#table = new KeyTable(parts);
    const { reading } = parts;
    this.#ended = reading.prepare('SELECT person FROM terms WHERE until <= ? ORDER BY until LIMIT 1000');
    // Rows are never deleted, so the last id is their number.
    this.#counted = reading.prepare(
      'SELECT (SELECT max(id) FROM keys) AS rows, (SELECT count(*) FROM keys WHERE state = 1) AS erased',
    );
  }

  personKey(controller: string, person: string): PersonKey {
    return this.#parts.ring.personKey(controller, person);
  }

  derive(label: string): Uint8Array {
    return this.#parts.ring.derive(label);
  }

  async get(person: PersonKey): Promise<PersonKeys | 'erased' | undefined> {
    return this.#get(person);
  }

  async create(people: readonly PersonKey[]): Promise<ReadonlyMap<PersonKey, PersonKeys>> {
    const all = new Map<PersonKey, PersonKeys>();
    const missing = new Map<PersonKey, KeyPair>();
    for (const person of people) {
      if (missing.has(person) || all.has(person)) continue;
      const there = this.#get(person);
      if (there === undefined) missing.set(person, freshKeys());
      else if (there !== 'erased') all.set(person, there);
    }
    if (missing.size === 0) return all;
    const present = await this.#table.create(missing);
    let index = 0;
    for (const [person, keys] of missing) {
      // Somebody else was first: theirs are the keys.
      const there = present.has(index) ? this.#get(person) : { ...keys, revocations: 0 };
      if (there !== undefined && there !== 'erased') all.set(person, there);
      index += 1;
    }
    return all;
  }

  async revoke(person: PersonKey): Promise<number> {
    const bytes = Uint8Array.from(pseudonymBytes(person));
    return Number(await this.#parts.writer.submit({ kind: 'revoke', person: bytes }, SMALL_BYTES));
  }

  async erase(person: PersonKey, evidenceUntilMs: number): Promise<void> {
    const bytes = pseudonymBytes(person);
    if (this.#table.row(bytes)?.state === ERASED) {
      // Erased before, perhaps a moment ago: then its bytes may still be in the log.
      await this.#parts.writer.submit({ kind: 'scrub' }, SMALL_BYTES);
      return;
    }
    await this.#table.change(bytes, (row) => {
      if (row === undefined) return { state: ERASED, keys: { profile: NO_KEY, evidence: NO_KEY } };
      if (row.state === ERASED) return undefined;
      const { evidence } = this.#table.open(bytes, row);
      return { state: ERASED, keys: { profile: NO_KEY, evidence }, untilMs: evidenceUntilMs };
    });
  }

  async expireEvidence(nowMs: number): Promise<number> {
    const forget = (row: KeyRow | undefined): KeyChange => {
      if (row?.state !== ERASED) throw damaged(KEYS_SCHEMA.name, 'a term belongs to nobody erased');
      return { state: ERASED, keys: { profile: NO_KEY, evidence: NO_KEY } };
    };
    for (let count = 0; ;) {
      const rows = this.#table.reading(() => this.#ended.all(nowMs));
      if (rows.length === 0) return count;
      await Promise.all(rows.map(async (row) => this.#table.change(blobOf(row['person']), forget)));
      count += rows.length;
    }
  }

  async readmit(person: PersonKey): Promise<PersonKeys> {
    await this.#table.change(pseudonymBytes(person), (row) =>
      row?.state === LIVE ? undefined : { state: LIVE, keys: freshKeys() },
    );
    const keys = this.#get(person);
    if (keys !== undefined && keys !== 'erased') return keys;
    throw new Fault('conflict', 'this person was erased again while coming back: try again', {
      retry: 'now',
    });
  }

  async counts(): Promise<{ readonly people: number; readonly erased: number }> {
    // Asked by whoever wants to know whether this process may be sent work.
    this.#parts.ring.assertSeeing();
    const row = this.#table.reading(() => this.#counted.get());
    const erased = numberOf(row?.['erased']);
    // The row of the check is an erased one.
    return { people: numberOf(row?.['rows']) - erased, erased: erased - 1 };
  }

  async erasures(): Promise<number> {
    return this.#table.row(NOBODY)?.revocations ?? 0;
  }

  async close(): Promise<void> {
    const { reading, writer, closed } = this.#parts;
    // The writer closes last: then it is the last connection, which empties and removes the write-ahead log.
    if (reading.isOpen) reading.close();
    await writer.close();
    closed();
  }

  #get(person: PersonKey): PersonKeys | 'erased' | undefined {
    const bytes = pseudonymBytes(person);
    const row = this.#table.row(bytes);
    if (row === undefined) return undefined;
    if (row.state === ERASED) return 'erased';
    return { ...this.#table.open(bytes, row), revocations: row.revocations };
  }
}
