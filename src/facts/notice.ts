// What a person is shown when they are asked. A yes counts only in front of a notice that is registered: its
// text is kept, its hash is in the log, and it was found short and plain enough to be read.

import type { GrantCategory } from './declared-class.ts';
import type { NoticeRef } from './grant.ts';
import type { ControllerId } from './ids.ts';
import type { Purpose } from './purpose.ts';
import type { Refusal } from './refusal.ts';

/** These kinds of data for these purposes. */
export interface NoticeAsk {
  readonly purposes: readonly Purpose[];
  readonly categories: readonly GrantCategory[];
}

/** Somebody the shop would learn together with, and the name by which people know them. */
export interface Partner {
  readonly controller: ControllerId;
  /** Stands in every text of the notice, letter for letter. */
  readonly name: string;
}

/** A registered notice. Never changes: another text is another version. */
export interface Notice {
  readonly id: string;
  /** Letters, digits, `.`, `_`, `-`; for instance `1` or `2026-07`. */
  readonly version: string;
  readonly controller: ControllerId;
  /** What is shown, by language (BCP 47). */
  readonly texts: Readonly<Record<string, string>>;
  /** All that a yes in front of it can be about. Never empty. */
  readonly asks: readonly NoticeAsk[];
  /**
   * With whom a yes for `pool` lets the shop learn: the recipients (GDPR 13(1)(e)). There when it asks for
   * that, and only then.
   */
  readonly partners?: readonly Partner[];
}

/**
 * Names one text of one notice, for instance `notice-1@1/en`. Neither version nor language holds `@` or `/`,
 * so two texts never share a name. `undefined` for a record of before there were versions.
 */
export function noticeKey({ id, version, language }: NoticeRef): string | undefined {
  return version === undefined ? undefined : `${id}@${version}/${language}`;
}

/** What the door asks about notices (consent/notices.ts). */
export interface NoticeLookup {
  /** Why a yes in front of this text (`noticeKey`) does not count; `undefined`: it does. */
  refusal(key: string, category: GrantCategory, purpose: Purpose): Refusal | undefined;
  /** Whom the notice of this text (`noticeKey`) names as partners; nobody, if it is not registered. */
  partners(key: string): ReadonlySet<ControllerId>;
  /** Whether a yes said then, which names no text, was said before this home registered notices. */
  isBefore(timeMs: number): boolean;
}
