// Goal: lists for a person are made of the recipe that is evaluated, settings follow from what people have
// alone, no weight rests on fewer than k people, and what may not be told is taken out of the finished blend.
// Method: people of a few tastes; worlds with and without some of them, in any order; naive counts.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contributionOf } from './contribution.ts';
import { createCounts } from './counts.ts';
import { finish } from './models/sparse-form.ts';
import { heldOutThings, namePeople } from './recipes/held-out-things.ts';
import { learnTopNSteps } from './recipes/top-n.ts';
import { tuneTopNSteps } from './recipes/top-n-tune.ts';
import { SAFE } from './recipes/top-n-candidates.ts';
import { type ServeOptions, serveModelSteps } from './serve-model.ts';
import { forYouTask, serveForYouSteps } from './serve-for-you.ts';
import { rowOf } from './testing-fallen.ts';
import { type ItemModel, decodeModel, encodeModel } from '../facts/model.ts';
import { FACT_BITS, WEIGHT_BITS, isQuantised } from '../kernel/fixed.ts';
import { type Random, seededRandom } from '../kernel/random.ts';

type Things = readonly string[];

/** Three to nine things, most of one of four tastes, popular ones more often. */
function shopper(random: Random): Things {
  const taste = random.below(4);
  const things = Array.from({ length: 3 + random.below(7) }, () => {
    const thing = Math.floor(random.unit() ** 2 * 14);
    return `taste-${random.unit() < 0.75 ? taste : random.below(4)}-${thing}`;
  });
  if (random.unit() < 0.05) things.push(`only-${random.below(1e9)}`);
  return [...new Set(things)].sort();
}

function shoppers(count: number, seed = 5): readonly Things[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => shopper(random));
}

const named = (people: readonly Things[]) => namePeople(people.map((items) => ({ items })));

function modelOf(people: readonly Things[], options: Partial<ServeOptions> = {}): ItemModel {
  return finish(serveForYouSteps(named(people), { minPeople: 3, nowMs: 7, ...options }));
}

/** Whoever has one thing alone cannot be asked for another. */
const pool = shoppers(470, 8)
  .filter((things) => things.length > 1)
  .slice(0, 460);
const both = (people: readonly Things[], one: string, other: string): number =>
  people.filter((items) => items.includes(one) && items.includes(other)).length;

describe('the model of lists for a person', () => {
  test('[L52] is the recipe that is evaluated, with settings found on held-out things', () => {
    const model = modelOf(pool);
    const everybody = named(pool);
    const heldOut = heldOutThings(everybody);
    const tuned = finish(tuneTopNSteps(forYouTask(3), heldOut));
    const { parts, popularity } = finish(learnTopNSteps(forYouTask(3), everybody.people, { tuned, heldOut }));
    expect([tuned.asked, tuned.ridge > 0]).toEqual([230, true]);
    expect(model.kind).toMatch(
      /^blend\/1 a=\S+ b=\S+ keep=100 ridge=\S+ people=\S+ t=\S+ popular=\S+ asked=200$/,
    );
    const { form } = parts[0]!;
    for (const [at, id] of model.itemIds.entries()) {
      const place = everybody.itemIds.indexOf(id);
      const expected: Record<string, number> = {};
      for (let x = form.offsets[place]!; x < form.offsets[place + 1]!; x += 1)
        expected[everybody.itemIds[form.targets[x]!]!] = form.weights[x]!;
      expect(rowOf(model, id)).toEqual(expected);
      expect(model.prior[at]).toBe(popularity.values[place]);
    }
  });

  test('[L52] of too few people to ask is the plain model, and says so', () => {
    const few = pool.slice(0, 398);
    const counts = createCounts();
    for (const items of few) {
      const contribution = contributionOf(items.map((item) => ({ item, lastMs: 0 })));
      if (contribution !== undefined) counts.add(contribution);
    }
    const plain = finish(serveModelSteps(counts.snapshot(), { minPeople: 3, nowMs: 7 }));
    expect(modelOf(few).id).toBe(plain.id);
    expect(plain.kind).toBe('item-item/1 a=0.5 b=0.5 keep=100');
    expect(finish(tuneTopNSteps(forYouTask(3), heldOutThings(named(few))))).toEqual(SAFE);
    expect(modelOf(pool.slice(0, 400)).kind).toContain('asked=200');
  });

  test('[L46] without somebody is that of a world that never met them, settings included', () => {
    const many = shoppers(520, 11);
    fc.assert(
      fc.property(fc.subarray([...many.keys()], { maxLength: 110 }), fc.nat(), (leaving, seed) => {
        const left = new Set(leaving);
        const stayed = many.filter((_, n) => !left.has(n));
        const other = [...stayed];
        seededRandom(seed).shuffle(other);
        expect(modelOf(other).id).toBe(modelOf(stayed).id);
      }),
      { numRuns: 8 },
    );
  });

  test('[L46] is of a bounded sample, whose questions follow from what people have', () => {
    const { cases, fit, things } = heldOutThings(named(pool), { casesMax: 50, thingsMax: 900 });
    expect(cases.length).toBe(50);
    const hidden = cases.reduce((sum, { targets }) => sum + targets.length, 0);
    expect(fit.indices.length + hidden).toBeLessThanOrEqual(900);
    expect(fit.indices.length + hidden).toBeGreaterThan(880);
    expect(fit.cols).toBe(things.length);
    for (const { occasion, targets } of cases) {
      // [L13] what is asked for is not known, and not learned from.
      expect([...occasion.facts].filter((thing) => targets.includes(thing))).toEqual([]);
      expect(occasion.facts.length).toBeGreaterThanOrEqual(targets.length);
      expect(targets.length).toBeGreaterThan(0);
    }
    const other = heldOutThings(named(pool), { casesMax: 50, thingsMax: 900 }, 2);
    expect(other.cases).not.toEqual(cases);
  });

  test('[L8] names no thing, and holds no weight, that fewer than k people stand behind', () => {
    for (const minPeople of [1, 3, 9]) {
      const model = modelOf(pool, { minPeople });
      const all = [...new Set(pool.flat())].sort();
      expect(model.itemIds).toEqual(all.filter((id) => both(pool, id, id) >= minPeople));
      for (const id of model.itemIds) {
        for (const to of Object.keys(rowOf(model, id)))
          expect(both(pool, id, to)).toBeGreaterThanOrEqual(minPeople);
      }
    }
  });

  test('[L11] has exact numbers, the greatest of them 1, and reads back as it was written', () => {
    const model = modelOf(pool);
    expect(model.weights.every((weight) => isQuantised(weight, WEIGHT_BITS))).toBe(true);
    expect(model.weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0)).toBe(1);
    expect(model.prior.every((value) => isQuantised(value, WEIGHT_BITS + FACT_BITS))).toBe(true);
    expect(model.prior.every((value) => value > 0 && value <= 1)).toBe(true);
    expect(decodeModel(encodeModel(model))).toEqual({ ok: true, value: model });
  });

  test('[L33] is evened out when it is finished, between things alone that k people have together', () => {
    const more = new Map(
      [...new Set(pool.flat())].filter((id) => id.startsWith('taste-1')).map((id, n) => [id, (n % 9) - 3]),
    );
    const erased = modelOf(pool, { tilts: [{ leaf: 'health|x', more: [...more] }] });
    expect(erased.kind).toMatch(/^blend-erased\/1 .* leaves=1$/);
    const pull = new Map<string, number>();
    for (const id of erased.itemIds) {
      for (const [to, weight] of Object.entries(rowOf(erased, id))) {
        expect(both(pool, id, to)).toBeGreaterThanOrEqual(3);
        pull.set(to, (pull.get(to) ?? 0) + weight * (more.get(id) ?? 0));
      }
    }
    for (const sum of pull.values()) expect(Math.abs(sum)).toBeLessThan(1e-3);
    // The blend itself goes with the leaf.
    const plain = modelOf(pool);
    const before = plain.itemIds.map((id) =>
      Object.values(rowOf(plain, id)).reduce((sum, weight) => sum + weight * (more.get(id) ?? 0), 0),
    );
    expect(Math.max(...before.map(Math.abs))).toBeGreaterThan(0.1);
  });
});
