// From counts to a table: what a contact brings beyond what would be bought anyway, by state of fatigue, and
// where that is surely too little.
//
// Of each arm of a state, the share of weeks with a purchase, shrunk towards that of all states (a Beta prior
// worth `PRIOR_WEEKS`). Their difference, per contact of the week, is what one contact brings. More contacts
// without an answer never bring more: where the counts say so by chance, neighbouring states are pooled,
// weighted by how sure they are (pool adjacent violators: Ayer et al. 1955), and a state expects no more than
// any that is at least as rested. It is stopped when the upper end of the interval lies below `responseMin`.

import {
  type Arm,
  FATIGUE_STATES,
  type FatigueState,
  RECENCIES,
  SILENCES,
  isAsRested,
} from '../../facts/fatigue.ts';
import type { ExpectedResponse, StopTable } from '../../facts/stop-table.ts';
import { LIMITS } from '../../kernel/limits.ts';
import { type Cell, type ResponseSums, totalOf } from './response-counts.ts';

/** Weeks in each arm below which nothing is said of a state. */
export const WEEKS_MIN = 50;
/** Weeks that what holds of all states weighs beside those of one. */
const PRIOR_WEEKS = 20;
/** One-sided 95 %: of twenty states that bring enough, one at most looks as if it did not. */
const Z = 1.645;
const PER_THOUSAND = 1000;

export interface Estimating {
  /** People behind each arm of a state, 20 at least. */
  readonly minPeople: number;
  readonly responseMin: number;
  readonly nowMs: number;
}

/** Purchases per contact. */
interface Estimate {
  readonly states: readonly FatigueState[];
  readonly mean: number;
  readonly variance: number;
}

export function stopTableOf(sums: ResponseSums, { minPeople, responseMin, nowMs }: Estimating): StopTable {
  const total = totalOf(sums);
  const peopleMin = Math.max(minPeople, LIMITS.peopleOutsideMin);
  const pooled = RECENCIES.flatMap((recency) => {
    const chain = SILENCES.flatMap((silence) => {
      const state: FatigueState = `${silence}-${recency}`;
      const cells = sums.get(state);
      return cells !== undefined && isKnown(cells, peopleMin) ? [estimateOf(state, { cells, total })] : [];
    });
    return poolViolators(chain);
  });
  const states = FATIGUE_STATES.flatMap((state): readonly ExpectedResponse[] => {
    const rested = pooled.filter((each) => each.states.some((one) => isAsRested(one, state)));
    if (rested.length === 0) return [];
    const expected = Math.min(...rested.map(({ mean }) => mean));
    const atMost = Math.min(...rested.map(({ mean, variance }) => mean + Z * Math.sqrt(variance)));
    const isStopped = atMost < responseMin;
    return [{ state, expected: inThousand(expected), atMost: inThousand(atMost), isStopped }];
  });
  return { builtMs: nowMs, responseMin, states };
}

/** More digits would say how many people it was. */
function inThousand(value: number): number {
  // Never −0, which has a spelling of its own.
  return Math.round(value * PER_THOUSAND) + 0;
}

function isKnown(cells: Readonly<Record<Arm, Cell>>, peopleMin: number): boolean {
  return Object.values(cells).every(({ weeks, people }) => weeks >= WEEKS_MIN && people >= peopleMin);
}

interface Counted {
  readonly cells: Readonly<Record<Arm, Cell>>;
  readonly total: Readonly<Record<Arm, Cell>>;
}

function estimateOf(state: FatigueState, { cells, total }: Counted): Estimate {
  const with_ = shareOf(cells.contact, total.contact);
  const without = shareOf(cells['held-out'], total['held-out']);
  const contacts = cells.contact.contacts / cells.contact.weeks;
  return {
    states: [state],
    mean: (with_.mean - without.mean) / contacts,
    variance: (with_.variance + without.variance) / (contacts * contacts),
  };
}

/** Of weeks with a purchase: posterior mean and its variance. Half a week of each keeps it from 0 and 1. */
function shareOf({ weeks, responses }: Cell, all: Cell): Pick<Estimate, 'mean' | 'variance'> {
  const usual = (all.responses + 0.5) / (all.weeks + 1);
  const mean = (responses + PRIOR_WEEKS * usual) / (weeks + PRIOR_WEEKS);
  return { mean, variance: (mean * (1 - mean)) / (weeks + PRIOR_WEEKS) };
}

/** From rested to tired, none above the one before. */
function poolViolators(chain: readonly Estimate[]): readonly Estimate[] {
  const blocks: Estimate[] = [];
  for (const each of chain) {
    let block = each;
    for (let last = blocks.at(-1); last !== undefined && last.mean < block.mean; last = blocks.at(-1)) {
      blocks.pop();
      block = pool(last, block);
    }
    blocks.push(block);
  }
  return blocks;
}

function pool(a: Estimate, b: Estimate): Estimate {
  const [one, other] = [1 / a.variance, 1 / b.variance];
  const variance = 1 / (one + other);
  return { states: [...a.states, ...b.states], mean: (a.mean * one + b.mean * other) * variance, variance };
}
