// A text taken apart for measuring: sentences, words, letters, syllables. Where a rule is in doubt it makes
// the text harder, never easier: a full stop that may be an abbreviation ends no sentence.

/** A blank line, or a line that begins like an entry of a list, ends what came before. A mere line break
 * does not: files are wrapped. */
const BLOCK = /\n[\t ]*\n|\n(?=[\t ]*(?:[-–—•*]|\p{Nd}{1,2}[.)])[\t ])/u;
const END = /[.!?…。！？؟]+["'”’»)\]」』]*(?=\s|$)|[。！？]+[”’」』）]*/gu;
/** "z. B.", "J. Smith", "1. Mai": one letter or a number before the stop. */
const SHORT_BEFORE_STOP = /(?:^|[\s(])(?:\p{L}|\p{Nd}+)\.$/u;
const GOES_ON = /^\s*\p{Ll}/u;
const WORD = /[\p{L}\p{Nd}][\p{L}\p{M}\p{Nd}'’-]*/gu;
/** One Han character, or a word of another script in between. */
const HAN_UNIT = /\p{Script=Han}|[^\P{L}\p{Script=Han}][^\P{L}\p{Script=Han}]*|\p{Nd}+/gu;

/** Sentences in their order; what holds no letter and no digit is none. */
export function sentencesOf(text: string): readonly string[] {
  return text
    .split(BLOCK)
    .flatMap(sentencesOfBlock)
    .filter((sentence) => /[\p{L}\p{Nd}]/u.test(sentence));
}

function sentencesOfBlock(block: string): readonly string[] {
  const sentences: string[] = [];
  let from = 0;
  for (const match of block.matchAll(END)) {
    const end = match.index + match[0].length;
    if (match[0] === '.' && SHORT_BEFORE_STOP.test(block.slice(from, end))) continue;
    if (GOES_ON.test(block.slice(end))) continue;
    sentences.push(block.slice(from, end).trim());
    from = end;
  }
  sentences.push(block.slice(from).trim());
  return sentences;
}

/** What is counted as a word; for Chinese, which writes no spaces, each character. */
export function wordsOf(text: string, isHan: boolean): readonly string[] {
  return text.match(isHan ? HAN_UNIT : WORD) ?? [];
}

export function letterCount(words: readonly string[]): number {
  return words.reduce((sum, word) => sum + (word.match(/[\p{L}\p{Nd}]/gu)?.length ?? 0), 0);
}

/**
 * English: groups of vowels, without a silent e at the end (`make`, `asked`; not `table`, `wanted`). Off by
 * one for a word in ten or so (`idea`, `create`), in both directions.
 */
export function englishSyllables(word: string): number {
  const plain = lettersOf(word).replace(
    /([^aeiouy])(?:e|es|ed)$/u,
    (ending, before: string, at: number, whole: string) =>
      isSounded(ending, before, whole.slice(0, at)) ? ending : before,
  );
  return countOf(plain, /[aeiouy]+/gu);
}

function isSounded(ending: string, before: string, stem: string): boolean {
  if (ending.endsWith('ed')) return before === 't' || before === 'd';
  if (ending.endsWith('es')) return /[sxz]|[cs]h|[cg]/u.test(`${stem.slice(-1)}${before}`.slice(-2));
  return before === 'l' && /[^aeiouy]$/u.test(stem);
}

/** German: each vowel is one, and so is each of the usual pairs. `Familie` comes out one too few. */
export function germanSyllables(word: string): number {
  const plain = lettersOf(word).replaceAll('qu', 'k');
  return countOf(plain, /eu|äu|au|ei|ai|ey|ay|ie|aa|ee|oo|[aeiouyäöüéàè]/gu);
}

/** Turkish: as many as vowels, without exception. */
export function turkishSyllables(word: string): number {
  return countOf(lettersOf(word), /[aeıioöuüâîû]/gu);
}

function lettersOf(word: string): string {
  return word.toLowerCase().normalize('NFC');
}

/** A number is said digit by digit, about. */
function countOf(word: string, vowels: RegExp): number {
  const digits = word.match(/\p{Nd}/gu)?.length ?? 0;
  return Math.max(1, (word.match(vowels)?.length ?? 0) + digits);
}
