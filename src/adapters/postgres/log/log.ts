// Owns: the WitnessLog port on PostgreSQL: one log for many nodes. Any node takes leaves, signs promises and
// answers proofs; one at a time writes (writer.ts).
//
// The log's key is in no database: each node has it as a file of its own (adapters/node-crypto), and one with
// another key is refused here before it signs anything.

import { assert } from '../../../kernel/assert.ts';
import { hex } from '../../../kernel/bytes.ts';
import { isFault } from '../../../kernel/fault.ts';
import { verifyCheckpoint } from '../../../prove/checkpoint.ts';
import { parseLeaf } from '../../../prove/leaf.ts';
import { emptyRoot } from '../../../prove/merkle.ts';
import { type LogSigning, signingOfOne, successionsFile, writeTurn } from '../../../prove/signing.ts';
import { SUCCESSIONS_PATH } from '../../../prove/succession.ts';
import { logDamaged, logFault } from './faults.ts';
import { beginGuard, followingHead } from './guard.ts';
import { rootAt } from './hashes.ts';
import { adoptCopy, type ReadCopy } from './heal.ts';
import { published, type Published, showConsistency, showInclusion, showResource } from './show.ts';
import { lead, leave, namesKeyInUse, type Pen, write } from './writer.ts';

import type { Crypto, Entropy, WitnessLog } from '../../../engine/ports.ts';
import type { BatchOptions } from '../../../prove/batch.ts';
import type { LogTables } from './tables.ts';

/**
 * How long a writer that says nothing keeps the log: longer than any pause between two of its statements in
 * health, shorter than the time after which people would wait for a proof.
 */
const LEASE_MS = 5000;
/** How long an opening waits for the first checkpoint of a log that another node has just begun. */
const FIRST_MS_MAX = 30_000;
const LOOK_AGAIN_MS = 100;

export interface PostgresLogOptions {
  /** Name of the log, without scheme, spaces or `+`: `shop.example/log`. */
  readonly origin: string;
  readonly crypto: Pick<Crypto, 'sign' | 'verify' | 'publicKey'>;
  /** Where the log has had several keys, or may; default: the one of `crypto`. */
  readonly signing?: LogSigning;
  readonly entropy: Entropy;
  readonly leaseMs?: number;
  /**
   * Default true. A node that does not takes no lease, ever: it takes leaves, signs promises, answers proofs.
   */
  readonly mayWrite?: boolean;
  /** A copy of the log's static files, asked when a backup of the data lacks what was signed. */
  readonly copy?: ReadCopy;
}

export interface PostgresLog extends WitnessLog {
  integrate(how?: BatchOptions): Promise<{ readonly size: number; readonly checkpoint: string }>;
  /** Whether this node writes the log now; takes the lease when it is free. */
  leads(): Promise<boolean>;
  moment(): Promise<number>;
  fed(moment: number): Promise<void>;
  behind(): Promise<{ readonly waiting: number; readonly ageMs: number }>;
  /**
   * Remembers a checkpoint of this log that a witness cosigned; the next writer proves its tree against it.
   * Fault `log-rolled-back` when it is of another tree.
   */
  witnessed(note: string): Promise<void>;
}

/** Opens the log, or begins one where it may write. Faults: see docs/operations.md. */
export async function openPostgresLog(tables: LogTables, options: PostgresLogOptions): Promise<PostgresLog> {
  const pen = penOf(tables, options);
  const { origin } = options;
  const { vkey } = pen.signing;
  if (pen.mayWrite) await tables.begin({ origin, vkey, root: emptyRoot() });
  else if ((await published(tables)) === undefined) {
    throw logFault('no-log', 'no node has begun the log: start one with the role log first');
  }
  const head = await tables.head();
  if (head === undefined) throw logDamaged('the head of the log is missing');
  if (head.origin !== origin) {
    throw logFault('log-other-origin', `the database belongs to log ${head.origin}, not to ${origin}`);
  }
  if (!isOwn(pen.signing, head.vkey)) {
    const message = `this node has the key ${vkey}, the log ${head.vkey}`;
    throw logFault('log-other-key', `${message}: give each node the same log.key in its keys folder`);
  }
  if (pen.mayWrite) await beginGuard(tables, head);
  await followed(pen, options.copy);
  await firstCheckpoint(pen);
  return logOver(pen);
}

/** Proves the tree, after it was made whole from a copy where it lacks what was signed. */
async function followed(pen: Pen, copy: ReadCopy | undefined): Promise<void> {
  const { tables, signing } = pen;
  try {
    await followingHead(tables, signing.trust());
  } catch (error) {
    const isHealed =
      copy !== undefined && pen.mayWrite && isFault(error, 'log-rolled-back') && (await adoptCopy(pen, copy));
    if (!isHealed) throw error;
    await followingHead(tables, signing.trust());
  }
}

function penOf(tables: LogTables, options: PostgresLogOptions): Pen {
  const { origin, crypto, entropy, leaseMs = LEASE_MS, mayWrite = true } = options;
  const { signing = signingOfOne({ origin, crypto }) } = options;
  return {
    tables,
    signing,
    entropy,
    leaseMs,
    mayWrite,
    holder: hex(entropy.bytes(16)),
    token: -1,
  };
}

/**
 * A log that was begun has a checkpoint, of no leaves at first: made here, or by the node that was faster.
 */
async function firstCheckpoint(pen: Pen): Promise<void> {
  for (let waitedMs = 0; waitedMs <= FIRST_MS_MAX; waitedMs += LOOK_AGAIN_MS) {
    if ((await published(pen.tables)) !== undefined) return;
    await write(pen, {});
    if ((await published(pen.tables)) !== undefined) return;
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
  const message = 'another node began the log and has not signed its first checkpoint';
  throw logFault('log-locked', `${message}: look at that node, then start this one again`);
}

function logOver(pen: Pen): PostgresLog {
  const { tables, signing } = pen;
  let open = true;
  // Steps of writing do not overlap within a node: the lease knows nodes only.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = last.then(work, work);
    last = done.catch(() => undefined);
    return done;
  };
  const call = async <T>(work: () => Promise<T>): Promise<T> => {
    if (!open) throw logFault('log-closed', 'the log is closed');
    return work();
  };
  const known = async (): Promise<Published> => {
    const head = await published(tables);
    if (head === undefined) throw logDamaged('the checkpoint of the log is missing');
    return head;
  };
  return {
    origin: signing.origin,
    get vkey() {
      return signing.vkey;
    },
    signers: signing.signers,
    submit: async (leaves) =>
      call(async () => {
        const sound = leaves.every((leaf) => parseLeaf(leaf) !== undefined);
        assert(sound, 'a leaf is 34 bytes of version 1 and a known type');
        if (leaves.length > 0) await tables.wait(leaves);
      }),
    integrate: async (how = {}) =>
      call(async () => {
        await inTurn(() => turn(pen, how));
        const { size, note } = await known();
        return { size, checkpoint: note };
      }),
    leads: async () => call(() => inTurn(async () => (await lead(pen)) !== undefined)),
    moment: async () => call(() => tables.moment()),
    fed: async (moment) => call(() => tables.fed(pen.token, moment)),
    behind: async () => call(() => tables.behind()),
    checkpoint: async () => call(async () => (await known()).note),
    inclusion: async (leaf) => call(() => showInclusion(tables, leaf)),
    consistency: async (from, to) => call(() => showConsistency(tables, { from, to })),
    read: async (path) =>
      call(async () => (path === SUCCESSIONS_PATH ? successionsFile(signing) : showResource(tables, path))),
    witnessed: async (note) => call(() => keepWitnessed(pen, note)),
    close: async () => {
      if (!open) return;
      open = false;
      // A lease that cannot be given back ends by itself.
      await inTurn(() => leave(pen)).catch(() => undefined);
    },
  };
}

async function keepWitnessed({ tables, signing }: Pen, note: string): Promise<void> {
  const checkpoint = verifyCheckpoint(note, signing.trust());
  if (!checkpoint.ok)
    throw logFault('log-other-origin', `no checkpoint of this log: ${checkpoint.error.message}`);
  const { origin, size, root } = checkpoint.value;
  const now = (await published(tables))?.size ?? 0;
  if (size > now || hex(await rootAt(tables, size)) !== hex(root)) {
    throw logFault('log-rolled-back', `a witness saw a tree of ${size} leaves that this log lacks`);
  }
  await tables.witness({ origin, size, root, note });
}

/** Whether the log's row names a key that this log has or had: the writer brings it up to the one in use. */
export function isOwn(signing: LogSigning, vkey: string): boolean {
  return signing.trust().keys?.some((one) => one.vkey === vkey) === true;
}

/**
 * Only who has the lease makes a succession wait, and only when the row names the new key: whoever has not
 * followed yet would sign the tree that holds it alone.
 */
async function turn(pen: Pen, how: BatchOptions): Promise<void> {
  const { tables, signing } = pen;
  await writeTurn(signing, {
    wait: async (leaves) => {
      const head = await lead(pen);
      if (head !== undefined && (await namesKeyInUse(pen, head))) await tables.wait(leaves);
    },
    write: () => write(pen, how),
    place: (leaf) => showInclusion(tables, leaf),
  });
}
