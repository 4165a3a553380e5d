// Goal: a next basket is the model’s formula over faded orders, told addend by addend, and decided again from
// its record. Method: random shops and lives against a naive sum.

import { describe, expect, it } from 'vitest';
import { type Random, seededRandom } from '../kernel/random.ts';
import { pow } from '../kernel/maths.ts';
import { FACT_BITS, quantise } from '../kernel/fixed.ts';
import { type DecisionInput, type DecisionRecord, type WeighedFact, explained } from '../facts/decision.ts';
import type { ItemId } from '../facts/ids.ts';
import type { ModelFades } from '../facts/model-fades.ts';
import type { Placement } from '../facts/placement.ts';
import { decide } from './decide.ts';
import { withoutFact } from './explain.ts';
import { decisionRecordOf, decisionRecordText } from './record.ts';
import { createScratch } from './score.ts';
import type { Shelf } from './shelf.ts';
import { PLACEMENT, fact, inputFor, itemId, looking, nameOf, shelfOf, withNextBasket } from './testing.ts';
import { FADES, drawBaskets, drawOrders } from './testing-next.ts';

const AGAIN: Placement = { ...PLACEMENT, strategy: 'next-basket' };

const bought = (index: number, orders: readonly number[], source = 'web'): WeighedFact => ({
  key: `bought|${source}|${nameOf(index)}`,
  item: nameOf(index),
  weight: 1,
  orders,
});

function run(shelf: Shelf, more: Partial<DecisionInput>, placement = AGAIN) {
  const nextBasket = shelf.nextBasket === undefined ? {} : { nextBasket: shelf.nextBasket.model.id };
  const input = inputFor(shelf, { ...nextBasket, ...more });
  return decide({ input, placement, shelf, scratch: createScratch(shelf) });
}

function weightOf(shelf: Shelf, from: number, to: number): number {
  const { offsets, targets, weights } = shelf.nextBasket!.model;
  if (from >= offsets.length - 1) return 0;
  for (let at = offsets[from]!; at < offsets[from + 1]!; at += 1) if (targets[at] === to) return weights[at]!;
  return 0;
}

/** The definition, thing by thing: every fact faded, times its row; its own share; and the prior. */
function naive(shelf: Shelf, facts: readonly WeighedFact[], fades: ModelFades): ReadonlyMap<ItemId, number> {
  const numbers = [...new Set(facts.flatMap(({ orders = [] }) => orders))].sort((a, b) => b - a);
  const sizes = numbers.map((number) => facts.filter(({ orders }) => orders?.includes(number)).length);
  const faded = (one: WeighedFact, decay: number, sharePower: number): number | undefined => {
    let sum: number | undefined;
    let strength = 1;
    for (const [age, number] of numbers.entries()) {
      if (strength <= 1e-3) break;
      if (one.orders?.includes(number)) sum = (sum ?? 0) + strength * pow(sizes[age]!, -sharePower);
      strength *= decay;
    }
    return sum === undefined ? undefined : quantise(sum, FACT_BITS);
  };
  const scores = new Map<ItemId, number>();
  for (const [to, id] of shelf.names.entries()) {
    let score = shelf.nextBasket!.model.prior[to] ?? 0;
    for (const one of facts) {
      const weight = faded(one, fades.decay, fades.sharePower);
      if (weight === undefined) continue;
      score += weight * weightOf(shelf, shelf.names.indexOf(one.item), to);
      if (one.item === id) score += fades.ownWeight * (faded(one, fades.ownDecay, 0) ?? 0);
    }
    if (score > 0) scores.set(id, score);
  }
  return scores;
}

function draw(random: Random): {
  readonly shelf: Shelf;
  readonly facts: readonly WeighedFact[];
  readonly fades: ModelFades;
} {
  const others = [0, 1].map((n) => ({
    id: itemId(`new-${n}`),
    title: 'new',
    path: ['New'],
    available: true,
  }));
  const shelf = drawBaskets(random, shelfOf({ count: 2 + random.below(20), edges: [], others }));
  return { shelf, facts: drawOrders(random, shelf), fades: shelf.nextBasket!.fades };
}

describe('a next basket', () => {
  it('[D60] [D61] is the formula over faded orders, and its addends are the score', () => {
    const random = seededRandom(71);
    for (let round = 0; round < 300; round += 1) {
      const { shelf, facts, fades } = draw(random);
      const scores = naive(shelf, facts, fades);
      const expected = [...scores].sort(
        ([a, x], [b, y]) => y - x || shelf.names.indexOf(a) - shelf.names.indexOf(b),
      );
      const result = run(shelf, { facts, limit: 100 }, { ...AGAIN, itemsMax: 100 });
      expect(result.items.map(({ item, score }) => [item, score])).toEqual(expected);
      for (const { item, score, contributions } of explained(result)) {
        expect(contributions.reduce((sum, { value }) => sum + value, 0)).toBe(score);
        for (const { kind, of } of contributions)
          if (kind === 'repeat') expect(facts.find(({ key }) => key === of)?.item).toBe(item);
      }
    }
  });

  it('[D61] tells a repeat apart, also of a thing that no model knows', () => {
    const others = [{ id: itemId('rare'), title: 'Rare', path: ['Rare'], available: true }];
    const shelf = withNextBasket(
      shelfOf({ count: 3, edges: [], others }),
      {
        edges: [
          [0, 0, 0.125],
          [0, 1, 0.5],
        ],
      },
      FADES,
    );
    const rare = { key: 'bought|web|rare', item: itemId('rare'), weight: 1, orders: [0, 1] };
    const result = explained(run(shelf, { facts: [bought(0, [1]), rare] }));
    expect(result.map(({ item, contributions }) => [item, contributions])).toEqual([
      ['rare', [{ kind: 'repeat', of: 'bought|web|rare', value: 0.375 }]],
      [nameOf(0), [{ kind: 'repeat', of: 'bought|web|item-000', value: 0.3125 }]],
      [nameOf(1), [{ kind: 'fact', of: 'bought|web|item-000', value: 0.25 }]],
    ]);
  });

  it('[D60] reads orders alone: context and other facts are silent; a stranger gets what is popular', () => {
    const wares = { edges: [[0, 1, 1]] as const, prior: [0, 0.125, 0.25] };
    const shelf = withNextBasket(shelfOf({ count: 3, edges: [[0, 1, 1]] }), wares, FADES);
    const popular = [nameOf(2), nameOf(1)];
    for (const more of [{}, { context: looking(0) }, { facts: [fact(0)] }, { facts: [fact(0, 1, 'bought')] }])
      expect(run(shelf, more).items.map(({ item }) => item)).toEqual(popular);
    // In front of the person it need not be shown.
    expect(run(shelf, { context: looking(2) }).items.map(({ item }) => item)).toEqual([nameOf(1)]);
  });

  it('[D62] without a fact is as if it had never been bought: orders shrink, and empty ones are none', () => {
    const random = seededRandom(72);
    for (let round = 0; round < 100; round += 1) {
      const { shelf, facts } = draw(random);
      const [gone] = facts;
      if (gone === undefined) continue;
      const left = facts.slice(1);
      const numbers = [...new Set(left.flatMap(({ orders = [] }) => orders))].sort((a, b) => a - b);
      const renumbered = left.map((one) => ({ ...one, orders: one.orders!.map((n) => numbers.indexOf(n)) }));
      const input = inputFor(shelf, { nextBasket: shelf.nextBasket!.model.id, facts });
      const scratch = createScratch(shelf);
      const without = decide({ input: withoutFact(input, gone.key), placement: AGAIN, shelf, scratch });
      expect(without).toEqual(run(shelf, { facts: renumbered }));
    }
  });

  it('[D63] stands in the record whole, and comes to nothing where nothing was learned', () => {
    const shelf = withNextBasket(shelfOf({ count: 3, edges: [] }), { edges: [[0, 1, 1]] }, FADES);
    const facts = [bought(0, [0, 2]), bought(2, [1])];
    const input = inputFor(shelf, { nextBasket: shelf.nextBasket!.model.id, facts, rules: 2 });
    const { items, propensity } = run(shelf, { facts, rules: 2 });
    const record = {
      decision: 'd',
      input,
      result: { items, propensity },
      reads: facts.map(({ key }) => key),
      consentSeq: 1,
    } as unknown as DecisionRecord;
    const text = decisionRecordText(record);
    expect(decisionRecordOf(text)).toEqual(record);
    expect(text).toContain('"nextBasket":');
    expect(
      decide({ input: decisionRecordOf(text).input, placement: AGAIN, shelf, scratch: createScratch(shelf) })
        .items,
    ).toEqual(items);
    const { nextBasket: _none, ...unnamed } = input;
    expect(decide({ input: unnamed, placement: AGAIN, shelf, scratch: createScratch(shelf) }).nothing).toBe(
      'no-model',
    );
    const plain = shelfOf({ count: 3, edges: [[0, 1, 1]] });
    expect(run(plain, { facts })).toMatchObject({ items: [], nothing: 'no-model' });
  });
});
