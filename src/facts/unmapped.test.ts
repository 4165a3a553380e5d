// Goal: what still has to be looked at is listed, whatever the policy settles is not, and looking never takes
// a class away. Method: small catalogues, and for random ones a naive count.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifierOf } from './classify-item.ts';
import { comparePolicies } from './compare-policies.ts';
import { policyIn } from '../../test/support/policies.ts';
import { parseItemId } from './ids.ts';
import type { Item, Unmapped } from './item.ts';
import { readPolicyFile } from './parse-policy.ts';
import { NO_RULES, type SensitiveRules } from './policy.ts';
import { rulesInForce, unmappedIn, unreviewedIn } from './unmapped.ts';

function item(id: string, path: readonly string[], more: Partial<Item> = {}): Item {
  const parsed = parseItemId(id);
  if (!parsed.ok) throw new Error(id);
  return { id: parsed.value, title: id, path, available: true, ...more };
}

const foreign = { unmapped: 'language' as const };

describe('unmapped things', () => {
  it('[F8] a leaf in which a fifth is in another language counts as a whole, one loan word does not', () => {
    const leaf = (marked: number, all: number): readonly Item[] =>
      Array.from({ length: all }, (_, n) => item(`i${n}`, ['Leaf'], n < marked ? foreign : {}));
    const counted = (items: readonly Item[]): number => {
      const why = unmappedIn(items);
      return items.filter((one) => why(one) !== undefined).length;
    };
    expect([counted(leaf(2, 10)), counted(leaf(2, 11)), counted(leaf(1, 3)), counted(leaf(0, 4))]).toEqual([
      10, 2, 1, 0,
    ]);
  });

  it('[F8] things with a class or a published number are mapped, and count in no leaf', () => {
    const items = [
      item('a', ['Leaf'], foreign),
      item('b', ['Leaf'], foreign),
      item('c', ['Leaf'], { sensitive: 'health' }),
      item('d', ['Leaf'], { category: 'google:1' }),
      item('e', ['Other']),
    ];
    expect(items.map(unmappedIn(items))).toEqual(['language', 'language', undefined, undefined, undefined]);
    const mapped = Array.from({ length: 5 }, (_, n) => item(`n${n}`, ['Leaf'], { category: 'google:1' }));
    const plain = Array.from({ length: 8 }, (_, n) => item(`p${n}`, ['Leaf']));
    const why = unmappedIn([...items, ...mapped, ...plain]);
    expect(plain.map(why)).toEqual(plain.map(() => 'language'));
  });

  it('[F8] the policy settles by path or id: of a class, or looked at and of none', () => {
    const items = ['a', 'b', 'c', 'd'].map((id) => item(id, [id.toUpperCase()], { unmapped: 'no-word' }));
    const rules: SensitiveRules = {
      ...NO_RULES,
      add: [{ class: 'health', items: [], paths: [['a']] }],
      reviewed: { items: [items[2]!.id], paths: [['b']] },
    };
    expect(items.map(unreviewedIn(items, rules))).toEqual([undefined, undefined, undefined, 'no-word']);
  });

  it('[F8] to have looked takes no class away', () => {
    const wine = item('wine', ['Food', 'Wine'], { sensitive: 'alcohol' });
    const rules: SensitiveRules = { ...NO_RULES, reviewed: { items: [wine.id], paths: [['Food']] } };
    expect(classifierOf(rules)(wine)).toBe('alcohol');
    expect(classifierOf({ ...rules, add: [{ class: 'debt', items: [], paths: [['Food']] }] })(wine)).toBe(
      'alcohol',
    );
    expect(
      classifierOf({ ...rules, add: [{ class: 'debt', items: [], paths: [['Tea']] }] })(item('t', ['Tea'])),
    ).toBe('debt');
  });

  it('[F8] equals a naive count', () => {
    const some = fc.record({
      leaf: fc.integer({ min: 0, max: 3 }),
      kind: fc.constantFrom<Unmapped | 'class' | 'number' | 'plain'>(
        'no-word',
        'script',
        'language',
        'class',
        'number',
        'plain',
      ),
    });
    fc.assert(
      fc.property(fc.array(some, { maxLength: 30 }), (drawn) => {
        const items = drawn.map(({ leaf, kind }, n) =>
          item(`i${n}`, leaf === 0 ? [] : [`L${leaf}`], {
            ...(kind === 'class' ? { sensitive: 'debt' as const } : {}),
            ...(kind === 'number' ? { category: 'google:1' } : {}),
            ...(kind === 'no-word' || kind === 'script' || kind === 'language' ? { unmapped: kind } : {}),
          }),
        );
        const why = unmappedIn(items);
        for (const [n, { leaf, kind }] of drawn.entries()) {
          const open = drawn.filter(
            (one) => one.leaf === leaf && one.kind !== 'class' && one.kind !== 'number',
          );
          const share = open.filter((one) => one.kind === 'language').length;
          const whole = share >= 2 && share / open.length >= 0.2;
          const expected =
            kind === 'class' || kind === 'number'
              ? undefined
              : kind === 'plain'
                ? whole
                  ? 'language'
                  : undefined
                : kind;
          expect(why(items[n]!)).toBe(expected);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('the policy on them', () => {
  const policyOf = (sensitive: object) => policyIn({ sensitive });
  const effects = (a: object, b: object) =>
    comparePolicies(policyOf(a), policyOf(b)).map(({ field, effect }) => `${field} ${effect}`);

  it('[F8] says what holds until then, and refuses what it does not know', () => {
    expect(policyOf({}).sensitive).toMatchObject({ unmapped: 'show', reviewed: { items: [], paths: [] } });
    expect(policyOf({ unmapped: 'hold', reviewed: { paths: ['A > B'] } }).sensitive).toMatchObject({
      unmapped: 'hold',
      reviewed: { paths: [['A', 'B']] },
    });
    for (const bad of [{ unmapped: 'hide' }, { reviewed: ['A'] }, { reviewed: { things: [] } }])
      expect(readPolicyFile({ policy: 1, sensitive: bad }).ok, JSON.stringify(bad)).toBe(false);
  });

  it('[F8] to hold is stricter; to have looked is looser where they are held, and else another list', () => {
    const looked = { reviewed: { paths: ['A'] } };
    expect(effects({}, { unmapped: 'hold' })).toEqual(['sensitive/unmapped stricter']);
    expect(effects({ unmapped: 'hold' }, {})).toEqual(['sensitive/unmapped looser']);
    expect(effects({}, looked)).toEqual(['sensitive/reviewed neither']);
    expect(effects({ unmapped: 'hold' }, { unmapped: 'hold', ...looked })).toEqual([
      'sensitive/reviewed looser',
    ]);
    expect(effects({ unmapped: 'hold', ...looked }, { unmapped: 'hold' })).toEqual([
      'sensitive/reviewed stricter',
    ]);
  });

  it('[F8] what was reviewed changes what is learned only while they are held', () => {
    const { sensitive: shown } = policyOf({ reviewed: { paths: ['A'] } });
    const { sensitive: held } = policyOf({ unmapped: 'hold', reviewed: { paths: ['A'] } });
    expect(rulesInForce(shown)).toEqual(NO_RULES);
    expect(rulesInForce(held)).toBe(held);
    expect(rulesInForce(undefined)).toBeUndefined();
  });
});
