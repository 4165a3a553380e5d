// Owns: which sensitive class a thing belongs to, by what the shop itself says of it: its label, numbers of
// published taxonomies, its categories, its title, the marks of a product feed. Rules, not a model: a shop
// must be able to see why its article is held back, and to name the word (evidence.ts).

import { SENSITIVE_CLASSES, type SensitiveClass } from '../../facts/item.ts';
import { SENSITIVE_WORDS } from './sensitive-words.ts';
import { classOfTaxonomyId, taxonomyId } from './taxonomy-id.ts';
import { type ClassWords, allWords } from './word-lists.ts';
import { type WordSet, compileWords, hasWord, normalise, withoutWords } from './word-set.ts';

export interface Classifiable {
  readonly title: string;
  readonly path: readonly string[];
  /** As in `Item.category`: `google:421`, `shopify:hb-1-9`. */
  readonly category?: string;
  /** Further categories: paths or numbers of the published taxonomies, e.g. `google_product_category`. */
  readonly shelves?: readonly string[];
  /**
   * Free words of the shop, e.g. the tags of an export. Read like titles: they are not sorted like
   * categories.
   */
  readonly tags?: readonly string[];
  /** Merchant feed `adult`: yes. */
  readonly adult?: boolean;
  /** Merchant feed `age_group`: newborn, infant, toddler, kids, adult. */
  readonly ageGroup?: string;
  /** The shop's own label. It can add a class, never take one away. */
  readonly label?: string;
}

interface CompiledClass {
  readonly class: SensitiveClass;
  readonly source: ClassWords;
  readonly paths: WordSet;
  readonly words: WordSet;
  readonly masks: WordSet;
  readonly unless: WordSet;
  readonly unlessPath: WordSet;
  readonly unlessBroad: WordSet;
}

const CLASSES: readonly CompiledClass[] = SENSITIVE_WORDS.map((entry) => ({
  class: entry.class,
  source: entry,
  paths: compileWords([...allWords(entry.paths), ...allWords(entry.words)]),
  words: compileWords(allWords(entry.words)),
  masks: compileWords(entry.masks),
  unless: compileWords(entry.unless),
  unlessPath: compileWords(entry.unlessPath),
  unlessBroad: compileWords(entry.unlessBroad),
}));

const SMALL_CHILDREN: readonly string[] = ['newborn', 'infant', 'toddler'];

/** What named the class: enough to look up the rest. */
export interface Found {
  readonly class: SensitiveClass;
  readonly by: 'label' | 'number' | 'words' | 'age-group' | 'adult';
  /** Of `number` the number, as in `Item.category`. */
  readonly number?: string;
  /** Of `words` the lists that it was found by. */
  readonly source?: ClassWords;
}

/**
 * The sensitive class of a thing, `undefined` if none was found.
 * `classify({ title: 'Rotwein trocken', path: [] })` is `'alcohol'`; `classify({ title: 'Wine vinegar', path:
 * [] })` is `undefined`.
 */
export function classify(thing: Classifiable): SensitiveClass | undefined {
  return find(thing)?.class;
}

/** The same with what named it. The first that speaks counts, in the order of `Found.by`. */
export function find(thing: Classifiable): Found | undefined {
  const label = SENSITIVE_CLASSES.find((name) => name === thing.label);
  if (label !== undefined) return { class: label, by: 'label' };
  for (const text of [thing.category ?? '', ...(thing.shelves ?? [])]) {
    const number = taxonomyId(text);
    const numbered = number === undefined ? undefined : classOfTaxonomyId(number);
    if (number !== undefined && numbered !== undefined) return { class: numbered, by: 'number', number };
  }
  const { path, title } = textsOf(thing);
  const found = CLASSES.find((entry) => isOfClass(entry, path, title));
  if (found !== undefined) return { class: found.class, by: 'words', source: found.source };
  if (thing.ageGroup !== undefined && SMALL_CHILDREN.includes(thing.ageGroup))
    return { class: 'pregnancy-baby', by: 'age-group' };
  return thing.adult === true ? { class: 'sexuality', by: 'adult' } : undefined;
}

/**
 * Steps of all its categories and words of its title, normalised, `>` between what does not belong together.
 */
function textsOf({ title, path, shelves = [], tags = [] }: Classifiable): {
  readonly path: string;
  readonly title: string;
} {
  return {
    path: [...path, ...shelves.flatMap((text) => text.split('>'))].map(normalise).join(' > '),
    title: [title, ...tags].map(normalise).join(' > '),
  };
}

function isOfClass(entry: CompiledClass, path: string, title: string): boolean {
  const shelf = withoutWords(path, entry.masks);
  const inPath = hasWord(shelf, entry.paths);
  const inTitle = hasWord(withoutWords(title, entry.masks), entry.words);
  if (!inPath && !inTitle) return false;
  // Asked last: hardly any thing comes here.
  if (hasWord(`${path} > ${title}`, entry.unless) || hasWord(path, entry.unlessPath)) return false;
  return inTitle || hasWord(shelf, entry.words) || !hasWord(path, entry.unlessBroad);
}
