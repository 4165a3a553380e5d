// Policies as a shop would write them, for tests.

import { readPolicyFile } from '../../src/facts/parse-policy.ts';
import type { Policy } from '../../src/facts/policy.ts';

/** A slot without chance: two lists differ for a reason. */
export const HOME_SLOT = {
  id: 'home',
  purpose: 'recommend',
  channels: ['web', 'app'],
  strategy: 'for-you',
  itemsMax: 20,
  exploreRate: 0,
};

/** The strict policy with one slot, and more. */
export function policyIn(more: object = {}): Policy {
  const read = readPolicyFile({ policy: 1, placements: [HOME_SLOT], ...more });
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
}

/** Learns from what is looked at, too, as a shop must that asks for next clicks. */
export const LEARNING_LOOKS = {
  purposes: { recommend: ['purchases', 'browsing', 'declared'], improve: ['purchases', 'browsing'] },
};

/** Gloves become sensitive. */
export const GLOVES = { sensitive: { add: [{ class: 'own-gloves', paths: ['Things > glove'] }] } };
