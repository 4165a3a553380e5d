// Owns: which sensitive class a thing belongs to, by what the shop itself says of it: its categories, its
// title, the marks of a product feed. Rules, not a model: a shop must be able to see why its article is held
// back, and to name the word.

import { type Item, SENSITIVE_CLASSES, type SensitiveClass } from '../../facts/item.ts';
import { classOfGoogleId } from './google-ids.ts';
import { SENSITIVE_WORDS } from './sensitive-words.ts';
import { type WordSet, compileWords, hasWord, normalise, withoutWords } from './word-set.ts';

export interface Classifiable {
  readonly title: string;
  readonly path: readonly string[];
  /** `google_product_category`: a path or its number. */
  readonly googleCategory?: string;
  /** Merchant feed `adult`: yes. */
  readonly adult?: boolean;
  /** Merchant feed `age_group`: newborn, infant, toddler, kids, adult. */
  readonly ageGroup?: string;
  /** The shop's own label. It can add a class, never take one away. */
  readonly label?: string;
}

interface CompiledClass {
  readonly class: SensitiveClass;
  readonly paths: WordSet;
  readonly words: WordSet;
  readonly masks: WordSet;
  readonly unless: WordSet;
  readonly unlessPath: WordSet;
}

const CLASSES: readonly CompiledClass[] = SENSITIVE_WORDS.map((entry) => ({
  class: entry.class,
  paths: compileWords([...entry.paths, ...entry.words]),
  words: compileWords(entry.words),
  masks: compileWords(entry.masks),
  unless: compileWords(entry.unless),
  unlessPath: compileWords(entry.unlessPath),
}));

const SMALL_CHILDREN: readonly string[] = ['newborn', 'infant', 'toddler'];

/**
 * The sensitive class of a thing, `undefined` if none was found.
 * `classify({ title: 'Rotwein trocken', path: [] })` is `'alcohol'`; `classify({ title: 'Wine vinegar', path:
 * [] })` is `undefined`.
 */
export function classify(thing: Classifiable): SensitiveClass | undefined {
  const label = SENSITIVE_CLASSES.find((name) => name === thing.label);
  if (label !== undefined) return label;
  const numbered = thing.googleCategory === undefined ? undefined : classOfGoogleId(thing.googleCategory);
  if (numbered !== undefined) return numbered;
  const path = [...thing.path, ...(thing.googleCategory ?? '').split('>')].map(normalise).join(' > ');
  const title = normalise(thing.title);
  const found = CLASSES.find((entry) => isOfClass(entry, path, title))?.class;
  if (found !== undefined) return found;
  if (thing.ageGroup !== undefined && SMALL_CHILDREN.includes(thing.ageGroup)) return 'pregnancy-baby';
  return thing.adult === true ? 'sexuality' : undefined;
}

/** The item with its class, if it has one. */
export function withClass(item: Omit<Item, 'sensitive'>, more: Omit<Classifiable, 'title' | 'path'>): Item {
  const sensitive = classify({ title: item.title, path: item.path, ...more });
  return sensitive === undefined ? item : { ...item, sensitive };
}

function isOfClass(entry: CompiledClass, path: string, title: string): boolean {
  const inPath = hasWord(withoutWords(path, entry.masks), entry.paths);
  if (!inPath && !hasWord(withoutWords(title, entry.masks), entry.words)) return false;
  // Asked last: hardly any thing comes here.
  return !hasWord(`${path} > ${title}`, entry.unless) && !hasWord(path, entry.unlessPath);
}
