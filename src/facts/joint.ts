// Learning together with other sellers of a market: what a policy says of it, and by which names things are
// the same for all of them.

import type { ControllerId } from './ids.ts';

/** Other sellers in one joint model. All of them stand in a text that is read in a minute. */
export const JOINT_PARTNERS_MAX = 9;

/**
 * When a thing of one seller is the same as a thing of another. `gtin`: both have ids that are Global Trade
 * Item Numbers (GS1), and it is the same one, however many zeros stand before it. `id`: the sellers have
 * agreed on ids, and equal ones mean the same thing. What has no such name does not leave its seller.
 */
export const JOINT_ITEMS = ['gtin', 'id'] as const;
export type JointItems = (typeof JOINT_ITEMS)[number];

export interface JointRules {
  /** Every other member of the group, sorted; the portal of a market only if it stands here. */
  readonly with: readonly ControllerId[];
  readonly items: JointItems;
}

/**
 * The name that all of the group know a thing by; `undefined`: it has none.
 *
 * Example: `commonId('gtin', '4006381333931')` is `04006381333931`.
 */
export function commonId(items: JointItems, id: string): string | undefined {
  return items === 'id' ? id : gtin14(id);
}

/** Lengths of a GTIN: 8, 12 (UPC), 13 (EAN) and 14 digits. */
const GTIN = /^(?:\d{8}|\d{12,14})$/;

/** With its check digit: a number of the shop’s own is taken for one by mistake in one of ten cases. */
function gtin14(id: string): string | undefined {
  if (!GTIN.test(id)) return undefined;
  const digits = id.padStart(14, '0');
  let sum = 0;
  for (let at = 0; at < 14; at += 1) sum += Number(digits[at]) * (at % 2 === 0 ? 3 : 1);
  return sum % 10 === 0 ? digits : undefined;
}
