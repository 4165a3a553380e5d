// I16: an answer holds what the page may see and nothing else: nothing of what was held back, no key of a
// fact, no source.

import type { Checker } from '../checker.ts';

const FIELDS: readonly string[] = [
  'decision',
  'items',
  'nothing',
  'item',
  'score',
  'reasons',
  'kind',
  'did',
  'value',
];

export function answer(): Checker {
  return {
    name: 'answer',
    invariants: 'I16',
    decided: ({ answer: text, decided }) => {
      const stray = [...text.matchAll(/"([^"]+)":/g)].find(([, field = '']) => !FIELDS.includes(field));
      if (stray !== undefined) return `the answer has a field ${stray[1]}`;
      const named = new Set(decided.result.items.map(({ item }) => item));
      const held = decided.result.held.find(({ item }) => named.has(item));
      return held === undefined ? undefined : `${held.item} was held back and stands in the answer`;
    },
  };
}
