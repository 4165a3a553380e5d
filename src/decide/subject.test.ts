// Goal: a subject names nothing that a list may not show, is never too long and never breaks the line around
// it. Method: examples, and random names beside what must hold of every line.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DecisionInput } from '../facts/decision.ts';
import type { Item } from '../facts/item.ts';
import { SUBJECT_LENGTH_MAX, lengthOf } from '../facts/subject.ts';
import { decide } from './decide.ts';
import { createScratch } from './score.ts';
import { type Shelf, buildShelf } from './shelf.ts';
import { subjectOf } from './subject.ts';
import { PLACEMENT, fact, inputFor, nameOf, shelfOf } from './testing.ts';

const model = shelfOf({
  count: 4,
  edges: [
    [0, 1, 1],
    [0, 2, 0.5],
    [0, 3, 0.25],
  ],
}).model;
const FALLBACK = 'News from us';
const subject = {
  texts: { de: 'Neu: {item}', en: 'New in {category} by {brand}', fr: '{item}, {item}' },
  fallback: FALLBACK,
};
const placement = { ...PLACEMENT, channels: ['email' as const], subject };

function shelfWith(more: (index: number) => Partial<Item>): Shelf {
  const items = [0, 1, 2, 3].map((n) => ({
    id: nameOf(n),
    title: `Thing ${n}`,
    path: ['Shop', `Leaf ${n}`],
    brand: `Brand ${n}`,
    available: true,
    ...more(n),
  }));
  return buildShelf(model, 7, items);
}

const bare = (text: string | undefined): string | undefined => text?.replaceAll(/[\u2068\u2069]/g, '');
const lineOf = (shelf: Shelf, language?: string, first = 1): string | undefined =>
  bare(subjectOf(placement, language === undefined ? {} : { language }, shelf, first));

describe('a subject', () => {
  it('[D54] is the text of the language with names between isolates, or the fallback', () => {
    const shelf = shelfWith(() => ({}));
    expect(subjectOf(placement, { language: 'de' }, shelf, 1)).toBe('Neu: \u2068Thing 1\u2069');
    expect(lineOf(shelf, 'en')).toBe('New in Leaf 1 by Brand 1');
    expect(lineOf(shelf, 'nl')).toBe(FALLBACK);
    expect(lineOf(shelf, 'constructor')).toBe(FALLBACK);
    expect(lineOf(shelf)).toBe(FALLBACK);
    const { subject: _, ...plain } = placement;
    expect(subjectOf(plain, { language: 'de' }, shelf, 1)).toBeUndefined();
    const nameless = shelfWith(() => ({ brand: undefined as never }));
    expect(lineOf(nameless, 'en')).toBe(FALLBACK);
  });

  it('[D70] says a released number as the record holds it, and without it the fallback stands', () => {
    const shelf = shelfWith(() => ({}));
    const place = `people:${'a'.repeat(64)}/Food > Tea`;
    const numbered = { texts: { en: `Like {${place}} people: {item}` }, fallback: FALLBACK };
    const say = (figures?: DecisionInput['figures']): string | undefined =>
      bare(
        subjectOf(
          { ...placement, subject: numbered },
          { language: 'en', ...(figures === undefined ? {} : { figures }) },
          shelf,
          1,
        ),
      );
    expect(say([[place, 'about 2,300']])).toBe('Like about 2,300 people: Thing 1');
    expect(say()).toBe(FALLBACK);
    expect(say([[`people:${'b'.repeat(64)}`, 'about 2,300']])).toBe(FALLBACK);
    // What a number takes away of the room, a long title gives.
    const long = shelfWith(() => ({ title: 'long '.repeat(30).trim() }));
    const line = bare(
      subjectOf(
        { ...placement, subject: numbered },
        { language: 'en', figures: [[place, 'about 2,300']] },
        long,
        1,
      ),
    );
    expect(line).toMatch(/^Like about 2,300 people: long .*…$/);
    expect(lengthOf(line ?? '')).toBeLessThanOrEqual(SUBJECT_LENGTH_MAX);
  });

  it('[D54] is as long as it may be and not a character longer', () => {
    const titled = (title: string): string | undefined =>
      lineOf(
        shelfWith(() => ({ title })),
        'de',
      );
    // Beside five characters of its own and two isolates.
    const room = SUBJECT_LENGTH_MAX - 7;
    expect(titled('x'.repeat(room))).toBe(`Neu: ${'x'.repeat(room)}`);
    expect(titled(`${'x'.repeat(room - 1)} and more`)).toBe(`Neu: ${'x'.repeat(room - 1)}…`);
    expect(titled(`${'x'.repeat(room)} and more`)).toBe(FALLBACK);
    expect(titled(`${'x'.repeat(12)} ${'y'.repeat(room)}`)).toBe(`Neu: ${'x'.repeat(12)}…`);
    expect(titled(`${'x'.repeat(11)} ${'y'.repeat(room)}`)).toBe(FALLBACK);
    const branded = (length: number): string | undefined =>
      lineOf(
        shelfWith(() => ({ brand: 'b'.repeat(length) })),
        'en',
      );
    const most = SUBJECT_LENGTH_MAX - 'New in Leaf 1 by '.length - 4;
    expect(branded(most)).toBe(`New in Leaf 1 by ${'b'.repeat(most)}`);
    expect(branded(most + 1)).toBe(FALLBACK);
  });

  it('[D54] names no thing of a class, and no brand or leaf with such things', () => {
    const health = { sensitive: 'health' as const };
    expect(
      lineOf(
        shelfWith((n) => (n === 1 ? health : {})),
        'de',
      ),
    ).toBe(FALLBACK);
    expect(
      lineOf(
        shelfWith((n) => (n === 3 ? { ...health, brand: 'brand 1' } : {})),
        'en',
      ),
    ).toBe(FALLBACK);
    expect(
      lineOf(
        shelfWith((n) => (n === 3 ? { ...health, path: ['SHOP', 'Leaf 1'] } : {})),
        'en',
      ),
    ).toBe(FALLBACK);
    expect(
      lineOf(
        shelfWith((n) => (n === 3 ? health : {})),
        'en',
      ),
    ).toBe('New in Leaf 1 by Brand 1');
  });

  it('[D54] names what is in the list after all guards, also where a class is open', () => {
    const shelf = shelfWith((n) => (n === 1 ? { sensitive: 'health' } : n === 2 ? { available: false } : {}));
    const input = inputFor(shelf, { channel: 'push', facts: [fact(0)], language: 'de' });
    const result = (more: object): string | undefined =>
      bare(decide({ input: { ...input, ...more }, placement, shelf, scratch: createScratch(shelf) }).subject);
    expect(result({})).toBe('Neu: Thing 3');
    expect(result({ declared: ['health'] })).toBe(FALLBACK);
    expect(result({ facts: [] })).toBeUndefined();
  });

  it('[D54] cuts a title between words and holds 78 characters, whatever the names are', () => {
    const long =
      'Organic mountain oolong from the western slopes, spring harvest, in a tin of five hundred grams';
    const cut =
      lineOf(
        shelfWith(() => ({ title: long })),
        'de',
      ) ?? '';
    expect(cut).toBe('Neu: Organic mountain oolong from the western slopes, spring harvest, in a…');
    expect(
      lineOf(
        shelfWith(() => ({ title: 'x'.repeat(90) })),
        'de',
      ),
    ).toBe(FALLBACK);
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 120 }),
        fc.constantFrom('de', 'en', 'fr'),
        (name, language) => {
          const shelf = shelfWith(() => ({ title: name, brand: name }));
          const line = subjectOf(placement, { language }, shelf, 1) ?? '';
          expect(lengthOf(line)).toBeLessThanOrEqual(SUBJECT_LENGTH_MAX);
          expect(bare(line)).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
          expect(line.match(/\u2068/g)?.length).toBe(line.match(/\u2069/g)?.length);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('[D54] keeps direction characters of a name out of the line', () => {
    const shelf = shelfWith(() => ({ title: 'good\u202e\u2069 tea\n' }));
    expect(subjectOf(placement, { language: 'de' }, shelf, 1)).toBe('Neu: \u2068good  tea\u2069');
  });
});
