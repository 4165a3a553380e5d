// One-line faults of the door (src/profile/door.ts). See sabotages.ts.

import type { Sabotage } from './sabotage.ts';

const file = 'src/profile/door.ts';

export const DOOR_SABOTAGES: readonly Sabotage[] = [
  {
    file,
    old: 'if (fact.controller !== controller)',
    now: 'if (fact.controller === undefined)',
    caughtBy: 'other-controller',
  },
  {
    file,
    old: "return refuse('source-unregistered', 'Its source is not registered (any more).');",
    now: 'return undefined;',
    caughtBy: 'source-gone',
  },
  {
    file,
    old: "if (source.origin !== 'first-party')",
    now: "if (source.origin === 'sensor')",
    caughtBy: 'source-bought',
  },
  {
    file,
    old: 'if (source.controller === controller) return undefined;',
    now: 'if (source.controller !== undefined) return undefined;',
    caughtBy: 'source-foreign',
  },
  {
    file,
    old: 'Math.min(fact.expiresMs, profileEndMs);',
    now: 'fact.expiresMs;',
    caughtBy: 'profile-end',
  },
  { file, old: 'Math.min(fact.expiresMs, profileEndMs);', now: 'profileEndMs;', caughtBy: 'expired' },
  {
    file,
    old: 'if (!Number.isFinite(fact.lastMs) || !Number.isFinite(fact.expiresMs)) {',
    now: 'if (Number.isNaN(fact.lastMs)) {',
    caughtBy: 'times-unreadable',
  },
  {
    file,
    old: "if (purpose === 'serve' || !restricted.has(key)) return undefined;",
    now: "if (purpose !== 'contact' || !restricted.has(key)) return undefined;",
    caughtBy: 'set-aside',
  },
  {
    file,
    old: "if (sensitive === undefined || (own && input.purpose === 'serve')) return undefined;",
    now: 'if (sensitive === undefined || own) return undefined;',
    caughtBy: 'sensitive-fact',
  },
  {
    file,
    old: "return refuse('sensitive', 'The catalogue does not know this thing, so it may tell too much.');",
    now: 'return undefined;',
    caughtBy: 'unknown-fact',
  },
  {
    file,
    old: 'permissions.pack.sensitiveByDeclaration && isSaid;',
    now: 'isSaid;',
    caughtBy: 'law-forbids-declaring',
  },
  {
    file,
    old: "if (sensitive === undefined || (own && input.purpose === 'serve')) return undefined;",
    now: 'if (sensitive === undefined || !own) return undefined;',
    caughtBy: 'joined-sensitive',
  },
  {
    file,
    old: 'if (own && declared) return undefined;',
    now: 'if (declared) return undefined;',
    caughtBy: 'joined-sensitive',
  },
  {
    file,
    old: 'judgeFact(fact, { identity: asFirst, answers: own, input, own: false }) ??',
    now: '',
    caughtBy: 'joined-first',
  },
  {
    file,
    old: 'judgeFact(fact, { identity, answers: theirs, input, own: false });',
    now: 'undefined;',
    caughtBy: 'joined-other',
  },
  {
    file,
    old: 'if (fact.category !== categoryOf(fact.kind, fact.name)) {',
    now: 'if (fact.category === undefined) {',
    caughtBy: 'category-false',
  },
  {
    file,
    old: '? answers.get(fact.category)',
    now: '? undefined',
    caughtBy: 'refused',
  },
  {
    file,
    old: 'SESSIONS_FOR.includes(input.purpose) ?',
    now: "byCategory.has('browsing') ?",
    caughtBy: { test: 'src/profile/sessions.test.ts' },
  },
  {
    file: 'src/profile/sessions.ts',
    old: 'timeMs <= afterMs',
    now: 'timeMs < 0',
    caughtBy: { test: 'src/profile/sessions.test.ts' },
  },
  {
    file: 'src/engine/learning.ts',
    old: "if (!asksFor(policy, 'next-click')) return {};",
    now: '',
    caughtBy: { test: 'src/engine/next-click.test.ts' },
  },
];
