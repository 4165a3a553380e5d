// Why this item: the addends of its score, each fact with its share. The sum is exact, in any order, because every addend is a
// multiple of 2^-30 and far below 2^23 (kernel/fixed.ts). This is arithmetic, not a story told afterwards.

import { assert } from '../kernel/assert.ts';
import type { Contribution, DecidedItem, DecisionInput } from '../facts/decision.ts';
import { weightAt } from './score.ts';
import type { Shelf } from './shelf.ts';

/** The item with its score and all contributions that are not zero: context, facts in canonical order, then the prior. */
export function explain(shelf: Shelf, input: Pick<DecisionInput, 'facts' | 'context'>, index: number): DecidedItem {
  const contributions: Contribution[] = [];
  let score = 0;
  const add = (kind: Contribution['kind'], of: string, value: number): void => {
    if (value === 0) return;
    contributions.push({ kind, of, value });
    score += value;
  };
  for (const { item, weight } of input.context) add('context', item, pull(shelf, item, index) * weight);
  for (const { key, item, weight } of input.facts) add('fact', key, pull(shelf, item, index) * weight);
  add('prior', '', shelf.model.prior[index]!);
  assert(score > 0, 'an item that is shown has a score above 0');
  return { item: shelf.itemIds[index]!, score, contributions };
}

function pull(shelf: Shelf, item: string, target: number): number {
  const source = shelf.indexOf.get(item);
  return source === undefined ? 0 : weightAt(shelf, source, target);
}

/**
 * The input as if one fact were not known: it no longer scores, and no longer bars its own item. To be decided again, not
 * subtracted: the other weights change with it.
 */
export function withoutFact(input: DecisionInput, key: string): DecisionInput {
  const item = input.facts.find((fact) => fact.key === key)?.item;
  const bars = input.barred.filter((entry) => entry.item !== item || entry.guard === 'item-cap');
  return { ...input, facts: input.facts.filter((fact) => fact.key !== key), barred: bars };
}
