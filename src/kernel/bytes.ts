// Owns: bytes and their text forms. Core code compiles without Node and DOM types, so there is no Buffer,
// TextEncoder or atob here; these few functions are the same in every runtime and are held against Node's
// in the tests.
//
// Text → bytes never fails: like TextEncoder, a lone surrogate becomes U+FFFD. Parsers that need "different
// text, different bytes" (ids, signed text) ask `isWellFormed` first.

import { assert } from './assert.ts';

const REPLACEMENT = 0xfffd;

const loneSurrogate = /\p{Surrogate}/u;

/** True if every surrogate in `text` is half of a pair, so that UTF-8 can carry it without loss. */
export function isWellFormed(text: string): boolean {
  return !loneSurrogate.test(text);
}

/** How many bytes `utf8(text)` has, without making them. */
export function utf8Length(text: string): number {
  let length = text.length;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    // A pair takes 4 bytes in 2 units, and is met here once per unit, so it adds 1 each time.
    if (unit < 0x800 || isPaired(text, i, unit)) length += 1;
    else length += 2;
  }
  return length;
}

function isPaired(text: string, index: number, unit: number): boolean {
  if (unit < 0xd800 || unit > 0xdfff) return false;
  const other = text.charCodeAt(unit < 0xdc00 ? index + 1 : index - 1);
  return unit < 0xdc00 ? other >= 0xdc00 && other <= 0xdfff : other >= 0xd800 && other <= 0xdbff;
}

/** The UTF-8 bytes of `text` (RFC 3629). */
export function utf8(text: string): Uint8Array {
  const bytes = new Uint8Array(utf8Length(text));
  let at = 0;
  for (let i = 0; i < text.length; i += 1) {
    let code = text.charCodeAt(i);
    if (code < 0x80) {
      bytes[at++] = code;
      continue;
    }
    if (code >= 0xd800 && code <= 0xdfff) {
      if (code < 0xdc00 && isPaired(text, i, code)) {
        i += 1;
        code = 0x10000 + ((code - 0xd800) << 10) + (text.charCodeAt(i) - 0xdc00);
      } else {
        code = REPLACEMENT;
      }
    }
    if (code < 0x800) {
      bytes[at++] = 0xc0 | (code >> 6);
    } else if (code < 0x10000) {
      bytes[at++] = 0xe0 | (code >> 12);
      bytes[at++] = 0x80 | ((code >> 6) & 0x3f);
    } else {
      bytes[at++] = 0xf0 | (code >> 18);
      bytes[at++] = 0x80 | ((code >> 12) & 0x3f);
      bytes[at++] = 0x80 | ((code >> 6) & 0x3f);
    }
    bytes[at++] = 0x80 | (code & 0x3f);
  }
  return bytes;
}

/**
 * The text of UTF-8 `bytes`. Malformed input is replaced, not refused: one U+FFFD for each maximal part of
 * a sequence (WHATWG Encoding, "UTF-8 decoder"); a byte order mark is kept.
 */
export function utf8Text(bytes: Uint8Array): string {
  let text = '';
  let units: number[] = [];
  let at = 0;
  while (at < bytes.length) {
    const lead = bytes[at++]!;
    if (lead < 0x80) {
      units.push(lead);
    } else {
      let code = REPLACEMENT;
      const needed = lead < 0xc2 || lead > 0xf4 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
      if (needed > 0) {
        // The second byte is bounded more tightly after four leads: no overlong forms, surrogates, or >
        // U+10FFFF.
        let low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
        let high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
        let value = lead & (0x3f >> needed);
        let seen = 0;
        while (seen < needed && at < bytes.length && bytes[at]! >= low && bytes[at]! <= high) {
          value = (value << 6) | (bytes[at++]! & 0x3f);
          low = 0x80;
          high = 0xbf;
          seen += 1;
        }
        if (seen === needed) code = value;
      }
      if (code > 0xffff) {
        units.push(0xd800 + ((code - 0x10000) >> 10), 0xdc00 + ((code - 0x10000) & 0x3ff));
      } else {
        units.push(code);
      }
    }
    // Flushed in pieces, because the arguments of a call live on the stack.
    if (units.length >= 4096) {
      text += String.fromCharCode(...units);
      units = [];
    }
  }
  return text + String.fromCharCode(...units);
}

/** One array with all `parts` in order. */
export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/**
 * Equality that takes the same steps wherever the first difference is, for MACs and tokens. Lengths are
 * public: different lengths answer at once.
 */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i += 1) difference |= a[i]! ^ b[i]!;
  return difference === 0;
}

/** Lexicographic order of unsigned bytes; a prefix comes first. Negative, 0 or positive, for `sort`. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i += 1) {
    const difference = a[i]! - b[i]!;
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** `n` as 2 bytes, big-endian; 0 ≤ n < 2^16. */
export function u16(n: number): Uint8Array {
  assert(Number.isInteger(n) && n >= 0 && n <= 0xffff, 'u16 takes an integer from 0 to 65535');
  return Uint8Array.of(n >>> 8, n & 0xff);
}

/** `n` as 4 bytes, big-endian; 0 ≤ n < 2^32. */
export function u32(n: number): Uint8Array {
  assert(Number.isInteger(n) && n >= 0 && n <= 0xffffffff, 'u32 takes an integer from 0 to 2^32 - 1');
  return Uint8Array.of(n >>> 24, (n >>> 16) & 0xff, (n >>> 8) & 0xff, n & 0xff);
}

/** `n` as 8 bytes, big-endian; a safe integer, 0 ≤ n < 2^53. */
export function u64(n: number): Uint8Array {
  assert(Number.isSafeInteger(n) && n >= 0, 'u64 takes an integer from 0 to 2^53 - 1');
  const bytes = new Uint8Array(8);
  let rest = n;
  for (let at = 7; rest > 0; at -= 1) {
    const more = Math.floor(rest / 256);
    bytes[at] = rest - more * 256;
    rest = more;
  }
  return bytes;
}

export { base64, base64url, fromBase64, fromBase64url, fromHex, hex } from './text-forms.ts';
