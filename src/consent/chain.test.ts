// Goal: what a person said last is what counts, and a chain with a gap counts for nothing.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DATA_CATEGORIES } from '../facts/category.ts';
import { CONSENT_STATES, type ConsentRecord, type GrantChange, grantKey } from '../facts/grant.ts';
import { GRANTABLE_PURPOSES } from '../facts/purpose.ts';
import { sha256Hex } from '../kernel/sha256.ts';
import { utf8 } from '../kernel/bytes.ts';
import { EMPTY_CHAIN, consentRecordText, foldConsent, nextConsentRecord, takesBack } from './chain.ts';
import { EU, US_CA } from './packs.ts';
import { NOW, SHOP, allowed, chainOf, change, permitting } from './testing.ts';

const changes = [change('purchases', 'recommend', 'given')];
const said = {
  controller: SHOP,
  changes,
  notice: { id: 'n1', language: 'en' },
  method: 'centre',
  pack: EU,
  timeMs: NOW,
} as const;
const first = nextConsentRecord(EMPTY_CHAIN, said);

describe('a consent record', () => {
  test('[G14] names its place, its predecessor, the law and its end, and nobody', () => {
    const chain = foldConsent(EMPTY_CHAIN, first);
    const second = nextConsentRecord(chain, said);
    expect(first).toEqual({
      v: 1,
      seq: 0,
      prev: '0'.repeat(64),
      controller: 'shop',
      changes,
      notice: { id: 'n1', language: 'en' },
      method: 'centre',
      pack: 'EU@2026-07-25',
      timeMs: NOW,
      expiresMs: NOW + 5 * 365 * 86_400_000,
      withdrawals: 0,
    });
    expect(second).toMatchObject({ seq: 1, prev: sha256Hex(utf8(consentRecordText(first))) });
    expect(foldConsent(chain, second)).toMatchObject({ seq: 1, broken: false });
  });

  test('[G14] reads back from its text as the same link of the chain', () => {
    const read: ConsentRecord = JSON.parse(consentRecordText(first));
    expect(foldConsent(EMPTY_CHAIN, read)).toEqual(foldConsent(EMPTY_CHAIN, first));
  });

  test('[G14] is not made without a time or without a choice', () => {
    expect(() => nextConsentRecord(EMPTY_CHAIN, { ...said, timeMs: Number.NaN })).toThrow(
      'whole milliseconds',
    );
    expect(() => nextConsentRecord(EMPTY_CHAIN, { ...said, changes: [] })).toThrow('says something');
  });
});

describe('a consent chain', () => {
  test('[G26] that lost a withdrawal begins afresh with the next word', () => {
    const before = foldConsent(EMPTY_CHAIN, first);
    // The key store counted a withdrawal whose record never reached the journal.
    const healed = foldConsent(
      before,
      nextConsentRecord(before, {
        ...said,
        changes: [change('browsing', 'recommend', 'given')],
        withdrawals: 1,
      }),
    );
    expect(healed).toMatchObject({ withdrawals: 1, broken: false });
    const given = [...healed.grants].filter(([, { state }]) => state === 'given').map(([key]) => key);
    expect(given).toEqual(['browsing recommend']);
  });

  test('[G26] and where silence is a yes, everything that was not said again is a no', () => {
    const lost = foldConsent(
      EMPTY_CHAIN,
      nextConsentRecord(EMPTY_CHAIN, {
        ...said,
        changes: [change('reviews', 'measure', 'given')],
        withdrawals: 1,
      }),
    );
    const permissions = permitting({ chain: lost, pack: US_CA, place: { country: 'US', region: 'CA' } });
    expect(allowed(permissions)).toEqual(['reviews measure']);
  });

  test('[G14] breaks at a gap, a repeat, a wrong order, a changed record, and stays broken', () => {
    const one = foldConsent(EMPTY_CHAIN, first);
    const second = nextConsentRecord(one, said);
    const two = foldConsent(one, second);
    const third = nextConsentRecord(two, said);
    const broken = [
      foldConsent(EMPTY_CHAIN, second),
      foldConsent(one, first),
      foldConsent(one, third),
      foldConsent(foldConsent(EMPTY_CHAIN, { ...first, timeMs: NOW - 1 }), second),
      foldConsent(EMPTY_CHAIN, { ...first, prev: 'f'.repeat(64) }),
      foldConsent(EMPTY_CHAIN, { ...first, seq: 1 }),
    ];
    for (const chain of broken) {
      expect(chain.broken).toBe(true);
      expect(foldConsent(chain, nextConsentRecord(chain, said)).broken).toBe(true);
    }
    expect(foldConsent(two, third).broken).toBe(false);
  });

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'record'],
    ['another version', { ...first, v: 2 }],
    ['a time that is none', { ...first, timeMs: Number.NaN }],
    ['an end that is none', { ...first, expiresMs: Infinity }],
    ['a number that is none', { ...first, seq: '0' }],
    ['no changes', { ...first, changes: undefined }],
    ['a change that is none', { ...first, changes: [null] }],
    ['an unknown category', { ...first, changes: [{ ...changes[0], category: '*' }] }],
    ['an unknown purpose', { ...first, changes: [{ ...changes[0], purpose: 'sell' }] }],
    ['an unknown state', { ...first, changes: [{ ...changes[0], state: 'Given' }] }],
    ['no notice', { ...first, notice: undefined }],
    ['no predecessor', { ...first, prev: undefined }],
  ])('[G4] breaks at a record that cannot be read: %s', (_what, record) => {
    const chain = foldConsent(EMPTY_CHAIN, record as never);
    expect(chain).toMatchObject({ broken: true, seq: 0 });
    expect(chain.grants.size).toBe(0);
  });

  test('[G15] counts every record that takes something back, as the key store does', () => {
    const chain = chainOf(
      [change('purchases', 'recommend', 'given')],
      [change('purchases', 'recommend', 'withdrawn'), change('browsing', 'recommend', 'withdrawn')],
      [change('basket', 'contact', 'given'), change('basket', 'advertise', 'refused')],
    );
    expect(chain.withdrawals).toBe(2);
    expect(
      CONSENT_STATES.map((state) => takesBack({ changes: [change('basket', 'contact', state)] })),
    ).toEqual([false, true, true]);
  });

  test('[G15] holds for each choice what was said last', () => {
    const choice = fc.record({
      category: fc.constantFrom(...DATA_CATEGORIES.slice(0, 3)),
      purpose: fc.constantFrom(...GRANTABLE_PURPOSES.slice(0, 3)),
      state: fc.constantFrom(...CONSENT_STATES),
    });
    fc.assert(
      fc.property(
        fc.array(fc.array(choice, { minLength: 1, maxLength: 4 }), { maxLength: 12 }),
        (records) => {
          const chain = chainOf(...records);
          const last = new Map<string, string>();
          for (const { category, purpose, state } of records.flat())
            last.set(grantKey(category, purpose), state);
          expect(new Map([...chain.grants].map(([key, { state }]) => [key, state]))).toEqual(last);
          expect(chain.broken).toBe(false);
          expect(chain.withdrawals).toBe(
            records.filter((list: readonly GrantChange[]) => takesBack({ changes: list })).length,
          );
        },
      ),
    );
  });
});
