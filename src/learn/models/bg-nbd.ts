/*
 * When people buy again, and whether they will: the BG/NBD model of repeat purchase.
 *
 * P. S. Fader, B. G. S. Hardie, K. L. Lee, "Counting Your Customers the Easy Way", Marketing Science 24(2),
 * 2005 (doi 10.1287/mksc.1040.0098). While somebody is a customer they buy at random with a rate of their
 * own, rates being Gamma(r, α) over people; after each purchase they leave for good with a chance of their
 * own, chances being Beta(a, b). Four numbers describe a whole shop, from three per person.
 * Cost: a likelihood is four logarithms per person and three ln Γ per number of repeats that occurs, a fit
 * some 500 likelihoods: about a second for 2,400 people. People with equal numbers may be counted together
 * (`people` below).
 */
import { assert } from '../../kernel/assert.ts';
import { logGamma } from '../../kernel/gamma.ts';
import { exp, log, log1p } from '../../kernel/maths.ts';
import { minimise } from '../../kernel/minimise.ts';

/** Purchases of one person, or of several who have the same three numbers. Any unit of time, one for all. */
export type Repeats = {
  /** x: purchases after the first, 0 or more. */
  readonly repeats: number;
  /** t_x: from the first purchase to the last, 0 without repeats. */
  readonly lastAt: number;
  /** T: from the first purchase to now. */
  readonly observed: number;
  /** How many people these numbers stand for, 1 or more. */
  readonly people: number;
};

/** r and α: shape and rate of the rates of purchase; a and b: of the chances to leave. All above 0. */
export type BgNbd = { readonly r: number; readonly alpha: number; readonly a: number; readonly b: number };

export type BgNbdFit = {
  readonly model: BgNbd;
  /** Natural logarithm of the likelihood of all people; the higher the better. */
  readonly logLikelihood: number;
  /** False if the search ran out of steps: then the numbers are not to be used. */
  readonly settled: boolean;
};

/** The search steps on logarithms, so no parameter can become 0; a thousandth of a per mille is enough. */
const SEARCH = { stride: 0.5, tolerance: 1e-7, stepsMax: 2000 } as const;

/**
 * The logarithm of the likelihood of what people did (equation 6 of the paper, over all people). `-Infinity`
 * is possible only for parameters that underflow.
 */
export function bgNbdLogLikelihood({ r, alpha, a, b }: BgNbd, people: readonly Repeats[]): number {
  const constant = r * log(alpha) - logGamma(r) + logGamma(a + b) - logGamma(b);
  // What depends on the number of repeats alone is computed once for each number that occurs.
  const countedOf = new Map<number, number>();
  let sum = 0;
  for (const { repeats: x, lastAt, observed, people: count } of people) {
    const active = -(r + x) * log(alpha + observed);
    const known = countedOf.get(x);
    const counted = known ?? logGamma(r + x) + logGamma(b + x) - logGamma(a + b + x) + constant;
    if (known === undefined) countedOf.set(x, counted);
    if (x === 0) {
      sum += count * (counted + active);
      continue;
    }
    const left = log(a) - log(b + x - 1) - (r + x) * log(alpha + lastAt);
    const [low, high] = active < left ? [active, left] : [left, active];
    sum += count * (counted + high + log1p(exp(low - high)));
  }
  return sum;
}

/**
 * The parameters of greatest likelihood, found from 1, 1, 1, 1 on; times are brought to a mean of 1 first, so
 * the unit does not matter. Deterministic. Trips an assertion unless somebody bought again and all numbers
 * make sense (0 ≤ lastAt ≤ observed, lastAt = 0 exactly when repeats = 0).
 *
 * Example: on the CDNOW sample of 2,357 people (weeks) r = .243, α = 4.414, a = .793, b = 2.426.
 */
export function fitBgNbd(people: readonly Repeats[]): BgNbdFit {
  for (const one of people) assertRepeats(one);
  assert(
    people.some(({ repeats }) => repeats > 0),
    'repeat purchases are learned from people who bought again',
  );
  const count = people.reduce((sum, one) => sum + one.people, 0);
  const scale = people.reduce((sum, one) => sum + one.people * one.observed, 0) / count;
  const scaled = people.map((one) => ({
    ...one,
    lastAt: one.lastAt / scale,
    observed: one.observed / scale,
  }));
  const modelAt = ([r = 0, alpha = 0, a = 0, b = 0]: readonly number[]): BgNbd => ({
    r: exp(r),
    alpha: exp(alpha),
    a: exp(a),
    b: exp(b),
  });
  const cost = (point: readonly number[]): number =>
    point.some((x) => Math.abs(x) > 20) ? Infinity : -bgNbdLogLikelihood(modelAt(point), scaled) / count;
  const first = minimise(cost, [0, 0, 0, 0], SEARCH);
  // From where a simplex has shrunk a fresh one goes on: the way out of a false bottom.
  const found = minimise(cost, first.point, SEARCH);
  const unit = modelAt(found.point);
  const model = { ...unit, alpha: unit.alpha * scale };
  return { model, logLikelihood: bgNbdLogLikelihood(model, people), settled: found.settled };
}

function assertRepeats({ repeats, lastAt, observed, people }: Repeats): void {
  assert(Number.isInteger(repeats) && repeats >= 0 && repeats < 2 ** 31, 'repeats are counted');
  assert(lastAt >= 0 && lastAt <= observed && observed > 0 && observed < Infinity, '0 ≤ lastAt ≤ observed');
  assert(lastAt > 0 === repeats > 0, 'who bought again did so later than the first time');
  assert(Number.isInteger(people) && people >= 1, 'numbers stand for one person or more');
}

/**
 * The chance that somebody is still a customer (1 for whoever never came back: they left after no repeat).
 */
export function chanceActive({ r, alpha, a, b }: BgNbd, { repeats: x, lastAt, observed }: Repeats): number {
  if (x === 0) return 1;
  const odds = log(a) - log(b + x - 1) + (r + x) * (log(alpha + observed) - log(alpha + lastAt));
  return 1 / (1 + exp(odds));
}

/**
 * Purchases to expect of somebody within `ahead` from now (equation 10 of the paper). `a` must not be 1,
 * where the formula has no value; a fit never lands there exactly.
 *
 * Example: CDNOW, 2 repeats, the last at 30.43 of 38.86 weeks: 1.226 within 39 weeks.
 */
export function expectedRepeats(model: BgNbd, one: Repeats, ahead: number): number {
  const { r, alpha, a, b } = model;
  assert(ahead >= 0 && ahead < Infinity && a !== 1, 'expects within a bounded time');
  const { repeats: x, observed } = one;
  const from = alpha + observed;
  const share = exp((r + x) * (log(from) - log(from + ahead)));
  const series = hypergeometric(r + x, b + x, a + b + x - 1, ahead / (from + ahead));
  return ((a + b + x - 1) / (a - 1)) * (1 - share * series) * chanceActive(model, one);
}

const TERMS_MAX = 1_000_000;

/**
 * Gauss's series ₂F₁(p, q; s; z) for positive p, q, s and 0 ≤ z < 1: all terms positive, so nothing cancels.
 */
function hypergeometric(p: number, q: number, s: number, z: number): number {
  assert(s > 0 && z >= 0 && z < 1, 'the series converges');
  let term = 1;
  let sum = 1;
  for (let n = 0; n < TERMS_MAX; n += 1) {
    term *= (((p + n) * (q + n)) / ((s + n) * (n + 1))) * z;
    sum += term;
    if (term < sum * 2 ** -53) return sum;
  }
  assert(false, 'the series ends within a million terms');
}
