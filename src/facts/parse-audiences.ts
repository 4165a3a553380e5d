// Audiences in a policy file, and the slots that name one. Conditions are a closed list: what could single
// out a person, or a class of people that the line protects, cannot be written.

import { err, ok } from '../kernel/result.ts';
import { type Audience, type Condition, DEEDS, READ_FOR, TIMES_MAX, goodsIn } from './audience.ts';
import { isOfGoods } from './classify-item.ts';
import { parseAudienceName } from './ids.ts';
import type { Goods } from './merchandising.ts';
import { type Parsed, parseList, parseNumber, problem } from './parse.ts';
import { GOODS, readGoods } from './parse-merchandising.ts';
import { repeatedId } from './parse-placement.ts';
import type { Placement } from './placement.ts';
import type { PurposeRules, SensitiveRules } from './policy.ts';
import { type Read, type Reader, readList, readerOf } from './reading.ts';

/** Each is counted once a day over everybody. */
const AUDIENCES_MAX = 50;
/** Each further condition makes the group smaller; what needs five is no group but somebody. */
const CONDITIONS_MAX = 4;
/** Ten years: no profile lives longer. */
const DAYS_MAX = 3650;
const NAMED_MAX = 50;

const ONLY_DEEDS = 'Write what people did or declared themselves: an audience knows no more of anybody.';
/** What marketers know elsewhere, and there is not here. */
const NOT_HERE: Readonly<Record<string, string>> = {
  age: ONLY_DEEDS,
  birthYear: ONLY_DEEDS,
  gender: ONLY_DEEDS,
  person: ONLY_DEEDS,
  people: ONLY_DEEDS,
  email: ONLY_DEEDS,
  not: 'Write notBought: absence of anything else tells of what people may have hidden.',
  any: 'Write two audiences and two placements.',
};

/** Example: `[{ name: tea, all: [{ bought: { paths: [Food > Tea] }, days: 180, times: 2 }] }]`. */
export function readAudiences(value: unknown): Read<readonly Audience[]> {
  const list = readList(value, { countMax: AUDIENCES_MAX, read: readAudience });
  if (!list.ok) return list;
  const named = list.value.map(({ name }) => ({ id: name }));
  const twice = repeatedId('', named);
  return twice === undefined ? list : err([{ ...twice, field: twice.field.replace('/id', '/name') }]);
}

function readAudience(value: unknown): Read<Audience> {
  const opened = readerOf(value, { what: 'audience', names: ['name', 'all'] });
  if (!opened.ok) return opened;
  const reader = opened.value;
  const name = reader.take('name', parseAudienceName);
  const all = reader.takeAll('all', (list) =>
    readList(list, { countMax: CONDITIONS_MAX, read: readCondition }),
  );
  if (all?.every(({ by }) => by === 'not-bought') === true) {
    const remedy = 'Say who is meant; who is left out alone is no audience.';
    reader.refuse(problem('all', 'a condition that is not notBought', remedy));
  }
  if (name === undefined || all === undefined) return reader.done<Audience>(undefined);
  return reader.done({ name, all });
}

const BY = [...DEEDS, 'notBought', 'country', 'language', 'customerDays'] as const;

function readCondition(value: unknown): Read<Condition> {
  const opened = readerOf(value, { what: 'condition', names: [...BY, 'days', 'times'], not: NOT_HERE });
  if (!opened.ok) return opened;
  const reader = opened.value;
  const said = BY.filter((name) => reader.has(name));
  const [by] = said;
  if (by === undefined || said.length > 1) {
    const remedy = 'Write several conditions, each an entry of its own.';
    reader.refuse(problem('', `one of ${BY.join(', ')}`, remedy));
    return reader.done<Condition>(undefined);
  }
  return reader.done(takeCondition(reader, by));
}

function takeCondition(reader: Reader, by: (typeof BY)[number]): Condition | undefined {
  const isDeed = by === 'bought' || by === 'viewed' || by === 'liked';
  for (const name of ['days', 'times'] as const) {
    const fits = isDeed || (by === 'notBought' && name === 'days');
    if (!fits && reader.has(name)) reader.refuse(problem(name, 'no such field here', 'Take it out.'));
  }
  if (by === 'country' || by === 'language') {
    const oneOf = reader.take(by, by === 'country' ? parseCountries : parseLanguages);
    return oneOf === undefined ? undefined : { by, oneOf };
  }
  if (by === 'customerDays') {
    const days = reader.take('customerDays', parseDays);
    return days === undefined ? undefined : { by: 'customer', days };
  }
  const goods = reader.takeAll(by, readNamed);
  const hasDays = !isDeed || reader.has('days');
  const days = hasDays ? reader.take('days', parseDays) : undefined;
  const times = isDeed ? reader.take('times', parseTimes, 1) : 1;
  if (goods === undefined || times === undefined || (hasDays && days === undefined)) return undefined;
  if (!isDeed) return days === undefined ? undefined : { by: 'not-bought', goods, days };
  return { by, goods, ...(days === undefined ? {} : { days }), times };
}

function readNamed(value: unknown): Read<Goods> {
  const read = readGoods(value);
  if (!read.ok || GOODS.some((name) => read.value[name].length > 0)) return read;
  return err([problem('', 'items, paths or brands', 'Say which things.')]);
}

function parseDays(value: unknown, field: string): Parsed<number> {
  return parseNumber(value, { field, min: 1, max: DAYS_MAX, whole: true });
}

function parseTimes(value: unknown, field: string): Parsed<number> {
  return parseNumber(value, { field, min: 1, max: TIMES_MAX, whole: true });
}

const parseCountries = codes(/^[A-Z]{2}$/, 'countries as DE or AT');
const parseLanguages = codes(/^[a-z]{2,3}$/, 'languages as de or en');

function codes(pattern: RegExp, expected: string) {
  return (value: unknown, field: string): Parsed<readonly string[]> => {
    const read = (entry: unknown): Parsed<string> =>
      typeof entry === 'string' && pattern.test(entry)
        ? ok(entry)
        : err(problem('code', expected, 'Write their codes.'));
    const list = parseList(value, { field, countMax: NAMED_MAX, read });
    if (!list.ok) return list;
    if (list.value.length === 0) return err(problem(field, expected, 'Name at least one.'));
    return ok([...new Set(list.value)].sort());
  };
}

interface Whole {
  readonly audiences: readonly Audience[];
  readonly placements: readonly Placement[];
  readonly purposes: PurposeRules;
  readonly sensitive: SensitiveRules;
}

/**
 * What only the whole policy shows: names that lead nowhere, data that may not be read, classes of its own.
 */
export function refuseAudiences(reader: Reader, whole: Whole): void {
  const { audiences, placements, purposes, sensitive } = whole;
  for (const [at, { audience: name, purpose }] of placements.entries()) {
    if (name === undefined) continue;
    const audience = audiences.find((one) => one.name === name);
    if (audience === undefined) {
      const remedy = 'Write it under audiences, or correct the name.';
      reader.refuse(problem(`placements/${at}/audience`, 'the name of an audience', remedy));
    }
    for (const { by } of audience?.all ?? []) {
      const category = READ_FOR[by];
      if (purposes[purpose]?.includes(category) !== false) continue;
      const what = `an audience that ${purpose} may know of; this one needs ${category}`;
      const remedy = `Add ${category} to purposes/${purpose}, or take the condition out.`;
      reader.refuse(problem(`placements/${at}/audience`, what, remedy));
    }
  }
  for (const [at, { name, all }] of audiences.entries()) {
    if (placements.every(({ audience }) => audience !== name)) {
      const remedy = 'Name it under audience of a placement, or take it out.';
      reader.refuse(problem(`audiences/${at}/name`, 'an audience that a placement names', remedy));
    }
    for (const [place, condition] of all.entries()) {
      const classes = classesNamed(sensitive, goodsIn(condition));
      if (classes.length === 0) continue;
      const remedy = 'Name other things: to be written to would tell of it.';
      const field = `audiences/${at}/all/${place}`;
      reader.refuse(problem(field, `no things of the class ${classes.join(', ')}`, remedy));
    }
  }
}

/**
 * Classes that the policy itself gives to these things; what the catalogue says is asked where it is known.
 */
function classesNamed({ add }: SensitiveRules, goods: Goods | undefined): readonly string[] {
  if (goods === undefined) return [];
  const named = isOfGoods(goods);
  return add
    .filter((entry) => {
      const isIn = isOfGoods({ ...entry, brands: [] });
      const below = goods.paths.map((path) => ({ id: '' as never, path }));
      const items = goods.items.map((id) => ({ id, path: [] }));
      return (
        [...below, ...items].some(isIn) ||
        entry.paths.some((path) => named({ id: '' as never, path })) ||
        entry.items.some((id) => named({ id, path: [] }))
      );
    })
    .map((entry) => entry.class);
}
