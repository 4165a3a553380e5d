// Goal: what a shop says of merchandising is understood whole or refused with everything that would not work
// as it is written. Method: good rules with one field made bad at a time; a diff of two policies.

import { describe, expect, it } from 'vitest';
import { comparePolicies } from './compare-policies.ts';
import type { Boost, Merchandising } from './merchandising.ts';
import { readPolicyFile } from './parse-policy.ts';
import type { Policy } from './policy.ts';

const SLOT = { id: 'home', purpose: 'recommend', channels: ['web'], strategy: 'for-you', itemsMax: 6 };

function read(merchandising: unknown, more: object = {}): ReturnType<typeof readPolicyFile> {
  return readPolicyFile({ policy: 1, placements: [{ ...SLOT, ...more, merchandising }] });
}

function policyIn(merchandising?: unknown): Policy {
  const found = read(merchandising);
  if (!found.ok) throw new Error(JSON.stringify(found.error));
  return found.value;
}

const rulesIn = (merchandising: unknown): Merchandising | undefined =>
  policyIn(merchandising).placements[0]?.merchandising;

/** Fields that are wrong, below `placements/0/merchandising`. */
function bad(merchandising: unknown, more: object = {}): readonly string[] {
  const found = read(merchandising, more);
  return found.ok
    ? []
    : found.error.map(({ field }) => field.replace(/^placements\/0\/merchandising\/?/, ''));
}

const boostIn = (boost: object): Boost | undefined => rulesIn({ boost: [boost] })?.boost[0];

describe('merchandising in a policy', () => {
  it('[F9] is there only where it is written, and complete where it is', () => {
    expect(policyIn().placements[0]).not.toHaveProperty('merchandising');
    const none = { items: [], paths: [], brands: [] };
    expect(rulesIn({})).toEqual({ pin: [], exclude: none, boost: [] });
    const exclude = { paths: ['Toys > Trains'], brands: ['Nordwind'], items: ['scarf'] };
    expect(rulesIn({ exclude })?.exclude).toEqual({ ...exclude, paths: [['Toys', 'Trains']] });
  });

  it('[F9] pins for a time: a day is that whole day, a moment is that moment', () => {
    const pins = [
      { item: 'scarf' },
      { item: 'cap', place: 3, from: '2026-12-01', until: '2026-12-24' },
      { item: 'hat', place: 3, from: '2026-12-25T08:00+01:00', until: '2026-12-25T18:00:00Z' },
    ];
    expect(rulesIn({ pin: pins })?.pin).toEqual([
      { item: 'scarf', place: 1 },
      { item: 'cap', place: 3, fromMs: Date.UTC(2026, 11, 1), untilMs: Date.UTC(2026, 11, 25) },
      { item: 'hat', place: 3, fromMs: Date.UTC(2026, 11, 25, 7), untilMs: Date.UTC(2026, 11, 25, 18) },
    ]);
  });

  it('[F9] refuses a pin that would not stand where it is written', () => {
    const pin = (...pins: object[]): object => ({ pin: pins });
    expect(bad(pin({ item: 'a', place: 7 }))).toEqual(['pin/0/place']);
    expect(bad(pin({ item: 'a', place: 0 }))).toEqual(['pin/0/place']);
    expect(bad(pin({ item: 'a', from: '2026-12-02', until: '2026-12-01' }))).toEqual(['pin/0/until']);
    expect(bad(pin({ item: 'a', from: '2026-12-02', until: '2026-12-02' }))).toEqual([]);
    for (const from of ['2026-12-02T10:00', '02.12.2026', '2026-13-01', 1_780_000_000, ''])
      expect(bad(pin({ item: 'a', from }))).toEqual(['pin/0/from']);
    // Two at one place, and one at two places, in one moment; one after the other is fine.
    expect(bad(pin({ item: 'a' }, { item: 'b' }))).toEqual(['pin/1']);
    expect(bad(pin({ item: 'a' }, { item: 'a', place: 2 }))).toEqual(['pin/1']);
    expect(bad(pin({ item: 'a', until: '2026-12-01' }, { item: 'b', from: '2026-12-02' }))).toEqual([]);
    expect(bad(pin({ item: 'a', until: '2026-12-02' }, { item: 'b', from: '2026-12-02' }))).toEqual([
      'pin/1',
    ]);
  });

  it('[F9] leaves half of a list to what is earned', () => {
    const pins = [1, 2, 3, 4].map((place) => ({ item: `thing-${place}`, place }));
    expect(bad({ pin: pins.slice(0, 3) })).toEqual([]);
    expect(bad({ pin: pins })).toEqual(['pin']);
    expect(bad({ pin: pins.slice(0, 1) }, { itemsMax: 1 })).toEqual(['pin']);
    expect(bad({ pin: pins }, { itemsMax: 8 })).toEqual([]);
  });

  it('[F9] favours by a factor, or by stock or margin, and at most doubles', () => {
    expect(boostIn({ brands: ['Nordwind'], factor: 1.25 })).toMatchObject({ by: 'flat', share: 0.25 });
    expect(boostIn({ by: 'stock', strength: 0.5 })).toMatchObject({ by: 'stock', share: 0.5, full: 100 });
    expect(boostIn({ by: 'margin', strength: 1, full: 40 })).toMatchObject({ share: 1, full: 40 });
    const boost = (more: object): object => ({ boost: [more] });
    for (const factor of [0.9, 2.01, '2', null])
      expect(bad(boost({ items: ['a'], factor }))).toEqual(['boost/0/factor']);
    expect(bad(boost({ factor: 1.5 }))).toEqual(['boost/0']);
    expect(bad(boost({ by: 'price', strength: 1 }))).toEqual(['boost/0/by']);
    expect(bad(boost({ by: 'stock', strength: 1.1 }))).toEqual(['boost/0/strength']);
    expect(bad(boost({ by: 'stock', strength: 1, factor: 2 }))).toEqual(['boost/0/factor']);
    expect(bad(boost({ by: 'margin', strength: 1, full: 101 }))).toEqual(['boost/0/full']);
    expect(bad(boost({ items: ['a'], factor: 2, full: 3 }))).toEqual(['boost/0/full']);
    expect(bad(boost({ items: ['a'], factor: 2, person: 'maria' }))).toEqual(['boost/0/person']);
  });

  it('[F9] is told in a diff: another choice, and stricter where more is left out', () => {
    const rules = {
      pin: [{ item: 'a' }],
      exclude: { brands: ['X'] },
      boost: [{ items: ['b'], factor: 1.5 }],
    };
    const told = comparePolicies(policyIn(), policyIn(rules)).map(
      ({ field, after, effect }) => `${field}: ${after} (${effect})`,
    );
    expect(told).toEqual([
      'placements/home/merchandising/pin: a at place 1 (neither)',
      'placements/home/merchandising/exclude: brand X (stricter)',
      'placements/home/merchandising/boost: b: 0.5 more (neither)',
    ]);
    const effects = (to: object): readonly string[] =>
      comparePolicies(policyIn(rules), policyIn({ ...rules, ...to })).map(({ effect }) => effect);
    expect(effects({ exclude: {} })).toEqual(['looser']);
    expect(effects({ exclude: { brands: ['Y'] } })).toEqual(['mixed']);
    expect(effects({})).toEqual([]);
  });
});
