// Owns: how the word lists are written, so that they can be read and changed by people.

import type { SensitiveClass } from '../../facts/item.ts';

/** Languages of the lists. `zh` is written in traditional characters. */
export const WORD_LANGUAGES = ['en', 'de', 'it', 'tr', 'ar', 'he', 'zh'] as const;
export type WordLanguage = (typeof WORD_LANGUAGES)[number];
/** A word stands under the language that it is written in; names used in all of them under `en`. */
export type WordsIn = Readonly<Partial<Record<WordLanguage, readonly string[]>>>;

export interface ClassWords {
  readonly class: SensitiveClass;
  readonly paths: WordsIn;
  readonly words: WordsIn;
  readonly masks: readonly string[];
  readonly unless: readonly string[];
  /** The same, in category names alone: `SCOTTIE DOGS BABY BIB` is for no dog. */
  readonly unlessPath: readonly string[];
  /** Category names in which a word of `paths` says nothing; one of `words` still does. */
  readonly unlessBroad: readonly string[];
}

/** `list('a, b', 'c')` is `['a', 'b', 'c']`: one language or subject on a line. */
export function list(...texts: readonly string[]): readonly string[] {
  return texts.flatMap((text) => text.split(', '));
}

/** Each word of a list behind one word: `behind('wine', 'glass rack')` is `wine glass`, `wine rack`. */
export function behind(word: string, followers: string): readonly string[] {
  return followers.split(' ').map((follower) => `${word} ${follower.replaceAll('_', ' ')}`);
}

/** All words, whatever their language. */
export function allWords(words: WordsIn): readonly string[] {
  return Object.values(words).flat();
}
