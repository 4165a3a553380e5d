import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeOfFault } from './json-place.ts';

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe('where a text stops being JSON', () => {
  it.each([
    ['', 0],
    ['{', 1],
    ['{"a":', 5],
    ['{"a" 1}', 5],
    ['{a:1}', 1],
    ['[1,]', 3],
    ['[1 2]', 3],
    ['{"a":1,}', 7],
    ['tru', 0],
    ['01', 1],
    ['"a\nb"', 2],
    ['"\\x"', 1],
    ['[}', 1],
    ['1 2', 2],
    ['"abc', 4],
  ])('[H7] %j stops at %i', (text, at) => {
    expect(placeOfFault(text)).toBe(at);
  });

  it('[H7] agrees with JSON.parse on what is JSON, for JSON and for JSON with one character changed', () => {
    const broken = fc.tuple(
      fc.json(),
      fc.nat(),
      fc.constantFrom('', '"', ',', '}', ']', '\\', '0', '-', ' ', 'e', '\u0001'),
    );
    fc.assert(
      fc.property(broken, ([text, at, put]) => {
        const place = at % (text.length + 1);
        const changed = text.slice(0, place) + put + text.slice(place + 1);
        expect(placeOfFault(changed) === undefined, changed).toBe(isJson(changed));
        expect(placeOfFault(text)).toBeUndefined();
      }),
      { numRuns: 2000 },
    );
  });

  it('[H7] what stands before the place can be continued: no shorter cut of it fails earlier', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), (text, cut) => {
        const start = text.slice(0, cut % (text.length + 1));
        const at = placeOfFault(start);
        // A word that was cut in two is a fault at its beginning.
        if (at !== undefined)
          expect(at === start.length || /^[-a-z0-9.eE+\\]/.test(start.slice(at))).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('[H7] a long string without an end is read once', () => {
    expect(placeOfFault(`["${'x'.repeat(1_000_000)}`)).toBe(1_000_002);
  });
});
