// Owns: values as JSON-LD writes them: alone or in a list, as text, as a number, or as a text with a
// language.

import { isObject } from '../allow.ts';

export type Node = Readonly<Record<string, unknown>>;

export function isType(node: Node, type: string): boolean {
  return listOf(node['@type']).some(
    (name) => typeof name === 'string' && name.replace(/^.*[/:#]/, '') === type,
  );
}

/** Text, a number, or the `@value` of a text with a language. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  const first = listOf(value)[0];
  if (isObject(first)) return typeof first['@value'] === 'string' ? first['@value'] : undefined;
  return typeof first === 'string' ? first : undefined;
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
}
