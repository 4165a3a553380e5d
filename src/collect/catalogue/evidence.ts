// Owns: why a thing is of its class, so that a person can check it: which label, which number, which word of
// which list in which text. Asked for one thing at a time, when somebody looks; the import asks classify.ts
// alone.

import type { Item, SensitiveClass } from '../../facts/item.ts';
import { type Classifiable, find } from './classify.ts';
import { type ClassWords, WORD_LANGUAGES, type WordLanguage, type WordsIn } from './word-lists.ts';
import { compileWords, hasWord, normalise, withoutWords } from './word-set.ts';

export interface Evidence {
  readonly class: SensitiveClass;
  /**
   * `label`: the shop's own. `number`: of a published taxonomy. `category`, `title`, `tag`: a word of our
   * lists stands there. `age-group`, `adult`: a mark of the feed. `kept`: the item has the class, and nothing
   * that was kept of it says why: a label or a mark when it came in.
   */
  readonly by: 'label' | 'number' | 'category' | 'title' | 'tag' | 'age-group' | 'adult' | 'kept';
  /** The label, the number, the step of the path, the title or the tag that speaks. */
  readonly text: string;
  /** The word as it stands on the list, `*` for any ending. */
  readonly word?: string;
  readonly language?: WordLanguage;
}

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
export function evidenceOfItem({ sensitive, ...item }: Item): Evidence | undefined {
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
