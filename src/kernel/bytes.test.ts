// Goal: our text and byte functions are those of the platform. Method: properties against Node's
// TextEncoder, TextDecoder and Buffer, and the cases at the edges of the ranges.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { Bug } from './assert.ts';
import {
  base64,
  base64url,
  compareBytes,
  concatBytes,
  equalBytes,
  fromBase64,
  fromBase64url,
  fromHex,
  hex,
  isWellFormed,
  u16,
  u32,
  u64,
  utf8,
  utf8Length,
  utf8Text,
} from './bytes.ts';

const anyText = fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((u) => String.fromCharCode(u)) });
// Dense in surrogates, because pairs and halves are what goes wrong.
const surrogateText = fc.string({
  unit: fc.constantFrom('a', 'ü', '雪', '\ud83d', '\ude02', '\udbff', '\udfff', '\ud800', '\udc00'),
});
const anyBytes = fc.uint8Array({ maxLength: 100 });
// Dense in lead and continuation bytes at the edges of what UTF-8 allows.
const nearUtf8 = fc
  .array(
    fc.constantFrom(
      0x41,
      0x80,
      0x8f,
      0x90,
      0x9f,
      0xa0,
      0xbf,
      0xc1,
      0xc2,
      0xdf,
      0xe0,
      0xed,
      0xef,
      0xf0,
      0xf4,
      0xf5,
    ),
  )
  .map((list) => Uint8Array.from(list));

describe('UTF-8', () => {
  test('[K1] text → bytes is that of TextEncoder, for any UTF-16', () => {
    const encoder = new TextEncoder();
    fc.assert(
      fc.property(fc.oneof(anyText, surrogateText), (text) => {
        const expected = encoder.encode(text);
        expect(hex(utf8(text))).toBe(hex(expected));
        expect(utf8Length(text)).toBe(expected.length);
        expect(isWellFormed(text)).toBe(utf8Text(expected) === text);
      }),
      { numRuns: 2000 },
    );
  });

  test('[K1] bytes → text is that of TextDecoder, for any bytes', () => {
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    fc.assert(
      fc.property(fc.oneof(anyBytes, nearUtf8), (bytes) => {
        expect(utf8Text(bytes)).toBe(decoder.decode(bytes));
      }),
      { numRuns: 3000 },
    );
  });

  test('[K1] every code point makes the way there and back', () => {
    for (let code = 0; code <= 0x10ffff; code += 1) {
      if (code >= 0xd800 && code <= 0xdfff) continue;
      const text = String.fromCodePoint(code);
      if (utf8Text(utf8(text)) !== text) expect.unreachable(`U+${code.toString(16)} was changed`);
    }
    expect(utf8Text(utf8('\ud83d')), 'half of a pair').toBe('\ufffd');
  });

  test('[K1] long text is put together from pieces without loss', () => {
    const text = 'Grüße 雪 😂 '.repeat(5000);
    expect(utf8Text(utf8(text))).toBe(text);
  });
});

describe('hexadecimal and base64', () => {
  test('[K2] each form is that of Buffer and comes back', () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        const buffer = Buffer.from(bytes);
        expect(hex(bytes)).toBe(buffer.toString('hex'));
        expect(base64(bytes)).toBe(buffer.toString('base64'));
        expect(base64url(bytes)).toBe(buffer.toString('base64url'));
        expect(fromHex(hex(bytes))).toEqual(bytes);
        expect(fromHex(hex(bytes).toUpperCase())).toEqual(bytes);
        expect(fromBase64(base64(bytes))).toEqual(bytes);
        expect(fromBase64url(base64url(bytes))).toEqual(bytes);
      }),
      { numRuns: 1000 },
    );
  });

  test('[K2] long bytes are written in parts without a seam', () => {
    for (const length of [3071, 3072, 3073, 3074, 6143, 6144, 6145, 100_000]) {
      const bytes = Buffer.from(Array.from({ length }, (_, at) => (at * 7919) >> 3));
      expect(hex(bytes)).toBe(bytes.toString('hex'));
      expect(base64(bytes)).toBe(bytes.toString('base64'));
      expect(base64url(bytes)).toBe(bytes.toString('base64url'));
    }
  });

  test('[K2] what is accepted is exactly what would have been written', () => {
    const alphabet = fc.constantFrom(...'AQgwEz019+/-_= \n'.split(''), 'é', '\u0141');
    fc.assert(
      fc.property(fc.string({ unit: alphabet, maxLength: 9 }), (text) => {
        const standard = fromBase64(text);
        if (standard !== undefined) expect(base64(standard)).toBe(text);
        const url = fromBase64url(text);
        if (url !== undefined) expect(base64url(url)).toBe(text);
      }),
      { numRuns: 5000 },
    );
  });

  test('[K2] respelled and broken texts are refused', () => {
    for (const text of [
      '/w',
      '/w=',
      '/w===',
      '/x==',
      '//9=',
      '/w==\n',
      ' /w==',
      '_w==',
      '=',
      '====',
      'A',
      'AB=C',
    ]) {
      expect(fromBase64(text), text).toBeUndefined();
    }
    for (const text of ['/w', '_w==', '_x', '__9', '_', 'A\u0141AA']) {
      expect(fromBase64url(text), text).toBeUndefined();
    }
    for (const text of ['0', '0g', 'g0', '0x00', '00 ', '\u0130\u0130'])
      expect(fromHex(text), text).toBeUndefined();
    expect(fromBase64('')).toEqual(new Uint8Array(0));
  });
});

describe('comparing and writing', () => {
  test('[K3] equality and order are those of Buffer', () => {
    const short = fc.uint8Array({ maxLength: 4, max: 2 });
    fc.assert(
      fc.property(short, short, (a, b) => {
        expect(equalBytes(a, b)).toBe(Buffer.from(a).equals(b));
        expect(Math.sign(compareBytes(a, b))).toBe(Buffer.compare(a, b));
      }),
      { numRuns: 2000 },
    );
    expect(compareBytes(Uint8Array.of(0x80), Uint8Array.of(0x7f)), 'bytes are unsigned').toBeGreaterThan(0);
  });

  test('[K3] one flipped bit anywhere is a difference', () => {
    const mac = Uint8Array.from({ length: 32 }, (_, i) => i * 7);
    for (let bit = 0; bit < 256; bit += 1) {
      const other = mac.slice();
      other[bit >> 3]! ^= 1 << (bit & 7);
      expect(equalBytes(mac, other), `bit ${bit}`).toBe(false);
    }
    expect(equalBytes(mac, mac.slice())).toBe(true);
  });

  test('[K3] integers are big-endian and refused outside their range', () => {
    expect(hex(u16(0x0102))).toBe('0102');
    expect(hex(u32(0xfffefdfc))).toBe('fffefdfc');
    expect(hex(u64(Number.MAX_SAFE_INTEGER))).toBe('001fffffffffffff');
    expect(hex(u64(2 ** 32))).toBe('0000000100000000');
    for (const n of [-1, 0.5, NaN, Infinity]) {
      for (const write of [u16, u32, u64]) expect(() => write(n), String(n)).toThrow(Bug);
    }
    expect(() => u16(2 ** 16)).toThrow(Bug);
    expect(() => u32(2 ** 32)).toThrow(Bug);
    expect(() => u64(2 ** 53)).toThrow(Bug);
  });

  test('[K3] concatenation keeps every part in order', () => {
    fc.assert(
      fc.property(fc.array(anyBytes, { maxLength: 6 }), (parts) => {
        expect(hex(concatBytes(...parts))).toBe(parts.map(hex).join(''));
      }),
    );
  });
});
