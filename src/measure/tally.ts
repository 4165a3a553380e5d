// Running totals per placement: how often something was decided, shown, clicked, bought; and the clicks
// weighted by the logged propensities, so that another policy can be estimated. Totals only: no person, no
// item.

import type { Joined } from './join.ts';

export interface Tally {
  decisions: number;
  nothing: number;
  impressions: number;
  clicks: number;
  conversions: number;
  dismissals: number;
  /** Σ 1/propensity over clicked lists: the inverse-propensity estimate of clicks under even choice. */
  clicksWeighted: number;
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
    };
    tallies.set(placement, tally);
  }
  return tally;
}

export function countOutcome(tallies: Tallies, { placement, outcome }: Joined): void {
  const tally = tallyOf(tallies, placement);
  if (outcome.kind === 'impression') tally.impressions += 1;
  else if (outcome.kind === 'dismissal') tally.dismissals += 1;
  else if (outcome.kind === 'conversion') tally.conversions += 1;
  else {
    tally.clicks += 1;
    tally.clicksWeighted += 1 / outcome.propensity;
  }
}
