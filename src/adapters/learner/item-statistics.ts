// Who has what, and which of it fewer than k people are behind once somebody has left. A person's
// contribution is remembered as it was added, so that exactly that is taken away, whatever has changed since.

import { assert } from '../../kernel/assert.ts';
import { DAY_MS } from '../../kernel/time.ts';
import type { Leaving, PersonKey, Share, ThingPair } from '../../engine/ports.ts';
import { type ContributionDescriptor, type ItemContact, contributionOf } from '../../learn/contribution.ts';
import { createCounts } from '../../learn/counts.ts';
import { lastDaysText } from '../../learn/last-days.ts';
import { type NamedPeople, namePeople } from '../../learn/recipes/held-out-things.ts';

export interface ItemStatistics {
  /** What counts of it now. */
  change(person: PersonKey, share: Pick<Share, 'items' | 'itemDays'>): readonly string[];
  forget(person: PersonKey, leaving: Leaving): readonly ThingPair[];
  /** Everybody as they stand; models are made of them from here to the end of the fit. */
  begin(): Fitting;
  canonicalText(): string;
}

/** Models are being made. */
export interface Fitting {
  readonly everybody: NamedPeople;
  /** Whether somebody left since it began. */
  hasLost(): boolean;
  /** Of what those had who left since it began, what fewer people are behind now. */
  fallen(minPeople: number): readonly ThingPair[];
  /** `isServed`: the models made now serve. Otherwise those of before go on. */
  end(isServed: boolean): void;
}

export function createItemStatistics(): ItemStatistics {
  const counts = createCounts();
  const counted = new Map<PersonKey, ContributionDescriptor>();
  // What somebody has had since the last fit and has no more: an erasure takes that, too, out of the model in
  // service.
  let gaveUp = new Map<PersonKey, readonly string[]>();
  // While models are made: the same of the ones that still serve, and what those had who left since it began.
  let running:
    | { readonly before: Map<PersonKey, readonly string[]>; readonly left: (readonly string[])[] }
    | undefined;

  function note(person: PersonKey, items: readonly string[]): void {
    gaveUp.set(person, [...new Set([...(gaveUp.get(person) ?? []), ...items])]);
  }

  function fewBehind(items: readonly string[], minPeople: number): readonly ThingPair[] {
    const alone = items.filter((item) => counts.item(item).people < minPeople);
    return [...counts.pairsBelow(minPeople, items), ...alone.map((item) => [item, item] as const)];
  }

  function begin(): Fitting {
    assert(running === undefined, 'one fit at a time');
    const { before, left } = (running = { before: gaveUp, left: [] as (readonly string[])[] });
    gaveUp = new Map();
    return {
      everybody: namePeople(counted.values()),
      hasLost: () => left.length > 0,
      fallen: (minPeople) => left.flatMap((items) => fewBehind(items, minPeople)),
      end: (isServed) => {
        running = undefined;
        if (!isServed) for (const [person, items] of before) note(person, items);
      },
    };
  }

  return {
    change: (person, share) => {
      const old = counted.get(person);
      const next = contributionOf(contactsIn(share));
      if (old !== undefined && next !== undefined && sameItems(old.items, next.items)) {
        // Bought again: the counts are the same, the days are not.
        counted.set(person, next);
        return next.items;
      }
      if (old !== undefined) note(person, old.items);
      if (old !== undefined) counts.subtract(old);
      counted.delete(person);
      if (next === undefined) return [];
      counts.add(next);
      counted.set(person, next);
      return next.items;
    },
    forget: (person, { minPeople, had }) => {
      const old = counted.get(person);
      const before = [...(gaveUp.get(person) ?? []), ...(running?.before.get(person) ?? [])];
      const items = [...new Set([...(old?.items ?? []), ...before, ...had])];
      running?.left.push(items);
      if (old !== undefined) counts.subtract(old);
      counted.delete(person);
      gaveUp.delete(person);
      running?.before.delete(person);
      return fewBehind(items, minPeople);
    },
    begin,
    canonicalText: () => counts.canonicalText() + lastDaysText(counted.values()),
  };
}

/** A day that nobody noted is 0. */
function contactsIn({
  items = [],
  itemDays = [],
}: Pick<Share, 'items' | 'itemDays'>): readonly ItemContact[] {
  return items.map((item, at) => ({ item, lastMs: (itemDays[at] ?? 0) * DAY_MS }));
}

function sameItems(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, at) => item === b[at]);
}
