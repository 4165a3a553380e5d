// Whether somebody answers a message: fixed here, before any engine was tried on it, so that nobody tunes the
// town to an engine. For simulators and judges; the engine learns of it by answers alone.

import type { Random } from '../../src/kernel/random.ts';
import { FATIGUE_FACTOR } from './truth.ts';
import type { TownPerson } from './types.ts';

/** Chance that a message about nothing in particular is answered by somebody who had none for a week. */
export const ANSWER_RATE = 0.03;
/** How many times likelier an answer is when the message is about exactly what they want. */
const RELEVANCE_FACTOR = 8;

export interface Message {
  /** 0: nothing to do with them; 1: what they would have looked for today. */
  readonly relevance: number;
  /** Messages on any channel in the seven days before. */
  readonly contactsBefore: number;
}

/**
 * Chance of an answer, 0 to 1: `answerChance({ fatigue: 'strong' }, { relevance: 1, contactsBefore: 3 })` is
 * 0.03 · 8 · 0.6³.
 */
export function answerChance(
  { fatigue }: Pick<TownPerson, 'fatigue'>,
  { relevance, contactsBefore }: Message,
): number {
  const wanted = 1 + (RELEVANCE_FACTOR - 1) * Math.min(1, Math.max(0, relevance));
  let patience = 1;
  for (let n = 0; n < contactsBefore; n += 1) patience *= FATIGUE_FACTOR[fatigue];
  return ANSWER_RATE * wanted * patience;
}

export function responds(random: Random, person: Pick<TownPerson, 'fatigue'>, message: Message): boolean {
  return random.unit() < answerChance(person, message);
}
