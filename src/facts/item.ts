// A thing a shop sells, as the catalogue knows it. Items are public; nothing here is about a person.

import type { ItemId } from './ids.ts';

/**
 * Classes of things that tell something sensitive about whoever is interested in them (GDPR art. 9 and 10,
 * and what people add; docs/classes.md says which comes from where).
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
  'union',
  'offence',
] as const;
export type SensitiveClass = (typeof SENSITIVE_CLASSES)[number];
/**
 * Classes that no yes of the person opens. Data about criminal convictions and offences rest on no consent:
 * only an authority or a law may allow their use (GDPR art. 10).
 */
export const NEVER_OPENED: readonly ClassName[] = ['offence'];
/** A sensitive class of the shop's own, e.g. `own-lingerie`; it stands in the policy. */
export type OwnClass = `own-${string}`;
export type ClassName = SensitiveClass | OwnClass;

/**
 * Why nobody can tell what a thing tells: no word stands in its texts that a list could know, they are in a
 * script or in a language without a list (collect/SPEC.md C28).
 */
export const UNMAPPED = ['no-word', 'script', 'language'] as const;
export type Unmapped = (typeof UNMAPPED)[number];

export interface Item {
  readonly id: ItemId;
  readonly title: string;
  readonly description?: string;
  /**
   * From broad to narrow, e.g. `['Clothing', 'Winter', 'Coats']`; at most `LIMITS.categoryDepthMax` steps.
   */
  readonly path: readonly string[];
  /** Number in a published product taxonomy: `google:421`, `shopify:hb-1-9`. */
  readonly category?: string;
  /** List price in the smallest unit of the currency (cents). */
  readonly priceMinor?: number;
  /** ISO 4217. */
  readonly currency?: string;
  readonly brand?: string;
  /**
   * The product of which this is one variant, by any name the shop has for it: a size, a colour (Google's
   * `item_group_id`, schema.org's `isVariantOf`). Things of one product on one leaf stand for one another.
   */
  readonly variantOf?: string;
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
  /** No class was found, and nothing that could have told one spoke: to be reviewed. */
  readonly unmapped?: Unmapped;
}

/** Equal for variants of one product on one leaf; `undefined` for a thing that has none. */
export function productOf(item: Item): string | undefined {
  return item.variantOf === undefined ? undefined : productNamed(item, item.variantOf);
}

/** The product of that name on the leaf of a thing; things without a category share one. */
export function productNamed({ path }: Item, name: string): string {
  return `${path.join(' > ')}\n${name}`;
}

/** The narrowest category, as one text; items without a category are each their own leaf. */
export function leafOf(item: Item): string {
  return item.path.length === 0 ? `item:${item.id}` : item.path.join(' > ');
}
