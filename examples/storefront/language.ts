// The seven languages of the shop: how each calls itself, which way it runs, and its numbers, prices and
// dates. The language stands in the address (`/de/…`), so that a page can be linked, and no cookie is needed
// to remember it.

export const LANGUAGES = ['en', 'de', 'it', 'tr', 'ar', 'he', 'zh-Hant'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What a language calls itself: whoever cannot read this page can still find theirs. */
export const OWN_NAMES: Readonly<Record<Language, string>> = {
  en: 'English',
  de: 'Deutsch',
  it: 'Italiano',
  tr: 'Türkçe',
  ar: 'العربية',
  he: 'עברית',
  'zh-Hant': '繁體中文',
};

export interface Formats {
  /** Euro cents. */
  price(minor: number): string;
  number(value: number): string;
  /** With the commas of the language. */
  list(words: readonly string[]): string;
  /** A share of one, with one decimal below 10 %, two below 1 %. */
  share(value: number): string;
  day(time: string | number): string;
  /** Day and minute. */
  moment(time: string | number): string;
}

export function isLanguage(text: string | undefined): text is Language {
  return LANGUAGES.some((language) => language === text);
}

export function directionOf(language: Language): 'ltr' | 'rtl' {
  return language === 'ar' || language === 'he' ? 'rtl' : 'ltr';
}

const FORMATS: ReadonlyMap<Language, Formats> = new Map(
  LANGUAGES.map((language) => [language, formatsIn(language)]),
);

export function formatsOf(language: Language): Formats {
  return FORMATS.get(language) ?? formatsIn(language);
}

/** Commas of their own; the others write the Latin one. */
const COMMAS: Readonly<Partial<Record<Language, string>>> = { ar: '، ', 'zh-Hant': '、' };

function formatsIn(language: Language): Formats {
  const price = new Intl.NumberFormat(language, { style: 'currency', currency: 'EUR' });
  const number = new Intl.NumberFormat(language);
  const whole = new Intl.NumberFormat(language, { style: 'percent' });
  const fine = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 });
  const finest = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 2 });
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
  const moment = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  return {
    price: (minor) => price.format(minor / 100),
    number: (value) => number.format(value),
    share: (value) => (value < 0.01 ? finest : value < 0.1 ? fine : whole).format(value),
    list: (words) => words.join(COMMAS[language] ?? ', '),
    day: (time) => day.format(new Date(time)),
    moment: (time) => moment.format(new Date(time)),
  };
}

/** Entries of an Accept-Language header that are looked at. */
const WISHES_MAX = 20;

/** The first language of the browser that the shop speaks, by its weights; English otherwise. */
export function preferredLanguage(header: string | undefined): Language {
  const wishes = (header ?? '').split(',', WISHES_MAX).map((entry) => {
    const [tag = '', quality = 'q=1'] = entry.trim().split(/\s*;\s*/, 2);
    return { tag: tag.toLowerCase(), weight: Number(quality.replace('q=', '')) || 0 };
  });
  for (const { tag } of wishes.sort((a, b) => b.weight - a.weight)) {
    const found = LANGUAGES.find((language) => {
      const own = language === 'zh-Hant' ? 'zh' : language;
      return tag === own || tag.startsWith(`${own}-`);
    });
    if (found !== undefined) return found;
  }
  return 'en';
}
