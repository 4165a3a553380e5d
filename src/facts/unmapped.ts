// Things of which nobody can tell whether they tell something: what still has to be looked at. One thing
// alone shows its language badly (a fifth to a third of short titles hold a word that gives it away), a whole
// leaf of the catalogue shows it well, so a leaf with enough of them counts as a whole.

import { isAmong, classifierOf } from './classify-item.ts';
import type { Item, Unmapped } from './item.ts';
import { NO_RULES, type SensitiveRules } from './policy.ts';

/**
 * In a leaf where one in so many things without a class is in another language, all of them count as such.
 */
const LANGUAGE_SHARE = 5;
/** One loan word makes no language. */
const LANGUAGE_MIN = 2;

export type UnmappedLookup = (item: Item) => Unmapped | undefined;

/**
 * Of a whole catalogue: why nobody can tell, `undefined` for things of a class and things that were mapped.
 */
export function unmappedIn(items: Iterable<Item>): UnmappedLookup {
  const leaves = new Map<string, { open: number; foreign: number }>();
  for (const item of items) {
    if (item.sensitive !== undefined || item.category !== undefined) continue;
    const key = keyOf(item);
    const leaf = leaves.get(key) ?? { open: 0, foreign: 0 };
    leaf.open += 1;
    if (item.unmapped === 'language') leaf.foreign += 1;
    leaves.set(key, leaf);
  }
  return (item) => {
    if (item.sensitive !== undefined || item.category !== undefined) return undefined;
    if (item.unmapped !== undefined) return item.unmapped;
    const { open = 0, foreign = 0 } = leaves.get(keyOf(item)) ?? {};
    return foreign >= LANGUAGE_MIN && LANGUAGE_SHARE * foreign >= open ? 'language' : undefined;
  };
}

/** The same less what the policy settles: a class that it adds, or that somebody looked and found none. */
export function unreviewedIn(items: Iterable<Item>, rules: SensitiveRules = NO_RULES): UnmappedLookup {
  const unmapped = unmappedIn(items);
  const classify = classifierOf(rules);
  const isReviewed = isReviewedBy(rules);
  return (item) => {
    const why = unmapped(item);
    return why === undefined || classify(item) !== undefined || isReviewed(item) ? undefined : why;
  };
}

/** Whether the policy says that somebody looked at it and found no class. */
export function isReviewedBy({ reviewed }: SensitiveRules): (item: Pick<Item, 'id' | 'path'>) => boolean {
  return reviewed === undefined ? () => false : isAmong(reviewed);
}

/**
 * The rules as far as they change what is learned: what was reviewed does so only while unmapped things are
 * held back, so that to review a thing does not make everybody be counted again.
 */
export function rulesInForce(rules: SensitiveRules | undefined): SensitiveRules | undefined {
  if (rules === undefined || rules.unmapped === 'hold') return rules;
  const { add, except, neverInContext } = rules;
  return { add, except, neverInContext };
}

/** Things without a path are one leaf here: of one alone a language cannot be told. */
function keyOf({ path }: Item): string {
  return path.join('\u0000');
}
