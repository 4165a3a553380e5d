// Goal: a slot tells the truth in short, and nothing of what was held back.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Contribution, type DecisionResult, NO_SHARES, addendOf, explained } from '../facts/decision.ts';
import { factName } from '../facts/fact-key.ts';
import { parseDecisionId, parseItemId } from '../facts/ids.ts';
import { assert } from '../kernel/assert.ts';
import { plainItem, slot } from './slot.ts';

function idOf<T>(parsed: { readonly ok: true; readonly value: T } | { readonly ok: false }): T {
  assert(parsed.ok, 'a test gives a readable id');
  return parsed.value;
}

const DECISION = idOf(parseDecisionId('d'.repeat(43)));
const itemId = (text: string) => idOf(parseItemId(text));

/** Exact addends, as a decision has them. */
const value = fc.integer({ min: -(2 ** 31), max: 2 ** 34 }).map((n) => n / 2 ** 30);
const contribution = fc.oneof(
  value.map((v) => ({ kind: 'prior' as const, of: '', value: v })),
  fc.tuple(fc.nat(99), value).map(([n, v]) => ({ kind: 'context' as const, of: `seen-${n}`, value: v })),
  fc
    .tuple(
      fc.constantFrom('', 'joined 1|', 'joined 12|'),
      fc.constantFrom('bought', 'in-basket', 'viewed'),
      fc.nat(99),
      value,
    )
    .map(([joined, did, n, v]) => ({
      kind: 'fact' as const,
      of: `${joined}${did}|secret-source|thing|${n}`,
      value: v,
    })),
);

const results = fc
  .record({
    items: fc.array(fc.array(contribution, { maxLength: 30 }), { maxLength: 6 }),
    held: fc.array(fc.nat(99), { maxLength: 20 }),
  })
  .map(({ items, held }): DecisionResult => ({
    ...inColumns(items),
    propensity: 0.5,
    held: held.map((n) => ({ item: itemId(`held-${n}`), guard: 'sensitive-class' as const, number: 1 })),
  }));

/** Lists of contributions as a decision keeps them: every addend has a column, and most are 0. */
function inColumns(items: readonly (readonly Contribution[])[]): Pick<DecisionResult, 'items' | 'shares'> {
  const all = items.flatMap((list, place) => list.map((one) => ({ ...one, place })));
  const values = new Float64Array(items.length * all.length);
  for (const [n, { place, value: share }] of all.entries()) values[place * all.length + n] = share;
  return {
    items: items.map((list, n) => ({
      item: itemId(`item-${n}`),
      score: list.reduce((sum, one) => sum + one.value, 0),
    })),
    shares: { addends: all.map(({ kind, of }) => addendOf(kind, of)), values },
  };
}

describe('a slot', () => {
  it('[V1] gives two reasons and a rest, in whole units that add up to the score exactly', () => {
    fc.assert(
      fc.property(results, (result) => {
        const { items } = slot(DECISION, result);
        for (const [at, { item, score, reasons }] of items.entries()) {
          const decided = result.items[at];
          expect([item, score]).toEqual([decided?.item, (decided?.score ?? 0) * 2 ** 30]);
          const values = reasons.map((one) => one.value);
          for (const unit of [score, ...values]) expect(Number.isSafeInteger(unit)).toBe(true);
          expect(values.reduce((sum, unit) => sum + unit, 0)).toBe(score);
          expect(values.toReversed().reduce((sum, unit) => sum + unit, 0)).toBe(score);
          expect(reasons.filter(({ reason }) => reason.kind === 'rest').length).toBeLessThanOrEqual(1);
          const told = reasons
            .filter(({ reason }) => reason.kind !== 'rest')
            .map((one) => Math.abs(one.value));
          const all = (explained(result)[at]?.contributions ?? [])
            .map((one) => Math.abs(one.value) * 2 ** 30)
            .toSorted((p, q) => q - p);
          expect(told).toEqual(all.slice(0, 2));
        }
      }),
    );
  });

  it('[V2] holds nothing of what was held back, no source, no key and no joined identity', () => {
    fc.assert(
      fc.property(results, (result) => {
        const told = slot(DECISION, result);
        expect(Object.keys(told)).toEqual(['decision', 'items']);
        const text = JSON.stringify(told.items.map(plainItem));
        for (const word of ['held', 'sensitive', 'secret-source', 'joined', 'propensity'])
          expect(text).not.toContain(word);
      }),
    );
  });

  it('[V2] says that there is nothing, and no more', () => {
    const held = [{ item: itemId('test'), guard: 'sensitive-class' as const, number: 1 }];
    expect(slot(DECISION, { items: [], shares: NO_SHARES, nothing: 'guarded', propensity: 1, held })).toEqual(
      {
        decision: DECISION,
        items: [],
        nothing: 'nothing-fits',
      },
    );
  });

  it('[V3] tells what the shop adds and places by itself, and the rest still adds up', () => {
    const contributions = [
      { kind: 'fact' as const, of: 'bought|web|coat', value: 4 },
      { kind: 'fact' as const, of: 'viewed|web|hat', value: 3 },
      { kind: 'fact' as const, of: 'viewed|web|cap', value: 2 },
      { kind: 'merchandising' as const, of: '', value: 2 ** -30 },
    ];
    const columns = inColumns([contributions]);
    const pinned = columns.items.map(({ item }) => item);
    const told = (result: object) =>
      slot(DECISION, { ...columns, propensity: 1, held: [], ...result }).items.map(plainItem)[0]!;
    const kinds = ['fact', 'fact', 'merchandising', 'rest'];
    expect(told({}).reasons.map(({ kind }) => kind)).toEqual(kinds);
    expect(told({ pinned }).reasons.map(({ kind }) => kind)).toEqual(['pinned', ...kinds]);
    expect(told({ pinned }).reasons[0]?.value).toBe(0);
    for (const item of [told({}), told({ pinned })])
      expect(item.reasons.reduce((sum, reason) => sum + reason.value, 0)).toBe(item.score);
  });

  it('[V2] names what was done with what, also for a joined fact and for odd names', () => {
    const told = (kind: 'fact' | 'context' | 'prior', of: string) => {
      const { items } = slot(DECISION, { ...inColumns([[{ kind, of, value: 1 }]]), propensity: 1, held: [] });
      return items.map(plainItem)[0]?.reasons;
    };
    const one = 2 ** 30;
    expect(told('fact', 'bought|web|coat-1')).toEqual([
      { kind: 'fact', did: 'bought', item: 'coat-1', value: one },
    ]);
    expect(told('fact', 'joined 2|in-basket|a%7Cb|a|b')).toEqual([
      { kind: 'fact', did: 'in-basket', item: 'a|b', value: one },
    ]);
    expect(told('context', 'tea')).toEqual([{ kind: 'context', item: 'tea', value: one }]);
    expect(told('prior', '')).toEqual([{ kind: 'prior', value: one }]);
    expect(factName('joined 2|bought|web|x')).toEqual({ joined: 2, kind: 'bought', thing: 'x' });
    expect(factName('no key at all')).toEqual({ joined: 0, kind: '', thing: 'no key at all' });
  });
});
