// The line above a message: what stands in an inbox, on a lock screen, on an envelope. It is read by whoever
// is near, so names are filled into it from the list itself and from nothing else.

/** Names that a subject can hold, each from the first thing of the list. */
export const SUBJECT_NAMES = ['item', 'brand', 'category'] as const;
export type SubjectName = (typeof SUBJECT_NAMES)[number];

export interface SubjectLine {
  /** By language (ISO 639-1) that the person declared. Sorted. */
  readonly texts: Readonly<Record<string, string>>;
  /** Where no language is known, a name is missing or would tell too much, or the line would be too long. */
  readonly fallback: string;
}

/** Characters of a subject: RFC 5322 recommends lines of 78 at most. */
export const SUBJECT_LENGTH_MAX = 78;

/** A name in its place: `{item}`. */
export const SUBJECT_PLACE = /\{([^{}]*)\}|[{}]/g;

/** A released number: the total of a release, or a row of it (docs/releases.md). */
const PEOPLE_PLACE = /\{(people:[0-9a-f]{64}(?:\/[^{}]+)?)\}/g;

/** What stands in the places for released numbers, each once: `people:ID` or `people:ID/ROW`. */
export function peoplePlacesIn(text: string): readonly string[] {
  return [...new Set([...text.matchAll(PEOPLE_PLACE)].flatMap(([, place]) => place ?? []))];
}

/** Characters as a reader counts them, not halves of one. */
export function lengthOf(text: string): number {
  return Array.from(text).length;
}
