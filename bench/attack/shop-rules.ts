// Which things a placement pins and leaves out, told naively: docs/policy.md, "Merchandising".

import type { ItemId } from '../../src/facts/ids.ts';
import type { Goods } from '../../src/facts/merchandising.ts';
import type { Placement } from '../../src/facts/placement.ts';
import type { Thing } from './case.ts';
import { how } from './oracle-classes.ts';

/** Things that the policy pins; no drawn pin has an end. */
export function pinsIn({ merchandising }: Placement): readonly ItemId[] {
  return (merchandising?.pin ?? []).map(({ item }) => item);
}

export function isLeftOut({ merchandising }: Placement, thing: Thing): boolean {
  return merchandising !== undefined && isOf(thing, merchandising.exclude);
}

/** What the catalogue does not know is of no path, and of no rule. */
export function isOf(thing: Thing, goods: Goods): boolean {
  return thing.listed && how(thing, goods) !== undefined;
}
