// Goal: the seven languages say the same things. That no key is missing is held by the compiler.

import { describe, expect, it } from 'vitest';
import { LANGUAGES, type Language, formatsOf, preferredLanguage } from '../language.ts';
import { ABOUT } from './about.ts';
import { lineWords } from './line.ts';
import { TOWNSPEOPLE } from './names.ts';
import { type WordKey, en } from './en.ts';
import { fill, wordsOf } from './words.ts';

const holesOf = (text: string): readonly string[] =>
  [...text.matchAll(/\{\w+\}/g)].map(([hole]) => hole).sort();
// The keys of an object of constants.
const KEYS = Object.keys(en) as readonly WordKey[];
const SCRIPTS = { ar: /\p{Script=Arabic}/u, he: /\p{Script=Hebrew}/u, 'zh-Hant': /\p{Script=Han}/u } as const;
/** The shop's name is the same everywhere. */
const SAME: readonly WordKey[] = ['shop'];

describe('the words', () => {
  it.each(LANGUAGES)('in %s have the same placeholders as in English, and none is empty', (language) => {
    const words = wordsOf(language);
    for (const key of KEYS) {
      expect(holesOf(words[key]), `${language}.${key}`).toEqual(holesOf(en[key]));
      expect(words[key].trim(), `${language}.${key}`).not.toBe('');
    }
  });

  it.each(['ar', 'he', 'zh-Hant'] as const)('in %s are written in its script', (language) => {
    const words = wordsOf(language);
    const foreign = KEYS.filter((key) => !SAME.includes(key) && !SCRIPTS[language].test(words[key]));
    expect(foreign).toEqual([]);
  });

  it('know every townsperson in every language', () => {
    for (const id of TOWNSPEOPLE) expect(ABOUT[id], id).toHaveLength(LANGUAGES.length);
  });

  it('tell every case in every language, with the same placeholders', () => {
    const told = (language: Language): readonly string[] => Object.values(lineWords(language).cases).flat();
    for (const language of LANGUAGES) {
      expect(told(language).map(holesOf), language).toEqual(told('en').map(holesOf));
      const script = language in SCRIPTS ? SCRIPTS[language as keyof typeof SCRIPTS] : /\p{L}/u;
      expect(told(language).filter((text) => !script.test(text) || text.trim() === '')).toEqual([]);
    }
  });

  it('are filled in, and what is not given stays visible', () => {
    expect(fill('{a} and {b}', { a: '1' })).toBe('1 and {b}');
  });
});

describe('the language of a visitor', () => {
  it('is the first that the shop speaks, by weight; English for all others', () => {
    const cases = [
      ['de-AT,de;q=0.9,en;q=0.5', 'de'],
      ['fr, it;q=0.8, en;q=0.9', 'en'],
      ['zh-TW', 'zh-Hant'],
      ['fi', 'en'],
      ['he;q=nonsense, ar;q=0.1', 'ar'],
      [undefined, 'en'],
    ] as const;
    for (const [header, language] of cases)
      expect(preferredLanguage(header), header ?? 'none').toBe(language);
  });

  it('writes prices and small shares its own way', () => {
    expect(formatsOf('de').price(123_456).replaceAll(/\s/g, ' ')).toBe('1.234,56 €');
    expect([0.5, 0.05, 0.005].map((share) => formatsOf('en').share(share))).toEqual(['50%', '5%', '0.5%']);
  });
});

it('lists have the commas of their language', () => {
  const lists = LANGUAGES.map((language) => formatsOf(language).list(['a', 'b']));
  expect(lists).toEqual(['a, b', 'a, b', 'a, b', 'a, b', 'a، b', 'a, b', 'a、b']);
});
