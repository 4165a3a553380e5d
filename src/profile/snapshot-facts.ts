// The facts of a profile as rows. A row says what cannot be concluded: key and category follow from what
// the fact is, and a basket fact from its touches, so none of them can contradict the rest.

import { assert } from '../kernel/assert.ts';
import type { Json } from '../kernel/canonical.ts';
import { LIMITS } from '../kernel/limits.ts';
import { CHANNELS, type Channel } from '../facts/channel.ts';
import { TRAITS } from '../facts/event.ts';
import { FACT_KINDS, type Fact, type FactKind, type Look } from '../facts/fact.ts';
import {
  type ControllerId,
  type SourceId,
  parseControllerId,
  parseItemId,
  parseSourceId,
} from '../facts/ids.ts';
import { BASES, type Basis } from '../facts/source.ts';
import { TOUCHES_MAX, type Touch, basketFact } from './basket.ts';
import { type MutableProfile, emptyProfile } from './fold.ts';
import { categoryOf, factKey } from './merge.ts';
import { compareLooks } from './sessions.ts';

/** `eventMark` gives 8 bytes, which are 11 characters. */
const MARK_LENGTH = 11;
const MARKS = /^(?:[A-Za-z0-9_-]{11})*$/;

export interface ProfileRows {
  readonly [field: string]: Json;
  /**
   * Words that repeat (kinds, channels, sources, controllers), each once, sorted; rows name them by place.
   */
  readonly words: readonly string[];
  readonly facts: readonly Json[];
  /** All marks, sorted, end to end. */
  readonly seen: string;
}

/** Stops with a `Bug` for facts that the fold cannot have made: they would come back as something else. */
export function writeProfile(profile: MutableProfile): ProfileRows {
  const facts = [...profile.facts.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  const used = new Set<string>();
  for (const fact of facts) for (const word of wordsOf(fact, profile.baskets.get(fact.key))) used.add(word);
  const words = [...used].sort();
  const placeOf = new Map(words.map((word, index) => [word, index]));
  const at = (word: string): number => placeOf.get(word) ?? -1;
  const timesOf = new Map([...profile.boughtAt, ...looksByFact(profile.looks)]);
  return {
    words,
    facts: facts.map((fact) => {
      const row = writeFact(fact, profile.baskets.get(fact.key) ?? [], at);
      return [...row, ...writeTimes(fact, timesOf.get(fact.key))];
    }),
    seen: [...profile.seen].sort().join(''),
  };
}

/** Times of each thing, oldest first. */
function looksByFact(looks: readonly Look[]): ReadonlyMap<string, readonly number[]> {
  const times = new Map<string, number[]>();
  for (const { key, timeMs } of looks) {
    const known = times.get(key);
    if (known === undefined) times.set(key, [timeMs]);
    else known.push(timeMs);
  }
  return times;
}

function wordsOf(fact: Fact, touches: readonly Touch[] = []): readonly string[] {
  return [
    fact.kind,
    fact.source,
    fact.controller,
    fact.channel,
    fact.basis,
    ...touches.flatMap((t) => [t.channel, t.basis]),
  ];
}

function writeFact(fact: Fact, touches: readonly Touch[], at: (word: string) => number): readonly Json[] {
  const about = fact.item ?? fact.name ?? '';
  assert(fact.key === factKey(fact.kind, fact.source, about), 'the key of a fact follows from what it is');
  assert(
    fact.category === categoryOf(fact.kind, fact.name),
    'the category of a fact follows from what it is',
  );
  assert(
    touches.length > 0 === (fact.kind === 'in-basket'),
    'what is in the basket, and nothing else, has touches',
  );
  const what = [at(fact.kind), at(fact.source), at(fact.controller), about];
  if (fact.kind === 'in-basket') {
    return [...what, touches.map((t) => [t.timeMs, t.quantity, at(t.channel), at(t.basis), t.expiresMs])];
  }
  const { quantity, count, returned, firstMs, lastMs, expiresMs, value } = fact;
  const sums = [at(fact.channel), at(fact.basis), quantity, count, returned, firstMs, lastMs, expiresMs];
  return value === undefined ? [...what, ...sums] : [...what, ...sums, value];
}

/** Nothing for facts that were folded before their times were kept. */
function writeTimes(fact: Fact, times: readonly number[] | undefined): readonly Json[] {
  if (times === undefined) return [];
  assert(readTimes(times, fact) !== undefined, 'times are those of a purchase or a look, in order');
  return [times];
}

/** `undefined` when any part is not as `writeProfile` writes it. */
export function readProfile(rows: Readonly<Record<string, unknown>>): MutableProfile | undefined {
  const { words, facts, seen } = rows;
  if (!Array.isArray(words) || !words.every((word) => typeof word === 'string')) return undefined;
  if (!Array.isArray(facts) || facts.length > LIMITS.factsPerPersonMax) return undefined;
  if (typeof seen !== 'string' || !MARKS.test(seen)) return undefined;
  const profile = emptyProfile();
  const looks: Look[] = [];
  for (const row of facts) {
    const read = Array.isArray(row) ? readFact(row, words) : undefined;
    if (read === undefined || profile.facts.has(read.fact.key)) return undefined;
    profile.facts.set(read.fact.key, read.fact);
    if (read.touches.length > 0) profile.baskets.set(read.fact.key, read.touches);
    if (read.times === undefined) continue;
    const { key, kind } = read.fact;
    if (kind === 'bought') profile.boughtAt.set(key, read.times);
    else for (const timeMs of read.times) looks.push({ key, timeMs });
  }
  if (looks.length > LIMITS.looksPerPersonMax) return undefined;
  profile.looks = looks.sort(compareLooks);
  for (let at = 0; at < seen.length; at += MARK_LENGTH) profile.seen.add(seen.slice(at, at + MARK_LENGTH));
  return profile.seen.size * MARK_LENGTH === seen.length ? profile : undefined;
}

interface Row {
  readonly fact: Fact;
  readonly touches: readonly Touch[];
  /** Of `bought` and `viewed` alone. */
  readonly times?: readonly number[];
}

function readFact(row: readonly unknown[], words: readonly string[]): Row | undefined {
  const kind = wordAt(row[0], words, FACT_KINDS);
  const source = parseSourceId(words[place(row[1])]);
  const controller = parseControllerId(words[place(row[2])]);
  if (kind === undefined || !source.ok || !controller.ok) return undefined;
  const whose = { kind, source: source.value, controller: controller.value };
  if (kind === 'in-basket') return row.length === 5 ? readBasket(row, words, whose) : undefined;
  const sums = readSums(row, words);
  const what = readAbout(row[3], row[12], whose);
  const hasTimes = TIMES_MAX[kind] !== undefined && row.length === 13;
  const length = kind === 'trait' || hasTimes ? 13 : 12;
  if (sums === undefined || what === undefined || row.length !== length) return undefined;
  const fact = { ...what, ...sums, ...whose };
  if (!hasTimes) return { fact, touches: [] };
  const times = readTimes(row[12], fact);
  return times === undefined ? undefined : { fact, touches: [], times };
}

/** How many times are kept behind a fact of a kind; none of the others. */
const TIMES_MAX: Readonly<Partial<Record<FactKind, number>>> = {
  bought: LIMITS.ordersPerPersonMax,
  viewed: LIMITS.looksPerPersonMax,
};

/** Times of a purchase or a look: ascending, each once, and within what the fact says. */
function readTimes(value: unknown, { kind, firstMs, lastMs }: Fact): readonly number[] | undefined {
  const max = TIMES_MAX[kind];
  if (max === undefined || !Array.isArray(value)) return undefined;
  if (value.length === 0 || value.length > max || !value.every(isWhole)) return undefined;
  let before = firstMs - 1;
  for (const time of value) {
    if (time <= before || time > lastMs) return undefined;
    before = time;
  }
  return value;
}

interface Whose {
  readonly kind: FactKind;
  readonly source: SourceId;
  readonly controller: ControllerId;
}

function readAbout(about: unknown, value: unknown, { kind, source }: Whose) {
  if (kind !== 'trait') {
    const item = parseItemId(about);
    if (!item.ok) return undefined;
    return {
      key: factKey(kind, source, item.value),
      category: categoryOf(kind, undefined),
      item: item.value,
    };
  }
  const name = TRAITS.find((trait) => trait === about);
  if (name === undefined || (typeof value !== 'string' && !isNumber(value))) return undefined;
  return { key: factKey(kind, source, name), category: categoryOf(kind, name), name, value };
}

function readSums(row: readonly unknown[], words: readonly string[]) {
  const channel = wordAt(row[4], words, CHANNELS);
  const basis = wordAt(row[5], words, BASES);
  const [quantity, count, returned, firstMs, lastMs, expiresMs] = row.slice(6, 12);
  if (channel === undefined || basis === undefined) return undefined;
  if (!isNumber(quantity) || !isWhole(count) || count < 0 || !isNumber(returned) || returned < 0)
    return undefined;
  if (!isWhole(firstMs) || !isWhole(lastMs) || firstMs > lastMs || !isWhole(expiresMs)) return undefined;
  return { channel, basis, quantity, count, returned, firstMs, lastMs, expiresMs };
}

function readBasket(row: readonly unknown[], words: readonly string[], whose: Whose): Row | undefined {
  const what = readAbout(row[3], undefined, whose);
  const list: unknown = row[4];
  if (what === undefined || !Array.isArray(list) || list.length > TOUCHES_MAX) return undefined;
  const touches: Touch[] = [];
  for (const part of list) {
    const touch = Array.isArray(part) && part.length === 5 ? readTouch(part, words) : undefined;
    if (touch === undefined) return undefined;
    touches.push(touch);
  }
  const [one] = touches;
  if (one === undefined) return undefined;
  const { timeMs, ...rest } = one;
  const fact = basketFact(
    { ...what, ...whose, ...rest, count: 0, returned: 0, firstMs: timeMs, lastMs: timeMs },
    touches,
  );
  return fact === undefined ? undefined : { fact, touches };
}

function readTouch(
  [timeMs, quantity, ...rest]: readonly unknown[],
  words: readonly string[],
): Touch | undefined {
  const channel: Channel | undefined = wordAt(rest[0], words, CHANNELS);
  const basis: Basis | undefined = wordAt(rest[1], words, BASES);
  const expiresMs = rest[2];
  if (!isWhole(timeMs) || !isNumber(quantity) || !isWhole(expiresMs)) return undefined;
  return channel === undefined || basis === undefined
    ? undefined
    : { timeMs, quantity, channel, basis, expiresMs };
}

function wordAt<W extends string>(at: unknown, words: readonly string[], known: readonly W[]): W | undefined {
  const word = words[place(at)];
  return known.find((one) => one === word);
}

/** An index into the words; what is none points beside them. */
function place(at: unknown): number {
  return isWhole(at) ? at : -1;
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

export function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value);
}
