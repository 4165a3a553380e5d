// The sensitive class of a thing under a policy: what the catalogue says, less what the policy excepts, more
// what it adds. Of two classes the stricter counts: one that nothing opens before one that the context opens.

import { type ClassName, type Item, SENSITIVE_CLASSES } from './item.ts';
import type { Goods } from './merchandising.ts';
import { NO_RULES, type SensitiveRules, type Things } from './policy.ts';

export type Classifier = (item: Pick<Item, 'id' | 'path' | 'sensitive'>) => ClassName | undefined;

/**
 * Example: with `add: [{class: 'own-hats', paths: [['Hats']], items: []}]` a thing of the path `Hats > Felt`
 * is of the class `own-hats`.
 */
export function classifierOf(rules: SensitiveRules = NO_RULES): Classifier {
  const { add, except, neverInContext } = rules;
  if (add.length === 0 && except.length === 0) return ({ sensitive }) => sensitive;
  const adding = add.map((entry) => ({ class: entry.class, has: matcherOf(entry) }));
  const excepting = except.map((entry) => ({ class: entry.class, has: matcherOf(entry) }));
  return (item) => {
    const prefixes = prefixesOf(item.path);
    const of = (entry: { readonly has: Matcher }): boolean => entry.has(item.id, prefixes);
    const said = item.sensitive;
    const stands = said !== undefined && !excepting.some((entry) => entry.class === said && of(entry));
    const classes = adding.filter(of).map((entry) => entry.class);
    if (stands) classes.unshift(said);
    return classes.find((name) => neverInContext.includes(name)) ?? classes[0];
  };
}

/** All names of classes that a thing can have under these rules; the catalogue's own first. */
export function classNames(rules: SensitiveRules = NO_RULES): readonly ClassName[] {
  return [...new Set<ClassName>([...SENSITIVE_CLASSES, ...rules.add.map((entry) => entry.class)])];
}

/** Whether a thing is one of these, or stands below one of their paths. */
export function isAmong(things: Things): (item: Pick<Item, 'id' | 'path'>) => boolean {
  const has = matcherOf(things);
  return ({ id, path }) => has(id, prefixesOf(path));
}

/** Whether a thing stands below one of these beginnings of paths. */
export function belowPaths(paths: Things['paths']): (item: Pick<Item, 'path'>) => boolean {
  const has = matcherOf({ items: [], paths });
  return ({ path }) => has('', prefixesOf(path));
}

/** Whether a thing is one of these. */
export function isOneOf(things: Things): (item: Pick<Item, 'id' | 'path'>) => boolean {
  const has = matcherOf(things);
  return ({ id, path }) => has(id, prefixesOf(path));
}

/** Whether a thing is one of these, stands below one of their paths, or is of one of their brands. */
export function isOfGoods(goods: Goods): (item: Pick<Item, 'id' | 'path' | 'brand'>) => boolean {
  const isNamed = isOneOf(goods);
  const brands = new Set(goods.brands.map(fold));
  return (item) => isNamed(item) || (item.brand !== undefined && brands.has(fold(item.brand)));
}

type Matcher = (id: string, prefixes: readonly string[]) => boolean;

function matcherOf({ items, paths }: Things): Matcher {
  const ids = new Set<string>(items);
  const texts = new Set(paths.map((path) => path.map(fold).join(STEP)));
  return (id, prefixes) => ids.has(id) || prefixes.some((prefix) => texts.has(prefix));
}

/** Cannot stand in a step: labels have no control characters. */
const STEP = '\u0000';

function prefixesOf(path: readonly string[]): readonly string[] {
  const folded = path.map(fold);
  return folded.map((_, at) => folded.slice(0, at + 1).join(STEP));
}

/** Without regard to case, the same in every locale. */
export function fold(step: string): string {
  return step.trim().toLowerCase();
}
