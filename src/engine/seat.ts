// A seat at a joint statistic: what one seller of a market says to those it learns together with, and hears
// of them. The engine of the seller sits on it and knows no other engine; pool.ts holds the seats together.

import type { JointRules } from '../facts/joint.ts';
import type { ItemModel } from '../facts/model.ts';
import type { ThingPair } from './learned.ts';
import type { PersonKey } from './person-key.ts';

/** What a seller’s policy says of learning together, and what its word depends on. */
export interface JointTerms extends JointRules {
  readonly minPeople: number;
  /** `learnedFrom` of the policy: under another one others would be counted. */
  readonly under: string;
}

/** The engine on a seat. */
export interface Member {
  /** Counts everybody again. What is said of people from then on is as they are now. */
  recount(): Promise<void>;
  /** Own ids of the catalogue by common id. */
  names(): ReadonlyMap<string, string>;
  /**
   * Keeps what it is handed, has it witnessed, and takes it into service unless `isStill` has become false by
   * then. `undefined`: nothing was learned that it may have.
   */
  serve(joint: ItemModel | undefined, isStill: () => boolean): Promise<void>;
  /** Weights of these pairs of common ids are zero when it resolves, whatever fails. */
  mask(pairs: readonly ThingPair[], isStill: () => boolean): Promise<void>;
  /** From the next decision on nothing joint is asked. At once. */
  drop(): void;
}

export interface Seat {
  /** Takes the seat. Until then, and after leaving, nobody learns together. */
  sit(member: Member): void;
  /** What the policy says now; `undefined`: no. Other words than before end what was learned, at once. */
  say(terms: JointTerms | undefined): void;
  /** Common ids of what a person lets be learned from together; counts with the next `settle`. */
  change(person: PersonKey, items: readonly string[] | undefined): void;
  /** Hands over what has changed; what has too few people behind it now goes out of all models. */
  settle(): Promise<void>;
  /** Makes the joint model anew, when all are there, agree, and have counted their people. */
  fit(): Promise<void>;
  /** Leaves for good: everybody’s joint model ends at once, and the seller’s people are in no statistics. */
  leave(): void;
}
