// Owns: chance that can be replayed. Exploration, hold-outs, generated shops and simulations draw from
// here, never from Math.random: the seed is recorded, and the same seed gives the same draws in every
// runtime.
//
// The generator is xoshiro128** 1.1 (Blackman and Vigna, "Scrambled Linear Pseudorandom Number Generators",
// ACM TOMS 2021): 32-bit integer operations only, period 2^128 - 1. Seeds go through SHA-256, so that
// neighbouring seeds (1, 2, 3, ids that differ in one letter) give unrelated streams. Not for secrets: keys
// and salts come from the platform's entropy.

import { assert } from './assert.ts';
import { concatBytes, u64, utf8 } from './bytes.ts';
import { log } from './maths.ts';
import { sha256 } from './sha256.ts';

/** A stream of draws. Every method advances it; the order of calls is part of what a replay must repeat. */
export type Random = {
  /** An integer from 0 to 2^32 - 1. */
  readonly u32: () => number;
  /** A multiple of 2^-53 in [0, 1). */
  readonly unit: () => number;
  /** An integer from 0 to n - 1, each equally likely; 1 ≤ n ≤ 2^53. */
  readonly below: (n: number) => number;
  /** Puts `list` into an order drawn evenly from all orders, in place. */
  readonly shuffle: (list: unknown[]) => void;
  /** A draw from the normal distribution with mean 0 and variance 1. */
  readonly normal: () => number;
};

const DOMAIN = utf8('fineline/random/v1\0');
const TWO_32 = 2 ** 32;
const TWO_53 = 2 ** 53;

/**
 * A stream that depends on `seed` alone: bytes, or an integer from 0 to 2^53 - 1 (the same as its 8
 * bytes, `u64`).
 */
export function seededRandom(seed: Uint8Array | number): Random {
  const digest = sha256(concatBytes(DOMAIN, typeof seed === 'number' ? u64(seed) : seed));
  return randomFrom(word(digest, 0), word(digest, 4), word(digest, 8), word(digest, 12));
}

function word(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
}

function randomFrom(seed0: number, seed1: number, seed2: number, seed3: number): Random {
  let s0 = seed0;
  let s1 = seed1;
  let s2 = seed2;
  let s3 = seed3;
  assert((s0 | s1 | s2 | s3) !== 0, 'the state of the generator is not all zero');
  let spareNormal: number | undefined;

  function u32(): number {
    const scrambled = Math.imul(s1, 5);
    const result = Math.imul((scrambled << 7) | (scrambled >>> 25), 9) >>> 0;
    const carried = s1 << 9;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= carried;
    s3 = (s3 << 11) | (s3 >>> 21);
    return result;
  }

  function bits53(): number {
    const high = u32() >>> 5;
    return high * 0x400_0000 + (u32() >>> 6);
  }

  function unit(): number {
    return bits53() / TWO_53;
  }

  function below(n: number): number {
    assert(Number.isInteger(n) && n >= 1 && n <= TWO_53, 'below takes an integer from 1 to 2^53');
    // Draws beyond the last whole multiple of n would favour small results: draw again.
    const range = n <= TWO_32 ? TWO_32 : TWO_53;
    const fair = range - (range % n);
    let draw = range === TWO_32 ? u32() : bits53();
    while (draw >= fair) draw = range === TWO_32 ? u32() : bits53();
    return draw % n;
  }

  function shuffle(list: unknown[]): void {
    for (let i = list.length - 1; i > 0; i -= 1) {
      const j = below(i + 1);
      const held = list[i];
      list[i] = list[j];
      list[j] = held;
    }
  }

  /** Marsaglia's polar method: a point drawn evenly in the unit circle gives two independent draws. */
  function normal(): number {
    if (spareNormal !== undefined) {
      const spare = spareNormal;
      spareNormal = undefined;
      return spare;
    }
    for (;;) {
      const x = 2 * unit() - 1;
      const y = 2 * unit() - 1;
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const scale = Math.sqrt((-2 * log(square)) / square);
      spareNormal = y * scale;
      return x * scale;
    }
  }

  return { u32, unit, below, shuffle, normal };
}
