// Goal: receipts that people hold stay valid, and every runtime gives the same bytes. Method: the golden file
// is recomputed here through WebCrypto, as a browser would; the same check runs there.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { proveVectors } from '../../test/support/prove-vectors.ts';
import { type ProveVectors, recomputed } from '../../test/support/prove-vectors-check.ts';

const text = readFileSync(new URL('../../vectors/prove.json', import.meta.url), 'utf8');
const vectors: ProveVectors = JSON.parse(text);

describe('vectors/prove.json', () => {
  it('[W19] is what the code gives, signatures through WebCrypto', async () => {
    const pairs = await recomputed(vectors, async ({ publicKey, message, signature }) => {
      const key = await crypto.subtle.importKey('raw', new Uint8Array(publicKey), 'Ed25519', false, [
        'verify',
      ]);
      return crypto.subtle.verify('Ed25519', key, new Uint8Array(signature), new Uint8Array(message));
    });
    expect(pairs.length).toBeGreaterThan(40);
    for (const { name, got, expected } of pairs) expect(`${name}: ${got}`).toBe(`${name}: ${expected}`);
  });

  it('[W19] is what its generator writes, signatures included', () => {
    expect(`${JSON.stringify(proveVectors(), undefined, 2)}\n`).toBe(text);
  });
});
