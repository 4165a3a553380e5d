// The keys of the log that a process has: opened with it, and looked after once a second, so that another one
// can take the place of the one in use while it runs.
//
//     somebody announces a key ─▶ each node finds it at home, and says so ─▶ it is used ─▶ the log goes on

import { nodeCrypto } from '../adapters/node-crypto/crypto.ts';
import { loadLogKey, readLogKeys, signWith } from '../adapters/node-crypto/log-key.ts';
import { createLogRing, type LogRing, logVkey, noLogKey, usedIn } from '../engine/log-ring.ts';
import type { Crypto, Entropy, LogKeyRow, LogKeyTable, LogPair } from '../engine/ports.ts';
import { lookEachSecond } from './looking.ts';

export interface LogKeysOptions {
  readonly origin: string;
  readonly keysDir: string;
  readonly table: LogKeyTable;
  readonly entropy: Entropy;
  /** The key that the log has in the place where it lies, if it was begun there. */
  readonly there?: () => Promise<string | undefined>;
  /** Default: the system's. Also while a machine sleeps it goes on, which a monotonic clock does not. */
  readonly nowMs?: () => number;
}

export interface OpenedLogKeys {
  readonly crypto: Crypto;
  readonly ring: LogRing;
}

/**
 * A store that says nothing of keys of the log is told of the one of this home, which is made where there is
 * none. Faults: `no-log-key` where the one in use is not here; `bad-log-key`, and what a file can do.
 */
export async function openLogKeys(options: LogKeysOptions): Promise<OpenedLogKeys> {
  const { origin, keysDir, table } = options;
  if ((await table.rows()).length === 0) {
    const there = await options.there?.();
    // Of a log that another key began nothing is said here, and no key is made beside it.
    const isHere = there === undefined || keyFor(there, options) !== undefined;
    if (!isHere) throw noLogKey(there);
    const vkey = there ?? logVkey(origin, loadLogKey(keysDir).publicKey);
    await table.first({ vkey, madeMs: Date.now() });
  }
  return openedWith(options, await table.rows());
}

function firstRow(vkey: string): LogKeyRow {
  return { vkey, state: 'used', madeMs: 0, note: '', proof: '' };
}

/**
 * For a log that nobody writes: what is said of its keys stays as it is in `rows`; where that is nothing, it
 * has the one of this home. Faults of `openLogKeys`.
 */
export function logKeysAtRest(
  options: Omit<LogKeysOptions, 'table' | 'there'>,
  rows: readonly LogKeyRow[],
): OpenedLogKeys {
  const { origin, keysDir } = options;
  const said = rows.length > 0 ? rows : [firstRow(logVkey(origin, loadLogKey(keysDir).publicKey))];
  const table = { rows: async () => said, prove: async () => undefined };
  // Nobody changes them meanwhile, however long it lasts.
  return openedWith({ ...options, table, nowMs: () => 0 }, said);
}

interface Opening extends Omit<LogKeysOptions, 'table' | 'there'> {
  readonly table: Pick<LogKeyTable, 'rows' | 'prove'>;
}

function openedWith(options: Opening, rows: readonly LogKeyRow[]): OpenedLogKeys {
  const { origin, keysDir, table, entropy } = options;
  const used = usedIn(rows).vkey;
  const logKey = keyFor(used, options);
  if (logKey === undefined) throw noLogKey(used);
  const crypto = nodeCrypto({ keysDir, entropy, logKey });
  const { verify } = crypto;
  const { nowMs = Date.now } = options;
  const ring = createLogRing({ origin, table, pairs: pairsIn(keysDir), verify, nowMs }, rows);
  return { crypto, ring };
}

function keyFor(vkey: string, { origin, keysDir }: Pick<LogKeysOptions, 'origin' | 'keysDir'>) {
  return readLogKeys(keysDir).find(({ publicKey }) => logVkey(origin, publicKey) === vkey);
}

/** As a ring reads them. */
export function pairsIn(keysDir: string): () => readonly LogPair[] {
  return () =>
    readLogKeys(keysDir).map(({ file, publicKey, privateKey }) => ({
      file,
      publicKey,
      sign: (message) => signWith(privateKey, message),
    }));
}

export interface WatchedLogKeys {
  readonly table: LogKeyTable;
  readonly ring: LogRing;
  readonly node: number;
  readonly failed: (what: string, error: unknown) => void;
}

/** The first look is over when this resolves; the answer stops it, and waits for what is under way. */
export async function watchLogKeys(watched: WatchedLogKeys): Promise<() => Promise<void>> {
  const { table, ring, failed } = watched;
  let told = '';
  const look = async (): Promise<void> => {
    const missing = ring.follow(await table.rows());
    const [first] = missing;
    if (first !== undefined && told !== missing.join()) failed('log-key', noLogKey(first));
    told = missing.join();
    await say(watched);
  };
  return lookEachSecond(look, (error) => failed('log-key', error));
}

/** Written only when it differs, or was forgotten because somebody announced a key. */
async function say({ table, ring, node }: WatchedLogKeys): Promise<void> {
  const said = (await table.nodes()).find((one) => one.node === node);
  const [holds, uses] = [ring.holds, ring.uses.join(' ')];
  if (said?.uses === uses && said.holds.join() === holds.join()) return;
  await table.say({ node, holds, uses });
}
