// Owns: SHA-256 (FIPS 180-4), HMAC (RFC 2104) and HKDF (RFC 5869), synchronous and the same in every
// runtime. WebCrypto's digest is asynchronous, and a Merkle tree of small leaves would spend its time
// waiting; node:crypto is not there in a browser, where a person verifies their own receipts. Bulk hashing
// in Node may still go through an adapter: the results are equal.

import { assert } from './assert.ts';
import { concatBytes } from './bytes.ts';
import {
  SHA256_BLOCK_BYTES,
  SHA256_BYTES,
  SHA256_INITIAL,
  compress,
  setStateAfter,
  sha256From,
  sha256Into,
} from './sha256-block.ts';
import { hex } from './text-forms.ts';

export { SHA256_BYTES } from './sha256-block.ts';

/** The 32-byte SHA-256 of `bytes`. `sha256(utf8('abc'))` begins `ba7816bf…`. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return sha256From(SHA256_INITIAL, 0, bytes);
}

/** The SHA-256 of `bytes` as 64 lower-case hexadecimal characters. */
export function sha256Hex(bytes: Uint8Array): string {
  return hex(sha256(bytes));
}

/** A hash that is fed in parts. `digest` does not end it: it answers for what was fed so far. */
export type Sha256 = {
  readonly update: (bytes: Uint8Array) => void;
  readonly digest: () => Uint8Array;
};

/** Starts an incremental hash: the parts may be cut anywhere, the digest is that of the whole. */
export function createSha256(): Sha256 {
  const state = SHA256_INITIAL.slice();
  const held = new Uint8Array(SHA256_BLOCK_BYTES);
  let heldCount = 0;
  let length = 0;
  return {
    update(bytes) {
      let at = 0;
      length += bytes.length;
      if (heldCount > 0) {
        at = Math.min(SHA256_BLOCK_BYTES - heldCount, bytes.length);
        held.set(bytes.subarray(0, at), heldCount);
        heldCount += at;
        if (heldCount < SHA256_BLOCK_BYTES) return;
        compress(state, held, 0);
      }
      for (; at + SHA256_BLOCK_BYTES <= bytes.length; at += SHA256_BLOCK_BYTES) compress(state, bytes, at);
      held.set(bytes.subarray(at));
      heldCount = bytes.length - at;
    },
    digest() {
      return sha256From(state, length - heldCount, held.subarray(0, heldCount));
    },
  };
}

/**
 * A key with both pads already folded in: each is one block and never changes, so a key that is used often
 * is prepared once and a short MAC costs half. As secret as the key itself.
 */
export type HmacKey = { readonly inner: Int32Array; readonly outer: Int32Array };

/** Prepares a key of any length (longer than 64 bytes: its hash is the key, as the RFC says). */
export function hmacKey(key: Uint8Array): HmacKey {
  const ready = { inner: new Int32Array(8), outer: new Int32Array(8) };
  prepare(ready, key);
  return ready;
}

const scratchPad = new Uint8Array(SHA256_BLOCK_BYTES);

function prepare({ inner, outer }: HmacKey, key: Uint8Array): void {
  const short = key.length > SHA256_BLOCK_BYTES ? sha256(key) : key;
  scratchPad.fill(0x36);
  for (let i = 0; i < short.length; i += 1) scratchPad[i] = short[i]! ^ 0x36;
  setStateAfter(inner, scratchPad);
  scratchPad.fill(0x5c);
  for (let i = 0; i < short.length; i += 1) scratchPad[i] = short[i]! ^ 0x5c;
  setStateAfter(outer, scratchPad);
  // No key is left lying about.
  scratchPad.fill(0);
}

/** The 32-byte HMAC-SHA256 of `message` under a prepared key. */
export function hmacWith(key: HmacKey, message: Uint8Array): Uint8Array {
  const mac = sha256From(key.inner, SHA256_BLOCK_BYTES, message);
  sha256Into(mac, key.outer, SHA256_BLOCK_BYTES, mac);
  return mac;
}

const scratchKey: HmacKey = { inner: new Int32Array(8), outer: new Int32Array(8) };

/** The 32-byte HMAC-SHA256 of `message` under `key`. Compare two of them with `equalBytes`. */
export function hmacSha256(key: Uint8Array, message: Uint8Array): Uint8Array {
  prepare(scratchKey, key);
  const mac = hmacWith(scratchKey, message);
  scratchKey.inner.fill(0);
  scratchKey.outer.fill(0);
  return mac;
}

/** What HKDF takes; `info` separates the uses of one key, `salt` defaults to 32 zero bytes. */
export type HkdfInput = {
  readonly key: Uint8Array;
  readonly salt?: Uint8Array;
  readonly info: Uint8Array;
  readonly lengthBytes: number;
};

/** Derives `lengthBytes` (1 to 8160) of key material from `key`: extract, then expand (RFC 5869 §2). */
export function hkdfSha256(input: HkdfInput): Uint8Array {
  const { key, salt = new Uint8Array(SHA256_BYTES), info, lengthBytes } = input;
  assert(
    Number.isInteger(lengthBytes) && lengthBytes > 0 && lengthBytes <= 255 * SHA256_BYTES,
    'HKDF-SHA256 derives 1 to 8160 bytes',
  );
  const extracted = hmacKey(hmacSha256(salt, key));
  const derived = new Uint8Array(lengthBytes);
  let block: Uint8Array = new Uint8Array(0);
  for (let at = 0, counter = 1; at < lengthBytes; at += SHA256_BYTES, counter += 1) {
    block = hmacWith(extracted, concatBytes(block, info, Uint8Array.of(counter)));
    derived.set(block.subarray(0, lengthBytes - at), at);
  }
  return derived;
}
