// Owns: how the word lists are written, so that they can be read and changed by people.

import type { SensitiveClass } from '../../facts/item.ts';

export interface ClassWords {
  readonly class: SensitiveClass;
  readonly paths: readonly string[];
  readonly words: readonly string[];
  readonly masks: readonly string[];
  readonly unless: readonly string[];
  /** The same, in category names alone: `SCOTTIE DOGS BABY BIB` is for no dog. */
  readonly unlessPath: readonly string[];
}

/** `list('a, b', 'c')` is `['a', 'b', 'c']`: one language or subject on a line. */
export function list(...texts: readonly string[]): readonly string[] {
  return texts.flatMap((text) => text.split(', '));
}

/** Each word of a list behind one word: `behind('wine', 'glass rack')` is `wine glass`, `wine rack`. */
export function behind(word: string, followers: string): readonly string[] {
  return followers.split(' ').map((follower) => `${word} ${follower.replaceAll('_', ' ')}`);
}
