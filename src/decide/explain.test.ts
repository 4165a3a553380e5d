// Goal: the explanation is the score, bit for bit, and "without this fact" is what would have been decided
// without it.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../kernel/random.ts';
import { explained } from '../facts/decision.ts';
import { factName } from '../facts/fact-key.ts';
import { decide } from './decide.ts';
import { withoutFact } from './explain.ts';
import { createScratch } from './score.ts';
import {
  PLACEMENT,
  drawComplements,
  drawInput,
  drawPlacement,
  drawShelf,
  fact,
  inputFor,
  nameOf,
  shelfOf,
} from './testing.ts';

const seeds = fc.integer({ min: 0, max: 2 ** 40 });

describe('an explanation', () => {
  it('[D2] adds up to the score exactly, in any order', () => {
    let longest = 0;
    fc.assert(
      fc.property(seeds, (seed) => {
        const random = seededRandom(seed);
        const shelf = drawComplements(random, drawShelf(random));
        const named = random.below(2) === 0 ? {} : { complements: shelf.complements.id };
        const input = { ...drawInput(random, shelf), ...named };
        const result = decide({
          input,
          placement: drawPlacement(random),
          shelf,
          scratch: createScratch(shelf),
        });
        for (const { score, contributions } of explained(result)) {
          longest = Math.max(longest, contributions.length);
          const values = contributions.map(({ value }) => value);
          for (let n = 0; n < 4; n += 1) {
            expect(values.reduce((sum, value) => sum + value, 0)).toBe(score);
            random.shuffle(values);
          }
          expect(values.every((value) => value !== 0)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
    expect(longest).toBeGreaterThan(8);
  });

  it('[D2] names context, facts in the order of things, then the prior, and no zeros', () => {
    const shelf = shelfOf({
      count: 4,
      edges: [
        [0, 3, 0.5],
        [1, 3, 0.25],
        [2, 3, 1],
      ],
      prior: [0, 0, 0, 2 ** -8],
    });
    const input = inputFor(shelf, {
      facts: [fact(0), fact(1)],
      context: [{ item: nameOf(2), weight: 1 }],
      limit: 1,
    });
    const result = decide({ input, placement: PLACEMENT, shelf, scratch: createScratch(shelf) });
    const [first] = explained(result);
    const half = Math.round(1024 / Math.sqrt(2)) / 1024;
    expect(first?.contributions).toEqual([
      { kind: 'context', of: nameOf(2), value: 1 },
      { kind: 'fact', of: fact(0).key, value: half / 2 },
      { kind: 'fact', of: fact(1).key, value: half / 4 },
      { kind: 'prior', of: '', value: 2 ** -8 },
    ]);
  });

  it('[D12] what is decided without a fact names it nowhere, and only its bars are free', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const random = seededRandom(seed);
        const shelf = drawShelf(random);
        const placement = { ...drawPlacement(random), exploreRate: 0 };
        const input = drawInput(random, shelf);
        const scratch = createScratch(shelf);
        for (const { key, item } of input.facts) {
          const without = withoutFact(input, key);
          const result = decide({ input: without, placement, shelf, scratch });
          expect(without.facts.some((one) => one.key === key)).toBe(false);
          expect(
            explained(result).some(({ contributions }) => contributions.some(({ of }) => of === key)),
          ).toBe(false);
          const barredAs = (of: typeof input): unknown => of.barred.filter((entry) => entry.item === item);
          if (factName(key).kind !== 'bought') expect(barredAs(without)).toEqual(barredAs(input));
          expect(without.barred.filter((entry) => entry.item !== item)).toEqual(
            input.barred.filter((entry) => entry.item !== item),
          );
        }
      }),
      { numRuns: 120 },
    );
  });

  it('[D12] is faithful: a fact takes with it what rests on it, and nothing else', () => {
    const shelf = shelfOf({
      count: 6,
      edges: [
        [0, 2, 1],
        [1, 3, 1],
      ],
    });
    const of = (input: ReturnType<typeof inputFor>): readonly string[] =>
      decide({ input, placement: PLACEMENT, shelf, scratch: createScratch(shelf) }).items.map(
        ({ item }) => item,
      );
    const input = inputFor(shelf, { facts: [fact(0), fact(1, 0.5), fact(5)] });
    expect(of(input)).toEqual([nameOf(2), nameOf(3)]);
    expect(of(withoutFact(input, fact(0).key))).toEqual([nameOf(3)]);
    expect(of(withoutFact(input, fact(1).key))).toEqual([nameOf(2)]);
    // It shows nothing, though the weights of the others grow without it.
    expect(of(withoutFact(input, fact(5).key))).toEqual(of(input));
  });

  it('[D12] a purchase that goes frees the thing, unless another purchase of it still stands', () => {
    const shelf = shelfOf({ count: 2, edges: [] });
    const barred = [{ item: nameOf(0), guard: 'bought', number: 2 } as const];
    const bought = fact(0, 1, 'bought');
    const atTill = { ...bought, key: `bought|till|${nameOf(0)}` };
    const viewed = fact(0);
    const bars = (facts: readonly (typeof bought)[], key: string): number =>
      withoutFact(inputFor(shelf, { facts, barred }), key).barred.length;
    expect(bars([bought, viewed], bought.key)).toBe(0);
    expect(bars([bought, viewed], viewed.key)).toBe(1);
    expect(bars([bought, atTill], bought.key)).toBe(1);
    expect(bars([bought], 'no such fact')).toBe(1);
    const joined = { ...bought, key: `joined 1|${bought.key}` };
    expect(bars([joined], joined.key)).toBe(0);
    const capped = [{ item: nameOf(0), guard: 'item-cap', number: 9 } as const];
    expect(withoutFact(inputFor(shelf, { facts: [bought], barred: capped }), bought.key).barred).toEqual(
      capped,
    );
  });
});
