// The words of the town: what its shop sells, who lives in it, what they do there. Ground truth and public
// data are kept in different types, so that it can be seen which is which: only `TownLine.json` and the
// public half of a product leave the town.

/** Languages of a title or of a person (BCP 47). */
export type TownLanguage = 'en' | 'de' | 'it' | 'tr' | 'ar' | 'he' | 'zh-Hant';

/**
 * A thing on a shelf. `complements` and `substituteGroup` are ground truth: they never go into catalogue.csv.
 */
export interface TownProduct {
  /** Stable, readable, `[a-z0-9-]`, e.g. `coat-harbour-wool`. */
  readonly id: string;
  /** English, at most 80 characters. */
  readonly title: string;
  readonly titles?: Readonly<Partial<Record<Exclude<TownLanguage, 'en'>, string>>>;
  readonly description: string;
  /**
   * Broad to narrow, e.g. `['Clothing', 'Winter', 'Coats']`. The last step, the leaf, is unique in the town.
   */
  readonly path: readonly string[];
  /** Euro cents, list price. */
  readonly priceMinor: number;
  readonly brand: string;
  /** Pieces in the shop; 0 is sold out. */
  readonly stock: number;
  /** What goes with it: product ids or names of leaves, the likeliest first. */
  readonly complements: readonly string[];
  /** Products of one group do the same job: whoever has one rarely wants another soon. */
  readonly substituteGroup: string;
}

export type TownSourceId = 'town-web' | 'town-app' | 'town-till' | 'town-device';

/** A registered origin of data, in the words of `src/facts/source.ts`. */
export interface TownSource {
  readonly id: TownSourceId;
  readonly controller: 'town';
  readonly origin: 'first-party';
  readonly channel: 'web' | 'app' | 'till';
  readonly basis: 'consent';
  readonly noticeId: string;
  readonly description: string;
}

export type TownCategory =
  | 'purchases'
  | 'browsing'
  | 'basket'
  | 'interactions'
  | 'declared'
  | 'demographics'
  | 'location'
  | 'messages'
  | 'devices'
  | `class:${TownClass}`;
export type TownPurpose = 'recommend' | 'improve' | 'advertise' | 'contact' | 'benefit' | 'measure' | 'guard';
export type TownConsentState = 'given' | 'refused' | 'withdrawn';

export interface TownGrant {
  readonly category: TownCategory;
  readonly purpose: TownPurpose;
  readonly state: TownConsentState;
}

/**
 * How a person answers the consent notice. `full`: the usual categories for recommend, improve, measure.
 * `partial`: a part of that. `refused`: an explicit no to all. `changed`: full, then withdrawn on
 * `changeDay`, for a third of them given again later. `late`: sees the notice only on the third visit.
 * `unseen`: never sees it, so never says anything.
 */
export type ConsentChoice = 'full' | 'partial' | 'refused' | 'changed' | 'late' | 'unseen';

/** Sensitive classes that the town plants, named as in `src/facts/item.ts`. */
export const TOWN_CLASSES = ['pregnancy-baby', 'addiction', 'health'] as const;
export type TownClass = (typeof TOWN_CLASSES)[number];

/** Something a person buys again and again: due on days `phaseDay + n × cadenceDays`. */
export interface Staple {
  readonly item: string;
  readonly cadenceDays: number;
  readonly phaseDay: number;
}

/** One wanted thing that lasts: bought once, at the first visit on or after `day`, with what goes with it. */
export interface Errand {
  readonly day: number;
  readonly main: string;
  /** Complements in the same basket. */
  readonly together: readonly string[];
  /** Complements bought later: at the first visit on or after `afterDay`. */
  readonly after: readonly string[];
  readonly afterDay: number;
  /** `main` comes back at the next visit. */
  readonly returned: boolean;
}

/** A connected appliance in somebody's home, from an errand of theirs. */
export interface Appliance {
  readonly item: string;
  /** What it calls itself in its readings; says nothing of its owner. */
  readonly device: string;
  /** The day of its errand: it stands there from the first visit on or after this day on. */
  readonly fromDay: number;
  /** How hard it is used; 1 is usual. */
  readonly pace: number;
  /** Days on which it reports, ascending; none when its owner did not agree. */
  readonly readingDays: readonly number[];
  /** The day on which it breaks down; absent when it lasts. Known to nobody in the town. */
  readonly failsDay?: number;
}

/**
 * How somebody looked around before they had an account. That the guest and they are the same is ground
 * truth until they say so themselves.
 */
export interface Guest {
  /** What their browser or app is called: the client id of GA4, the anonymousId of Segment. */
  readonly visitor: string;
  readonly source: 'town-web' | 'town-app';
  /** Days on which they looked around, ascending, all before `rhythm.joinDay`. */
  readonly days: readonly number[];
  /** What they said to the notice on the first of them; `none` = closed it. */
  readonly answer: 'given' | 'refused' | 'none';
}

/** Ground truth about one person. Nothing of it is in the event lines except by its consequences. */
export interface TownPerson {
  readonly id: string;
  readonly index: number;
  readonly country: string;
  readonly region?: string;
  readonly language: TownLanguage;
  readonly birthYear: number;
  /** Whose door, letter-box and perhaps device they share (households.ts). */
  readonly home: { readonly id: string; readonly sharedDevice: boolean };
  readonly household: { readonly adults: number; readonly babies: number; readonly children: number };
  readonly pets: { readonly dog: boolean; readonly cat: boolean };
  /** Name of a taste → its share; shares sum to 1. */
  readonly tastes: Readonly<Record<string, number>>;
  readonly staples: readonly Staple[];
  readonly errands: readonly Errand[];
  readonly appliances: readonly Appliance[];
  /** Day of the first visit; mean days between two visits, and the hour (UTC) around which they fall. */
  readonly rhythm: { readonly joinDay: number; readonly gapDays: number; readonly hour: number };
  /** Absent for those who had their account at the first visit. */
  readonly guest?: Guest;
  /** Where visits happen; the three shares sum to 1. */
  readonly channels: { readonly web: number; readonly app: number; readonly till: number };
  /**
   * How fast one answer less follows from each message more; for simulators, fixed here so that nobody tunes
   * it.
   */
  readonly fatigue: 'none' | 'mild' | 'strong';
  readonly consent: ConsentChoice;
  readonly grants: readonly TownGrant[];
  /** Days since the start on which a `changed` person withdraws and, if ever, gives again. */
  readonly changeDay?: number;
  readonly regrantDay?: number;
  /** The browser sends Global Privacy Control. */
  readonly gpc: boolean;
  readonly classes: readonly TownClass[];
  /** Classes they opened for themselves, with the first answer, on a notice of its own. */
  readonly opens: readonly TownClass[];
}

/** One thing in a basket. */
export interface ActLine {
  readonly item: string;
  readonly quantity: number;
}

/** What an appliance says of itself, never of what people do with it. */
export interface Reading {
  readonly device: string;
  readonly item: string;
  /** How often it has run since it was new. */
  readonly cycles: number;
  /** From 0, new, to 100, worn out. */
  readonly wearPercent: number;
  /** The fault it showed last, if any since its last reading. */
  readonly fault?: string;
}

/** What happened, before it is written in one of the intake formats. */
export type Act = {
  /** Customer number, or `guest:` and the visitor. */
  readonly person: string;
  readonly timeMs: number;
  readonly source: TownSourceId;
  /** Name of the browser or app, where it is known from before the account. */
  readonly visitor?: string;
} & (
  | { readonly kind: 'view' | 'basket-add' | 'basket-remove'; readonly id: string; readonly line: ActLine }
  | { readonly kind: 'dismiss'; readonly id: string; readonly line: ActLine }
  | { readonly kind: 'review'; readonly id: string; readonly line: ActLine; readonly rating: number }
  | {
      readonly kind: 'purchase' | 'return';
      readonly id: string;
      readonly order: string;
      readonly lines: readonly ActLine[];
    }
  | { readonly kind: 'sign-in'; readonly id: string }
  | { readonly kind: 'reading'; readonly id: string; readonly reading: Reading }
  | {
      readonly kind: 'declare';
      readonly id: string;
      readonly traits: Readonly<Record<string, string | number>>;
    }
  | {
      readonly kind: 'consent';
      readonly notice: string;
      readonly grants: readonly TownGrant[];
      readonly language: TownLanguage;
      readonly place: { readonly country: string; readonly region?: string };
      readonly gpc: boolean;
    }
);

/**
 * One line of events.ndjson. `json` is the line itself, without its newline; the rest is for sorting and
 * tests.
 */
export interface TownLine {
  readonly timeMs: number;
  readonly source: TownSourceId;
  readonly person: string;
  readonly kind: Act['kind'];
  readonly json: string;
}
