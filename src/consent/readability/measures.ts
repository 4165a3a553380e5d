// How hard a text is, for each language in which that can be said. A published formula where there is one;
// where there is none that was validated, bounds on sentences and words, and they are called what they are.

import { englishSyllables, germanSyllables, turkishSyllables } from './text.ts';

/** Sums over a text. */
export interface Counts {
  readonly words: number;
  readonly sentences: number;
  readonly letters: number;
  /** 0 where the measures of the language do not ask for it. */
  readonly syllables: number;
  /** Words of the longest sentence. */
  readonly longest: number;
}

export interface Measure {
  readonly name: string;
  readonly of: (counts: Counts) => number;
  readonly side: 'at least' | 'at most';
  readonly bound: number;
  /** What a writer does about it. */
  readonly remedy: string;
}

export interface Language {
  /** What is counted. */
  readonly unit: 'words' | 'characters';
  readonly letters: RegExp;
  /**
   * Units read in a minute: Trauzettel-Klosinski & Dietz 2012, "Standardized Assessment of Reading
   * Performance: The New International Reading Speed Texts IReST", native speakers of 18 to 35, aloud.
   */
  readonly perMinute: number;
  readonly syllablesOf?: (word: string) => number;
  /** The first is the one that says most; it also tells which sentences are the hardest. */
  readonly measures: readonly Measure[];
}

const SHORTER = 'Use shorter sentences and shorter, more usual words.';
const SPLIT = 'Split the longest sentence.';

/**
 * No sentence longer than this, however short the others are: an average hides one. 25 words is what the
 * style guide of the British government allows (gov.uk, "Content design: writing for GOV.UK"). Hebrew, Arabic
 * and Turkish write articles, prepositions and pronouns onto the word, so 20 words hold as much; Chinese has
 * about 1.6 characters to a word (IReST: 255 characters or 158 words a minute), so 40.
 */
function longest(bound: number, unit = 'words'): Measure {
  return {
    name: `${unit} in the longest sentence`,
    of: (c) => c.longest,
    side: 'at most',
    bound,
    remedy: SPLIT,
  };
}

/**
 * Our own bound, for languages without a validated formula: three fifths of what the longest sentence may
 * have, as 15 words is what plain-language guides ask of an English average.
 */
function meanSentence(bound: number, unit = 'words'): Measure {
  const of = (c: Counts): number => c.words / c.sentences;
  const remedy = 'Use shorter sentences, one thought in each.';
  return { name: `${unit} per sentence`, of, side: 'at most', bound, remedy };
}

/** R. Flesch 1948, "A new readability yardstick". 60 to 70: plain English, read at 13 to 15 years of age. */
const FLESCH: Measure = {
  name: 'Flesch reading ease',
  of: (c) => 206.835 - 1.015 * (c.words / c.sentences) - 84.6 * (c.syllables / c.words),
  side: 'at least',
  bound: 60,
  remedy: SHORTER,
};

/** T. Amstad 1978, "Wie verständlich sind unsere Zeitungen?". The bands are Flesch's. */
const AMSTAD: Measure = {
  name: 'Flesch-Amstad',
  of: (c) => 180 - c.words / c.sentences - 58.5 * (c.syllables / c.words),
  side: 'at least',
  bound: 60,
  remedy: SHORTER,
};

/**
 * P. Lucisano & M. E. Piemontese 1988, "Gulpease". Below 60 a text is hard for who left school after the
 * scuola media.
 */
const GULPEASE: Measure = {
  name: 'Gulpease',
  of: (c) => 89 + (300 * c.sentences - 10 * c.letters) / c.words,
  side: 'at least',
  bound: 60,
  remedy: SHORTER,
};

/** E. Ateşman 1997, "Türkçede okunabilirliğin ölçülmesi". 50 to 69: medium; below 50: hard. */
const ATESMAN: Measure = {
  name: 'Ateşman',
  of: (c) => 198.825 - 40.175 * (c.syllables / c.words) - 2.61 * (c.words / c.sentences),
  side: 'at least',
  bound: 50,
  remedy: SHORTER,
};

/**
 * K. N. Al-Heeti 1984: a school grade from the mean length of words, as written, without diacritics. OSMAN
 * (El-Haj & Rayson 2016) counts syllables and needs the diacritics that nobody writes. It looks at words
 * alone, so a bound on sentences stands beside it.
 */
const AL_HEETI: Measure = {
  name: 'Al-Heeti grade',
  of: (c) => 4.414 * (c.letters / c.words) - 13.468,
  side: 'at most',
  bound: 9,
  remedy: 'Use shorter, more usual words.',
};

/** Our own bound: Hebrew as written has about 4.5 letters to a word. */
const HEBREW_WORDS: Measure = {
  name: 'letters per word',
  of: (c) => c.letters / c.words,
  side: 'at most',
  bound: 5.5,
  remedy: 'Use shorter, more usual words.',
};

const LATIN = /\p{Script=Latin}/gu;

/** By BCP 47 tag. A language that is not here cannot be measured, so no notice in it carries a grant. */
export const MEASURED: ReadonlyMap<string, Language> = new Map<string, Language>([
  [
    'en',
    {
      unit: 'words',
      letters: LATIN,
      perMinute: 228,
      syllablesOf: englishSyllables,
      measures: [FLESCH, longest(25)],
    },
  ],
  [
    'de',
    {
      unit: 'words',
      letters: LATIN,
      perMinute: 179,
      syllablesOf: germanSyllables,
      measures: [AMSTAD, longest(25)],
    },
  ],
  ['it', { unit: 'words', letters: LATIN, perMinute: 188, measures: [GULPEASE, longest(25)] }],
  [
    'tr',
    {
      unit: 'words',
      letters: LATIN,
      perMinute: 166,
      syllablesOf: turkishSyllables,
      measures: [ATESMAN, longest(20)],
    },
  ],
  [
    'ar',
    {
      unit: 'words',
      letters: /\p{Script=Arabic}/gu,
      perMinute: 138,
      measures: [meanSentence(12), AL_HEETI, longest(20)],
    },
  ],
  [
    'he',
    {
      unit: 'words',
      letters: /\p{Script=Hebrew}/gu,
      perMinute: 187,
      measures: [meanSentence(12), HEBREW_WORDS, longest(20)],
    },
  ],
  [
    'zh-Hant',
    {
      unit: 'characters',
      letters: /\p{Script=Han}/gu,
      perMinute: 255,
      measures: [meanSentence(24, 'characters'), longest(40, 'characters')],
    },
  ],
]);
