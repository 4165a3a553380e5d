// What an attacker is: somebody who holds something, tries something, and is measured twice. Once on an
// unguarded variant of Fineline, made by composition, where they must succeed: an attack that never worked
// proves nothing. Once on Fineline as it is, where they must not.

import { seededRandom } from '../../../src/kernel/random.ts';

/** What came of one attack on one variant. */
export interface Outcome {
  readonly tries: number;
  /** Tries that told or changed what they should not. */
  readonly won: number;
  /** The first success, in words, to find it again. */
  readonly example?: string | undefined;
}

/** One row of the report. */
export interface Trial {
  readonly attacker: string;
  /** What they hold and do, in plain words. */
  readonly tried: string;
  /** What a success is. */
  readonly success: string;
  /** What is changed in the unguarded variant. */
  readonly without: string;
  readonly unguarded: Outcome;
  readonly guarded: Outcome;
  /**
   * Share of tries that chance alone wins: 0 where a single success is one too many, 0.5 where the attacker
   * guesses between two answers.
   */
  readonly chance: 0 | 0.5;
  /** Number of the gap in docs/threat-model.md, where this one is known to succeed. */
  readonly gap?: number;
}

export interface Options {
  /** Of everything that is drawn; keys and nonces stay random. */
  readonly seed: number;
  /** People on the stage; games are played a few times as often. */
  readonly people: number;
  /** The form of `npm test`: fewer people where one success is enough, and nothing that takes long. */
  readonly isQuick?: boolean;
}

export interface Attacker {
  readonly name: string;
  attack(options: Options): Promise<readonly Trial[]>;
}

export type Verdict = 'held' | 'known gap' | 'BROKEN' | 'GAP CLOSED' | 'PROVES NOTHING';

/** Share of the unguarded tries that must succeed; of guesses between two, so many must be right. */
const UNGUARDED_MIN = { 0: 0.5, 0.5: 0.8 } as const;
/** A guesser who knows nothing is further from half than this many standard deviations in 1 run of 16,000. */
const SIGMAS = 4;

/** The largest share that still is chance. */
export function limitOf(chance: 0 | 0.5, tries: number): number {
  return chance === 0 ? 0 : Math.min(1, 0.5 + SIGMAS * Math.sqrt(0.25 / tries));
}

export const shareOf = ({ won, tries }: Outcome): number => (tries === 0 ? 0 : won / tries);

/** Who is always wrong knows the answer as well. */
function succeeds(outcome: Outcome, chance: 0 | 0.5): boolean {
  const share = shareOf(outcome);
  return (chance === 0 ? share : Math.max(share, 1 - share)) > limitOf(chance, outcome.tries);
}

export function verdictOf({ unguarded, guarded, chance, gap }: Trial): Verdict {
  if (guarded.tries === 0 || unguarded.tries === 0) return 'PROVES NOTHING';
  if (shareOf(unguarded) < UNGUARDED_MIN[chance] || !succeeds(unguarded, chance)) return 'PROVES NOTHING';
  if (succeeds(guarded, chance)) return gap === undefined ? 'BROKEN' : 'known gap';
  return gap === undefined ? 'held' : 'GAP CLOSED';
}

/** Counts tries and successes. */
export function tally(): { add(won: boolean, what: string): void; outcome(): Outcome } {
  let tries = 0;
  let won = 0;
  let example: string | undefined;
  return {
    add: (isWon, what) => {
      tries += 1;
      if (!isWon) return;
      won += 1;
      example ??= what;
    },
    outcome: () => ({ tries, won, example }),
  };
}

/**
 * How well answers tell two kinds of people apart: with the best possible rule for these very answers, the
 * share that is right. Equal answers for everybody: half.
 */
export function toldApart(answers: readonly { readonly isOne: boolean; readonly answer: string }[]): Outcome {
  const groups = new Map<string, { one: number; other: number }>();
  for (const { isOne, answer } of answers) {
    const group = groups.get(answer) ?? { one: 0, other: 0 };
    if (isOne) group.one += 1;
    else group.other += 1;
    groups.set(answer, group);
  }
  const won = [...groups.values()].reduce((sum, { one, other }) => sum + Math.max(one, other), 0);
  return { tries: answers.length, won };
}

/** A game: something about one person is so in half of the rounds; two looks tell in which, or do not. */
export async function game(
  rounds: number,
  seed: number,
  round: (isSo: boolean, n: number) => Promise<boolean>,
): Promise<Outcome> {
  const truths = Array.from({ length: rounds - (rounds % 2) }, (_, n) => n % 2 === 0);
  seededRandom(seed).shuffle(truths);
  const counted = tally();
  for (const [n, isSo] of truths.entries()) counted.add((await round(isSo, n)) === isSo, '');
  return counted.outcome();
}
