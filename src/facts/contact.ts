// How often a shop may come to a person, over all its channels together. Caps of a placement bind one slot;
// these bind the person: whoever got the letter does not get the push as well (promise L6).

import type { Channel } from './channel.ts';
import type { CampaignId, ItemId } from './ids.ts';
import type { Cap } from './placement.ts';

/**
 * What a cap counts lists by. `person`: all of them. `campaign`: those of one campaign. `leaf`: those that
 * hold a thing of one leaf of the catalogue.
 */
export const CAP_SCOPES = ['person', 'campaign', 'leaf'] as const;
export type CapScope = (typeof CAP_SCOPES)[number];

/** At most so many lists of one person within a rolling window, over these channels together. */
export interface ContactCap extends Cap {
  readonly per: CapScope;
  readonly channels: readonly Channel[];
}

/**
 * Hours in which these channels are silent, by the clock on the person's wall. `from` may be later than `to`:
 * 21:00 to 8:00 is the night.
 */
export interface QuietHours {
  /** Minute of the day at which silence begins, 0–1439. */
  readonly fromMinute: number;
  /** First minute in which it is over. */
  readonly toMinute: number;
  readonly channels: readonly Channel[];
}

/**
 * Silence is an answer: after `silentMax` contacts without one, the next comes no sooner than `gapDays` after
 * the last, after each further one twice as late, up to `gapDaysMax`. A dismissal weighs like two silences.
 */
export interface BackOff {
  readonly silentMax: number;
  readonly gapDays: number;
  readonly gapDaysMax: number;
}

/**
 * Some contacts are withheld by lot, so that it can be measured what a contact brings: whoever is held out
 * hears nothing on these channels for a week (facts/fatigue.ts).
 */
export interface HoldOut {
  /** Share of the weeks that are withheld, 0.02–0.5. */
  readonly rate: number;
  readonly channels: readonly Channel[];
  /**
   * A contact that surely brings fewer purchases than this is not made. Example: 0.002, two in a thousand.
   */
  readonly responseMin: number;
}

/**
 * A campaign to people who never bought. At most so many contacts in seven days, all people together, and
 * with `freedToo` one more for each contact that back-off withheld from a customer in these days.
 */
export interface CampaignRule {
  readonly id: CampaignId;
  readonly to: 'newcomers';
  readonly contactsPerWeekMax: number;
  readonly freedToo: boolean;
}

export interface ContactRules {
  readonly caps: readonly ContactCap[];
  readonly quietHours: QuietHours;
  readonly backOff: BackOff;
  /** Absent: nobody is held out, and nothing is learned from answers. */
  readonly holdOut?: HoldOut;
  /** Campaigns with a number of their own; others have none. */
  readonly campaigns?: readonly CampaignRule[];
  /** Why they are looser than the defaults, in the shop's own words; committed with the policy. */
  readonly reason?: string;
}

/**
 * What stops a contact, with the number that decided, and the things whose leaves were shown often enough.
 */
export interface Pressure {
  readonly stop?: { readonly by: ContactStop; readonly number: number };
  /** One thing for each leaf that stands at a cap, with how many lists held the leaf. Sorted by thing. */
  readonly leaves: readonly { readonly item: ItemId; readonly number: number }[];
}

/**
 * `contact-cap`, `campaign-cap`: so many lists. `backed-off`: so many contacts without an answer.
 * `quiet-hours`: the minute of the person's day, or −1 when nobody knows what time it is there. `held-out`:
 * whole days since the lot was drawn. `learned-stop`: purchases that 1,000 such contacts are expected to
 * bring. `campaign-full`: contacts of the campaign in seven days, or −1 while nobody has counted them.
 * `not-newcomer`: 0, the campaign is for others.
 */
export const CONTACT_STOPS = [
  'contact-cap',
  'campaign-cap',
  'not-newcomer',
  'campaign-full',
  'held-out',
  'backed-off',
  'learned-stop',
  'quiet-hours',
] as const;
export type ContactStop = (typeof CONTACT_STOPS)[number];

/** Whether a minute of the day lies in the quiet hours. */
export function isQuiet({ fromMinute, toMinute }: QuietHours, minute: number): boolean {
  return fromMinute <= toMinute
    ? minute >= fromMinute && minute < toMinute
    : minute >= fromMinute || minute < toMinute;
}
