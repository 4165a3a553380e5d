// What a placement says of merchandising: read with all that is wrong in it. Whatever would not work as it is
// written is refused: a pin beyond the list, two things at one place at one time, a boost of everything
// alike.

import { LIMITS } from '../kernel/limits.ts';
import { FACT_BITS, quantise } from '../kernel/fixed.ts';
import { err, ok } from '../kernel/result.ts';
import { DAY_MS, parseInstant } from '../kernel/time.ts';
import { parseItemId } from './ids.ts';
import {
  type Boost,
  type Goods,
  type Merchandising,
  type Pin,
  type Span,
  overlap,
  pinsMax,
} from './merchandising.ts';
import { type Parsed, parseList, parseNumber, parseText, parseWord, problem } from './parse.ts';
import { THINGS_MAX, parseItems, parsePaths } from './parse-things.ts';
import { type Read, type Reader, readList, readerOf } from './reading.ts';

/** Pins of a placement over time, and rules that favour: what a merchandiser still oversees. */
const ENTRIES_MAX = 100;
/** At most doubles: a shop may lean on the scale, not put another thing on it. */
const FACTOR_MAX = 2;
const STOCK_MAX = 1_000_000;
/** From so many pieces, or percent, on the whole strength is given, unless the rule says otherwise. */
const FULL = { stock: 100, margin: 50 } as const;

/** `places`: how long a list of the placement can be. */
export function readMerchandising(value: unknown, places: number): Read<Merchandising> {
  const opened = readerOf(value, { what: '', names: ['pin', 'exclude', 'boost'] });
  if (!opened.ok) return opened;
  const reader = opened.value;
  const entries = <T>(name: string, read: (entry: unknown) => Read<T>): readonly T[] | undefined =>
    reader.takeAll(name, (list) => readList(list, { countMax: ENTRIES_MAX, read }), []);
  const pin = entries('pin', readPin);
  const exclude = reader.takeAll('exclude', readGoods, {});
  const boost = entries('boost', readBoost);
  if (pin === undefined || exclude === undefined || boost === undefined)
    return reader.done<Merchandising>(undefined);
  refusePins(reader, pin, places);
  return reader.done({ pin, exclude, boost });
}

function refusePins(reader: Reader, pins: readonly Pin[], places: number): void {
  const most = pinsMax(places);
  for (const [at, pin] of pins.entries()) {
    if (pin.place > places) {
      const remedy = 'Choose a place of the list, or raise itemsMax.';
      reader.refuse(problem(`pin/${at}/place`, `at most ${places}, as itemsMax says`, remedy));
    }
    for (const before of pins.slice(0, at)) {
      if (!overlap(pin, before)) continue;
      const isTwice = pin.item === before.item;
      if (!isTwice && pin.place !== before.place) continue;
      const what = isTwice
        ? 'a thing that has no place at that time yet'
        : 'a place that is free at that time';
      reader.refuse(problem(`pin/${at}`, what, 'Change the place, or from and until.'));
    }
  }
  const taken = new Set(pins.map(({ place }) => place)).size;
  if (taken <= most) return;
  const expected = `at most ${most} of the ${places} places of this list, got ${taken}`;
  const remedy = 'At least half of a list is earned: pin less, or raise itemsMax.';
  reader.refuse(problem('pin', expected, remedy));
}

function readPin(value: unknown): Read<Pin> {
  const opened = readerOf(value, { what: '', names: ['item', 'place', 'from', 'until'] });
  if (!opened.ok) return opened;
  const reader = opened.value;
  const item = reader.take('item', parseItemId);
  const place = reader.take('place', parsePlace, 1);
  const span = takeSpan(reader);
  if (item === undefined || place === undefined || span === undefined) return reader.done<Pin>(undefined);
  return reader.done({ item, place, ...span });
}

function parsePlace(value: unknown, field: string): Parsed<number> {
  return parseNumber(value, { field, min: 1, max: LIMITS.decisionItemsMax, whole: true });
}

/** A day without a clock is all of that day, by UTC: until the 24th holds on the 24th. */
function takeSpan(reader: Reader): Span | undefined {
  const from = reader.has('from') ? reader.take('from', (text, field) => parseMoment(text, field, 0)) : null;
  const until = reader.has('until')
    ? reader.take('until', (text, field) => parseMoment(text, field, DAY_MS))
    : null;
  if (from === undefined || until === undefined) return undefined;
  if (from !== null && until !== null && from >= until)
    reader.refuse(problem('until', 'a time after from', 'Exchange the two, or correct one.'));
  return { ...(from === null ? {} : { fromMs: from }), ...(until === null ? {} : { untilMs: until }) };
}

const DAY = /^\d{4}-\d\d-\d\d$/;
const MOMENT = /^\d{4}-\d\d-\d\dT.*(?:Z|[+-]\d\d:\d\d)$/;

function parseMoment(value: unknown, field: string, wholeDayMs: number): Parsed<number> {
  const text = typeof value === 'string' ? value : '';
  const isDay = DAY.test(text);
  const ms = isDay || MOMENT.test(text) ? parseInstant(text) : undefined;
  if (ms !== undefined) return ok(ms + (isDay ? wholeDayMs : 0));
  const expected = 'a day like 2026-12-24, or a time with its offset like 2026-12-24T18:00+01:00';
  return err(problem(field, expected, 'Write it so; a day is a whole day by UTC.'));
}

export const GOODS = ['items', 'paths', 'brands'] as const;

export function readGoods(value: unknown): Read<Goods> {
  const opened = readerOf(value, { what: '', names: GOODS });
  if (!opened.ok) return opened;
  return opened.value.done(takeGoods(opened.value));
}

function takeGoods(reader: Reader): Goods | undefined {
  const items = reader.take('items', parseItems, []);
  const paths = reader.take('paths', parsePaths, []);
  const brands = reader.take('brands', parseBrands, []);
  if (items === undefined || paths === undefined || brands === undefined) return undefined;
  return { items, paths, brands };
}

function parseBrands(value: unknown, field: string): Parsed<readonly string[]> {
  const read = (entry: unknown): Parsed<string> =>
    parseText(entry, { field: 'brand', lengthMax: LIMITS.titleLengthMax });
  return parseList(value, { field, countMax: THINGS_MAX, read });
}

function readBoost(value: unknown): Read<Boost> {
  const names = [...GOODS, 'from', 'until', 'factor', 'by', 'strength', 'full'];
  const opened = readerOf(value, { what: '', names });
  if (!opened.ok) return opened;
  const reader = opened.value;
  const goods = takeGoods(reader);
  const span = takeSpan(reader);
  const how = reader.has('by') ? takeBy(reader) : takeFactor(reader, goods);
  if (goods === undefined || span === undefined || how === undefined) return reader.done<Boost>(undefined);
  return reader.done({ ...how, ...goods, ...span });
}

type How = Pick<Boost, 'by' | 'share' | 'full'>;

function takeFactor(reader: Reader, goods: Goods | undefined): How | undefined {
  for (const name of ['strength', 'full'] as const)
    if (reader.has(name))
      reader.refuse(problem(name, 'by: stock or by: margin beside it', 'Add by, or remove it.'));
  if (goods !== undefined && GOODS.every((name) => goods[name].length === 0))
    reader.refuse(
      problem('', 'items, paths or brands', 'Say which things: to favour all alike favours none.'),
    );
  const factor = reader.take('factor', parseFactor);
  return factor === undefined ? undefined : { by: 'flat', share: quantise(factor - 1, FACT_BITS) };
}

function parseFactor(value: unknown, field: string): Parsed<number> {
  return parseNumber(value, { field, min: 1, max: FACTOR_MAX });
}

function takeBy(reader: Reader): How | undefined {
  if (reader.has('factor'))
    reader.refuse(problem('factor', 'strength beside by', 'Write strength: 0.5 for 1.5.'));
  const by = reader.take('by', (word, field) => parseWord(word, ['stock', 'margin'] as const, field));
  const strength = reader.take('strength', (share, field) => parseNumber(share, { field, min: 0, max: 1 }));
  if (by === undefined || strength === undefined) return undefined;
  const max = by === 'stock' ? STOCK_MAX : 100;
  const parseFull = (full: unknown, field: string): Parsed<number> =>
    parseNumber(full, { field, min: 1, max, whole: true });
  const full = reader.take('full', parseFull, FULL[by]);
  return full === undefined ? undefined : { by, share: quantise(strength, FACT_BITS), full };
}
