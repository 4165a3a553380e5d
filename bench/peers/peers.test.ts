// Goal: the peers are their papers. Method: a handful of people, vectors worked out by hand.

import { describe, expect, test } from 'vitest';
import { createTifuKnn } from './tifu-knn.ts';
import { createTopFreq } from './top-freq.ts';
import { createVmisKnn } from './vmis-knn.ts';
import { packHistories } from '../../src/learn/histories.ts';

describe('peers', () => {
  test('TIFU-KNN: own things faded, the rest from the nearest', () => {
    const asked = packHistories(5, [[[0], [0, 1]]]);
    // Two alike, one not.
    const others = packHistories(5, [
      [[0], [0, 1, 2]],
      [[0], [1, 2]],
      [[3], [3, 4]],
    ]);
    const settings = { neighbours: 2, withinDecay: 0.9, groupDecay: 0.5, groups: 7 };
    // Own vector: 0 → (1 + .5)/2, 1 → 1/2. The two alike: .75, .5, .5 and .25, .5, .5, so all three at .5.
    expect(createTifuKnn(others, { ...settings, own: 0.5 })(asked, 0, 5)).toEqual([0, 1, 2]);
    expect(createTifuKnn(others, { ...settings, own: 1 })(asked, 0, 2)).toEqual([0, 1]);
    expect(createTifuKnn(others, { ...settings, own: 0 })(asked, 0, 5)).toEqual([0, 1, 2]);
  });

  test('TIFU-KNN: whoever has nothing in common is near when they have little', () => {
    const asked = packHistories(4, [[[0]]]);
    const others = packHistories(4, [[[0, 1, 2]], [[3], [2]]]);
    const settings = { neighbours: 1, withinDecay: 1, groupDecay: 1, groups: 1, own: 0 };
    // Distances² over own²: 3 − 2·1 = 1 and ½² + ½² = ½.
    expect(createTifuKnn(others, settings)(asked, 0, 4)).toEqual([2, 3]);
  });

  test('TopFreq: what one bought most often, then what all buy', () => {
    const all = packHistories(4, [[[3]], [[3, 2]], [[3]]]);
    const asked = packHistories(4, [[[1], [0], [1]]]);
    expect(createTopFreq(undefined)(asked, 0, 4)).toEqual([1, 0]);
    expect(createTopFreq(all)(asked, 0, 3)).toEqual([1, 0, 3]);
  });

  test('VMIS-kNN: recent sessions that share late clicks speak, and the nearest alone', () => {
    const train = packHistories(5, [
      [[0], [1]],
      [[0], [2]],
      [[4], [3]],
    ]);
    const settings = { neighbours: 1, recent: 10, isIdfWeighted: false };
    const predict = createVmisKnn(train, [0, 1, 2], settings);
    // Sessions 0 and 1 are equally alike; the later one wins.
    expect(predict([0], 5)).toEqual([0, 2]);
    // With one session indexed for each thing the older is not even a candidate.
    expect(createVmisKnn(train, [0, 1, 2], { ...settings, neighbours: 9, recent: 1 })([0], 5)).toEqual([
      0, 2,
    ]);
    // The newest click counts most: 1 + 2 parts of 3.
    expect(createVmisKnn(train, [0, 1, 2], settings)([0, 4], 1)).toEqual([3]);
  });
});
