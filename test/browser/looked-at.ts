// What is looked at on every page: nothing hangs over the edge, nothing is left in another language, axe
// finds nothing. Expressions run in the page as text, so that this file needs no types of a browser.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { CATALOGUE } from '../../data/town/catalogue.ts';
import { LANGUAGES, type Language, directionOf } from '../../examples/storefront/language.ts';
import { type WordKey, wordsOf } from '../../examples/storefront/words/words.ts';

/** Pages of the shop that are looked at in every language. */
export const PAGES = [
  '/',
  '/c/clothing',
  '/c/gloves',
  '/p/coat-harbour-wool',
  '/search?q=a',
  '/basket',
  '/checkout',
  '/me',
];
export const MORE = ['/messages', '/you', '/line', '/me/erase', '/p/no-such-thing'];

const EDGE = `({
  over: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  lang: document.documentElement.lang, dir: document.documentElement.dir })`;

/** Faults of layout and language direction. */
export async function layoutFaults(page: Page, language: Language): Promise<readonly string[]> {
  const { over, lang, dir } = await page.evaluate<{ over: number; lang: string; dir: string }>(EDGE);
  return [
    ...(over > 0 ? [`${over} px hang over the edge`] : []),
    ...(lang === language && dir === directionOf(language) ? [] : [`says it is ${lang}, ${dir}`]),
  ];
}

/** Every text a reader or a screen reader meets; not code, and not names of languages in their own script. */
const TEXTS = `(() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [document.title];
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (parent.closest('script, pre, code, .languages') !== null) continue;
    found.push(walker.currentNode.textContent.trim());
  }
  for (const one of document.querySelectorAll('[aria-label], [placeholder], [alt]'))
    for (const name of ['aria-label', 'placeholder', 'alt']) found.push(one.getAttribute(name) ?? '');
  return found.filter((text) => text !== '');
})()`;

/** Words that stay as they are in every script. */
const NAMES = [
  'Linden',
  'Ornella',
  'Bella',
  'Fineline',
  'API',
  'Cookie',
  'collect',
  'decide',
  'officer',
  'admin',
  'person',
];
const BRANDS = [...new Set(CATALOGUE.map(({ brand }) => brand))];
const LATIN = /[A-Za-zÀ-ž]{3,}/;

export async function leftovers(page: Page, language: Language): Promise<readonly string[]> {
  const texts = await page.evaluate<readonly string[]>(TEXTS);
  const holes = texts.filter((text) => /\{\w+\}|undefined|\[object/.test(text));
  if (language === 'en') return holes;
  const foreign = texts.filter((text) => englishIn(language).has(text));
  const isLatin = language === 'de' || language === 'it' || language === 'tr';
  const latin = isLatin ? [] : texts.filter((text) => LATIN.test(withoutNames(text)));
  return [...holes, ...foreign, ...latin];
}

const english = new Map<Language, ReadonlySet<string>>();

/** English sentences of the shop that differ from this language's own. */
function englishIn(language: Language): ReadonlySet<string> {
  const there = english.get(language);
  if (there !== undefined) return there;
  const own = wordsOf(language);
  const words = wordsOf('en');
  // The keys of an object of constants.
  const keys = Object.keys(words) as readonly WordKey[];
  const values = new Set<string>(Object.values(own));
  const made = new Set(keys.map((key) => words[key]).filter((text) => !values.has(text)));
  english.set(language, made);
  return made;
}

function withoutNames(text: string): string {
  let rest = text;
  for (const name of [...BRANDS, ...NAMES]) rest = rest.replaceAll(name, '');
  return rest;
}

const require = createRequire(import.meta.url);
/** Read by the browser on each page: half the size of the one with comments. */
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
/** What no language changes, and takes axe most of its time. */
const LOOKS = ['color-contrast', 'target-size'];

/** What axe finds, each with the first element; with `rules: 'words'` without colours and sizes. */
export async function axeFaults(page: Page, rules: 'all' | 'words' = 'all'): Promise<readonly string[]> {
  const off = rules === 'all' ? [] : LOOKS.map((rule) => [rule, { enabled: false }] as const);
  await page.evaluate(AXE);
  return page.evaluate<readonly string[]>(`axe.run(document, { resultTypes: ['violations'],
    rules: ${JSON.stringify(Object.fromEntries(off))},
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
    .then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes[0].html.slice(0, 160)))`);
}

const WIDTHS = [360, 1280] as const;
/** Every language at one width or the other, and one of each direction at both; in full all at both. */
export const VIEWS = LANGUAGES.flatMap((language, place) => {
  const isWhole = process.env['FINELINE_FULL'] === '1' || language === 'en' || language === 'ar';
  const widths = isWhole ? WIDTHS : [WIDTHS[place % 2]!];
  return widths.map((width) => [language, width] as const);
});

/**
 * Axe takes most of the time: all that it knows in English at both widths and in Arabic on a phone, what
 * depends on words on a phone in every language that is looked at there, and on a desk in Arabic; in full
 * everything everywhere.
 */
export function axeRules(page: Page, language: Language): 'all' | 'words' | undefined {
  const isPhone = (page.viewportSize()?.width ?? 0) < 1280;
  if (process.env['FINELINE_FULL'] === '1' || language === 'en') return 'all';
  if (language === 'ar') return isPhone ? 'all' : 'words';
  return isPhone ? 'words' : undefined;
}
