// One-line faults of whom a slot is for and what stands above its messages. See sabotages.ts.

import type { Sabotage } from './sabotage.ts';

const AUDIENCE = 'src/decide/audience.ts';
const COUNTED = { test: 'src/engine/groups.test.ts' };

export const AUDIENCE_SABOTAGES: readonly Sabotage[] = [
  {
    file: AUDIENCE,
    old: 'return found.length === all.length && all.every(',
    now: 'return found.length === all.length && all.some(',
    caughtBy: 'audience-out',
    worldsBefore: 49,
  },
  {
    file: AUDIENCE,
    old: "seen.size !== 'enough' || ",
    now: '',
    caughtBy: 'audience-few',
    worldsBefore: 62,
  },
  {
    file: 'src/decide/telling.ts',
    old: "else if (told !== 'unknown') tells = told;",
    now: '',
    caughtBy: 'audience-tells',
    worldsBefore: 1172,
  },
  {
    file: 'src/decide/telling.ts',
    old: 'tells ??= told;',
    now: '',
    caughtBy: { test: 'src/decide/audience.test.ts' },
  },
  {
    file: 'src/facts/audience.ts',
    old: "return times >= ('times' in condition ? condition.times : 1);",
    now: "return times > ('times' in condition ? condition.times : 1);",
    caughtBy: 'says-audience',
    worldsBefore: 33,
  },
  {
    file: 'src/facts/audience.ts',
    old: 'return unknown !== true && facts.length === 0;',
    now: 'return facts.length === 0;',
    caughtBy: { test: 'src/decide/audience.test.ts' },
  },
  {
    file: AUDIENCE,
    old: 'if (fact.lastMs <= sinceMs) return 0;',
    now: '',
    caughtBy: 'audience-out',
    worldsBefore: 2700,
  },
  {
    file: AUDIENCE,
    old: 'factName(fact.key).joined > 0',
    now: 'fact.key === ""',
    caughtBy: { test: 'src/decide/audience.test.ts' },
  },
  {
    file: 'src/decide/decide.ts',
    old: 'subjectOf(placement, input, shelf, list[0]!)',
    now: "subjectOf(placement, input, shelf, shelf.indexOf.get(held[0]?.item ?? '') ?? list[0]!)",
    caughtBy: 'subject-name',
    worldsBefore: 54,
  },
  {
    file: 'src/decide/subject.ts',
    old: 'thing === undefined || classAt(shelf, first) !== undefined',
    now: 'thing === undefined',
    caughtBy: 'subject-class',
    worldsBefore: 797,
  },
  {
    file: 'src/decide/subject.ts',
    old: 'category === undefined || leafTells(shelf, thing)',
    now: 'category === undefined',
    caughtBy: 'subject-name',
  },
  {
    file: 'src/engine/groups.ts',
    old: "const told = people < k ? 'few' : stays ? before.told : drawn;",
    now: 'const told = stays ? before.told : drawn;',
    caughtBy: COUNTED,
  },
  {
    file: 'src/engine/audiences.ts',
    old: "told.set(`${k} ${meaning}`, isFew ? 'few' : size);",
    now: 'told.set(`${k} ${meaning}`, size);',
    caughtBy: COUNTED,
  },
  {
    file: 'src/engine/audiences.ts',
    old: "return size === undefined ? 'uncounted' : size === 'few' ? 'few' : 'enough';",
    now: "return size === 'few' ? 'few' : 'enough';",
    caughtBy: COUNTED,
  },
];
