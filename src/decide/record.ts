// The bytes of a decision: what is sealed, committed to the log and compared at replay. Keys are written in sorted order, so that
// plain JSON.stringify gives exactly the canonical form of RFC 8785 (a test holds the two together) at a fifth of the cost.

import type { DecisionInput, DecisionRecord } from '../facts/decision.ts';

export function decisionRecordText(record: DecisionRecord): string {
  const { decision, result, reads, consentSeq } = record;
  return JSON.stringify({
    consentSeq,
    decision,
    input: sortedInput(record.input),
    reads,
    result: {
      items: result.items.map(({ item, score }) => ({ item, score })),
      ...(result.nothing === undefined ? {} : { nothing: result.nothing }),
      propensity: result.propensity,
    },
  });
}

function sortedInput(input: DecisionInput): object {
  return {
    barred: input.barred.map(({ guard, item, number }) => ({ guard, item, number })),
    catalogue: input.catalogue,
    channel: input.channel,
    context: input.context.map(({ item, weight }) => ({ item, weight })),
    facts: input.facts.map(({ item, key, weight }) => ({ item, key, weight })),
    limit: input.limit,
    model: input.model,
    pack: input.pack,
    placement: input.placement,
    policy: input.policy,
    purpose: input.purpose,
    ...(input.refused === undefined ? {} : { refused: input.refused }),
    seed: input.seed,
    shown: input.shown,
    timeMs: input.timeMs,
    v: input.v,
  };
}
