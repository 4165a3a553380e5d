/*
 * What the words of a title are, in any of the seven languages and in most others, without a dictionary.
 *
 * Marks are taken off letters (niqqud, harakat, accents), forms of one letter are one, capitals are small. Of
 * a word its first five letters stand beside the word itself: that is a stemmer which needs no language and
 * does well even in Turkish (Can et al., "Information retrieval on Turkish texts", JASIST 2008,
 * doi 10.1002/asi.20750). Scripts without spaces are cut into pairs of characters. Numbers alone are left
 * out: sizes and counts make things alike that are not.
 */

/** Letters of a beginning that stand for a word. */
const STEM = 5;
const WORDS_MAX = 64;

const RUNS = /[\p{L}\p{N}]+/gu;
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]+/gu;

/**
 * Distinct words and beginnings of words, in order of appearance; at most 64.
 *
 * Example: `wordsOf('Wollene Handschuhe, Größe 42')` is `['wollene', 'wolle~', 'handschuhe', 'hands~',
 * 'grosse', 'gross~']`.
 */
export function wordsOf(text: string): readonly string[] {
  const words = new Set<string>();
  for (const [run] of folded(text).matchAll(RUNS)) {
    for (const [unspaced] of run.matchAll(UNSPACED)) for (const pair of pairsOf(unspaced)) words.add(pair);
    for (const word of run.replaceAll(UNSPACED, ' ').split(' ')) addWord(words, word);
    if (words.size >= WORDS_MAX) break;
  }
  return [...words].slice(0, WORDS_MAX);
}

function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/[\p{M}\u0640]/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ı', 'i')
    .replaceAll('ة', 'ه')
    .replaceAll('ى', 'ي');
}

function addWord(words: Set<string>, spelt: string): void {
  const word = /^ال\p{L}{3}/u.test(spelt) ? spelt.slice(2) : spelt;
  const letters = Array.from(word);
  if (letters.length < 2 || /^\p{N}+$/u.test(word)) return;
  words.add(word);
  if (letters.length > STEM) words.add(`${letters.slice(0, STEM).join('')}~`);
}

function pairsOf(run: string): readonly string[] {
  const characters = Array.from(run);
  if (characters.length === 1) return characters;
  return characters.slice(1).map((character, at) => `${characters[at]}${character}`);
}
