// A rough number as copy writes it, in the languages of the town: “about 2,300”. The word stands within a
// sentence; who begins one with a number writes it another way.

export const COPY_LANGUAGES = ['en', 'de', 'it', 'tr', 'ar', 'he', 'zh-Hant'] as const;
export type CopyLanguage = (typeof COPY_LANGUAGES)[number];

const ABOUT: Readonly<Record<CopyLanguage, (number: string) => string>> = {
  en: (number) => `about ${number}`,
  de: (number) => `etwa ${number}`,
  it: (number) => `circa ${number}`,
  tr: (number) => `yaklaşık ${number}`,
  ar: (number) => `نحو ${number}`,
  he: (number) => `כ-${number}`,
  'zh-Hant': (number) => `約 ${number}`,
};

/** Of a code as people declare it; `undefined`: there is no word for it here, so no number is written. */
export function copyLanguageOf(code: string): CopyLanguage | undefined {
  return COPY_LANGUAGES.find((each) => each === code);
}

/** A formatter takes a hundred times as long to make as to use, and a subject asks for one each time. */
const formats = new Map<CopyLanguage, Intl.NumberFormat>();

/**
 * The digits are the platform's (Unicode CLDR), so two builds of it may write a number differently. A
 * decision keeps the words that it wrote, and is made again from those.
 */
export function aboutIn(language: CopyLanguage): (number: number) => string {
  const format = formats.get(language) ?? new Intl.NumberFormat(language);
  formats.set(language, format);
  return (number) => ABOUT[language](format.format(number));
}
