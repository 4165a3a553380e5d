// Which audience a decision asked for, and what of the person spoke for it: for the person, and for whoever
// answers a question of theirs.

import type { DecisionInput } from '../facts/decision.ts';

export interface AudienceWhy {
  readonly name: string;
  /** In the order of the policy. Of “bought none of these” the facts are those that speak against it. */
  readonly conditions: readonly { readonly facts: readonly string[]; readonly unknown?: true }[];
}

/** To be spread into an answer: nothing where the slot was for everybody. */
export function audienceWhy({ audience }: DecisionInput): { readonly audience?: AudienceWhy } {
  if (audience === undefined) return {};
  const conditions = audience.grounds.map(({ facts, unknown }) => ({
    facts: facts.map(([key]) => key),
    ...(unknown === undefined ? {} : { unknown }),
  }));
  return { audience: { name: audience.name, conditions } };
}
