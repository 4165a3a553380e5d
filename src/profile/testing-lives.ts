// Random people for the comparison of the door with an oracle: what they said, who they are, what is known
// of them, with everything that can be wrong drawn often enough to meet. Data only; nothing here judges.

import { DATA_CATEGORIES } from '../facts/category.ts';
import { FACT_KINDS, type Fact } from '../facts/fact.ts';
import { CONSENT_STATES, type GrantChange } from '../facts/grant.ts';
import type { ItemId, SourceId } from '../facts/ids.ts';
import type { SensitiveClass } from '../facts/item.ts';
import type { Place } from '../facts/place.ts';
import { GRANTABLE_PURPOSES, type Purpose } from '../facts/purpose.ts';
import type { Source } from '../facts/source.ts';
import type { Random } from '../kernel/random.ts';
import { DAY, NOW, OTHER_SHOP, SHOP, SOURCES, TILL, WEB, fact, itemId, source, sourceId } from './testing.ts';

export const YEAR = 365 * DAY;

export const BOUGHT_LIST = sourceId('bought-list');
export const FOREIGN = sourceId('foreign');
export const GONE = sourceId('gone');
/** What is registered: two of our own, a bought list, another seller's. */
export const LIFE_SOURCES: ReadonlyMap<SourceId, Source> = new Map([
  ...SOURCES,
  [BOUGHT_LIST, source(BOUGHT_LIST, { origin: 'third-party' })],
  [FOREIGN, source(FOREIGN, { controller: OTHER_SHOP })],
]);

export const SENSITIVE: ReadonlyMap<ItemId, SensitiveClass> = new Map([
  [itemId('test'), 'pregnancy-baby'],
  [itemId('rosary'), 'religion'],
]);
const ITEMS = ['coat', 'hat', 'tea', 'lamp', 'test', 'rosary'];
const TRAIT_NAMES = ['language', 'country', 'region', 'birthYear'];

/** Everything that happened to one person, as it happened. The oracle sees this and no more. */
export interface Life {
  /** What was said, in order. */
  readonly said: readonly { readonly changes: readonly GrantChange[]; readonly timeMs: number }[];
  readonly journalTorn: boolean;
  /** Withdrawals that the key store remembers; `undefined`: it does not know the person. */
  readonly remembered: number | undefined;
  readonly places: readonly (Place | undefined)[];
  readonly gpc: boolean;
  /** What a consent string or a phone said no to: altogether, and where it would rest on silence. */
  readonly toldNo: readonly Purpose[];
  readonly toldNoToSilence: readonly Purpose[];
  /** Opted out of sale and sharing, in words of the United States. */
  readonly optedOut: boolean;
  readonly age: number | undefined;
  readonly facts: readonly Fact[];
  /** Keys of facts of which they said: not this one. */
  readonly setAside: readonly string[];
}

export interface Household {
  readonly lives: readonly [Life, ...Life[]];
  readonly declared: readonly SensitiveClass[];
}

function pick<T>(random: Random, list: readonly T[]): T {
  return list[random.below(list.length)]!;
}

function oneIn(random: Random, n: number): boolean {
  return random.below(n) === 0;
}

function times<T>(random: Random, max: number, make: () => T): T[] {
  return Array.from({ length: random.below(max + 1) }, make);
}

const PLACES: readonly (Place | undefined)[] = [
  { country: 'DE' },
  { country: 'BE' },
  { country: 'US', region: 'CA' },
  { country: 'US', region: 'CA' },
  { country: 'SA' },
  { country: 'US', region: 'NY' },
  undefined,
];

function drawLife(random: Random): Life {
  // People who change their minds: few things, said often.
  const categories = times(random, 4, () => pick(random, DATA_CATEGORIES));
  const purposes = times(random, 3, () => pick(random, GRANTABLE_PURPOSES));
  const drawChange = (): GrantChange => ({
    category:
      oneIn(random, 4) || categories.length === 0 ? pick(random, DATA_CATEGORIES) : pick(random, categories),
    purpose:
      oneIn(random, 4) || purposes.length === 0 ? pick(random, GRANTABLE_PURPOSES) : pick(random, purposes),
    state: oneIn(random, 3) ? pick(random, CONSENT_STATES) : 'given',
  });
  const drawTime = (): number => {
    if (oneIn(random, 25)) return NOW + random.below(20 * 60_000);
    return NOW - (oneIn(random, 6) ? 4 * YEAR + random.below(2 * YEAR) : random.below(YEAR));
  };
  const said = times(random, 8, () => ({
    changes: [drawChange(), ...times(random, 6, drawChange)],
    timeMs: drawTime(),
  }));
  const takenBack = said.filter(({ changes }) => changes.some(({ state }) => state !== 'given')).length;
  const facts = times(random, 14, () => drawFact(random));
  return {
    said,
    journalTorn: oneIn(random, 25),
    remembered: oneIn(random, 25) ? undefined : takenBack + (oneIn(random, 25) ? 1 : 0),
    places: times(random, 2, () => pick(random, PLACES)),
    gpc: oneIn(random, 4),
    toldNo: oneIn(random, 4) ? times(random, 3, () => pick(random, GRANTABLE_PURPOSES)) : [],
    toldNoToSilence: oneIn(random, 4) ? times(random, 3, () => pick(random, GRANTABLE_PURPOSES)) : [],
    optedOut: oneIn(random, 8),
    age: oneIn(random, 2) ? undefined : pick(random, [0, 12, 13, 14, 15, 16, 17, 18, 40, 40, 40, Number.NaN]),
    facts,
    // Also of facts that are not there (any more), and of the same key as somebody else's.
    setAside: [...facts.map(({ key }) => key), 'bought|web|coat'].filter(() => oneIn(random, 8)),
  };
}

function drawFact(random: Random): Fact {
  const kind = pick(random, FACT_KINDS);
  const from = pick(random, [WEB, WEB, WEB, WEB, WEB, TILL, TILL, BOUGHT_LIST, FOREIGN, GONE]);
  const lastMs = oneIn(random, 60) ? Number.NaN : NOW - random.below(500 * DAY);
  const expiresMs = pick(random, [
    NOW - random.below(9 * DAY),
    NOW,
    NOW + 1,
    NOW + 1 + random.below(9 * YEAR),
    NOW + 9 * YEAR,
    NOW + YEAR,
  ]);
  const plain = fact(kind, pick(random, kind === 'trait' ? TRAIT_NAMES : ITEMS), {
    source: from,
    controller: oneIn(random, 12) ? OTHER_SHOP : SHOP,
    lastMs,
    firstMs: lastMs,
    expiresMs: oneIn(random, 60) ? Infinity : expiresMs,
  });
  return oneIn(random, 30) ? { ...plain, category: pick(random, DATA_CATEGORIES) } : plain;
}

/** A person and, one time in three, up to two others who joined them. */
export function drawHousehold(random: Random): Household {
  const others = oneIn(random, 3) ? times(random, 2, () => drawLife(random)) : [];
  return {
    lives: [drawLife(random), ...others],
    declared: times(random, 2, () => pick(random, ['pregnancy-baby', 'religion', 'debt'] as const)),
  };
}
