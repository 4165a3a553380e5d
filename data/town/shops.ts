// The dozen shops of the town's company: where they are, when they are open, what each has on its shelves.
// All of it follows from the seed and the day, so anybody can ask about any shop at any time without a
// history.

import { assert } from '../../src/kernel/assert.ts';
import { concatBytes, u32, u64, utf8 } from '../../src/kernel/bytes.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { CATALOGUE } from './catalogue.ts';
import type { TownProduct } from './types.ts';

/** Minutes after midnight, local time; `from` < `to`. */
export interface Hours {
  readonly from: number;
  readonly to: number;
}

export interface TownShop {
  readonly id: string;
  readonly name: string;
  readonly city: string;
  readonly country: string;
  readonly region?: string;
  /** WGS 84, degrees. */
  readonly latitude: number;
  readonly longitude: number;
  /** IANA. */
  readonly timeZone: string;
  /** Sunday first, as `Date.getDay` counts; `undefined`: closed. */
  readonly week: readonly (Hours | undefined)[];
  /** Days on which it stays closed, `MM-DD`. */
  readonly closed: readonly string[];
  /** 1 for the largest; a smaller shop has less of each thing, and lacks some. */
  readonly size: number;
}

const at = (from: number, to: number): Hours => ({ from: from * 60, to: to * 60 });
/** Monday to Friday, Saturday; Sunday closed. */
const sixDays = (week: Hours, saturday: Hours): TownShop['week'] => [
  undefined,
  week,
  week,
  week,
  week,
  week,
  saturday,
];
const everyDay = (hours: Hours): TownShop['week'] => Array.from({ length: 7 }, () => hours);

const CHRISTMAS = ['12-25', '12-26', '01-01'];

export const SHOPS: readonly TownShop[] = [
  {
    id: 'luebeck',
    name: 'Am Hafen',
    city: 'Lübeck',
    country: 'DE',
    latitude: 53.869,
    longitude: 10.687,
    timeZone: 'Europe/Berlin',
    week: sixDays(at(9, 20), at(9, 18)),
    closed: [...CHRISTMAS, '10-03'],
    size: 1,
  },
  {
    id: 'berlin',
    name: 'Kanalufer',
    city: 'Berlin',
    country: 'DE',
    latitude: 52.496,
    longitude: 13.422,
    timeZone: 'Europe/Berlin',
    week: sixDays(at(8, 21), at(9, 20)),
    closed: [...CHRISTMAS, '10-03'],
    size: 0.9,
  },
  {
    id: 'koeln',
    name: 'Alter Markt',
    city: 'Köln',
    country: 'DE',
    latitude: 50.938,
    longitude: 6.96,
    timeZone: 'Europe/Berlin',
    week: sixDays(at(9, 20), at(9, 19)),
    closed: [...CHRISTMAS, '11-01'],
    size: 0.7,
  },
  {
    id: 'wien',
    name: 'Naschgasse',
    city: 'Wien',
    country: 'AT',
    latitude: 48.199,
    longitude: 16.363,
    timeZone: 'Europe/Vienna',
    week: sixDays(at(8, 19), at(8, 18)),
    closed: [...CHRISTMAS, '10-26'],
    size: 0.8,
  },
  {
    id: 'milano',
    name: 'Sul Naviglio',
    city: 'Milano',
    country: 'IT',
    latitude: 45.451,
    longitude: 9.176,
    timeZone: 'Europe/Rome',
    week: everyDay(at(9, 21)),
    closed: ['12-25', '01-01', '08-15'],
    size: 0.9,
  },
  {
    id: 'bologna',
    name: 'Sotto i portici',
    city: 'Bologna',
    country: 'IT',
    latitude: 44.494,
    longitude: 11.343,
    timeZone: 'Europe/Rome',
    week: sixDays(at(9, 20), at(9, 20)),
    closed: ['12-25', '01-01', '08-15'],
    size: 0.5,
  },
  {
    id: 'istanbul',
    name: 'Kadıköy İskele',
    city: 'İstanbul',
    country: 'TR',
    latitude: 40.991,
    longitude: 29.023,
    timeZone: 'Europe/Istanbul',
    week: everyDay(at(9, 22)),
    closed: ['01-01', '10-29'],
    size: 1,
  },
  {
    id: 'london',
    name: 'Lock Yard',
    city: 'London',
    country: 'GB',
    latitude: 51.541,
    longitude: -0.146,
    timeZone: 'Europe/London',
    week: [at(11, 17), at(8, 20), at(8, 20), at(8, 20), at(8, 20), at(8, 20), at(9, 20)],
    closed: ['12-25', '12-26'],
    size: 0.8,
  },
  {
    id: 'sacramento',
    name: 'Old Depot',
    city: 'Sacramento',
    country: 'US',
    region: 'CA',
    latitude: 38.582,
    longitude: -121.504,
    timeZone: 'America/Los_Angeles',
    week: everyDay(at(9, 21)),
    closed: ['12-25', '07-04'],
    size: 0.8,
  },
  {
    id: 'haifa',
    name: 'HaCarmel 12',
    city: 'Haifa',
    country: 'IL',
    latitude: 32.817,
    longitude: 34.988,
    timeZone: 'Asia/Jerusalem',
    week: [at(9, 20), at(9, 20), at(9, 20), at(9, 20), at(9, 20), at(8, 14), undefined],
    closed: [],
    size: 0.5,
  },
  {
    id: 'taipei',
    name: 'Yongkang Lane',
    city: 'Taipei',
    country: 'TW',
    latitude: 25.033,
    longitude: 121.53,
    timeZone: 'Asia/Taipei',
    week: everyDay(at(10, 22)),
    closed: ['01-01'],
    size: 0.6,
  },
  {
    id: 'sharjah',
    name: 'Corniche',
    city: 'Sharjah',
    country: 'AE',
    latitude: 25.357,
    longitude: 55.39,
    timeZone: 'Asia/Dubai',
    week: [at(9, 22), at(9, 22), at(9, 22), at(9, 22), at(9, 22), at(14, 23), at(9, 23)],
    closed: [],
    size: 0.6,
  },
];

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const clocks = new Map<string, Intl.DateTimeFormat>();

/** Is the shop open at this instant, by the clock on its own wall? */
export function isOpen(shop: TownShop, timeMs: number): boolean {
  let clock = clocks.get(shop.timeZone);
  if (clock === undefined) {
    clock = new Intl.DateTimeFormat('en-GB', {
      timeZone: shop.timeZone,
      weekday: 'short',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    clocks.set(shop.timeZone, clock);
  }
  const parts = new Map(clock.formatToParts(timeMs).map(({ type, value }) => [type, value]));
  if (shop.closed.includes(`${parts.get('month')}-${parts.get('day')}`)) return false;
  const hours = shop.week[WEEKDAYS.indexOf(parts.get('weekday') ?? '')];
  const minute = Number(parts.get('hour')) * 60 + Number(parts.get('minute'));
  return hours !== undefined && minute >= hours.from && minute < hours.to;
}

export interface StockQuestion {
  readonly seed: number;
  readonly shop: TownShop;
  readonly product: TownProduct;
  /** Days since 1970. */
  readonly day: number;
}

/** What a shop does not carry at all: one thing in twelve for the largest, one in three for the smallest. */
const LACKS = { largest: 1 / 12, smallest: 1 / 3 };

/**
 * Pieces on the shelf on a morning, 0 or more. Whether a shop carries a thing is drawn once; how many are
 * left swings through the week between deliveries.
 */
export function stockAt({ seed, shop, product, day }: StockQuestion): number {
  if (product.stock === 0) return 0;
  const of = (use: string, when: number) =>
    seededRandom(concatBytes(utf8(`town/${use}\0${shop.id}\0${product.id}\0`), u64(seed), u32(when)));
  const lacks = LACKS.largest + ((1 - shop.size) / 0.5) * (LACKS.smallest - LACKS.largest);
  if (of('carries', 0).unit() < lacks) return 0;
  const delivered = Math.max(1, Math.round((product.stock * shop.size) / 3));
  const sinceDelivery = (day + of('delivery-day', 0).below(7)) % 7;
  const sold = Math.floor((delivered * sinceDelivery * (0.5 + of('sold', Math.floor(day / 7)).unit())) / 7);
  return Math.max(0, delivered - sold);
}

/** The nearest shop that is open and has the thing, by great-circle distance; `undefined` when none has. */
export function nearestOpen(
  from: { readonly latitude: number; readonly longitude: number },
  ask: { readonly seed: number; readonly product: string; readonly timeMs: number },
): TownShop | undefined {
  const product = CATALOGUE.find(({ id }) => id === ask.product);
  assert(product !== undefined, `the shop sells ${ask.product}`);
  const day = Math.floor(ask.timeMs / 86_400_000);
  const able = SHOPS.filter(
    (shop) => isOpen(shop, ask.timeMs) && stockAt({ seed: ask.seed, shop, product, day }) > 0,
  );
  return able.toSorted((a, b) => apart(from, a) - apart(from, b))[0];
}

/**
 * Grows with the distance; exact enough to say which of two shops is nearer, and made of + − × alone, so that
 * every machine says the same. A degree of longitude shrinks towards the poles: by 1 − (latitude / 90)², near
 * enough.
 */
function apart(
  a: { readonly latitude: number; readonly longitude: number },
  b: { readonly latitude: number; readonly longitude: number },
): number {
  const north = a.latitude - b.latitude;
  const turn = Math.abs(a.longitude - b.longitude) % 360;
  const east = Math.min(turn, 360 - turn);
  const middle = (a.latitude + b.latitude) / 180;
  const shrink = 1 - middle * middle;
  return north * north + east * east * shrink * shrink;
}
