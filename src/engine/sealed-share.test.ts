// Goal: a share opens for its person in this life and for nobody else, says what went in, and its length says
// little. Method: keys and names swapped, random shares there and back.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dice } from '../../test/support/dice.ts';
import { memoryCrypto } from '../adapters/memory/crypto.ts';
import type { PersonKey } from './ports.ts';
import { readyKeys } from './replaying.ts';
import { type WholeShare, isEmptyShare, openShare, sealShare } from './sealed-share.ts';

const entropy = dice(3);
const crypto = memoryCrypto(entropy);
const keysOf = () => ({ profile: entropy.bytes(32), evidence: entropy.bytes(32), revocations: 0 });
const ann = 'aa'.repeat(16) as PersonKey;
const bob = 'bb'.repeat(16) as PersonKey;

const things = fc.array(fc.string(), { maxLength: 5 });
const wholes: fc.Arbitrary<WholeShare> = fc.record({
  share: fc.record(
    {
      items: things,
      baskets: fc.array(things, { maxLength: 3 }),
      sessions: fc.array(things, { maxLength: 3 }),
      guard: fc.constant({ version: 1, stratum: 2, items: ['tea'], leaves: ['health|x'] }),
    },
    { requiredKeys: [] },
  ),
  weeks: fc.constant(undefined),
});

describe('a sealed share', () => {
  it('[E222] says what went in, in whole steps of 256 bytes', () => {
    const keys = keysOf();
    fc.assert(
      fc.property(wholes, (whole) => {
        const sealed = sealShare(crypto, readyKeys(crypto, keys), ann, whole);
        expect((sealed.length - 28) % 256).toBe(0);
        expect(openShare(crypto, keys.profile, { person: ann, sealed })).toEqual(
          JSON.parse(JSON.stringify(whole)),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('[E222] opens for nobody else, in no other life, and not when a byte was changed', () => {
    const keys = keysOf();
    const sealed = sealShare(crypto, readyKeys(crypto, keys), ann, {
      share: { items: ['tea'] },
      weeks: undefined,
    });
    expect(openShare(crypto, keys.profile, { person: bob, sealed })).toBeUndefined();
    expect(openShare(crypto, keysOf().profile, { person: ann, sealed })).toBeUndefined();
    const changed = sealed.with(20, (sealed[20] ?? 0) ^ 1);
    expect(openShare(crypto, keys.profile, { person: ann, sealed: changed })).toBeUndefined();
  });

  it('[E222] is empty when nothing in it counts', () => {
    expect(isEmptyShare({ share: {}, weeks: undefined })).toBe(true);
    expect(isEmptyShare({ share: { items: [], baskets: [], sessions: [] }, weeks: [] })).toBe(true);
    expect(isEmptyShare({ share: { sessions: [['tea']] }, weeks: undefined })).toBe(false);
  });
});
