// Goal: each reason to say no, by itself; and inputs that no type allows.

import { describe, expect, test } from 'vitest';
import { DATA_CATEGORIES } from '../facts/category.ts';
import { grantKey } from '../facts/grant.ts';
import { STANDARD_PURPOSES } from '../facts/standard-notice.ts';
import { PURPOSES } from '../facts/purpose.ts';
import { EMPTY_CHAIN } from './chain.ts';
import { EU, STRICTEST, US_CA, resolvePack } from './packs.ts';
import { CONTRACT_CATEGORIES } from './permit.ts';
import { parseConsentRequest } from './request.ts';
import { ALL, DAY, NOW, allowed, chainOf, change, permitting, reason, withGrant } from './testing.ts';

describe('a grant', () => {
  test('[G3] counts for its category and its purpose alone', () => {
    const chain = chainOf([change('purchases', 'recommend', 'given')]);
    expect(allowed(permitting({ chain }))).toEqual(['purchases recommend']);
  });

  test('[G15] ends with the next record', () => {
    const chain = chainOf(
      [change('purchases', 'recommend', 'given')],
      [change('purchases', 'recommend', 'withdrawn')],
    );
    expect(reason({ chain })).toBe('no-grant');
  });

  test('[G3] counts until it runs out, and not at that instant', () => {
    const grant = { state: 'given', sinceMs: NOW - DAY, expiresMs: NOW };
    expect(reason({ chain: withGrant(grant), nowMs: NOW - 1 })).toBeUndefined();
    expect(reason({ chain: withGrant(grant) })).toBe('grant-expired');
  });

  test('[G3] lasts five years at most, whatever it says', () => {
    const years = (count: number): number => count * 365 * DAY;
    const grant = { state: 'given', sinceMs: NOW, expiresMs: NOW + years(100) };
    expect(reason({ chain: withGrant(grant), nowMs: NOW + years(5) - 1 })).toBeUndefined();
    expect(reason({ chain: withGrant(grant), nowMs: NOW + years(5) })).toBe('grant-expired');
  });

  test('[G3] of the future is none, but a clock may be ten minutes ahead', () => {
    const from = (sinceMs: number) => withGrant({ state: 'given', sinceMs, expiresMs: NOW + DAY });
    expect(reason({ chain: from(NOW + 600_000) })).toBeUndefined();
    expect(reason({ chain: from(NOW + 600_001) })).toBe('grant-unreadable');
  });

  test('[G4] with times that are no times is none', () => {
    for (const time of [Number.NaN, Infinity, -Infinity, undefined, null, '2026', {}]) {
      const since = withGrant({ state: 'given', sinceMs: time, expiresMs: NOW + DAY });
      const expires = withGrant({ state: 'given', sinceMs: NOW - DAY, expiresMs: time });
      expect(reason({ chain: since })).toBe('grant-unreadable');
      expect(reason({ chain: expires })).toBe('grant-unreadable');
    }
  });

  test('[G4] with a forged state is none', () => {
    for (const state of [
      'Given',
      'given ',
      'GIVEN',
      true,
      1,
      ['given'],
      { toString: () => 'given' },
      null,
      undefined,
    ]) {
      expect(reason({ chain: withGrant({ state, sinceMs: NOW - DAY, expiresMs: NOW + DAY }) })).toBe(
        'no-grant',
      );
    }
  });

  test('[G4] does not come from a polluted prototype', () => {
    const key = grantKey('purchases', 'recommend');
    const polluted: Record<string, unknown> = Object.prototype as never;
    polluted[key] = { state: 'given', sinceMs: NOW - DAY, expiresMs: NOW + DAY };
    polluted['gpc'] = false;
    try {
      expect(allowed(permitting())).toEqual([]);
      const parsed = parseConsentRequest(JSON.parse('{"__proto__":{"grants":[]}}'));
      expect(parsed.ok).toBe(false);
    } finally {
      Reflect.deleteProperty(polluted, key);
      Reflect.deleteProperty(polluted, 'gpc');
    }
  });

  test('[G4] is not read when the time of the reading is none', () => {
    for (const nowMs of [Number.NaN, Infinity, -Infinity]) {
      expect(allowed(permitting({ chain: ALL, nowMs }))).toEqual([]);
      expect(allowed(permitting({ pack: US_CA, nowMs }))).toEqual([]);
      expect(reason({ nowMs }, 'purchases', 'serve')).toBe('grant-unreadable');
    }
  });
});

describe('the state of the chain', () => {
  test('[G5] broken: nothing that needs a grant', () => {
    for (const pack of [EU, US_CA]) {
      expect(allowed(permitting({ chain: { ...ALL, broken: true }, pack }))).toEqual([]);
    }
  });

  test('[G5] the key store counts more withdrawals: restored from an old backup', () => {
    expect(allowed(permitting({ chain: ALL, revocations: 1 }))).toEqual([]);
    expect(reason({ chain: ALL, revocations: 1 })).toBe('consent-state-stale');
    expect(reason({ chain: EMPTY_CHAIN, revocations: 1, pack: US_CA })).toBe('consent-state-stale');
  });

  test('[G5] the key store does not know the person', () => {
    expect(reason({ chain: ALL, revocations: undefined })).toBe('consent-state-stale');
  });

  test('[G5] a count that is no number', () => {
    expect(reason({ chain: ALL, revocations: Number.NaN })).toBe('consent-state-stale');
    expect(reason({ chain: { ...ALL, withdrawals: Number.NaN }, revocations: 0 })).toBe(
      'consent-state-stale',
    );
  });
});

describe('the contract', () => {
  test('[G6] serves with what an order needs and nothing else, without a grant', () => {
    const permissions = permitting({ ageYears: 7, signals: { gpc: true }, pack: STRICTEST });
    const open = DATA_CATEGORIES.filter((category) => permissions.refusal(category, 'serve') === undefined);
    expect(open).toEqual(CONTRACT_CATEGORIES);
    expect(open).toEqual(['purchases', 'basket', 'declared']);
  });

  test('[G6] a grant widens no contract', () => {
    const grants = new Map([
      [grantKey('browsing', 'serve'), { state: 'given', sinceMs: NOW - DAY, expiresMs: NOW + DAY } as const],
    ]);
    expect(reason({ chain: { ...EMPTY_CHAIN, seq: 0, grants } }, 'browsing', 'serve')).toBe('no-grant');
  });
});

describe('age', () => {
  test('[G7] below the age of consent a grant allows nothing', () => {
    expect(allowed(permitting({ chain: ALL, ageYears: 15 }))).toEqual([]);
    expect(reason({ chain: ALL, ageYears: 15 })).toBe('minor');
    expect(reason({ ageYears: 15, pack: US_CA })).toBe('minor');
  });

  test('[G7] between that age and 18 nothing is advertised or sent', () => {
    const purposes = PURPOSES.filter(
      (purpose) => reason({ chain: ALL, ageYears: 16 }, 'purchases', purpose) === 'minor',
    );
    expect(purposes).toEqual(['advertise', 'contact']);
    expect(reason({ chain: ALL, ageYears: 18 }, 'purchases', 'contact')).toBeUndefined();
  });

  test('[G7] the age of consent is that of the country', () => {
    expect(reason({ chain: ALL, ageYears: 13, pack: resolvePack([{ country: 'BE' }]) })).toBeUndefined();
    expect(reason({ chain: ALL, ageYears: 13, pack: resolvePack([{ country: 'IT' }]) })).toBe('minor');
  });

  test('[G7] an age that is no number is a minor', () => {
    for (const ageYears of [Number.NaN, Infinity, -Infinity, -1])
      expect(reason({ chain: ALL, ageYears })).toBe('minor');
  });
});

describe('Global Privacy Control', () => {
  test('[G8] in the EU ends advertising and writing, also against a grant, and leaves the rest', () => {
    const permissions = permitting({ chain: ALL, signals: { gpc: true } });
    const ended = STANDARD_PURPOSES.filter(
      (purpose) => permissions.refusal('purchases', purpose) !== undefined,
    );
    expect(ended).toEqual(['advertise', 'contact']);
    expect(permissions.refusal('purchases', 'pool')?.refused).toBe('signal-objects');
    expect(permissions.refusal('purchases', 'advertise')?.refused).toBe('signal-objects');
  });

  test('[G8] ends everything that rests on silence', () => {
    expect(allowed(permitting({ pack: US_CA, signals: { gpc: true } }))).toEqual([]);
    expect(reason({ pack: US_CA, signals: { gpc: true } })).toBe('signal-objects');
  });

  test('[G8] that cannot be read is an objection', () => {
    for (const gpc of [undefined, null, 0, '', 'false', Number.NaN]) {
      expect(reason({ pack: US_CA, signals: { gpc } as never })).toBe('signal-objects');
    }
  });
});

describe('a consent string or a phone', () => {
  const ended = (signals: object, pack: typeof EU = EU): readonly string[] => {
    const permissions = permitting({ chain: ALL, pack, signals: { gpc: false, ...signals } });
    return STANDARD_PURPOSES.filter((purpose) => permissions.refusal('purchases', purpose) !== undefined);
  };

  test('[G36] ends the uses it names, also against a grant, and leaves the rest', () => {
    expect(ended({ ends: ['measure', 'recommend'] })).toEqual(['recommend', 'measure']);
    expect(ended({ ends: [] })).toEqual([]);
    expect(reason({ chain: ALL, signals: { gpc: false, ends: ['recommend'] } })).toBe('signal-objects');
  });

  test('[G33] that opts out of sale ends what Global Privacy Control ends by law, and no silence', () => {
    expect(ended({ optsOut: true })).toEqual(['advertise', 'contact']);
    expect(ended({ optsOut: true }, US_CA)).toEqual(['advertise']);
    expect(reason({ pack: US_CA, signals: { gpc: false, optsOut: true } })).toBeUndefined();
  });

  test('[G32] that objects to silence ends it for its uses, and leaves what was granted', () => {
    const signals = { gpc: false, endsSilence: ['recommend'] } as const;
    expect(reason({ pack: US_CA, signals })).toBe('signal-objects');
    expect(reason({ pack: US_CA, signals }, 'purchases', 'improve')).toBeUndefined();
    expect(reason({ pack: US_CA, chain: ALL, signals })).toBeUndefined();
  });

  test('[G35] whose answer cannot be read ends all of it', () => {
    for (const wrong of [null, 'recommend', {}, 1, ['everything'], [undefined]]) {
      expect(ended({ ends: wrong }), JSON.stringify(wrong)).toEqual(STANDARD_PURPOSES);
      const signals = { gpc: false, endsSilence: wrong } as never;
      expect(allowed(permitting({ pack: US_CA, signals })), JSON.stringify(wrong)).toEqual([]);
    }
    for (const wrong of [null, 'no', 0, {}])
      expect(ended({ optsOut: wrong }), JSON.stringify(wrong)).toEqual(['advertise', 'contact']);
  });
});

describe('opt-out', () => {
  test('[G9] allows on silence what the pack lists, and the search for proxies only with a grant', () => {
    const permissions = permitting({ pack: US_CA });
    const open = STANDARD_PURPOSES.filter(
      (purpose) => permissions.refusal('browsing', purpose) === undefined,
    );
    expect(open).toEqual(STANDARD_PURPOSES.filter((purpose) => purpose !== 'guard'));
    expect(permissions.refusal('purchases', 'pool')?.refused).toBe('no-grant');
  });

  test.each(['refused', 'withdrawn'] as const)('[G9] ends with a choice that is %s', (state) => {
    const chain = chainOf([change('purchases', 'recommend', state)]);
    expect(reason({ chain, pack: US_CA })).toBe('no-grant');
    expect(reason({ chain, pack: US_CA }, 'browsing')).toBeUndefined();
  });

  test('[G9] does not come back when a grant has run out', () => {
    const chain = withGrant({ state: 'given', sinceMs: NOW - 2 * DAY, expiresMs: NOW - DAY });
    expect(reason({ chain, pack: US_CA })).toBe('grant-expired');
  });
});

describe('the pack', () => {
  test('[G10] missing: nothing, not even the contract', () => {
    const permissions = permitting({ chain: ALL, pack: undefined });
    for (const purpose of PURPOSES) {
      for (const category of DATA_CATEGORIES) {
        expect(permissions.refusal(category, purpose)?.refused).toBe('no-pack');
      }
    }
  });

  test('[G10] that does not name the purpose, or names it in a word we do not know: nothing', () => {
    for (const recommend of [undefined, '', 'legitimate-interest', 'yes']) {
      const pack = { ...EU, defaults: { ...EU.defaults, recommend: recommend as never } };
      expect(reason({ chain: ALL, pack })).toBe('no-pack');
    }
  });

  test('[G10] that says never: not even with a grant', () => {
    const pack = { ...EU, defaults: { ...EU.defaults, advertise: 'never' as const } };
    expect(reason({ chain: ALL, pack }, 'purchases', 'advertise')).toBe('no-grant');
  });
});
