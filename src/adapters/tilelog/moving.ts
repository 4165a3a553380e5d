// Owns: the MovableLog port on a folder at rest: leaves as they lie in `log.db`, and the guard beside the
// keys. Static files are not moved: whoever opens the log prints them.

import { join } from 'node:path';
import { emptyRoot } from '../../prove/merkle.ts';
import { type LogSigning, signingOfOne } from '../../prove/signing.ts';
import { tileLogFault, withFaults } from './faults.ts';
import { ensureDir } from './files.ts';
import { assertFollows, readGuard, retireGuard, writeGuard } from './guard.ts';
import { assertSound, openLedger } from './ledger.ts';
import { printedCheckpoint } from './print.ts';

import type { Crypto, MovableLog } from '../../engine/ports.ts';

export interface MovableTileLogOptions {
  readonly dir: string;
  readonly keyDir: string;
  readonly origin: string;
  readonly crypto: Pick<Crypto, 'sign' | 'verify' | 'publicKey'>;
  /** Default: the one key of `crypto`. */
  readonly signing?: LogSigning;
}

const WAITING_MAX = 2 ** 31 - 1;

/** The log in `dir`, or an empty one. Faults of `openTileLog`, but for a log that was moved away. */
export function openMovableTileLog(options: MovableTileLogOptions): MovableLog {
  const { dir, keyDir, origin, crypto } = options;
  const signing = options.signing ?? signingOfOne({ origin, crypto });
  const ledger = withFaults(dir, () => {
    ensureDir(dir);
    ensureDir(keyDir);
    return openLedger(join(dir, 'log.db'), { origin, onStep: () => {} });
  });
  const call = async <T>(work: () => T): Promise<T> => withFaults(dir, work);
  return {
    origin,
    vkey: signing.vkey,
    state: async () =>
      call(() => {
        assertSound(ledger);
        const { size, root } = ledger.head();
        const signed = readGuard(keyDir);
        if (signed !== undefined) assertFollows(signed, { origin, size, rootAt: ledger.rootAt });
        else if (size > 0) throw tileLogFault('log-guard-missing', `head.json is missing in ${keyDir}`);
        return {
          size,
          root,
          note: printedCheckpoint(join(dir, 'public'), signing.trust())?.note,
          signed,
          moved: signed?.moved === true,
        };
      }),
    entries: async (from, to) => call(() => ledger.entries(from, to)),
    waiting: async () => call(() => ledger.waiting(WAITING_MAX)),
    retire: async () =>
      call(() => retireGuard(keyDir, readGuard(keyDir) ?? { origin, size: 0, root: emptyRoot() })),
    append: async (from, leaves) =>
      call(() => {
        if (ledger.head().size === from) ledger.enter(leaves);
      }),
    wait: async (leaves) => call(() => ledger.note(leaves)),
    // The checkpoint itself is printed, the same again, at the opening.
    adopt: async ({ signed }) =>
      call(() => {
        const head = { origin, size: signed?.size ?? 0, root: signed?.root ?? emptyRoot() };
        const { size } = ledger.head();
        assertFollows(head, { origin, size, rootAt: ledger.rootAt });
        writeGuard(keyDir, head, () => {});
      }),
    close: async () => call(() => ledger.close()),
  };
}
