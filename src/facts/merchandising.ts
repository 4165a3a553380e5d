// What a shop wants in a slot beside what its people want: things that stand at a place of their own for a
// time, things that are not shown there, things that are favoured. It is the same for everybody, stands in
// the policy, and is committed with it. Guards rule over all of it: the line is not for sale.

import type { ItemId } from './ids.ts';

/** Things by id, by the beginning of their path, or by brand (without regard to case). */
export interface Goods {
  readonly items: readonly ItemId[];
  readonly paths: readonly (readonly string[])[];
  readonly brands: readonly string[];
}

/** From `fromMs` on and before `untilMs`; absent: always. */
export interface Span {
  readonly fromMs?: number;
  readonly untilMs?: number;
}

/** A thing that stands at this place of the list, 1 being the first, unless a guard holds it back. */
export interface Pin extends Span {
  readonly item: ItemId;
  readonly place: number;
}

/**
 * Adds a share of a thing’s own score to it. `flat`: the same share for all of these things. `stock` and
 * `margin`: in four steps up to `full` pieces or percent; of no things named, for all.
 */
export interface Boost extends Goods, Span {
  readonly by: 'flat' | 'stock' | 'margin';
  /** 0 to 1, a multiple of 2^-10. */
  readonly share: number;
  /** Stock or margin from which on the whole share is added. */
  readonly full?: number;
}

/** Of one placement. */
export interface Merchandising {
  readonly pin: readonly Pin[];
  readonly exclude: Goods;
  readonly boost: readonly Boost[];
}

/** No more than half of a list is placed by the shop, so at least one place is earned. */
export function pinsMax(places: number): number {
  return Math.floor(places / 2);
}

export function isWithin({ fromMs, untilMs }: Span, timeMs: number): boolean {
  return (fromMs ?? timeMs) <= timeMs && timeMs < (untilMs ?? Infinity);
}

/** Whether there is a moment in both. */
export function overlap(a: Span, b: Span): boolean {
  const from = Math.max(a.fromMs ?? -Infinity, b.fromMs ?? -Infinity);
  return from < Math.min(a.untilMs ?? Infinity, b.untilMs ?? Infinity);
}
