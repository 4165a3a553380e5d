// The shape of what a decision may see of a person, and of all that it depends on.

import type { Standing } from '../decide/campaign.ts';
import type { Grounds } from '../facts/audience.ts';
import type { Answers } from '../decide/pressure.ts';
import type { Notices } from '../consent/notices.ts';
import type { Barred, WeighedFact } from '../facts/decision.ts';
import type { ClassName } from '../facts/item.ts';
import type { Purpose } from '../facts/purpose.ts';
import type { RefusalReason } from '../facts/refusal.ts';
import type { Sources } from './sources.ts';

export interface Seen {
  /** Law that ruled, e.g. `EU@2026-07-25`. */
  readonly pack: string;
  readonly facts: readonly WeighedFact[];
  /** Bars that come from facts; caps are added per decision. */
  readonly barred: readonly Barred[];
  readonly reads: readonly string[];
  /** Classes that they declared for this purpose. */
  readonly declared: readonly ClassName[];
  /** What they answered, for the back-off. */
  readonly answers: Answers;
  /** Whether they bought before, for campaigns. */
  readonly standing: Standing;
  /** What speaks for each condition of the slot's audience; absent where it has none. */
  readonly grounds?: readonly Grounds[];
  /** The language they declared, where the slot's subject asks for it. */
  readonly language?: string;
  /** Why no View was opened, if none was. */
  readonly refused?: RefusalReason;
}

/** What of a person a decision looks at: their facts, their orders, or what they look at just now. */
export type Looks = 'facts' | 'orders' | 'session';

/** All that the door looked at. Equal now and then: what it let through is the same. */
export interface Key {
  readonly purpose: Purpose;
  readonly isAlone: boolean;
  /** What the slot asks of the person besides: its audience, and whether a language. */
  readonly audience: string;
  readonly hasTexts: boolean;
  readonly version: number;
  readonly revocations: number;
  readonly withdrawing: number;
  readonly unreadable: boolean;
  readonly place: string;
  /** `signalsKey` of the request. */
  readonly signals: string;
  readonly revision: number;
  readonly shadow: string;
  readonly policy: string;
  readonly sources: Sources;
  readonly notices: Notices;
}

export interface KeptSeen {
  readonly key: Key;
  readonly fromMs: number;
  /** No fact and no grant ends before this. */
  readonly untilMs: number;
  readonly seen: Seen;
}
