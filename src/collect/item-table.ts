// Owns: what order lines say about things: title, price, how many people. A shop whose catalogue is not at
// hand can start from its orders alone. Counts are bounded per item, and a thing that few people bought is
// not released: its title may be one person's engraving.

import { type ItemId, parseItemId } from '../facts/ids.ts';
import type { Item } from '../facts/item.ts';
import type { Parsed } from '../facts/parse.ts';
import { assert } from '../kernel/assert.ts';
import { LIMITS } from '../kernel/limits.ts';
import { ok } from '../kernel/result.ts';
import { withClass } from './catalogue/with-class.ts';
import { cleanText } from './catalogue/clean.ts';

/**
 * People told apart per item; beyond it the count stands still. Five times the least number that ever leaves
 * the server.
 */
const PEOPLE_COUNTED_MAX = 100;
/** Spellings and prices told apart per item; later ones are not counted. */
const VARIANTS_MAX = 64;

export interface ItemEntry {
  readonly id: ItemId;
  readonly titles: Map<string, number>;
  readonly prices: Map<number, number>;
  /** Hashes: a collision can only make the count smaller. */
  readonly people: Set<number>;
}

export interface ItemTable {
  /** The entry of an item code. Beyond `LIMITS.catalogueItemsMax` items an entry is made and not kept. */
  entry(code: string): Parsed<ItemEntry>;
  /** Items that at least `minPeople` different people bought, by id; beyond 100 nothing is. */
  release(minPeople: number, currency?: string): readonly Item[];
  readonly size: () => number;
}

export function createItemTable(): ItemTable {
  const entries = new Map<string, ItemEntry>();
  return {
    entry(code) {
      const known = entries.get(code);
      if (known !== undefined) return ok(known);
      const id = parseItemId(ownCopy(code));
      if (!id.ok) return id;
      const made: ItemEntry = { id: id.value, titles: new Map(), prices: new Map(), people: new Set() };
      if (entries.size < LIMITS.catalogueItemsMax) entries.set(id.value, made);
      return ok(made);
    },
    release(minPeople, currency) {
      assert(minPeople >= 1, 'nothing is released about nobody');
      const items: Item[] = [];
      for (const entry of entries.values())
        if (entry.people.size >= minPeople) items.push(itemOf(entry, currency));
      return items.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    },
    size: () => entries.size,
  };
}

/**
 * Counts one sold line. Titles of lines without a price are left out: there stands "damaged" or "check", not
 * a name.
 */
export function countSale(
  entry: ItemEntry,
  line: { readonly title: string; readonly priceMinor: number | undefined },
): void {
  const { title, priceMinor } = line;
  if (priceMinor === undefined || priceMinor === 0) return;
  count(entry.prices, priceMinor);
  const known = entry.titles.get(title);
  if (known !== undefined) entry.titles.set(title, known + 1);
  else if (title.trim() !== '' && entry.titles.size < VARIANTS_MAX) entry.titles.set(ownCopy(title), 1);
}

export function countPerson(entry: ItemEntry, personHash: number): void {
  if (entry.people.size < PEOPLE_COUNTED_MAX) entry.people.add(personHash);
}

function count(counts: Map<number, number>, key: number): void {
  const known = counts.get(key);
  if (known !== undefined) counts.set(key, known + 1);
  else if (counts.size < VARIANTS_MAX) counts.set(key, 1);
}

function itemOf(entry: ItemEntry, currency: string | undefined): Item {
  const title = cleanText(mostFrequent(entry.titles) ?? entry.id, LIMITS.titleLengthMax);
  const priceMinor = lowerMedian(entry.prices);
  const item = {
    id: entry.id,
    title,
    path: [],
    available: true,
    ...(priceMinor === undefined ? {} : { priceMinor }),
    ...(priceMinor === undefined || currency === undefined ? {} : { currency }),
  };
  return withClass(item, {});
}

/** Ties go to the smaller text, so that the order of the file does not matter. */
function mostFrequent(counts: ReadonlyMap<string, number>): string | undefined {
  let best: string | undefined;
  for (const [text, times] of counts) {
    const bestTimes = best === undefined ? 0 : (counts.get(best) ?? 0);
    if (best === undefined || times > bestTimes || (times === bestTimes && text < best)) best = text;
  }
  return best;
}

/** A price that was really paid, not a mean of two. */
function lowerMedian(counts: ReadonlyMap<number, number>): number | undefined {
  const prices = [...counts].toSorted(([a], [b]) => a - b);
  const half = prices.reduce((sum, [, times]) => sum + times, 0) / 2;
  let below = 0;
  for (const [price, times] of prices) {
    below += times;
    if (below >= half) return price;
  }
  return undefined;
}

/** Text cut out of a large piece keeps the whole piece alive in V8; a copy through a new text does not. */
export function ownCopy(text: string): string {
  return ` ${text}`.slice(1);
}

/** 31 bits of FNV-1a (Fowler, Noll, Vo), so that a set of them holds small integers. */
export function smallHash(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash ^ (hash >>> 16)) & 0x7fffffff;
}
