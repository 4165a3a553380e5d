// The witness log on one disk: SQLite for what is true, static files for what is shown.
//
//     submit ─▶ pending ─integrate─▶ entries, tiles, head ─publish─▶ public/tile/…, guard, public/checkpoint
//               (durable)            (one transaction)               (each durable before the next)
//
// A crash between any two steps is repaired on opening: what waits still waits, what is in the tree is
// published. Each step is synchronous inside, so calls never see half of one; run it in the store's worker
// where milliseconds matter.

import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { assert } from '../../kernel/assert.ts';
import { utf8Text } from '../../kernel/bytes.ts';
import type { Crypto, Entropy, WitnessLog } from '../../engine/ports.ts';
import type { Hash } from '../../prove/merkle.ts';
import { BATCH_LEAVES_MAX, type BatchOptions, batchOf } from '../../prove/batch.ts';
import { parseLeaf } from '../../prove/leaf.ts';
import { type LogSigning, signingOfOne, successionsFile, writeTurn } from '../../prove/signing.ts';
import { SUCCESSIONS_PATH, successorsIn } from '../../prove/succession.ts';
import { tileLogFault, withFaults } from './faults.ts';
import { ensureDir, readIfThere } from './files.ts';
import { assertFollows, assertHere, readGuard, writeGuard } from './guard.ts';
import { adoptPublished } from './heal.ts';
import { type LedgerStep, assertSound, openLedger } from './ledger.ts';
import { type Published, printKeys, printedCheckpoint } from './print.ts';
import { type Press, type PublishStep, publish } from './publish.ts';
import { showConsistency, showInclusion, showResource } from './show.ts';

/** Moments at which a crash is tested; in production nobody listens. */
export type TileLogStep = LedgerStep | PublishStep;

export interface TileLogOptions {
  /** Folder of `log.db` and of `public/`, which any file server may show below the log's prefix. */
  readonly dir: string;
  /** Folder beside the keys, outside backups: remembers what was signed last. */
  readonly keyDir: string;
  /** Name of the log, without scheme, spaces or `+`: `shop.example/log`. */
  readonly origin: string;
  readonly crypto: Pick<Crypto, 'sign' | 'verify' | 'publicKey'>;
  /** Where the log has had several keys, or may; default: the one of `crypto`. */
  readonly signing?: LogSigning;
  readonly entropy: Entropy;
  readonly onStep?: (step: TileLogStep) => void;
}

export interface Integrated {
  readonly size: number;
  readonly root: Hash;
  readonly checkpoint: string;
}

export interface TileLog extends WitnessLog {
  integrate(options?: BatchOptions): Promise<Integrated>;
}

/** Opens the log in `dir`, or begins one, and repairs what a crash left undone. */
export function openTileLog(options: TileLogOptions): TileLog {
  const { dir } = options;
  return withFaults(dir, () => {
    const press = openPress(options);
    try {
      return tileLogOver(press, options, publish(press, checkedPublished(press)));
    } catch (error) {
      press.ledger.close();
      throw error;
    }
  });
}

function openPress(options: TileLogOptions): Press {
  const { dir, keyDir, origin, crypto, signing, onStep = () => {} } = options;
  ensureDir(dir);
  ensureDir(keyDir);
  return {
    ledger: openLedger(join(dir, 'log.db'), { origin, onStep }),
    publicDir: join(dir, 'public'),
    keyDir,
    signing: signing ?? signingOfOne({ origin, crypto }),
    onStep,
  };
}

/** Refuses a tree that lacks anything this log has signed, as far as guard and public files remember. */
function checkedPublished(press: Press): Published | undefined {
  const { ledger, keyDir, signing } = press;
  const { origin } = signing;
  assertSound(ledger);
  assertKnown(press);
  const published = printedCheckpoint(press.publicDir, signing.trust());
  if (published !== undefined) adoptPublished(press, published);
  const { size, root } = ledger.head();
  const tree = { origin, size, rootAt: ledger.rootAt };
  if (published !== undefined) assertFollows(published, tree);
  const signed = readGuard(keyDir);
  if (signed !== undefined) {
    assertHere(signed, keyDir);
    assertFollows(signed, tree);
  } else if (size === 0) writeGuard(keyDir, { origin, size, root }, press.onStep);
  else {
    throw tileLogFault(
      'log-guard-missing',
      `head.json is missing in ${keyDir}: it says what the log signed last. Put it back with the keys`,
    );
  }
  return published;
}

/** Keys from an older copy know nothing of a rotation, and would sign on with the key of before. */
function assertKnown({ publicDir, keyDir, signing }: Press): void {
  const printed = utf8Text(readIfThere(join(publicDir, SUCCESSIONS_PATH)) ?? new Uint8Array(0));
  const own = signing.trust().keys?.map(({ vkey }) => vkey) ?? [];
  const strange = successorsIn(printed).find((vkey) => vkey !== '' && !own.includes(vkey));
  if (strange === undefined) return;
  const message = `the log went on under ${strange}, of which ${keyDir} knows nothing`;
  throw tileLogFault('log-other-key', `${message}: it is an older copy; put back the newest`);
}

/** Puts one batch of what waits into the tree; false when nothing waits. */
function enterBatch({ ledger, onStep }: Press, entropy: Entropy, how: BatchOptions): boolean {
  const leaves = batchOf(ledger.waiting(BATCH_LEAVES_MAX), entropy, how);
  if (leaves.length === 0) return false;
  ledger.enter(leaves);
  onStep('batch-entered');
  return true;
}

function tileLogOver(press: Press, options: TileLogOptions, opened: Published): TileLog {
  const { ledger, signing } = press;
  const { dir, entropy, origin } = options;
  let published = opened;
  let open = true;

  /** Every call: refused after close, failures of the world as Faults. Async for the port's sake. */
  async function call<T>(work: () => T): Promise<T> {
    if (!open) throw tileLogFault('log-closed', `the log in ${dir} is closed`);
    return withFaults(dir, work);
  }

  /** False when nothing waited; a publication that failed before is made up for in any case. */
  function enterAndPublish(how: BatchOptions): boolean {
    const entered = enterBatch(press, entropy, how);
    published = publish(press, published);
    return entered;
  }

  return {
    origin,
    get vkey() {
      return signing.vkey;
    },
    signers: signing.signers,

    submit: async (leaves) =>
      call(() => {
        const sound = leaves.every((leaf) => parseLeaf(leaf) !== undefined);
        assert(sound, 'a leaf is 34 bytes of version 1 and a known type');
        if (leaves.length > 0) ledger.note(leaves);
      }),

    integrate: async (how = {}) => {
      await writeTurn(signing, {
        wait: async (leaves) => call(() => ledger.note(leaves)),
        write: async () => {
          while (await call(() => enterAndPublish(how))) await setImmediate();
        },
        place: async (leaf) => call(() => showInclusion(ledger, published, leaf)),
      });
      await call(() => printKeys(press.publicDir, signing, press.onStep));
      return call(() => {
        ledger.settle();
        return { size: published.size, root: published.root, checkpoint: published.note };
      });
    },

    checkpoint: async () => call(() => published.note),

    inclusion: async (leaf) => call(() => showInclusion(ledger, published, leaf)),
    consistency: async (from, to) => call(() => showConsistency(ledger, published, { from, to })),
    read: async (path) =>
      call(() =>
        path === SUCCESSIONS_PATH ? successionsFile(signing) : showResource(ledger, published, path),
      ),

    close: async () => {
      if (!open) return;
      open = false;
      withFaults(dir, () => {
        ledger.close();
      });
    },
  };
}
