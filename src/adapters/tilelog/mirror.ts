// A mirror of a log that lies elsewhere: its static files in a folder, for a web server, for whoever checks a
// receipt, and for the day on which a backup of that other place is put back and lacks what was signed. It
// asks the log for what has been published and for nothing else, so it can be late and never ahead.

import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { utf8Text } from '../../kernel/bytes.ts';
import { type LogTrust, verifyCheckpoint } from '../../prove/checkpoint.ts';
import { verifyConsistency } from '../../prove/merkle-proof.ts';
import { SUCCESSIONS_PATH } from '../../prove/succession.ts';
import { tilePath, tilesForGrowth } from '../../prove/tiles.ts';
import { tileLogFault, withFaults } from './faults.ts';
import { readIfThere } from './files.ts';
import {
  type Published,
  printCheckpoint,
  printKeys,
  printTile,
  printedCheckpoint,
  removePartials,
  syncTiles,
} from './print.ts';

import type { WitnessLog } from '../../engine/ports.ts';

export interface MirrorOptions {
  /** Folder of the static files; made when it is missing. */
  readonly publicDir: string;
  readonly log: Pick<WitnessLog, 'checkpoint' | 'consistency' | 'read'>;
  readonly trust: LogTrust;
}

/**
 * Prints what the log has published since the last time: tiles, each durable, then the checkpoint. One call
 * at a time for a folder. Faults: `log-rolled-back` when the folder holds a tree that is no beginning of the
 * log's; `log-damaged` when the log does not show what its checkpoint names; what a disk can do.
 */
export async function printMirror({ publicDir, log, trust }: MirrorOptions): Promise<void> {
  const now = readNote(await log.checkpoint(), trust);
  const before = withFaults(publicDir, () => printedCheckpoint(publicDir, trust));
  if (
    before === undefined &&
    withFaults(publicDir, () => readIfThere(join(publicDir, 'checkpoint'))) !== undefined
  ) {
    const message = `${publicDir} holds a checkpoint that the key of this log did not sign`;
    throw tileLogFault(
      'log-rolled-back',
      `${message}: move that folder away, it may be another log's only copy`,
    );
  }
  const chain = await log.read(SUCCESSIONS_PATH);
  // Before a head that only a successor signed.
  if (chain !== undefined) {
    const keys = { vkey: trust.vkey, successions: () => utf8Text(chain) };
    withFaults(publicDir, () => printKeys(publicDir, keys, () => {}));
  }
  if (before?.note === now.note) return;
  if (before !== undefined) await assertBeginning(before, now, { publicDir, log });
  const tiles = tilesForGrowth(before?.size ?? 0, now.size);
  for (const tile of tiles) {
    const bytes = await log.read(tilePath(tile));
    if (bytes === undefined)
      throw tileLogFault(
        'log-damaged',
        `the log does not show ${tilePath(tile)}, which its checkpoint names`,
      );
    withFaults(publicDir, () => printTile(publicDir, tile, bytes, () => {}));
    // A mirror that begins may print thousands.
    await setImmediate();
  }
  withFaults(publicDir, () => {
    syncTiles(publicDir, tiles);
    printCheckpoint(publicDir, now.note, () => {});
    removePartials(publicDir, tiles, before?.size ?? 0);
  });
}

function readNote(note: string | undefined, trust: LogTrust): Published {
  const checkpoint = verifyCheckpoint(note ?? '', trust);
  if (note !== undefined && checkpoint.ok) return { ...checkpoint.value, note };
  throw tileLogFault('log-damaged', 'the log shows no checkpoint that its key signed');
}

async function assertBeginning(
  before: Published,
  now: Published,
  { publicDir, log }: Pick<MirrorOptions, 'publicDir' | 'log'>,
): Promise<void> {
  const [from, to] = [before.size, now.size];
  const path = from <= to ? await log.consistency(from, to) : undefined;
  if (
    path !== undefined &&
    verifyConsistency({ from, fromRoot: before.root, to, toRoot: now.root, path: [...path] })
  )
    return;
  const message = `${publicDir} holds a signed tree of ${from} leaves that the log of ${to} leaves lacks`;
  throw tileLogFault('log-rolled-back', `${message}: keep both as they are, and look which one was put back`);
}
