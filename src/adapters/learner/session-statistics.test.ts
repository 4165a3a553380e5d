// Goal: who is behind ways is counted along with a fit, and whoever comes, changes or leaves meanwhile is
// counted as if they had waited for its end. Method: two learners, the same people, the same changes at other
// moments.

import { describe, expect, test } from 'vitest';
import { createSessionStatistics } from './session-statistics.ts';
import type { FitOptions, PersonKey } from '../../engine/ports.ts';
import type { ItemModel } from '../../facts/model.ts';
import { seededRandom } from '../../kernel/random.ts';
import type { SessionList } from '../../learn/session-counts.ts';

const OPTIONS: FitOptions = { nextClick: true, minPeople: 3, nowMs: 1, leafOf: new Map() };

function looksOf(seed: number): SessionList {
  const random = seededRandom(seed);
  let at = random.below(40);
  return [
    Array.from({ length: 2 + random.below(4) }, () => {
      at = (at + random.below(3)) % 40;
      return `thing-${at}`;
    }),
  ];
}

const key = (n: number): PersonKey => `p${n}` as PersonKey;

type Statistics = ReturnType<typeof createSessionStatistics>;

function learner(): Statistics {
  const statistics = createSessionStatistics();
  for (let n = 0; n < 80; n += 1) statistics.change(key(n), looksOf(n));
  return statistics;
}

function meanwhile(statistics: Statistics): void {
  for (let n = 0; n < 30; n += 3) statistics.change(key(n), looksOf(1000 + n));
  for (let n = 80; n < 90; n += 1) statistics.change(key(n), looksOf(n));
  for (let n = 1; n < 30; n += 3) statistics.change(key(n), undefined);
}

/** Changes come at the given step of the fit, or after it. */
function fittedWith(statistics: Statistics, changedAt: number): ItemModel {
  const steps = statistics.fitSteps(statistics.snapshot(), OPTIONS);
  for (let n = 0; ; n += 1) {
    if (n === changedAt) meanwhile(statistics);
    const step = steps.next();
    if (step.done !== true) continue;
    statistics.served(step.value, undefined);
    if (changedAt > n) meanwhile(statistics);
    return step.value;
  }
}

describe('sessions that change while a model is made of them', () => {
  test('[L61] [L81] whoever changes, comes or leaves meanwhile counts as if it had been after', () => {
    const [during, last, after] = [learner(), learner(), learner()];
    const model = fittedWith(during, 5);
    expect(model.kind).toMatch(/^next-click\/2 .* ways=1$/);
    expect(fittedWith(last, 1)).toEqual(model);
    expect(fittedWith(after, Infinity)).toEqual(model);
    for (const leaving of [2, 5, 8, 85]) {
      const expected = after.forget(key(leaving), 3);
      expect(during.forget(key(leaving), 3)).toEqual(expected);
      expect(last.forget(key(leaving), 3)).toEqual(expected);
      expect(expected?.length).toBeGreaterThan(0);
    }
  });

  test('[L61] a model that comes back without what fell is told of that by every later fall', () => {
    const statistics = learner();
    const steps = statistics.fitSteps(statistics.snapshot(), OPTIONS);
    for (let n = 0; n < 40; n += 1) statistics.change(key(n), undefined);
    let step = steps.next();
    while (step.done !== true) step = steps.next();
    const whole = edgesOf(step.value);
    const left = new Set(edgesOf(statistics.served(step.value, 3)));
    const dropped = whole.filter((edge) => !left.has(edge));
    expect(dropped.length).toBeGreaterThan(20);
    expect(left.size).toBeGreaterThan(20);
    const told = new Set(statistics.forget(key(41), 3)?.map((pair) => pair.join(' ')));
    expect(dropped.filter((edge) => !told.has(edge))).toEqual([]);
  });
});

function edgesOf({ itemIds, offsets, targets, weights }: ItemModel): readonly string[] {
  return itemIds.flatMap((from, source) =>
    [...targets.keys()]
      .slice(offsets[source], offsets[source + 1])
      .filter((at) => weights[at] !== 0)
      .map((at) => `${from} ${itemIds[targets[at]!]!}`),
  );
}
