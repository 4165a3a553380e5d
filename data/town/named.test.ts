// Goal: the people whom demos and cases rely on have the histories that are told of them, in every town.

import { describe, expect, test } from 'vitest';
import { DAY_MS } from '../../src/kernel/time.ts';
import { productOf } from './catalogue.ts';
import { generateTown } from './generate.ts';
import { leafName } from './shelf.ts';
import type { Act } from './types.ts';

const END_MS = Date.UTC(2026, 1, 1);
const acts: readonly Act[] = [...generateTown({ seed: 1, people: 20, endMs: END_MS }).acts()];

describe('the named', () => {
  const story = (id: string): readonly Act[] => acts.filter((act) => act.person === id);
  const bought = (id: string): string[] =>
    story(id).flatMap((act) => (act.kind === 'purchase' ? act.lines.map(({ item }) => item) : []));

  test('ada bought her coat in the last week and nothing for it yet', () => {
    const coat = story('ada').find(
      (act) => act.kind === 'purchase' && act.lines.some(({ item }) => item === 'coat-harbour-wool'),
    );
    expect(coat?.timeMs).toBeGreaterThanOrEqual(END_MS - 7 * DAY_MS);
    expect(bought('ada').map((item) => leafName(productOf(item).path))).not.toContain('Gloves');
  });

  test('ben refused everything; hana has said and done nothing; gil sends GPC', () => {
    const answers = story('ben').flatMap((act) => (act.kind === 'consent' ? act.grants : []));
    expect(answers.length).toBeGreaterThan(0);
    expect(answers.every(({ state }) => state === 'refused')).toBe(true);
    expect(story('hana')).toEqual([]);
    expect(story('gil').find((act) => act.kind === 'consent')).toMatchObject({
      gpc: true,
      place: { country: 'US', region: 'CA' },
    });
  });

  test('carla bought class items and proxies; deniz is 15; emre comes for his beans; fatima has cats', () => {
    expect(bought('carla')).toEqual(
      expect.arrayContaining(['vitamins-prenatal', 'lotion-unscented', 'tote-bag-large']),
    );
    expect(story('deniz').find((act) => act.kind === 'declare')).toMatchObject({
      traits: { birthYear: 2011 },
    });
    expect(bought('emre').filter((item) => item === 'beans-morning-harbour').length).toBeGreaterThanOrEqual(
      8,
    );
    expect(bought('fatima').filter((item) => leafName(productOf(item).path) === 'Cat food').length).toBe(4);
  });

  test('are the same in every town', () => {
    const other = [...generateTown({ seed: 99, people: 20, endMs: END_MS }).acts()];
    for (const id of ['ada', 'ben', 'carla', 'deniz', 'emre', 'fatima', 'gil', 'hana']) {
      expect(other.filter((act) => act.person === id)).toEqual(story(id));
    }
  });
});
