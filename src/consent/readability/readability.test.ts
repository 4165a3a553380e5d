// Goal: what people cannot read is found, in each language, and nothing makes a hard text pass. Method:
// published and hand-counted values, the product's own notice, and texts made harder one step at a time.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { classNotice } from '../../facts/class-notice.ts';
import { SHOP } from '../testing.ts';
import { STANDARD_TEXTS } from '../../facts/standard-notice.ts';
import { type Counts, MEASURED } from './measures.ts';
import { type Readability, checkText, measureText } from './readability.ts';
import { englishSyllables, germanSyllables, sentencesOf, turkishSyllables, wordsOf } from './text.ts';

function measured(text: string, language: string): Readability {
  const read = measureText(text, language);
  if (!read.ok) throw new Error(read.error);
  return read.value;
}

/** The value of the measure that says most. */
const ease = (text: string, language: string): number =>
  measured(text, language).checks[1]?.value ?? Number.NaN;
const failed = (text: string, language: string): readonly string[] =>
  measured(text, language)
    .checks.filter(({ passed }) => !passed)
    .map(({ name }) => name);

describe('formulas', () => {
  test('[G37] give the values that were published or counted by hand', () => {
    // Both stand in encyclopaedias beside the formula: 116 and 37.5.
    expect(ease('The cat sat on the mat.', 'en')).toBeCloseTo(116.1, 1);
    const platypus = 'The Australian platypus is seemingly a hybrid of a mammal and reptilian creature.';
    expect(ease(platypus, 'en')).toBeCloseTo(37.5, 1);
    // 5 words, 8 syllables: Die Kat-ze sitzt im Gar-ten → 180 − 5 − 58.5 · 7/5.
    expect(ease('Die Katze sitzt im Garten.', 'de')).toBeCloseTo(180 - 5 - 58.5 * (7 / 5), 9);
    // 5 words, 21 letters: Il gatto dorme nel giardino.
    expect(ease('Il gatto dorme nel giardino.', 'it')).toBeCloseTo(89 + (300 - 230) / 5, 9);
    // Ke-di bah-çe-de u-yu-yor: 3 words, 8 syllables.
    expect(ease('Kedi bahçede uyuyor.', 'tr')).toBeCloseTo(198.825 - 40.175 * (8 / 3) - 2.61 * 3, 9);
    // 3 words of 5, 4 and 7 letters.
    expect(measured('القطة تنام بالحديقة.', 'ar').checks[2]?.value).toBeCloseTo(4.414 * (17 / 3) - 13.468, 9);
    expect(ease('החתול ישן בגינה. הוא שבע.', 'he')).toBe(2.5);
    expect(ease('貓在花園裡睡覺。牠很飽。', 'zh-Hant')).toBe(5);
  });

  test.each([
    ['make', 1],
    ['asked', 1],
    ['wanted', 2],
    ['table', 2],
    ['houses', 2],
    ['things', 1],
    ['any', 2],
    ['baskets', 2],
    ['the', 1],
    ['42', 2],
  ])('[G37] English: %s has %i syllables', (word, count) => {
    expect(englishSyllables(word)).toBe(count);
  });

  test('[G37] German and Turkish syllables', () => {
    expect(['Häuser', 'Rabatte', 'schreiben', 'Quelle', 'Ja'].map(germanSyllables)).toEqual([2, 3, 2, 2, 1]);
    expect(['İstediğiniz', 'IŞIK', 'ödül', 'iki'].map(turkishSyllables)).toEqual([5, 2, 2, 2]);
  });
});

describe('a text is taken apart', () => {
  test('[G38] into sentences; a stop that may be an abbreviation, or a mere line break, ends none', () => {
    expect(sentencesOf('One two. Three!\nFour five')).toEqual(['One two.', 'Three!', 'Four five']);
    expect(sentencesOf('We keep it\nas long\nas needed.')).toHaveLength(1);
    expect(sentencesOf('Title\n\nText here.')).toHaveLength(2);
    expect(sentencesOf('For:\n- one thing\n- another')).toHaveLength(3);
    expect(sentencesOf('Dinge, z. B. Käse, am 1. Mai. Ende.')).toHaveLength(2);
    expect(sentencesOf('It costs 3.50 euro, e.g. for tea.')).toHaveLength(1);
    expect(sentencesOf('可以嗎？可以。')).toHaveLength(2);
    expect(sentencesOf('... !')).toEqual([]);
    expect(wordsOf('one-by-one, don’t', false)).toEqual(['one-by-one', 'don’t']);
    expect(wordsOf('用 Fineline 嗎', true)).toEqual(['用', 'Fineline', '嗎']);
  });
});

describe('bounds', () => {
  test('[G38] the notices of the product are within all of them, in seven languages, with room', () => {
    expect(Object.keys(STANDARD_TEXTS).sort()).toEqual([...MEASURED.keys()].sort());
    const CLASS_TEXTS = Object.entries(classNotice(SHOP).texts);
    expect(CLASS_TEXTS).toHaveLength(MEASURED.size);
    for (const [language, text] of [...Object.entries(STANDARD_TEXTS), ...CLASS_TEXTS]) {
      const { readable, checks } = measured(text, language);
      expect(readable, language).toBe(true);
      expect(checks[0]?.value, language).toBeLessThan(50);
    }
  });

  test('[G38] more than a minute is too long, and so is one long sentence among short ones', () => {
    for (const [language, text] of Object.entries(STANDARD_TEXTS)) {
      expect(failed(`${text}\n\n${text}`, language), language).toEqual([
        expect.stringContaining('seconds to read') as unknown,
      ]);
    }
    const short = 'We keep it. '.repeat(20);
    const long =
      'You can go and see it and do it or not do it as you like it or as we do it if we can do it all.';
    expect(failed(`${short}${long}`, 'en')).toEqual(['words in the longest sentence']);
    expect(measured(`${short}${long}`, 'en').hardest[0]?.text).toBe(long);
  });

  test('[G38] lawyers’ words are too hard', () => {
    const legal = 'Notwithstanding applicable statutory provisions, personal information is communicated.';
    expect(failed(legal, 'en')).toContain('Flesch reading ease');
    const german =
      'Die Verarbeitung personenbezogener Daten erfolgt zur Aufrechterhaltung vertraglicher Verpflichtungen.';
    expect(failed(german, 'de')).toContain('Flesch-Amstad');
    expect(
      failed('Il trattamento automatizzato presuppone autorizzazioni preventivamente manifestate.', 'it'),
    ).toContain('Gulpease');
    expect(
      failed(
        'Kişiselleştirilmiş değerlendirmelerinizin gerçekleştirilebilmesi yükümlülüklerimizdendir.',
        'tr',
      ),
    ).toContain('Ateşman');
    expect(checkText(measured(legal, 'en').checks[1]!)).toMatch(
      /^Flesch reading ease -[\d.]+, at least 60 is asked$/,
    );
  });

  test.each([
    ['a language nobody measures', 'Nous gardons ce que vous achetez.', 'fr', /cannot be measured in "fr"/],
    ['another script', 'We keep what you buy.', 'he', /0 of its 16 letters/],
    ['half of another script', 'אנחנו שומרים what you buy.', 'he', /11 of its 21 letters/],
    ['a language as nobody spells it', 'We keep it.', 'EN', /cannot be measured/],
    ['signs that nobody sees', 'We ke\u200bep it.', 'en', /nobody can see/],
    ['a direction that turns it around', 'We keep \u202eit.', 'en', /nobody can see/],
    ['nothing', ' \n ', 'en', /no sentence/],
    ['too much', 'We keep it. '.repeat(400), 'en', /4800 characters/],
  ])('[G39] %s cannot be measured, so it is not readable', (_, text, language, why) => {
    const read = measureText(text, language);
    expect(read.ok ? 'measured' : read.error).toMatch(why);
  });
});

describe('nothing is read easier for being longer', () => {
  const LATIN = [...MEASURED].filter(([, { measures }]) => measures.length > 0);

  test('[G38] fewer sentences for the same words make no measure better', () => {
    const sums = fc.record({
      words: fc.integer({ min: 2, max: 300 }),
      sentences: fc.integer({ min: 2, max: 60 }),
      perWord: fc.integer({ min: 1, max: 5 }),
      longest: fc.integer({ min: 1, max: 60 }),
    });
    fc.assert(
      fc.property(sums, ({ words, sentences, perWord, longest }) => {
        const counts: Counts = {
          words,
          sentences,
          letters: words * perWord * 2,
          syllables: words * perWord,
          longest,
        };
        const joined: Counts = { ...counts, sentences: sentences - 1, longest: longest + 1 };
        for (const [, { measures }] of LATIN) {
          for (const { of, side } of measures) {
            const [one, other] = [of(counts), of(joined)];
            expect(side === 'at least' ? other <= one : other >= one).toBe(true);
          }
        }
      }),
    );
  });

  test('[G38] two sentences made one by taking the stop away are never easier', () => {
    const word = fc.constantFrom('we', 'keep', 'things', 'recommendation', 'you', 'buy', 'information', 'it');
    const sentence = fc.array(word, { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.array(sentence, { minLength: 2, maxLength: 8 }), fc.nat(6), (list, at) => {
        const texts = list.map((words) => `X${words.join(' ')}`);
        const cut = at % (texts.length - 1);
        const stops = (without: number): string =>
          texts
            .map((text, index) => text + (index === without ? ' ' : '. '))
            .join('')
            .trim();
        expect(ease(stops(cut), 'en')).toBeLessThanOrEqual(ease(stops(-1), 'en'));
      }),
    );
  });
});
