// What several engines over one store share beside it: what belongs to nobody and changes, who was written to
// by whom, and duties that one of them has at a time. Part of ports.ts.

import type { PersonKey } from './person-key.ts';

/**
 * `learn`: counts people, makes models, lists of proxies, tables of stops, counts of audiences, public
 * numbers. `log`: writes digests, feeds the log, removes what has ended.
 */
export const DUTIES = ['learn', 'log'] as const;
export type Duty = (typeof DUTIES)[number];

/** One look at everything that belongs to nobody; taken at once. */
export interface Look {
  /** Grows with every change of what is allowed; entries kept under an older one are refused. */
  readonly epoch: number;
  /**
   * By name, something that differs whenever what it names has changed: pointers of documents as they are,
   * `catalogue` its revision, `count/KIND` how many documents there are of `notice`, `release`, `source`.
   */
  readonly names: ReadonlyMap<string, string>;
}

/** Somebody to whom something was written. */
export interface Changed {
  readonly person: PersonKey;
  /**
   * Newest number that is no decision and no digest, or up to which a snapshot goes; -1: only decisions or
   * digests were written.
   */
  readonly seq: number;
  readonly decided: boolean;
  /** They leave, or what they left was taken away. */
  readonly leaves: boolean;
}

export interface Changes {
  readonly people: readonly Changed[];
  /** Where to ask on. */
  readonly upTo: string;
  /** Nothing more is known to be there at this moment. */
  readonly isAll: boolean;
}

export interface Commons {
  look(): Promise<Look>;
  /** What is allowed has changed, durably. Entries of older epochs are refused from here on. */
  raise(): Promise<void>;
  /**
   * Position after everything that has been written up to now: once `changes` has come that far, everything
   * that was durable before this call has been told.
   */
  position(): Promise<string>;
  /**
   * Position to follow from for whoever reads everything now: what was under way at this call, and may not be
   * read, is told from here. `position` is none to begin at: others may have ended behind it before.
   */
  beginning(): Promise<string>;
  /**
   * Who was written to at or after a position, by whomever; again from `upTo`. Whatever becomes durable later
   * is told later, also when it was begun earlier; some may be told twice. A page at a time.
   */
  changes(since: string): Promise<Changes>;
  /** Whether a position has been reached. */
  isReached(position: string, upTo: string): boolean;
  /**
   * Whether this engine has the duty; takes it when nobody has. Lost with the connection that holds it, and
   * then nobody is told otherwise for longer than it takes to notice.
   */
  hold(duty: Duty): Promise<boolean>;
  /** Number of the node that took the duty last, to be told to whoever asked the wrong one. */
  holder(duty: Duty): Promise<number | undefined>;
}
