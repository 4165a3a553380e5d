// The lot that withholds a contact, so that it can be measured what contacts bring. Drawn from a substream of
// the decision's seed with a name of its own: what exploration draws stays as it was, so decisions of before
// there were hold-outs are decided again to the same bytes.

import type { DecisionInput } from '../facts/decision.ts';
import type { LineRules } from '../facts/policy.ts';
import { concatBytes, utf8 } from '../kernel/bytes.ts';
import { seededRandom } from '../kernel/random.ts';

const LABEL = utf8('\0hold-out');

/** Probability that this contact is withheld; 0 where it is no trial. */
export function holdOutRate(
  { fatigue, channel }: Pick<DecisionInput, 'fatigue' | 'channel'>,
  line: LineRules | undefined,
): number {
  const holdOut = line?.contact?.holdOut;
  return fatigue !== undefined && holdOut?.channels.includes(channel) === true ? holdOut.rate : 0;
}

export function isHeldOut(seed: Uint8Array, rate: number): boolean {
  return rate > 0 && seededRandom(concatBytes(seed, LABEL)).unit() < rate;
}
