// What things and shelves are called in the seven languages of the town. English stands with the goods; every
// other language has a text per department that a translator can read and mend:
//
//     words/winter.de.txt       coat-harbour-wool | Wollmantel Hafen | Schwere marineblaue Wolle, Hornknöpfe.
//     words/winter.shelves.txt  Coats | Mäntel | Cappotti | Kabanlar | معاطف | מעילים | 大衣

import { readFileSync } from 'node:fs';
import { assert } from '../../src/kernel/assert.ts';
import { productOf } from './catalogue.ts';
import type { TownLanguage } from './types.ts';

export const TOWN_LANGUAGES: readonly TownLanguage[] = ['en', 'de', 'it', 'tr', 'ar', 'he', 'zh-Hant'];

/** One file per department and language. */
const DEPARTMENTS = [
  'winter',
  'grocery',
  'baby',
  'media',
  'sports',
  'appliances',
  'pharmacy',
  'pets',
] as const;

export interface Words {
  readonly title: string;
  readonly description: string;
}

type Translated = Exclude<TownLanguage, 'en'>;

const TRANSLATED = TOWN_LANGUAGES.filter((language): language is Translated => language !== 'en');

/**
 * Name and one sentence of a product: `productWords('coat-harbour-wool', 'de').title`. A product without
 * words is a mistake in the town.
 */
export function productWords(id: string, language: TownLanguage): Words {
  if (language === 'en') {
    const { title, description } = productOf(id);
    return { title, description };
  }
  const words = wordsOf(language).get(id);
  assert(words !== undefined, `the shop sells ${id} and has a name for it in ${language}`);
  return words;
}

/** A step of a path, as it is said in a language: `stepWord('Coats', 'it')`. */
export function stepWord(step: string, language: TownLanguage): string {
  if (language === 'en') return step;
  const word = steps().get(step)?.[TRANSLATED.indexOf(language)];
  assert(word !== undefined, `the shelf ${step} has a name in ${language}`);
  return word;
}

const read = new Map<Translated, ReadonlyMap<string, Words>>();

/** Read when first asked for: whoever needs English alone reads no file. */
function wordsOf(language: Translated): ReadonlyMap<string, Words> {
  let words = read.get(language);
  if (words !== undefined) return words;
  const lines = DEPARTMENTS.flatMap((department) => fieldsOf(`${department}.${language}`, 3));
  words = new Map(lines.map(([id = '', title = '', description = '']) => [id, { title, description }]));
  read.set(language, words);
  return words;
}

let shelves: ReadonlyMap<string, readonly string[]> | undefined;

function steps(): ReadonlyMap<string, readonly string[]> {
  shelves ??= new Map(
    DEPARTMENTS.flatMap((department) => fieldsOf(`${department}.shelves`, 1 + TRANSLATED.length)).map(
      ([step = '', ...names]) => [step, names],
    ),
  );
  return shelves;
}

function fieldsOf(name: string, count: number): readonly (readonly string[])[] {
  const text = readFileSync(new URL(`words/${name}.txt`, import.meta.url), 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const fields = line.split(' | ');
      assert(fields.length === count, `words/${name}.txt has ${count} fields in each line: ${line}`);
      return fields;
    });
}
