// What a person allowed. Consent is a chain of records per person and controller (ISO/IEC TS 27560, DPV
// terms); the grants in force are the fold of that chain. Only `given` is a yes; every other state, and
// silence, is a no.

import { DATA_CATEGORIES } from './category.ts';
import type { GrantCategory } from './declared-class.ts';
import type { ControllerId } from './ids.ts';
import { PURPOSES, type Purpose } from './purpose.ts';

/** DPV 2.3 consent states that a record can carry. */
export const CONSENT_STATES = ['given', 'refused', 'withdrawn'] as const;
export type ConsentState = (typeof CONSENT_STATES)[number];

export const CONSENT_STATE_DPV: Readonly<Record<ConsentState, string>> = {
  given: 'https://w3id.org/dpv#ConsentGiven',
  refused: 'https://w3id.org/dpv#ConsentRefused',
  withdrawn: 'https://w3id.org/dpv#ConsentWithdrawn',
};

/**
 * How the person said it. `import`: agreed elsewhere before, declared by the one who imports, for the file as
 * a whole.
 */
export const CONSENT_METHODS = ['banner', 'centre', 'officer', 'signal', 'import', 'api'] as const;
export type ConsentMethod = (typeof CONSENT_METHODS)[number];

/** One choice: this category, for this purpose, is allowed or not. */
export interface GrantChange {
  readonly category: GrantCategory;
  readonly purpose: Purpose;
  readonly state: ConsentState;
}

/** What a person was shown when they chose. */
export interface NoticeRef {
  readonly id: string;
  /** BCP 47. */
  readonly language: string;
  /**
   * Of the registered notice. A caller may leave it out and means the one in force; a record of a yes always
   * has it, unless it is from before notices were registered.
   */
  readonly version?: string;
}

/**
 * One link of a person's consent chain. Carries no name and no address; `seq` counts from 0, `prev` is the
 * SHA-256 of the one before.
 */
export interface ConsentRecord {
  readonly v: 1;
  readonly seq: number;
  readonly prev: string;
  readonly controller: ControllerId;
  readonly changes: readonly GrantChange[];
  readonly notice: NoticeRef;
  readonly method: ConsentMethod;
  /** Law in force when it was said, e.g. `EU@2026-07-25`. */
  readonly pack: string;
  readonly timeMs: number;
  readonly expiresMs: number;
  /**
   * Withdrawals the key store knew of when this was written, this one included. A record that knows of more
   * than the chain before it holds begins afresh: whatever was said in between is lost, so nothing that was
   * allowed before is allowed now.
   */
  readonly withdrawals: number;
}

export interface Grant {
  readonly state: ConsentState;
  readonly sinceMs: number;
  readonly expiresMs: number;
  /** The text that was shown (`noticeKey`), of a yes; absent in one of before notices were registered. */
  readonly notice?: string;
  /**
   * How many records had taken something back when it was said, its own included; absent: none. Of a yes:
   * when it was said first, since when it stands. The order of two words that different nodes wrote down:
   * their clocks do not tell it.
   */
  readonly withdrawals?: number;
}

/** The grants in force: key `category purpose`. A missing key is a no. */
export type Grants = ReadonlyMap<string, Grant>;

export function grantKey(category: GrantCategory, purpose: Purpose): string {
  return KEYS.get(purpose)?.get(category) ?? `${category} ${purpose}`;
}

/**
 * The keys of data categories, made once: every event and every fact of a decision asks for some, and a text
 * that is put together anew has to be hashed anew (a sixteenth of what an event costs).
 */
const KEYS: ReadonlyMap<Purpose, ReadonlyMap<GrantCategory, string>> = new Map(
  PURPOSES.map((purpose) => [
    purpose,
    new Map(DATA_CATEGORIES.map((category) => [category, `${category} ${purpose}`])),
  ]),
);
