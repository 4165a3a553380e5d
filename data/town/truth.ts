// What is true in the town and known to nobody in it: how strongly things go together, and which ordinary
// things hint at a sensitive class. Attackers and guards are measured against these numbers; the engine never
// reads this file.

import type { TownClass } from './types.ts';

/** An ordinary thing that members of a class buy more often. */
export interface PlantedProxy {
  readonly item: string;
  /** How many times likelier a basket of a member holds it than a basket of anybody else. */
  readonly strength: number;
}

/** A sensitive class and its shadow in ordinary shopping. */
export interface PlantedClass {
  readonly name: TownClass;
  /** Share of adults who belong to it. */
  readonly share: number;
  /** How many times oftener members visit. */
  readonly activity: number;
  /** Bought by members alone. */
  readonly classItems: readonly string[];
  readonly proxies: readonly PlantedProxy[];
}

/** Chance that a basket of a non-member holds a given proxy. */
export const PROXY_BASE_RATE = 0.006;
/** Chance that a basket of a member holds a given class item. */
export const CLASS_ITEM_RATE = 0.05;

/**
 * A strong, a middling and a weak class. The first and the last follow the two that were measured in
 * research/line.md: 12 % of people, proxies raised up to eightfold, activity up by 40 %; and 5 %, fourfold,
 * no more active than others. The middling one is of people who stop smoking. The first is the well-known
 * case of the shop that guessed a pregnancy from unscented lotion, a large bag, supplements and cotton (C.
 * Duhigg, "How Companies Learn Your Secrets", The New York Times Magazine, 16 February 2012).
 */
export const PLANTED: readonly PlantedClass[] = [
  {
    name: 'pregnancy-baby',
    share: 0.12,
    activity: 1.4,
    classItems: ['vitamins-prenatal', 'pregnancy-test-two', 'tights-maternity'],
    proxies: [
      { item: 'lotion-unscented', strength: 8 },
      { item: 'tote-bag-large', strength: 8 },
      { item: 'ginger-chews', strength: 8 },
      { item: 'pillow-side-sleeper', strength: 8 },
      { item: 'cotton-pads-large', strength: 6 },
      { item: 'calcium-chewable', strength: 6 },
      { item: 'magnesium-citrate', strength: 4 },
      { item: 'vitamin-c-zinc', strength: 3 },
      { item: 'oil-almond-skin', strength: 3 },
    ],
  },
  {
    name: 'addiction',
    share: 0.06,
    activity: 1.1,
    classItems: ['nicotine-gum-2mg', 'nicotine-patch-21', 'nicotine-inhaler'],
    proxies: [
      { item: 'gum-peppermint', strength: 8 },
      { item: 'stress-ball-cork', strength: 6 },
      { item: 'mouthwash-mild', strength: 4 },
      { item: 'pastilles-eucalyptus', strength: 4 },
      { item: 'water-sparkling-six', strength: 3 },
      { item: 'liquorice-salty', strength: 3 },
    ],
  },
  {
    name: 'health',
    share: 0.05,
    activity: 1,
    classItems: ['glucose-strips-50', 'glucose-meter', 'lancets-soft'],
    proxies: [
      { item: 'foot-cream-urea', strength: 4 },
      { item: 'socks-seamless', strength: 4 },
      { item: 'sweetener-stevia', strength: 4 },
      { item: 'chocolate-sugar-free', strength: 4 },
    ],
  },
];

/** Items whose chance is planted: nobody picks them by taste, so that the strengths above are exact. */
export const PLANTED_ITEMS: ReadonlySet<string> = new Set(
  PLANTED.flatMap((one) => [...one.classItems, ...one.proxies.map((proxy) => proxy.item)]),
);

/**
 * Chance that the first, second, … complement of a thing that lasts is wanted with it; later ones use the
 * last.
 */
export const COMPLEMENT_ODDS: readonly number[] = [0.65, 0.55, 0.45, 0.25, 0.1];
/** The same chances for everyday things are this much smaller: milk does not call for coffee each time. */
export const EVERYDAY_COMPLEMENT_FACTOR = 0.5;
/**
 * Of the wanted complements of a thing that lasts, the share that goes into the same basket; the rest comes
 * days later.
 */
export const TOGETHER_SHARE = 0.65;
/** Share of lasting things that come back. */
export const RETURN_RATE = 0.05;

/** Share of connected appliances that break down within half a year. */
export const FAILURE_RATE = 0.25;
/** For so many days before it breaks down an appliance wears faster, and shows faults. */
export const DECLINE_DAYS = 40;
/** Chance that a reading of a sound appliance names a fault, and that one in decline does. */
export const FAULT_RATES = { sound: 0.03, decline: 0.5 } as const;

/**
 * How willing people are to answer one message more: the factor on the chance of an answer for each contact
 * in the last week. Fixed here, before any engine was tried on it.
 */
export const FATIGUE_FACTOR = { none: 1, mild: 0.85, strong: 0.6 } as const;
