// Goal: households, answers and sellers are what they say they are.

import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../src/kernel/random.ts';
import { CATALOGUE } from './catalogue.ts';
import { generateTown } from './generate.ts';
import { housemates } from './households.ts';
import { SELLERS, sellerOf } from './market.ts';
import { ANSWER_RATE, answerChance, responds } from './response.ts';
import { leafName } from './shelf.ts';
import { TASTES, UNTASTED } from './tastes.ts';
import { PLANTED } from './truth.ts';
import type { TownPerson } from './types.ts';

const town = generateTown({ seed: 1, people: 1200, endMs: Date.UTC(2026, 1, 1) });

describe('households', () => {
  test('share a place, pets and children, and are as large as they say', () => {
    const homes = new Map<string, TownPerson[]>();
    for (const one of town.people.slice(0, 1200))
      homes.set(one.home.id, [...(homes.get(one.home.id) ?? []), one]);
    let shared = 0;
    for (const members of homes.values()) {
      const [first] = members;
      expect(members.length).toBeLessThanOrEqual(4);
      for (const one of members) {
        expect([one.country, one.pets, one.household]).toEqual([
          first?.country,
          first?.pets,
          first?.household,
        ]);
        expect(one.household.adults).toBe(members.length);
      }
      if (first?.home.sharedDevice === true) shared += 1;
    }
    expect(homes.size).toBeGreaterThan(450);
    expect(homes.size).toBeLessThan(850);
    expect(shared).toBeGreaterThan(30);
  });

  test('Carla and Dario read the same letter-box', () => {
    const carla = town.people.find(({ id }) => id === 'carla');
    if (carla === undefined) throw new Error('Carla lives in every town');
    expect(housemates(carla, town.people).map(({ id }) => id)).toEqual(['dario']);
  });
});

describe('answers to messages', () => {
  test('grow with relevance and shrink with every contact, by the fatigue of the person', () => {
    const message = { relevance: 1, contactsBefore: 3 };
    expect(answerChance({ fatigue: 'none' }, message)).toBeCloseTo(ANSWER_RATE * 8, 12);
    expect(answerChance({ fatigue: 'strong' }, message)).toBeCloseTo(ANSWER_RATE * 8 * 0.6 ** 3, 12);
    expect(answerChance({ fatigue: 'mild' }, { relevance: 0, contactsBefore: 0 })).toBe(ANSWER_RATE);
    const chances = (['none', 'mild', 'strong'] as const).map((fatigue) =>
      answerChance({ fatigue }, message),
    );
    expect(chances.toSorted((a, b) => b - a)).toEqual(chances);
  });

  test('come as often as they should', () => {
    const random = seededRandom(5);
    const message = { relevance: 1, contactsBefore: 0 };
    let answers = 0;
    for (let n = 0; n < 10_000; n += 1) if (responds(random, { fatigue: 'mild' }, message)) answers += 1;
    // 0.24 of 10,000, five standard deviations either way.
    expect(Math.abs(answers - 2400)).toBeLessThan(5 * Math.sqrt(10_000 * 0.24 * 0.76));
  });
});

describe('the shelves', () => {
  test('are all wanted by some taste, or say why not', () => {
    const wanted = new Set(TASTES.flatMap(({ leaves }) => Object.keys(leaves)));
    const leaves = new Set(CATALOGUE.map(({ path }) => leafName(path)));
    expect([...leaves].filter((leaf) => !wanted.has(leaf)).sort()).toEqual([...UNTASTED].sort());
    expect([...wanted].filter((leaf) => !leaves.has(leaf))).toEqual([]);
  });

  test('belong to the company or to one of two sellers', () => {
    const sellers = new Set(CATALOGUE.map(sellerOf));
    expect([...sellers].sort()).toEqual(['roestwerk', 'town', 'zwergenhaus']);
    expect(new Set(SELLERS.flatMap(({ sources }) => sources)).size).toBe(3);
  });

  test('a quarter of the members who agree open their class, and a few others; nobody who did not agree', () => {
    const wide = generateTown({ seed: 2, people: 4000, endMs: Date.UTC(2026, 1, 1) });
    const drawn = Array.from({ length: 4000 }, (_, index) => wide.person(index));
    const agrees = drawn.filter(({ consent }) => consent === 'full' || consent === 'late');
    const share = (isMember: boolean): number => {
      const all = agrees.flatMap(({ classes, opens, birthYear }) =>
        PLANTED.filter(({ name }) => classes.includes(name) === isMember && birthYear < 2000).map(
          ({ name }) => opens.includes(name),
        ),
      );
      return all.filter(Boolean).length / all.length;
    };
    expect(share(true)).toBeGreaterThan(0.2);
    expect(share(true)).toBeLessThan(0.3);
    expect(share(false)).toBeLessThan(0.01);
    expect(drawn.filter(({ opens }) => opens.length > 0).every((one) => agrees.includes(one))).toBe(true);
  });

  test('three classes have at least four members in a hundred', () => {
    expect(PLANTED).toHaveLength(3);
    for (const { name } of PLANTED) {
      const members = town.people.filter(({ classes }) => classes.includes(name));
      expect(members.length / town.people.length, name).toBeGreaterThan(0.035);
    }
  });
});
