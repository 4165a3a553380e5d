// Can people read this notice, and will they? A consent is informed only if it was asked in clear and plain
// language (GDPR 4(11), 7(2)). What cannot be measured counts as unreadable.

import { LIMITS } from '../../kernel/limits.ts';
import { type Result, err, ok } from '../../kernel/result.ts';
import { type Counts, type Language, MEASURED, type Measure } from './measures.ts';
import { letterCount, sentencesOf, wordsOf } from './text.ts';

/**
 * Longest time that reading may take. A minute is our own bound: policies that take ten (McDonald & Cranor
 * 2008, "The cost of reading privacy policies") are not read.
 */
const NOTICE_SECONDS_MAX = 60;

/** Share of letters that must be of the script of the language; a name may be written in another one. */
const SCRIPT_SHARE_MIN = 0.8;

/**
 * Control characters but line breaks and tabs, and signs nobody sees: for the measure alone they split words.
 */
const HIDDEN = /[\p{Cf}\p{Cs}\p{Co}\u2028\u2029]|(?![\n\t])\p{Cc}/u;

export interface Check {
  readonly name: string;
  readonly value: number;
  readonly side: 'at least' | 'at most';
  readonly bound: number;
  readonly passed: boolean;
  readonly remedy: string;
}

export interface HardSentence {
  readonly text: string;
  readonly words: number;
  /** By the first measure of the language. */
  readonly value: number;
}

export interface Readability {
  /** Every check is passed. */
  readonly readable: boolean;
  readonly checks: readonly Check[];
  /** The three hardest, the worst first. */
  readonly hardest: readonly HardSentence[];
  readonly counts: Counts;
  readonly unit: Language['unit'];
}

/**
 * Measures a notice in a language (BCP 47, as registered). The error says why nothing can be measured.
 * `measureText('We keep what you buy. You can say no.', 'en')` is readable: ease 107, 5 seconds.
 */
export function measureText(text: string, language: string): Result<Readability, string> {
  const known = MEASURED.get(language);
  if (known === undefined) {
    const names = [...MEASURED.keys()].join(', ');
    return err(`readability cannot be measured in ${JSON.stringify(language)}, only in ${names}`);
  }
  if (text.length > LIMITS.noticeLengthMax) {
    return err(`it has ${text.length} characters; more than ${LIMITS.noticeLengthMax} are not even measured`);
  }
  if (HIDDEN.test(text)) return err('it has characters that nobody can see');
  const sentences = sentencesOf(text);
  const [first] = sentences;
  if (first === undefined) return err('there is no sentence in it');
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const own = text.match(known.letters)?.length ?? 0;
  if (!(own >= SCRIPT_SHARE_MIN * letters && own > 0)) {
    return err(`${own} of its ${letters} letters are of the script of ${language}`);
  }
  const counts = countsOf(sentences, known);
  const checks = [lengthOf(known), ...known.measures].map((measure) => check(measure, counts));
  const readable = checks.every(({ passed }) => passed);
  return ok({ readable, checks, hardest: hardestOf(sentences, known), counts, unit: known.unit });
}

function countsOf(sentences: readonly string[], language: Language): Counts {
  const perSentence = sentences.map((sentence) => wordsOf(sentence, language.unit === 'characters'));
  const words = perSentence.flat();
  const { syllablesOf } = language;
  return {
    words: words.length,
    sentences: sentences.length,
    letters: letterCount(words),
    syllables: syllablesOf === undefined ? 0 : words.reduce((sum, word) => sum + syllablesOf(word), 0),
    longest: Math.max(...perSentence.map((list) => list.length)),
  };
}

function lengthOf({ perMinute, unit }: Language): Measure {
  return {
    name: `seconds to read (${perMinute} ${unit} a minute)`,
    of: ({ words }) => (words * 60) / perMinute,
    side: 'at most',
    bound: NOTICE_SECONDS_MAX,
    remedy: 'Say less: what people need to decide, and where the rest stands.',
  };
}

function check({ name, of, side, bound, remedy }: Measure, counts: Counts): Check {
  const value = of(counts);
  // Asked for the yes: what is no number has not passed.
  const passed = side === 'at least' ? value >= bound : value <= bound;
  return { name, value, side, bound, passed, remedy };
}

function hardestOf(sentences: readonly string[], language: Language): readonly HardSentence[] {
  const [measure] = language.measures;
  if (measure === undefined) return [];
  const sign = measure.side === 'at least' ? 1 : -1;
  return sentences
    .map((text) => {
      const counts = countsOf([text], language);
      return { text, words: counts.words, value: measure.of(counts) };
    })
    .sort((a, b) => sign * (a.value - b.value))
    .slice(0, 3);
}

/** `Flesch reading ease 41.2, at least 60 is asked`. */
export function checkText({ name, value, side, bound }: Check): string {
  return `${name} ${value.toFixed(1)}, ${side} ${bound} is asked`;
}
