// Owns: bytes as printable text: hexadecimal and the two base64 alphabets of RFC 4648. Decoding base64 is
// strict on purpose: one byte string has exactly one accepted text, so a signature or an id cannot be
// respelled (no white space, no missing or extra padding, no stray bits in the last character).

const STANDARD = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const URL_SAFE = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

const HEX_CODES = codesOf('0123456789abcdef');
const STANDARD_CODES = codesOf(STANDARD);
const URL_SAFE_CODES = codesOf(URL_SAFE);
const STANDARD_VALUES = valuesOf(STANDARD);
const URL_SAFE_VALUES = valuesOf(URL_SAFE);
const HEX_VALUES = valuesOf('0123456789abcdef');
for (let i = 0; i < 6; i += 1) HEX_VALUES['ABCDEF'.charCodeAt(i)] = 10 + i;

function codesOf(alphabet: string): Uint8Array {
  return Uint8Array.from(alphabet, (letter) => letter.charCodeAt(0));
}

/** Bytes written at once, a multiple of 3: the letters are arguments of a call, which live on the stack. */
const ENCODED_AT_ONCE = 3072;

function valuesOf(alphabet: string): Int8Array {
  const values = new Int8Array(128).fill(-1);
  for (let i = 0; i < alphabet.length; i += 1) values[alphabet.charCodeAt(i)] = i;
  return values;
}

/** Lower-case hexadecimal: `hex(Uint8Array.of(0, 255))` is `'00ff'`. */
export function hex(bytes: Uint8Array): string {
  let text = '';
  for (let from = 0; from < bytes.length; from += ENCODED_AT_ONCE) {
    const letters: number[] = [];
    const to = Math.min(from + ENCODED_AT_ONCE, bytes.length);
    for (let i = from; i < to; i += 1) letters.push(HEX_CODES[bytes[i]! >> 4]!, HEX_CODES[bytes[i]! & 15]!);
    text += String.fromCharCode(...letters);
  }
  return text;
}

/** The bytes of hexadecimal text of either case; `undefined` if a character or the length is wrong. */
export function fromHex(text: string): Uint8Array | undefined {
  if (text.length % 2 !== 0) return undefined;
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i += 1) {
    const high = HEX_VALUES[text.charCodeAt(2 * i)] ?? -1;
    const low = HEX_VALUES[text.charCodeAt(2 * i + 1)] ?? -1;
    if (high < 0 || low < 0) return undefined;
    bytes[i] = (high << 4) | low;
  }
  return bytes;
}

/** RFC 4648 §4, with padding: `base64(Uint8Array.of(255))` is `'/w=='`. */
export function base64(bytes: Uint8Array): string {
  return encode(bytes, STANDARD_CODES, true);
}

/** The bytes of padded base64; `undefined` for anything that `base64` would not have written. */
export function fromBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0) return undefined;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  return decode(text, text.length - padding, STANDARD_VALUES);
}

/** RFC 4648 §5, without padding, for URLs and file names: `base64url(Uint8Array.of(255))` is `'_w'`. */
export function base64url(bytes: Uint8Array): string {
  return encode(bytes, URL_SAFE_CODES, false);
}

/** The bytes of unpadded base64url; `undefined` for anything that `base64url` would not have written. */
export function fromBase64url(text: string): Uint8Array | undefined {
  return decode(text, text.length, URL_SAFE_VALUES);
}

/**
 * Letters are collected as numbers and made text in one go: text that grows by pieces is a tree of them,
 * which takes ten times the memory until somebody reads it, and commitments are kept for a day.
 */
function encode(bytes: Uint8Array, codes: Uint8Array, isPadded: boolean): string {
  if (bytes.length <= ENCODED_AT_ONCE)
    return String.fromCharCode(...lettersOf(bytes, { from: 0, to: bytes.length, codes, isPadded }));
  let text = '';
  for (let from = 0; from < bytes.length; from += ENCODED_AT_ONCE) {
    const to = Math.min(from + ENCODED_AT_ONCE, bytes.length);
    text += String.fromCharCode(...lettersOf(bytes, { from, to, codes, isPadded }));
  }
  return text;
}

interface Part {
  readonly from: number;
  readonly to: number;
  readonly codes: Uint8Array;
  readonly isPadded: boolean;
}

function lettersOf(bytes: Uint8Array, { from, to, codes, isPadded }: Part): readonly number[] {
  const whole = to - ((to - from) % 3);
  const letters: number[] = [];
  for (let i = from; i < whole; i += 3) {
    const bits = (bytes[i]! << 16) | (bytes[i + 1]! << 8) | bytes[i + 2]!;
    letters.push(codes[bits >> 18]!, codes[(bits >> 12) & 63]!, codes[(bits >> 6) & 63]!, codes[bits & 63]!);
  }
  if (whole === to) return letters;
  const second = whole + 1 < to ? bytes[whole + 1]! : 0;
  const bits = (bytes[whole]! << 16) | (second << 8);
  letters.push(codes[bits >> 18]!, codes[(bits >> 12) & 63]!);
  if (whole + 1 < to) letters.push(codes[(bits >> 6) & 63]!);
  if (isPadded) letters.push(...PADDING.slice(0, 3 - (to - whole)));
  return letters;
}

/** `=` */
const PADDING: readonly number[] = [0x3d, 0x3d];

function decode(text: string, length: number, values: Int8Array): Uint8Array | undefined {
  const tail = length % 4;
  if (tail === 1) return undefined;
  const bytes = new Uint8Array(Math.floor((length * 3) / 4));
  let held = 0;
  let heldBits = 0;
  let at = 0;
  for (let i = 0; i < length; i += 1) {
    const value = values[text.charCodeAt(i)] ?? -1;
    if (value < 0) return undefined;
    held = ((held << 6) | value) & 0xfff;
    heldBits += 6;
    if (heldBits >= 8) {
      heldBits -= 8;
      bytes[at++] = (held >> heldBits) & 0xff;
    }
  }
  // Bits left over must be zero, otherwise several texts would mean the same bytes.
  return (held & ((1 << heldBits) - 1)) === 0 ? bytes : undefined;
}
