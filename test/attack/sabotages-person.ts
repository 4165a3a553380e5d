// One-line faults of what of a person counts: weights, bars and caps. See sabotages.ts.

import type { Sabotage } from './sabotage.ts';

const BAR = 'src/decide/bar.ts';
const CAPS = 'src/decide/caps.ts';
const WEIGH = 'src/decide/weigh.ts';

export const PERSON_SABOTAGES: readonly Sabotage[] = [
  { file: BAR, old: "fact.kind === 'dislikes' &&", now: "fact.kind === 'likes' &&", caughtBy: 'disliked' },
  {
    file: BAR,
    old: 'const DISMISSED_HOURS = 30 * 24;',
    now: 'const DISMISSED_HOURS = 30;',
    caughtBy: 'dismissed',
  },
  { file: BAR, old: 'returned > 0) add(item', now: 'returned > 1) add(item', caughtBy: 'returned' },
  {
    file: BAR,
    old: 'if (fact.quantity > 0 &&',
    now: 'if (fact.quantity > 1 &&',
    caughtBy: 'bought',
  },
  {
    file: CAPS,
    old: 'if (exposures.length < placement.capPerItem.impressionsMax)',
    now: 'if (exposures.length <= placement.capPerItem.impressionsMax)',
    caughtBy: 'cap-item',
    worldsBefore: 43,
  },
  {
    file: CAPS,
    old: 'if (number >= impressionsMax)',
    now: 'if (number > impressionsMax)',
    caughtBy: 'cap-item',
  },
  {
    file: CAPS,
    old: 'const sinceMs = nowMs - windowHours * HOUR_MS;',
    now: 'const sinceMs = nowMs - HOUR_MS;',
    caughtBy: 'cap-item',
  },
  {
    file: CAPS,
    old: 'exposures[counted.length - 1] === counted.last;',
    now: 'counted.last !== undefined;',
    caughtBy: 'cap-item',
  },
  {
    file: CAPS,
    old: 'if (kept?.base === base && sameEntries(kept.capped, capped))',
    now: 'if (kept?.base === base)',
    caughtBy: 'cap-item',
  },
  {
    file: CAPS,
    old: 'if (exposure.timeMs > sinceMs) shown += 1;',
    now: 'if (exposure.timeMs > sinceMs) shown = 1;',
    caughtBy: 'cap-person',
  },
  {
    file: CAPS,
    old: 'exposure.placement !== placement.id',
    now: 'exposure.placement === placement.id',
    caughtBy: 'cap-person',
  },
  {
    file: WEIGH,
    old: 'if (fact.item === undefined || disliked.has(fact.item)) continue;',
    now: 'if (fact.item === undefined) continue;',
    caughtBy: 'disliked-scores',
  },
  {
    file: WEIGH,
    old: 'return fact.quantity <= 0 ? 0 : strengthOf(',
    now: 'return strengthOf(',
    caughtBy: 'not-true',
  },
  {
    file: WEIGH,
    old: "'interactions', 'declared'] as const",
    now: "'interactions', 'declared', 'demographics'] as const",
    caughtBy: 'category-unread',
    worldsBefore: 13,
  },
  {
    file: WEIGH,
    old: 'const SCORING_FACTS_MAX = 100;',
    now: 'const SCORING_FACTS_MAX = 1000;',
    caughtBy: 'facts-max',
    worldsBefore: 33,
  },
  {
    file: BAR,
    old: 'if (fact.quantity > 0 &&',
    now: 'if (fact.quantity >= 0 &&',
    caughtBy: 'bar-without-fact',
  },
];
