// Running totals per placement: how often something was decided, shown, clicked, bought; and the clicks
// weighted by the logged propensities, so that another policy can be estimated. No thing, and of people only
// who the first few behind a figure were, until they are enough for it to be told.

import { LIMITS } from '../kernel/limits.ts';
import type { Outcome } from '../facts/outcome.ts';
import type { Joined } from './join.ts';

const FIGURES = [
  'decisions',
  'nothing',
  'impressions',
  'clicks',
  'conversions',
  'dismissals',
  'clicksWeighted',
] as const;
type Figure = (typeof FIGURES)[number];

export interface Tally extends Record<Figure, number> {
  /** Σ 1/propensity over clicked lists: the inverse-propensity estimate of clicks under even choice. */
  clicksWeighted: number;
  /** Who the people behind an outcome are; `many` from `peopleOutsideMin` on, and then nobody is held. */
  readonly behind: Map<Outcome['kind'], Set<string> | 'many'>;
}

export type Tallies = Map<string, Tally>;

export function tallyOf(tallies: Tallies, placement: string): Tally {
  let tally = tallies.get(placement);
  if (tally === undefined) {
    tally = {
      decisions: 0,
      nothing: 0,
      impressions: 0,
      clicks: 0,
      conversions: 0,
      dismissals: 0,
      clicksWeighted: 0,
      behind: new Map(),
    };
    tallies.set(placement, tally);
  }
  return tally;
}

/** `who`: a pseudonym that tells people apart. */
export function countOutcome(tallies: Tallies, { placement, outcome }: Joined, who: string): void {
  const tally = tallyOf(tallies, placement);
  if (outcome.kind === 'impression') tally.impressions += 1;
  else if (outcome.kind === 'dismissal') tally.dismissals += 1;
  else if (outcome.kind === 'conversion') tally.conversions += 1;
  else {
    tally.clicks += 1;
    tally.clicksWeighted += 1 / outcome.propensity;
  }
  stand(tally, outcome.kind, who);
}

function stand({ behind }: Tally, kind: Outcome['kind'], who: string): void {
  const people = behind.get(kind) ?? new Set();
  if (people === 'many') return;
  people.add(who);
  behind.set(kind, people.size < LIMITS.peopleOutsideMin ? people : 'many');
}

/** Who leaves stands behind nothing any more. What they did stays in totals that cannot name anybody. */
export function leaveTallies(tallies: Tallies, who: string): void {
  for (const { behind } of tallies.values()) {
    for (const people of behind.values()) if (people !== 'many') people.delete(who);
  }
}

const OUTCOME_OF: Readonly<Partial<Record<Figure, Outcome['kind']>>> = {
  impressions: 'impression',
  clicks: 'click',
  clicksWeighted: 'click',
  conversions: 'conversion',
  dismissals: 'dismissal',
};

/** A count that may have to be told. */
export interface Counted {
  readonly count: number;
  /** Acts behind it: one click of small propensity weighs much, and is one act. */
  readonly acts: number;
  /** Fewer than `peopleOutsideMin` people are behind it. */
  readonly isFew: boolean;
}

/** What may leave the server, figure by figure as `tell` has it. */
export function toldOf(
  tally: Tally,
  tell: (figure: string, counted: Counted) => number,
): Readonly<Record<Figure, number>> {
  const told = (figure: Figure): number => {
    const count = tally[figure];
    const outcome = OUTCOME_OF[figure];
    const isFew =
      outcome === undefined ? count < LIMITS.peopleOutsideMin : tally.behind.get(outcome) !== 'many';
    return tell(figure, { count, acts: figure === 'clicksWeighted' ? tally.clicks : count, isFew });
  };
  return {
    decisions: told('decisions'),
    nothing: told('nothing'),
    impressions: told('impressions'),
    clicks: told('clicks'),
    conversions: told('conversions'),
    dismissals: told('dismissals'),
    clicksWeighted: told('clicksWeighted'),
  };
}

/** Down to a whole number of steps of `peopleOutsideMin`. */
export function inSteps(value: number): number {
  return Math.floor(value / LIMITS.peopleOutsideMin) * LIMITS.peopleOutsideMin;
}
