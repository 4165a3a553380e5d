// The least age a person can have by what they said, for the age limits of the law. It protects, so it errs
// towards younger, and it looks at every statement there is: also at one that is too old to be used for
// anything else.

import { INSTANT_MS_MAX, INSTANT_MS_MIN, utcDay } from '../kernel/time.ts';
import type { Fact, Profile } from '../facts/fact.ts';

/** Nobody older is documented (122 years, J. Calment); a birth year beyond that is a typing error. */
const AGE_YEARS_MAX = 130;

/**
 * Whole years, `undefined` when nothing was said. A person born in 2010 may still have their birthday
 * before them: in 2026 they are at least 15. Several statements (one per source) that differ: the youngest.
 * A statement that cannot be read, or a clock that cannot: 0, which is a minor everywhere.
 */
export function leastAgeYears(profile: Pick<Profile, 'facts'>, nowMs: number): number | undefined {
  let least: number | undefined;
  for (const fact of profile.facts.values()) {
    if (fact.kind === 'trait' && fact.name === 'birthYear')
      least = Math.min(least ?? Infinity, ageOf(fact.value, nowMs));
  }
  return least;
}

function ageOf(value: Fact['value'], nowMs: number): number {
  if (!Number.isInteger(nowMs) || nowMs < INSTANT_MS_MIN || nowMs > INSTANT_MS_MAX) return 0;
  const birthYear = typeof value === 'string' && /^\d{4}$/.test(value) ? Number(value) : value;
  if (typeof birthYear !== 'number' || !Number.isInteger(birthYear)) return 0;
  const age = Number(utcDay(nowMs).slice(0, 4)) - birthYear - 1;
  return age > 0 && age <= AGE_YEARS_MAX ? age : 0;
}
