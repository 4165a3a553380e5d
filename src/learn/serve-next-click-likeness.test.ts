// Goal: what the catalogue says stands in the model of next clicks, and nobody's leaving shows in it.
// Method: a shop of series, of which each person goes through a few things, so that hardly a pair has three
// people; weights without people are counted naively from the examples.

import { describe, expect, test } from 'vitest';
import type { NamedHistories } from './links-behind.ts';
import { finish } from './models/sparse-form.ts';
import type { Catalogued } from './serve-model.ts';
import { type ServedNext, serveNextClickSteps } from './serve-next-click.ts';
import { type SessionList, createSessionCounts } from './session-counts.ts';
import { fallenSteps, historiesOfSessions } from './steps-behind.ts';
import { naivelyFallen } from './testing-fallen.ts';
import { withoutEdges } from '../facts/model-without.ts';
import { assert } from '../kernel/assert.ts';
import { type Random, seededRandom } from '../kernel/random.ts';

const SERIES = 30;
const OF_A_SERIES = 8;
const K = 3;
const IDS = Array.from({ length: SERIES * OF_A_SERIES }, (_, n) => idOf(Math.floor(n / OF_A_SERIES), n));

function idOf(series: number, n: number): string {
  return `thing-${String(series).padStart(2, '0')}-${n % OF_A_SERIES}`;
}

function catalogue(titleOf: (series: number) => string): Map<string, Catalogued> {
  const told = IDS.map((id): [string, Catalogued] => [
    id,
    { title: titleOf(Number(id.slice(6, 8))), path: [], available: true },
  ]);
  return new Map([...told, ['rare-00-0', { title: titleOf(0), path: [], available: true }]]);
}

/** Letters alone, each its own word. */
const titleOf = (series: number): string =>
  String.fromCharCode(97 + Math.floor(series / 6), 97 + (series % 6), 120, 120);

const SAYING = catalogue(titleOf);

/** Three sessions of things of one series and one of any; somebody has a rare thing. */
const PEOPLE: readonly SessionList[] = (() => {
  const random = seededRandom(4);
  return Array.from({ length: 200 }, (_, n) => {
    const series = random.below(SERIES);
    const session = (): string[] => {
      const own = new Set([pick(random, random.below(SERIES))]);
      while (own.size < 4) own.add(pick(random, series));
      return [...own];
    };
    return [session(), session(), [...session(), ...(n === 7 ? ['rare-00-0'] : [])]];
  });
})();

function pick(random: Random, series: number): string {
  return idOf(series, random.below(OF_A_SERIES));
}

type World = ServedNext & { readonly named: NamedHistories; readonly itemPeople: (id: string) => number };

function worldOf(people: readonly SessionList[], told: ReadonlyMap<string, Catalogued> | undefined): World {
  const counts = createSessionCounts();
  for (const [n, own] of people.entries()) counts.replace(`p${n}`, own);
  const itemIds = counts.itemIds();
  const named = { itemIds, histories: counts.histories(itemIds) };
  const served = finish(serveNextClickSteps(named, { minPeople: K, nowMs: 0, catalogue: told }));
  return { ...served, named, itemPeople: counts.itemPeople };
}

describe('likeness in the model of next clicks', () => {
  const world = worldOf(PEOPLE, SAYING);
  const { model, named, itemPeople } = world;

  test('[L107] is marked wherever a weight rests on fewer than k people, and nowhere else', () => {
    expect(model.kind).toMatch(/ likeness=1 ways=1$/);
    const unheld = naivelyFallen(model, named, 0, itemPeople, true);
    const marked = new Set<string>();
    for (const [source, from] of model.itemIds.entries())
      for (let at = model.offsets[source]!; at < model.offsets[source + 1]!; at += 1)
        if (model.isLikeness?.[at] === 1) marked.add(`${from} ${model.itemIds[model.targets[at]!]!}`);
    expect(marked).toEqual(unheld);
    expect(marked.size).toBeGreaterThan(200);
    expect(model.targets.length - marked.size).toBeGreaterThan(100);
  });

  test('[L107] names nothing more, and is in no model where nobody says anything, or the same of all', () => {
    const plain = worldOf(PEOPLE, undefined).model;
    expect(model.itemIds).toEqual(plain.itemIds);
    expect(model.itemIds).not.toContain('rare-00-0');
    expect(plain.isLikeness).toBeUndefined();
    expect(worldOf(PEOPLE, new Map()).model.id).toBe(plain.id);
    expect(
      worldOf(
        PEOPLE,
        catalogue(() => 'all the same'),
      ).model.id,
    ).toBe(plain.id);
  });

  test('[L107] stays whoever leaves; what rests on people falls, and with a thing all that leads to', () => {
    const { tally } = world;
    assert(tally !== undefined, 'likeness is marked by who is behind weights');
    expect(fallenSteps(model, tally, { k: K, itemPeople })).toEqual([]);
    const gone = 60;
    const left = worldOf(PEOPLE.slice(gone), SAYING);
    for (const own of PEOPLE.slice(0, gone)) tally.change(historiesOfSessions(own), -1);
    const fallen = fallenSteps(model, tally, { k: K, itemPeople: left.itemPeople });
    for (const own of PEOPLE.slice(0, gone)) tally.change(historiesOfSessions(own), 1);
    const things = new Set(fallen.filter(([a, b]) => a === b).map(([id]) => id));
    expect(fallen.length).toBeGreaterThan(things.size + 20);
    const after = withoutEdges(model, fallen);
    let [stayed, fell] = [0, 0];
    for (const [source, from] of model.itemIds.entries())
      for (let at = model.offsets[source]!; at < model.offsets[source + 1]!; at += 1) {
        const isOfFallen = things.has(from) || things.has(model.itemIds[model.targets[at]!]!);
        if (isOfFallen) expect(after.weights[at]).toBe(0);
        else if (model.isLikeness?.[at] === 1) expect(after.weights[at]).toBe(model.weights[at]);
        if (after.weights[at] === model.weights[at]) stayed += 1;
        else fell += 1;
      }
    expect(Math.min(stayed, fell)).toBeGreaterThan(20);
  });
});
