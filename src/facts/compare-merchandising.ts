// What changes between two placements’ merchandising. Another thing placed or favoured is another choice, not
// a stricter one; more that is left out is stricter, since less is shown.

import { isoInstant } from '../kernel/time.ts';
import type { Difference } from './difference.ts';
import type { Boost, Goods, Merchandising, Pin, Span } from './merchandising.ts';

const NONE: Merchandising = { pin: [], exclude: { items: [], paths: [], brands: [] }, boost: [] };

export function compareMerchandising(
  slot: string,
  before: Merchandising = NONE,
  after: Merchandising = NONE,
): readonly Difference[] {
  const field = `${slot}/merchandising`;
  const differ = (
    name: string,
    from: string,
    to: string,
    effect: Difference['effect'],
  ): readonly Difference[] =>
    from === to ? [] : [{ field: `${field}/${name}`, before: from, after: to, effect }];
  const [a, b] = [namesOf(before.exclude), namesOf(after.exclude)];
  const isMore = a.every((name) => b.includes(name));
  const isLess = b.every((name) => a.includes(name));
  const excluded = isMore ? 'stricter' : isLess ? 'looser' : 'mixed';
  return [
    ...differ('pin', listed(before.pin.map(pinText)), listed(after.pin.map(pinText)), 'neither'),
    ...differ('exclude', goodsText(before.exclude), goodsText(after.exclude), excluded),
    ...differ('boost', listed(before.boost.map(boostText)), listed(after.boost.map(boostText)), 'neither'),
  ];
}

/** `scarf-red at place 1 from 2026-12-01T00:00:00.000Z`. */
function pinText(pin: Pin): string {
  return `${pin.item} at place ${pin.place}${spanText(pin)}`;
}

/** `Toys > Trains, brand Nordwind: 0.5 more`, `all: up to 0.25 more by stock, in full from 200`. */
function boostText(boost: Boost): string {
  const { by, share, full } = boost;
  const what = namesOf(boost).length === 0 ? 'all' : goodsText(boost);
  const how = by === 'flat' ? `${share} more` : `up to ${share} more by ${by}, in full from ${full}`;
  return `${what}: ${how}${spanText(boost)}`;
}

/** `none`, or what is meant, in the order of the file. */
export function goodsText(goods: Goods): string {
  return listed(namesOf(goods), ', ');
}

function namesOf({ items, paths, brands }: Goods): readonly string[] {
  return [...items, ...paths.map((path) => path.join(' > ')), ...brands.map((brand) => `brand ${brand}`)];
}

function spanText({ fromMs, untilMs }: Span): string {
  const from = fromMs === undefined ? '' : ` from ${isoInstant(fromMs)}`;
  return untilMs === undefined ? from : `${from} before ${isoInstant(untilMs)}`;
}

function listed(texts: readonly string[], between = '; '): string {
  return texts.length === 0 ? 'none' : texts.join(between);
}

/** What a slot says of merchandising, a sentence for each rule. */
export function merchandisingTexts(merchandising: Merchandising | undefined): readonly string[] {
  if (merchandising === undefined) return [];
  const { pin, exclude, boost } = merchandising;
  const left = goodsText(exclude);
  return [
    ...pin.map((each) => `the shop places ${pinText(each)}, unless a guard holds it back`),
    ...(left === 'none' ? [] : [`the shop leaves out ${left}`]),
    ...boost.map((each) => `the shop favours ${boostText(each)}`),
  ];
}
