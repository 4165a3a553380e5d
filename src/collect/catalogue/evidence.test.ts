import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseItemId } from '../../facts/ids.ts';
import type { Item } from '../../facts/item.ts';
import { type Classifiable, classify } from './classify.ts';
import { evidenceOf, evidenceOfItem } from './evidence.ts';
import { SENSITIVE_WORDS } from './sensitive-words.ts';
import { allWords } from './word-lists.ts';

function item(fields: Partial<Item>): Item {
  const id = parseItemId('a');
  if (!id.ok) throw new Error('a fine name');
  return { id: id.value, title: 'Thing', path: [], available: true, ...fields };
}

describe('evidence', () => {
  it.each<[Classifiable, object]>([
    [
      { title: 'Rotwein trocken', path: ['Keller'] },
      { class: 'alcohol', by: 'title', text: 'Rotwein trocken', word: 'rotwein', language: 'de' },
    ],
    [
      { title: 'Six bottles', path: ['Food', 'Wines & more'] },
      { class: 'alcohol', by: 'category', text: 'Wines & more', word: 'wines', language: 'en' },
    ],
    [
      { title: 'Article', path: ['Health Care'] },
      { class: 'health', by: 'category', text: 'Health Care', word: 'health care', language: 'en' },
    ],
    [
      { title: 'HAMİLE YASTIĞI', path: [] },
      { class: 'pregnancy-baby', by: 'title', text: 'HAMİLE YASTIĞI', word: 'hamile*', language: 'tr' },
    ],
    [
      { title: '日本境內版紙尿褲 L', path: [] },
      { class: 'pregnancy-baby', by: 'title', text: '日本境內版紙尿褲 L', word: '紙尿褲', language: 'zh' },
    ],
    [
      { title: 'Thing', path: [], tags: ['new', 'ramadan'] },
      { class: 'religion', by: 'tag', text: 'ramadan', word: 'ramadan', language: 'en' },
    ],
    [
      { title: 'Thing', path: [], category: 'google:421' },
      { class: 'alcohol', by: 'number', text: 'google:421' },
    ],
    [
      { title: 'Thing', path: [], shelves: ['hb-1-5'] },
      { class: 'sexuality', by: 'number', text: 'shopify:hb-1-5' },
    ],
    [
      { title: 'Thing', path: [], label: 'debt' },
      { class: 'debt', by: 'label', text: 'debt' },
    ],
    [
      { title: 'Thing', path: [], ageGroup: 'infant' },
      { class: 'pregnancy-baby', by: 'age-group', text: 'infant' },
    ],
    [
      { title: 'Thing', path: [], adult: true },
      { class: 'sexuality', by: 'adult', text: 'adult' },
    ],
  ])('[C27] of %j it is %j', (thing, evidence) => {
    expect(evidenceOf(thing)).toEqual(evidence);
  });

  it('[C27] of a thing in the catalogue it says when nothing that was kept tells why', () => {
    const kept = item({ sensitive: 'grief' });
    expect(evidenceOfItem(kept)).toEqual({ class: 'grief', by: 'kept', text: 'grief' });
    expect(evidenceOfItem(item({ title: 'Wein', sensitive: 'alcohol' }))).toMatchObject({ word: 'wein' });
    expect(evidenceOfItem(item({ title: 'Wein', sensitive: 'grief' }))).toMatchObject({
      class: 'grief',
      by: 'kept',
    });
    expect(evidenceOfItem(item({}))).toBeUndefined();
  });

  it('[C27] names the class that classify finds, and a word that is on its list and in the text', () => {
    const words = SENSITIVE_WORDS.flatMap((entry) => [
      ...allWords(entry.paths),
      ...allWords(entry.words),
      ...entry.masks,
      ...entry.unless,
      ...entry.unlessPath,
    ]).map((word) => word.replace('*', ''));
    const text = fc.array(fc.constantFrom(...words, 'red', 'set', '500'), { minLength: 1, maxLength: 3 });
    const step = text.map((list) => list.join(' '));
    fc.assert(
      fc.property(
        step,
        fc.array(step, { maxLength: 3 }),
        fc.array(step, { maxLength: 2 }),
        (title, path, tags) => {
          const thing = { title, path, tags };
          const evidence = evidenceOf(thing);
          expect(evidence?.class).toBe(classify(thing));
          if (evidence?.word === undefined) return;
          const entry = SENSITIVE_WORDS.find((one) => one.class === evidence.class)!;
          expect([...allWords(entry.words), ...allWords(entry.paths)]).toContain(evidence.word);
          expect([title, ...path, ...tags]).toContain(evidence.text);
        },
      ),
      { numRuns: 1500 },
    );
  });
});
