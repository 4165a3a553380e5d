// One-line faults of the guards. See sabotages.ts.

import type { Sabotage } from './sabotage.ts';

const GUARDS = 'src/decide/guards.ts';

export const GUARD_SABOTAGES: readonly Sabotage[] = [
  {
    file: GUARDS,
    old: 'shelf.sellable[index] === 1 ? undefined : 0',
    now: 'shelf.sellable[index] === 2 ? 0 : undefined',
    caughtBy: 'sold-out',
  },
  {
    file: GUARDS,
    old: "return told === undefined || (told !== 'unknown' && openClasses.has(told));",
    now: "return told === undefined || (told !== 'unknown' && openClasses.size > 0);",
    caughtBy: 'class-catalogue',
  },
  {
    file: GUARDS,
    old: 'shelf.proxies[index] === 0 || isOpen(',
    now: 'shelf.proxies[index] === 1 || isOpen(',
    caughtBy: 'class-proxy',
  },
  {
    file: GUARDS,
    old: "classAt(shelf, index) === 'unknown' ? 1 : undefined",
    now: "classAt(shelf, index) === 'unknown' ? undefined : undefined",
    caughtBy: 'class-unjudged',
    worldsBefore: 14,
  },
  {
    file: GUARDS,
    old: 'judge: (index, { context }) => (context.has(index) ? 1 : undefined)',
    now: 'judge: (index, { context }) => (context.has(index) && context.size > 1 ? 1 : undefined)',
    caughtBy: 'in-context',
  },
  {
    file: GUARDS,
    old: 'barred.get(index)?.number',
    now: 'barred.get(index + 1)?.number',
    caughtBy: 'bought',
  },
  {
    file: GUARDS,
    old: 'dislikedLeaves.get(shelf.leaves[index]!)',
    now: 'dislikedLeaves.get(index)',
    caughtBy: 'disliked-kind',
  },
  {
    file: GUARDS,
    old: 'concerns: ({ dislikedLeaves }) => dislikedLeaves.size > 0',
    now: 'concerns: ({ dislikedLeaves }) => dislikedLeaves.size > 9',
    caughtBy: 'disliked-kind',
  },
  {
    file: GUARDS,
    old: 'concerns: ({ context }) => context.size > 0',
    now: 'concerns: ({ context }) => context.size > 1',
    caughtBy: 'in-context',
  },
  {
    file: GUARDS,
    old: 'contextLeaves.has(shelf.leaves[index]!) ? 1 : undefined',
    now: 'contextLeaves.has(shelf.leaves[index]!) ? undefined : 1',
    caughtBy: 'same-leaf',
  },
  {
    file: GUARDS,
    old: 'const RELATED_MIN = 0.05;',
    now: 'const RELATED_MIN = 0.02;',
    caughtBy: 'unrelated',
    worldsBefore: 32,
  },
  { file: GUARDS, old: 'const NEARNESS_MIN = 0.4;', now: 'const NEARNESS_MIN = 0.2;', caughtBy: 'far' },
  {
    file: GUARDS,
    old: 'related(index) >= relatedMin && nearness(index)',
    now: 'related(index) >= relatedMin || nearness(index)',
    caughtBy: 'far',
  },
  {
    file: GUARDS,
    old: 'return chosen >= placement.perLeafMax ? chosen : undefined;',
    now: 'return chosen > placement.perLeafMax ? chosen : undefined;',
    caughtBy: { test: 'src/decide/guards.test.ts' },
  },
  {
    file: GUARDS,
    old: 'if (before >= placement.perLeafMax) (taken ??= new Map<number, number>()).set(position, before);',
    now: 'if (before > placement.perLeafMax) (taken ??= new Map<number, number>()).set(position, before);',
    caughtBy: { test: 'src/decide/guards.test.ts' },
  },
  {
    file: GUARDS,
    old: 'concerns: ({ dislikedLeaves }) => dislikedLeaves.size > 0',
    now: 'concerns: ({ dislikedLeaves }) => dislikedLeaves.size > 9',
    caughtBy: 'disliked-kind',
  },
  {
    file: GUARDS,
    old: 'concerns: ({ context }) => context.size > 0',
    now: 'concerns: ({ context }) => context.size > 1',
    caughtBy: 'in-context',
  },
  {
    file: GUARDS,
    old: 'productsMet.has(products?.[index] ?? 0)',
    now: 'productsMet.has(products?.[index + 1] ?? 0)',
    caughtBy: 'variant',
  },
  {
    file: 'src/decide/rows.ts',
    old: "['bought', 'disliked', 'item-cap']",
    now: "['bought', 'item-cap']",
    caughtBy: 'variant',
  },
  {
    file: 'src/decide/walk.ts',
    old: 'if (by > 0) productsMet.add(product);',
    now: 'if (by > 1) productsMet.add(product);',
    caughtBy: 'variant-twice',
  },
  {
    file: 'src/decide/rows.ts',
    old: 'of [...speaking, ...named]',
    now: 'of [...named]',
    caughtBy: 'variant',
  },
];
