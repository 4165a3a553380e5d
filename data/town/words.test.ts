// Goal: nothing on the shelves is nameless in any of the seven languages, and nothing stands there in another
// script.

import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CATALOGUE } from './catalogue.ts';
import { TOWN_LANGUAGES, productWords, stepWord } from './words.ts';

const SCRIPTS: Readonly<Record<string, RegExp>> = {
  ar: /\p{Script=Arabic}/u,
  he: /\p{Script=Hebrew}/u,
  'zh-Hant': /\p{Script=Han}/u,
};

describe.each(TOWN_LANGUAGES)('in %s', (language) => {
  test('every product has a name of at most 80 characters and a sentence', () => {
    for (const { id } of CATALOGUE) {
      const { title, description } = productWords(id, language);
      expect(title.length, id).toBeGreaterThan(0);
      expect(title.length, id).toBeLessThanOrEqual(80);
      expect(description.length, id).toBeGreaterThan(0);
      const script = SCRIPTS[language];
      if (script !== undefined) for (const text of [title, description]) expect(text, id).toMatch(script);
    }
  });

  test('every step of every path has a name, and two shelves never have the same', () => {
    const leaves = new Set(CATALOGUE.map(({ path }) => path.join(' > ')));
    const names = new Set(
      [...leaves].map((path) =>
        path
          .split(' > ')
          .map((step) => stepWord(step, language))
          .join(' > '),
      ),
    );
    expect(names.size).toBe(leaves.size);
  });
});

test('every thing has its own words, and no file tells of a thing that is not sold', () => {
  const sold = new Set(CATALOGUE.map(({ id }) => id));
  const told = readdirSync(new URL('words', import.meta.url))
    .filter((name) => name.endsWith('.de.txt'))
    .flatMap((name) =>
      readFileSync(new URL(`words/${name}`, import.meta.url), 'utf8')
        .trim()
        .split('\n'),
    )
    .map((line) => line.split(' | ')[0] ?? '');
  expect(told.length).toBe(sold.size);
  expect(new Set(told)).toEqual(sold);
});

test('a stranger has no name', () => {
  expect(() => productWords('no-such-thing', 'de')).toThrow('the shop sells no-such-thing');
  expect(() => stepWord('No such shelf', 'tr')).toThrow('No such shelf');
});
