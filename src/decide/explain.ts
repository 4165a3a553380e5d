// Why this item: the addends of its score, each fact with its share. The sum is exact, in any order, because
// every addend is a multiple of 2^-30 and far below 2^23 (kernel/fixed.ts). This is arithmetic, not a story
// told afterwards.

import { assert } from '../kernel/assert.ts';
import {
  type DecisionInput,
  type GuardName,
  type ScoredItem,
  type Shares,
  addendOf,
} from '../facts/decision.ts';
import { factName } from '../facts/fact-key.ts';
import { favourOf } from './favour.ts';
import type { Scratch } from './score.ts';
import type { Shelf } from './shelf.ts';
import type { Voice } from './voice.ts';

const PRIOR = addendOf('prior', '');
const MERCHANDISING = addendOf('merchandising', '');

export interface Explained {
  readonly items: readonly ScoredItem[];
  readonly shares: Shares;
}

interface Explaining {
  readonly voice: Pick<Voice, 'rows' | 'base'>;
  readonly list: readonly number[];
  readonly favours?: Uint16Array | undefined;
  /** Things that stand there whatever their score. */
  readonly pinned: ReadonlySet<number>;
}

/**
 * The items of a list with their scores and what every row, the prior and the shop added. Each row is read
 * once, from front to back, for all items together: looking up each item in each row costs four times as
 * much.
 */
export function explain(
  shelf: Shelf,
  { marks }: Scratch,
  { voice, list, favours, pinned }: Explaining,
): Explained {
  const { rows } = voice;
  const { prior } = voice.base;
  const addends = favours === undefined ? [...rows, PRIOR] : [...rows, PRIOR, MERCHANDISING];
  const width = addends.length;
  const values = zeros(list.length * width);
  for (let place = 0; place < list.length; place += 1) marks[list[place]!] = place + 1;
  for (let n = 0; n < rows.length; n += 1) {
    const { model, index, weight } = rows[n]!;
    const { offsets, targets, weights } = model;
    const end = offsets[index + 1]!;
    for (let at = offsets[index]!; at < end; at += 1) {
      const mark = marks[targets[at]!]!;
      if (mark !== 0) values[(mark - 1) * width + n] = weight * weights[at]!;
    }
  }
  const items = list.map((index, place) => {
    marks[index] = 0;
    values[place * width + rows.length] = prior[index] ?? 0;
    let score = 0;
    for (let at = place * width; at < (place + 1) * width; at += 1) score += values[at]!;
    assert(score > 0 || pinned.has(index), 'what is shown and not placed by the shop has a score above 0');
    const favour = favourOf(score, favours, index);
    if (favour > 0) values[place * width + rows.length + 1] = favour;
    return { item: shelf.names[index]!, score: score + favour };
  });
  return { items, shares: { addends, values } };
}

/**
 * Memory for the shares of many lists: of its own for each, it costs as much to get and to give back as all
 * the rest of an explanation. What was handed out is never handed out again.
 */
let slab = new Float64Array(0);
let used = 0;
const SLAB_VALUES = 8192;

function zeros(count: number): Float64Array {
  if (count * 4 > SLAB_VALUES) return new Float64Array(count);
  if (used + count > slab.length) {
    slab = new Float64Array(SLAB_VALUES);
    used = 0;
  }
  const values = new Float64Array(slab.buffer, used * Float64Array.BYTES_PER_ELEMENT, count);
  used += count;
  return values;
}

/**
 * The input as if one fact were not known: it no longer scores, and what it alone barred is free. To be
 * decided again, not subtracted: the other weights change with it.
 */
export function withoutFact(given: DecisionInput, key: string): DecisionInput {
  const input = withoutGround(given, key);
  const facts = input.facts.filter((fact) => fact.key !== key);
  const item = input.facts.find((fact) => fact.key === key)?.item;
  if (item === undefined || !isPurchase(key)) return { ...input, facts };
  // Bought twice, here and at the till: the other purchase still bars it.
  if (facts.some((fact) => fact.item === item && isPurchase(fact.key))) return { ...input, facts };
  const barred = input.barred.filter((entry) => entry.item !== item || !BY_PURCHASE.includes(entry.guard));
  return { ...input, facts, barred };
}

/** The input as if a thing had not been in front of the person. To be decided again, like a fact. */
export function withoutThing(input: DecisionInput, item: string): DecisionInput {
  return { ...input, context: input.context.filter((entry) => entry.item !== item) };
}

/** It no longer puts them into the audience, nor keeps them out of it. */
function withoutGround(input: DecisionInput, key: string): DecisionInput {
  const { audience } = input;
  if (audience === undefined) return input;
  const grounds = audience.grounds.map((one) => ({
    ...one,
    facts: one.facts.filter(([fact]) => fact !== key),
  }));
  return { ...input, audience: { ...audience, grounds } };
}

/**
 * Bars that come from a purchase; the others come from what the person dislikes or was shown, which never
 * scores.
 */
const BY_PURCHASE: readonly GuardName[] = ['bought', 'returned'];

function isPurchase(key: string): boolean {
  return factName(key).kind === 'bought';
}
