// Goal: consent fails closed. Method: every input with which research on other engines (finding 1 of the
// field study) saw consent fail open, by name. The reasons one by one stand in permit.test.ts.

import { describe, expect, test } from 'vitest';
import { EMPTY_CHAIN, foldConsent } from './chain.ts';
import { EU, STRICTEST, US_CA, resolvePack } from './packs.ts';
import { parseConsentRequest } from './request.ts';
import { ALL, DAY, NOW, allowed, chainOf, change, permitting, reason, withGrant } from './testing.ts';

test('[G1] a whole chain of grants allows what it says: these tests can fail', () => {
  expect(allowed(permitting({ chain: ALL }))).toHaveLength(70);
});

describe('field.md, finding 1', () => {
  test('[G2] Segment: no consent object', () => {
    for (const pack of [EU, STRICTEST]) expect(allowed(permitting({ pack }))).toEqual([]);
  });

  test('[G2] RudderStack: a parse error', () => {
    expect(parseConsentRequest('{"grants":').ok).toBe(false);
    const chain = foldConsent(ALL, 'not a record' as never);
    expect(chain.broken).toBe(true);
    expect(allowed(permitting({ chain }))).toEqual([]);
    expect(reason({ chain })).toBe('grant-unreadable');
  });

  test('[G2] RudderStack: an empty list of what is denied', () => {
    expect(parseConsentRequest({ grants: [], notice: { id: 'n', language: 'en' } }).ok).toBe(false);
    const chain = { ...EMPTY_CHAIN, seq: 0 };
    expect(allowed(permitting({ chain }))).toEqual([]);
  });

  test('[G2] Tracardi: no consents on the profile', () => {
    const chain = chainOf([change('browsing', 'advertise', 'withdrawn')]);
    expect(allowed(permitting({ chain }))).toEqual([]);
  });

  test('[G2] Fides: no context and no consent map', () => {
    const permissions = permitting({ pack: resolvePack([undefined]), place: undefined });
    expect(allowed(permissions)).toEqual([]);
  });

  test('[G2] nobody knows which notices are registered', () => {
    expect(allowed(permitting({ chain: ALL }))).not.toEqual([]);
    expect(allowed(permitting({ chain: ALL, notices: undefined }))).toEqual([]);
    expect(reason({ chain: ALL, notices: undefined })).toBe('notice-unknown');
  });

  test('[G2] Fides: not opted in is not a yes', () => {
    expect(reason({ chain: chainOf([change('purchases', 'recommend', 'refused')]) })).toBe('no-grant');
  });

  test('[G1] Fides: a consumer without a purpose', () => {
    for (const purpose of [undefined, null, '', 'any', '*', 'constructor', '__proto__', 'toString']) {
      for (const pack of [EU, US_CA]) {
        const refusal = permitting({ chain: ALL, pack }).refusal('purchases', purpose as never);
        expect(refusal?.refused).toBe('unknown-purpose');
      }
    }
  });

  test('[G1] Fides: a data set without a category', () => {
    for (const category of [undefined, null, '', '*', 'constructor', '__proto__', 'hasOwnProperty']) {
      for (const purpose of ['recommend', 'serve'] as const) {
        const refusal = permitting({ chain: ALL }).refusal(category as never, purpose);
        expect(refusal?.refused).toBe('unknown-category');
      }
    }
  });

  test('[G2] Adobe: an empty consent field', () => {
    const grant = { category: 'purchases', purpose: 'recommend', state: '' };
    expect(parseConsentRequest({ grants: [grant], notice: { id: 'n', language: 'en' } }).ok).toBe(false);
    expect(reason({ chain: withGrant({ state: '', sinceMs: NOW - DAY, expiresMs: NOW + DAY }) })).toBe(
      'no-grant',
    );
    expect(reason({ chain: withGrant({}) })).toBe('no-grant');
  });

  // The ninth, "consent is stored but nothing reads it" (Unomi), is a test of the door: profile/door.test.ts.
});
