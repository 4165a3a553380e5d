// Goal: the model of repeat purchase is its definition. Method: likelihood and expectations against the plain
// integral over all rates and all chances to leave, and against people drawn by the story the model tells.

import { describe, expect, test } from 'vitest';
import { Bug } from '../../kernel/assert.ts';
import { exp, log } from '../../kernel/maths.ts';
import { seededRandom } from '../../kernel/random.ts';
import {
  type BgNbd,
  bgNbdLogLikelihood,
  chanceActive,
  expectedRepeats,
  fitBgNbd,
  type Repeats,
} from './bg-nbd.ts';

const MODEL: BgNbd = { r: 2, alpha: 3, a: 3, b: 4 };
const of = (repeats: number, lastAt: number, observed: number): Repeats => ({
  repeats,
  lastAt,
  observed,
  people: 1,
});
const PEOPLE = [of(0, 0, 5), of(1, 2, 5), of(3, 4.5, 5), of(7, 2.5, 9), of(2, 5, 5)];

/**
 * Everything about a person of rate λ and chance p, averaged over Gamma(2, 3) and Beta(3, 4) by midpoints.
 */
function integrals({ repeats: x, lastAt, observed }: Repeats, ahead: number): Record<string, number> {
  const steps = 1200;
  const sums = { likelihood: 0, active: 0, later: 0 };
  for (let m = 0; m < steps; m += 1) {
    const rate = ((m + 0.5) / steps) * 12;
    const rateDensity = 9 * rate * exp(-3 * rate) * (12 / steps);
    for (let n = 0; n < steps / 6; n += 1) {
      const p = ((n + 0.5) * 6) / steps;
      const density = rateDensity * 60 * p ** 2 * (1 - p) ** 3 * (6 / steps);
      const stays = (1 - p) ** x * rate ** x * exp(-rate * observed);
      const leaves = x === 0 ? 0 : p * (1 - p) ** (x - 1) * rate ** x * exp(-rate * lastAt);
      sums.likelihood += density * (stays + leaves);
      sums.active += density * stays;
      sums.later += (density * stays * (1 - exp(-rate * p * ahead))) / p;
    }
  }
  return sums;
}

/** People who live by the model: they buy at a rate of their own and, after each repeat, may leave. */
function drawn(count: number): Repeats[] {
  const random = seededRandom(17);
  const exponential = (): number => -log(1 - random.unit());
  return Array.from({ length: count }, () => {
    // Gamma(2, 3) is the sum of two exponentials over 3; Beta(1, 3) the least of three draws.
    const rate = (exponential() + exponential()) / 3;
    const leaves = Math.min(random.unit(), random.unit(), random.unit());
    const observed = 4 + 8 * random.unit();
    let [repeats, lastAt] = [0, 0];
    for (let at = exponential() / rate; at < observed; at += exponential() / rate) {
      repeats += 1;
      lastAt = at;
      if (random.unit() < leaves) break;
    }
    return of(repeats, lastAt, observed);
  });
}

describe('BG/NBD', () => {
  test('[L19] likelihood, chance to be active and purchases to come are the integrals they stand for', () => {
    for (const one of PEOPLE) {
      const { likelihood = 0, active = 0, later = 0 } = integrals(one, 6);
      expect(Math.abs(exp(bgNbdLogLikelihood(MODEL, [one])) / likelihood - 1)).toBeLessThan(2e-3);
      expect(Math.abs(chanceActive(MODEL, one) - active / likelihood)).toBeLessThan(2e-3);
      expect(Math.abs(expectedRepeats(MODEL, one, 6) - later / likelihood)).toBeLessThan(4e-3);
    }
  });

  test('[L19] a fit finds the parameters people were drawn from, and is the top of the likelihood', () => {
    const people = drawn(6000);
    const { model, logLikelihood, settled } = fitBgNbd(people);
    expect(settled).toBe(true);
    // More than three standard errors of 6,000 people.
    for (const [name, planted] of Object.entries({ r: 2, alpha: 3, a: 1, b: 3 })) {
      expect(Math.abs(log(model[name as keyof BgNbd] / planted))).toBeLessThan(0.35);
    }
    for (const name of ['r', 'alpha', 'a', 'b'] as const) {
      for (const factor of [0.98, 1.02]) {
        const beside = bgNbdLogLikelihood({ ...model, [name]: model[name] * factor }, people);
        expect(beside).toBeLessThan(logLikelihood);
      }
    }
  });

  test('[L19] people with equal numbers may be counted together, and the unit of time only scales α', () => {
    const people = drawn(500).map((one) => ({ ...one, lastAt: Math.ceil(one.lastAt), observed: 13 }));
    const together = new Map<string, Repeats>();
    for (const one of people) {
      const key = `${one.repeats} ${one.lastAt}`;
      together.set(key, { ...one, people: (together.get(key)?.people ?? 0) + 1 });
    }
    expect(together.size).toBeLessThan(people.length / 2);
    const one = fitBgNbd(people).model;
    const other = fitBgNbd([...together.values()]).model;
    const days = fitBgNbd(
      people.map((p) => ({ ...p, lastAt: p.lastAt * 7, observed: p.observed * 7 })),
    ).model;
    for (const name of ['r', 'alpha', 'a', 'b'] as const) {
      expect(Math.abs(other[name] / one[name] - 1)).toBeLessThan(1e-4);
      const unit = name === 'alpha' ? 7 : 1;
      expect(Math.abs(days[name] / (unit * one[name]) - 1)).toBeLessThan(1e-4);
    }
  });

  test('[L14] a fit gives the same bits twice', () => {
    expect(fitBgNbd(drawn(300))).toEqual(fitBgNbd(drawn(300)));
  });

  test('[L19] numbers that cannot be are bugs, and nobody who came back teaches nothing', () => {
    for (const bad of [of(1, 0, 5), of(0, 1, 5), of(1, 6, 5), of(1.5, 1, 5), of(0, 0, 0)]) {
      expect(() => fitBgNbd([of(1, 1, 2), bad])).toThrow(Bug);
    }
    expect(() => fitBgNbd([of(0, 0, 5)])).toThrow(Bug);
    expect(expectedRepeats(MODEL, of(2, 1, 4), 0)).toBe(0);
  });
});
