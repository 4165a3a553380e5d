// The part of the catalogue that a list is asked for: a category page shows things of its category. What is
// not in it is no candidate, so nothing is held back by it; everything else holds there as anywhere.

import { fold } from '../facts/classify-item.ts';
import { popularItems } from './popular.ts';
import type { Shelf } from './shelf.ts';
import type { Base } from './shelf-models.ts';

export interface Within {
  /** 1 where a thing is in it. */
  readonly isIn: Uint8Array;
  /** What fills a list there. */
  base(base: Base): Base;
}

/** What is known of one shelf. */
interface Kept {
  /** Places of the things below each beginning of a path, as far as anything is there. */
  readonly places: ReadonlyMap<string, readonly number[]>;
  /** Without any thing. */
  readonly nowhere: Within;
  /** The newest last: a byte for each thing of the shelf, and whoever asks may ask for anything. */
  readonly made: Map<string, Within>;
}

// A shelf of 100,000 things is gone through once, some 0.1 s, for all categories.
const keptOf = new WeakMap<Shelf, Kept>();
const MADE_MAX = 256;

/** Things whose path begins like this, without regard to case; of what nobody has there is nothing. */
export function withinOn(shelf: Shelf, path: readonly string[]): Within {
  let kept = keptOf.get(shelf);
  if (kept === undefined) keptOf.set(shelf, (kept = keptFor(shelf)));
  const name = nameOf(path);
  const places = kept.places.get(name);
  if (places === undefined) return kept.nowhere;
  const known = kept.made.get(name);
  if (known !== undefined) return known;
  const [oldest] = kept.made.keys();
  if (kept.made.size >= MADE_MAX && oldest !== undefined) kept.made.delete(oldest);
  const made = withinOf(shelf, places);
  kept.made.set(name, made);
  return made;
}

function keptFor(shelf: Shelf): Kept {
  return { places: placesIn(shelf), nowhere: withinOf(shelf, []), made: new Map<string, Within>() };
}

/** A step holds no control characters. */
function nameOf(path: readonly string[]): string {
  return path.map(fold).join('\u0000');
}

function placesIn({ goods }: Shelf): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>();
  for (const [place, item] of goods.entries()) {
    const path = item?.path ?? [];
    for (const [at] of path.entries()) {
      const name = nameOf(path.slice(0, at + 1));
      const there = places.get(name);
      if (there === undefined) places.set(name, [place]);
      else there.push(place);
    }
  }
  return places;
}

function withinOf({ names, sellable, classes, products }: Shelf, places: readonly number[]): Within {
  const isIn = new Uint8Array(names.length);
  for (const place of places) isIn[place] = 1;
  const bases = new WeakMap<Float64Array, Base>();
  return {
    isIn,
    base: ({ prior }) => {
      let base = bases.get(prior);
      if (base === undefined)
        bases.set(
          prior,
          (base = { prior, popular: popularItems(prior, { sellable, classes, products }, places) }),
        );
      return base;
    },
  };
}
