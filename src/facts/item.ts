// A thing a shop sells, as the catalogue knows it. Items are public; nothing here is about a person.

import type { ItemId } from './ids.ts';

/**
 * Classes of things that tell something sensitive about whoever is interested in them (GDPR art. 9 and what
 * people add).
 */
export const SENSITIVE_CLASSES = [
  'pregnancy-baby',
  'health',
  'sexuality',
  'religion',
  'politics',
  'origin',
  'addiction',
  'alcohol',
  'debt',
  'grief',
] as const;
export type SensitiveClass = (typeof SENSITIVE_CLASSES)[number];
/** A sensitive class of the shop's own, e.g. `own-lingerie`; it stands in the policy. */
export type OwnClass = `own-${string}`;
export type ClassName = SensitiveClass | OwnClass;

export interface Item {
  readonly id: ItemId;
  readonly title: string;
  readonly description?: string;
  /**
   * From broad to narrow, e.g. `['Clothing', 'Winter', 'Coats']`; at most `LIMITS.categoryDepthMax` steps.
   */
  readonly path: readonly string[];
  /** List price in the smallest unit of the currency (cents). */
  readonly priceMinor?: number;
  /** ISO 4217. */
  readonly currency?: string;
  readonly brand?: string;
  readonly link?: string;
  readonly imageLink?: string;
  /** `false` keeps it out of every result. */
  readonly available: boolean;
  /** Pieces that can be sold now, as the shop's systems last said; told to nobody. */
  readonly stock?: number;
  /** What is left of the price, in percent; a trade secret, told to nobody. Negative: sold at a loss. */
  readonly marginPercent?: number;
  /** Sensitive class by taxonomy, words or the shop's own label; `undefined` means none was found. */
  readonly sensitive?: SensitiveClass;
}

/** The narrowest category, as one text; items without a category are each their own leaf. */
export function leafOf(item: Item): string {
  return item.path.length === 0 ? `item:${item.id}` : item.path.join(' > ');
}
