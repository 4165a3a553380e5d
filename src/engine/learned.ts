// What the engine and the learner hand each other: shares of people, models, and what falls when somebody
// leaves.

import type { GuardContribution } from '../learn/proxies/guard-contribution.ts';
import type { ServeOptions } from '../learn/serve-model.ts';

/** What one person adds to the statistics; what is left out is nothing. */
export interface Share {
  /** Things that they have, for `improve`. */
  readonly items?: readonly string[] | undefined;
  /** UTC day since 1970 on which each of `items` last came; absent, or 0: not known. */
  readonly itemDays?: readonly number[] | undefined;
  /** Bought together, oldest first, for `improve`. Counts as far as its things are among `items`. */
  readonly baskets?: readonly (readonly string[])[] | undefined;
  /**
   * Things looked at in turn, oldest session first, for `improve`. Absent where nobody asks for next clicks.
   */
  readonly sessions?: readonly (readonly string[])[] | undefined;
  /** What they let be looked at for `guard`. */
  readonly guard?: GuardContribution | undefined;
}

/** Two things; a thing with itself is the thing. */
export type ThingPair = readonly [string, string];

/** What fewer than `minPeople` people are behind now that somebody has left. */
export interface Fallen {
  readonly pairs: readonly ThingPair[];
  /** Of the complements model, from one thing to the other. */
  readonly links: readonly ThingPair[];
  /** Of the next-basket model. */
  readonly steps: readonly ThingPair[];
  /** Of the next-click model. */
  readonly clicks: readonly ThingPair[];
}

/** `tilts` are those of a release, so the same all day. */
export interface FitOptions extends Omit<ServeOptions, 'catalogue'> {
  /** Leaf of each thing of the catalogue; equal numbers, equal leaves. */
  readonly leafOf: ReadonlyMap<string, number>;
  /**
   * A placement asks for next baskets, whose model takes longer than the others together. Absent: none does.
   */
  readonly nextBasket?: boolean;
  /** A placement asks for next clicks. Absent: none does. */
  readonly nextClick?: boolean;
  /** What the catalogue says of things that tell nothing (learn/described.ts). Absent: it says nothing. */
  readonly described?: readonly string[] | undefined;
}

/** Encoded artefacts (facts/model.ts). All but the last name the same things, in the same order. */
export interface Fitted {
  readonly model: Uint8Array;
  readonly complements: Uint8Array;
  /** The empty model where nobody asked for it. */
  readonly nextBasket: Uint8Array;
  /** Over the things that were looked at; the empty model where nobody asked for it. */
  readonly nextClick: Uint8Array;
}

/** Encoded, those of the models in service whose weights fall by counts of their own. */
export type InService = Pick<Fitted, 'complements' | 'nextBasket' | 'nextClick'>;
