// A home on a disk, as a shop has it, with customers of whom every word is planted; and the copy of it that a
// thief takes along. The master key comes from outside, as docs/threat-model.md asks for.

import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { nodeCrypto } from '../../../src/adapters/node-crypto/crypto.ts';
import { openEmbeddedStore } from '../../../src/adapters/sqlite/store.ts';
import { openTileLog } from '../../../src/adapters/tilelog/tile-log.ts';
import type { Crypto, KeyStore, PersonKey } from '../../../src/engine/ports.ts';
import { hex, utf8 } from '../../../src/kernel/bytes.ts';
import { sha256 } from '../../../src/kernel/sha256.ts';
import { around } from './around.ts';
import { type Stage, openStage, send, stock, yes } from './stage.ts';

/** What the home lacks in the unguarded variant. */
export interface Lacks {
  /** Bytes of people are stored as they are. */
  readonly seals?: boolean;
  /** Pseudonyms are plain hashes of names. */
  readonly pepper?: boolean;
  /** The master key lies in the home. */
  readonly outsideKey?: boolean;
}

export interface DiskHome {
  readonly folder: string;
  open(): Promise<Stage>;
  /** A folder with a copy of all that lies in the home now. */
  copied(): string;
  dispose(): void;
}

const MASTER_KEY = Buffer.alloc(32, 77).toString('base64');
/** A moment that is nobody's birthday: found in a file, it is the purchase. */
export const BOUGHT_MS = Date.UTC(2026, 5, 17, 9, 41, 23, 517);

export function diskHome(lacks: Lacks): DiskHome {
  const root = mkdtempSync(join(tmpdir(), 'fineline-thief-'));
  const folder = join(root, 'home');
  let copies = 0;
  return {
    folder,
    open: () => openOn(folder, lacks),
    copied: () => {
      copies += 1;
      const copy = join(root, `copy-${copies}`);
      cpSync(folder, copy, { recursive: true });
      return copy;
    },
    dispose: () => rmSync(root, { recursive: true, force: true }),
  };
}

async function openOn(folder: string, lacks: Lacks): Promise<Stage> {
  const keysDir = join(folder, 'keys');
  const masterKey = lacks.outsideKey === true ? undefined : MASTER_KEY;
  const store = await openEmbeddedStore({ dataDir: join(folder, 'data'), keysDir, masterKey });
  const entropy = { bytes: (count: number) => globalThis.crypto.getRandomValues(new Uint8Array(count)) };
  const own = nodeCrypto({ keysDir, entropy });
  const crypto = lacks.seals === true ? unsealed(own) : own;
  const log = openTileLog({
    dir: join(folder, 'log'),
    keyDir: keysDir,
    origin: 'fineline.test/log',
    crypto,
    entropy,
  });
  const keys = lacks.pepper === true ? withPlainNames(store.keys) : store.keys;
  const { people, catalogue, documents } = store;
  const stage = await openStage({ world: { entropy, crypto, keys, people, catalogue, documents, log } });
  await stage.memory.engine.recover();
  return {
    ...stage,
    close: async () => {
      await stage.close();
      await log.close();
      await store.close();
    },
  };
}

function unsealed(crypto: Crypto): Crypto {
  return { ...crypto, seal: (_, plain) => plain.slice(), open: (_, sealed) => sealed.slice() };
}

/** Pseudonyms that anybody can compute who knows the name. */
export function withPlainNames(keys: KeyStore): KeyStore {
  // The mint of a deliberately bad pseudonym.
  return around(keys, { personKey: (_, person) => hex(sha256(utf8(person)).slice(0, 16)) as PersonKey });
}

export const nameOf = (n: number): string => `planted-customer-${1000 + n}`;
/** Bought by one person alone and in no catalogue, so that it can be nowhere in clear. */
export const thingOf = (n: number): string => `engraved-ring-${7000 + n}`;
export const orderOf = (n: number): string => `order-planted-${4000 + n}`;

export async function moveIn(stage: Stage, people: number): Promise<void> {
  await stock(stage, true, 12);
  for (let n = 0; n < people; n += 1) {
    const bought = {
      kind: 'purchase',
      id: orderOf(n),
      person: nameOf(n),
      source: 'town-web',
      time: new Date(BOUGHT_MS + n).toISOString(),
      lines: [{ item: thingOf(n), quantity: 1 }],
    };
    await send(stage, [yes(nameOf(n)), bought]);
    const body = { person: nameOf(n), placement: 'home' };
    await stage.ask({ method: 'POST', path: '/v1/decide', key: stage.keys.decide, body });
  }
  await stage.memory.engine.maintain();
}

/** What the shop would tell of somebody; empty when nothing. */
export async function knownOf({ ask, keys }: Stage, person: string): Promise<string> {
  const { status, text } = await ask({
    method: 'GET',
    path: `/v1/people/${person}/export`,
    key: keys.officer,
  });
  return status === 200 ? text : '';
}

export interface KeyRow {
  readonly person: Uint8Array;
  readonly state: number;
  readonly wrapped: Uint8Array;
}

/** The rows of the key store. */
export function keyRows(folder: string): readonly KeyRow[] {
  const db = new DatabaseSync(join(folder, 'keys', 'keys.db'), { readOnly: true });
  const rows = db.prepare('SELECT person, state, wrapped FROM keys').all();
  db.close();
  // Columns of our own schema.
  return rows as unknown as readonly KeyRow[];
}

export const bytesIn = (folder: string, file: string): Uint8Array => readFileSync(join(folder, file));
