// The shape of what a decision may see of a person, and of all that it depends on.

import type { Standing } from '../decide/campaign.ts';
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
  /** Why no View was opened, if none was. */
  readonly refused?: RefusalReason;
}

/** What of a person a decision looks at: their facts, or their orders. */
export type Looks = 'facts' | 'orders';

/** All that the door looked at. Equal now and then: what it let through is the same. */
export interface Key {
  readonly purpose: Purpose;
  readonly isAlone: boolean;
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
