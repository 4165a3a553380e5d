// Goal: what serves is the recipe that is evaluated, a person counts once however often they came, settings
// follow from what people looked at alone, and a weight goes with its people. Method: people on paths through
// a shop; worlds with and without some of them, in any order; naive counts.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { peopleIn } from './histories.ts';
import type { NamedHistories } from './links-behind.ts';
import { finish } from './models/sparse-form.ts';
import { heldOutSessions } from './recipes/held-out-sessions.ts';
import { learnSequence, tuneSequence } from './recipes/sequence-tune.ts';
import { linksOfNextClickSteps, nextClickTask, serveNextClickSteps } from './serve-next-click.ts';
import { type SessionList, createSessionCounts, isCrawling } from './session-counts.ts';
import { fallenSteps, historiesOfSessions, stepTallyOf } from './steps-behind.ts';
import { naivelyFallen, rowOf } from './testing-fallen.ts';
import { type ItemModel, decodeModel, encodeModel } from '../facts/model.ts';
import { FACT_BITS, WEIGHT_BITS, isQuantised } from '../kernel/fixed.ts';
import { LIMITS } from '../kernel/limits.ts';
import { type Random, seededRandom } from '../kernel/random.ts';
import { MINUTE_MS } from '../kernel/time.ts';

/** One to four visits along one of three paths, with detours and steps back. */
function visitor(random: Random): SessionList {
  return Array.from({ length: 1 + random.below(4) }, () => {
    const path = random.below(3);
    let at = random.below(3);
    return Array.from({ length: 1 + random.below(6) }, () => {
      at += random.unit() < 0.15 ? -1 : 1;
      return random.unit() < 0.8 ? `path-${path}-${Math.max(0, at)}` : `thing-${random.below(8)}`;
    });
  });
}

function visitors(count: number, seed = 5): readonly SessionList[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => visitor(random));
}

type People = readonly (readonly [name: string, sessions: SessionList])[];

interface World {
  readonly named: NamedHistories;
  readonly model: ItemModel;
  readonly text: string;
}

/** Fitted from these people, who came in this order; those in `left` came as well, and left. */
function worldOf(people: People, left: ReadonlySet<string> = new Set(), minPeople = 3): World {
  const counts = createSessionCounts();
  for (const [name, sessions] of people) counts.replace(name, sessions);
  for (const name of left) counts.replace(name, undefined);
  const itemIds = counts.itemIds();
  const named = { itemIds, histories: counts.histories(itemIds) };
  const model = finish(serveNextClickSteps(named, { minPeople, nowMs: 7 })).model;
  return { named, model, text: counts.canonicalText() };
}

const withNames = (lists: readonly SessionList[]): People => lists.map((list, n) => [`p${n}`, list]);

const peopleWith = (lists: readonly SessionList[], id: string): number =>
  lists.filter((sessions) => sessions.flat().includes(id)).length;

describe('the next-click model that serves', () => {
  test('[L48] is the recipe that is evaluated, with settings found on held-out newest sessions', () => {
    const { named, model } = worldOf(withNames(visitors(150)));
    const task = nextClickTask(3);
    const tuned = tuneSequence(task, heldOutSessions(named));
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
    // What was planted: the path goes on rather than back.
    const row = rowOf(model, 'path-1-2');
    expect(row['path-1-3']).toBeGreaterThan(row['path-1-1'] ?? 0);
  });

  test('[L48] is exact, and reads back as it was written', () => {
    const { model } = worldOf(withNames(visitors(80)));
    expect(model.weights.length).toBeGreaterThan(20);
    expect(model.weights.every((weight) => isQuantised(weight, WEIGHT_BITS))).toBe(true);
    expect(model.prior.every((value) => isQuantised(value, WEIGHT_BITS + FACT_BITS))).toBe(true);
    expect(decodeModel(encodeModel(model))).toEqual({ ok: true, value: model });
    expect(worldOf([]).model.itemIds).toEqual([]);
  });

  test('[L49] counts a person once, however often they came: no weight and no name below k people', () => {
    const lists = visitors(40, 8);
    const often = Array.from({ length: 9 }, () => ['mine', 'yours', 'mine']);
    const { model } = worldOf(withNames([...lists, often, often]));
    expect(model.itemIds).toEqual(
      [...new Set(lists.flat(2))].filter((id) => peopleWith(lists, id) >= 3).sort(),
    );
    for (const [at, id] of model.itemIds.entries()) expect(model.people[at]).toBe(peopleWith(lists, id));
    expect(model.peopleTotal).toBe(42);
    // Enough look at each of them, in sessions of their own: no more than two of them before the other.
    const apart = Array.from({ length: 3 }, () => [['mine'], ['yours']]);
    const { model: named } = worldOf(withNames([...lists, often, often, ...apart]));
    expect(named.itemIds).toContain('mine');
    expect([rowOf(named, 'mine')['yours'], rowOf(named, 'yours')['mine']]).toEqual([undefined, undefined]);
    // Three make it.
    const { model: more } = worldOf(withNames([...lists, often, often, [['mine', 'yours']]]));
    expect(rowOf(more, 'mine')['yours']).toBeGreaterThan(0);
  });

  test('[L46] [L50] without somebody is that of a world that never met them, settings included', () => {
    const pool = visitors(60, 11);
    fc.assert(
      fc.property(fc.subarray([...pool.keys()], { minLength: 1 }), fc.nat(), (leaving, seed) => {
        const left = new Set(leaving.map((n) => `p${n}`));
        const stayed = withNames(pool).filter(([name]) => !left.has(name));
        // Under other names, in another order: the world that never met them.
        const other = stayed.map(([name, list]) => [`${(name.length * 7) % 5}-${name}`, list] as const);
        seededRandom(seed).shuffle(other);
        const [one, another] = [worldOf(withNames(pool), left), worldOf(other)];
        expect(one.model).toEqual(another.model);
        expect(one.text).toBe(another.text);
      }),
      { numRuns: 12 },
    );
  });

  test('[L46] settings are chosen on a bounded sample that others do not move', () => {
    const lists = visitors(120, 3);
    const bounds = { questionsMax: 30, entriesMax: 900 };
    const sample = heldOutSessions(worldOf(withNames(lists)).named, bounds);
    expect(sample.questions.length).toBe(30);
    const asked = peopleIn(sample.asked);
    expect([asked > 5, asked < 40]).toEqual([true, true]);
    // Of whom a session is asked for, that session is not learned from, and the others are.
    expect(new Set(sample.fit.owners).size).toBeGreaterThan(asked);
    // More who looked at one thing each: nobody can be asked for what they have not done.
    const more = [...lists, ...Array.from({ length: 9 }, () => [['path-0-1'], ['path-0-2']])];
    expect(heldOutSessions(worldOf(withNames(more)).named, bounds)).toEqual(sample);
  });

  test('[L8] [L50] a weight falls with the people behind it', () => {
    const lists = visitors(70, 9);
    const { named, model: made } = worldOf(withNames(lists));
    const behind = lists.map(historiesOfSessions);
    expect(made.kind).toMatch(/^next-click\/2 .* ways=1$/);
    const links = finish(linksOfNextClickSteps(named, made));
    const among = { k: 3, itemPeople: (id: string) => peopleWith(lists, id) };
    expect(fallenSteps(made, stepTallyOf(made, behind, links), among)).toEqual([]);
    // Many weights rest on ways alone.
    const all = (id: string): number => peopleWith(lists, id);
    expect(naivelyFallen(made, named, 0, all).size).toBeGreaterThan(20);
    const fast = { ...made, fades: { ...made.fades!, learnDecay: 0.3 } };
    for (const [model, gone, ways] of [1, 20, 40, 69].flatMap((n) => [
      [made, n, true] as const,
      [fast, n, true] as const,
      [fast, n, false] as const,
    ])) {
      const left = stepTallyOf(model, behind, ways ? finish(linksOfNextClickSteps(named, model)) : undefined);
      for (const histories of behind.slice(0, gone)) left.change(histories, -1);
      const itemPeople = (id: string): number => peopleWith(lists.slice(gone), id);
      const fallen = new Set(fallenSteps(model, left, { k: 3, itemPeople }).map((pair) => pair.join(' ')));
      expect(fallen).toEqual(naivelyFallen(model, named, gone, itemPeople, ways));
    }
  });

  test('[L51] crawlers are not learned from', () => {
    const every = (ms: number, count: number = LIMITS.looksPerPersonMax) =>
      Array.from({ length: count }, (_, n) => n * ms);
    expect(isCrawling([])).toBe(false);
    expect(isCrawling(every(500))).toBe(true);
    expect(isCrawling(every(500, 40))).toBe(false);
    expect(isCrawling(every(5000))).toBe(false);
    expect(isCrawling(every(15 * MINUTE_MS))).toBe(true);
  });

  test('[L49] refuses more looks than are counted of one person', () => {
    const counts = createSessionCounts();
    const many = Array.from({ length: LIMITS.looksPerPersonMax }, (_, n) => `thing-${n}`);
    counts.replace('p', [many]);
    expect(() => counts.replace('p', [many, ['one']])).toThrow('bounded');
    expect(counts.sessionsOf('p')).toEqual([many]);
    counts.replace('p', [['b', 'a', 'b']]);
    expect([counts.itemIds(), counts.itemPeople('b'), counts.peopleTotal()]).toEqual([['a', 'b'], 1, 1]);
  });
});
