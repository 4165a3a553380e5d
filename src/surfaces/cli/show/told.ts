// A decision as it is told: the same shape whether it comes from the engine at hand or from a running server
// (`GET /v1/why`).

import { type AudienceWhy, audienceWhy } from '../../../engine/audience-why.ts';
import type { Why } from '../../../engine/explaining.ts';
import { type DecisionInput, explained } from '../../../facts/decision.ts';
import type { Item } from '../../../facts/item.ts';
import { isoInstant } from '../../../kernel/time.ts';

export interface ToldContribution {
  readonly kind: string;
  readonly of: string;
  /** Learned together with `learnedWith`. */
  readonly joint?: true;
  readonly value: number;
}

export interface ToldItem {
  readonly item: string;
  readonly title?: string;
  readonly score: number;
  /** The shop placed it there. */
  readonly pinned?: true;
  readonly contributions: readonly ToldContribution[];
}

export interface ToldHeld {
  readonly item: string;
  readonly title?: string;
  readonly guard: string;
  readonly number: number;
}

export interface Told {
  readonly decision: string;
  readonly time: string;
  readonly placement: string;
  readonly purpose: string;
  readonly channel: string;
  readonly refused?: string;
  readonly items: readonly ToldItem[];
  readonly nothing?: string;
  readonly audience?: AudienceWhy;
  readonly subject?: string;
  readonly propensity: number;
  readonly learnedWith?: readonly string[];
  readonly without: readonly {
    readonly fact: string;
    readonly gone: readonly string[];
    readonly instead: readonly string[];
  }[];
  readonly withoutThing?: readonly {
    readonly item: string;
    readonly gone: readonly string[];
    readonly instead: readonly string[];
  }[];
  readonly reads: readonly string[];
  readonly consentSeq: number;
  readonly made: {
    readonly policy: string;
    readonly pack: string;
    readonly model: string;
    readonly complements?: string;
    readonly nextBasket?: string;
    readonly nextClick?: string;
    readonly joint?: string;
    readonly catalogue: number;
    readonly shadow?: string;
  };
  /** Told to the person alone, and to the operator in the demo of a shop they made up. */
  readonly held?: readonly ToldHeld[];
}

/** `withHeld` only where the person, or the operator of a demo, is the reader. */
export function toldOf(
  why: Why,
  items: ReadonlyMap<string, Item>,
  options: { readonly withHeld: boolean },
): Told {
  const { record, result } = why;
  const { input } = record;
  const titled = <T extends { readonly item: string }>(of: T): T & { readonly title?: string } => {
    const title = items.get(of.item)?.title;
    return title === undefined ? of : { ...of, title };
  };
  return {
    decision: record.decision,
    time: isoInstant(input.timeMs),
    placement: input.placement,
    purpose: input.purpose,
    channel: input.channel,
    ...(input.refused === undefined ? {} : { refused: input.refused }),
    items: explained(result).map(titled),
    ...(result.nothing === undefined ? {} : { nothing: result.nothing }),
    ...audienceWhy(input),
    ...(result.subject === undefined ? {} : { subject: result.subject }),
    propensity: result.propensity,
    ...(why.learnedWith === undefined ? {} : { learnedWith: why.learnedWith }),
    without: why.without,
    ...(why.withoutThing === undefined ? {} : { withoutThing: why.withoutThing }),
    reads: record.reads,
    consentSeq: record.consentSeq,
    made: madeOf(input),
    ...(options.withHeld ? { held: why.held.map(titled) } : {}),
  };
}

/**
 * What the record names; complements and a shadow since there are any, what comes next where it asks for it.
 */
function madeOf(input: DecisionInput): Told['made'] {
  const { policy, pack, model, complements, nextBasket, nextClick, joint, catalogue, shadow } = input;
  return {
    ...{ policy, pack, model, ...(complements === undefined ? {} : { complements }), catalogue },
    ...(nextBasket === undefined ? {} : { nextBasket }),
    ...(nextClick === undefined ? {} : { nextClick }),
    ...(joint === undefined ? {} : { joint }),
    ...(shadow === undefined ? {} : { shadow }),
  };
}
