// What the engine asks of whatever counts and fits: for one shop, and for several that learn together. Part
// of ports.ts.

import type { ProxiesAnswer, ProxyQuestion } from '../learn/proxies/find-proxies.ts';
import type { GuardContribution } from '../learn/proxies/guard-contribution.ts';
import type { PersonKey } from './person-key.ts';

/** What one person adds to the statistics; what is left out is nothing. */
export interface Share {
  /** Things that they have, for `improve`. */
  readonly items?: readonly string[] | undefined;
  /** Bought together, oldest first, for `improve`. Counts as far as its things are among `items`. */
  readonly baskets?: readonly (readonly string[])[] | undefined;
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
}

export interface FitOptions {
  readonly minPeople: number;
  readonly nowMs: number;
  /** Leaf of each thing of the catalogue; equal numbers, equal leaves. */
  readonly leafOf: ReadonlyMap<string, number>;
}

/** Encoded artefacts (facts/model.ts). Both name the same things, in the same order. */
export interface Fitted {
  readonly model: Uint8Array;
  readonly complements: Uint8Array;
}

/**
 * Bounded statistics of many people, and the models made of them; lives in a worker so that serving never
 * waits. Derived state: it is built again from the journals after a start, so nothing about a person is
 * stored twice.
 */
export interface Learner {
  /**
   * Replaces one person's share as a whole. What was added is remembered, so it is exactly what is taken
   * away.
   */
  change(person: PersonKey, share: Share): void;
  /** Takes a person away. */
  forget(person: PersonKey, minPeople: number): Promise<Fallen>;
  /** Hands over the complements in service, after a start: links that fall later are looked for in them. */
  adopt(complements: Uint8Array): void;
  /** Builds the models from the statistics as they stand. */
  fit(options: FitOptions): Promise<Fitted>;
  /**
   * Which ordinary things betray a sensitive leaf, by the guard counts as they stand; `few-volunteers` when
   * they are fewer than was asked for.
   */
  proxies(question: ProxyQuestion): Promise<ProxiesAnswer>;
  /** Canonical bytes of the statistics: equal statistics, equal bytes. For checks. */
  canonical(): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** One person of one seller, and the common ids of things that they let be learned from together. */
export interface JointChange {
  readonly seller: string;
  /** Of the seller’s own home. */
  readonly person: PersonKey;
  /** `undefined`: nothing (any more). */
  readonly items: readonly string[] | undefined;
}

/**
 * Joint statistics of several sellers; lives in a worker of its own. Derived state like a `Learner`, and
 * never stored. `k` is asked of each seller’s people by themselves.
 */
export interface JointLearner {
  /**
   * Replaces each person’s part as a whole. Resolves with the pairs that one seller has now fewer than `k`
   * people for and had enough: whatever was made of them must go.
   */
  change(changes: readonly JointChange[], k: number): Promise<readonly ThingPair[]>;
  /** Takes everybody away, of all sellers, before anything that is asked later. */
  clear(): void;
  /** An encoded artefact (facts/model.ts) over common ids. */
  fit(options: { readonly k: number; readonly nowMs: number }): Promise<Uint8Array>;
  /** Equal statistics, equal bytes. For checks. */
  canonical(): Promise<Uint8Array>;
  close(): Promise<void>;
}
