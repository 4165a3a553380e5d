// Goal: what came lately counts more by the formula alone, for everybody alike; fewer than k late buyers do
// not show; how much it counts is found on days that nobody has seen, and nothing is found where there is
// nothing. Method: naive sums; drawn shops with and without a season.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../kernel/random.ts';
import { DAY_MS } from '../../kernel/time.ts';
import { contributionOf } from '../contribution.ts';
import { finish } from '../models/sparse-form.ts';
import { forYouTask, serveForYouSteps } from '../serve-for-you.ts';
import { type NamedPeople, heldOutThings, namePeople } from './held-out-things.ts';
import { learnTopNSteps } from './top-n.ts';
import { tuneTopNSteps } from './top-n-tune.ts';
import { factorsOf, levelsOf } from './trend.ts';
import { newestHidden, trendFactors, tuneTrendSteps } from './trend-tune.ts';

/** Things and the day on which each last came. */
type Contacts = Readonly<Record<string, number>>;

function named(people: readonly Contacts[]): NamedPeople {
  return namePeople(
    people.flatMap((one) => {
      const contacts = Object.entries(one).map(([item, day]) => ({ item, lastMs: day * DAY_MS }));
      return contributionOf(contacts) ?? [];
    }),
  );
}

/** As the formula says, thing by thing. */
function naiveFactors(people: readonly Contacts[], itemIds: readonly string[], k: number, halfLife: number) {
  const all = itemIds.map((id) => {
    const days = people.flatMap((one) => (one[id] === undefined ? [] : [one[id]]));
    const dated = days.filter((day) => day > 0).sort((a, b) => b - a);
    const shown = dated[k - 1];
    const told = shown === undefined ? [] : dated.map((day) => Math.min(day, shown));
    return { told, undated: days.length - dated.length };
  });
  const newest = Math.max(...all.flatMap(({ told }) => told));
  const share = (day: number): number => 2 ** ((day - newest) / halfLife);
  const sum = (days: readonly number[]): number => days.reduce((total, day) => total + share(day), 0);
  const everything = all.flatMap(({ told }) => told);
  const mean = everything.length === 0 ? 0 : sum(everything) / everything.length;
  const factors = all.map(({ told, undated }) =>
    told.length === 0 ? mean : (sum(told) + (undated + 10) * mean) / (told.length + undated + 10),
  );
  const greatest = Math.max(...factors.filter((_, at) => all[at]!.told.length > 0));
  return Number.isFinite(greatest) ? factors.map((factor) => factor / greatest) : factors.map(() => 1);
}

const person = fc.dictionary(
  fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  fc.oneof(fc.integer({ min: 20_000, max: 20_090 }), fc.constant(0)),
  {
    minKeys: 1,
  },
);
const crowd = fc.array(person, { minLength: 1, maxLength: 25 });

/** Two tastes; in the last three weeks everybody wants the things of the season as well, or does not. */
function shop(count: number, hasSeason: boolean, seed = 3): readonly Contacts[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => {
    const taste = random.below(2);
    const contacts: Record<string, number> = {};
    for (let n = 0; n < 5 + random.below(5); n += 1) {
      const day = 20_000 + random.below(200);
      const isLate = hasSeason && day >= 20_175;
      const kind = isLate && random.unit() < 0.8 ? 'season' : 'all-year';
      contacts[`${kind}-${taste}-${Math.floor(random.unit() ** 2 * 15)}`] = day;
    }
    return contacts;
  });
}

describe('the trend of a thing', () => {
  test('[L99] is what its people’s last days count, drawn to the mean: the formula', () => {
    fc.assert(
      fc.property(
        crowd,
        fc.integer({ min: 1, max: 4 }),
        fc.constantFrom(4, 28),
        (people, k, halfLifeDays) => {
          const { itemIds, people: rows, days } = named(people);
          const levels = levelsOf({ people: rows, days: days! }, k)(halfLifeDays);
          const factors = factorsOf(levels, 1);
          const expected = naiveFactors(people, itemIds, k, halfLifeDays);
          for (const [thing, factor] of factors.entries()) expect(factor).toBeCloseTo(expected[thing]!, 12);
          const roots = factorsOf(levels, 0.5);
          for (const [thing, root] of roots.entries())
            expect(root).toBeCloseTo(Math.sqrt(expected[thing]!), 12);
        },
      ),
    );
  });

  test('[L99] multiplies what leads to a thing, and its being popular, and nothing else', () => {
    const everybody = named(shop(600, true));
    const task = { ...forYouTask(3), keep: 1000 };
    const heldOut = heldOutThings(everybody);
    const tuned = finish(tuneTopNSteps(task, heldOut));
    const factors = trendFactors(everybody, 3, { halfLifeDays: 14, power: 1 })!;
    const learn = (by?: Float64Array) =>
      finish(learnTopNSteps(task, everybody.people, { tuned, heldOut, factors: by }));
    const [plain, faded] = [learn(), learn(factors)];
    const [one, other] = [plain.parts[0]!.form, faded.parts[0]!.form];
    // Both have 1 as their greatest weight: by one number they may differ, as may the priors.
    const ratios = new Map<string, number>();
    for (let source = 0; source < one.itemCount; source += 1)
      for (let at = one.offsets[source]!; at < one.offsets[source + 1]!; at += 1)
        ratios.set(`${source} ${one.targets[at]}`, one.weights[at]! * factors[one.targets[at]!]!);
    const scale = Math.max(...[...ratios.values()].map(Math.abs));
    let compared = 0;
    for (let source = 0; source < other.itemCount; source += 1)
      for (let at = other.offsets[source]!; at < other.offsets[source + 1]!; at += 1) {
        const weight = ratios.get(`${source} ${other.targets[at]}`)! / scale;
        expect(Math.abs(other.weights[at]! - weight)).toBeLessThan(2 ** -17);
        compared += 1;
      }
    expect(compared).toBeGreaterThan(500);
    const most = Math.max(...plain.popularity.values.map((value, thing) => value * factors[thing]!));
    const top = Math.max(...faded.popularity.values);
    for (const [thing, value] of faded.popularity.values.entries())
      expect(value / top).toBeCloseTo((plain.popularity.values[thing]! * factors[thing]!) / most, 4);
  });

  test('[L100] does not show when the newest came, as long as they are fewer than k', () => {
    fc.assert(
      fc.property(crowd, fc.integer({ min: 2, max: 4 }), fc.nat(300), (people, k, later) => {
        const rest = Array.from({ length: 6 }, () => ({ a: 20_010, b: 20_010, c: 20_010 }));
        const quiet = [...people.map((one) => ({ ...one })), ...rest];
        const isLate = (n: number): boolean => n < k - 1;
        const moved = quiet.map((one, n) =>
          isLate(n) ? { ...one, a: 20_150 + later } : { ...one, a: 20_010 },
        );
        const still = quiet.map((one, n) => (isLate(n) ? { ...one, a: 20_100 } : { ...one, a: 20_010 }));
        const factorsIn = (all: readonly Contacts[]) =>
          trendFactors(named(all), k, { halfLifeDays: 7, power: 1 });
        expect(factorsIn(moved)).toEqual(factorsIn(still));
        // One more, and it does.
        const shown = moved.map((one, n) => (n === quiet.length - 1 ? { ...one, a: 20_150 } : one));
        expect(factorsIn(shown)).not.toEqual(factorsIn(still));
      }),
    );
  });

  test('[L100] is moved by nobody’s day of a thing that fewer than k have, nor is the model', () => {
    const season = shop(600, true);
    const modelWith = (day: number) =>
      finish(
        serveForYouSteps(named([...season, { rare: day, 'all-year-0-0': 20_000 }]), {
          minPeople: 3,
          nowMs: 7,
        }),
      );
    const first = modelWith(20_000);
    expect(first.kind).toContain('trendDays');
    for (const day of [20_190, 20_250, 20_400, 40_000]) expect(modelWith(day).id).toBe(first.id);
    // Nor of a thing that many have, of whom hardly anybody's day is known.
    const undated = Array.from({ length: 40 }, () => ({ x: 0, y: 20_050 }));
    const factorsWith = (day: number) =>
      trendFactors(named([...undated, { x: day, y: 20_050 }]), 3, { halfLifeDays: 7, power: 1 });
    expect(factorsWith(20_090)).toEqual(factorsWith(20_001));
  });

  test('[L101] is found on the newest tenth, which nothing is learned from', () => {
    const everybody = named(shop(600, true));
    const { untilDay, fit, cases } = newestHidden(everybody)!;
    const all = everybody.days!.length;
    const isNew = everybody.days!.filter((day) => day >= untilDay).length;
    expect(isNew / all).toBeGreaterThan(0.09);
    expect(isNew / all).toBeLessThan(0.12);
    expect(fit.indices.length).toBe(all - isNew);
    expect(cases.length).toBeGreaterThan(250);
    expect(cases.every(({ targets, occasion }) => targets.length > 0 && occasion.facts.length > 0)).toBe(
      true,
    );
    const few = newestHidden(everybody, { casesMax: 20, thingsMax: 500 })!;
    expect([few.cases.length, few.untilDay]).toEqual([20, untilDay]);
    expect(few.fit.indices.length).toBeLessThanOrEqual(500);
  });

  test('[L101] is there with a season, and not without, without days, or where few can be asked', () => {
    const trendIn = (everybody: NamedPeople) =>
      finish(
        tuneTrendSteps(
          forYouTask(3),
          everybody,
          finish(tuneTopNSteps(forYouTask(3), heldOutThings(everybody))),
        ),
      );
    const season = named(shop(600, true));
    expect(trendIn(season)?.power).toBeGreaterThan(0);
    expect(trendIn(named(shop(600, false)))).toBeUndefined();
    expect(trendIn({ ...season, days: undefined })).toBeUndefined();
    expect(trendIn({ ...season, days: season.days!.map(() => 0) })).toBeUndefined();
    expect(trendIn({ ...season, days: season.days!.map(() => 20_000) })).toBeUndefined();
    expect(trendIn(named(shop(150, true, 5)))).toBeUndefined();
    const model = finish(serveForYouSteps(season, { minPeople: 3, nowMs: 7 }));
    expect(model.kind).toMatch(/^blend\/1 .* trendDays=\d+ trendPower=\S+ asked=\d+$/);
  });

  test('[L101] follows, like the model, from who is there, in any order', () => {
    const many = shop(520, true, 9);
    fc.assert(
      fc.property(fc.subarray([...many.keys()], { maxLength: 60 }), fc.nat(), (leaving, seed) => {
        const left = new Set(leaving);
        const stayed = many.filter((_, n) => !left.has(n));
        // The same things on other days: whose list is taken must not follow from the order.
        const twins = [...stayed, ...stayed.slice(0, 40).map((one) => mapped(one, (day) => day - 3))];
        const other = [...twins];
        seededRandom(seed).shuffle(other);
        const [a, b] = [twins, other].map((all) =>
          finish(serveForYouSteps(named(all), { minPeople: 3, nowMs: 7 })),
        );
        expect(a!.kind).toContain('trendDays');
        expect(b!.id).toBe(a!.id);
      }),
      { numRuns: 6 },
    );
  });
});

function mapped(one: Contacts, change: (day: number) => number): Contacts {
  return Object.fromEntries(Object.entries(one).map(([item, day]) => [item, change(day)]));
}
