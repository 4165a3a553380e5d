/*
 * What one volunteer adds to the guard counts, written down so that exactly that can be taken away again.
 *
 * Somebody is a volunteer who allowed the purpose `guard`; who that is, the caller decides. Of a volunteer
 * two things count: which sensitive leaves of the catalogue they bought from, and which ordinary things they
 * have. Leaves rather than classes, because a class is a union of lives: whoever bought plasters is not
 * diabetic, and a statistic over all of `health` does not see what goes with glucose strips.
 */
import { type ClassName, type Item, leafOf } from '../../facts/item.ts';
import { compareIds } from '../contribution.ts';

/** Version of the formula below. A contribution keeps the version it was made with. */
const GUARD_CONTRIBUTION_VERSION = 1;

/** Ordinary things of one person that count, the most recent; nine in ten townspeople have fewer. */
export const GUARD_ITEMS_MAX = 48;

/** Sensitive leaves of one person that count, the most recent. */
export const GUARD_LEAVES_MAX = 8;

/**
 * Least number of distinct ordinary things in each stratum after the first. Fixed, so that nobody's stratum
 * depends on anybody else; in steps of about a quarter where most people are.
 */
export const STRATUM_FROM: readonly number[] = [5, 10, 14, 18, 22, 27, 34, 45];

/** Strata of activity. */
export const STRATA = STRATUM_FROM.length + 1;

/**
 * `health|Pharmacy > Health > Diabetes care`: class and leaf of a thing of a sensitive class; `undefined` for
 * an ordinary thing. `sensitive` is its class under the policy that rules.
 */
export function sensitiveLeafOf(item: Item, sensitive: ClassName | undefined): string | undefined {
  return sensitive === undefined ? undefined : `${sensitive}|${leafOf(item)}`;
}

/** A thing that a volunteer bought. `leaf`: its sensitive leaf, absent for an ordinary thing. */
export interface GuardContact {
  readonly item: string;
  readonly lastMs: number;
  readonly leaf?: string | undefined;
}

/**
 * One volunteer's bounded share. It moves each count by at most one: one person of `stratum`, at most 48
 * ordinary things, and the same once more for each of at most 8 sensitive leaves. So the L2 norm of what one
 * person can move is at most √((1 + 48) · (1 + 8)) = 21 (`GUARD_SENSITIVITY`).
 */
export interface GuardContribution {
  readonly version: number;
  /** 0 to `STRATA` − 1. */
  readonly stratum: number;
  /** Ordinary things, distinct, ascending. */
  readonly items: readonly string[];
  /** Sensitive leaves, distinct, ascending; empty for most people. */
  readonly leaves: readonly string[];
}

/** L2 sensitivity of the guard counts to adding or removing one volunteer. */
export const GUARD_SENSITIVITY = Math.sqrt((1 + GUARD_ITEMS_MAX) * (1 + GUARD_LEAVES_MAX));

/**
 * The share of a volunteer with these contacts, in any order and with repeats (the latest time counts);
 * `undefined` when there are none. The stratum is that of all ordinary things, before the bound cuts them.
 *
 * Example: `guardContributionOf([{ item: 'tea', lastMs: 2 }, { item: 'strips', lastMs: 1, leaf:
 * 'health|Diabetes care' }])` is `{ version: 1, stratum: 0, items: ['tea'], leaves: ['health|Diabetes care']
 * }`.
 */
export function guardContributionOf(contacts: readonly GuardContact[]): GuardContribution | undefined {
  if (contacts.length === 0) return undefined;
  const items = new Map<string, number>();
  const leaves = new Map<string, number>();
  for (const { item, lastMs, leaf } of contacts) {
    const [into, name] = leaf === undefined ? [items, item] : [leaves, leaf];
    into.set(name, Math.max(lastMs, into.get(name) ?? lastMs));
  }
  return {
    version: GUARD_CONTRIBUTION_VERSION,
    stratum: stratumOf(items.size),
    items: mostRecent(items, GUARD_ITEMS_MAX),
    leaves: mostRecent(leaves, GUARD_LEAVES_MAX),
  };
}

/** Stratum of somebody with so many distinct ordinary things. `stratumOf(12)` is 2. */
function stratumOf(items: number): number {
  return STRATUM_FROM.filter((from) => from <= items).length;
}

function mostRecent(lastMsOf: ReadonlyMap<string, number>, max: number): readonly string[] {
  const recentFirst = [...lastMsOf].sort((a, b) => b[1] - a[1] || compareIds(a[0], b[0]));
  return recentFirst
    .slice(0, max)
    .map(([name]) => name)
    .sort(compareIds);
}
