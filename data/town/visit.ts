// One visit of one person: what they look at, put into the basket, buy, bring back, say. At most one a day,
// between 6:00 and 23:00 UTC, so that a day's lines never spill into the next.

import { DAY_MS, HOUR_MS, SECOND_MS } from '../../src/kernel/time.ts';
import type { Random } from '../../src/kernel/random.ts';
import { findProduct, CATALOGUE } from './catalogue.ts';
import { drawLeaf } from './errands.ts';
import { pickComplements, pickFromLeaf, pickWeighted } from './pick.ts';
import { streamOf, type TownFrame } from './person.ts';
import { leafName } from './shelf.ts';
import { runsOut } from './tastes.ts';
import {
  CLASS_ITEM_RATE,
  EVERYDAY_COMPLEMENT_FACTOR,
  PLANTED,
  PLANTED_ITEMS,
  PROXY_BASE_RATE,
} from './truth.ts';
import type { Act, ActLine, TownPerson, TownSourceId } from './types.ts';
import { type Weather, weatherOf } from './weather.ts';

/** Different things in a basket, not counting planted ones: what two hands and a bicycle can carry. */
const BASKET_ITEMS_MAX = 8;
/** Chance that somebody to whom nothing is due buys something all the same. */
const TREAT_CHANCE = 0.62;
/** Chance of a treat on top of what is due, and of a thing outside any taste. */
const EXTRA_CHANCE = 0.35;
const WHIM_CHANCE = 0.06;
/** Of the things looked at without buying, those that get a "less of this". */
const DISMISS_CHANCE = 0.04;
/** Lasting things that are reviewed at the next visit. */
const REVIEW_CHANCE = 0.08;

/**
 * Days of this visit and of the two before it. At a first visit both `last` and `beforeLast` say since when
 * needs have piled up (see diary.ts).
 */
export interface VisitDays {
  readonly day: number;
  readonly last: number;
  readonly beforeLast: number;
}

interface Scene {
  readonly person: TownPerson;
  readonly random: Random;
  readonly children: boolean;
  readonly source: TownSourceId;
  readonly day: number;
  readonly weather: Weather;
  readonly acts: Act[];
  /** The clock of the visit; it only goes forward. */
  timeMs: number;
}

/** The acts of one visit, in time order, all on `days.day`. */
export function visit(frame: TownFrame, person: TownPerson, days: VisitDays): readonly Act[] {
  const random = streamOf(frame.seed, 'visit', person.index, days.day);
  const channel = pickWeighted(random, ['web', 'app', 'till'] as const, (one) => person.channels[one]);
  const weather = weatherOf(frame.seed, person.country, Math.floor(frame.startMs / DAY_MS) + days.day);
  const hour = Math.min(21, Math.max(6, person.rhythm.hour + 1.3 * random.normal()));
  const basket = new Set<string>();
  const mains = fillDue(random, person, days, basket);
  const children = person.household.children + person.household.babies > 0;
  if (random.unit() < (basket.size === 0 ? TREAT_CHANCE : EXTRA_CHANCE)) {
    const treat = addTreat({ random, person, children, weather }, basket);
    if (treat !== undefined) mains.push(treat);
  }
  const buys = basket.size > 0;
  const scene: Scene = {
    person,
    random,
    children,
    // Somebody who only looks around leaves no trace at a till.
    source: buys ? `town-${channel}` : person.channels.web >= person.channels.app ? 'town-web' : 'town-app',
    day: days.day,
    weather,
    acts: [],
    timeMs: frame.startMs + days.day * DAY_MS + Math.floor(hour * HOUR_MS),
  };
  bringBack(scene, days);
  judge(scene, days);
  if (buys) {
    if (random.unit() < WHIM_CHANCE) addWhim(random, basket);
    const items = new Set([...basket].slice(0, BASKET_ITEMS_MAX));
    // After the cut, so that a full basket never weakens a planted strength.
    addPlanted(random, person, items);
    buy(scene, [...items], mains);
  } else browse(scene);
  return scene.acts;
}

/** Puts what fell due since the last visit into the basket; answers the lasting things among it. */
function fillDue(
  random: Random,
  person: TownPerson,
  { day, last }: VisitDays,
  basket: Set<string>,
): string[] {
  const due = person.errands.filter((errand) => errand.day > last && errand.day <= day);
  // Main things first: a basket that is cut at its bound must still hold what may come back.
  const mains = due.map(({ main }) => main);
  for (const item of [...mains, ...due.flatMap(({ together }) => together)]) basket.add(item);
  for (const errand of person.errands) {
    if (errand.afterDay > last && errand.afterDay <= day) for (const item of errand.after) basket.add(item);
  }
  for (const { item, cadenceDays, phaseDay } of person.staples) {
    const isDue = Math.floor((day - phaseDay) / cadenceDays) > Math.floor((last - phaseDay) / cadenceDays);
    if (isDue && day >= phaseDay && random.unit() < 0.92) basket.add(item);
  }
  return mains;
}

/** An everyday thing after their taste, sometimes with what goes with it. */
function addTreat(
  { random, person, children, weather }: Pick<Scene, 'random' | 'person' | 'children' | 'weather'>,
  basket: Set<string>,
): string | undefined {
  const { tastes } = person;
  const leaf = drawLeaf(random, tastes, 'used', weather) ?? drawLeaf(random, tastes, 'used', weather);
  const main = leaf === undefined ? undefined : pickFromLeaf(random, leaf, children);
  if (main === undefined) return undefined;
  basket.add(main.id);
  for (const product of pickComplements(random, main, { factor: EVERYDAY_COMPLEMENT_FACTOR, children })) {
    // What lasts is bought by plan only, so that nobody owns five coffee machines.
    if (runsOut(leafName(product.path))) basket.add(product.id);
  }
  return main.id;
}

/** Planted chances: each proxy by its base rate, raised for members; class items for members alone. */
function addPlanted(random: Random, person: TownPerson, basket: Set<string>): void {
  for (const planted of PLANTED) {
    const member = person.classes.includes(planted.name);
    for (const { item, strength } of planted.proxies) {
      if (random.unit() < PROXY_BASE_RATE * (member ? strength : 1)) basket.add(item);
    }
    if (!member) continue;
    for (const item of planted.classItems) if (random.unit() < CLASS_ITEM_RATE) basket.add(item);
  }
}

function addWhim(random: Random, basket: Set<string>): void {
  const product = CATALOGUE[random.below(CATALOGUE.length)];
  if (product !== undefined && !PLANTED_ITEMS.has(product.id) && product.priceMinor < 5000)
    basket.add(product.id);
}

function buy(scene: Scene, items: readonly string[], mains: readonly string[]): void {
  const { random, source } = scene;
  if (source !== 'town-till') {
    for (const item of mains) lookAt(scene, item);
  } else if (random.unit() < 0.15 && mains[0] !== undefined) {
    // The terminal beside the till, where people look up whether a thing is there.
    act(scene, { kind: 'view', line: { item: mains[0], quantity: 1 } });
  }
  const lines = items.map((item): ActLine => ({ item, quantity: drawQuantity(random, item) }));
  actPurchase(scene, { kind: 'purchase', order: orderId(scene.person, scene.day), lines });
}

/** Looks at a thing, perhaps at one that could replace it, perhaps puts it into the basket. */
function lookAt(scene: Scene, item: string): void {
  const { random } = scene;
  if (random.unit() < 0.25) {
    const other = pickFromLeaf(random, leafName(findProduct(item)?.path ?? []), scene.children);
    if (other !== undefined && other.id !== item)
      act(scene, { kind: 'view', line: { item: other.id, quantity: 1 } });
  }
  if (random.unit() < 0.7) act(scene, { kind: 'view', line: { item, quantity: 1 } });
  if (random.unit() < 0.4) act(scene, { kind: 'basket-add', line: { item, quantity: 1 } });
}

/** A visit that ends without an order; now and then with something left in the basket. */
function browse(scene: Scene): void {
  const { random, person, weather } = scene;
  for (let looks = 1 + random.below(2); looks > 0; looks -= 1) {
    const leaf = drawLeaf(random, person.tastes, 'any', weather);
    const product = leaf === undefined ? undefined : pickFromLeaf(random, leaf, scene.children);
    if (product === undefined) continue;
    const line = { item: product.id, quantity: 1 };
    act(scene, { kind: 'view', line });
    if (random.unit() < DISMISS_CHANCE) {
      scene.acts.push({ ...stamp(scene), kind: 'dismiss', line });
      continue;
    }
    if (random.unit() >= 0.25) continue;
    act(scene, { kind: 'basket-add', line });
    if (random.unit() < 0.2) act(scene, { kind: 'basket-remove', line });
  }
}

/** Returns the lasting things of the last visit that turned out wrong. */
function bringBack(scene: Scene, { last, beforeLast }: VisitDays): void {
  for (const errand of scene.person.errands) {
    if (!errand.returned || errand.day > last || errand.day <= beforeLast) continue;
    const order = orderId(scene.person, last);
    actPurchase(scene, { kind: 'return', order, lines: [{ item: errand.main, quantity: 1 }] });
  }
}

/** Says in stars what they think of what lasts and was bought at the last visit. */
function judge(scene: Scene, { last, beforeLast }: VisitDays): void {
  for (const errand of scene.person.errands) {
    if (errand.day > last || errand.day <= beforeLast || scene.random.unit() >= REVIEW_CHANCE) continue;
    const rating = errand.returned ? 1 + scene.random.below(2) : 3 + scene.random.below(3);
    scene.acts.push({ ...stamp(scene), kind: 'review', line: { item: errand.main, quantity: 1 }, rating });
  }
}

function act(scene: Scene, what: { kind: 'view' | 'basket-add' | 'basket-remove'; line: ActLine }): void {
  scene.acts.push({ ...stamp(scene), ...what });
}

function actPurchase(
  scene: Scene,
  what: { kind: 'purchase' | 'return'; order: string; lines: readonly ActLine[] },
): void {
  scene.acts.push({ ...stamp(scene), ...what });
}

function stamp(scene: Scene) {
  scene.timeMs += (15 + scene.random.below(166)) * SECOND_MS + scene.random.below(1000);
  const id = `e-${scene.person.id}-${scene.day}-${scene.acts.length}`;
  const { person, timeMs, source } = scene;
  const visitor = person.guest?.source === source ? { visitor: person.guest.visitor } : {};
  return { id, person: person.id, timeMs, source, ...visitor };
}

function orderId(person: TownPerson, day: number): string {
  return `o-${person.id}-${day}`;
}

/** One of what lasts; of what runs out mostly one, sometimes two or three. */
function drawQuantity(random: Random, item: string): number {
  if (!runsOut(leafName(findProduct(item)?.path ?? []))) return 1;
  const draw = random.unit();
  return draw < 0.72 ? 1 : draw < 0.93 ? 2 : 3;
}
