// The attack: random shops, policies, people and questions against the stages, each answer judged by the
// oracle. A world is a shop with its policy and its people, drawn from one seed; what was decided before is
// part of what is decided next, because that is what caps are about.

import type { Exposure } from '../../src/decide/caps.ts';
import { type Random, seededRandom } from '../../src/kernel/random.ts';
import { type Ask, type Case, DAY, type Life, NOW } from './case.ts';
import { between, oneIn, some, times } from './draw.ts';
import { drawArrival, drawAsk, drawGiven } from './draw-ask.ts';
import { drawLife } from './draw-life.ts';
import { drawPolicy } from './draw-policy.ts';
import { CLASSES, drawShop } from './draw-shop.ts';
import { judge } from './oracle.ts';
import { judgeArrival } from './oracle-admission.ts';
import { RULE_NAMES, type RuleName, type Verdict } from './rules.ts';
import type { Subject } from './subject.ts';

export interface Violation {
  readonly rule: RuleName;
  readonly what: string;
  readonly seed: number;
  /** Place of the decision in its world. */
  readonly at: number;
  /** As it stood when it was decided. */
  readonly one: Case;
}

export interface Tally {
  decisions: number;
  /** Decisions that showed something. */
  shown: number;
  arrivals: number;
  readonly concerned: Map<RuleName, number>;
  readonly broken: Map<RuleName, number>;
  /** The first of each rule. */
  readonly violations: Map<RuleName, Violation>;
}

const PEOPLE = 3;
const DECISIONS_EACH = 16;
const ARRIVALS_EACH = 3;
/** Decisions of one world: what a count of decisions is rounded up to. */
export const PER_WORLD = PEOPLE * DECISIONS_EACH;

export function newTally(): Tally {
  return {
    decisions: 0,
    shown: 0,
    arrivals: 0,
    concerned: new Map(RULE_NAMES.map((rule) => [rule, 0])),
    broken: new Map(),
    violations: new Map(),
  };
}

/** One world, decided and judged. */
export function attackWorld(subject: Subject, seed: number, tally: Tally): void {
  const random = seededRandom(seed);
  const shop = drawShop(random);
  const policy = drawPolicy(random, shop);
  const items = shop.things.map(({ id }) => id);
  for (let person = 0; person < PEOPLE; person += 1) {
    const others = oneIn(random, 4) ? times(between(random, 1, 2), () => drawLife(random, items)) : [];
    const lives: readonly [Life, ...Life[]] = [drawLife(random, items), ...others];
    const declared = oneIn(random, 2) ? some(random, CLASSES, 0.5) : [];
    const given = drawGiven(random, { shop, policy });
    const givenOthers = others.map(() => drawGiven(random, { shop, policy }));
    const forgottenMs = oneIn(random, 20) ? NOW - random.below(8 * DAY) : Number.NEGATIVE_INFINITY;
    let before: Ask | undefined;
    for (let n = 0; n < DECISIONS_EACH; n += 1) {
      const ask = drawAsk(random, { shop, policy, looks: lives[0].looks, before });
      const one: Case = { shop, policy, lives, declared, given, givenOthers, forgottenMs, ask };
      const shown = decideOne(subject, one, { seed, at: person * DECISIONS_EACH + n, tally });
      remember(random, given, one, shown);
      before = ask;
      if (n < ARRIVALS_EACH) arriveOne(subject, random, one, { seed, at: n, tally });
    }
  }
}

interface Place {
  readonly seed: number;
  readonly at: number;
  readonly tally: Tally;
}

/** What was shown, if anything; to nobody nothing is remembered. */
function remember(random: Random, given: Exposure[], { ask }: Case, items: Exposure['items']): void {
  if (items.length > 0 && !ask.nobody) {
    const { channel, campaign, nowMs: timeMs } = ask;
    const shown = { placement: ask.placement.id, items, timeMs, channel };
    given.push(campaign === undefined ? shown : { ...shown, campaign });
  }
  // The oldest list leaves when too many are remembered.
  if (oneIn(random, 30)) given.shift();
}

function decideOne(subject: Subject, one: Case, { seed, at, tally }: Place): Exposure['items'] {
  const answer = subject.answer(one);
  tally.decisions += 1;
  if (answer.items.length > 0) tally.shown += 1;
  judge(one, answer, verdictOf(one, { seed, at, tally }));
  return answer.items;
}

function arriveOne(subject: Subject, random: Random, one: Case, place: Place): void {
  const arrival = drawArrival(random, { shop: one.shop, nowMs: one.ask.nowMs });
  place.tally.arrivals += 1;
  const answer = subject.admit(one, arrival);
  judgeArrival(one, arrival, { answer, verdict: verdictOf(one, place) });
}

/** Counts, and keeps the first case of each rule as it stands now: what was given grows on. */
function verdictOf(one: Case, { seed, at, tally }: Place): Verdict {
  return {
    concerns: (rule) => void tally.concerned.set(rule, (tally.concerned.get(rule) ?? 0) + 1),
    breaks: (rule, what) => {
      tally.broken.set(rule, (tally.broken.get(rule) ?? 0) + 1);
      if (tally.violations.has(rule)) return;
      tally.violations.set(rule, { rule, what, seed, at, one: { ...one, given: [...one.given] } });
    },
  };
}

/** Rules that nothing came near to: an attack that never tried says nothing about them. */
export function untried({ concerned }: Tally): readonly RuleName[] {
  return RULE_NAMES.filter((rule) => concerned.get(rule) === 0);
}
