// A person's plan for the season: what runs out and when, what lasts and is bought once. The plan is drawn
// whole, so that a visit needs no memory of earlier ones: whatever fell due since the last visit goes into
// the basket.

import type { Random } from '../../src/kernel/random.ts';
import { DAY_MS, utcDay } from '../../src/kernel/time.ts';
import { pickComplements, pickFromLeaf, pickKey } from './pick.ts';
import { leafName } from './shelf.ts';
import { CADENCE_DAYS, runsOut, TASTES } from './tastes.ts';
import { RETURN_RATE, TOGETHER_SHARE } from './truth.ts';
import type { Errand, Staple, TownProduct } from './types.ts';
import { type Weather, weatherFactor } from './weather.ts';

/** Before a first visit, needs have piled up for at most this long; what fell due earlier is never bought. */
export const NEEDS_DAYS = 10;

export interface PlanInput {
  readonly tastes: Readonly<Record<string, number>>;
  readonly children: boolean;
  readonly days: number;
  readonly startMs: number;
  /** Tastes of the household itself (a dog, a baby): their first need is always a staple. */
  readonly musts: readonly string[];
}

const leavesOf = new Map(TASTES.map((taste) => [taste.name, taste.leaves]));
const consumables = new Map(TASTES.map((taste) => [taste.name, part(taste.leaves, true)]));
const lasting = new Map(TASTES.map((taste) => [taste.name, part(taste.leaves, false)]));

function part(leaves: Readonly<Record<string, number>>, used: boolean): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(leaves).filter(([leaf]) => runsOut(leaf) === used));
}

/** A leaf after somebody's taste: of things that run out, that last, or of either kind. */
export function drawLeaf(
  random: Random,
  tastes: PlanInput['tastes'],
  kind: 'used' | 'lasts' | 'any',
  weather?: Weather,
): string | undefined {
  const table = kind === 'used' ? consumables : kind === 'lasts' ? lasting : leavesOf;
  const leaves = table.get(pickKey(random, tastes)) ?? {};
  if (Object.keys(leaves).length === 0) return undefined;
  return pickKey(random, weather === undefined ? leaves : inWeather(leaves, weather));
}

function inWeather(
  leaves: Readonly<Record<string, number>>,
  weather: Weather,
): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(leaves).map(([leaf, weight]) => [leaf, weight * weatherFactor(leaf, weather)]),
  );
}

/** Two to six things that a person buys again and again, each with a cadence of their own. */
export function drawStaples(random: Random, input: PlanInput): readonly Staple[] {
  const staples: Staple[] = [];
  const taken = new Set<string>();
  const add = (leaf: string | undefined): void => {
    if (leaf === undefined || taken.has(leaf)) return;
    const range = CADENCE_DAYS[leaf];
    const product = pickFromLeaf(random, leaf, input.children);
    if (range === undefined || product === undefined) return;
    taken.add(leaf);
    const cadenceDays = range[0] + random.below(range[1] - range[0] + 1);
    staples.push({ item: product.id, cadenceDays, phaseDay: random.below(cadenceDays) });
  };
  for (const taste of input.musts) {
    const leaves = Object.keys(consumables.get(taste) ?? {});
    add(leaves[0]);
  }
  const wanted = 2 + random.below(4);
  for (let tries = 0; tries < 12 && staples.length < wanted; tries += 1) {
    add(drawLeaf(random, input.tastes, 'used'));
  }
  return staples;
}

/**
 * Things that last: about five in half a year, one of each substitute group, winter things mostly from
 * October to March.
 */
export function drawErrands(random: Random, input: PlanInput): readonly Errand[] {
  const owned = new Set<string>();
  const errands: Errand[] = [];
  const wanted = Math.max(1, Math.round(((3 + random.below(6)) * input.days) / 180));
  for (let tries = 0; tries < 3 * wanted && errands.length < wanted; tries += 1) {
    const leaf = drawLeaf(random, input.tastes, 'lasts');
    const main = leaf === undefined ? undefined : pickFromLeaf(random, leaf, input.children);
    const day = random.below(input.days);
    if (main === undefined || owned.has(main.substituteGroup)) continue;
    if (random.unit() >= seasonFactor(main, input.startMs + day * DAY_MS)) continue;
    owned.add(main.substituteGroup);
    errands.push(drawErrand(random, { main, day, owned, children: input.children }));
  }
  return errands.sort((a, b) => a.day - b.day);
}

function drawErrand(
  random: Random,
  at: {
    readonly main: TownProduct;
    readonly day: number;
    readonly owned: Set<string>;
    readonly children: boolean;
  },
): Errand {
  const together: string[] = [];
  const after: string[] = [];
  for (const product of pickComplements(random, at.main, { factor: 1, children: at.children })) {
    if (at.owned.has(product.substituteGroup)) continue;
    if (!runsOut(leafName(product.path))) at.owned.add(product.substituteGroup);
    (random.unit() < TOGETHER_SHARE ? together : after).push(product.id);
  }
  const afterDay = at.day + 2 + random.below(18);
  return { day: at.day, main: at.main.id, together, after, afterDay, returned: random.unit() < RETURN_RATE };
}

/** How willing the season makes people: winter things sell from October to March, rarely otherwise. */
function seasonFactor(product: TownProduct, timeMs: number): number {
  if (!product.path.includes('Winter') && !product.path.includes('Winter sports')) return 1;
  const month = Number(utcDay(timeMs).slice(5, 7));
  return month >= 10 || month <= 3 ? 1 : 0.2;
}
