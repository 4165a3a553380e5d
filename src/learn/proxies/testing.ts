// What the tests of proxies are made of: a shop of ordinary things, one sensitive leaf, and volunteers drawn
// from a seed, whose membership raises what it is told to raise.

import { assert } from '../../kernel/assert.ts';
import type { Random } from '../../kernel/random.ts';
import type { ItemId } from '../../facts/ids.ts';
import { parseItemId } from '../../facts/ids.ts';
import type { Item } from '../../facts/item.ts';
import type { GuardDomain } from './find-proxies.ts';
import { guardContributionOf } from './guard-contribution.ts';
import { type GuardCounts, createGuardCounts } from './guard-counts.ts';

export const LEAF = 'health|Pharmacy > Diabetes care';

function itemId(text: string): ItemId {
  const parsed = parseItemId(text);
  assert(parsed.ok, 'a test names its things readably');
  return parsed.value;
}

export function itemNamed(id: string, more: Partial<Item> = {}): Item {
  return { id: itemId(id), title: id, path: [], available: true, ...more };
}

/** `thing-07`. */
export const thing = (index: number): string => `thing-${String(index).padStart(2, '0')}`;

export interface Village {
  readonly people: number;
  readonly things: number;
  /** Share of people who belong to `LEAF`. */
  readonly share: number;
  /** How many times likelier a member has a thing; by place. */
  readonly lifts: Readonly<Record<number, number>>;
  /** How many times more ordinary things members have. */
  readonly activity?: number;
  /** Chance of the rarest thing, and how much greater that of the commonest is. */
  readonly rarest?: number;
  readonly range?: number;
}

/**
 * Things are had with chances of 4 % to 24 % unless told otherwise, by people of three degrees of activity.
 */
export function villageOf(
  random: Random,
  { people, things, share, lifts, activity = 1, rarest = 0.04, range = 0.2 }: Village,
): { readonly counts: GuardCounts; readonly domain: GuardDomain } {
  const counts = createGuardCounts();
  for (let person = 0; person < people; person += 1) {
    const member = random.unit() < share;
    const degree = (0.5 + random.below(3) / 2) * (member ? activity : 1);
    const contacts: { item: string; lastMs: number; leaf?: string }[] = [];
    for (let at = 0; at < things; at += 1) {
      const chance = (rarest + (range * at) / things) * degree * (member ? (lifts[at] ?? 1) : 1);
      if (random.unit() < chance) contacts.push({ item: thing(at), lastMs: at });
    }
    if (member) contacts.push({ item: 'strips', lastMs: 0, leaf: LEAF });
    const contribution = guardContributionOf(contacts);
    if (contribution !== undefined) counts.add(contribution);
  }
  return {
    counts,
    domain: {
      items: Array.from({ length: things }, (_, at) => ({ item: thing(at), leaf: thing(at) })),
      leaves: [LEAF],
    },
  };
}
