// Goal: what a part printed is read as it was meant, and a part that said nothing is no success. Method:
// lines as the parts print them.

import { expect, test } from 'vitest';
import {
  readAttackers,
  readCaps,
  readGuards,
  readOnlooker,
  readPolicy,
  readRealOnlooker,
  readSabotage,
} from './parts.ts';

const reached = (findings: readonly { readonly reached: boolean }[]): readonly boolean[] =>
  findings.map((one) => one.reached);

test('the oracle of the policy, sabotages and attackers', () => {
  const policy = (violations: number): string =>
    `1,000,032 decisions (281,417 showed something) and 187,506 events: ${violations} violations`;
  expect(reached(readPolicy(policy(0)))).toEqual([true]);
  expect(reached(readPolicy(policy(3)))).toEqual([false]);
  expect(reached(readSabotage('155 sabotages, 0 not caught'))).toEqual([true]);
  expect(reached(readSabotage('155 sabotages, 1 not caught'))).toEqual([false]);
  expect(reached(readSabotage('19 sabotages, 0 not caught'))).toEqual([false]);
  expect(reached(readAttackers('30 attacks: 29 held, 1 known gap.'))).toEqual([true]);
  expect(reached(readAttackers('30 attacks: 30 held.'))).toEqual([true]);
  expect(reached(readAttackers('30 attacks: 28 held, 1 known gap.'))).toEqual([false]);
});

test('caps and guards', () => {
  expect(reached(readCaps('      Tests  1 passed (1)'))).toEqual([true]);
  expect(reached(readCaps('      Tests  1 failed | 1 passed (2)'))).toEqual([false]);
  const line = (ratio: string): string =>
    `warm decision, p50 with all guards to none: home, nothing in front: ${ratio} (118.5 µs with all, ` +
    '99.9 µs with none; load 3.3 on 2 cores)';
  expect(reached(readGuards(`${line('1.19')}\n${line('1.31')}`))).toEqual([true, false]);
});

test('an onlooker: every guarded figure counts, with the upper end of its interval', () => {
  const row = (set: string, within: number, high: number): string =>
    JSON.stringify({ set, class: 'health', attacker: 'GB', plain: 0.5, within, low: 0.4, high, alike: 0.5 });
  const kept =
    '| NDCG@10, targets that are not vetoed (14298) | .2534 (95.3 %) | .2658 (100.0 %) | .2684 (101.0 %) |';
  const run = (...rows: readonly string[]): readonly boolean[] =>
    reached(readOnlooker([kept, ...rows].join('\n')));
  expect(run(row('bare-20', 0.9, 0.92), row('shadow-1', 0.51, 0.53))).toEqual([true, true, true]);
  expect(run(row('bare-20', 0.6, 0.7), row('shadow-1', 0.51, 0.541))).toEqual([false, false, true]);
  expect(run(row('bare-1', 0.9, 0.92), row('shadow-20', 0.53, 0.535))).toEqual([true, false, true]);
  const lost = kept.replace('.2684', '.2500');
  expect(
    reached(readOnlooker([lost, row('bare-1', 0.9, 0.9), row('shadow-1', 0.5, 0.5)].join('\n'))),
  ).toEqual([true, true, false]);
});

test('an onlooker of real people: more than without guards counts where chance does not explain it', () => {
  const row = (set: string, more?: number, moreLow?: number): string =>
    JSON.stringify({ set, class: 'religion', attacker: 'GB', within: 0.6, high: 0.7, more, moreLow });
  const run = (...rows: readonly string[]): readonly boolean[] => reached(readRealOnlooker(rows.join('\n')));
  expect(run(row('bare-1'), row('classes-1', 0.2, 0.1), row('shadow-1', 0.02, -0.01))).toEqual([true]);
  expect(run(row('bare-1'), row('shadow-1', -0.1, -0.2), row('shadow-20', 0.02, 0.001))).toEqual([false]);
  expect(run(row('bare-1'), row('shadow-1'))).toEqual([]);
});

test('a part that said nothing has found nothing', () => {
  for (const read of [readPolicy, readSabotage, readAttackers, readGuards, readOnlooker, readRealOnlooker])
    expect(read('Error: out of memory')).toEqual([]);
  expect(reached(readCaps('Error: out of memory'))).toEqual([false]);
});
