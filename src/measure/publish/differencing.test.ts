// Goal: whoever knows everybody but one person, and asks what they like, cannot tell whether that one is
// there. Method: five attackers by differences, thousands of times, with and without the person. Without
// noise and with k = 1 each is always right; with the gate none is right more often than the budget of the
// year allows.
//
// The bound: all answers of a year together are ρ-zCDP, so their divergence with and without the person is at
// most ρ (Bun, Steinke, TCC 2016), and the total variation at most √(ρ/2) (Pinsker). Somebody who guesses
// between two equally likely worlds is right with a probability of at most ½ + ½·√(ρ/2): 0.612 for ρ = 0.1.

import { describe, expect, it } from 'vitest';
import { DEFAULT_BUDGET } from '../../facts/budget.ts';
import type { Asked } from '../../facts/question.ts';
import type { PeopleTold } from '../../facts/release.ts';
import { type Random, seededRandom } from '../../kernel/random.ts';
import type { Counts } from './count.ts';
import { asking, counts, gateOf } from './testing.ts';

const TRIALS = 2500;
const RHO = DEFAULT_BUDGET.rhoMillionthsPerYear / 1_000_000;
const BOUND = 0.5 + 0.5 * Math.sqrt(RHO / 2);
/** Four standard deviations of a share of so many trials. */
const CHANCE = 4 * Math.sqrt(0.25 / TRIALS);

/** What is answered in a world with (1) or without (0) the person; `spent` when there is no room. */
type Asking = (asked: Asked, count: (there: 0 | 1) => Counts) => Answer | 'spent';
interface Answer {
  readonly total: PeopleTold;
  readonly rows: readonly { readonly row: string; readonly people: PeopleTold }[];
}

/** Says whether the person is there, and knows how many the others are. */
type Attacker = (ask: Asking) => boolean;

const OTHERS = 1000;
const alone = (there: 0 | 1): Counts => counts(OTHERS + there);
/** What an answer has more than the others are; an answer of `few` is as good as no answer. */
const more = (told: PeopleTold | undefined, others = OTHERS): number =>
  typeof told === 'number' ? told - others - 0.5 : 0;

const ATTACKERS: Readonly<Record<string, Attacker>> = {
  'one question that may cost all': (ask) => {
    const answer = ask(asking({ rho: RHO }), alone);
    return answer !== 'spent' && more(answer.total) > 0;
  },
  'many questions whose periods overlap': (ask) => {
    let sum = 0;
    // Eighty of them; the budget is for ten.
    for (let day = 10; day < 30; day += 1) {
      for (let first = 1; first < 5; first += 1) {
        const answer = ask(asking({ from: `2026-10-0${first}`, to: `2026-10-${day}` }), alone);
        if (answer !== 'spent') sum += more(answer.total);
      }
    }
    return sum > 0;
  },
  'one question, over and over': (ask) => {
    let sum = 0;
    for (let n = 0; n < 40; n += 1) {
      const answer = ask(asking({ rho: RHO }), alone);
      if (answer !== 'spent') sum += more(answer.total);
    }
    return sum > 0;
  },
  'a table, its total and what it hides': (ask) => {
    const asked = asking({ ask: 'people-per-leaf', rowsPerPersonMax: 2, rho: RHO });
    // They stand in two rows: one of many and one that only they are in.
    const answer = ask(asked, (there) => counts(OTHERS + there, { many: OTHERS + there, hidden: there }));
    if (answer === 'spent') return false;
    const [many, hidden] = answer.rows;
    // A row that is told although it should be hidden says it all.
    return more(answer.total) + more(many?.people) + (hidden?.people === 'few' ? 0 : 1e6) > 0;
  },
  'a row that is brought to the edge of being hidden': (ask) => {
    // 100 + ⌈4·√5⌉: with one person more it would be told, without not.
    const edge = (there: 0 | 1): Counts => counts(108 + there);
    const answer = ask(asking({ rho: RHO }), edge);
    return answer !== 'spent' && (typeof answer.total === 'number' ? answer.total > 108 : false);
  },
};

function openGate(random: Random) {
  const gate = gateOf(DEFAULT_BUDGET, random);
  return (asked: Asked, exact: () => Counts): Answer | 'spent' => {
    const kept = gate.ask(asked, exact);
    return kept === 'spent' ? kept : kept.release;
  };
}

/** What a report would say that nobody guards: all of it, exactly. */
function noGate(_asked: Asked, exact: () => Counts): Answer {
  const { total, rows } = exact();
  return { total, rows: [...rows].map(([row, people]) => ({ row, people: people === 0 ? 'few' : people })) };
}

/** How often the attacker is right. */
function rightShare(attacker: Attacker, guarded: boolean): number {
  const random = seededRandom(53);
  let right = 0;
  for (let n = 0; n < TRIALS; n += 1) {
    const there = n % 2 === 0 ? 1 : 0;
    const answer = guarded ? openGate(random) : noGate;
    const ask: Asking = (asked, count) => answer(asked, () => count(there));
    if (attacker(ask) === (there === 1)) right += 1;
  }
  return right / TRIALS;
}

describe.each(Object.entries(ATTACKERS))('%s', (_name, attacker) => {
  it('[M13] tells whether somebody is there where nothing guards, and hardly with the gate', () => {
    expect(rightShare(attacker, false)).toBe(1);
    const share = rightShare(attacker, true);
    expect(share).toBeLessThan(BOUND + CHANCE);
    // They do their best: the budget is not free of charge, and nobody should think so.
    expect(share).toBeGreaterThan(0.52);
  });
});

describe('the same question before and after one person comes', () => {
  /** The difference of two answers; between them the person comes, or nobody does. */
  function seen(guarded: boolean, comes: boolean): number {
    const random = seededRandom(54);
    let changed = 0;
    for (let n = 0; n < 500; n += 1) {
      const answer = guarded ? openGate(random) : noGate;
      const before = answer(asking(), () => alone(0));
      const after = answer(asking(), () => alone(comes ? 1 : 0));
      if (before !== 'spent' && after !== 'spent' && before.total !== after.total) changed += 1;
    }
    return changed;
  }

  it('[M13] differs by the person where nothing guards, and not at all with the gate', () => {
    expect([seen(false, true), seen(false, false)]).toEqual([500, 0]);
    expect([seen(true, true), seen(true, false)]).toEqual([0, 0]);
  });
});
