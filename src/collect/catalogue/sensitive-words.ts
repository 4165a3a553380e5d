// Words by which a thing tells something sensitive about whoever looks for it. Curated by hand, without
// machine-made lists, because a silly hit costs a shop its sale and a miss costs a person their secret. A
// word is written as people write it; `*` at its end stands for any ending (German compounds, Turkish
// suffixes). Chinese is found inside running text.
//
// paths: only in category names, where a short word is sure ("Baby", "Pharmacy"). words: in titles and
// category names. masks: phrases taken out of the text before anything is looked for ("wine vinegar").
// unless: their presence says that it is something else altogether (for pets, for dolls).
//
// No public list of this kind exists. Sources of candidates: Google product taxonomy (2021-09), Shopify
// taxonomy (2024-07), Complete Journey product types; whether medicines sold in a pharmacy tell of health:
// CJEU C-21/23, 4 October 2024.

import type { ClassWords } from './word-lists.ts';
import { WORDS_OF_BELIEF } from './words-of-belief.ts';
import { WORDS_OF_HABIT } from './words-of-habit.ts';
import { WORDS_OF_LIFE } from './words-of-life.ts';

/** In the order in which they are asked: the first that matches names the thing. */
export const SENSITIVE_WORDS: readonly ClassWords[] = [
  ...WORDS_OF_LIFE,
  ...WORDS_OF_BELIEF,
  ...WORDS_OF_HABIT,
];
