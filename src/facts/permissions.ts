// What one person allows, here and now. `Permissions` is the answer of consent/permit.ts, handed to the door;
// the brand is minted there alone, so that nobody can open the door with an answer of their own making.

import type { DataCategory } from './category.ts';
import type { ClassName } from './item.ts';
import type { Pack } from './pack.ts';
import type { Place } from './place.ts';
import type { Purpose } from './purpose.ts';
import type { Refusal } from './refusal.ts';

declare const permissionsBrand: unique symbol;

export interface Permissions {
  readonly [permissionsBrand]: true;
  readonly pack: Pack;
  readonly place: Place | undefined;
  readonly nowMs: number;
  /** May data of this category be used for this purpose? `undefined` = yes; otherwise why not. */
  refusal(category: DataCategory, purpose: Purpose): Refusal | undefined;
  /** Sensitive classes that the person opened for this purpose in so many words, sorted. */
  declared(purpose: Purpose): readonly ClassName[];
}
