// Goal: the log on disk keeps what it acknowledged and never forks. Method: real files in a temporary folder;
// every proof is checked with prove/, and an auditor recomputes the tree from the static files alone.

import { createHash } from 'node:crypto';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hex } from '../../kernel/bytes.ts';
import { seededRandom } from '../../kernel/random.ts';
import {
  assertIncluded,
  assertOneLog,
  auditPublicFiles,
  checkpointOf,
  leafOf,
  newLeaf,
  newLeaves,
  openLog,
} from '../../../test/support/tile-logs.ts';
import { newHome } from '../../../test/support/tile-homes.ts';
import { documentLeaf } from '../../prove/leaf.ts';

/** Leaves that are the same in every run: their number as 32 bytes of SHA-256. */
const numbered = (from: number, to: number): Uint8Array[] =>
  Array.from({ length: to - from }, (_, i) =>
    leafOf(
      new Uint8Array(
        createHash('sha256')
          .update(`${from + i}`)
          .digest(),
      ),
    ),
  );

describe('submit and integrate', () => {
  it('[W20] [W22] leaves wait, then are in the log; proofs, tiles and checkpoint fit', async () => {
    const home = newHome();
    const log = openLog(home);
    expect(auditPublicFiles(home).checkpoint.size).toBe(0);
    const leaves = newLeaves(300);
    await log.submit(leaves);
    expect(await log.inclusion(leaves[0]!)).toBeUndefined();
    const { size, root, checkpoint } = await log.integrate();
    expect(size).toBe(304);
    expect(checkpointOf(checkpoint)).toEqual({ origin: log.origin, size, root });
    for (const leaf of leaves) await assertIncluded(log, leaf);
    expect(await log.inclusion(newLeaf())).toBeUndefined();
    expect(auditPublicFiles(home).leaves).toEqual(expect.arrayContaining(leaves.map(hex)));
    await log.close();
  });

  it('[W20] the same leaf twice is one leaf, waiting or logged', async () => {
    const home = newHome();
    const log = openLog(home);
    const leaf = documentLeaf(new Uint8Array([1]));
    await log.submit([leaf, leaf]);
    await log.submit([leaf]);
    await log.integrate({ dummiesToMultipleOf: 1 });
    await log.submit([leaf]);
    expect((await log.integrate({ dummiesToMultipleOf: 1 })).size).toBe(1);
    await log.close();
  });

  it('[W20] what was acknowledged survives without a close', async () => {
    const home = newHome();
    const leaves = newLeaves(5);
    const log = openLog(home);
    await log.submit(leaves);
    const copy = newHome();
    cpSync(home.dir, copy.dir, { recursive: true });
    cpSync(home.keyDir, copy.keyDir, { recursive: true });
    const after = openLog(copy);
    await after.integrate();
    for (const leaf of leaves) await assertIncluded(after, leaf);
    await after.close();
    await log.close();
  });

  it('[W21] a batch is filled to a multiple of 16 and nothing waits, nothing is added', async () => {
    const home = newHome();
    const log = openLog(home);
    for (const [count, size] of [
      [1, 16],
      [16, 32],
      [17, 64],
      [0, 64],
    ] as const) {
      await log.submit(newLeaves(count));
      expect((await log.integrate()).size).toBe(size);
    }
    await log.close();
  });

  it('[W21] the order in the log is drawn and not that of arrival', async () => {
    const orders = new Set<string>();
    for (const seed of [1, 2, 3]) {
      const log = openLog(newHome());
      const leaves = numbered(0, 64);
      for (const leaf of leaves) await log.submit([leaf]);
      await log.integrate({ shuffleRandom: seededRandom(seed) });
      const order: number[] = [];
      for (const leaf of leaves) order.push(await assertIncluded(log, leaf));
      expect(order).not.toEqual(order.toSorted((a, b) => a - b));
      orders.add(order.join(' '));
      await log.close();
    }
    expect(orders.size).toBe(3);
  });

  it('[W21] the store shows no order of arrival: two orders, the same rows', async () => {
    const stores: Buffer[] = [];
    for (const reversed of [false, true]) {
      const home = newHome();
      const log = openLog(home);
      const leaves = numbered(0, 200);
      if (reversed) leaves.reverse();
      for (const leaf of leaves) await log.submit([leaf]);
      await log.integrate({ shuffleRandom: seededRandom(5), dummiesToMultipleOf: 1 });
      await log.close();
      expect(existsSync(join(home.dir, 'log.db-wal'))).toBe(false);
      stores.push(readFileSync(join(home.dir, 'public', 'tile', 'entries', '000.p', '200')));
    }
    expect(stores[0]!.equals(stores[1]!)).toBe(true);
  });

  it('[W28] whatever is not a leaf is a bug of the caller and nothing is stored', async () => {
    const log = openLog(newHome());
    const named = new Uint8Array([1, 1, ...Buffer.from('alice@example.com has bought a pra')]);
    for (const bytes of [named, new Uint8Array(34), new Uint8Array(0)]) {
      await expect(log.submit([newLeaf(), bytes])).rejects.toThrow('a leaf is 34 bytes');
    }
    expect((await log.integrate()).size).toBe(0);
    await log.close();
  });
});

describe('growth', () => {
  it('[W22] [W24] many batches: one log, and partial tiles give way to full ones', async () => {
    const home = newHome();
    const log = openLog(home);
    const checkpoints = [checkpointOf((await log.checkpoint())!)];
    const kept: Uint8Array[] = [];
    for (const count of [1, 15, 200, 40, 256, 512, 3]) {
      const leaves = newLeaves(count);
      kept.push(leaves[0]!);
      await log.submit(leaves);
      checkpoints.push(checkpointOf((await log.integrate()).checkpoint));
      await assertOneLog(log, checkpoints);
      for (const leaf of kept) await assertIncluded(log, leaf);
      expect(auditPublicFiles(home).checkpoint).toEqual(checkpoints.at(-1));
    }
    expect(existsSync(join(home.dir, 'public', 'tile', '0', '000'))).toBe(true);
    expect(existsSync(join(home.dir, 'public', 'tile', '0', '000.p'))).toBe(false);
    await log.close();
  });

  it('[W20] [W22] what one batch cannot hold enters in several; other calls get through', async () => {
    const home = newHome();
    const log = openLog(home);
    const leaves = newLeaves(9000);
    await log.submit(leaves);
    const integrating = log.integrate();
    const late = newLeaf();
    await log.submit([late]);
    const { size } = await integrating;
    expect(size).toBe(9008);
    for (const leaf of [leaves[0]!, leaves[8999]!, late]) await assertIncluded(log, leaf);
    expect(auditPublicFiles(home).checkpoint.size).toBe(size);
    await log.close();
  });

  it('[W27] exactly what is published is served, also widths that were published before', async () => {
    const log = openLog(newHome());
    await log.submit(newLeaves(290));
    const { checkpoint } = await log.integrate({ dummiesToMultipleOf: 1 });
    expect(Buffer.from((await log.read('checkpoint'))!).toString()).toBe(checkpoint);
    expect((await log.read('tile/0/000'))?.length).toBe(8192);
    expect((await log.read('tile/0/001.p/34'))?.length).toBe(34 * 32);
    expect((await log.read('tile/0/000.p/200'))?.length).toBe(200 * 32);
    expect((await log.read('tile/entries/001.p/2'))?.length).toBe(2 * 36);
    expect((await log.read('tile/1/000.p/1'))?.length).toBe(32);
    for (const path of [
      'tile/0/001',
      'tile/0/001.p/35',
      'tile/0/002.p/1',
      'tile/1/000',
      'tile/2/000.p/1',
      'log.db',
      '../keys/head.json',
      'tile/0/../../log.db',
      'checkpoint.new',
      '',
    ]) {
      expect(await log.read(path)).toBeUndefined();
    }
    await log.submit(newLeaves(1));
    expect(await log.read('tile/0/001.p/35')).toBeUndefined();
    for (const [from, to] of [
      [-1, 5],
      [5, 4],
      [0, 291],
      [0.5, 3],
      [Number.NaN, 3],
    ] as const) {
      await expect(log.consistency(from, to)).rejects.toMatchObject({ code: 'log-out-of-range' });
    }
    await log.close();
    await expect(log.checkpoint()).rejects.toMatchObject({ code: 'log-closed' });
  });
});
