// Goal: what truth.ts and the product tables say is in the events, in the strength they say. Method: count
// baskets of the default town; it is deterministic, so the statistical bounds cannot flicker.

import { describe, expect, test } from 'vitest';
import { log } from '../../src/kernel/maths.ts';
import { productOf } from './catalogue.ts';
import { generateTown } from './generate.ts';
import { leafName } from './shelf.ts';
import { PLANTED } from './truth.ts';
import type { Act } from './types.ts';

type Order = Extract<Act, { readonly kind: 'purchase' | 'return' }>;
const town = generateTown({ seed: 1, endMs: Date.UTC(2026, 1, 1) });
const purchases = [...town.acts()].filter((act): act is Order => act.kind === 'purchase');
const drawn = town.people.slice(0, 2000);

describe('the ground truth is in the data', () => {
  /** How many times likelier a basket with `holds` has something of `leaf` than any basket. */
  function lift(holds: (item: string) => boolean, leaf: string): number {
    const ofLeaf = (act: (typeof purchases)[number]): boolean =>
      act.lines.some(({ item }) => leafName(productOf(item).path) === leaf);
    const baskets = purchases.filter((act) => act.lines.some(({ item }) => holds(item)));
    const overall = purchases.filter(ofLeaf).length / purchases.length;
    return baskets.filter(ofLeaf).length / baskets.length / overall;
  }
  const ofShelf =
    (leaf: string) =>
    (item: string): boolean =>
      leafName(productOf(item).path) === leaf;

  test.each([
    ['Coats', 'Gloves'],
    ['Coats', 'Hats'],
    ['Coats', 'Scarves'],
    ['Coffee machines', 'Coffee beans'],
    ['Coffee machines', 'Coffee machine care'],
    ['Prams', 'Nappies'],
    ['Running shoes', 'Running socks'],
    ['Cat food', 'Cat litter'],
  ])('%s go with %s far more than by chance', (main, complement) => {
    expect(lift(ofShelf(main), complement)).toBeGreaterThan(2.5);
  });

  test('ada’s coat calls for gloves first, a scarf, wool wash; no umbrella calls for a coat', () => {
    const coat = 'coat-harbour-wool';
    expect(productOf(coat).complements).toEqual([
      'gloves-touch-merino',
      'scarf-tartan-wool',
      'Hats',
      'wool-wash',
    ]);
    // People who have both over the root of the people who have each: what any model of pairs sees.
    const owners = new Map<string, Set<string>>();
    const ownersOf = (item: string): Set<string> => owners.get(item) ?? new Set();
    for (const { person, lines } of purchases)
      for (const { item } of lines) owners.set(item, ownersOf(item).add(person));
    const ranked = [...owners].flatMap(([item, who]) => {
      const both = [...who].filter((id) => ownersOf(coat).has(id)).length;
      return item === coat ? [] : [{ item, cosine: both / Math.sqrt(who.size * ownersOf(coat).size) }];
    });
    const first = ranked.toSorted((a, b) => b.cosine - a.cosine).map(({ item }) => item);
    expect(first[0]).toBe('gloves-touch-merino');
    expect(first.slice(0, 4)).toEqual(expect.arrayContaining(['scarf-tartan-wool', 'wool-wash']));
    const umbrellas = town.catalogue.filter(({ path }) => leafName(path) === 'Umbrellas');
    for (const { complements } of umbrellas) expect(complements).not.toContain('Coats');
  });

  test('a coat does not call for cat food', () => {
    // One, give or take what some hundred coats can tell: nothing in truth.ts ties the two together.
    expect(lift(ofShelf('Coats'), 'Cat food')).toBeLessThan(1.3);
  });

  test('proxies are raised by their planted strength', () => {
    for (const { name, proxies } of PLANTED) {
      const members = new Set(drawn.filter(({ classes }) => classes.includes(name)).map(({ id }) => id));
      const ids = new Set(drawn.map(({ id }) => id));
      const inside = purchases.filter((act) => members.has(act.person));
      const outside = purchases.filter((act) => ids.has(act.person) && !members.has(act.person));
      for (const { item, strength } of proxies) {
        const hits = (list: typeof purchases): number =>
          list.filter((act) => act.lines.some((line) => line.item === item)).length;
        const [a, b] = [hits(inside), hits(outside)];
        expect(a).toBeGreaterThan(0);
        const ratio = a / inside.length / (b / outside.length);
        // The logarithm of a ratio of two counts has a standard error of √(1/a + 1/b); four of them.
        expect(Math.abs(log(ratio / strength))).toBeLessThan(4 * Math.sqrt(1 / a + 1 / b));
      }
    }
  });

  test('class items are bought by members alone, who are as many as planted and visit as often', () => {
    for (const { name, share, activity, classItems } of PLANTED) {
      const members = drawn.filter(({ classes }) => classes.includes(name));
      expect(Math.abs(members.length / drawn.length - share)).toBeLessThan(0.03);
      const ids = new Set(members.map(({ id }) => id));
      const buyers = purchases.filter((act) => act.lines.some(({ item }) => classItems.includes(item)));
      expect(buyers.length).toBeGreaterThan(50);
      expect(buyers.filter((act) => !ids.has(act.person) && act.person !== 'carla')).toEqual([]);
      const gap = (list: typeof drawn): number =>
        list.reduce((sum, one) => sum + one.rhythm.gapDays, 0) / list.length;
      const ratio = gap(drawn.filter((one) => !ids.has(one.id))) / gap(members);
      expect(Math.abs(ratio / activity - 1)).toBeLessThan(0.1);
    }
  });
});
