// Goal: draws are repeatable and fair. Method: chi-square statistics with fixed seeds. A fixed seed makes
// each test deterministic; the bounds are the 1e-6 tails, so that another seed would pass as well unless
// the generator is wrong.

import { describe, expect, test } from 'vitest';

import { Bug } from './assert.ts';
import { utf8 } from './bytes.ts';
import { seededRandom } from './random.ts';

/** Chi-square of counts against equal shares. */
function chiSquare(counts: readonly number[]): number {
  const total = counts.reduce((sum, n) => sum + n, 0);
  const share = total / counts.length;
  return counts.reduce((sum, n) => sum + (n - share) ** 2 / share, 0);
}

/** About the 1 - 1e-6 point of chi-square with `freedom` degrees (Wilson and Hilferty 1931; z = 4.75). */
function chiSquareBound(freedom: number): number {
  const spread = 2 / (9 * freedom);
  return freedom * (1 - spread + 4.75 * Math.sqrt(spread)) ** 3;
}

function countsOf(bins: number, draws: number, draw: () => number): number[] {
  const counts = Array.from({ length: bins }, () => 0);
  for (let i = 0; i < draws; i += 1) counts[draw()]! += 1;
  return counts;
}

describe('seededRandom', () => {
  test('[K9] the same seed repeats the stream; a number is the same as its eight bytes', () => {
    const one = seededRandom(42);
    const two = seededRandom(Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 42));
    for (let i = 0; i < 1000; i += 1) expect(one.u32()).toBe(two.u32());
  });

  test('[K9] neighbouring seeds have unrelated streams', () => {
    const seeds = [0, 1, 2, 3, utf8('p1'), utf8('p2'), utf8(''), Uint8Array.of(0)];
    const streams = seeds.map((seed) => {
      const random = seededRandom(seed);
      return Array.from({ length: 1000 }, () => random.u32());
    });
    for (const [i, a] of streams.entries()) {
      for (const b of streams.slice(i + 1)) {
        // Each of 32,000 bits agrees with probability 1/2: 5 standard deviations are 447.
        let agreeing = 0;
        for (let n = 0; n < 1000; n += 1) agreeing += 32 - bitCount(a[n]! ^ b[n]!);
        expect(Math.abs(agreeing - 16_000)).toBeLessThan(447);
      }
    }
  });

  test('[K9] seeds and bounds outside their range are a bug', () => {
    for (const seed of [-1, 0.5, NaN, 2 ** 53]) expect(() => seededRandom(seed), String(seed)).toThrow(Bug);
    for (const n of [0, -1, 1.5, NaN, 2 ** 53 + 2]) {
      expect(() => seededRandom(1).below(n), String(n)).toThrow(Bug);
    }
  });

  test('[K10] each bit of u32 is set half of the time', () => {
    const random = seededRandom(1);
    const set = Array.from({ length: 32 }, () => 0);
    for (let i = 0; i < 100_000; i += 1) {
      const draw = random.u32();
      for (let bit = 0; bit < 32; bit += 1) set[bit]! += (draw >>> bit) & 1;
    }
    // 5 standard deviations of 100,000 coin throws are 791.
    for (const [bit, count] of set.entries())
      expect(Math.abs(count - 50_000), `bit ${bit}`).toBeLessThan(791);
  });

  test('[K10] unit fills [0, 1) evenly, also in pairs of draws', () => {
    const random = seededRandom(2);
    const bound = chiSquareBound(1023);
    expect(chiSquare(countsOf(1024, 500_000, () => Math.floor(random.unit() * 1024)))).toBeLessThan(bound);
    const pair = (): number => Math.floor(random.unit() * 32) * 32 + Math.floor(random.unit() * 32);
    expect(chiSquare(countsOf(1024, 500_000, pair))).toBeLessThan(bound);
    // The last of the 53 bits is in use: such a draw is no multiple of 2^-52.
    const odd = countsOf(2, 10_000, () => (random.unit() * 2 ** 53) % 2);
    expect(chiSquare(odd)).toBeLessThan(chiSquareBound(1));
  });

  test('[K10] below is even, also where a remainder would favour small results', () => {
    const random = seededRandom(3);
    for (const n of [2, 3, 7, 10, 100, 1000]) {
      expect(chiSquare(countsOf(n, 200_000, () => random.below(n))), `n = ${n}`).toBeLessThan(
        chiSquareBound(n - 1),
      );
    }
    // With n = 3/4 of the range, `draw % n` alone would give the lowest third twice as often as the others.
    for (const n of [3 * 2 ** 30, 3 * 2 ** 51]) {
      const thirds = countsOf(3, 30_000, () => Math.floor(random.below(n) / (n / 3)));
      expect(chiSquare(thirds), `n = ${n}`).toBeLessThan(chiSquareBound(2));
    }
    expect(random.below(1)).toBe(0);
    expect(random.below(2 ** 53)).toBeLessThan(2 ** 53);
  });

  test('[K10] shuffle reaches all orders of four equally often and keeps the members', () => {
    const random = seededRandom(4);
    const counts = new Map<string, number>();
    for (let i = 0; i < 48_000; i += 1) {
      const list = ['a', 'b', 'c', 'd'];
      random.shuffle(list);
      counts.set(list.join(''), (counts.get(list.join('')) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    expect(chiSquare([...counts.values()])).toBeLessThan(chiSquareBound(23));
    const empty: number[] = [];
    random.shuffle(empty);
    expect(empty).toEqual([]);
  });

  test('[K10] normal has the moments and the tails of its distribution, and no memory', () => {
    const random = seededRandom(5);
    const count = 200_000;
    const draws = Array.from({ length: count }, () => random.normal());
    const mean = (f: (x: number, i: number) => number): number =>
      draws.reduce((sum, x, i) => sum + f(x, i), 0) / count;
    // Bounds are 5 standard deviations of each mean: 5 √(variance / 200,000).
    expect(Math.abs(mean((x) => x))).toBeLessThan(0.0112);
    expect(Math.abs(mean((x) => x * x) - 1)).toBeLessThan(0.0159);
    expect(Math.abs(mean((x) => x ** 3))).toBeLessThan(0.0434);
    expect(Math.abs(mean((x) => x ** 4) - 3)).toBeLessThan(0.11);
    expect(Math.abs(mean((x, i) => x * (draws[i + 1] ?? 0)))).toBeLessThan(0.0112);
    // P(|x| > 1.959964) = 0.05 and P(|x| > 3.290527) = 0.001.
    expect(Math.abs(mean((x) => (Math.abs(x) > 1.959_964 ? 1 : 0)) - 0.05)).toBeLessThan(0.0025);
    expect(Math.abs(mean((x) => (Math.abs(x) > 3.290_527 ? 1 : 0)) - 0.001)).toBeLessThan(0.000_36);
  });
});

function bitCount(x: number): number {
  let count = 0;
  for (let rest = x; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}
