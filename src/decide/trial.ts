// Weeks that began with a lot, folded from decisions one at a time.

import { REACHES_OUT } from '../facts/channel.ts';
import type { DecisionRecord } from '../facts/decision.ts';
import { TRIAL_DAYS, type Trial } from '../facts/fatigue.ts';
import { LIMITS } from '../kernel/limits.ts';
import { DAY_MS } from '../kernel/time.ts';

/**
 * The newest `LIMITS.trialsPerPersonMax`, oldest first. A decision that names how tired somebody was and
 * showed something, or was held out, begins a week; any other contact within the week counts to it.
 */
export function foldTrial(
  trials: readonly Trial[],
  { input, result }: Pick<DecisionRecord, 'input' | 'result'>,
): readonly Trial[] {
  const { timeMs, fatigue, channel } = input;
  const isContact = result.items.length > 0;
  if (fatigue !== undefined && (isContact || result.nothing === 'held-out')) {
    const trial: Trial = isContact
      ? { timeMs, state: fatigue, arm: 'contact', contacts: 1 }
      : { timeMs, state: fatigue, arm: 'held-out', contacts: 0 };
    return [...trials, trial].slice(-LIMITS.trialsPerPersonMax);
  }
  const last = trials.at(-1);
  if (!isContact || last === undefined || !REACHES_OUT.includes(channel)) return trials;
  if (timeMs >= last.timeMs + TRIAL_DAYS * DAY_MS) return trials;
  return [...trials.slice(0, -1), { ...last, contacts: last.contacts + 1 }];
}
