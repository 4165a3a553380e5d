// Owns: the run of vectors/kernel.json, the golden cases on which every runtime must agree to the last bit.
// Pure, so that a browser, an edge worker and Node run the same code on the same file; the test beside it
// is Node's run.
//
// Doubles are written as the 16 hexadecimal digits of their IEEE 754 bits: decimal text would hide the last
// bit.

import { assert } from './assert.ts';
import { canonicalJson, parseJson } from './canonical.ts';
import { fromHex, hex, utf8 } from './bytes.ts';
import { quantise } from './fixed.ts';
import { exp, log, log1p, log2, pow, sigmoid, tanh } from './maths.ts';
import { seededRandom } from './random.ts';
import { hkdfSha256, hmacSha256, sha256Hex } from './sha256.ts';

const UNARY = { exp, log, log2, log1p, tanh, sigmoid };

export type UnaryName = keyof typeof UNARY;

/** What vectors/kernel.json holds; `…Hex` are bytes, `…Bits` doubles. */
export type KernelVectors = {
  readonly version: 1;
  readonly sha256: readonly { readonly utf8: string; readonly repeat: number; readonly digestHex: string }[];
  readonly hmacSha256: readonly {
    readonly keyHex: string;
    readonly messageHex: string;
    readonly macHex: string;
  }[];
  readonly hkdfSha256: readonly {
    readonly keyHex: string;
    readonly saltHex: string;
    readonly infoHex: string;
    readonly derivedHex: string;
  }[];
  readonly canonicalJson: readonly { readonly text: string; readonly canonical: string }[];
  readonly numbers: readonly { readonly bits: string; readonly text: string }[];
  readonly random: readonly {
    readonly seedHex: string;
    readonly u32: readonly number[];
    readonly unitBits: readonly string[];
    readonly below1000: readonly number[];
    readonly normalBits: readonly string[];
    readonly shuffled: readonly number[];
  }[];
  readonly maths: readonly {
    readonly name: UnaryName;
    readonly cases: readonly (readonly [string, string])[];
  }[];
  readonly pow: readonly (readonly [string, string, string])[];
  readonly quantise: readonly (readonly [string, number, string])[];
};

/** How many cases ran, and a sentence for each that came out differently. */
export type VectorReport = { readonly count: number; readonly differences: readonly string[] };

const scratch = new DataView(new ArrayBuffer(8));

/** The 16 hexadecimal digits of a double: `doubleBits(1)` is `'3ff0000000000000'`. NaN has one spelling. */
export function doubleBits(x: number): string {
  scratch.setFloat64(0, Number.isNaN(x) ? NaN : x);
  return Number.isNaN(x) ? '7ff8000000000000' : scratch.getBigUint64(0).toString(16).padStart(16, '0');
}

/** The double with these bits. */
export function doubleOfBits(bits: string): number {
  assert(/^[0-9a-f]{16}$/.test(bits), 'a double is written as 16 hexadecimal digits');
  scratch.setBigUint64(0, BigInt(`0x${bits}`));
  return scratch.getFloat64(0);
}

/** Runs every case. A runtime agrees when `differences` is empty and `count` is that of the file. */
export function runKernelVectors(vectors: KernelVectors): VectorReport {
  assert(vectors.version === 1, 'the kernel vectors are of version 1');
  const differences: string[] = [];
  let count = 0;

  function expectSame(what: string, actual: string, expected: string): void {
    count += 1;
    if (actual !== expected) differences.push(`${what}: expected ${expected}, got ${actual}`);
  }

  for (const { utf8: text, repeat, digestHex } of vectors.sha256) {
    expectSame(`sha256 of ${repeat} × '${text}'`, sha256Hex(utf8(text.repeat(repeat))), digestHex);
  }
  for (const { keyHex, messageHex, macHex } of vectors.hmacSha256) {
    expectSame(`hmac under ${keyHex}`, hex(hmacSha256(bytesOf(keyHex), bytesOf(messageHex))), macHex);
  }
  for (const { keyHex, saltHex, infoHex, derivedHex } of vectors.hkdfSha256) {
    const derived = hkdfSha256({
      key: bytesOf(keyHex),
      salt: bytesOf(saltHex),
      info: bytesOf(infoHex),
      lengthBytes: derivedHex.length / 2,
    });
    expectSame(`hkdf of ${keyHex}`, hex(derived), derivedHex);
  }
  for (const { text, canonical } of vectors.canonicalJson) {
    const parsed = parseJson(text);
    expectSame(
      `canonical form of ${text}`,
      parsed.ok ? canonicalJson(parsed.value) : parsed.error,
      canonical,
    );
  }
  for (const { bits, text } of vectors.numbers) {
    expectSame(`number ${bits}`, canonicalJson(doubleOfBits(bits)), text);
  }
  for (const one of vectors.random) runRandom(one, expectSame);
  for (const { name, cases } of vectors.maths) {
    for (const [x, y] of cases) expectSame(`${name} of ${x}`, doubleBits(UNARY[name](doubleOfBits(x))), y);
  }
  for (const [x, y, power] of vectors.pow) {
    expectSame(`pow of ${x}, ${y}`, doubleBits(pow(doubleOfBits(x), doubleOfBits(y))), power);
  }
  for (const [x, places, rounded] of vectors.quantise) {
    expectSame(`${x} to ${places} bits`, doubleBits(quantise(doubleOfBits(x), places)), rounded);
  }
  return { count, differences };
}

/** One stream, in the order in which the file was made: u32, unit, below, normal, shuffle. */
function runRandom(
  expected: KernelVectors['random'][number],
  expectSame: (what: string, actual: string, expected: string) => void,
): void {
  const what = `random of ${expected.seedHex}`;
  const random = seededRandom(bytesOf(expected.seedHex));
  for (const draw of expected.u32) expectSame(`${what}, u32`, String(random.u32()), String(draw));
  for (const draw of expected.unitBits) expectSame(`${what}, unit`, doubleBits(random.unit()), draw);
  for (const draw of expected.below1000)
    expectSame(`${what}, below`, String(random.below(1000)), String(draw));
  for (const draw of expected.normalBits) expectSame(`${what}, normal`, doubleBits(random.normal()), draw);
  const list = expected.shuffled.map((_, index) => index);
  random.shuffle(list);
  expectSame(`${what}, shuffle`, list.join(' '), expected.shuffled.join(' '));
}

function bytesOf(text: string): Uint8Array {
  const bytes = fromHex(text);
  assert(bytes !== undefined, 'bytes in a vector are hexadecimal');
  return bytes;
}
