// The subject line of a slot whose messages have one.

import { REACHES_OUT } from './channel.ts';
import { type Parsed, parseText, problem } from './parse.ts';
import type { Placement } from './placement.ts';
import type { PurposeRules } from './policy.ts';
import { type Read, type Reader, readerOf } from './reading.ts';
import { COPY_LANGUAGES, copyLanguageOf } from './about.ts';
import {
  SUBJECT_LENGTH_MAX,
  SUBJECT_NAMES,
  SUBJECT_PLACE,
  type SubjectLine,
  lengthOf,
  peoplePlacesIn,
} from './subject.ts';

const FALLBACK = 'fallback';
const LANGUAGES_MAX = 50;

/** Example: `{ en: 'New: {item}', fallback: 'News from us' }`. */
export function readSubject(value: unknown): Read<SubjectLine> {
  const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  const languages = keys
    .filter((name) => /^[a-z]{2,3}$/.test(name))
    .slice(0, LANGUAGES_MAX)
    .sort();
  const opened = readerOf(value, { what: '', names: [...languages, FALLBACK], not: NOT_A_LANGUAGE });
  if (!opened.ok) return opened;
  const reader = opened.value;
  const fallback = reader.take(FALLBACK, parseFallback);
  const texts: Record<string, string> = {};
  for (const language of languages) {
    const text = reader.take(language, (line, field) => parseTextOf(line, field, language));
    if (text !== undefined) texts[language] = text;
  }
  return reader.done(fallback === undefined ? undefined : { texts, fallback });
}

const NOT_A_LANGUAGE = { default: 'Write fallback.', name: 'Nobody is named in a subject.' };

function parseFallback(value: unknown, field: string): Parsed<string> {
  const text = parseLine(value, field);
  if (!text.ok || placesIn(text.value).length === 0) return text;
  const remedy = 'It stands where no name can be filled in.';
  return { ok: false, error: problem(field, 'a text without places in braces', remedy) };
}

/** A number is written with the word for “about”, so only where there is one. */
function parseTextOf(value: unknown, field: string, language: string): Parsed<string> {
  const text = parseLine(value, field);
  if (!text.ok || peoplePlacesIn(text.value).length === 0 || copyLanguageOf(language) !== undefined)
    return text;
  const remedy = 'Write the subject of this language without a number.';
  return { ok: false, error: problem(field, `a number of people in ${COPY_LANGUAGES.join(', ')}`, remedy) };
}

function parseLine(value: unknown, field: string): Parsed<string> {
  // Twice the units: of characters outside the basic plane each has two.
  const text = parseText(value, { field, lengthMax: 4 * SUBJECT_LENGTH_MAX });
  if (!text.ok) return text;
  const numbers = peoplePlacesIn(text.value).map((place) => `{${place}}`);
  const unknown = placesIn(text.value).find((place) => !KNOWN.includes(place) && !numbers.includes(place));
  if (unknown !== undefined) {
    const said = 'A number of people comes from a release: {people:ID} or {people:ID/ROW}.';
    const remedy = `${unknown} is none of them. ${said}`;
    return { ok: false, error: problem(field, `${KNOWN.join(', ')} alone in braces`, remedy) };
  }
  if (lengthOf(text.value.replaceAll(SUBJECT_PLACE, '')) <= SUBJECT_LENGTH_MAX) return text;
  const expected = `at most ${SUBJECT_LENGTH_MAX} characters`;
  return {
    ok: false,
    error: problem(field, expected, 'Shorten it: longer subjects are cut where they are read.'),
  };
}

const KNOWN: readonly string[] = SUBJECT_NAMES.map((name) => `{${name}}`);

function placesIn(text: string): readonly string[] {
  return [...text.matchAll(SUBJECT_PLACE)].map(([place]) => place);
}

/** A page has no subject, and a language that may not be read chooses none. */
export function refuseSubjects(
  reader: Reader,
  placements: readonly Placement[],
  purposes: PurposeRules,
): void {
  for (const [at, { subject, channels, purpose }] of placements.entries()) {
    if (subject === undefined) continue;
    const field = `placements/${at}/subject`;
    if (!channels.every((channel) => REACHES_OUT.includes(channel)))
      reader.refuse(problem(field, `channels of ${REACHES_OUT.join(', ')} alone`, 'A page has no subject.'));
    if (Object.keys(subject.texts).length === 0 || purposes[purpose]?.includes('demographics') !== false)
      continue;
    const remedy = `Add demographics to purposes/${purpose}, or write fallback alone.`;
    reader.refuse(problem(field, `a purpose that may know the language people declared`, remedy));
  }
}
