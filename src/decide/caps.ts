// How often things were shown before, for the caps. Lists are remembered in one array that only grows at its
// end and loses from its front, so each is counted once, not at every decision; and while the same things
// stand at their cap, the very same bar comes out, of which nothing has to be resolved or written anew.

import type { Barred } from '../facts/decision.ts';
import type { Channel } from '../facts/channel.ts';
import type { CampaignId, ItemId } from '../facts/ids.ts';
import type { Placement } from '../facts/placement.ts';
import { HOUR_MS } from '../kernel/time.ts';

/**
 * One list shown to a person by an earlier decision. Every decision counts as shown: a cap that waits for a
 * report can be exceeded.
 */
export interface Exposure {
  readonly placement: string;
  readonly items: readonly ItemId[];
  readonly timeMs: number;
  /** Where; lists of before this was remembered do not say. */
  readonly channel?: Channel;
  readonly campaign?: CampaignId;
}

export interface ShownInput {
  readonly exposures: readonly Exposure[];
  readonly placement: Placement;
  readonly nowMs: number;
}

interface Counted {
  /** When each thing was shown, in the order of the lists. */
  readonly times: Map<ItemId, number[]>;
  /** Lists counted so far, and the last of them: another one there means that the array was changed. */
  length: number;
  last: Exposure | undefined;
  /** What came out last, by placement. */
  readonly bars: Map<string, Bar>;
}

interface Bar {
  readonly base: readonly Barred[];
  readonly capped: readonly Barred[];
  readonly barred: readonly Barred[];
}

const countedOf = new WeakMap<readonly Exposure[], Counted>();

/**
 * `base` and what was shown too often, sorted by thing, one entry per thing; `base` itself when nothing was.
 * A thing that is barred anyway keeps its entry.
 */
export function barShown(base: readonly Barred[], shown: ShownInput): readonly Barred[] {
  const { exposures, placement } = shown;
  // No item can have been shown more often than there were lists.
  if (exposures.length < placement.capPerItem.impressionsMax) return base;
  const counted = count(exposures);
  const capped = cappedItems(counted, shown);
  if (capped.length === 0) return base;
  const kept = counted.bars.get(placement.id);
  if (kept?.base === base && sameEntries(kept.capped, capped)) return kept.barred;
  const known = new Set(base.map(({ item }) => item));
  const barred = [...base, ...capped.filter(({ item }) => !known.has(item))].sort(byItem);
  counted.bars.set(placement.id, { base, capped, barred });
  return barred;
}

function cappedItems({ times }: Counted, { placement, nowMs }: ShownInput): readonly Barred[] {
  const { impressionsMax, windowHours } = placement.capPerItem;
  const sinceMs = nowMs - windowHours * HOUR_MS;
  const capped: Barred[] = [];
  for (const [item, shownMs] of times) {
    if (shownMs.length < impressionsMax) continue;
    let number = 0;
    // A clock that was set back leaves times out of order: all are looked at.
    for (const timeMs of shownMs) if (timeMs > sinceMs) number += 1;
    if (number >= impressionsMax) capped.push({ item, guard: 'item-cap', number });
  }
  return capped;
}

function count(exposures: readonly Exposure[]): Counted {
  let counted = countedOf.get(exposures);
  const grown =
    counted !== undefined &&
    counted.length <= exposures.length &&
    exposures[counted.length - 1] === counted.last;
  if (counted === undefined || !grown) {
    counted = { times: new Map(), length: 0, last: undefined, bars: new Map() };
    countedOf.set(exposures, counted);
  }
  for (; counted.length < exposures.length; counted.length += 1) {
    const { items, timeMs } = (counted.last = exposures[counted.length]!);
    for (const item of items) {
      const known = counted.times.get(item);
      if (known === undefined) counted.times.set(item, [timeMs]);
      else known.push(timeMs);
    }
  }
  return counted;
}

function sameEntries(a: readonly Barred[], b: readonly Barred[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ item, number }, at) => item === b[at]?.item && number === b[at]?.number)
  );
}

export function byItem(a: Barred, b: Barred): number {
  return a.item < b.item ? -1 : 1;
}

/**
 * Lists of this placement shown within its window. A list with nothing in it was not shown: whoever keeps
 * asking beyond the cap does not push its end away.
 */
export function shownBefore({ exposures, placement, nowMs }: ShownInput): number {
  const sinceMs = nowMs - placement.capPerPerson.windowHours * HOUR_MS;
  let shown = 0;
  for (const exposure of exposures) {
    if (exposure.items.length === 0 || exposure.placement !== placement.id) continue;
    if (exposure.timeMs > sinceMs) shown += 1;
  }
  return shown;
}
