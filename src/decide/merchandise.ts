// What a placement says of merchandising, resolved to places on the shelf: who stands where, what is left
// out, what is favoured by how much.

import { isOfGoods } from '../facts/classify-item.ts';
import type { Item } from '../facts/item.ts';
import { type Boost, type Goods, type Merchandising, isWithin } from '../facts/merchandising.ts';
import type { Placement } from '../facts/placement.ts';
import { WHOLE } from './favour.ts';
import { type Shelf, placeOn } from './shelf.ts';

export interface PinnedPlace {
  readonly index: number;
  /** 1 is the first. */
  readonly place: number;
}

export interface Merchandise {
  /** By place; no two at one. */
  readonly pins: readonly PinnedPlace[];
  /** 1 where a thing is not shown here. */
  readonly excluded?: Uint8Array;
  /** What of a thing’s own score is added to it, in 1,024ths; absent where nothing is favoured. */
  readonly favours?: Uint16Array;
}

const NONE: Merchandise = { pins: [] };
/** Steps of stock and margin: the exact share is told, and must not tell the exact margin. */
const STEPS = 4;

/** What holds on this shelf at this time. */
export function merchandiseOn(shelf: Shelf, { merchandising }: Placement, timeMs: number): Merchandise {
  if (merchandising === undefined) return NONE;
  const pins = merchandising.pin
    .filter((pin) => isWithin(pin, timeMs))
    .flatMap(({ item, place }): readonly PinnedPlace[] => {
      const index = placeOn(shelf, item);
      return index === undefined ? [] : [{ index, place }];
    })
    .sort((a, b) => a.place - b.place);
  return { pins, ...rulesOn(shelf, merchandising, timeMs) };
}

type Rules = Omit<Merchandise, 'pins'>;

/** What was compiled for one shelf. */
interface Kept {
  /** By what the rules say: a policy that a record names is read anew for each replay. */
  readonly bySaying: Map<string, Rules>;
  /** The same by the rules themselves, so that a decision does not spell them out: they may be long. */
  readonly byRules: WeakMap<Merchandising, { readonly active: string; readonly found: Rules }>;
}

// A shelf of 100,000 things is gone through once for all decisions under the same rules.
const keptOf = new WeakMap<Shelf, Kept>();
/** 3 bytes for each thing of the shelf. */
const RULES_KEPT_MAX = 256;

function rulesOn(shelf: Shelf, rules: Merchandising, timeMs: number): Rules {
  let kept = keptOf.get(shelf);
  if (kept === undefined) keptOf.set(shelf, (kept = { bySaying: new Map(), byRules: new WeakMap() }));
  const places = rules.boost.flatMap((boost, place) => (isWithin(boost, timeMs) ? [place] : []));
  const active = places.join();
  const last = kept.byRules.get(rules);
  if (last?.active === active) return last.found;
  const saying = `${active} ${JSON.stringify([rules.exclude, rules.boost])}`;
  let found = kept.bySaying.get(saying);
  if (found === undefined) {
    found = compile(
      shelf,
      rules.exclude,
      places.map((place) => rules.boost[place]!),
    );
    if (kept.bySaying.size >= RULES_KEPT_MAX) kept.bySaying.clear();
    kept.bySaying.set(saying, found);
  }
  kept.byRules.set(rules, { active, found });
  return found;
}

function compile({ goods }: Shelf, exclude: Goods, boosts: readonly Boost[]): Rules {
  const isExcluded = isAny(exclude) ? isOfGoods(exclude) : undefined;
  const shares = boosts.map(shareOf);
  return {
    ...(isExcluded === undefined
      ? {}
      : { excluded: Uint8Array.from(goods, (item) => (item !== undefined && isExcluded(item) ? 1 : 0)) }),
    ...(shares.length === 0
      ? {}
      : {
          favours: Uint16Array.from(goods, (item) => {
            if (item === undefined) return 0;
            return Math.min(WHOLE, WHOLE * shares.reduce((sum, share) => sum + share(item), 0));
          }),
        }),
  };
}

function isAny({ items, paths, brands }: Goods): boolean {
  return items.length + paths.length + brands.length > 0;
}

/** A multiple of 2^-10 rounded down, so that it is the same number everywhere. */
function shareOf(boost: Boost): (item: Item) => number {
  const isMeant = isAny(boost) ? isOfGoods(boost) : () => true;
  return (item) => {
    if (!isMeant(item)) return 0;
    const level = boost.by === 'flat' ? 1 : stepOf(boost, item);
    return Math.floor(boost.share * level * WHOLE) / WHOLE;
  };
}

/** 0, ¼, ½, ¾ or 1. Of what is not known nothing is assumed. */
function stepOf({ by, full = 1 }: Boost, { stock = 0, marginPercent = 0 }: Item): number {
  const amount = by === 'stock' ? stock : marginPercent;
  return Math.floor((STEPS * Math.max(0, Math.min(amount, full))) / full) / STEPS;
}
