// Owns: why a thing is of its class, so that a person can check it: which label, which number, which word of
// which list in which text. Asked for one thing at a time, when somebody looks; the import asks classify.ts
// alone.

import type { Evidence } from '../../facts/evidence.ts';
import type { Item } from '../../facts/item.ts';
import { type Classifiable, find } from './classify.ts';
import { type ClassWords, WORD_LANGUAGES, type WordLanguage, type WordsIn } from './word-lists.ts';
import { compileWords, hasWord, normalise, withoutWords } from './word-set.ts';

/**
 * Example: of `{ title: 'Rotwein trocken', path: [] }` it is `{ class: 'alcohol', by: 'title', text: 'Rotwein
 * trocken', word: 'rotwein', language: 'de' }`.
 */
export function evidenceOf(thing: Classifiable): Evidence | undefined {
  const found = find(thing);
  if (found === undefined) return undefined;
  const { class: name, by, number, source } = found;
  if (by === 'words') return source === undefined ? undefined : wordEvidence(thing, source);
  return { class: name, by, text: number ?? textOfMark(thing, by) };
}

/** Of a thing that is in the catalogue. Its label and the marks of its feed are not kept, its class is. */
export function evidenceOfItem({ sensitive, ...item }: Omit<Item, 'unmapped'>): Evidence | undefined {
  const found = evidenceOf(item);
  if (sensitive === undefined || found?.class === sensitive) return found;
  return { class: sensitive, by: 'kept', text: sensitive };
}

function textOfMark(thing: Classifiable, by: 'label' | 'number' | 'age-group' | 'adult'): string {
  if (by === 'label') return thing.label ?? '';
  return by === 'age-group' ? (thing.ageGroup ?? '') : by;
}

/** Titles first: they are about this thing, categories about many. */
function wordEvidence(thing: Classifiable, source: ClassWords): Evidence | undefined {
  const steps = [...thing.path, ...(thing.shelves ?? []).flatMap((text) => text.split('>'))];
  const places: readonly (readonly [Evidence['by'], readonly string[], readonly WordsIn[]])[] = [
    ['title', [thing.title], [source.words]],
    ['tag', thing.tags ?? [], [source.words]],
    ['category', steps, [source.words, source.paths]],
  ];
  const masks = compileWords(source.masks);
  for (const [by, texts, lists] of places) {
    for (const text of texts) {
      const word = wordIn(withoutWords(normalise(text), masks), lists);
      if (word !== undefined) return { class: source.class, by, text: text.trim(), ...word };
    }
  }
  // A phrase that goes over two steps, or a mask that does: the class is known, its word is not one place.
  return { class: source.class, by: 'category', text: steps.join(' > ') };
}

/** The longest word that stands in the text: `mobility scooter` says more than `scooter`. */
function wordIn(
  text: string,
  lists: readonly WordsIn[],
): { readonly word: string; readonly language: WordLanguage } | undefined {
  let best: { readonly word: string; readonly language: WordLanguage } | undefined;
  for (const list of lists) {
    for (const language of WORD_LANGUAGES) {
      for (const word of list[language] ?? []) {
        if (word.length <= (best?.word.length ?? 0) || !hasWord(text, compileWords([word]))) continue;
        best = { word, language };
      }
    }
  }
  return best;
}
