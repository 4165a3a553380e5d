// Owns: bytes as printable text: hexadecimal and the two base64 alphabets of RFC 4648. Decoding base64 is
// strict on purpose: one byte string has exactly one accepted text, so a signature or an id cannot be
// respelled (no white space, no missing or extra padding, no stray bits in the last character).

const HEX_PAIRS: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).padStart(2, '0'),
);

const STANDARD = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const URL_SAFE = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

const STANDARD_PAIRS = pairsOf(STANDARD);
const URL_SAFE_PAIRS = pairsOf(URL_SAFE);
const STANDARD_VALUES = valuesOf(STANDARD);
const URL_SAFE_VALUES = valuesOf(URL_SAFE);
const HEX_VALUES = valuesOf('0123456789abcdef');
for (let i = 0; i < 6; i += 1) HEX_VALUES['ABCDEF'.charCodeAt(i)] = 10 + i;

function valuesOf(alphabet: string): Int8Array {
  const values = new Int8Array(128).fill(-1);
  for (let i = 0; i < alphabet.length; i += 1) values[alphabet.charCodeAt(i)] = i;
  return values;
}

/** Lower-case hexadecimal: `hex(Uint8Array.of(0, 255))` is `'00ff'`. */
export function hex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += HEX_PAIRS[byte]!;
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
  const text = encode(bytes, STANDARD, STANDARD_PAIRS);
  return text + '='.repeat((4 - (text.length % 4)) % 4);
}

/** The bytes of padded base64; `undefined` for anything that `base64` would not have written. */
export function fromBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0) return undefined;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  return decode(text, text.length - padding, STANDARD_VALUES);
}

/** RFC 4648 §5, without padding, for URLs and file names: `base64url(Uint8Array.of(255))` is `'_w'`. */
export function base64url(bytes: Uint8Array): string {
  return encode(bytes, URL_SAFE, URL_SAFE_PAIRS);
}

/** The bytes of unpadded base64url; `undefined` for anything that `base64url` would not have written. */
export function fromBase64url(text: string): Uint8Array | undefined {
  return decode(text, text.length, URL_SAFE_VALUES);
}

/** Two characters for every twelve bits: half the pieces, and half the garbage, of one for six. */
function pairsOf(alphabet: string): readonly string[] {
  return Array.from({ length: 4096 }, (_, bits) => alphabet.charAt(bits >> 6) + alphabet.charAt(bits & 63));
}

function encode(bytes: Uint8Array, alphabet: string, pairs: readonly string[]): string {
  const whole = bytes.length - (bytes.length % 3);
  let text = '';
  for (let i = 0; i < whole; i += 3) {
    const middle = bytes[i + 1]!;
    text += pairs[(bytes[i]! << 4) | (middle >> 4)]! + pairs[((middle & 15) << 8) | bytes[i + 2]!]!;
  }
  if (whole === bytes.length) return text;
  const second = bytes[whole + 1] ?? 0;
  text += pairs[(bytes[whole]! << 4) | (second >> 4)]!;
  return whole + 1 === bytes.length ? text : text + alphabet.charAt((second & 15) << 2);
}

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
