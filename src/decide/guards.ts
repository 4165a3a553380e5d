// The guards, all of them, in the order in which they speak. An item guard looks at one candidate and answers
// with the number that decided, or with nothing; a list guard looks at the whole list and only takes away.
// Guards are pure: they see the decision's input and the shelf, nothing else, so a replay guards alike.

import { WEIGHT_BITS } from '../kernel/fixed.ts';
import type { Barred, GuardName } from '../facts/decision.ts';
import type { ClassName } from '../facts/item.ts';
import type { Placement } from '../facts/placement.ts';
import { type Shelf, type Told, classAt } from './shelf.ts';

/** What a guard may know. */
export interface GuardContext {
  readonly shelf: Shelf;
  readonly placement: Placement;
  readonly barred: ReadonlyMap<number, Barred>;
  /** Shelf indices of the context's items. */
  readonly context: ReadonlySet<number>;
  readonly contextLeaves: ReadonlySet<number>;
  /**
   * Sensitive classes that the person is looking at right now, on a screen of their own: allowed there and
   * then.
   */
  readonly openClasses: ReadonlySet<ClassName>;
  /** 1 where the placement leaves a thing out; absent: none. */
  readonly excluded?: Uint8Array;
  /** Things that the shop placed, which no longer compete. */
  readonly placed: Set<number>;
  /** Items of each leaf chosen so far in this list. */
  readonly leafCounts: Map<number, number>;
  /** Of each thing its product, 0 for none; absent where variants do not stand for one another. */
  readonly products: Int32Array | undefined;
  /** Products that no variant may stand for: in the list already, in front of the person, barred. */
  readonly productsMet: Set<number>;
  /** Part of a candidate's score that came from the context. */
  related(index: number): number;
  /** How much of it makes a complement. */
  readonly relatedMin: number;
  /**
   * How near a candidate stands to the context, as a share of what stands nearest; 1 under the first rules.
   */
  nearness(index: number): number;
  /** Leaves of which several things were disliked, with how many; empty under the first rules. */
  readonly dislikedLeaves: ReadonlyMap<number, number>;
  /** Leaves that were shown often enough, with how many lists held them. */
  readonly cappedLeaves: ReadonlyMap<number, number>;
}

export interface ItemGuard {
  readonly name: GuardName | 'barred';
  /** False where it has nothing to say of any thing: it is not asked then. Absent: it is always asked. */
  readonly concerns?: (context: GuardContext) => boolean;
  /**
   * It asks whether the thing can be sold and what it tells of, and nothing else: it never takes an ordinary
   * one (`isOrdinary`), and is not asked of it.
   */
  readonly sparesOrdinary?: true;
  /** `undefined` = keep; otherwise drop, with the number that decided. */
  readonly judge: (index: number, context: GuardContext) => number | undefined;
}

/**
 * Least pull from the context that makes a thing a complement by the first model: about a twentieth of the
 * strongest pair there is.
 */
export const RELATED_MIN = 0.05;

/** By the complements model: whatever it says at all, because it says nothing of what is unrelated. */
export const SAID_MIN = 2 ** -WEIGHT_BITS;

/**
 * And least share of the strongest pull there is from the same thing. People who buy a coat buy cat food as
 * often as others do, and that alone gives a pull: in the town of 2,000, a quarter to a third of the
 * strongest for things that have nothing to do with each other, more than a half for what goes together.
 */
const NEARNESS_MIN = 0.4;

function isOpen(told: Told | undefined, openClasses: ReadonlySet<ClassName>): boolean {
  return told === undefined || (told !== 'unknown' && openClasses.has(told));
}

function asksForComplements({ placement }: GuardContext): boolean {
  return placement.strategy === 'complements';
}

/** Can be sold and tells of nothing, which is what nearly all candidates are. */
export function isOrdinary({ sellable, classes }: Shelf, index: number): boolean {
  return sellable[index] === 1 && classes[index] === 0;
}

/** Where complements are asked for: whether it is one. Of thousands that facts speak for few are. */
export function belongs(index: number, context: GuardContext): boolean {
  const { related, relatedMin, nearness } = context;
  if (!asksForComplements(context)) return true;
  return related(index) >= relatedMin && nearness(index) >= NEARNESS_MIN;
}

export const ITEM_GUARDS: readonly ItemGuard[] = [
  {
    name: 'unavailable',
    sparesOrdinary: true,
    judge: (index, { shelf }) => (shelf.sellable[index] === 1 ? undefined : 0),
  },
  {
    name: 'sensitive-class',
    sparesOrdinary: true,
    judge: (index, { shelf, openClasses }) => {
      if (shelf.proxies[index] === 1) return undefined;
      const found = classAt(shelf, index);
      return found === 'unknown' || isOpen(found, openClasses) ? undefined : 1;
    },
  },
  {
    name: 'proxy',
    sparesOrdinary: true,
    judge: (index, { shelf, openClasses }) =>
      shelf.proxies[index] === 0 || isOpen(classAt(shelf, index), openClasses) ? undefined : 1,
  },
  {
    name: 'unjudged',
    sparesOrdinary: true,
    judge: (index, { shelf }) => (classAt(shelf, index) === 'unknown' ? 1 : undefined),
  },
  {
    name: 'excluded',
    concerns: ({ excluded }) => excluded !== undefined,
    judge: (index, { excluded }) => (excluded?.[index] === 1 ? 1 : undefined),
  },
  {
    name: 'in-context',
    concerns: ({ context }) => context.size > 0,
    judge: (index, { context }) => (context.has(index) ? 1 : undefined),
  },
  // Bought, returned, disliked, shown too often: what bar.ts found, under its own name.
  { name: 'barred', judge: (index, { barred }) => barred.get(index)?.number },
  {
    // Another size or colour of it.
    name: 'variant',
    concerns: ({ products }) => products !== undefined,
    judge: (index, { products, productsMet }) => (productsMet.has(products?.[index] ?? 0) ? 1 : undefined),
  },
  {
    name: 'disliked-kind',
    concerns: ({ dislikedLeaves }) => dislikedLeaves.size > 0,
    judge: (index, { shelf, dislikedLeaves }) => dislikedLeaves.get(shelf.leaves[index]!),
  },
  {
    name: 'leaf-cap',
    concerns: ({ cappedLeaves }) => cappedLeaves.size > 0,
    judge: (index, { shelf, cappedLeaves }) => cappedLeaves.get(shelf.leaves[index]!),
  },
  {
    name: 'same-leaf',
    concerns: asksForComplements,
    judge: (index, { shelf, contextLeaves }) => (contextLeaves.has(shelf.leaves[index]!) ? 1 : undefined),
  },
  {
    name: 'not-related',
    concerns: asksForComplements,
    judge: (index, context) => (belongs(index, context) ? undefined : context.related(index)),
  },
  {
    name: 'leaf-share',
    judge: (index, { shelf, placement, leafCounts }) => {
      const chosen = leafCounts.get(shelf.leaves[index]!) ?? 0;
      return chosen >= placement.perLeafMax ? chosen : undefined;
    },
  },
];

/** Those that may have something to say here. */
export function guardsOf(context: GuardContext): readonly ItemGuard[] {
  return ITEM_GUARDS.filter(({ concerns }) => concerns === undefined || concerns(context));
}

export interface ListGuard {
  readonly name: GuardName;
  /** Positions to take away, each with the number that decided. */
  readonly judge: (
    list: readonly number[],
    context: Pick<GuardContext, 'shelf' | 'placement'>,
  ) => ReadonlyMap<number, number>;
}

const NONE_TAKEN: ReadonlyMap<number, number> = new Map();

export const LIST_GUARDS: readonly ListGuard[] = [
  {
    // Holds for the list as a whole what the item guard held while it was walked: exploration may have put
    // one in.
    name: 'leaf-share',
    judge: (list, { shelf, placement }) => {
      const counts = new Map<number, number>();
      let taken: Map<number, number> | undefined;
      for (let position = 0; position < list.length; position += 1) {
        const leaf = shelf.leaves[list[position]!]!;
        const before = counts.get(leaf) ?? 0;
        if (before >= placement.perLeafMax) (taken ??= new Map<number, number>()).set(position, before);
        else counts.set(leaf, before + 1);
      }
      return taken ?? NONE_TAKEN;
    },
  },
];
