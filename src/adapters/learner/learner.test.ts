// Goal: statistics hold exactly who is in them, on the spot and in the worker alike. Method: random changes
// and departures against counts built afresh from who is left.

import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { utf8Text } from '../../kernel/bytes.ts';
import { isFault } from '../../kernel/fault.ts';
import { decodeModel } from '../../facts/model.ts';
import type { PersonKey } from '../../engine/ports.ts';
import { openLearner } from './learner.ts';
import { type Statistics, createStatistics } from './statistics.ts';

const keyOf = (n: number): PersonKey => String(n).padStart(32, '0') as PersonKey;
const things = fc.uniqueArray(fc.constantFrom<string[]>('a', 'b', 'c', 'd', 'e', 'f'), { maxLength: 5 });
const deed = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('change' as const),
      who: fc.nat(7),
      items: fc.option(things, { nil: undefined }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('forget' as const), who: fc.nat(7) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('fit' as const) }) },
);

function change(statistics: Statistics, who: number, items: readonly string[] | undefined): void {
  statistics.handle({ kind: 'changes', changes: [[keyOf(who), { items }]] });
}

const canonical = (statistics: Statistics): string =>
  utf8Text(statistics.handle({ kind: 'canonical', id: 1 }) as Uint8Array);
const forget = (statistics: Statistics, who: number, minPeople = 3) =>
  statistics.handle({ kind: 'forget', id: 1, person: keyOf(who), minPeople }) as readonly (readonly [
    string,
    string,
  ])[];
const fit = (statistics: Statistics) => {
  const model = decodeModel(statistics.handle({ kind: 'fit', id: 1, minPeople: 3, nowMs: 5 }) as Uint8Array);
  if (!model.ok) throw new Error(model.error);
  return model.value;
};

describe('statistics', () => {
  it('after any changes and departures are those of who is left, and so is the model', () => {
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 40 }), (deeds) => {
        const statistics = createStatistics();
        const left = new Map<number, readonly string[]>();
        for (const one of deeds) {
          if (one.kind === 'fit') fit(statistics);
          else if (one.kind === 'forget') {
            forget(statistics, one.who);
            left.delete(one.who);
          } else {
            change(statistics, one.who, one.items);
            if (one.items === undefined || one.items.length === 0) left.delete(one.who);
            else left.set(one.who, one.items);
          }
        }
        const afresh = createStatistics();
        for (const [who, items] of left) change(afresh, who, items);
        expect(canonical(statistics)).toBe(canonical(afresh));
        expect(fit(statistics).id).toBe(fit(afresh).id);
      }),
      { numRuns: 150 },
    );
  });

  it('name, when somebody leaves, every pair and thing of theirs that too few people are left behind', () => {
    fc.assert(
      fc.property(
        fc.array(things, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 5 }),
        (people, k) => {
          const statistics = createStatistics();
          for (const [who, items] of people.entries()) change(statistics, who, items);
          const [gone = [], ...rest] = people;
          const behind = (a: string, b: string): number =>
            rest.filter((items) => items.includes(a) && items.includes(b)).length;
          const expected = gone.flatMap((a) =>
            gone.filter((b) => a <= b && behind(a, b) < k).map((b) => `${a} ${b}`),
          );
          const named = forget(statistics, 0, k).map(([a, b]) => `${a} ${b}`);
          expect(named.toSorted()).toEqual(expected.toSorted());
        },
      ),
    );
  });

  it('name also what somebody gave up since the last fit: the model in service rests on it', () => {
    const statistics = createStatistics();
    for (const who of [0, 1, 2]) change(statistics, who, ['a', 'b']);
    fit(statistics);
    change(statistics, 0, ['c']);
    change(statistics, 0, undefined);
    expect(forget(statistics, 0).map(String)).toEqual(expect.arrayContaining(['a,b', 'a,a', 'b,b']));
    // After the next fit nothing rests on it any more.
    change(statistics, 1, ['c']);
    fit(statistics);
    expect(forget(statistics, 1).map(String)).toEqual(['c,c']);
    expect(forget(statistics, 7)).toEqual([]);
  });

  it('are not moved by a repeat, and take what was added away even if the order of things differs', () => {
    const statistics = createStatistics();
    change(statistics, 1, ['b', 'a']);
    const before = canonical(statistics);
    change(statistics, 1, ['a', 'b']);
    expect(canonical(statistics)).toBe(before);
    change(statistics, 1, []);
    expect(canonical(statistics)).toBe('people 0');
  });
});

describe('the learning worker', () => {
  const learner = openLearner();
  afterAll(() => learner.close());

  it('gives what statistics on the spot give, in the order in which it was asked', async () => {
    const statistics = createStatistics();
    for (let n = 0; n < 1500; n += 1) {
      const items = [`t${n % 7}`, `t${(n * 3) % 11}`, `t${n % 2}`];
      learner.change(keyOf(n % 400), { items });
      change(statistics, n % 400, [...new Set(items)]);
    }
    const asked = [
      learner.canonical(),
      learner.forget(keyOf(3), 500),
      learner.canonical(),
      learner.fit({ minPeople: 3, nowMs: 5 }),
    ] as const;
    const [before, named, after, model] = await Promise.all(asked);
    expect(utf8Text(before)).toBe(canonical(statistics));
    expect(named).toEqual(forget(statistics, 3, 500));
    expect(utf8Text(after)).toBe(canonical(statistics));
    const decoded = decodeModel(model);
    expect(decoded.ok && decoded.value.id).toBe(fit(statistics).id);
  });

  it('that is closed says so, and does not leave anybody waiting', async () => {
    const own = openLearner();
    const asked = own.canonical().catch((error: unknown) => error);
    await own.close();
    const answers = [await asked, await own.canonical().catch((error: unknown) => error)];
    expect(answers.filter((answer) => isFault(answer, 'learner-failed')).length).toBeGreaterThanOrEqual(1);
    expect(isFault(answers[1], 'learner-failed')).toBe(true);
  });
});
