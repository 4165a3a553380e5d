// Goal: bits are read as the formats that use them write them. Method: a naive reading of random texts, and
// the Fibonacci code of the first numbers.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readBits } from './bit-reader.ts';

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'.split('');

const bitsOf = (text: string): string =>
  text
    .split('')
    .map((digit) => DIGITS.indexOf(digit).toString(2).padStart(6, '0'))
    .join('');

function digitsOf(bits: string): string {
  const padded = bits.padEnd(Math.ceil(bits.length / 6) * 6, '0');
  return (padded.match(/.{6}/g) ?? []).map((six) => DIGITS[Number.parseInt(six, 2)]).join('');
}

describe('base64url as bits', () => {
  test('[K26] numbers come from the left, and past the end nothing but zeros', () => {
    const text = fc.string({ unit: fc.constantFrom(...DIGITS), minLength: 1, maxLength: 30 });
    const tail = fc.constantFrom('', 'A', 'AAAAAAAAA');
    fc.assert(
      fc.property(text, tail, fc.array(fc.nat(48), { maxLength: 12 }), (start, end, widths) => {
        const bits = bitsOf(start + end);
        const reader = readBits(start + end);
        let at = 0;
        for (const width of widths) {
          const expected = bits.slice(at, at + width).padEnd(width, '0');
          expect(reader?.take(width)).toBe(width === 0 ? 0 : Number.parseInt(expected, 2));
          at += width;
          expect(reader?.bitsLeft()).toBe(bits.length - at);
        }
        expect(reader?.endsHere()).toBe(at <= bits.length && !bits.slice(at).includes('1'));
      }),
    );
  });

  test('[K26] Fibonacci code ends with two ones', () => {
    const reader = readBits(digitsOf('11 011 0011 1011 00011 10011 01011'.replaceAll(' ', '')));
    const numbers = Array.from({ length: 7 }, () => reader?.takeFibonacci());
    expect(numbers).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(reader?.endsHere()).toBe(true);
  });

  test.each(['0101010', '0', '101010101010'])('[K26] a code without its end, %s, is short', (code) => {
    const reader = readBits(digitsOf(code));
    expect(reader?.takeFibonacci()).toBe(0);
    expect(reader?.bitsLeft()).toBeLessThan(0);
    expect(reader?.endsHere()).toBe(false);
  });

  test('[K26] given up, it stays short', () => {
    const reader = readBits('AAAA');
    reader?.giveUp();
    expect(reader?.take(6)).toBe(0);
    expect(reader?.endsHere()).toBe(false);
  });

  test.each(['', 'AB=', 'A+', 'A/', 'Ä', ' A', 'A.'])('[K26] %j is no such text', (text) => {
    expect(readBits(text)).toBeUndefined();
  });
});
