// One-line faults of learning together. See sabotages.ts. No rule of the attack speaks of two sellers, so
// unit tests notice them.

import type { Sabotage } from './sabotage.ts';

const PERMIT = 'src/consent/permit.ts';
const POOLING = { test: 'src/engine/pooling.test.ts' } as const;
const POOL = { test: 'src/engine/pool.test.ts' } as const;

export const JOINT_SABOTAGES: readonly Sabotage[] = [
  // The person's own yes is not asked: whoever lets be learned from is pooled.
  {
    file: 'src/engine/pooling.ts',
    old: "{ purpose: 'pool', asked: askedNow(core) }",
    now: "{ purpose: 'improve', asked: askedNow(core) }",
    caughtBy: POOLING,
  },
  // A yes in front of any notice is taken for one that named the partner.
  {
    file: PERMIT,
    old: 'named?.has(partner) !== true',
    now: 'named?.has(partner) === undefined && named !== undefined',
    caughtBy: { test: 'src/consent/pool.test.ts' },
  },
  // Whoever said no to learning is learned from together.
  {
    file: PERMIT,
    old: "purpose === 'pool' ? judge(input, pack, category, 'improve') : undefined;",
    now: "purpose === 'pool' ? judge(input, pack, category, 'serve') : undefined;",
    caughtBy: { test: 'src/consent/pool.test.ts' },
  },
  // The policy of the second seller is not asked.
  {
    file: 'src/engine/pool.ts',
    old: 'if (other !== one && terms?.with.includes(other) !== true)',
    now: 'if (one === first && other !== one && terms?.with.includes(other) !== true)',
    caughtBy: POOL,
  },
  // What was learned stays in service when the agreement ends.
  { file: 'src/engine/pool.ts', old: 'place.member?.drop();', now: 'place.member;', caughtBy: POOL },
  // k is asked of the sum alone.
  {
    file: 'src/learn/joint-counts.ts',
    old: 'sum.merge(ofEnough(counts, k));',
    now: 'sum.merge(ofEnough(counts, 1));',
    caughtBy: { test: 'src/learn/joint-counts.test.ts' },
  },
  // A pair that falls below k is not said.
  {
    file: 'src/learn/joint-counts.ts',
    old: 'if (counts.pair(a, b).people === k - 1)',
    now: 'if (counts.pair(a, b).people === k)',
    caughtBy: POOL,
  },
  // Things that only the other sells are handed over, under the other's ids.
  {
    file: 'src/facts/joint-model.ts',
    old: 'Uint8Array.from(joint.itemIds, (id) => (names.has(id) ? 1 : 0));',
    now: 'Uint8Array.from(joint.itemIds, () => 1);',
    caughtBy: { test: 'src/facts/joint-model.test.ts' },
  },
  // A notice may keep the names of partners in a table beside its text.
  {
    file: 'src/facts/parse-partners.ts',
    old: 'if (silent === undefined) continue;',
    now: 'if (silent !== undefined) continue;',
    caughtBy: { test: 'src/facts/joint.test.ts' },
  },
];
