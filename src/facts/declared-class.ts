// A sensitive class in a person's consent: “things of this class, for this purpose”, said in so many words.
// It stands where a data category stands, so that it is asked, kept, taken back, counted and witnessed
// exactly like every other choice. Silence never opens a class, whatever the law says of silence.

import { err, ok } from '../kernel/result.ts';
import { DATA_CATEGORIES, type DataCategory } from './category.ts';
import type { ClassName } from './item.ts';
import { type Parsed, parseWord, problem } from './parse.ts';
import { parseClass } from './parse-sensitive.ts';

/** `class:health`. */
export type ClassCategory = `class:${ClassName}`;

/** Every class, the shop's own included; in a no only. */
export const ALL_CLASSES = 'class:*';

/** What one choice can be about. */
export type GrantCategory = DataCategory | ClassCategory | typeof ALL_CLASSES;

const BEGINNING = 'class:';

export function classCategory(name: ClassName): ClassCategory {
  return `${BEGINNING}${name}`;
}

/** The class of `class:health`; `undefined` for everything else, `class:*` included. */
export function classOfCategory(category: string): ClassName | undefined {
  if (!category.startsWith(BEGINNING)) return undefined;
  const name = parseClass(category.slice(BEGINNING.length), 'class');
  return name.ok ? name.value : undefined;
}

export function isGrantCategory(value: unknown): value is GrantCategory {
  if (typeof value !== 'string') return false;
  return (
    (DATA_CATEGORIES as readonly string[]).includes(value) ||
    value === ALL_CLASSES ||
    classOfCategory(value) !== undefined
  );
}

/** A data category by its name, or a class as `class:NAME`. */
export function parseGrantCategory(value: unknown): Parsed<DataCategory | ClassCategory> {
  if (typeof value !== 'string' || !value.startsWith(BEGINNING))
    return parseWord(value, DATA_CATEGORIES, 'category');
  const name = classOfCategory(value);
  if (name !== undefined) return ok(classCategory(name));
  const expected = 'class: and the name of a sensitive class, for instance class:health';
  return err(problem('category', expected, 'docs/policy.md names the classes.'));
}

/**
 * Stands for every category and class there is. As good as a list for saying no, too vague for a yes (GDPR
 * 4(11): specific).
 */
const ALL_CATEGORIES = '*';

/** What one choice is about: a category, a class, or with a no `*`. */
export function parseGrantCategories(
  value: unknown,
  { isYes }: { readonly isYes: boolean },
): Parsed<readonly GrantCategory[]> {
  if (value !== ALL_CATEGORIES) {
    const category = parseGrantCategory(value);
    return category.ok ? ok([category.value]) : category;
  }
  if (!isYes) return ok([...DATA_CATEGORIES, ALL_CLASSES]);
  const expected = 'a category by name: "*" stands for all of them only in a refusal or a withdrawal';
  return err(problem('category', expected, 'List each category that the person allowed.'));
}
