// Facts that a person set aside: "do not use this". They stay where the contract needs them and pass the door
// for nothing else. The word is about the fact, not about one event: looking at the thing again does not undo
// it.

import type { RestrictionEntry } from '../facts/entry.ts';
import { type Problem, problem } from '../facts/parse.ts';
import { LIMITS } from '../kernel/limits.ts';

/** The latest word about each fact counts, in the order of the journal and not of the clocks. */
export function foldRestriction(
  restricted: ReadonlySet<string>,
  { fact, act }: RestrictionEntry,
): ReadonlySet<string> {
  // Whatever is not a lifting restricts.
  const lifts = act === 'lift';
  if (restricted.has(fact) !== lifts) return restricted;
  const next = new Set(restricted);
  if (lifts) next.delete(fact);
  else next.add(fact);
  return next;
}

/**
 * Why this word cannot be written into the journal, if it cannot. A fact that ran out meanwhile can still be
 * set free, and only a fact that is there can be set aside.
 */
export function judgeRestriction(
  facts: ReadonlyMap<string, unknown>,
  restricted: ReadonlySet<string>,
  { fact, act }: Pick<RestrictionEntry, 'fact' | 'act'>,
): Problem | undefined {
  if (act === 'lift' || restricted.has(fact)) return undefined;
  if (!facts.has(fact)) {
    return problem('fact', 'the key of one of your facts', 'Read them at /v1/people/{id}; each has its key.');
  }
  if (restricted.size < LIMITS.factsPerPersonMax) return undefined;
  return problem(
    'fact',
    `at most ${LIMITS.factsPerPersonMax} facts set aside`,
    'Withdraw the purpose for the whole category instead.',
  );
}
