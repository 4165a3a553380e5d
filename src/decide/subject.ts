// The line above a message: the text in the language of the person, with names of the first thing of the list
// as it was settled. What is held back is in no list, so it is in no subject.

import type { DecisionInput } from '../facts/decision.ts';
import type { Item } from '../facts/item.ts';
import type { Placement } from '../facts/placement.ts';
import { SUBJECT_LENGTH_MAX, SUBJECT_PLACE, type SubjectName, lengthOf } from '../facts/subject.ts';
import { type Shelf, classAt } from './shelf.ts';
import { brandTells, leafTells } from './telling.ts';

/** A name shorter than this tells nothing any more. */
const CUT_MIN = 12;

// First strong isolate and its end: a name of another direction of writing leaves the line around it alone.
const ISOLATE = '\u2068';
const ISOLATE_END = '\u2069';
const ISOLATES = 2;
const UNPRINTABLE = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu;

/** Of a list that begins with the thing at `first` of the shelf; `undefined` where the slot has none. */
export function subjectOf(
  { subject }: Placement,
  { language, figures = [] }: Pick<DecisionInput, 'language' | 'figures'>,
  shelf: Shelf,
  first: number,
): string | undefined {
  if (subject === undefined) return undefined;
  const { texts, fallback } = subject;
  const text = language !== undefined && Object.hasOwn(texts, language) ? texts[language] : undefined;
  if (text === undefined) return fallback;
  const words = new Map<string, string>([...figures, ...Object.entries(namesOf(shelf, first))]);
  return filled(text, words) ?? fallback;
}

type Names = Readonly<Partial<Record<SubjectName, string>>>;

/**
 * A thing of a class is named in no subject, also where its person opened the class: a lock screen is read by
 * others. Nor is a brand or a category that holds such things.
 */
function namesOf(shelf: Shelf, first: number): Names {
  const thing = shelf.goods[first];
  if (thing === undefined || classAt(shelf, first) !== undefined) return {};
  const { title, brand } = thing;
  const category = categoryOf(thing);
  return {
    item: title,
    ...(brand === undefined || brandTells(shelf, brand) ? {} : { brand }),
    ...(category === undefined || leafTells(shelf, thing) ? {} : { category }),
  };
}

function categoryOf({ path }: Item): string | undefined {
  return path.at(-1);
}

/**
 * `undefined` when a name or a number is missing, or the line would be too long however much the title is
 * cut.
 */
function filled(text: string, words: ReadonlyMap<string, string>): string | undefined {
  const places = [...text.matchAll(SUBJECT_PLACE)].map(([, name]) => name ?? '');
  const values = new Map<string, string>();
  for (const name of places) {
    const value = words.get(name)?.replaceAll(UNPRINTABLE, ' ').trim();
    if (value === undefined || value === '') return undefined;
    values.set(name, value);
  }
  const fixed = lengthOf(text.replaceAll(SUBJECT_PLACE, '')) + ISOLATES * places.length;
  const others = places.reduce(
    (sum, name) => sum + (name === 'item' ? 0 : lengthOf(values.get(name) ?? '')),
    0,
  );
  const title = values.get('item');
  if (title !== undefined) {
    const times = places.filter((name) => name === 'item').length;
    const cut = cutTo(title, Math.floor((SUBJECT_LENGTH_MAX - fixed - others) / times));
    if (cut === undefined) return undefined;
    values.set('item', cut);
  } else if (fixed + others > SUBJECT_LENGTH_MAX) return undefined;
  return text.replaceAll(SUBJECT_PLACE, (_, name: string) => {
    return `${ISOLATE}${values.get(name) ?? ''}${ISOLATE_END}`;
  });
}

/** Cut between words; a character that is made of several is never split. */
function cutTo(title: string, most: number): string | undefined {
  if (lengthOf(title) <= most) return title;
  const words = title.split(' ');
  let cut = '';
  for (const word of words) {
    const longer = cut === '' ? word : `${cut} ${word}`;
    if (lengthOf(longer) > most - 1) break;
    cut = longer;
  }
  return lengthOf(cut) < CUT_MIN ? undefined : `${cut}…`;
}
