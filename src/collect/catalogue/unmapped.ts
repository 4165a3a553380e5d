// Owns: whether anything that could tell a sensitive class has spoken about a thing. Where no class was
// found, that may be because there is none, or because nothing we can read was said: a number of our own
// making, another script, a language without a word list. The second kind is listed for a person to look at
// (SPEC C28).

import type { Unmapped } from '../../facts/item.ts';
import type { Classifiable } from './classify.ts';
import { COVERED_WORDS, FOREIGN_WORDS, GENERIC_WORDS } from './other-languages.ts';
import { taxonomyId } from './taxonomy-id.ts';
import { normalise } from './word-set.ts';

/**
 * First steps of the Google (2021-09) and Shopify (2024-07) taxonomies: below them the word lists were read
 * through against every category. `Uncategorized` is left out: it says nothing.
 */
const ROOTS: ReadonlySet<string> = new Set(
  [
    'Animals & Pet Supplies, Apparel & Accessories, Arts & Entertainment, Baby & Toddler',
    'Business & Industrial, Cameras & Optics, Electronics, Furniture, Gift Cards, Hardware, Health & Beauty',
    'Home & Garden, Luggage & Bags, Mature, Media, Office Supplies, Product Add-Ons, Religious & Ceremonial',
    'Services, Software, Sporting Goods, Toys & Games, Vehicles & Parts',
  ]
    .flatMap((line) => line.split(', '))
    .concat('Food, Beverages & Tobacco')
    .map(normalise),
);

/**
 * Why nobody can tell what a thing without a class tells; `undefined` when something that could have told
 * spoke: a published category, or a word in a language of the lists.
 * `unmappedBecause({ title: 'Article 4711', path: [] })` is `'no-word'`; with the path `['Damen', 'Mäntel']`
 * it is `undefined`.
 */
export function unmappedBecause(thing: Classifiable): Unmapped | undefined {
  const { title, path, category = '', shelves = [], tags = [] } = thing;
  if ([category, ...shelves].some((text) => taxonomyId(text) !== undefined)) return undefined;
  const paths = [path, ...shelves.map((text) => text.split('>'))];
  if (paths.some((steps) => ROOTS.has(normalise(steps[0] ?? '')))) return undefined;
  const told = [title, ...paths.flat(), ...tags].map(legibility);
  if (told.includes('legible')) return undefined;
  return told.includes('language') ? 'language' : told.includes('script') ? 'script' : 'no-word';
}

/** Of one text: whether our lists could have known a word of it. */
function legibility(text: string): Unmapped | 'legible' {
  const tokens =
    text
      .toLowerCase()
      .normalize('NFC')
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const words = tokens.filter(isWord);
  if (words.length === 0) return 'no-word';
  const covered = words.filter((word) => COVERED_SCRIPT.test(word));
  // A brand in Latin letters does not make a title in another script legible.
  if (2 * covered.length <= words.length && covered.length < words.length) return 'script';
  return isForeign(words) ? 'language' : 'legible';
}

const COVERED_SCRIPT = /^[\p{Script=Latin}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Han}\p{M}]+$/u;

/** No code and no word that every catalogue is full of. Chinese has words of one sign. */
function isWord(token: string): boolean {
  if (/\p{N}/u.test(token) || GENERIC_WORDS.has(normalise(token))) return false;
  if (/\p{Script=Han}/u.test(token)) return true;
  return token.length >= (/\p{Script=Latin}/u.test(token) ? 3 : 2);
}

/**
 * Letters that the languages of the lists do not write: Persian and Urdu, simplified Chinese, and of Latin.
 */
const OTHER_LETTERS = /[پچژگکیٹڈے红纸婴药车长电级线绿蓝钱银饰围书]|[ąćęłńśźżčďěňřšťůžőűñãõășțøåæœêôëđðþ]/u;

function isForeign(words: readonly string[]): boolean {
  if (words.some((word) => !/\p{Script=Latin}/u.test(word) && OTHER_LETTERS.test(word))) return true;
  const foreign = words.filter((word) => FOREIGN_WORDS.has(normalise(word))).length;
  const lettered = words.filter(
    (word) => OTHER_LETTERS.test(word) && !FOREIGN_WORDS.has(normalise(word)),
  ).length;
  const marks = foreign + lettered;
  // A loan (crêpe pan) is outweighed by one word of ours; German and Turkish have letters of their own.
  const ours = words.filter((word) => COVERED_WORDS.has(normalise(word)) || /[ßğış]/.test(word)).length;
  return marks > ours;
}
