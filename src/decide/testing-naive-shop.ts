// What a shop wants in a list, told naively: see testing-naive.ts.

import type { Goods, Pin } from '../facts/merchandising.ts';
import type { Placement } from '../facts/placement.ts';
import type { Shelf } from './shelf.ts';

/** Pins that could stand in such a list, the first place first. */
export function pinsOf({ merchandising }: Placement, limit: number): readonly Pin[] {
  const pins = merchandising?.pin ?? [];
  return pins.filter(({ place }) => place <= limit).toSorted((a, b) => a.place - b.place);
}

interface Chosen {
  readonly chosen: readonly { readonly item: string }[];
  readonly pins: readonly { readonly item: string; readonly place: number }[];
  readonly nothing: string | undefined;
}

/** The list as it is shown: pins at their places, the others around them. */
export function naiveList({ chosen, pins, nothing }: Chosen, limit: number): readonly string[] {
  if (nothing !== undefined) return [];
  const earned = chosen.slice(0, limit - pins.length).map(({ item }) => item);
  const list: string[] = [];
  while (list.length < earned.length + pins.length) {
    const before = list.filter((item) => pins.every((pin) => pin.item !== item)).length;
    const pin = pins.find(({ item }) => !list.includes(item));
    const isPin = pin !== undefined && (pin.place <= list.length + 1 || before === earned.length);
    list.push(isPin ? pin.item : earned[before]!);
  }
  return list;
}

export function isOf(shelf: Shelf, { items, paths, brands }: Goods, index: number): boolean {
  const item = shelf.goods[index];
  if (item === undefined) return false;
  const low = (texts: readonly string[]): string => texts.join(' > ').toLowerCase();
  return (
    items.includes(item.id) ||
    brands.some((brand) => brand.toLowerCase() === item.brand?.toLowerCase()) ||
    paths.some((path) => low(item.path.slice(0, path.length)) === low(path))
  );
}

/** What the shop adds to a score of its own: the sum of all rules, at most as much again. */
export function gainOf(
  shelf: Shelf,
  { merchandising }: Placement,
  { timeMs, index, score }: { readonly timeMs: number; readonly index: number; readonly score: number },
): number {
  const item = shelf.goods[index];
  let sum = 0;
  for (const boost of item === undefined ? [] : (merchandising?.boost ?? [])) {
    if ((boost.fromMs ?? timeMs) > timeMs || (boost.untilMs ?? Infinity) <= timeMs) continue;
    const named = boost.items.length + boost.paths.length + boost.brands.length > 0;
    if (named && !isOf(shelf, boost, index)) continue;
    const amount = (boost.by === 'stock' ? item?.stock : item?.marginPercent) ?? 0;
    const quarters = Math.floor((4 * amount) / (boost.full ?? 1));
    const level = boost.by === 'flat' ? 1 : Math.min(4, Math.max(0, quarters)) / 4;
    sum += Math.floor(boost.share * level * 1024) / 1024;
  }
  return Math.max(0, roundTo30(score * Math.min(1, sum)));
}

/** To multiples of 2^-30, ties to even. */
function roundTo30(x: number): number {
  const scaled = x * 2 ** 30;
  const low = Math.floor(scaled);
  const rest = scaled - low;
  return (rest > 0.5 || (rest === 0.5 && low % 2 === 1) ? low + 1 : low) / 2 ** 30;
}
