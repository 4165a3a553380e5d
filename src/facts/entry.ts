// A person's journal: the ground state. Consent records, admitted events, decisions and joins, in the order
// they became true; everything else about a person is a fold of it.

import type { AdmittedEvent } from './event.ts';
import type { ConsentRecord } from './grant.ts';
import type { DecisionRecord } from './decision.ts';
import type { PersonId } from './ids.ts';

/** A join of two identities counts only while both journals hold the other's name: each side's own act. */
export interface LinkEntry {
  readonly other: PersonId;
  readonly act: 'join' | 'part';
  readonly timeMs: number;
  /** For `part`: withdrawals the key store knew of, this one included. Undoing a join is a withdrawal. */
  readonly withdrawals?: number;
}

/**
 * A person's word on one fact of theirs: it may be kept for what it was given for, and used for nothing else
 * (restriction of processing, GDPR 18; objection, GDPR 21).
 */
export interface RestrictionEntry {
  /** The fact's key. */
  readonly fact: string;
  readonly act: 'restrict' | 'lift';
  readonly timeMs: number;
  /** For `restrict`: withdrawals the key store knew of, this one included. */
  readonly withdrawals?: number;
}

/**
 * A record that is kept as its canonical JSON: the digest of a period of decisions, or the last word before
 * an erasure.
 */
export interface TextEntry {
  readonly record: string;
}

export type Entry =
  | { readonly kind: 'consent'; readonly record: ConsentRecord }
  | { readonly kind: 'event'; readonly event: AdmittedEvent }
  | { readonly kind: 'decision'; readonly record: DecisionRecord }
  | { readonly kind: 'link'; readonly link: LinkEntry }
  | { readonly kind: 'restriction'; readonly restriction: RestrictionEntry }
  | { readonly kind: 'digest'; readonly digest: TextEntry }
  | { readonly kind: 'erasure'; readonly erasure: TextEntry };

export type EntryKind = Entry['kind'];
