// Owns: the MovableLog port on PostgreSQL: leaves as they lie, and the guard beside the keys. It writes like
// any other writer, under the lease, so that a node that runs is noticed.

import { hex } from '../../../kernel/bytes.ts';
import { verifyCheckpoint } from '../../../prove/checkpoint.ts';
import { emptyRoot } from '../../../prove/merkle.ts';
import { type LogSigning, signingOfOne } from '../../../prove/signing.ts';
import { logDamaged, logFault } from './faults.ts';
import { headSound } from './guard.ts';
import { rootAt } from './hashes.ts';
import { isOwn } from './log.ts';
import { growth } from './writer.ts';

import type { Crypto, Entropy, MovableLog } from '../../../engine/ports.ts';
import type { Head, LogTables } from './tables.ts';

const LEASE_MS = 10_000;
const LOOK_AGAIN_MS = 250;
const WAITING_MAX = 2 ** 31 - 1;

export interface MovablePostgresLogOptions {
  readonly origin: string;
  readonly crypto: Pick<Crypto, 'sign' | 'verify' | 'publicKey'>;
  /** Default: the one key of `crypto`. */
  readonly signing?: LogSigning;
  readonly entropy: Entropy;
}

/**
 * The log in the databases, or an empty one. Faults of `openPostgresLog`; `log-locked` while a node writes.
 */
export async function openMovablePostgresLog(
  tables: LogTables,
  options: MovablePostgresLogOptions,
): Promise<MovableLog> {
  const { origin, crypto, entropy, signing = signingOfOne({ origin, crypto }) } = options;
  const { vkey } = signing;
  const holder = hex(entropy.bytes(16));
  await tables.begin({ origin, vkey, root: emptyRoot() });
  const first = await freeLease(tables, holder);
  if (first === undefined) throw logFault('log-locked', 'a node writes this log: stop all nodes first');
  if (first.origin !== origin || !isOwn(signing, first.vkey)) {
    throw logFault('log-other-key', `the database belongs to log ${first.vkey}, not to ${vkey}`);
  }
  const { token } = first;
  const head = async (): Promise<Head> => {
    const now = await tables.take({ holder, token, leaseMs: LEASE_MS });
    if (now?.token === token) return now;
    throw logFault('log-locked', 'a node took this log meanwhile: stop all nodes, then move it again');
  };
  return {
    origin,
    vkey,
    state: async () => {
      const now = await head();
      const signed = await headSound(tables, now, signing.trust());
      const { size, root, published } = now;
      return { size, root, note: published?.note, signed, moved: signed?.moved === true };
    },
    entries: (from, to) => tables.entries(from, to),
    waiting: () => tables.waiting(WAITING_MAX),
    retire: () => tables.retire(origin, emptyRoot()),
    append: async (from, leaves) => {
      const before = await head();
      if (before.size !== from) return;
      const grown = await growth(tables, before, leaves);
      const outcome = await tables.enter({ token, before, ...grown, leaves, leaseMs: LEASE_MS });
      if (outcome !== 'entered') throw logDamaged(`leaves from ${from} on did not enter: ${outcome}`);
    },
    wait: (leaves) => tables.wait(leaves),
    adopt: async ({ note, signed }) => {
      const { size, root } = signed ?? { size: 0, root: emptyRoot() };
      if (hex(await rootAt(tables, size)) !== hex(root)) {
        throw logDamaged(
          `the tree does not contain the checkpoint of ${size} leaves that it should go on from`,
        );
      }
      const checkpoint = verifyCheckpoint(note ?? '', signing.trust());
      await tables.adopt({ size, root, published: checkpoint.ok ? checkpoint.value.size : 0, note });
    },
    close: () => tables.leave(holder, token),
  };
}

/** Who had it may have been killed, or a move that was: such a lease ends by itself. */
async function freeLease(tables: LogTables, holder: string): Promise<Head | undefined> {
  for (let waitedMs = 0; waitedMs <= LEASE_MS; waitedMs += LOOK_AGAIN_MS) {
    const head = await tables.take({ holder, token: -1, leaseMs: LEASE_MS });
    if (head !== undefined) return head;
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
  return undefined;
}
