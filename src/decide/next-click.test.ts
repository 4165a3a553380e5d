// Goal: a next click is the model’s formula over looks in their order, told addend by addend, guarded like
// everything else and decided again from its record. Method: random shops and sessions against a naive sum.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../kernel/random.ts';
import { type DecisionInput, type DecisionRecord, explained } from '../facts/decision.ts';
import type { Placement } from '../facts/placement.ts';
import { decide } from './decide.ts';
import { withoutFact, withoutThing } from './explain.ts';
import { contextFor } from './next-click.ts';
import { decisionRecordOf, decisionRecordText } from './record.ts';
import { createScratch } from './score.ts';
import type { Shelf } from './shelf.ts';
import {
  type Edge,
  PLACEMENT,
  drawInput,
  drawPlacement,
  drawShelf,
  itemId,
  looking,
  inputFor,
  nameOf,
  shelfOf,
  withNextClick,
} from './testing.ts';
import { drawClicks, drawLooks, viewed } from './testing-next.ts';
import { naiveDecide } from './testing-naive.ts';

const NEXT: Placement = { ...PLACEMENT, strategy: 'next-click' };

function run(shelf: Shelf, more: Partial<DecisionInput>, placement = NEXT) {
  const nextClick = shelf.nextClick === undefined ? {} : { nextClick: shelf.nextClick.model.id };
  const input = inputFor(shelf, { ...nextClick, rules: 5, ...more });
  return decide({ input, placement, shelf, scratch: createScratch(shelf) });
}

const names = (result: ReturnType<typeof run>) => result.items.map(({ item }) => item);

describe('a next click', () => {
  it('[D66] [D1] is the formula over looks in their order, as far as the guards let pass', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 40 }), (seed) => {
        const random = seededRandom(seed);
        const shelf = drawClicks(random, drawShelf(random));
        const placement = { ...drawPlacement(random), strategy: 'next-click' as const, exploreRate: 0 };
        const named = shelf.nextClick === undefined ? {} : { nextClick: shelf.nextClick.model.id };
        const input = {
          ...drawInput(random, shelf),
          ...drawLooks(random, shelf),
          ...named,
          rules: random.below(4) === 0 ? (4 as const) : (5 as const),
        };
        if (shelf.nextClick === undefined) return;
        const result = decide({ input, placement, shelf, scratch: createScratch(shelf) });
        const naive = naiveDecide(shelf, placement, input);
        const limit = Math.min(input.limit, placement.itemsMax);
        expect(result.items.map(({ item, score }) => ({ item, score }))).toEqual(
          naive.chosen.slice(0, limit),
        );
        expect([result.nothing, result.held]).toEqual([naive.nothing, naive.held]);
        for (const { score, contributions } of explained(result))
          expect(contributions.reduce((sum, { value }) => sum + value, 0)).toBe(score);
      }),
      { numRuns: 300 },
    );
  });

  it('[D66] goes by the order of the context, newest strongest, and by how often a thing came', () => {
    const edges: readonly Edge[] = [
      [0, 2, 1],
      [1, 3, 1],
    ];
    const shelf = withNextClick(shelfOf({ count: 4, edges: [] }), { count: 4, edges }, { decay: 0.5 });
    const scores = (...indices: number[]) =>
      run(shelf, { context: looking(...indices) }).items.map(({ item, score }) => [item, score]);
    expect(scores(0, 1)).toEqual([
      [nameOf(3), 1],
      [nameOf(2), 0.5],
    ]);
    expect(scores(1, 0)).toEqual([
      [nameOf(2), 1],
      [nameOf(3), 0.5],
    ]);
    expect(scores(0, 1, 0, 0)).toEqual([
      [nameOf(2), 1.625],
      [nameOf(3), 0.25],
    ]);
    // For all other strategies the order of a context says nothing.
    const asked = [nameOf(1), nameOf(0), nameOf(1)];
    expect(contextFor(asked, NEXT).map(({ item }) => item)).toEqual(asked);
    expect(contextFor(asked, PLACEMENT)).toEqual(looking(0, 1));
  });

  it('[D66] knows things that nobody bought, and stands before there is any other model', () => {
    const others = [0, 1].map((n) => ({
      ...{ id: itemId(`item-00${n}`), title: 'x', path: ['X'] },
      available: true,
    }));
    const bare = shelfOf({ count: 0, edges: [], others });
    const shelf = withNextClick(bare, { count: 2, edges: [[0, 1, 1]] }, { decay: 0.5 });
    expect(names(run(shelf, { context: looking(0) }))).toEqual([nameOf(1)]);
    expect(run(bare, { context: looking(0) }).nothing).toBe('no-model');
  });

  it('[D67] own looks stand before the context, which speaks for a thing that is in both', () => {
    const edges: readonly Edge[] = [
      [0, 3, 1],
      [1, 4, 1],
      [2, 4, 0.125],
    ];
    const shelf = withNextClick(shelfOf({ count: 5, edges: [] }), { count: 5, edges }, { decay: 0.5 });
    const facts = [viewed(0, [1]), viewed(1, [0, 2])];
    const result = explained(run(shelf, { facts, context: looking(1) }));
    expect(result.map(({ item, contributions }) => [item, contributions])).toEqual([
      [nameOf(4), [{ kind: 'context', of: nameOf(1), value: 1 }]],
      [nameOf(3), [{ kind: 'fact', of: 'viewed|web|item-000', value: 0.5 }]],
    ]);
    // What they themselves looked at a moment ago may come again; what is in front of them need not.
    const back = withNextClick(
      shelfOf({ count: 2, edges: [] }),
      { count: 2, edges: [[1, 0, 1]] },
      { decay: 0.5 },
    );
    expect(names(run(back, { facts: [viewed(0, [0]), viewed(1, [1])] }))).toEqual([nameOf(0)]);
    expect(names(run(back, { context: looking(0, 1) }))).toEqual([]);
  });

  it('[D82] a look of their own speaks for its thing as well, that of the context for others alone', () => {
    const parts = { count: 3, edges: [[0, 2, 0.5]] as const };
    const fades = { decay: 0.5, ownDecay: 0.25, ownWeight: 2 };
    const shelf = withNextClick(shelfOf({ count: 3, edges: [] }), parts, fades);
    const shares = (more: Partial<DecisionInput>) =>
      explained(run(shelf, more)).map(({ item, score, contributions }) => [item, score, contributions]);
    const [fact, repeat] = (['fact', 'repeat'] as const).map((kind) => ({ kind, of: 'viewed|web|item-000' }));
    // Looked at first and last: 1 and 0.25 × 0.25 for others, of itself by its own fading.
    const facts = [viewed(0, [0, 2]), viewed(1, [1])];
    expect(shares({ facts })).toEqual([
      [nameOf(0), 2.125, [{ ...repeat, value: 2.125 }]],
      [nameOf(2), 0.625, [{ ...fact, value: 0.625 }]],
      [nameOf(1), 0.5, [{ kind: 'repeat', of: 'viewed|web|item-001', value: 0.5 }]],
    ]);
    expect(shares({ facts, context: looking(0) })).toEqual([
      [nameOf(1), 0.5, [{ kind: 'repeat', of: 'viewed|web|item-001', value: 0.5 }]],
      [nameOf(2), 0.5, [{ kind: 'context', of: nameOf(0), value: 0.5 }]],
    ]);
    // Models of before there was such a term say nothing of it, nor do records.
    const before = withNextClick(shelfOf({ count: 3, edges: [] }), parts, { ...fades, ownWeight: 0 });
    expect(names(run(before, { facts }))).toEqual([nameOf(2)]);
    expect(names(run(shelf, { facts, rules: 4 })), '[D20]').toEqual([nameOf(2)]);
  });

  it('[D68] without a fact or a thing is as if it had never been looked at', () => {
    const random = seededRandom(72);
    let changed = 0;
    for (let round = 0; round < 200; round += 1) {
      const shelf = drawClicks(random, drawShelf(random));
      if (shelf.nextClick === undefined) continue;
      const { context, facts } = drawLooks(random, shelf);
      const input = inputFor(shelf, { nextClick: shelf.nextClick.model.id, context, facts, rules: 5 });
      const again = (without: DecisionInput) =>
        decide({ input: without, placement: NEXT, shelf, scratch: createScratch(shelf) });
      const [fact] = facts;
      if (fact !== undefined)
        expect(again(withoutFact(input, fact.key))).toEqual(run(shelf, { context, facts: facts.slice(1) }));
      const thing = context[0]?.item;
      if (thing === undefined) continue;
      const left = context.filter(({ item }) => item !== thing);
      expect(again(withoutThing(input, thing))).toEqual(run(shelf, { context: left, facts }));
      changed += JSON.stringify(again(input)) === JSON.stringify(again(withoutThing(input, thing))) ? 0 : 1;
    }
    expect(changed).toBeGreaterThan(50);
  });

  it('[D69] stands in the record whole and in order, and comes to nothing where nothing was learned', () => {
    const shelf = withNextClick(
      shelfOf({ count: 3, edges: [] }),
      { count: 3, edges: [[0, 1, 1]] },
      { decay: 1 },
    );
    const more = { facts: [viewed(2, [0, 2])], context: looking(2, 0, 2), rules: 3 as const };
    const input = inputFor(shelf, { nextClick: shelf.nextClick!.model.id, ...more });
    const { items, propensity } = run(shelf, more);
    expect(items.length).toBe(1);
    const record = {
      decision: 'd',
      input,
      result: { items, propensity },
      reads: more.facts.map(({ key }) => key),
      consentSeq: 1,
    } as unknown as DecisionRecord;
    const text = decisionRecordText(record);
    expect(decisionRecordOf(text)).toEqual(record);
    expect(text).toContain('"nextClick":');
    const { nextClick: _none, ...unnamed } = input;
    const scratch = createScratch(shelf);
    expect(decide({ input: unnamed, placement: NEXT, shelf, scratch }).nothing).toBe('no-model');
    const plain = shelfOf({ count: 3, edges: [[0, 1, 1]] });
    expect(run(plain, { context: looking(0) })).toMatchObject({ items: [], nothing: 'no-model' });
    expect(() => run(plain, { nextClick: 'another' })).toThrow('shelf');
  });

  it('[D5] a thing of a class leads on a screen of one’s own alone; elsewhere it was never there', () => {
    const item = (index: number) => (index === 0 ? { sensitive: 'health' as const } : {});
    const edges: readonly Edge[] = [
      [0, 2, 1],
      [1, 3, 1],
    ];
    const wares = { count: 4, edges };
    const shelf = withNextClick(shelfOf({ count: 4, edges: [], item }), wares, { decay: 0.5 });
    const context = looking(1, 0);
    expect(names(run(shelf, { context }))).toEqual([nameOf(2), nameOf(3)]);
    const shared = run(shelf, { context }, { ...NEXT, publicity: 'open' });
    expect(shared.items).toEqual(run(shelf, { context: looking(1) }, { ...NEXT, publicity: 'open' }).items);
  });

  it('[D27] what nobody knows leads nowhere, and where others look on it does not even fade the rest', () => {
    const shelf = withNextClick(
      shelfOf({ count: 3, edges: [] }),
      { count: 3, edges: [[0, 2, 1]] },
      { decay: 0.5 },
    );
    const context = looking(0, 98);
    const scores = (more: Partial<DecisionInput>, publicity: 'own-screen' | 'open') =>
      run(shelf, more, { ...NEXT, publicity }).items.map(({ score }) => score);
    expect(scores({ context }, 'own-screen')).toEqual([0.5]);
    expect(scores({ context }, 'open')).toEqual([1]);
    expect(scores({ context: looking(0) }, 'open')).toEqual([1]);
  });
});
