/*
 * What is known at a decision, made from a history: faded facts, own repeats, barred items.
 */
import { FACT_BITS, quantise } from '../../kernel/fixed.ts';
import { LIMITS } from '../../kernel/limits.ts';
import type { FadeSettings } from '../../kernel/fading.ts';
import { strengthOf, toUnitLength } from '../../facts/strength.ts';
import { createFader } from '../examples.ts';
import { type Histories, itemsBefore } from '../histories.ts';
import type { Occasion } from '../occasion.ts';

export type OccasionSettings = {
  readonly fade: FadeSettings;
  /** Decay per step of the own-repeat term; undefined where there is none. */
  readonly ownDecay: number | undefined;
  /** Bars everything the person has had. */
  readonly barKnown: boolean;
};

/** Makes the occasion before step `before` of a person. */
export type OccasionMaker = (histories: Histories, person: number, before: number) => Occasion;

const NONE = new Uint32Array(0);
const NO_VALUES = new Float64Array(0);

/** Facts are multiples of 2^-10, as everywhere in scoring; those that fade to zero are dropped. */
export function createOccasionMaker(itemCount: number, settings: OccasionSettings): OccasionMaker {
  const { fade, ownDecay, barKnown } = settings;
  const itemsMax = LIMITS.contributionItemsMax;
  const fader = createFader(itemCount, fade, itemsMax);
  const ownFader = createFader(itemCount, { decay: ownDecay ?? 1, sharePower: 0 }, itemsMax);
  const ownOf = new Float64Array(itemCount);
  return (histories, person, before) => {
    const faded = fader(histories, person, before);
    const facts = faded.items.slice(0, faded.count);
    const values = Float64Array.from(faded.values.subarray(0, faded.count), (v) => quantise(v, FACT_BITS));
    const barred = barKnown ? itemsBefore(histories, person, before) : NONE;
    if (ownDecay === undefined) return { facts, values, own: NO_VALUES, barred };
    const owned = ownFader(histories, person, before);
    for (let x = 0; x < owned.count; x++) ownOf[owned.items[x]!] = quantise(owned.values[x]!, FACT_BITS);
    const own = Float64Array.from(facts, (item) => ownOf[item]!);
    for (let x = 0; x < owned.count; x++) ownOf[owned.items[x]!] = 0;
    return { facts, values, own, barred };
  };
}

/**
 * Everything that a person has, each alike, with a length of 1 in all, as a decision weighs facts of one kind
 * and age (decide/weigh.ts); none to be named again.
 */
export function wholeOccasion(items: Uint32Array): Occasion {
  const { values, ...plain } = plainOccasion(items);
  return { ...plain, values: toUnitLength(values) };
}

/**
 * The same of purchases of these ages, in days; what says nothing any more is not to be named again either.
 */
export function agedOccasion(items: Uint32Array, ageDaysOf: (at: number) => number): Occasion {
  const strengths = Float64Array.from(items, (_, at) => strengthOf('bought', ageDaysOf(at)));
  const says = (_: number, at: number): boolean => strengths[at]! > 0;
  return {
    ...plainOccasion(items),
    facts: items.filter(says),
    values: toUnitLength(strengths.filter((strength) => strength > 0)),
  };
}

/** Everything that is known counts alike, in no order: each with strength 1, none to be named again. */
export function plainOccasion(items: Uint32Array): Occasion {
  return { facts: items, values: new Float64Array(items.length).fill(1), own: NO_VALUES, barred: items };
}
