// What the engine asks of whatever counts and fits: for one shop, and for several that learn together. Part
// of ports.ts.

import type { ProxiesAnswer, ProxyQuestion } from '../learn/proxies/find-proxies.ts';
import type { ItemId } from '../facts/ids.ts';
import type { Fallen, FitOptions, Fitted, InService, Share, ThingPair } from './learned.ts';
import type { PersonKey } from './person-key.ts';

/** Somebody leaves for good. */
export interface Leaving {
  readonly minPeople: number;
  /** All they bought, counted or not: a model in service may know it from before a start. */
  readonly had: readonly ItemId[];
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
  forget(person: PersonKey, leaving: Leaving): Promise<Fallen>;
  /** Hands over the models in service, after a start: what falls later is looked for in them. */
  adopt(models: InService): void;
  /** Builds the models from the statistics as they stand. */
  fit(options: FitOptions): Promise<Fitted>;
  /**
   * Which ordinary things betray a sensitive leaf, by the guard counts as they stand; `few-volunteers` when
   * they are fewer than was asked for.
   */
  proxies(question: ProxyQuestion): Promise<ProxiesAnswer>;
  /** Begins with nobody; where the duty to learn can come and go. */
  renew?(): Promise<void>;
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
