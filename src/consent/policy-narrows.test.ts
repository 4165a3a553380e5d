// Goal: a policy only ever takes away from what law and person allow. Method: every category and purpose,
// with and without grants, with policies drawn from a seed.

import { describe, expect, test } from 'vitest';
import { DATA_CATEGORIES } from '../facts/category.ts';
import { DEFAULT_PURPOSES, type PurposeRules } from '../facts/policy.ts';
import { GRANTABLE_PURPOSES } from '../facts/purpose.ts';
import { seededRandom } from '../kernel/random.ts';
import { EMPTY_CHAIN } from './chain.ts';
import { US_CA } from './packs.ts';
import { CONTRACT_CATEGORIES } from './permit.ts';
import { ALL, allowed, permitting, reason } from './testing.ts';

describe('a policy', () => {
  test('[G30] leaves of everything that was allowed what it names, and no more', () => {
    const left = allowed(permitting({ chain: ALL, purposes: DEFAULT_PURPOSES }));
    const named = GRANTABLE_PURPOSES.flatMap((purpose) =>
      (DEFAULT_PURPOSES[purpose] ?? []).map((category) => `${category} ${purpose}`),
    );
    expect([...left].sort()).toEqual([...named].sort());
    expect(allowed(permitting({ chain: ALL, purposes: {} }))).toEqual([]);
  });

  test('[G30] is never a yes of its own', () => {
    const all = Object.fromEntries(GRANTABLE_PURPOSES.map((purpose) => [purpose, DATA_CATEGORIES]));
    expect(allowed(permitting({ chain: EMPTY_CHAIN, purposes: all }))).toEqual([]);
    for (let seed = 0; seed < 100; seed += 1) {
      const random = seededRandom(seed);
      const purposes: PurposeRules = Object.fromEntries(
        GRANTABLE_PURPOSES.filter(() => random.below(2) === 0).map((purpose) => [
          purpose,
          DATA_CATEGORIES.filter(() => random.below(2) === 0),
        ]),
      );
      const input = { pack: US_CA, ...(random.below(2) === 0 ? { chain: ALL } : {}) };
      const without = allowed(permitting(input));
      const named = without.filter((each) => {
        const [category, purpose] = each.split(' ');
        return Object.entries(purposes).some(
          ([of, list]) => of === purpose && list.some((one) => one === category),
        );
      });
      expect(allowed(permitting({ ...input, purposes }))).toEqual(named);
    }
  });

  test('[G30] is asked last and says what it is, and the contract does not ask it', () => {
    expect(reason({ chain: ALL, purposes: {} })).toBe('not-in-policy');
    expect(reason({ chain: EMPTY_CHAIN, purposes: {} })).toBe('no-grant');
    expect(permitting({ chain: ALL, purposes: {} }).refusal('purchases', 'recommend')?.detail).toBe(
      'The shop’s policy does not use recommend.',
    );
    for (const category of CONTRACT_CATEGORIES)
      expect(reason({ purposes: {} }, category, 'serve')).toBeUndefined();
  });

  test('[G30] a purpose that comes from a prototype is none', () => {
    const purposes = Object.create(DEFAULT_PURPOSES) as PurposeRules;
    expect(reason({ chain: ALL, purposes })).toBe('not-in-policy');
  });
});
