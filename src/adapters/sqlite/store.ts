// Owns: the embedded store as a whole: two folders, two locks, two files, four ports.
//
//     dataDir/data.db   journals, outbox, catalogue, documents: sealed bytes, may be backed up
//     keysDir/keys.db   person keys wrapped by keysDir/master.key: never in a backup of the data

import { join, resolve } from 'node:path';
import { assert } from '../../kernel/assert.ts';
import { assertBelong, assertKeysThere } from './belonging.ts';
import { createCatalogueStore } from './catalogue-store.ts';
import { openReading } from './connection.ts';
import { createDocumentStore } from './document-store.ts';
import { openKeyStore } from './key-store.ts';
import { lockHome } from './lock.ts';
import { hasKeys, KEYS_FILE, loadMasters } from './master-key.ts';
import { createRing } from './ring.ts';
import { SqlitePersonStore } from './person-store.ts';
import { DATA_SCHEMA } from './schema.ts';
import { openWriter } from './writer.ts';

import type {
  CatalogueStore,
  DocumentStore,
  KeyRing,
  KeyStore,
  LogKeyTable,
  MasterTable,
  PersonStore,
} from '../../engine/ports.ts';

export interface EmbeddedStore {
  readonly people: PersonStore;
  readonly keys: KeyStore;
  readonly catalogue: CatalogueStore;
  readonly documents: DocumentStore;
  /** What is said of master keys, and those that are at hand. */
  readonly masters: MasterTable;
  readonly ring: KeyRing;
  /** What is said of keys that sign the log. */
  readonly logKeys: LogKeyTable;
  /** Waits for what was handed in, then releases files and locks. Idempotent. */
  close(): Promise<void>;
}

export interface EmbeddedOptions {
  readonly dataDir: string;
  /** Another folder than `dataDir`; may lie on another disk. */
  readonly keysDir: string;
  /**
   * Master keys from outside, 32 bytes in base64 each; default: the files in `keysDir`, of which the first is
   * made on first use.
   */
  readonly masterKey?: string | undefined;
  /**
   * Bytes that data.db may grow to before writes answer `disk-full`, so that others on the disk keep their
   * share. Default: none.
   */
  readonly dataBytesMax?: number | undefined;
}

type Closer = () => Promise<void> | void;

/**
 * Opens both files, makes them when they are missing, migrates them when they are older. Faults:
 * `home-in-use`, `read-only`, `cannot-open`, `disk-full`, `damaged`, `too-new`, `no-master-key`,
 * `bad-master-key`, `wrong-master-key`, `no-keys`, `other-keys`.
 *
 *     const store = await openEmbeddedStore({ dataDir: 'home/data', keysDir: 'home/keys' });
 */
export async function openEmbeddedStore(options: EmbeddedOptions): Promise<EmbeddedStore> {
  const dataDir = resolve(options.dataDir);
  const keysDir = resolve(options.keysDir);
  assert(dataDir !== keysDir, 'keys and data live in two folders');
  const closers: Closer[] = [];
  const closeAll = async (): Promise<void> => {
    for (let closer = closers.pop(); closer !== undefined; closer = closers.pop()) await closer();
  };
  try {
    const dataLock = lockHome(dataDir);
    closers.push(() => dataLock.release());
    assertKeysThere(join(dataDir, DATA_SCHEMA.name), join(keysDir, KEYS_FILE));
    // Side by side: most of either is the start of a thread.
    const [keys, data] = await Promise.allSettled([
      openLocked({ keysDir, masterKey: options.masterKey }),
      openData(join(dataDir, DATA_SCHEMA.name), options.dataBytesMax),
    ]);
    if (keys.status === 'fulfilled') closers.push(async () => keys.value.keys.close());
    if (data.status === 'fulfilled') closers.push(async () => data.value.people.close());
    if (keys.status === 'rejected') throw keys.reason;
    if (data.status === 'rejected') throw data.reason;
    await assertBelong(data.value.documents, keys.value.keys);
    return { ...data.value, ...keys.value, close: closeAll };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

/** The key store alone, locked, for `restore`. Faults as above. */
export async function openKeys(options: Omit<EmbeddedOptions, 'dataDir'>): Promise<KeyStore> {
  return (await openLocked(options)).keys;
}

async function openLocked(
  options: Omit<EmbeddedOptions, 'dataDir'>,
): Promise<Pick<EmbeddedStore, 'keys' | 'masters' | 'ring' | 'logKeys'>> {
  const keysDir = resolve(options.keysDir);
  const lock = lockHome(keysDir);
  try {
    const secrets = (): Uint8Array[] => loadMasters(keysDir, options.masterKey, hasKeys(keysDir));
    // Before the file that makes a store of it: a kill in between leaves a key and nothing that needs
    // another.
    for (const secret of secrets()) secret.fill(0);
    const ring = createRing(secrets);
    return { ...(await openKeyStore({ keysDir, ring, closed: () => lock.release() })), ring };
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function openData(
  file: string,
  bytesMax: number | undefined,
): Promise<Pick<EmbeddedStore, 'people' | 'catalogue' | 'documents'>> {
  const writer = await openWriter({ role: 'data', file, bytesMax });
  try {
    const reading = openReading(file, DATA_SCHEMA);
    const close = async (): Promise<void> => {
      // The writer closes last: then it is the last connection, which empties and removes the write-ahead
      // log.
      if (reading.isOpen) reading.close();
      await writer.close();
    };
    return {
      people: new SqlitePersonStore(reading, writer, close),
      catalogue: createCatalogueStore(reading, writer),
      documents: createDocumentStore(reading, writer),
    };
  } catch (error) {
    await writer.close();
    throw error;
  }
}
