// The law of a place, as far as it is modelled: EU/EEA, California, and the strictest of all for every
// place we cannot resolve or have no pack for. Values restate data/packs/jurisdiction-packs.json (reviewed
// 2026-07-25), where each has its source and its confidence; a test holds the two together. A place without
// a pack gets the strictest one, never none.

import type { LawfulDefault, Pack } from '../facts/pack.ts';
import type { Place } from '../facts/place.ts';
import { PURPOSES, type Purpose } from '../facts/purpose.ts';

const AS_OF = '2026-07-25';

/** Nothing but the contract without a grant: GDPR 6(1)(a)–(b), ePrivacy 5(3). */
const CONSENT_FOR_ALL: Readonly<Record<Purpose, LawfulDefault>> = {
  serve: 'contract',
  recommend: 'consent',
  improve: 'consent',
  advertise: 'consent',
  contact: 'consent',
  benefit: 'consent',
  measure: 'consent',
  guard: 'consent',
  pool: 'consent',
};

/** Age of digital consent by country, GDPR art. 8(1) and national law. */
// prettier-ignore
export const EU_CONSENT_AGE: Readonly<Record<string, number>> = {
  BE: 13, EE: 13, FI: 13, LV: 13, MT: 13, PT: 13, SE: 13, NO: 13, IS: 13,
  AT: 14, BG: 14, CY: 14, ES: 14, IT: 14, LT: 14,
  CZ: 15, DK: 15, FR: 15, GR: 15, SI: 15,
  DE: 16, HR: 16, HU: 16, IE: 16, LI: 16, LU: 16, NL: 16, PL: 16, RO: 16, SK: 16,
};

export const EU: Pack = {
  code: 'EU',
  asOf: AS_OF,
  confidence: 'C/S/M mixed',
  defaults: CONSENT_FOR_ALL,
  consentAgeYears: 16,
  profiledAdsAgeYears: 18,
  // No statutory duty in the EU; taken as objection under GDPR 21(2), which covers all direct marketing:
  // adverts and writing. And everywhere as a no to sharing, which learning together comes near (`pool`).
  gpcForbids: ['advertise', 'contact', 'pool'],
  sensitiveByDeclaration: true,
  // Product default: twelve months satisfy every row of the pack table (standards.md, global defaults, 7).
  profileDaysMax: 365,
  evidenceDays: 5 * 365,
};

/**
 * CCPA/CPRA: notice and opt-out; sensitive use only when the person opts in; under 16 nothing without it
 * (1798.120(c)).
 */
export const US_CA: Pack = {
  code: 'US-CA',
  asOf: AS_OF,
  confidence: 'S (7025/7026 text C)',
  defaults: {
    serve: 'contract',
    recommend: 'opt-out',
    improve: 'opt-out',
    advertise: 'opt-out',
    contact: 'opt-out',
    benefit: 'opt-out',
    measure: 'opt-out',
    guard: 'consent',
    // Two businesses that learn from one another's customers: nobody's silence is a yes to that.
    pool: 'consent',
  },
  consentAgeYears: 16,
  profiledAdsAgeYears: 18,
  // 11 CCR 7025(c)(1): a valid opt-out for browser, device, pseudonymous profile and known person.
  gpcForbids: ['advertise', 'pool'],
  sensitiveByDeclaration: true,
  profileDaysMax: 365,
  evidenceDays: 2 * 365,
};

/**
 * Saudi Arabia's rule that sensitive data never serve marketing (PDPL art. 26) and its age; part of the
 * strictest pack.
 */
const SA: Pack = {
  code: 'SA',
  asOf: AS_OF,
  confidence: 'S (article text seen)',
  defaults: CONSENT_FOR_ALL,
  consentAgeYears: 18,
  profiledAdsAgeYears: 18,
  gpcForbids: ['advertise', 'pool'],
  sensitiveByDeclaration: false,
  profileDaysMax: 365,
  evidenceDays: 5 * 365,
};

const RANK: Readonly<Record<LawfulDefault, number>> = { contract: 0, 'opt-out': 1, consent: 2, never: 3 };

function stricter(a: LawfulDefault, b: LawfulDefault): LawfulDefault {
  return RANK[a] >= RANK[b] ? a : b;
}

/** The parts of both, each once, sorted: `EU+SA` and `EU` give `EU+SA`, in any order and however often. */
function joinParts(a: string, b: string, separator: string): string {
  return [...new Set([...a.split(separator), ...b.split(separator)])].sort().join(separator);
}

/** Per field the strictest of two packs: when several laws apply, all of them are kept. */
export function strictest(a: Pack, b: Pack): Pack {
  if (a === b) return a;
  const defaults: Record<Purpose, LawfulDefault> = { ...a.defaults };
  for (const purpose of PURPOSES) defaults[purpose] = stricter(a.defaults[purpose], b.defaults[purpose]);
  return {
    code: joinParts(a.code, b.code, '+'),
    asOf: a.asOf < b.asOf ? a.asOf : b.asOf,
    confidence: joinParts(a.confidence, b.confidence, '; '),
    defaults,
    consentAgeYears: Math.max(a.consentAgeYears, b.consentAgeYears),
    profiledAdsAgeYears: Math.max(a.profiledAdsAgeYears, b.profiledAdsAgeYears),
    gpcForbids: PURPOSES.filter(
      (purpose) => a.gpcForbids.includes(purpose) || b.gpcForbids.includes(purpose),
    ),
    sensitiveByDeclaration: a.sensitiveByDeclaration && b.sensitiveByDeclaration,
    profileDaysMax: Math.min(a.profileDaysMax, b.profileDaysMax),
    evidenceDays: Math.max(a.evidenceDays, b.evidenceDays),
  };
}

/** EU ∪ SA ∪ US-CA: for a place that is not known, or has no pack of its own. */
export const STRICTEST: Pack = strictest(strictest(EU, SA), US_CA);

const EU_BY_COUNTRY = new Map<string, Pack>(
  Object.entries(EU_CONSENT_AGE).map(([country, age]) => [country, { ...EU, consentAgeYears: age }]),
);

function packOf(place: Place): Pack {
  const eu = EU_BY_COUNTRY.get(place.country);
  if (eu !== undefined) return eu;
  if (place.country === 'US' && place.region === 'CA') return US_CA;
  return STRICTEST;
}

/**
 * The pack for a person of whom these places are known (declared residence, place of the request). None
 * known: strictest.
 */
export function resolvePack(places: readonly (Place | undefined)[]): Pack {
  let pack: Pack | undefined;
  for (const place of places) {
    if (place === undefined) continue;
    const next = packOf(place);
    pack = pack === undefined ? next : strictest(pack, next);
  }
  return pack ?? STRICTEST;
}
