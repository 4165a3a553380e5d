// Goal: the figures are their definitions. Method: lists small enough to be judged by hand.

import { describe, expect, test } from 'vitest';
import { createMeter, type Figures, quantile } from './metrics.ts';
import { createPeopleScores } from './people-scores.ts';
import { createRepeats } from './repeats.ts';

describe('metrics', () => {
  test('one hit at rank 2 of three targets, k = 2', () => {
    const meter = createMeter(2);
    meter.judge([7, 3], 2, [3, 4, 5]);
    const { recall, ndcg, mrr, hitRate } = meter.figures();
    expect([recall, mrr, hitRate]).toEqual([1 / 3, 1 / 2, 1]);
    expect(ndcg).toBeCloseTo(1 / Math.log2(3) / (1 + 1 / Math.log2(3)), 12);
  });

  test('means are over lists, hits beyond k and repeated targets do not count', () => {
    const meter = createMeter(2);
    meter.judge([1, 2, 3], 3, [3]);
    meter.judge([1, 2], 2, [1, 1]);
    expect(meter.figures()).toEqual({ recall: 0.5, ndcg: 0.5, mrr: 0.5, hitRate: 0.5 });
    expect(meter.lists()).toBe(2);
  });

  test('recall at 1, 2, … k places ends with recall at k', () => {
    const meter = createMeter(3);
    meter.judge([7, 3, 5], 3, [3, 5]);
    meter.judge([1], 1, [1]);
    expect(meter.recallAt()).toEqual([0.5, 0.75, 1]);
    expect(meter.figures().recall).toBe(1);
    expect(createMeter(2).recallAt()).toEqual([0, 0]);
  });

  test('habits and news are judged apart, each over the lists that have such a target', () => {
    const repeats = createRepeats();
    repeats.judge([1, 2], 2, Uint32Array.of(1, 3, 3), new Set([1, 2]));
    repeats.judge([1, 2], 2, Uint32Array.of(4, 2), new Set());
    expect(repeats.figures()).toEqual({
      repeat: { lists: 1, recall: 1, hitRate: 1 },
      explore: { lists: 2, recall: 0.25, hitRate: 0.5 },
    });
  });

  test('intervals draw people with all their lists, not lists', () => {
    const scores = createPeopleScores();
    const figure = (value: number): Figures => ({ recall: value, ndcg: 0, mrr: 0, hitRate: 1 });
    // One person with a hundred lists that miss, one with a hundred that hit.
    for (let list = 0; list < 100; list++) {
      scores.add(7, figure(0));
      scores.add(9, figure(1));
    }
    expect(scores.people()).toBe(2);
    expect(scores.intervals(1)).toEqual({ recall: [0, 1], ndcg: [0, 0], mrr: [0, 0], hitRate: [1, 1] });
  });

  test('no lists give zeros, quantiles are by nearest rank', () => {
    expect(createMeter(5).figures()).toEqual({ recall: 0, ndcg: 0, mrr: 0, hitRate: 0 });
    expect(quantile(Float64Array.of(3, 1, 2, 4), 0.5)).toBe(2);
    expect(quantile(Float64Array.of(3, 1, 2, 4), 0.99)).toBe(4);
    expect(quantile(new Float64Array(0), 0.5)).toBe(0);
  });
});
