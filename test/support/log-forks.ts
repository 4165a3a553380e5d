// Who looks whether a log forked: it remembers every head that was ever signed, by whichever writer,
// published or not, and holds all of them against the one log that is there in the end. And what it must be
// able to find: logs with a lock taken out.

import { fromHex, hex } from '../../src/kernel/bytes.ts';
import { parseCheckpointText } from '../../src/prove/checkpoint.ts';
import { readerOf, type HashReader } from '../../src/prove/merkle.ts';
import { TILE_WIDTH, tileWidth } from '../../src/prove/tiles.ts';
import {
  type Checkpoint,
  consistencyPath,
  leafHash,
  parseEntryBundle,
  tilePath,
  treeRoot,
  verifyCheckpoint,
  verifyConsistency,
} from '../../src/prove/verify.ts';
import { sql } from './postgres.ts';
import { verifyEd25519 } from './log-key.ts';
import { KEY } from './tile-logs.ts';

import type { WitnessLog } from '../../src/engine/ports.ts';
import type { LogTables } from '../../src/adapters/postgres/log/tables.ts';

/** Pairs of heads that are compared; beyond it every head still is with the last. */
const PAIRS_MAX = 20_000;

export interface Seen {
  /** Texts that were signed. */
  readonly signed: string[];
  /** Leaves whose `submit` came back, in hex. */
  readonly acknowledged: string[];
}

export const newSeen = (): Seen => ({ signed: [], acknowledged: [] });

/**
 * What is wrong with the log, in words; nothing when all that was ever signed is one log and no leaf is
 * missing.
 */
export async function faultsOf(log: WitnessLog, seen: Seen): Promise<readonly string[]> {
  const head = verifyCheckpoint((await log.checkpoint()) ?? '', { vkey: log.vkey, verifyEd25519 });
  if (!head.ok) return [head.error.message];
  const now = head.value;
  const leaves = await leavesOf(log, now.size);
  const read = readerOf(leaves.map((leaf) => leafHash(fromHex(leaf) ?? new Uint8Array(0))));
  const faults: string[] = [];
  if (hex(treeRoot(now.size, read)) !== hex(now.root)) faults.push('the entries do not give the root');
  if (new Set(leaves).size !== leaves.length) faults.push('a leaf is doubled');
  const there = new Set(leaves);
  const lost = seen.acknowledged.filter((leaf) => !there.has(leaf));
  if (lost.length > 0) faults.push(`${lost.length} leaves are lost`);
  return [...faults, ...forksOf(headsOf(seen.signed), now.size, read)];
}

function headsOf(signed: readonly string[]): readonly Checkpoint[] {
  const distinct = [...new Set(signed)].map((text) => parseCheckpointText(text));
  const heads = distinct.map((head) => {
    if (!head.ok) throw new Error(head.error.message);
    return head.value;
  });
  return heads.toSorted((a, b) => a.size - b.size);
}

function forksOf(heads: readonly Checkpoint[], size: number, read: HashReader): readonly string[] {
  const faults = heads.flatMap((head) => {
    if (head.size > size) return [`a head of ${head.size} was signed, the log has ${size}`];
    return hex(treeRoot(head.size, read)) === hex(head.root) ? [] : [`the head of ${head.size} is of a fork`];
  });
  let pairs = 0;
  for (const [n, a] of heads.entries()) {
    for (const b of heads.slice(n + 1)) {
      pairs += 1;
      if (pairs > PAIRS_MAX || b.size > size) return faults;
      const path = consistencyPath({ from: a.size, to: b.size, read });
      const claim = { from: a.size, fromRoot: a.root, to: b.size, toRoot: b.root, path };
      if (!verifyConsistency(claim)) faults.push(`heads of ${a.size} and ${b.size} are of two logs`);
    }
  }
  return faults;
}

/** All entries, from the static files alone. */
async function leavesOf(log: WitnessLog, size: number): Promise<readonly string[]> {
  const leaves: string[] = [];
  for (let index = 0; index * TILE_WIDTH < size; index += 1) {
    const width = tileWidth(size, { level: 'entries', index });
    const bytes = await log.read(tilePath({ level: 'entries', index, width }));
    leaves.push(...(parseEntryBundle(bytes ?? new Uint8Array(0)) ?? []).map(hex));
  }
  return leaves;
}

/** Stops for `at` before and after every statement: `enter<`, `enter>`. */
export function stepped(tables: LogTables, at: (step: string) => Promise<void> | void): LogTables {
  const steps = Object.entries(tables).map(([name, send]) => {
    const between = async (...values: readonly unknown[]): Promise<unknown> => {
      await at(`${name}<`);
      const answer: unknown = await (send as (...of: readonly unknown[]) => Promise<unknown>)(...values);
      await at(`${name}>`);
      return answer;
    };
    return [name, between];
  });
  return Object.fromEntries(steps) as LogTables;
}

const bytea = (bytes: Uint8Array): string => `'\\x${hex(bytes)}'::bytea`;

/** Nothing asks who writes: no token, no compare-and-set, no guard, no trigger and no number taken. */
export function unfenced(tables: LogTables, dataUrl: string): LogTables {
  return {
    ...tables,
    enter: async ({ before, after, leaves, tiles }) => {
      const rows = leaves.map((leaf, at) => `(${before.size + at}, ${bytea(leaf)})`).join(', ');
      const grown = tiles.map((tile) => `(${tile.level}, ${tile.index}, ${bytea(tile.bytes)})`).join(', ');
      await sql(
        dataUrl,
        `SET session_replication_role = replica;
         DELETE FROM log_waiting WHERE leaf IN (${leaves.map(bytea).join(', ')});
         DELETE FROM log_entries WHERE leaf IN (${leaves.map(bytea).join(', ')});
         INSERT INTO log_entries VALUES ${rows} ON CONFLICT (idx) DO UPDATE SET leaf = EXCLUDED.leaf;
         INSERT INTO log_tiles VALUES ${grown}
         ON CONFLICT (level, idx) DO UPDATE SET hashes = EXCLUDED.hashes;
         UPDATE log_head SET size = ${after.size}, root = ${bytea(after.root)}, signed = NULL, note = NULL`,
      );
      return 'entered';
    },
    guards: async () => (await tables.guards()).map((guard) => ({ ...guard, size: 0, root: EMPTY })),
    moveGuard: async () => true,
  };
}

const EMPTY = fromHex('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855') ?? new Uint8Array();

/** Signs a tree that the database has not accepted yet. */
export function signingFirst(tables: LogTables, onSign: (text: string) => void): LogTables {
  return {
    ...tables,
    enter: async (entering) => {
      const { size, root } = entering.after;
      const text = `${KEY.signer.name}\n${size}\n${Buffer.from(root).toString('base64')}\n`;
      onSign(text);
      return tables.enter(entering);
    },
  };
}
