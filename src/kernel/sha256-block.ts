// Owns: the compression function of SHA-256 (FIPS 180-4), its constants and its padding; sha256.ts makes
// hashes, MACs and keys of it.
//
// Speed: the message schedule, the block buffer and the working state live at module level and are reused,
// so that a hash allocates only its answer. That is safe because every function here runs to its end
// without yielding.

import { assert } from './assert.ts';

export const SHA256_BYTES = 32;
export const SHA256_BLOCK_BYTES = 64;

/** 32 fractional bits of the cube roots of the first 64 primes (FIPS 180-4 §4.2.2). */
const K = new Int32Array(64);
/** 32 fractional bits of the square roots of the first 8 primes (FIPS 180-4 §5.3.3): where a hash begins. */
export const SHA256_INITIAL: Int32Array = new Int32Array(8);
fillConstants();

function fillConstants(): void {
  let found = 0;
  for (let n = 2; found < 64; n += 1) {
    let prime = true;
    for (let d = 2; d * d <= n; d += 1) if (n % d === 0) prime = false;
    if (!prime) continue;
    if (found < 8) SHA256_INITIAL[found] = rootFraction(BigInt(n), 2n);
    K[found] = rootFraction(BigInt(n), 3n);
    found += 1;
  }
}

/**
 * 32 fractional bits of the `degree`-th root of `n`, by bisection in integers: computed once, so nothing
 * to mistype.
 */
function rootFraction(n: bigint, degree: bigint): number {
  const target = n << (32n * degree);
  let low = 0n;
  let high = n << 32n;
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle ** degree <= target) low = middle;
    else high = middle;
  }
  return Number(BigInt.asIntN(32, low));
}

const W = new Int32Array(64);
const scratchState = new Int32Array(8);
const scratchBlock = new Uint8Array(SHA256_BLOCK_BYTES);

/** One step of the compression function: folds the 64 bytes at `at` into `state` (FIPS 180-4 §6.2.2). */
export function compress(state: Int32Array, bytes: Uint8Array, at: number): void {
  for (let t = 0, i = at; t < 16; t += 1, i += 4) {
    W[t] = (bytes[i]! << 24) | (bytes[i + 1]! << 16) | (bytes[i + 2]! << 8) | bytes[i + 3]!;
  }
  for (let t = 16; t < 64; t += 1) {
    const x = W[t - 15]!;
    const y = W[t - 2]!;
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    W[t] = (s1 + W[t - 7]! + s0 + W[t - 16]!) | 0;
  }
  let a = state[0]!;
  let b = state[1]!;
  let c = state[2]!;
  let d = state[3]!;
  let e = state[4]!;
  let f = state[5]!;
  let g = state[6]!;
  let h = state[7]!;
  for (let t = 0; t < 64; t += 1) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + (g ^ (e & (f ^ g))) + K[t]! + W[t]!) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) | (c & (a | b)))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  state[0] = state[0]! + a;
  state[1] = state[1]! + b;
  state[2] = state[2]! + c;
  state[3] = state[3]! + d;
  state[4] = state[4]! + e;
  state[5] = state[5]! + f;
  state[6] = state[6]! + g;
  state[7] = state[7]! + h;
}

/**
 * Pads the rest of a message (fewer than 64 bytes, at `from`) and folds it in; `length` is the whole in
 * bytes.
 */
function finish(state: Int32Array, bytes: Uint8Array, from: number, length: number): void {
  const rest = bytes.length - from;
  for (let i = 0; i < rest; i += 1) scratchBlock[i] = bytes[from + i]!;
  scratchBlock[rest] = 0x80;
  scratchBlock.fill(0, rest + 1);
  if (rest >= 56) {
    compress(state, scratchBlock, 0);
    scratchBlock.fill(0);
  }
  // The length in bits takes 64 bits; bytes are a safe integer, so the two halves are exact.
  writeWord(scratchBlock, 56, Math.floor(length / 0x2000_0000));
  writeWord(scratchBlock, 60, length << 3);
  compress(state, scratchBlock, 0);
}

function writeWord(bytes: Uint8Array, at: number, word: number): void {
  bytes[at] = word >>> 24;
  bytes[at + 1] = word >>> 16;
  bytes[at + 2] = word >>> 8;
  bytes[at + 3] = word;
}

function writeDigest(state: Int32Array, digest: Uint8Array): void {
  for (let i = 0; i < 8; i += 1) writeWord(digest, 4 * i, state[i]!);
}

/**
 * Continues from a saved state after `before` bytes (a multiple of 64) and hashes `bytes` to the end; HMAC
 * uses it to skip the block of its key. The saved state is not changed.
 */
export function sha256From(saved: Int32Array, before: number, bytes: Uint8Array): Uint8Array {
  const digest = new Uint8Array(SHA256_BYTES);
  sha256Into(digest, saved, before, bytes);
  return digest;
}

/** The same into 32 bytes of the caller's; `bytes` may be those very bytes. */
export function sha256Into(digest: Uint8Array, saved: Int32Array, before: number, bytes: Uint8Array): void {
  scratchState.set(saved);
  let at = 0;
  for (; at + SHA256_BLOCK_BYTES <= bytes.length; at += SHA256_BLOCK_BYTES) compress(scratchState, bytes, at);
  finish(scratchState, bytes, at, before + bytes.length);
  writeDigest(scratchState, digest);
}

/** Makes `state` the one after one whole block, for `sha256From`. */
export function setStateAfter(state: Int32Array, block: Uint8Array): void {
  assert(block.length === SHA256_BLOCK_BYTES, 'a block has 64 bytes');
  state.set(SHA256_INITIAL);
  compress(state, block, 0);
}
