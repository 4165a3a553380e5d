// Goal: the age errs towards younger, so that a child is never taken for an adult.

import { expect, test } from 'vitest';
import { leastAgeYears } from './age.ts';
import { DAY, NOW, TILL, fact } from './testing.ts';

function born(...years: readonly unknown[]) {
  const facts = years.map((value, index) =>
    fact('trait', 'birthYear', { key: `k${index}`, value: value as never }),
  );
  return { facts: new Map(facts.map((one) => [one.key, one])) };
}

test('[P25] is unknown when nothing was said', () => {
  expect(leastAgeYears(born(), NOW)).toBeUndefined();
  const language = fact('trait', 'language', { value: 1990 });
  expect(leastAgeYears({ facts: new Map([[language.key, language]]) }, NOW)).toBeUndefined();
});

test('[P25] counts the birthday as still to come', () => {
  expect(leastAgeYears(born(2010), NOW)).toBe(15);
  expect(leastAgeYears(born('2010'), NOW)).toBe(15);
  expect(leastAgeYears(born(2010), Date.UTC(2026, 0, 1))).toBe(15);
  expect(leastAgeYears(born(2010), Date.UTC(2026, 11, 31, 23, 59, 59, 999))).toBe(15);
  expect(leastAgeYears(born(2010), Date.UTC(2027, 0, 1))).toBe(16);
});

test('[P25] of several statements takes the youngest, in any order', () => {
  expect(leastAgeYears(born(1970, 2012, 1990), NOW)).toBe(13);
  expect(leastAgeYears(born(2012, 1970), NOW)).toBe(13);
});

test('[P25] also counts a statement that has expired, from a source that is gone', () => {
  const old = fact('trait', 'birthYear', {
    value: 2015,
    source: TILL,
    lastMs: NOW - 4000 * DAY,
    expiresMs: NOW - DAY,
  });
  expect(leastAgeYears({ facts: new Map([[old.key, old]]) }, NOW)).toBe(10);
});

test('[P26] what cannot be read is a minor', () => {
  for (const value of [
    undefined,
    '',
    'x',
    '90',
    '1990-01-01',
    ' 1990',
    1990.5,
    Number.NaN,
    Infinity,
    -1,
    0,
    1800,
    2026,
    2027,
    9999,
  ]) {
    expect(leastAgeYears(born(value), NOW), String(value)).toBe(0);
    expect(leastAgeYears(born(1970, value), NOW), String(value)).toBe(0);
  }
});

test('[P26] so is everybody when the clock cannot be read', () => {
  for (const nowMs of [Number.NaN, Infinity, -Infinity, 1.5, 1e300])
    expect(leastAgeYears(born(1970), nowMs)).toBe(0);
});
