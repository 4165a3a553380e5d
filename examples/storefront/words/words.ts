// The words of the shop by language. A language that lacks a key does not compile; that the placeholders
// agree is held by a test.

import type { Language } from '../language.ts';
import { ar } from './ar.ts';
import { de } from './de.ts';
import { type WordKey, type Words, en } from './en.ts';
import { he } from './he.ts';
import { it } from './it.ts';
import { tr } from './tr.ts';
import { zhHant } from './zh-hant.ts';

export type { WordKey, Words };

const WORDS: Readonly<Record<Language, Words>> = { en, de, it, tr, ar, he, 'zh-Hant': zhHant };

export function wordsOf(language: Language): Words {
  return WORDS[language];
}

/** Puts values into `{name}`; text alone, escaped later like any other. */
export function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
