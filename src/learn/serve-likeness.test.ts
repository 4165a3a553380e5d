// Goal: what the catalogue says stands in the model that serves, and nobody's leaving shows in it. Method: a
// shop of series, of which each person has three things, so that hardly a pair has three people.

import { describe, expect, it } from 'vitest';
import type { ItemModel } from '../facts/model.ts';
import { withoutEdges } from '../facts/model-without.ts';
import { seededRandom } from '../kernel/random.ts';
import { gramRows } from './gram.ts';
import { finish } from './models/sparse-form.ts';
import { type NamedPeople, namePeople } from './recipes/held-out-things.ts';
import { createRowBuffer } from './rows.ts';
import { serveForYouSteps } from './serve-for-you.ts';
import type { Catalogued } from './serve-model.ts';

const SERIES = 40;
const OF_A_SERIES = 10;
const OPTIONS = { minPeople: 3, nowMs: 0 };

function idOf(series: number, n: number): string {
  return `thing-${String(series).padStart(2, '0')}-${n}`;
}

/** One has something that nobody else has. */
const HELD: readonly (readonly string[])[] = (() => {
  const random = seededRandom(8);
  return Array.from({ length: 600 }, (_, n) => {
    const series = random.below(SERIES);
    const own = new Set([idOf(random.below(SERIES), 0)]);
    while (own.size < 4) own.add(idOf(series, random.below(OF_A_SERIES)));
    return [...own, ...(n === 7 ? ['rare-00-0'] : [])].sort();
  });
})();

const NAMED: NamedPeople = namePeople(HELD.map((items) => ({ items })));

function catalogue(titleOf: (series: number) => string): Map<string, Catalogued> {
  const told = new Map<string, Catalogued>();
  for (let series = 0; series < SERIES; series += 1)
    for (let n = 0; n < OF_A_SERIES; n += 1)
      told.set(idOf(series, n), { title: titleOf(series), path: [], available: n % 2 === 0 });
  return told.set('rare-00-0', { title: titleOf(0), path: [], available: true });
}

const SAYING = catalogue((series) => `series${String.fromCharCode(97 + series)}`);

function served(named: NamedPeople = NAMED, told = SAYING): ItemModel {
  return finish(serveForYouSteps(named, { ...OPTIONS, catalogue: told }));
}

function untold(): ItemModel {
  return finish(serveForYouSteps(NAMED, OPTIONS));
}

type Edge = readonly [from: string, to: string];

function edges(model: ItemModel, isLikeness: boolean): readonly Edge[] {
  return model.itemIds.flatMap((from, source) =>
    Array.from(
      { length: model.offsets[source + 1]! - model.offsets[source]! },
      (_, x) => model.offsets[source]! + x,
    )
      .filter((at) => (model.isLikeness?.[at] === 1) === isLikeness)
      .map((at): Edge => [from, model.itemIds[model.targets[at]!]!]),
  );
}

/** How many people have each two things. */
function together(named: NamedPeople): ReadonlyMap<string, number> {
  const rows = gramRows(named.people);
  const buffer = createRowBuffer(rows.itemCount);
  const people = new Map<string, number>();
  for (const [thing, id] of named.itemIds.entries()) {
    rows.readRow(thing, buffer);
    for (let at = 0; at < buffer.count; at += 1)
      people.set(`${id} ${named.itemIds[buffer.indices[at]!]}`, buffer.people[at]!);
  }
  return people;
}

describe('likeness in the model that serves', () => {
  it('[L107] is marked wherever a weight rests on fewer than k people, and nowhere else', () => {
    const model = served();
    expect(model.kind).toMatch(/ likeness=[\d.]+ popular=/);
    const people = together(NAMED);
    const [alone, learned] = [edges(model, true), edges(model, false)];
    expect(alone.length).toBeGreaterThan(1000);
    expect(learned.length).toBeGreaterThan(100);
    for (const pair of alone) expect(people.get(pair.join(' ')) ?? 0).toBeLessThan(3);
    for (const pair of learned) expect(people.get(pair.join(' '))).toBeGreaterThanOrEqual(3);
    // What can be sold no more leads to others like what can be.
    expect(alone.some(([from]) => from.endsWith('-1'))).toBe(true);
  });

  it('[L107] names nothing that fewer than k people have', () => {
    const model = served();
    expect(model.itemIds).toEqual(untold().itemIds);
    expect(model.itemIds).not.toContain('rare-00-0');
  });

  it('[L107] stays whoever leaves; what rests on people falls, and with a thing all that it leads to', () => {
    const model = served();
    const [alone, learned] = [edges(model, true), edges(model, false)];
    expect(withoutEdges(model, alone)).toBe(model);
    expect(
      withoutEdges(
        model,
        alone.map(([from, to]) => [to, from] as const),
      ),
    ).toBe(model);
    const [from, to] = learned.find(([a, b]) => a < b)!;
    const left = withoutEdges(model, [[from, to]]);
    const zeros = (one: ItemModel): number =>
      one.weights.reduce((sum, weight) => sum + (weight === 0 ? 1 : 0), 0);
    expect(zeros(left) - zeros(model)).toBe(2);
    expect(left.isLikeness).toEqual(model.isLikeness);
    const source = model.itemIds.indexOf(from);
    const few = withoutEdges(model, [[from, from]]);
    expect(
      few.weights.subarray(few.offsets[source], few.offsets[source + 1]).every((weight) => weight === 0),
    ).toBe(true);
  });

  it('[L107] is in no model that is evened out, nor where too few can be asked', () => {
    const tilts = [{ leaf: 'a', more: [[idOf(0, 0), 1000] as const, [idOf(1, 0), -1000] as const] }];
    const options = { ...OPTIONS, tilts } as const;
    const [with_, without] = [{ ...options, catalogue: SAYING }, options].map((one) =>
      finish(serveForYouSteps(NAMED, one)),
    );
    expect(with_!.kind).toContain('-erased/1');
    expect(with_!.id).toBe(without!.id);
    const few = namePeople(HELD.slice(0, 300).map((items) => ({ items })));
    expect(served(few).id).toBe(finish(serveForYouSteps(few, OPTIONS)).id);
  });

  it('[L107] a thing that too few are left to have leads nowhere, and nothing leads to it', () => {
    const model = served();
    const [, to] = edges(model, true)[0]!;
    const left = withoutEdges(model, [[to, to]]);
    const place = model.itemIds.indexOf(to);
    const into = (one: ItemModel): number =>
      one.weights.reduce((sum, weight, at) => sum + (one.targets[at] === place && weight !== 0 ? 1 : 0), 0);
    expect(into(model)).toBeGreaterThan(0);
    expect(into(left)).toBe(0);
  });

  it('[L107] is in no model where nobody says anything, or the same of all', () => {
    const plain = untold();
    expect(plain.isLikeness).toBeUndefined();
    expect(served(NAMED, new Map()).id).toBe(plain.id);
    expect(
      served(
        NAMED,
        catalogue(() => 'all the same'),
      ).id,
    ).toBe(plain.id);
  });
});
