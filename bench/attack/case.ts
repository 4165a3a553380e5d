// One case of the attack: everything that one decision depends on, as plain data. The stages are handed it
// (subject.ts), the oracle judges by it, and a violation prints it after it was made as small as it gets.

import type { Exposure } from '../../src/decide/caps.ts';
import type { AudienceSize } from '../../src/facts/audience.ts';
import type { Channel } from '../../src/facts/channel.ts';
import type { ContactRules } from '../../src/facts/contact.ts';
import type { Event } from '../../src/facts/event.ts';
import type { FatigueState } from '../../src/facts/fatigue.ts';
import type { Fact, Look } from '../../src/facts/fact.ts';
import type { GrantChange } from '../../src/facts/grant.ts';
import type { CampaignId, ControllerId, ItemId, SourceId } from '../../src/facts/ids.ts';
import type { ClassName, SensitiveClass } from '../../src/facts/item.ts';
import type { ModelFades } from '../../src/facts/model-fades.ts';
import type { Place } from '../../src/facts/place.ts';
import type { Placement } from '../../src/facts/placement.ts';
import type { LineRules, PurposeRules } from '../../src/facts/policy.ts';
import type { Source } from '../../src/facts/source.ts';

export const DAY = 86_400_000;
export const HOUR = 3_600_000;
export const YEAR = 365 * DAY;
/** 2026-07-25T12:00:00Z, about which all times are drawn. */
export const NOW = 1_784_980_800_000;

export interface Thing {
  readonly id: ItemId;
  readonly path: readonly string[];
  readonly available: boolean;
  readonly sensitive?: SensitiveClass;
  /** What a shadow says of it, of a shop that has one: the class it betrays, or that nobody can judge it. */
  readonly shadow?: SensitiveClass | 'unjudged';
  /** Of which it is one size or colour. */
  readonly variantOf?: string;
  /** In the catalogue. What is not may still stand in a model or in somebody's history. */
  readonly listed: boolean;
}

/** How strongly one thing speaks for another. */
export interface Pull {
  readonly from: ItemId;
  readonly to: ItemId;
  readonly weight: number;
}

/** What comes next, as it was learned: over things of its own, and how what was before fades. */
export interface NextLearned {
  readonly known: readonly ItemId[];
  readonly pulls: readonly Pull[];
  readonly priors: Readonly<Record<string, number>>;
  readonly fades: ModelFades;
}

/** What was learned: made up, or from what people bought together. */
export type Learned =
  | {
      readonly kind: 'made-up';
      readonly known: readonly ItemId[];
      readonly pulls: readonly Pull[];
      readonly priors: Readonly<Record<string, number>>;
      /** What goes with what, of shops that have learned that as well. */
      readonly complements?: readonly Pull[];
      /** What is bought next, over the same things, each of which may speak for itself. */
      readonly nextBasket?: Omit<NextLearned, 'known'>;
      /** What is looked at next, also of things that the others do not know. */
      readonly nextClick?: NextLearned;
    }
  | { readonly kind: 'baskets'; readonly baskets: readonly (readonly ItemId[])[] };

export interface Shop {
  /** A shadow lies over the catalogue, whatever it says. */
  readonly shaded: boolean;
  /** By id, ascending. */
  readonly things: readonly Thing[];
  readonly learned: Learned;
}

export interface DrawnPolicy extends LineRules {
  readonly placements: readonly Placement[];
  readonly minPeople: number;
  readonly purposes?: PurposeRules;
  readonly contact?: ContactRules;
}

/** One thing somebody said about what may be used. */
export interface Said {
  readonly changes: readonly GrantChange[];
  readonly timeMs: number;
  /** The key store had counted a withdrawal before this that the journal has lost. */
  readonly afterLoss: boolean;
}

/** Everything that happened to one person, as it happened. */
export interface Life {
  readonly said: readonly Said[];
  /** `gap`: the first thing said is missing from the journal; `flag`: an entry could not be opened. */
  readonly torn: 'whole' | 'gap' | 'flag';
  /** Withdrawals the key store remembers beyond those of the journal; `unknown`: it has no such person. */
  readonly forgotten: number | 'unknown';
  readonly home: Place | undefined;
  readonly age: number | undefined;
  readonly facts: readonly Fact[];
  /** When each of the facts was bought, by its key, oldest first. */
  readonly boughtAt: Readonly<Record<string, readonly number[]>>;
  /** Looks at things over the whole time of the attack, by time: those to come are not known yet. */
  readonly looks: readonly Look[];
  /** Keys of facts of which they said: not this one. */
  readonly setAside: readonly string[];
}

export interface Ask {
  readonly placement: Placement;
  readonly channel: Channel;
  readonly campaign: CampaignId | undefined;
  /** What was counted of the audience of the slot. */
  readonly audienceSize: AudienceSize;
  /** States of fatigue in which nobody is contacted. */
  readonly stopped: readonly FatigueState[];
  /** Minutes of the day that it may be where the person is. */
  readonly localMinutes: readonly number[];
  readonly limit: number;
  /** As it was sent; of a next click in the order in which it came, a thing perhaps twice. */
  readonly context: readonly ItemId[];
  /** Beginning of a path: of the whole catalogue where it is absent. */
  readonly within?: readonly string[];
  readonly place: Place | undefined;
  readonly gpc: boolean;
  readonly nowMs: number;
  /** 16 bytes, hex. */
  readonly seed: string;
  /** Nobody is known: the request names no person. */
  readonly nobody: boolean;
}

/** What of their looks has happened by the time of a question. */
export function looksBy({ looks }: Life, { nowMs }: Pick<Ask, 'nowMs'>): readonly Look[] {
  return looks.filter(({ timeMs }) => timeMs <= nowMs);
}

/** Whose law applies: where somebody lives, and where they ask from. */
export function placesOf({ home }: Life, { place }: Ask): readonly Place[] {
  return [home, place].filter((one) => one !== undefined);
}

export interface Case {
  readonly shop: Shop;
  readonly policy: DrawnPolicy;
  /** The person, then those they stand together with. */
  readonly lives: readonly [Life, ...Life[]];
  /** Classes that the person declared for this purpose. */
  readonly declared: readonly ClassName[];
  /** What was shown to the person before, in the order of the decisions. */
  readonly given: readonly Exposure[];
  /** What was shown to those they stand together with. */
  readonly givenOthers: readonly (readonly Exposure[])[];
  /** When the newest list was shown that is not among them; −∞ for none. */
  readonly forgottenMs: number;
  readonly ask: Ask;
}

/** An event that asks to be kept, of the first person. */
export interface Arrival {
  readonly event: Event;
  readonly notAfterMs: number | undefined;
}

export const SHOP_ID = 'shop' as ControllerId;
const OTHER_SHOP = 'other-shop' as ControllerId;
export const CONTROLLERS: readonly ControllerId[] = [SHOP_ID, OTHER_SHOP];

const named = (id: string, more: Partial<Source> = {}): Source => ({
  id: id as SourceId,
  controller: SHOP_ID,
  origin: 'first-party',
  channel: 'web',
  basis: 'consent',
  noticeId: 'n1',
  description: id,
  ...more,
});

/** What is registered. Facts and events also come from `gone`, which is not (any more). */
export const SOURCES: readonly Source[] = [
  named('web'),
  named('till', { channel: 'till' }),
  named('app', { channel: 'app' }),
  named('bought-list', { origin: 'third-party' }),
  named('camera', { origin: 'sensor' }),
  named('foreign', { controller: OTHER_SHOP }),
];
export const GONE = 'gone' as SourceId;
