// Goal: no text from outside makes the parser throw, hang or accept what cannot be written back.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { canonicalJson } from './canonical.ts';
import { LIMITS } from './limits.ts';
import { parseJson } from './parse-json.ts';

import type { Json } from './json.ts';

function errorOf(text: string, bounds?: { bytesMax: number; depthMax: number }): string | undefined {
  const parsed = bounds === undefined ? parseJson(text) : parseJson(text, bounds);
  return parsed.ok ? undefined : parsed.error;
}

describe('parseJson', () => {
  test('[K8] reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ stringUnit: 'binary', maxDepth: 6 }),
        fc.constantFrom(0, 2),
        (value, space) => {
          const parsed = parseJson(JSON.stringify(value, undefined, space));
          expect(parsed.ok && canonicalJson(parsed.value)).toBe(canonicalJson(value as Json));
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('[K8] never throws; what it accepts, JSON.parse accepts and canonicalJson can write', () => {
    const piece = fc.constantFrom(
      ...[
        '{',
        '}',
        '[',
        ']',
        ':',
        ',',
        '"',
        '\\',
        'a',
        '"a"',
        '"b":1',
        '"\\ud800"',
        '1e999',
        '-0',
        'null',
        ' ',
      ],
      ...['"a":1', '{"a":1}', '"a\\u0022:"', '\n', '\u0000', '😂', '\ud83d'],
    );
    let accepted = 0;
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        const parsed = parseJson(text);
        if (!parsed.ok) return;
        accepted += 1;
        expect(canonicalJson(parsed.value)).toBe(canonicalJson(JSON.parse(text) as Json));
      }),
      { numRuns: 20_000 },
    );
    expect(accepted).toBeGreaterThan(100);
  });

  test('[K8] refuses a duplicate name, also when it is spelled differently or nested', () => {
    const twice = 'a JSON object has the same name twice: send each name once';
    expect(errorOf('{"a":1,"a":1}')).toBe(twice);
    expect(errorOf('{"a":1,"\\u0061":2}')).toBe(twice);
    expect(errorOf('[{"x":{"b":1,"c":2,"b":3}}]')).toBe(twice);
    expect(errorOf('{"__proto__":1,"__proto__":2}')).toBe(twice);
    expect(errorOf('{"a":":","b":"\\":\\"","c:":{"a":1}}')).toBeUndefined();
  });

  test('[K8] keeps __proto__ as an own property and changes no prototype', () => {
    const parsed = parseJson('{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}}}');
    expect(parsed.ok).toBe(true);
    const value = parsed.ok ? parsed.value : null;
    expect(Object.keys(value ?? {})).toEqual(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  test('[K8] refuses numbers beyond a double and halves of pairs, in names too', () => {
    expect(errorOf('[1e308]')).toBeUndefined();
    expect(errorOf('[-1e309]')).toContain('larger than a double');
    expect(errorOf('["\\ud83d"]')).toContain('surrogate');
    expect(errorOf('{"\\udc00":1}')).toContain('surrogate');
    expect(errorOf('["\\ud83d\\ude02"]')).toBeUndefined();
  });

  test('[K8] is bounded in bytes, counted as UTF-8', () => {
    const bounds = { bytesMax: 8, depthMax: 4 };
    expect(errorOf('"abcdef"', bounds)).toBeUndefined();
    expect(errorOf('"abcdefg"', bounds)).toContain('longer than 8 bytes');
    expect(errorOf('"üüü"', bounds)).toBeUndefined();
    expect(errorOf('"üüüü"', bounds)).toContain('longer than 8 bytes');
    const large = `"${'a'.repeat(LIMITS.bodyBytesMax - 2)}"`;
    expect(errorOf(large)).toBeUndefined();
    expect(errorOf(`${large} `)).toContain('longer than');
  });

  test('[K8] is bounded in depth before a parser recurses, and brackets in strings do not count', () => {
    const depth = LIMITS.jsonDepthMax;
    expect(errorOf('['.repeat(depth) + ']'.repeat(depth))).toBeUndefined();
    expect(errorOf('['.repeat(depth + 1) + ']'.repeat(depth + 1))).toContain('nested deeper');
    expect(errorOf('{"a":'.repeat(depth + 1) + '1' + '}'.repeat(depth + 1))).toContain('nested deeper');
    expect(errorOf('['.repeat(1_000_000))).toContain('nested deeper');
    expect(errorOf(`["${'[{'.repeat(1000)}\\"[[["]`)).toBeUndefined();
  });

  test('[K8] says that other text is no JSON without repeating it', () => {
    for (const text of ['', '{', '"', '"\\', "{'a':1}", '[1,]', 'undefined', 'anna@example.org', '{"a"}']) {
      expect(errorOf(text), text).toBe('text is not JSON (RFC 8259): check quotes, commas and brackets');
    }
  });
});
