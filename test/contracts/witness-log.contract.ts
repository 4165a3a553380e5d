// What every WitnessLog must do. Goal: whoever holds the vkey can check all that the log says, with src/prove
// alone.

import { describe, expect, it } from 'vitest';
import { documentLeaf, personalLeaf } from '../../src/prove/leaf.ts';
import {
  type Checkpoint,
  leafHash,
  verifyCheckpoint,
  verifyConsistency,
  verifyInclusion,
} from '../../src/prove/verify.ts';
import { verifyEd25519 } from '../support/log-key.ts';
import { bytesOf } from './samples.ts';

import type { WitnessLog } from '../../src/engine/ports.ts';

const leaf = (seed: number): Uint8Array => personalLeaf(bytesOf(seed, 32));

function headOf(log: WitnessLog, note: string | undefined): Checkpoint {
  const head = verifyCheckpoint(note ?? '', { vkey: log.vkey, verifyEd25519 });
  if (!head.ok) throw new Error(head.error.message);
  return head.value;
}

/** Index of a leaf, proved; undefined when the log does not have it. */
async function provedIndex(log: WitnessLog, entry: Uint8Array): Promise<number | undefined> {
  const found = await log.inclusion(entry);
  if (found === undefined) return undefined;
  const { index, path, checkpoint } = found;
  const { size, root } = headOf(log, checkpoint);
  expect(verifyInclusion({ leaf: leafHash(entry), index, size, path, root })).toBe(true);
  return index;
}

export function runWitnessLog(name: string, open: () => Promise<WitnessLog>): void {
  describe(`WitnessLog: ${name}`, () => {
    it('[W20] a leaf waits until it is integrated and is proved from then on', async () => {
      const log = await open();
      const leaves = [leaf(1), leaf(2), documentLeaf(bytesOf(3))];
      await log.submit(leaves);
      expect(await provedIndex(log, leaf(1))).toBeUndefined();
      const { size, checkpoint } = await log.integrate();
      expect(headOf(log, checkpoint)).toMatchObject({ origin: log.origin, size });
      expect(await log.checkpoint()).toBe(checkpoint);
      const places = await Promise.all(leaves.map(async (entry) => provedIndex(log, entry)));
      expect(new Set(places).size).toBe(3);
      expect(places.every((index) => index !== undefined && index < size)).toBe(true);
      expect(await provedIndex(log, leaf(4))).toBeUndefined();
      await log.close();
    });

    it('[W20] the same leaf again, waiting or logged, adds nothing', async () => {
      const log = await open();
      await log.submit([leaf(1), leaf(1)]);
      await log.submit([leaf(1)]);
      const { size } = await log.integrate();
      const index = await provedIndex(log, leaf(1));
      await log.submit([leaf(1)]);
      expect((await log.integrate()).size).toBe(size);
      expect(await provedIndex(log, leaf(1))).toBe(index);
      await log.close();
    });

    it('[W24] every checkpoint is the beginning of every later one', async () => {
      const log = await open();
      const heads: Checkpoint[] = [];
      for (let round = 1; round <= 6; round += 1) {
        await log.submit(Array.from({ length: 7 * round }, (_, i) => leaf(100 * round + i)));
        heads.push(headOf(log, (await log.integrate()).checkpoint));
        for (const old of heads) {
          const now = headOf(log, await log.checkpoint());
          const path = await log.consistency(old.size, now.size);
          const claim = { from: old.size, fromRoot: old.root, to: now.size, toRoot: now.root, path };
          expect(verifyConsistency(claim)).toBe(true);
        }
      }
      expect(await provedIndex(log, leaf(100))).toBeDefined();
      await log.close();
    });

    it('[W27] the checkpoint is served as a file, and no other path gives one', async () => {
      const log = await open();
      await log.submit([leaf(1)]);
      const { checkpoint } = await log.integrate();
      expect(Buffer.from((await log.read('checkpoint')) ?? []).toString()).toBe(checkpoint);
      for (const path of ['', '../checkpoint', 'log.db', 'tile/0/999']) {
        expect(await log.read(path)).toBeUndefined();
      }
      await log.close();
    });
  });
}
