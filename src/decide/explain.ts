// Why this item: the addends of its score, each fact with its share. The sum is exact, in any order, because
// every addend is a multiple of 2^-30 and far below 2^23 (kernel/fixed.ts). This is arithmetic, not a story
// told afterwards.

import { assert } from '../kernel/assert.ts';
import type { Contribution, DecidedItem, DecisionInput, GuardName } from '../facts/decision.ts';
import { factName } from '../facts/fact-key.ts';
import type { Row } from './rows.ts';
import { weightAt } from './score.ts';
import type { Shelf } from './shelf.ts';

/**
 * The item with its score and all contributions that are not zero: context, facts in canonical order, then
 * the prior.
 */
export function explain(shelf: Shelf, rows: readonly Row[], index: number): DecidedItem {
  const contributions: Contribution[] = [];
  let score = 0;
  const add = (kind: Contribution['kind'], of: string, value: number): void => {
    if (value === 0) return;
    contributions.push({ kind, of, value });
    score += value;
  };
  for (const row of rows) add(row.kind, row.of, weightAt(shelf, row.index, index) * row.weight);
  add('prior', '', shelf.model.prior[index]!);
  assert(score > 0, 'an item that is shown has a score above 0');
  return { item: shelf.itemIds[index]!, score, contributions };
}

/**
 * The input as if one fact were not known: it no longer scores, and what it alone barred is free. To be
 * decided again, not subtracted: the other weights change with it.
 */
export function withoutFact(input: DecisionInput, key: string): DecisionInput {
  const facts = input.facts.filter((fact) => fact.key !== key);
  const item = input.facts.find((fact) => fact.key === key)?.item;
  if (item === undefined || !isPurchase(key)) return { ...input, facts };
  // Bought twice, here and at the till: the other purchase still bars it.
  if (facts.some((fact) => fact.item === item && isPurchase(fact.key))) return { ...input, facts };
  const barred = input.barred.filter((entry) => entry.item !== item || !BY_PURCHASE.includes(entry.guard));
  return { ...input, facts, barred };
}

/**
 * Bars that come from a purchase; the others come from what the person dislikes or was shown, which never
 * scores.
 */
const BY_PURCHASE: readonly GuardName[] = ['bought', 'returned'];

function isPurchase(key: string): boolean {
  return factName(key).kind === 'bought';
}
