// Goal: what may not be shown to a person is barred, with the number that decided, and no longer than it
// should be. Method: real Views, opened through the door.

import { describe, expect, it } from 'vitest';
import type { Barred } from '../facts/decision.ts';
import type { Fact } from '../facts/fact.ts';
import type { View } from '../facts/view.ts';
import { ALL, permitting } from '../consent/testing.ts';
import { DAY, NOW, TILL, fact, itemId, viewOf as openedView } from '../profile/testing.ts';
import { barFacts, barNotDue } from './bar.ts';
import { type Exposure, barShown, shownBefore } from './caps.ts';
import { PLACEMENT } from './testing.ts';
import { weigh } from './weigh.ts';

const viewOf = (facts: readonly Fact[]): View =>
  openedView(facts, { permissions: permitting({ chain: ALL }) });

const names = (barred: readonly Barred[]): readonly string[] =>
  barred.map(({ item, guard, number }) => `${item} ${guard} ${number}`);
const HOUR = 3_600_000;

describe('what facts bar', () => {
  it('[D8] things bought, returned, disliked or dismissed of late; one entry each, sorted', () => {
    const view = viewOf([
      fact('bought', 'tea', { quantity: 3 }),
      fact('bought', 'coat', { quantity: 1, returned: 2 }),
      fact('bought', 'lamp', { quantity: 0, returned: 0 }),
      fact('dislikes', 'hat'),
      fact('dismissed', 'cap', { count: 2, lastMs: NOW - 30 * DAY + 1 }),
      fact('dismissed', 'old', { lastMs: NOW - 30 * DAY }),
      fact('viewed', 'book'),
    ]);
    expect(names(barFacts(view))).toEqual([
      'cap disliked 2',
      'coat returned 2',
      'hat disliked 1',
      'tea bought 3',
    ]);
  });

  it('[D8] of several reasons the first one speaks: dislike before purchase', () => {
    const view = viewOf([fact('bought', 'tea'), fact('dislikes', 'tea')]);
    expect(names(barFacts(view))).toEqual(['tea disliked 1']);
  });

  it('[D8] what came back of one purchase came back, wherever another one was made', () => {
    const bought = [
      fact('bought', 'tea', { key: 'bought|a|tea', quantity: 1 }),
      fact('bought', 'tea', { key: 'bought|b|tea', quantity: 0, returned: 1 }),
    ];
    for (const facts of [bought, bought.toReversed()])
      expect(names(barFacts(viewOf(facts)))).toEqual(['tea returned 1']);
  });

  it('[D8] whoever dislikes a thing and dismissed it as well has said so once', () => {
    const view = viewOf([fact('dislikes', 'hat'), fact('dismissed', 'hat', { count: 5 })]);
    expect(names(barFacts(view))).toEqual(['hat disliked 1']);
  });

  it('[D64] what is bought again is due at half of the usual time, and not before', () => {
    const tea = (lastMs: number): View =>
      viewOf([fact('bought', 'tea', { count: 2, quantity: 2, firstMs: lastMs - 20 * DAY, lastMs })]);
    expect(names(barNotDue(tea(NOW - 10 * DAY)))).toEqual([]);
    expect(names(barNotDue(tea(NOW - 10 * DAY + 1)))).toEqual(['tea bought 2']);
  });

  it('[D18] what was said no to no longer scores, by whatever else is known of it; the rest does', () => {
    const facts = [
      fact('viewed', 'hat', { count: 40 }),
      fact('bought', 'hat'),
      fact('likes', 'hat'),
      fact('viewed', 'cap'),
      fact('viewed', 'tea'),
    ];
    const scoring = (more: readonly Fact[]): readonly string[] => [
      ...new Set(weigh(viewOf([...facts, ...more])).map(({ item }) => item)),
    ];
    expect(scoring([])).toEqual(['cap', 'hat', 'tea']);
    expect(scoring([fact('dislikes', 'hat'), fact('dismissed', 'cap')])).toEqual(['tea']);
    expect(scoring([fact('dismissed', 'cap', { lastMs: NOW - 30 * DAY })])).toEqual(['cap', 'hat', 'tea']);
  });

  it('[D8] what was not read bars nothing: only three categories are asked for', () => {
    const view = viewOf([fact('viewed', 'book'), fact('trait', 'language')]);
    expect(barFacts(view)).toEqual([]);
    expect(view.reads()).toEqual([]);
  });
});

describe('caps', () => {
  const shownAt = (timeMs: number, items: readonly string[], placement = 'home'): Exposure => ({
    placement,
    items: items.map(itemId),
    timeMs,
  });

  it('[D7] a thing shown as often as its cap allows is barred, and free after the window', () => {
    const placement = { ...PLACEMENT, capPerItem: { impressionsMax: 2, windowHours: 24 } };
    const exposures = [
      shownAt(NOW - 24 * HOUR, ['tea', 'hat']),
      shownAt(NOW - 24 * HOUR + 1, ['tea'], 'email'),
      shownAt(NOW - HOUR, ['tea', 'cap']),
    ];
    const at = (nowMs: number): readonly string[] => names(barShown([], { exposures, placement, nowMs }));
    expect(at(NOW)).toEqual(['tea item-cap 2']);
    expect(at(NOW + 1)).toEqual([]);
  });

  it('[D7] a bar that stands keeps its name; a list to which nothing comes is the same list', () => {
    const placement = { ...PLACEMENT, capPerItem: { impressionsMax: 1, windowHours: 24 } };
    const barred: readonly Barred[] = [{ item: itemId('tea'), guard: 'bought', number: 1 }];
    const exposures = [shownAt(NOW - HOUR, ['tea', 'cap'])];
    expect(names(barShown(barred, { exposures, placement, nowMs: NOW }))).toEqual([
      'cap item-cap 1',
      'tea bought 1',
    ]);
    expect(barShown(barred, { exposures: [], placement, nowMs: NOW })).toBe(barred);
  });

  it('[D7] a bar is said anew when what stands at its cap changes, in number or in thing', () => {
    const placement = { ...PLACEMENT, capPerItem: { impressionsMax: 1, windowHours: 24 } };
    const exposures = [shownAt(NOW - 24 * HOUR + 1, ['tea', 'cap'])];
    const base: readonly Barred[] = [];
    const at = (nowMs = NOW): readonly string[] => names(barShown(base, { exposures, placement, nowMs }));
    expect(at()).toEqual(['cap item-cap 1', 'tea item-cap 1']);
    exposures.push(shownAt(NOW - 24 * HOUR + 1, ['tea']));
    expect(at()).toEqual(['cap item-cap 1', 'tea item-cap 2']);
    exposures.push(shownAt(NOW - 24 * HOUR + 1, ['tea', 'cap']));
    expect(at()).toEqual(['cap item-cap 2', 'tea item-cap 3']);
    // In the order of the two before them.
    exposures.push(shownAt(NOW, ['hat', 'hat', 'hat', 'pot', 'pot']));
    expect(at(NOW + 2), 'others, as many, as often').toEqual(['hat item-cap 3', 'pot item-cap 2']);
  });

  it('[D7] lists of this placement within the window count; a list with nothing in it was not shown', () => {
    const exposures = [
      shownAt(NOW - 24 * HOUR, ['tea']),
      shownAt(NOW - 24 * HOUR + 1, ['tea']),
      shownAt(NOW - HOUR, ['tea'], 'email'),
      shownAt(NOW - HOUR, []),
      shownAt(NOW, ['cap']),
    ];
    expect(shownBefore({ exposures, placement: PLACEMENT, nowMs: NOW })).toBe(2);
  });
});

describe('weights', () => {
  const weightOf = (one: Fact): number | undefined => weigh(viewOf([one]))[0]?.weight;

  it('[D13] fade by half in their time; a purchase outlasts a look, a liking does not fade', () => {
    expect(weightOf(fact('viewed', 'a', { lastMs: NOW }))).toBe(0.5);
    expect(weightOf(fact('viewed', 'a', { lastMs: NOW - 14 * DAY }))).toBe(0.25);
    expect(weightOf(fact('clicked', 'a', { lastMs: NOW - 14 * DAY }))).toBe(0.25);
    expect(weightOf(fact('in-basket', 'a', { lastMs: NOW - 14 * DAY }))).toBe(0.5);
    expect(weightOf(fact('bought', 'a', { lastMs: NOW }))).toBe(1);
    const old = NOW - 300 * DAY;
    expect(weightOf(fact('likes', 'a', { lastMs: old }))).toBe(1.5);
    expect(weightOf(fact('bought', 'a', { lastMs: old })) ?? 0).toBeGreaterThan(
      weightOf(fact('viewed', 'a', { lastMs: old })) ?? 0,
    );
    expect(weightOf(fact('bought', 'a', { lastMs: NOW - 180 * DAY }))).toBe(0.5);
    // Whoever comes back after nearly a year is no stranger.
    expect(weightOf(fact('bought', 'a', { lastMs: NOW - 364 * DAY }))).toBeGreaterThan(0.24);
    // A clock that is ahead of ours does not make a fact stronger.
    expect(weightOf(fact('viewed', 'a', { lastMs: NOW + DAY }))).toBe(0.5);
  });

  it('[D13] are multiples of 2^-10; what no longer holds, bars or describes has none', () => {
    const facts = Array.from({ length: 60 }, (_, n) =>
      fact('bought', `a${n}`, { lastMs: NOW - n * 7.3 * DAY * 0.8 }),
    );
    for (const { weight } of weigh(viewOf(facts))) expect(Number.isInteger(weight * 1024)).toBe(true);
    for (const nothing of [
      fact('bought', 'a', { quantity: 0 }),
      fact('dismissed', 'a'),
      fact('dislikes', 'a'),
      fact('trait', 'language'),
    ]) {
      expect(weightOf(nothing)).toBeUndefined();
    }
  });

  it('[D13] the hundred strongest count, in the order of things', () => {
    // The first thing is neither the strongest nor the weakest.
    const daysAgo = (n: number): number => (n * 37 + 60) % 130;
    const many = Array.from({ length: 130 }, (_, n) =>
      fact('bought', `a${String(n).padStart(3, '0')}`, { lastMs: NOW - daysAgo(n) * DAY }),
    );
    const weighed = weigh(viewOf(many));
    const expected = many.filter((_, n) => daysAgo(n) < 100).map(({ key }) => key);
    expect(weighed.map(({ key }) => key)).toEqual(expected);
  });

  it('[D13] facts of one thing stand in the order of their names, whatever they weigh', () => {
    const found = weigh(
      viewOf([
        fact('bought', 'a'),
        fact('likes', 'a'),
        fact('bought', 'b'),
        fact('in-basket', 'b'),
        fact('viewed', 'b', { source: TILL }),
        fact('viewed', 'b'),
      ]),
    );
    const kinds = found.map(({ key }) => key.split('|').slice(0, 2).join(' '));
    expect(kinds).toEqual([
      'bought web',
      'likes web',
      'bought web',
      'in-basket web',
      'viewed till',
      'viewed web',
    ]);
  });

  it('[D13] reading is using: every fact of a category that was asked for is on record', () => {
    const view = viewOf([
      fact('bought', 'a', { quantity: 0 }),
      fact('viewed', 'b'),
      fact('trait', 'language'),
      fact('dislikes', 'c'),
    ]);
    weigh(view);
    expect(view.reads()).toEqual(['bought|web|a', 'dislikes|web|c', 'viewed|web|b']);
  });
});
