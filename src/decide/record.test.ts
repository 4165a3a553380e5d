// Goal: the bytes of a decision are canonical, hold all of it, and are the same however often and from
// whichever objects they are made.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, parseJson } from '../kernel/canonical.ts';
import { seededRandom } from '../kernel/random.ts';
import type { DecisionInput, DecisionRecord } from '../facts/decision.ts';
import { parseDecisionId } from '../facts/ids.ts';
import { decide } from './decide.ts';
import { decisionRecordOf, decisionRecordText } from './record.ts';
import { normalise } from './weigh.ts';
import { createScratch } from './score.ts';
import { drawInput, drawPlacement, drawShelf, inputFor, itemId, must, nameOf, shelfOf } from './testing.ts';

function recordOf(input: DecisionInput, more: Partial<DecisionRecord> = {}): DecisionRecord {
  const reads = input.facts.map(({ key }) => key).sort();
  return {
    decision: must(parseDecisionId('d'.repeat(43))),
    input,
    result: { items: [], propensity: 1 },
    reads,
    consentSeq: 3,
    ...more,
  };
}

/** The text is canonical: read and written again by the kernel it is the same. */
function isCanonical(text: string): boolean {
  const json = parseJson(text, { bytesMax: 10_000_000, depthMax: 32 });
  return json.ok && canonicalJson(json.value) === text;
}

/**
 * Names that mislead writers of JSON: quotes, escapes, numbers, surrogate pairs, `__proto__`, separators of
 * our own.
 */
const names = fc
  .oneof(
    fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }),
    fc.constantFrom('1', '__proto__', 'a|b', '"', '\\', 'é', '\u{1f9e4}', '\ue000', 'toString'),
  )
  .filter((text) => !/[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u.test(text) && text.length <= 128)
  .map(itemId);

const kinds = fc.constantFrom('bought|web|', 'viewed|web|', 'joined 1|bought|till|', 'likes|a%7Cb|');
const weights = fc.integer({ min: 1, max: 2048 }).map((n) => n / 1024);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const records = fc
  .record({
    facts: fc.uniqueArray(fc.record({ kind: kinds, item: names, weight: weights }), {
      selector: ({ kind, item }) => kind + item,
      maxLength: 12,
    }),
    barred: fc.uniqueArray(
      fc.record({
        item: names,
        guard: fc.constantFrom('bought', 'item-cap', 'disliked' as const),
        number: fc.nat(999).map((n) => n / 8),
      }),
      { selector: ({ item }) => item, maxLength: 8 },
    ),
    context: fc.array(fc.record({ item: names, weight: weights }), { maxLength: 3 }),
    items: fc.array(fc.record({ item: names, score: fc.double({ noNaN: true, min: 2 ** -30, max: 800 }) }), {
      maxLength: 4,
    }),
    readToo: fc.uniqueArray(
      names.map((name) => `dislikes|web|${name}`),
      { maxLength: 4 },
    ),
    refused: fc.option(fc.constantFrom('no-grant', 'minor' as const), { nil: undefined }),
    nothing: fc.option(fc.constantFrom('guarded', 'person-cap' as const), { nil: undefined }),
    propensity: fc.double({ noNaN: true, min: 1e-9, max: 1 }),
    seed: fc.nat(2 ** 31),
  })
  .map(({ facts, barred, context, items, readToo, refused, nothing, propensity, seed }): DecisionRecord => {
    const shelf = shelfOf({ count: 1, edges: [] });
    const weighed = facts
      .map(({ kind, item, weight }) => ({ key: `${kind}${item}`, item, weight }))
      .toSorted((a, b) => compare(a.item, b.item) || compare(a.key, b.key));
    const input = inputFor(shelf, {
      facts: weighed,
      barred: barred.toSorted((a, b) => compare(a.item, b.item)),
      context,
      timeMs: seed,
      ...(refused === undefined ? {} : { refused }),
      ...(seed % 2 === 0 ? {} : { rules: seed % 4 === 1 ? (2 as const) : (3 as const) }),
      ...(seed % 5 === 0 ? { within: ['Food', '"Wine" > é'] } : {}),
      ...(seed % 3 === 0 ? {} : { complements: `${seed}`.padStart(64, 'c') }),
    });
    const reads = [...weighed.map(({ key }) => key), ...readToo].sort();
    return recordOf(input, {
      reads,
      result: { items, ...(nothing === undefined ? {} : { nothing }), propensity },
    });
  });

describe('the record of a decision', () => {
  it('[D14] is written in canonical form and read back whole', () => {
    fc.assert(
      fc.property(records, (record) => {
        const text = decisionRecordText(record);
        expect(isCanonical(text)).toBe(true);
        expect(decisionRecordOf(text)).toEqual(record);
        expect(decisionRecordText(decisionRecordOf(text))).toBe(text);
      }),
      { numRuns: 300 },
    );
  });

  it('[D14] depends on values alone: parts written before with others give the same text', () => {
    fc.assert(
      fc.property(records, records, (one, other) => {
        decisionRecordText(one);
        decisionRecordText(other);
        const mixed: DecisionRecord = {
          ...one,
          reads: other.reads,
          input: { ...one.input, barred: other.input.barred },
        };
        const again: DecisionRecord = { ...other, reads: one.reads };
        for (const record of [mixed, again, one, other]) {
          expect(decisionRecordText(record)).toBe(decisionRecordText(structuredClone(record)));
        }
      }),
      { numRuns: 100 },
    );
  });

  it('[D1, D14] is enough to decide again to the same bytes', () => {
    for (let n = 0; n < 80; n += 1) {
      const random = seededRandom(n);
      const shelf = drawShelf(random);
      const placement = drawPlacement(random);
      const input = drawInput(random, shelf);
      const { items, nothing, propensity } = decide({
        input,
        placement,
        shelf,
        scratch: createScratch(shelf),
      });
      const result = {
        items: items.map(({ item, score }) => ({ item, score })),
        ...(nothing === undefined ? {} : { nothing }),
        propensity,
      };
      const text = decisionRecordText(recordOf(input, { result }));
      const read = decisionRecordOf(text);
      const again = decide({ input: read.input, placement, shelf, scratch: createScratch(shelf) });
      expect(again.items.map(({ item, score }) => ({ item, score }))).toEqual(read.result.items);
      expect([again.nothing, again.propensity]).toEqual([read.result.nothing, read.result.propensity]);
    }
  });
});

describe('a long history', () => {
  it('[D13] does not outweigh the context: the squares of all weights add up to about one', () => {
    fc.assert(
      fc.property(fc.array(weights, { minLength: 1, maxLength: 100 }), (list) => {
        const facts = normalise(
          list.map((weight, n) => ({ key: `viewed|web|${nameOf(n)}`, item: nameOf(n), weight })),
        );
        const squares = facts.reduce((sum, { weight }) => sum + weight * weight, 0);
        expect(Math.abs(squares - 1)).toBeLessThan(0.02);
        for (const { weight } of facts) expect(Number.isInteger(weight * 1024)).toBe(true);
      }),
    );
    expect(normalise([])).toEqual([]);
  });
});
