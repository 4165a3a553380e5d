// Goal: copy says numbers of releases alone, and no more exactly than they are known.

import { expect, it } from 'vitest';
import type { KeptRelease, PeopleTold } from '../../facts/release.ts';
import { asking } from './testing.ts';
import { fillCopy, stepFor } from './copy.ts';

const ID = 'ab'.repeat(32);

function release(
  total: PeopleTold,
  rows: Readonly<Record<string, PeopleTold>>,
  sigmaSquared = 50,
): KeptRelease {
  return {
    id: ID,
    release: {
      v: 1,
      controller: 'shop',
      question: asking().question,
      timeMs: 0,
      year: 2026,
      peopleMin: 100,
      tellFrom: 129,
      sigmaSquared,
      rhoMillionths: 10_000,
      total,
      rows: Object.entries(rows).map(([row, people]) => ({ row, people })),
    },
  };
}

const LEDGER = [release(2312, { 'Food > Tea': 1049, 'film-one': 'few', 'film-two': 499 })];
const filled = (template: string) => fillCopy(template, LEDGER, (number) => `about ${number}`);

it('[M12] is filled with released numbers, as roughly as their noise asks for', () => {
  expect(filled(`{people:${ID}} bought, {people:${ID}/Food > Tea} of them tea.`)).toEqual({
    ok: true,
    value: 'about 2300 bought, about 1050 of them tea.',
  });
  expect(filled('Our tea is good.')).toEqual({ ok: true, value: 'Our tea is good.' });
});

it.each([
  [`{people:${'cd'.repeat(32)}}`, /no release of this name/],
  [`{people:${ID}/film-one}`, /so few people/],
  [`{people:${ID}/film-two}`, /steps of 50.*fewer than 500/],
  [`{people:${ID}/film-three}`, /no row of this name/],
  ['{people:2312}', /comes from a release/],
  ['{name}', /comes from a release/],
  ['{people:', /comes from a release/],
  [`{{people:${ID}}}`, /comes from a release/],
])('[M12] %s is refused with the reason, and nothing is filled', (place, reason) => {
  const outcome = filled(`{people:${ID}} and ${place}`);
  expect(outcome).toMatchObject({ ok: false });
  if (outcome.ok) return;
  expect(outcome.error.some((each) => reason.test(each.reason))).toBe(true);
});

it('[M12] is stepped by 1, 2 or 5 times a power of ten, four standard deviations at least', () => {
  expect([1, 2, 6, 50, 250, 16_500].map(stepFor)).toEqual([5, 10, 10, 50, 100, 1000]);
  for (let variance = 1; variance < 3000; variance += 7) {
    const step = stepFor(variance);
    expect(step).toBeGreaterThanOrEqual(4 * Math.sqrt(variance));
    expect(step).toBeLessThan(10.1 * Math.sqrt(variance) + 4);
  }
});
