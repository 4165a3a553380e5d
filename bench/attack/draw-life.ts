// People: what they said, who they are, what is known of them. Most said yes to most; each thing that can be
// wrong is rare enough to stand alone, because only then it shows which rule holds it.

import { DATA_CATEGORIES } from '../../src/facts/category.ts';
import { FACT_KINDS, type Fact } from '../../src/facts/fact.ts';
import { CONSENT_STATES, type GrantChange } from '../../src/facts/grant.ts';
import type { ItemId, SourceId } from '../../src/facts/ids.ts';
import type { Place } from '../../src/facts/place.ts';
import { STANDARD_PURPOSES } from '../../src/facts/standard-notice.ts';
import type { Random } from '../../src/kernel/random.ts';
import { CONTROLLERS, DAY, GONE, HOUR, type Life, NOW, SHOP_ID, type Said, YEAR } from './case.ts';
import { between, oneIn, pick, some, times } from './draw.ts';

export const PLACES: readonly (Place | undefined)[] = [
  { country: 'DE' },
  { country: 'DE' },
  { country: 'BE' },
  { country: 'US', region: 'CA' },
  { country: 'US', region: 'CA' },
  { country: 'SA' },
  { country: 'US', region: 'NY' },
  undefined,
];

export function drawLife(random: Random, items: readonly ItemId[]): Life {
  if (oneIn(random, 60)) return drawLong(random, items);
  const said = drawSaid(random);
  // One in five is hard to please: several noes, which meet on a leaf.
  const kinds = oneIn(random, 5) ? [...KINDS, ...NOES, ...NOES, ...NOES] : KINDS;
  const found = times(between(random, 0, 12), () => drawFact(random, items, kinds));
  const facts = oneIn(random, 4) ? [...found, ...noesTo(found)] : found;
  const gap = said.length > 1 && oneIn(random, 15);
  return {
    said,
    torn: gap ? 'gap' : oneIn(random, 30) ? 'flag' : 'whole',
    forgotten: oneIn(random, 25) ? pick(random, [1, 2, 'unknown'] as const) : 0,
    home: pick(random, PLACES),
    age: oneIn(random, 2) ? undefined : pick(random, [12, 14, 15, 16, 17, 18, 40, 40, 40, 40, Number.NaN]),
    facts,
    boughtAt: drawTimes(random, facts),
    looks: drawLooks(random, facts),
    // Also of facts that are not there (any more), and of the same key as somebody else's.
    setAside: [...facts.map(({ key }) => key), 'bought|web|t00'].filter(() => oneIn(random, 12)),
  };
}

/** Somebody of whom much is known, all of which may be used. */
function drawLong(random: Random, items: readonly ItemId[]): Life {
  const kinds = ['bought', 'viewed', 'clicked', 'in-basket', 'likes'] as const;
  const facts = times(700, () => drawFact(random, items, kinds));
  return {
    said: [{ ...drawBroad(random), timeMs: NOW - DAY }],
    torn: 'whole',
    forgotten: 0,
    home: { country: 'DE' },
    age: undefined,
    facts,
    boughtAt: drawTimes(random, facts),
    looks: drawLooks(random, facts),
    setAside: [],
  };
}

function drawSaid(random: Random): readonly Said[] {
  const broad = oneIn(random, 5) ? [] : [drawBroad(random)];
  const later = times(random.below(4), () => ({
    changes: times(between(random, 1, 6), () => drawChange(random)),
    timeMs: drawTime(random),
    afterLoss: oneIn(random, 25),
  }));
  return [...broad, ...later];
}

/** A yes to nearly everything, as a banner asks for it. */
function drawBroad(random: Random): Said {
  const uses = DATA_CATEGORIES.flatMap((category) =>
    STANDARD_PURPOSES.map((purpose) => ({ category, purpose })),
  );
  return {
    changes: some(random, uses, 0.9).map((use): GrantChange => ({ ...use, state: 'given' })),
    timeMs: drawTime(random),
    afterLoss: false,
  };
}

function drawChange(random: Random): GrantChange {
  return {
    category: pick(random, DATA_CATEGORIES.slice(0, oneIn(random, 4) ? DATA_CATEGORIES.length : 5)),
    purpose: pick(random, oneIn(random, 3) ? STANDARD_PURPOSES : ['recommend', 'contact', 'advertise']),
    state: pick(random, CONSENT_STATES),
  };
}

/** Some are about to run out, some ahead of us. */
function drawTime(random: Random): number {
  if (oneIn(random, 12)) return NOW + random.below(DAY);
  if (oneIn(random, 12)) return NOW - 5 * YEAR + random.below(20 * DAY) - 10 * DAY;
  return NOW - random.below(2 * YEAR);
}

const TRAITS = ['language', 'country', 'region', 'birthYear'];
/** Of language and country, as tools write them. */
const SAID = ['de', 'de', 'DE-AT', 'en', 'x'];
const OURS = ['web', 'web', 'till', 'app'] as SourceId[];
const THEIRS = ['bought-list', 'camera', 'foreign', GONE] as SourceId[];
const KINDS = [...FACT_KINDS, 'bought', 'viewed', 'viewed', 'clicked', 'likes'] as const;
const NOES = ['dislikes', 'dislikes', 'dismissed'] as const;

function drawFact(random: Random, items: readonly ItemId[], kinds: readonly Fact['kind'][]): Fact {
  const kind = pick(random, kinds);
  const source = oneIn(random, 14) ? pick(random, THEIRS) : pick(random, OURS);
  const item = oneIn(random, 40) ? ('t99' as ItemId) : pick(random, items);
  const name = pick(random, TRAITS);
  const about = kind === 'trait' ? { name, value: pick(random, SAID) } : { item };
  const ages = oneIn(random, 12)
    ? between(random, 355, 380) * DAY
    : random.below(pick(random, kind === 'bought' ? [6, 60, 300] : [60, 300]) * DAY);
  const lastMs = oneIn(random, 60) ? Number.NaN : NOW - ages + random.below(2);
  const soon = NOW + random.below(12 * DAY) - 2 * DAY;
  const expiresMs = oneIn(random, 80) ? Infinity : oneIn(random, 12) ? soon : NOW + 9 * YEAR;
  const isBack = kind === 'bought' && oneIn(random, 4);
  const plain: Fact = {
    key: `${kind}|${source}|${kind === 'trait' ? name : item}`,
    kind,
    category: categoryOf(kind, name),
    ...about,
    quantity: isBack || oneIn(random, 12) ? between(random, -1, 1) : between(random, 1, 3),
    ...(kind === 'bought' && oneIn(random, 2) ? drawAgain(random, lastMs) : { count: 1, firstMs: lastMs }),
    lastMs,
    returned: isBack ? between(random, 0, 2) : 0,
    controller: oneIn(random, 25) ? pick(random, CONTROLLERS) : SHOP_ID,
    source,
    channel: 'web',
    basis: kind === 'bought' ? 'contract' : 'consent',
    expiresMs,
  };
  return oneIn(random, 40) ? { ...plain, category: pick(random, DATA_CATEGORIES) } : plain;
}

/** Of the first thing that was looked at a no as well. */
function noesTo(facts: readonly Fact[]): readonly Fact[] {
  const seen = facts.find(({ kind }) => kind === 'viewed');
  if (seen?.item === undefined) return [];
  const key = `dislikes|${seen.source}|${seen.item}`;
  return [{ ...seen, key, kind: 'dislikes', category: 'declared' }];
}

/** Bought more than once, the first time perhaps longer ago than a profile may live. */
function drawAgain(random: Random, lastMs: number): Pick<Fact, 'count' | 'firstMs'> {
  return { count: between(random, 2, 5), firstMs: lastMs - random.below(pick(random, [20, 400]) * DAY) };
}

/** Times behind most purchases, the first and the last among them; several things at once now and then. */
function drawTimes(random: Random, facts: readonly Fact[]): Life['boughtAt'] {
  const shared = times(3, () => NOW - random.below(60 * DAY));
  const bought = facts.filter(({ kind, lastMs }) => kind === 'bought' && Number.isFinite(lastMs));
  const behind = bought.flatMap(({ key, count, firstMs, lastMs }) => {
    if (oneIn(random, 10)) return [];
    const inBetween = times(count - 2, () => firstMs + random.below(Math.max(1, lastMs - firstMs)));
    const together = oneIn(random, 2) ? [pick(random, shared)] : [];
    return [[key, [...new Set([firstMs, ...inBetween, ...together, lastMs])].sort((a, b) => a - b)] as const];
  });
  return Object.fromEntries(behind);
}

/** Some bouts of looking around over the days of the attack, at what was viewed and at what was not. */
function drawLooks(random: Random, facts: readonly Fact[]): Life['looks'] {
  const viewed = facts.filter(({ kind }) => kind === 'viewed').map(({ key }) => key);
  if (viewed.length === 0 || oneIn(random, 6)) return [];
  const keys = [...viewed, ...viewed, ...facts.slice(0, 1).map(({ key }) => key), 'viewed|web|t99'];
  const looks = times(between(random, 1, 7), () => {
    let timeMs = NOW - HOUR + random.below(3 * DAY);
    return times(between(random, 1, 6), () => {
      timeMs += random.below(oneIn(random, 5) ? HOUR : HOUR / 6);
      return { key: pick(random, keys), timeMs };
    });
  }).flat();
  const old = { key: pick(random, keys), timeMs: NOW - 370 * DAY };
  return [old, ...looks].sort((a, b) => a.timeMs - b.timeMs || (a.key < b.key ? -1 : 1));
}

function categoryOf(kind: Fact['kind'], name: string): Fact['category'] {
  if (kind === 'trait') return name === 'country' || name === 'region' ? 'location' : 'demographics';
  const table = {
    bought: 'purchases',
    viewed: 'browsing',
    'in-basket': 'basket',
    clicked: 'interactions',
    dismissed: 'interactions',
    likes: 'declared',
    dislikes: 'declared',
  } as const;
  return table[kind];
}
