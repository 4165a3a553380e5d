// Goal: a release of a shadow comes back as it was written or not at all. Method: random releases, and one of
// which each field in turn is another.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8Text } from '../kernel/bytes.ts';
import { canonicalJson } from '../kernel/canonical.ts';
import { type ShadowRelease, classOfLeaf, decodeShadow, encodeShadow, shadowId, shadowOf } from './shadow.ts';

const proxy = fc.record({
  item: fc.string({ minLength: 1, maxLength: 8, unit: 'grapheme' }),
  leaf: fc.constantFrom('health|Pharmacy > Diabetes', 'own-hats|Hats', 'debt|Loans'),
  t: fc.integer({ min: -200, max: 200 }).map((n) => n / 10),
  lift: fc.integer({ min: 0, max: 200 }).map((n) => n / 10),
});
const tilt = fc.record({
  leaf: fc.constantFrom('health|Pharmacy > Diabetes', 'own-hats|Hats'),
  more: fc
    .uniqueArray(fc.string({ maxLength: 4, unit: 'grapheme' }), { maxLength: 4 })
    .chain((items) =>
      fc.tuple(
        ...items
          .toSorted((a, b) => (a < b ? -1 : 1))
          .map((item) =>
            fc
              .integer({ min: 1, max: 90 })
              .chain((n) => fc.constantFrom([item, n] as const, [item, -n] as const)),
          ),
      ),
    ),
});
const release: fc.Arbitrary<ShadowRelease> = fc.record(
  {
    builtMs: fc.nat(),
    volunteers: fc.nat(),
    proxies: fc
      .array(proxy, { maxLength: 4 })
      .map((list) => list.map((each) => ({ ...each, class: classOfLeaf(each.leaf)! }))),
    known: fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 4 }),
    unjudged: fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 2 }),
    tilts: fc.array(tilt, { maxLength: 2 }),
  },
  { requiredKeys: ['builtMs', 'volunteers', 'proxies', 'known', 'unjudged'] },
);

describe('a shadow', () => {
  it('[F4] [F19] reads back as it was written, under the name of its bytes', () => {
    fc.assert(
      fc.property(release, (made) => {
        const bytes = encodeShadow(made);
        const back = decodeShadow(utf8Text(bytes));
        expect(back).toEqual({ ok: true, value: made });
        if (back.ok) expect(shadowId(encodeShadow(back.value))).toBe(shadowId(bytes));
      }),
    );
  });

  it.each([
    ['another format', { v: 2 }],
    ['no time', { builtMs: 'today' }],
    ['no volunteers', { volunteers: null }],
    ['no list of known things', { known: [1] }],
    ['a known thing for all of them', { known: 'tea' }],
    ['no proxies', { proxies: {} }],
    ['a proxy of no class', { proxies: [{ item: 'a', leaf: 'Pharmacy', t: 1, lift: 1 }] }],
    ['tilts that are no list', { tilts: {} }],
    ['a tilt of no class', { tilts: [{ leaf: 'Pharmacy', more: [] }] }],
    ['a tilt of half a person', { tilts: [{ leaf: 'health|x', more: [['a', 0.5]] }] }],
    ['a tilt of nobody', { tilts: [{ leaf: 'health|x', more: [['a', 0]] }] }],
    [
      'tilts out of order',
      {
        tilts: [
          {
            leaf: 'health|x',
            more: [
              ['b', 1],
              ['a', 1],
            ],
          },
        ],
      },
    ],
    ['a proxy without a number', { proxies: [{ item: 'a', leaf: 'health|x', t: '1', lift: 1 }] }],
  ])('[F4] of %s is not read', (_, other) => {
    const whole = { v: 1, builtMs: 1, volunteers: 20, proxies: [], known: [], unjudged: [] };
    expect(decodeShadow(canonicalJson(whole)).ok).toBe(true);
    expect(decodeShadow(canonicalJson({ ...whole, ...other })).ok).toBe(false);
    expect(decodeShadow('{').ok).toBe(false);
    expect(decodeShadow('null').ok).toBe(false);
  });

  it('[F4] says of each thing whether it betrays, tells nothing, or is unknown', () => {
    const leaf = 'health|Pharmacy > Diabetes';
    const { classes, known } = shadowOf({
      proxies: [{ item: 'socks', leaf, class: 'health', t: 7, lift: 3 }],
      known: ['tea'],
    });
    expect([classes.get('socks'), known?.has('tea'), known?.has('pen')]).toEqual(['health', true, false]);
  });
});
