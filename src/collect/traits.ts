// Owns: what a person says about themselves, cut down to the closed list of `facts/event.ts`. From a date of
// birth only the year is taken, from an address only the country.

import { TRAITS, type Traits } from '../facts/event.ts';
import { type Problem, parseNumber, parseText, problem } from '../facts/parse.ts';
import { LIMITS } from '../kernel/limits.ts';
import { utcDay } from '../kernel/time.ts';
import { countryCode } from './countries.ts';

export interface TraitsRead {
  /** Absent when nothing readable was said. */
  readonly traits?: Traits;
  readonly problems: readonly Problem[];
}

const languagePattern = /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}$/;

/** `Europe/Rome`, `America/Argentina/Salta`, `UTC`, `Etc/GMT+3`. */
const zonePattern = /^[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+){0,2}$/;

/** Reads traits by our own names. Unreadable ones are reported and left out; the others go in. */
export function readTraits(raw: Readonly<Record<string, unknown>>, nowMs: number): TraitsRead {
  const traits: { -readonly [name in keyof Traits]: Traits[name] } = {};
  const problems: Problem[] = [];
  for (const name of TRAITS) {
    const value = raw[name];
    if (value === undefined || value === null) continue;
    const read = TRAIT_READERS[name](value, nowMs);
    if (typeof read === 'object') problems.push(read);
    else traits[name] = read;
  }
  return Object.keys(traits).length === 0 ? { problems } : { traits, problems };
}

/** `1990` of `1990-05-01`, the only part of a date of birth that is read. */
export function birthYearOf(value: unknown): number | undefined {
  const year = typeof value === 'string' ? /^(\d{4})-\d\d-\d\d(?:T.*)?$/.exec(value)?.[1] : undefined;
  return year === undefined ? undefined : Number(year);
}

type TraitReader = (value: unknown, nowMs: number) => string | number | Problem;

const TRAIT_READERS: Readonly<Record<(typeof TRAITS)[number], TraitReader>> = {
  birthYear: (value, nowMs) => {
    const max = Number(utcDay(nowMs).slice(0, 4));
    const read = parseNumber(value, { field: 'birthYear', min: 1900, max, whole: true });
    return read.ok ? read.value : read.error;
  },
  language: (value) => {
    if (typeof value === 'string' && languagePattern.test(value)) return value;
    return problem('language', 'a BCP 47 tag', 'Send for instance "de" or "zh-Hant".');
  },
  country: (value) =>
    countryCode(value) ?? problem('country', 'an ISO 3166-1 code of two letters', 'Send for instance "DE".'),
  region: (value) => {
    if (typeof value === 'string' && /^[A-Za-z0-9]{1,3}$/.test(value)) return value.toUpperCase();
    return problem('region', 'an ISO 3166-2 code of 1–3 characters', 'Send for instance "CA".');
  },
  timeZone: (value) => {
    if (typeof value === 'string' && value.length <= 64 && zonePattern.test(value)) return value;
    return problem('timeZone', 'a name of the IANA time zone database', 'Send for instance "Europe/Rome".');
  },
  likes: (value) => wish(value, 'likes'),
  dislikes: (value) => wish(value, 'dislikes'),
  rating: (value) => {
    const read = parseNumber(value, { field: 'rating', min: 0, max: 10 });
    return read.ok ? read.value : read.error;
  },
};

function wish(value: unknown, field: string): string | Problem {
  const read = parseText(value, { field, lengthMax: LIMITS.idLengthMax });
  return read.ok ? read.value : read.error;
}
