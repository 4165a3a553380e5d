// Goal: a decision is exactly what the specification says, and nothing of one decision is left in the next.
// Method: random shops from a printed seed, compared with a naive decision that scores and sorts everything.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_SHARES } from '../facts/decision.ts';
import { seededRandom } from '../kernel/random.ts';
import { decide } from './decide.ts';
import { POOL } from './explore.ts';
import { type Scratch, createScratch } from './score.ts';
import {
  PLACEMENT,
  drawComplements,
  drawInput,
  drawPlacement,
  drawShelf,
  fact,
  inputFor,
  looking,
  nameOf,
  shelfOf,
} from './testing.ts';
import { naiveDecide } from './testing-naive.ts';

const seeds = fc.integer({ min: 0, max: 2 ** 40 });

function isClean(scratch: Scratch): boolean {
  const { sums } = scratch;
  const lists = [sums.keys, sums.values, scratch.related, scratch.nearness, scratch.marks];
  return (
    scratch.near.length === 0 && sums.count === 0 && lists.every((list) => list.every((value) => value === 0))
  );
}

describe('a decision', () => {
  it('[D1, D3, D11, D17, D18, D19, D28, D83] is the best of a full sort that the guards let pass', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const random = seededRandom(seed);
        const shelf = drawComplements(random, drawShelf(random));
        const placement = { ...drawPlacement(random), exploreRate: 0 };
        const drawn = drawInput(random, shelf);
        const rules = [
          {},
          { rules: 2 as const },
          { rules: 3 as const },
          { rules: 4 as const },
          { rules: 5 as const },
          { rules: 6 as const },
        ][random.below(6)]!;
        const named = random.below(3) === 0 ? {} : { complements: shelf.complements.id };
        const input = { ...drawn, ...rules, ...named };
        const result = decide({ input, placement, shelf, scratch: createScratch(shelf) });
        const naive = naiveDecide(shelf, placement, input);
        const limit = Math.min(input.limit, placement.itemsMax);
        const items = result.items.map(({ item, score }) => ({ item, score }));
        expect(items).toEqual(naive.chosen.slice(0, limit));
        expect(result.nothing).toBe(naive.nothing);
        expect(result.propensity).toBe(1);
        expect(result.held).toEqual(naive.held);
      }),
      { numRuns: 400 },
    );
  });

  it.each(['email', 'push', 'letter'] as const)(
    '[D16] says nothing by %s to somebody without a View',
    (channel) => {
      const random = seededRandom(1);
      const shelf = drawShelf(random);
      const input = { ...drawInput(random, shelf), channel, refused: 'no-grant' as const };
      const placement = drawPlacement(random);
      const result = decide({ input, placement, shelf, scratch: createScratch(shelf) });
      expect(result).toEqual({
        items: [],
        shares: NO_SHARES,
        nothing: 'not-allowed',
        propensity: 1,
        held: [],
      });
    },
  );

  it('[D1] leaves nothing behind: decisions for two people in turn are those for each of them alone', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const random = seededRandom(seed);
        const shelf = drawComplements(random, drawShelf(random));
        const shared = createScratch(shelf);
        for (let n = 0; n < 6; n += 1) {
          const placement = drawPlacement(random);
          const named = n % 2 === 0 ? {} : { complements: shelf.complements.id };
          const input = { ...drawInput(random, shelf), rules: 6 as const, ...named };
          const together = decide({ input, placement, shelf, scratch: shared });
          expect(together).toEqual(decide({ input, placement, shelf, scratch: createScratch(shelf) }));
          expect(isClean(shared)).toBe(true);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('[D1] is the same from a copy of its input, and from the very same objects on another shelf', () => {
    const random = seededRandom(5);
    for (let n = 0; n < 60; n += 1) {
      const shelf = drawShelf(random);
      const placement = drawPlacement(random);
      const input = drawInput(random, shelf);
      const first = decide({ input, placement, shelf, scratch: createScratch(shelf) });
      const copy = structuredClone(input);
      expect(decide({ input: copy, placement, shelf, scratch: createScratch(shelf) })).toEqual(first);
      // Same names, other places: a thing that comes first in the order of ids moves all others by one.
      const moved = shelfOf({ count: 1, edges: [] });
      const there = { ...input, model: moved.model.id, catalogue: moved.revision };
      decide({ input: there, placement, shelf: moved, scratch: createScratch(moved) });
      expect(decide({ input, placement, shelf, scratch: createScratch(shelf) })).toEqual(first);
    }
  });

  it('[D1] is made of the shelf that it names, with a list of at least one place and a readable seed', () => {
    const shelf = shelfOf({ count: 2, edges: [[0, 1, 1]] });
    const scratch = createScratch(shelf);
    const good = inputFor(shelf, { facts: [fact(0)] });
    const bad = [
      [{ model: 'other' }, 'names the shelf'],
      [{ catalogue: 8 }, 'names the shelf'],
      [{ complements: 'other' }, 'names the shelf'],
      [{ limit: 0 }, 'at least one place'],
      [{ limit: 1.5 }, 'at least one place'],
      [{ seed: 'xyz' }, 'the seed is hex'],
    ] as const;
    for (const [change, message] of bad) {
      const input = { ...good, ...change };
      expect(() => decide({ input, placement: PLACEMENT, shelf, scratch })).toThrow(message);
    }
    expect(isClean(scratch)).toBe(true);
  });

  it('[D3] is no longer than asked for, than the placement allows, and than any list may be', () => {
    const shelf = shelfOf({
      count: 250,
      edges: [],
      prior: Array.from({ length: 250 }, (_, n) => (n + 1) / 20_000),
    });
    const scratch = createScratch(shelf);
    const lengthOf = (limit: number, itemsMax: number): number =>
      decide({ input: inputFor(shelf, { limit }), placement: { ...PLACEMENT, itemsMax }, shelf, scratch })
        .items.length;
    expect(lengthOf(3, 20)).toBe(3);
    expect(lengthOf(30, 20)).toBe(20);
    expect(lengthOf(1000, 1000)).toBe(100);
  });

  it('[D3] finds what stands far behind in the ranking when guards take all that stands before', () => {
    const count = 700;
    const edges = Array.from({ length: count }, (_, to) => [0, to, 1 - to / 1000] as const);
    const sold = (index: number): boolean => index < 600;
    const shelf = shelfOf({ count, edges, item: (index) => ({ available: !sold(index) }) });
    const input = inputFor(shelf, { facts: [fact(0)], limit: 4 });
    const result = decide({
      input,
      placement: { ...PLACEMENT, strategy: 'for-you' },
      shelf,
      scratch: createScratch(shelf),
    });
    expect(result.items.map(({ item }) => item)).toEqual([600, 601, 602, 603].map(nameOf));
    expect(result.held).toHaveLength(200);
  });

  it('[D11] says why there is nothing: no model, nothing that belongs here, the guards, the cap', () => {
    const empty = shelfOf({ count: 0, edges: [] });
    const shelf = shelfOf({ count: 3, edges: [[0, 1, 1]], item: (index) => ({ available: index !== 1 }) });
    const of = (on: typeof shelf, more: object, placement = PLACEMENT) =>
      decide({ input: inputFor(on, more), placement, shelf: on, scratch: createScratch(on) });
    expect(of(empty, { facts: [fact(0)] }).nothing).toBe('no-model');
    expect(of(shelf, {}).nothing).toBe('nothing-related');
    expect(of(shelf, { facts: [fact(0)] }).nothing).toBe('guarded');
    expect(of(shelf, { facts: [fact(0)], shown: 300 })).toEqual({
      items: [],
      shares: NO_SHARES,
      nothing: 'person-cap',
      propensity: 1,
      held: [],
    });
    // Facts may speak for a thing; where only complements belong, that is not enough.
    const complements = { ...PLACEMENT, strategy: 'complements' as const };
    const two = shelfOf({ count: 3, edges: [[0, 1, 1]] });
    expect(of(two, { facts: [fact(0)], context: looking(2) }, complements).nothing).toBe('nothing-related');
  });

  it('[D3] counts as many for the explored place as there are', () => {
    expect(POOL).toBe(20);
  });
});
