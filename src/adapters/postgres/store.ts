// Owns: the store on PostgreSQL as a whole: two databases, four ports.
//
//     data   journals, outbox, catalogue, documents: sealed bytes, may be backed up
//     keys   person keys wrapped by the master key, which is in neither: never in a backup of the data

import { hex } from '../../kernel/bytes.ts';
import { Fault } from '../../kernel/fault.ts';
import { createCatalogueStore } from './catalogue-store.ts';
import { createCommons } from './commons.ts';
import { Database } from './database.ts';
import { createDocumentStore } from './document-store.ts';
import { checkOf, claim, isUsed, PostgresKeyStore } from './key-store.ts';
import { openPostgresLog, type PostgresLog, type PostgresLogOptions } from './log/log.ts';
import { type Lying, lyingLog } from './log/lying.ts';
import { type MovablePostgresLogOptions, openMovablePostgresLog } from './log/moving.ts';
import { logTables } from './log/tables.ts';
import { masterTable } from './masters.ts';
import { migrate } from './migrations.ts';
import { PostgresPersonStore } from './person-store.ts';
import { createSharing } from './sharing.ts';

import type {
  CatalogueStore,
  Commons,
  DocumentStore,
  KeyRing,
  KeyStore,
  MasterTable,
  MovableLog,
  PersonStore,
  Sharing,
} from '../../engine/ports.ts';
import type { NodeLock } from './node-lock.ts';

export interface PostgresStore {
  readonly people: PersonStore;
  readonly keys: KeyStore;
  readonly catalogue: CatalogueStore;
  readonly documents: DocumentStore;
  /** What is said of master keys. */
  readonly masters: MasterTable;
  /** Those at hand. */
  readonly ring: KeyRing;
  /** Whether a log lies in the same databases. */
  lyingLog(): Promise<Lying>;
  /** The witness log there. */
  openLog(options: PostgresLogOptions): Promise<PostgresLog>;
  /** The same at rest, for a log that moves here. */
  movableLog(options: MovablePostgresLogOptions): Promise<MovableLog>;
  /** What nodes see of each other, for the node that holds this lock. */
  commons(lock: NodeLock): Commons;
  /** Learning that nodes share, for the node that holds this lock. */
  sharing(lock: NodeLock): Sharing;
  /** Waits for what is under way. Idempotent. */
  close(): Promise<void>;
}

export interface PostgresOptions {
  /** `postgresql://user@host/database` of the data. */
  readonly dataUrl: string;
  /** Of the keys: another database, best on another server. */
  readonly keysUrl: string;
  /** The master keys at hand, asked for once it is known whether one was ever used here. */
  readonly ring: (isUsed: boolean) => KeyRing;
  /** Connections to each of the two; default 10. */
  readonly poolMax?: number | undefined;
  readonly statementMsMax?: number | undefined;
}

/** Where the data say whose keys they were written with. */
const POINTER = 'key-store';
const MARK_BYTES = 16;

/**
 * Opens both databases, makes their tables when they are missing, migrates them when they are older. Faults:
 * `unreachable`, `no-rights`, `cannot-open`, `read-only`, `too-new`, `same-database`, `wrong-master-key`,
 * `no-keys`, `other-keys`.
 */
export async function openPostgresStore(options: PostgresOptions): Promise<PostgresStore> {
  const { dataUrl, keysUrl, poolMax, statementMsMax } = options;
  const pool = { poolMax, statementMsMax };
  const data = new Database({ url: dataUrl, ...pool, isSpread: await migrate(dataUrl, 'data') });
  const keys = new Database({ url: keysUrl, ...pool, isSpread: await migrate(keysUrl, 'keys') });
  const close = async (): Promise<void> => {
    await data.close();
    await keys.close();
  };
  try {
    const ring = options.ring(await isUsed(keys));
    const masters = masterTable(keys);
    const documents = createDocumentStore(data);
    const people = new PostgresPersonStore(data, () => data.close());
    const keyStore = new PostgresKeyStore(keys, ring);
    await assertBelong({ documents, people, keys, masters, ring });
    return {
      people,
      keys: keyStore,
      masters,
      ring,
      catalogue: createCatalogueStore(data),
      documents,
      lyingLog: () => lyingLog(logTables(data, keys)),
      openLog: (log) => openPostgresLog(logTables(data, keys), log),
      movableLog: (log) => openMovablePostgresLog(logTables(data, keys), log),
      commons: (lock) => createCommons(data, lock),
      sharing: (lock) => createSharing({ data, lock, keysOf: (all) => keyStore.many(all) }),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Pair {
  readonly documents: DocumentStore;
  readonly people: PersonStore;
  readonly keys: Database;
  readonly masters: MasterTable;
  readonly ring: KeyRing;
}

/**
 * Journals without keys are removed after a start, which is how a restored backup brings nobody back; so a
 * key database that is empty or another's would cost everybody. Such a pair is refused before anything is
 * removed.
 */
async function assertBelong({ documents, people, keys, masters, ring }: Pair): Promise<void> {
  const check = await checkOf(keys);
  const first = ring.start(await masters.rows(), check);
  if (check === undefined && (await people.people(undefined, 1)).length > 0) {
    const message =
      'the data hold people, and the database of the keys is empty: give the one they belong to';
    throw new Fault('no-keys', message, { retry: 'never' });
  }
  const mark = hex(ring.derive('data-mark').slice(0, MARK_BYTES));
  const known = await documents.pointer(POINTER);
  if (known !== undefined && known !== mark) {
    const message = 'the data were written with the keys of another home: use what belongs together';
    throw new Fault('other-keys', message, { retry: 'never' });
  }
  if (first !== undefined) {
    await masters.first({ ...first, madeMs: Date.now() });
    // Another node may have been first, with another key: then that one counts.
    ring.start(await masters.rows(), check);
  }
  if (check === undefined) await claim(keys, ring);
  if (known === undefined) await documents.point(POINTER, mark);
}
