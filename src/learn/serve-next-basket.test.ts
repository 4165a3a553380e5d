// Goal: what serves is the recipe that is evaluated, its settings follow from what people have alone, and a
// weight goes with its people. Method: people with habits and sequences; worlds with and without some of
// them, in any order; naive counts.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type BasketList, basketsOfShare, createBasketCounts } from './basket-counts.ts';
import { contributionOf } from './contribution.ts';
import { createCounts } from './counts.ts';
import { peopleIn } from './histories.ts';
import { type NamedHistories, basketsOfEach } from './links-behind.ts';
import { finish } from './models/sparse-form.ts';
import { heldOutSample } from './recipes/held-out-sample.ts';
import { learnSequence, tuneSequence } from './recipes/sequence-tune.ts';
import { serveModelSteps } from './serve-model.ts';
import { nextBasketTask, serveNextBasketSteps } from './serve-next-basket.ts';
import { fallenSteps, historiesOfBaskets, stepTallyOf } from './steps-behind.ts';
import { naivelyFallen, rowOf } from './testing-fallen.ts';
import { type ItemModel, decodeModel, encodeModel } from '../facts/model.ts';
import { FACT_BITS, WEIGHT_BITS, isQuantised } from '../kernel/fixed.ts';
import { type Random, seededRandom } from '../kernel/random.ts';

/** Buys one of three habits again and again; a printer is followed by ink, and ink by paper. */
function customer(random: Random): BasketList {
  const habit = ['milk', 'tea', 'bread'][random.below(3)]!;
  const start = random.below(4);
  return Array.from({ length: 3 + random.below(5) }, (_, week) => {
    const basket = new Set<string>();
    if (random.unit() < 0.8) basket.add(habit);
    if (week === start) basket.add('printer');
    if (week === start + 1 && random.unit() < 0.9) basket.add('ink');
    if (week === start + 2 && random.unit() < 0.9) basket.add('paper');
    if (random.unit() < 0.3) basket.add(`thing-${random.below(6)}`);
    return [...basket].sort();
  }).filter((basket) => basket.length > 0);
}

function customers(count: number, seed = 5): readonly BasketList[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => customer(random));
}

interface World {
  readonly named: NamedHistories;
  readonly model: ItemModel;
  readonly first: ItemModel;
}

type People = readonly (readonly [name: string, baskets: BasketList])[];

/** Fitted from these people, who came in this order; those in `left` came as well, and left. */
function worldOf(people: People, left: ReadonlySet<string> = new Set(), minPeople = 3): World {
  const counts = createCounts();
  const baskets = createBasketCounts();
  for (const [name, list] of people) {
    const added = contributionOf(list.flat().map((item) => ({ item, lastMs: 0 })));
    baskets.replace(name, basketsOfShare(list, added?.items ?? []));
    if (added !== undefined && !left.has(name)) counts.add(added);
  }
  for (const name of left) baskets.replace(name, undefined);
  const itemIds = baskets.itemIds();
  const named = { itemIds, histories: baskets.histories(itemIds) };
  const first = finish(serveModelSteps(counts.snapshot(), { minPeople, nowMs: 7 }));
  return { named, first, model: finish(serveNextBasketSteps(named, first)) };
}

const withNames = (lists: readonly BasketList[]): People => lists.map((list, n) => [`p${n}`, list]);

describe('the next-basket model that serves', () => {
  test('[L45] is the recipe that is evaluated, with settings found on held-out last baskets', () => {
    const { named, model } = worldOf(withNames(customers(150)));
    const task = nextBasketTask(3);
    const tuned = tuneSequence(task, heldOutSample(named));
    const { parts, ownWeight, popularity } = learnSequence(task, named.histories, tuned);
    const { form } = parts[0]!;
    for (const id of model.itemIds) {
      const place = named.itemIds.indexOf(id);
      const expected: Record<string, number> = {};
      for (let at = form.offsets[place]!; at < form.offsets[place + 1]!; at += 1)
        expected[named.itemIds[form.targets[at]!]!] = form.weights[at]!;
      expect(rowOf(model, id)).toEqual(expected);
      expect(model.prior[model.itemIds.indexOf(id)]).toBe(popularity.values[place]);
    }
    expect(model.fades).toMatchObject({ decay: tuned.settings.scoreDecay, ownWeight });
    expect(ownWeight).toBeGreaterThan(0);
    // What was planted: ink after the printer rather than before it.
    expect(rowOf(model, 'printer')['ink']).toBeGreaterThan(2 * (rowOf(model, 'ink')['printer'] ?? 0));
  });

  test('[L45] is exact, and reads back as it was written', () => {
    const { model } = worldOf(withNames(customers(80)));
    expect(model.weights.length).toBeGreaterThan(20);
    expect(model.weights.every((weight) => isQuantised(weight, WEIGHT_BITS))).toBe(true);
    expect(model.prior.every((value) => isQuantised(value, WEIGHT_BITS + FACT_BITS))).toBe(true);
    expect(decodeModel(encodeModel(model))).toEqual({ ok: true, value: model });
    for (const fades of [
      { ...model.fades!, decay: 0 },
      { ...model.fades!, ownWeight: 1e-7 },
      { ...model.fades!, sharePower: 2 },
    ])
      expect(decodeModel(encodeModel({ ...model, fades })).ok).toBe(false);
  });

  test('[L46] without somebody is that of a world that never met them, settings included', () => {
    const pool = customers(60, 11);
    fc.assert(
      fc.property(fc.subarray([...pool.keys()], { minLength: 1 }), fc.nat(), (leaving, seed) => {
        const left = new Set(leaving.map((n) => `p${n}`));
        const stayed = withNames(pool).filter(([name]) => !left.has(name));
        // Under other names, in another order: the world that never met them.
        const other = stayed.map(([name, list]) => [`${(name.length * 7) % 5}-${name}`, list] as const);
        seededRandom(seed).shuffle(other);
        expect(worldOf(withNames(pool), left).model).toEqual(worldOf(other).model);
      }),
      { numRuns: 12 },
    );
  });

  test('[L46] settings are chosen on a bounded sample that others do not move', () => {
    const lists = customers(120, 3);
    const bounds = { questionsMax: 10, entriesMax: 900 };
    const { named } = worldOf(withNames(lists));
    const sample = heldOutSample(named, bounds);
    expect(sample.questions.length).toBe(10);
    expect(peopleIn(sample.asked)).toBeLessThan(60);
    for (const { person, before } of sample.questions) {
      const [kept, whole] = [sample.fit, sample.asked].map(
        ({ personOffsets }) => personOffsets[person + 1]! - personOffsets[person]!,
      );
      expect([kept, whole]).toEqual([before, before + 1]);
    }
    // One more with a basket each: nobody can be asked for what they have not done.
    const more = [...lists, ...Array.from({ length: 9 }, () => [['milk', 'tea']])];
    expect(heldOutSample(worldOf(withNames(more)).named, bounds)).toEqual(sample);
  });

  test('[L8] [L47] rests on people enough, and a weight goes with them', () => {
    // Two lives in a row: long enough for what is far back to have faded.
    const lists = customers(70, 9).map((list, n) => [...list, ...customers(70, 10)[n]!]);
    const { named, model: made } = worldOf(withNames(lists));
    const everybody = [...basketsOfEach(named)];
    const behind = everybody.map(historiesOfBaskets);
    const itemPeople = (id: string, gone = 0): number =>
      everybody.slice(gone).filter((baskets) => baskets.flat().includes(id)).length;
    expect(fallenSteps(made, stepTallyOf(made, behind), { k: 3, itemPeople })).toEqual([]);
    const fast = { ...made, fades: { ...made.fades!, learnDecay: 0.3 } };
    for (const [model, gone] of [1, 20, 40, 69].flatMap((n) => [[made, n] as const, [fast, n] as const])) {
      const left = stepTallyOf(model, behind);
      for (const histories of behind.slice(0, gone)) left.change(histories, -1);
      const fallen = new Set(
        fallenSteps(model, left, { k: 3, itemPeople: (id) => itemPeople(id, gone) }).map((pair) =>
          pair.join(' '),
        ),
      );
      expect(fallen).toEqual(naivelyFallen(model, named, gone, (id) => itemPeople(id, gone)));
    }
  });
});
