// Goal: the bench judges right. Method: small shops in which it is known what must come out, and a town that
// no setting was chosen on.

import { expect, test } from 'vitest';
import { groceryBaskets, shuffled } from './baskets.ts';
import { bootstrap, shareOf } from '../../src/surfaces/cli/evaluate/bootstrap.ts';
import { hiddenItem } from './hidden-item.ts';
import { strongestTargets } from './lists.ts';
import { measured, PEERS } from './peers.ts';
import { judgeTown, loadTown, townComplements } from './town.ts';
import { COMPLEMENT_SETTINGS } from '../../src/learn/models/complements.ts';
import { packHistories } from '../../src/learn/histories.ts';

test('complements of a town are what its truth says, unlike those of usual measures', () => {
  const town = loadTown(10, 2000);
  const { shares, withList, things } = judgeTown(town, townComplements(town, COMPLEMENT_SETTINGS));
  expect(shares.complement).toBeGreaterThan(0.8);
  expect(shares.substitute).toBeLessThan(0.02);
  expect(shares.unrelated).toBeLessThan(0.01);
  expect(withList / things).toBeGreaterThan(0.4);
  for (const [, measure] of PEERS) {
    const peer = judgeTown(town, measured(town.histories, measure, town.leafOf)).shares;
    expect(peer.complement).toBeLessThan(shares.complement - 0.2);
  }
});

test('hidden things of a shop that sells sets are found by all but popularity', () => {
  // Twenty sets of five things that are always bought as a set, in baskets of two sets.
  const sets = Array.from({ length: 20 }, (_, set) => Array.from({ length: 5 }, (_item, x) => `${set}-${x}`));
  const baskets = Array.from({ length: 400 }, (_, x) => ({
    person: `p${x % 50}`,
    items: [...sets[x % 20]!, ...sets[(x * 7 + 3) % 20]!].filter((item, at, all) => all.indexOf(item) === at),
  }));
  const { ours, peers, others, questions, things } = hiddenItem(baskets, 1);
  expect({ questions, things }).toEqual({ questions: 80, things: 100 });
  const rate = (hits: Uint8Array): number => hits.reduce((a, b) => a + b, 0) / questions;
  expect(rate(ours.hits)).toBe(1);
  expect(peers.map(({ name }) => name)).toEqual(PEERS.map(([name]) => name));
  expect(peers.every(({ hits }) => rate(hits) > 0.9)).toBe(true);
  expect(rate(others[0]!.hits)).toBeLessThan(0.3);
});

test('measures are their formulas, and lists begin with the strongest, ties by number', () => {
  const histories = packHistories(4, [[[0, 1, 2]], [[0, 1]], [[0, 2]], [[3, 0]], [[1]]]);
  const [lift, confidence, cosine] = PEERS.map(([, measure]) => measured(histories, measure));
  expect(lift!.targets).toHaveLength(0);
  expect(strongestTargets(confidence!, 0, 2)).toEqual([1, 2]);
  expect(strongestTargets(confidence!, 3, 5)).toEqual([0]);
  expect(Math.abs(cosine!.weights[0]! - 2 / Math.sqrt(12))).toBeLessThan(1e-7);
  const apart = measured(histories, PEERS[1]![1], Uint32Array.of(0, 0, 1, 1));
  expect(strongestTargets(apart, 0, 5)).toEqual([2, 3]);
});

test('an interval holds its value, shrinks with more questions, and repeats', () => {
  const of = (count: number): ReturnType<typeof bootstrap> => {
    const hits = Uint8Array.from({ length: count }, (_, x) => (x % 4 === 0 ? 1 : 0));
    return bootstrap(count, 3, (places) => shareOf(hits, places));
  };
  const [few, many] = [of(100), of(10_000)];
  for (const { value, low, high } of [few, many]) {
    expect(value).toBe(0.25);
    expect(low < value && value < high).toBe(true);
  }
  // 1.96 standard errors on either side: √(.25 · .75 / n).
  expect(Math.abs((many.high - many.low) / (2 * 1.96 * Math.sqrt(0.1875 / 10_000)) - 1)).toBeLessThan(0.1);
  expect(few.high - few.low).toBeGreaterThan(5 * (many.high - many.low));
  expect(of(100)).toEqual(few);
});

test('an order drawn from a seed loses nothing', () => {
  const baskets = groceryBaskets();
  expect(new Set(shuffled(baskets, 1))).toEqual(new Set(baskets));
  expect(shuffled(baskets, 1)).not.toEqual(baskets);
});
