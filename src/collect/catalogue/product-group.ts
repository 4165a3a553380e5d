// Owns: products that are variants of one another, as web pages tell it: inside a group
// (https://schema.org/ProductGroup), or pointing at one (`isVariantOf`, `inProductGroupWithID`).

import { LIMITS } from '../../kernel/limits.ts';
import { isObject } from '../allow.ts';
import { type Node, isType, listOf, textOf } from './json-ld-values.ts';

/**
 * Most that a group may say for all its variants: it is read for each of them. Shopify allows a product 250
 * tags.
 */
export const SHARED_LENGTH_MAX = 10_000;

/** By their `@id`, the names of all groups of a document, wherever they stand. */
export function groupsIn(value: unknown, depth = 0, groups = new Map<string, string>()): GroupNames {
  if (depth > LIMITS.jsonDepthMax) return groups;
  for (const node of Array.isArray(value) ? value : isObject(value) ? Object.values(value) : [])
    if (typeof node === 'object') groupsIn(node, depth + 1, groups);
  if (isObject(value) && isGroup(value)) {
    const [id, name] = [value['@id'], groupName(value)];
    if (typeof id === 'string' && name !== undefined) groups.set(id, name);
  }
  return groups;
}

export type GroupNames = ReadonlyMap<string, string>;

export function isGroup(node: Node): boolean {
  return isType(node, 'ProductGroup') || listOf(node['hasVariant']).some(isObject);
}

/** The product that this one is a variant of, by its own word or by that of what it points at. */
export function groupNameOf(product: Node, groups: GroupNames): string | undefined {
  const own = firstText(product['inProductGroupWithID']);
  if (own !== undefined) return own;
  const group = listOf(product['isVariantOf'])[0];
  const reference = isObject(group) ? group['@id'] : group;
  const known = typeof reference === 'string' ? groups.get(reference) : undefined;
  return known ?? (isObject(group) ? groupName(group) : nameFrom(reference));
}

/** So much that it cannot be read for each variant; and what is not read might tell a class. */
export function saysTooMuch(group: Node): boolean {
  const shared = ['name', 'brand', 'category', 'keywords', 'hasAdultConsideration'].map(
    (field) => group[field] ?? '',
  );
  return JSON.stringify(shared).length > SHARED_LENGTH_MAX;
}

/**
 * A variant with what its group says for all. A text of its own comes first; what tells a class is added to
 * what it says itself, because a pack of six says no more than that.
 */
export function withGroup(group: Node, variant: Node): Node {
  const both = (field: string): readonly unknown[] =>
    [...listOf(variant[field]), ...listOf(group[field])].filter(says);
  const either = (field: string): unknown => (says(variant[field]) ? variant[field] : group[field]);
  return {
    ...variant,
    brand: either('brand'),
    // Some more than what is kept, because marks are taken out of it.
    description: textOf(either('description'))?.slice(0, 4 * LIMITS.textLengthMax),
    category: both('category'),
    keywords: [...both('keywords'), ...listOf(group['name']).slice(0, 1)],
    hasAdultConsideration: both('hasAdultConsideration'),
    inProductGroupWithID: firstText(variant['inProductGroupWithID']) ?? groupName(group),
  };
}

function groupName(group: Node): string | undefined {
  return (
    firstText(group['productGroupID']) ??
    nameFrom(group['@id']) ??
    firstText(group['sku']) ??
    firstText(group['url'])
  );
}

/** A place on a page is no name: templates write the same for every product. */
function nameFrom(reference: unknown): string | undefined {
  const text = firstText(reference);
  return text?.startsWith('#') === true || text?.startsWith('_:') === true ? undefined : text;
}

function firstText(value: unknown): string | undefined {
  const text = textOf(value)?.trim();
  return text === '' ? undefined : text;
}

function says(value: unknown): boolean {
  const first = listOf(value)[0];
  return isObject(first) || firstText(first) !== undefined;
}
