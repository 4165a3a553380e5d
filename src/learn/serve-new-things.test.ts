// Goal: new things stand in the model by the catalogue alone, and take nothing from what people made. Method:
// a shop of four tastes whose titles say which, with and without a catalogue.

import { describe, expect, it } from 'vitest';
import type { ItemModel } from '../facts/model.ts';
import { withoutEdges } from '../facts/model-without.ts';
import { seededRandom } from '../kernel/random.ts';
import { describedText, readDescribed } from './described.ts';
import type { Catalogued } from './serve-model.ts';
import { finish } from './models/sparse-form.ts';
import { type NamedPeople, namePeople } from './recipes/held-out-things.ts';
import { serveForYouSteps } from './serve-for-you.ts';

const WORDS = ['wool coat', 'silk shirt', 'oak table', 'green tea'];
const OPTIONS = { minPeople: 3, nowMs: 0, newThings: true };

function shop(people: number): NamedPeople {
  const random = seededRandom(3);
  return namePeople(
    Array.from({ length: people }, (_, n) => {
      const taste = n % 4;
      const held = Array.from({ length: 6 }, () => {
        const of = random.unit() < 0.85 ? taste : random.below(4);
        return `thing-${of}-${String(random.below(25)).padStart(2, '0')}`;
      });
      return { items: [...new Set([...held, ...(n < 2 ? ['rare-0'] : [])])].sort() };
    }),
  );
}

/** Whether titles say which taste a thing is of. */
function catalogue(saysTaste: boolean): Map<string, Catalogued> {
  const random = seededRandom(5);
  const told = new Map<string, Catalogued>();
  for (let taste = 0; taste < 4; taste += 1) {
    const title = (n: number): string => `${WORDS[saysTaste ? taste : random.below(4)]} number${n}x`;
    for (let n = 0; n < 25; n += 1) {
      told.set(`thing-${taste}-${String(n).padStart(2, '0')}`, {
        title: title(n),
        path: [],
        available: true,
      });
    }
    for (let n = 0; n < 5; n += 1)
      told.set(`new-${taste}-${n}`, { title: title(30 + n), path: ['New'], available: true });
  }
  return told.set('rare-0', { title: 'oak table rare', path: [], available: true });
}

/** Weights by name. */
function weightsOf({ itemIds, offsets, targets, weights }: ItemModel): ReadonlyMap<string, number> {
  const all = new Map<string, number>();
  for (const [source, from] of itemIds.entries()) {
    for (let at = offsets[source]!; at < offsets[source + 1]!; at += 1) {
      all.set(`${from} ${itemIds[targets[at]!]}`, weights[at]!);
    }
  }
  return all;
}

describe('new things', () => {
  it('[L72] stand there as targets of what they are like, without people, and change nothing else', () => {
    const named = shop(800);
    const plain = finish(
      serveForYouSteps(named, { ...OPTIONS, newThings: false, catalogue: catalogue(true) }),
    );
    const cold = finish(serveForYouSteps(named, { ...OPTIONS, catalogue: catalogue(true) }));
    expect(cold.kind).toMatch(/^blend\/1 .* like=0\.\d+$|^item-item\/1 .* like=0?\.?\d+$/);
    const known = new Set(plain.itemIds);
    const added = cold.itemIds.filter((id) => !known.has(id));
    expect(added).toHaveLength(21);
    const [before, after] = [weightsOf(plain), weightsOf(cold)];
    for (const [pair, weight] of before) expect(after.get(pair)).toBe(weight);
    for (const [pair, weight] of after) {
      if (before.has(pair)) continue;
      const [from = '', to = ''] = pair.split(' ');
      expect([known.has(from), known.has(to)]).toEqual([true, false]);
      expect(weight).toBeGreaterThan(0);
      if (to.startsWith('new-')) expect(to.charAt(4)).toBe(from.charAt(6));
    }
    for (const [place, id] of cold.itemIds.entries()) {
      const at = plain.itemIds.indexOf(id);
      // One who has a rare thing is nobody that the model tells of.
      expect(cold.people[place]).toBe(at < 0 ? 0 : plain.people[at]);
      expect(cold.prior[place]).toBe(at < 0 ? 0 : plain.prior[at]);
    }
  });

  it('[L72] are those of the catalogue, also of what one person has: without them it is the same', () => {
    const named = shop(800);
    const told = catalogue(true);
    const without = new Map([...told].filter(([id]) => id !== 'rare-0'));
    const model = finish(serveForYouSteps(named, { ...OPTIONS, catalogue: without }));
    expect(model.itemIds).not.toContain('rare-0');
    expect(finish(serveForYouSteps(named, { ...OPTIONS, catalogue: new Map() })).id).toBe(
      finish(serveForYouSteps(named, OPTIONS)).id,
    );
  });

  it('[L72] keep their weights when somebody leaves who has one: that would tell that they had it', () => {
    const model = finish(serveForYouSteps(shop(800), { ...OPTIONS, catalogue: catalogue(true) }));
    const [like] = [...weightsOf(model).keys()].filter((pair) => pair.endsWith(' rare-0'));
    const [from = ''] = like!.split(' ');
    const pairs = [
      [from, 'rare-0'],
      ['rare-0', 'rare-0'],
    ] as const;
    expect(withoutEdges(model, pairs)).toBe(model);
    const together = [...weightsOf(model).keys()].find((pair) => !/ (new|rare)-/.test(pair))!.split(' ');
    const left = weightsOf(withoutEdges(model, [[together[0]!, together[1]!]]));
    expect(left.get(together.join(' '))).toBe(0);
  });

  it('[L73] count nothing where titles find no more than chance would', () => {
    const named = shop(800);
    const blind = finish(serveForYouSteps(named, { ...OPTIONS, catalogue: catalogue(false) }));
    expect(blind.id).toBe(finish(serveForYouSteps(named, OPTIONS)).id);
  });

  it('go to the learning thread as texts and come out the same', () => {
    const told = catalogue(true).set('b', { title: 'b', path: ['x', 'y'], brand: 'Acme', available: false });
    const things = [...told];
    const texts = [describedText(things.slice(0, 7)), describedText(things.slice(7))];
    expect(readDescribed(texts)).toEqual(told);
  });
});
