// Goal: the packs say what data/packs/jurisdiction-packs.json says, where each value has its source; and
// several laws at once are never weaker than one of them.

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { LAWFUL_DEFAULTS, type Pack } from '../facts/pack.ts';
import { PURPOSES } from '../facts/purpose.ts';
import { parsePeriodDays } from '../kernel/time.ts';
import { EU, EU_CONSENT_AGE, STRICTEST, US_CA, resolvePack, strictest } from './packs.ts';

interface Row {
  readonly code: string;
  readonly as_of: string;
  readonly basis?: Readonly<Record<string, string>>;
  readonly age?: Readonly<Record<string, unknown>>;
  readonly signals?: Readonly<Record<string, unknown>>;
  readonly retention?: Readonly<Record<string, unknown>>;
  readonly marketing_on_special?: string;
}

const file = new URL('../../data/packs/jurisdiction-packs.json', import.meta.url);
const { packs: rows }: { readonly packs: readonly Row[] } = JSON.parse(readFileSync(file, 'utf8'));

function row(code: string): Row {
  const found = rows.find((one) => one.code === code);
  if (found === undefined) throw new Error(`no row ${code}`);
  return found;
}

/** Not exported on its own: what the strictest pack has beyond the other two. */
const SA = resolvePack([{ country: 'SA' }]);

const consentOnly = Object.fromEntries(
  PURPOSES.map((purpose) => [purpose, purpose === 'serve' ? 'contract' : 'consent']),
);

describe('the packs and jurisdiction-packs.json', () => {
  test('[G11] are of the same day', () => {
    for (const pack of [EU, US_CA, STRICTEST]) expect(pack.asOf).toBe('2026-07-25');
    for (const code of ['EU', 'SA', 'US-CA']) expect(row(code).as_of).toBe('2026-07-25');
  });

  test('[G11] EU: ages by country', () => {
    const age = row('EU').age!;
    expect(EU_CONSENT_AGE).toEqual(age['by_country']);
    expect(EU.consentAgeYears).toBe(age['default']);
    expect(EU.profiledAdsAgeYears).toBe(age['no_profiled_ads_under']);
    for (const [country, years] of Object.entries(EU_CONSENT_AGE)) {
      expect(resolvePack([{ country }])).toEqual({ ...EU, consentAgeYears: years });
    }
    for (const [code, country] of [
      ['DE', 'DE'],
      ['IT', 'IT'],
      ['FR', 'FR'],
    ] as const) {
      expect(EU_CONSENT_AGE[country]).toBe(row(code).age!['default']);
    }
  });

  test('[G11] EU: consent on the page and in the letter-box', () => {
    expect(row('EU').basis!['profile_onsite']).toMatch(/^consent /);
    expect(row('EU').basis!['device_access']).toMatch(/^consent /);
    expect(row('EU').basis!['email']).toMatch(/^opt-in;/);
    expect(EU.defaults).toEqual(consentOnly);
  });

  test('[G11] EU: GPC is an objection to direct marketing, adverts and writing alike', () => {
    expect(row('EU').signals!['gpc']).toContain('treat as Art 21(2) objection');
    expect(EU.gpcForbids).toEqual(['advertise', 'contact', 'pool']);
  });

  test('[G11] EU: explicit consent opens a sensitive class; evidence is kept five years', () => {
    expect(row('EU').marketing_on_special).toMatch(/^explicit consent only/);
    expect(EU.sensitiveByDeclaration).toBe(true);
    expect(row('EU').retention!['consent_evidence']).toContain('P5Y');
    expect(EU.evidenceDays).toBe(parsePeriodDays('P5Y'));
  });

  test('[G11] California: notice and opt-out; what is sensitive, opt-in', () => {
    const states = row('US-UOOM');
    expect(states.basis!['profile_onsite']).toMatch(/^notice \+ opt-out/);
    expect(states.basis!['sensitive']).toMatch(/^opt-in/);
    expect(states.basis!['email']).toContain('opt-out');
    const expected = { ...consentOnly };
    for (const purpose of PURPOSES)
      if (!['serve', 'guard', 'pool'].includes(purpose)) expected[purpose] = 'opt-out';
    expect(US_CA.defaults).toEqual(expected);
    expect(US_CA.sensitiveByDeclaration).toBe(true);
  });

  test('[G11] California: GPC is a mandatory opt-out of advertising; ages; request log of 24 months', () => {
    expect(row('US-UOOM').signals!['gpc']).toMatch(/^MANDATORY = opt-out of sale\/sharing\/targeted ads/);
    expect(row('US-CA').signals!['gpc']).toMatch(/^mandatory/);
    expect(US_CA.gpcForbids).toEqual(['advertise', 'pool']);
    expect(US_CA.consentAgeYears).toBe(row('US-CA').age!['opt_in_sale_under']);
    expect(US_CA.profiledAdsAgeYears).toBeGreaterThanOrEqual(US_CA.consentAgeYears);
    expect(row('US-CA').retention!['request_log']).toMatch(/^P24M/);
    expect(US_CA.evidenceDays).toBe(parsePeriodDays('P24M'));
  });

  test('[G11] Saudi Arabia: sensitive data never serve marketing; 18 years; consent', () => {
    expect(row('SA').marketing_on_special).toMatch(/^NEVER, not even with consent/);
    expect(SA.sensitiveByDeclaration).toBe(false);
    expect(SA.consentAgeYears).toBe(row('SA').age!['default']);
    expect(row('SA').basis!['profile_onsite']).toMatch(/^consent/);
    expect(SA.defaults).toEqual(consentOnly);
  });

  test('[G11] no row is stricter than the strictest pack in age or evidence', () => {
    for (const { code, age } of rows) {
      const ages = [age?.['default'], age?.['opt_in_sale_under']].filter(
        (years) => typeof years === 'number',
      );
      for (const years of ages) expect(years, code).toBeLessThanOrEqual(STRICTEST.consentAgeYears);
    }
  });
});

/** Packs that differ in every field, so that a rule that forgets one is seen. */
const packs: readonly Pack[] = [
  EU,
  US_CA,
  SA,
  STRICTEST,
  { ...EU, consentAgeYears: 13 },
  {
    ...US_CA,
    code: 'X',
    asOf: '2025-01-01',
    confidence: 'M',
    profileDaysMax: 30,
    gpcForbids: ['contact', 'measure'],
  },
  {
    ...EU,
    code: 'Y',
    defaults: { ...EU.defaults, advertise: 'never' },
    profiledAdsAgeYears: 21,
    evidenceDays: 9999,
  },
];

describe('the strictest of two packs', () => {
  test('[G12] is the same in any order, and however often', () => {
    for (const a of packs) {
      expect(strictest(a, { ...a })).toEqual(a);
      for (const b of packs) {
        expect(strictest(a, b)).toEqual(strictest(b, a));
        expect(strictest(strictest(a, b), b)).toEqual(strictest(a, b));
        for (const c of packs) expect(strictest(strictest(a, b), c)).toEqual(strictest(a, strictest(b, c)));
      }
    }
  });

  test('[G12] is in no field weaker than either', () => {
    for (const a of packs) {
      for (const b of packs) {
        const both = strictest(a, b);
        for (const one of [a, b]) {
          for (const purpose of PURPOSES) {
            const rank = LAWFUL_DEFAULTS.indexOf(both.defaults[purpose]);
            expect(rank).toBeGreaterThanOrEqual(LAWFUL_DEFAULTS.indexOf(one.defaults[purpose]));
          }
          expect(both.consentAgeYears).toBeGreaterThanOrEqual(one.consentAgeYears);
          expect(both.profiledAdsAgeYears).toBeGreaterThanOrEqual(one.profiledAdsAgeYears);
          expect(both.gpcForbids).toEqual(expect.arrayContaining([...one.gpcForbids]));
          expect(Number(both.sensitiveByDeclaration)).toBeLessThanOrEqual(Number(one.sensitiveByDeclaration));
          expect(both.profileDaysMax).toBeLessThanOrEqual(one.profileDaysMax);
          expect(both.evidenceDays).toBeGreaterThanOrEqual(one.evidenceDays);
          expect(both.asOf <= one.asOf).toBe(true);
        }
      }
    }
  });

  test('[G12] names each law once', () => {
    expect(STRICTEST.code).toBe('EU+SA+US-CA');
    expect(strictest(STRICTEST, EU).code).toBe('EU+SA+US-CA');
    expect(resolvePack([{ country: 'DE' }, { country: 'FR' }]).code).toBe('EU');
  });
});

describe('the pack of a place', () => {
  test('[G13] not known, or without a pack of its own: EU, SA and US-CA at once', () => {
    expect(STRICTEST).toMatchObject({
      consentAgeYears: 18,
      sensitiveByDeclaration: false,
      profileDaysMax: 365,
      evidenceDays: 1825,
    });
    expect(STRICTEST.defaults).toEqual(consentOnly);
    for (const place of [
      undefined,
      { country: 'SA' },
      { country: 'GB' },
      { country: 'ZZ' },
      { country: 'US' },
    ]) {
      expect(resolvePack([place])).toEqual(STRICTEST);
    }
    expect(resolvePack([{ country: 'US', region: 'NY' }])).toEqual(STRICTEST);
    expect(resolvePack([])).toEqual(STRICTEST);
  });

  test('[G13] spelled otherwise than parsePlace writes it is not known', () => {
    for (const country of ['de', 'constructor', '__proto__', ''])
      expect(resolvePack([{ country }])).toEqual(STRICTEST);
  });

  test('[G13] California is California alone', () => {
    expect(resolvePack([{ country: 'US', region: 'CA' }])).toBe(US_CA);
    expect(resolvePack([{ country: 'CA' }])).toEqual(STRICTEST);
    expect(resolvePack([{ country: 'DE', region: 'CA' }]).code).toBe('EU');
  });

  test('[G13] of two known places keeps both laws', () => {
    expect(resolvePack([{ country: 'BE' }, { country: 'DE' }]).consentAgeYears).toBe(16);
    const both = resolvePack([{ country: 'US', region: 'CA' }, undefined, { country: 'FR' }]);
    expect(both.defaults).toEqual(consentOnly);
    expect(both.code).toBe('EU+US-CA');
  });
});
