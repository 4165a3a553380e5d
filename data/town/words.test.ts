// Goal: nothing on the shelves is nameless in any of the seven languages, and nothing stands there in another
// script.

import { describe, expect, test } from 'vitest';
import { CATALOGUE } from './catalogue.ts';
import { TOWN_LANGUAGES, UNTRANSLATED, productWords, stepWord } from './words.ts';

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
      const isTranslated = productWords(id, 'de').title !== productWords(id, 'en').title;
      if (script !== undefined && isTranslated)
        for (const text of [title, description]) expect(text, id).toMatch(script);
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

test('five departments in six languages are written, the pharmacy and the pets are not yet', () => {
  const untold = CATALOGUE.filter(({ id }) => productWords(id, 'ar').title === productWords(id, 'en').title);
  const departments = new Set(untold.map(({ path }) => path[0]));
  expect(UNTRANSLATED.every((name) => departments.has(name))).toBe(true);
  expect(untold.length / CATALOGUE.length).toBeLessThan(0.27);
});

test('a stranger has no name', () => {
  expect(() => productWords('no-such-thing', 'de')).toThrow('the shop sells no-such-thing');
  expect(() => stepWord('No such shelf', 'tr')).toThrow('No such shelf');
});
