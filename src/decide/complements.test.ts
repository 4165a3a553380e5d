// Goal: what goes with a thing is what the complements model says, and nothing else. Method: a small shop in
// which its two models contradict each other.

import { describe, expect, it } from 'vitest';
import { type DecisionInput, explained } from '../facts/decision.ts';
import { emptyModel } from '../facts/model.ts';
import type { Placement } from '../facts/placement.ts';
import { decide } from './decide.ts';
import { createScratch } from './score.ts';
import type { Shelf } from './shelf.ts';
import { PLACEMENT, fact, inputFor, looking, nameOf, shelfOf, withComplements } from './testing.ts';

const COMPLEMENTS: Placement = { ...PLACEMENT, strategy: 'complements' };

function run(shelf: Shelf, more: Partial<DecisionInput>, placement: Placement = PLACEMENT) {
  const result = decide({ input: inputFor(shelf, more), placement, shelf, scratch: createScratch(shelf) });
  return { shown: result.items.map(({ item }) => item), held: result.held };
}

describe('complements by their own model', () => {
  /**
   * By the first model 1 goes with 0 and 3 with nothing; by the other 2 does, however little, and 3 no more.
   */
  const two = withComplements(
    shelfOf({
      count: 4,
      edges: [
        [0, 1, 1],
        [3, 2, 0.5],
        [3, 1, 1],
      ],
      prior: [0, 0.01, 0, 0.02],
    }),
    [
      [0, 2, 2 ** -20],
      [0, 3, 0],
    ],
  );
  const by = { rules: 2, complements: two.complements.id } as const;

  it('[D28] are what the complements model says of the context, and nothing where it says nothing', () => {
    const looked = (more: Partial<DecisionInput>) => run(two, { context: looking(0), ...more }, COMPLEMENTS);
    expect(looked(by).shown).toEqual([nameOf(2)]);
    expect(looked({ ...by, facts: [fact(3)] }).shown).toEqual([nameOf(2)]);
    expect(looked({ ...by, facts: [fact(3)] }).held).toEqual([
      { item: nameOf(1), guard: 'not-related', number: 0 },
      { item: nameOf(3), guard: 'not-related', number: 0 },
    ]);
    expect(looked({ ...by, context: looking(1) }).shown).toEqual([]);
    expect(looked({ ...by, context: looking(3) }).shown).toEqual([]);
    expect(looked({ rules: 2 }).shown, '[D20] not before there was such a model').toEqual([nameOf(1)]);
    const none = { ...two, complements: emptyModel() };
    expect(
      run(none, { rules: 2, context: looking(0), complements: none.complements.id }, COMPLEMENTS),
    ).toEqual({
      shown: [],
      held: [],
    });
  });

  it('[D65] tells twenty of what does not belong there, and of what else is held back all', () => {
    const edges = Array.from({ length: 40 }, (_, n) => [50, n, 1 - n / 100] as const);
    const shop = withComplements(shelfOf({ count: 51, edges, item: (n) => ({ available: n !== 39 }) }), [
      [49, 38, 2 ** -20],
      [49, 39, 2 ** -20],
    ]);
    const asked = { facts: [fact(50)], context: looking(49), complements: shop.complements.id };
    const guardsAt = (rules: 2 | 3) =>
      run(shop, { ...asked, rules }, COMPLEMENTS).held.map(({ guard }) => guard);
    expect(guardsAt(3)).toEqual([...Array<string>(20).fill('not-related'), 'unavailable']);
    expect(guardsAt(2), '[D20] of old, all').toEqual([
      ...Array<string>(38).fill('not-related'),
      'unavailable',
    ]);
  });

  it('[D28] has no word where they were not asked for: there the context speaks by the first model', () => {
    expect(run(two, { ...by, context: looking(0) }).shown).toEqual([1, 3].map(nameOf));
  });

  it('[D28] are ranked by what is known of the person, each share from the model it comes from', () => {
    const input = inputFor(two, { ...by, context: looking(0), facts: [fact(3)] });
    const result = decide({ input, placement: COMPLEMENTS, shelf: two, scratch: createScratch(two) });
    expect(explained(result)).toEqual([
      {
        item: nameOf(2),
        score: 2 ** -20 + 0.5,
        contributions: [
          { kind: 'context', of: nameOf(0), value: 2 ** -20 },
          { kind: 'fact', of: fact(3).key, value: 0.5 },
        ],
      },
    ]);
  });
});
