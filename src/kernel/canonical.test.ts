// Goal: canonical JSON is RFC 8785 to the byte, and refuses what JSON would change in silence. The
// published texts and numbers are in vectors/kernel.json (kernel-vectors.test.ts); here are properties and
// refusals.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { Bug } from './assert.ts';
import { canonicalJson } from './canonical.ts';
import { LIMITS } from './limits.ts';
import { parseJson } from './parse-json.ts';

import type { Json } from './json.ts';

const anyJson = fc.jsonValue({ stringUnit: 'binary', maxDepth: 5 }).map((value) => value as Json);

/** The order of members in an object with all its members, as text, the slow and obvious way. */
function naive(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((part: Json) => naive(part)).join(',')}]`;
  const entries = Object.entries(value).toSorted(([a], [b]) => compareUnits(a, b));
  const members = entries.map(([key, part]: [string, Json]) => `${JSON.stringify(key)}:${naive(part)}`);
  return `{${members.join(',')}}`;
}

function compareUnits(a: string, b: string): number {
  for (let i = 0; i < Math.min(a.length, b.length); i += 1) {
    const difference = a.charCodeAt(i) - b.charCodeAt(i);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

describe('canonicalJson', () => {
  test('[K6] is the naive text, parses back to the value, and is its own canonical form', () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        const text = canonicalJson(value);
        expect(text).toBe(naive(value));
        const parsed = parseJson(text);
        expect(parsed.ok && canonicalJson(parsed.value)).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });

  test('[K6] does not depend on the order in which members were set', () => {
    const entries = fc.uniqueArray(fc.tuple(fc.string({ unit: 'binary' }), fc.integer()), {
      selector: ([key]) => key,
    });
    fc.assert(
      fc.property(entries, (list) => {
        const forwards = Object.fromEntries(list);
        const backwards = Object.fromEntries(list.toReversed());
        expect(canonicalJson(forwards)).toBe(canonicalJson(backwards));
      }),
    );
  });

  test('[K6] orders keys by UTF-16 code units, not by code points', () => {
    // U+1F602 begins with the unit D83D and so comes before U+FB33, though its code point is higher.
    expect(canonicalJson({ '\ufb33': 1, '\u{1f602}': 2, a: 3, B: 4, 10: 5, 9: 6 })).toBe(
      '{"10":5,"9":6,"B":4,"a":3,"\u{1f602}":2,"\ufb33":1}',
    );
  });

  test('[K6] escapes as ECMAScript does: short forms, lower-case hexadecimal, nothing else', () => {
    expect(canonicalJson('\b\t\n\f\r"\\/\u0000\u001f\u007f\u0080\u2028€')).toBe(
      '"\\b\\t\\n\\f\\r\\"\\\\/\\u0000\\u001f\u007f\u0080\u2028€"',
    );
  });

  test('[K6] an own member called __proto__ is a member', () => {
    const value = JSON.parse('{"__proto__":{"b":1},"a":2}') as Json;
    expect(canonicalJson(value)).toBe('{"__proto__":{"b":1},"a":2}');
  });

  test('[K7] stops at what JSON cannot carry, wherever it is', () => {
    const wrongs: readonly unknown[] = [
      NaN,
      Infinity,
      -Infinity,
      undefined,
      1n,
      Symbol('s'),
      () => 1,
      new Date(0),
      new Map([['a', 1]]),
      new Uint8Array(2),
      Object.create({ inherited: 1 }),
      '\ud83d',
      'a\udc00b',
      { '\ud800': 1 },
      // A hole in a list.
      Array.from({ length: 1 }).concat(Array(2)),
    ];
    for (const [index, wrong] of wrongs.entries()) {
      for (const place of [wrong, [wrong], { a: wrong }, [{ a: [1, wrong] }]]) {
        expect(() => canonicalJson(place as Json), `case ${index}`).toThrow(Bug);
      }
    }
  });

  test('[K7] stops at a cycle and beyond the depth bound, not before it', () => {
    const cycle: { self?: Json } = {};
    cycle.self = cycle as Json;
    expect(() => canonicalJson(cycle as Json)).toThrow(Bug);
    let deep: Json = 1;
    for (let i = 0; i < LIMITS.canonicalDepthMax; i += 1) deep = [deep];
    expect(canonicalJson(deep)).toBe(`${'['.repeat(64)}1${']'.repeat(64)}`);
    expect(() => canonicalJson([deep])).toThrow(Bug);
  });

  test('[K7] accepts plain objects with and without a prototype', () => {
    const bare = Object.assign(Object.create(null) as Record<string, Json>, { b: 1, a: 2 });
    expect(canonicalJson(bare)).toBe('{"a":2,"b":1}');
  });
});
