// Goal: ways of two steps are what a naive product of the links says, and stand on k people on each side.
// Method: small worlds of sessions; dense matrices; people with names.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type SparseForm, finish } from './sparse-form.ts';
import { linkSteps, walkSteps } from './walks.ts';
import { indexExamples } from '../directed.ts';
import { examplesOf } from '../examples.ts';
import { type Histories, packHistories } from '../histories.ts';
import { pairsBehind } from '../pairs-behind.ts';
import { waysSteps } from '../recipes/sequence.ts';
import { nextClickTask } from '../serve-next-click.ts';
import { createWalkTally } from '../walks-behind.ts';

const ITEMS = 7;

const session = fc.array(fc.nat(ITEMS - 1), { minLength: 1, maxLength: 6 });
const worlds = fc.array(session, { minLength: 1, maxLength: 15 });

const historiesOf = (sessions: readonly (readonly number[])[]): Histories =>
  packHistories(
    ITEMS,
    sessions.map((looks) => looks.map((item) => [item])),
  );

const linksOf = (histories: Histories): SparseForm =>
  finish(linkSteps(indexExamples(examplesOf(histories, { decay: 0.5, sharePower: 0 }))));

function dense({ offsets, targets, weights }: SparseForm): number[][] {
  return Array.from({ length: ITEMS }, (_, source) => {
    const row = Array.from({ length: ITEMS }, () => 0);
    for (let at = offsets[source]!; at < offsets[source + 1]!; at += 1) row[targets[at]!] = weights[at]!;
    return row;
  });
}

/** Sessions of two looks, so often by as many people. */
const pairs = (times: number, from: number, to: number): number[][] =>
  Array.from({ length: times }, () => [from, to]);

/** What `nextClickTask` with at least k people makes of it. */
function waysOf(sessions: readonly (readonly number[])[], k: number): number[][] {
  const histories = historiesOf(sessions);
  const settings = {
    ...{
      learnDecay: 0.5,
      scoreDecay: 1,
      sharePower: 0,
      outcomePower: 0,
      inputPower: 0.5,
      supportPeople: 1,
      backward: 1,
      sourcePower: 0,
    },
    ...{ targetPower: 0, ownDecay: 1, ridgePeople: 1, ridgeTargetPower: 0 },
  };
  return dense(finish(waysSteps(histories, nextClickTask(k), settings)));
}

describe('ways of two steps', () => {
  test('[L80] links are the shares of what came before or after, and ways their product', () => {
    fc.assert(
      fc.property(worlds, (sessions) => {
        const links = linksOf(historiesOf(sessions));
        const one = dense(links);
        for (const [item, row] of one.entries()) {
          expect(row[item]).toBe(0);
          const sum = row.reduce((a, b) => a + b, 0);
          const isAlone = row.every((value) => value === 0);
          expect(sum).toBeCloseTo(isAlone ? 0 : 1, 5);
        }
        const two = dense(finish(walkSteps(links, ITEMS)));
        for (let j = 0; j < ITEMS; j += 1) {
          const led = one.reduce((sum, row) => sum + row[j]!, 0);
          for (let i = 0; i < ITEMS; i += 1) {
            const walked = one[i]!.reduce((sum, value, m) => sum + value * one[m]![j]!, 0);
            expect(two[i]![j]).toBeCloseTo(i === j ? 0 : walked * (1 + led) ** -0.3, 5);
          }
        }
      }),
    );
  });

  test('[L80] what nobody had together is reached over what others had with either', () => {
    const ways = waysOf([...pairs(3, 0, 1), ...pairs(3, 1, 2)], 1);
    // Half of what leads to the one leads to its other end.
    const half = 0.5 * 1.5 ** -0.3;
    expect(ways[0]![2]).toBeCloseTo(half, 5);
    expect(ways[2]![0]).toBeCloseTo(half, 5);
    const { targets } = finish(walkSteps(linksOf(historiesOf([[0, 1, 2, 3, 4]])), 2));
    expect(targets.length).toBe(2 * 5);
  });

  test('[L81] a way has k people behind its beginning and k behind its end, over whichever things', () => {
    expect(waysOf([...pairs(3, 0, 1), ...pairs(3, 1, 2)], 3)[0]![2]).toBeGreaterThan(0);
    expect(waysOf([...pairs(2, 0, 1), ...pairs(9, 1, 2)], 3)[0]![2]).toBe(0);
    expect(waysOf([...pairs(9, 0, 1), ...pairs(2, 1, 2)], 3)[0]![2]).toBe(0);
    // Over two things: two people here and one there are three.
    const over = [...pairs(2, 0, 1), ...pairs(1, 0, 3), ...pairs(1, 1, 2), ...pairs(2, 3, 2)];
    expect(waysOf(over, 3)[0]![2]).toBeGreaterThan(0);
    expect(waysOf(over, 4)[0]![2]).toBe(0);
    // One person who knows both counts once.
    const same = [[0, 1, 0, 3], ...pairs(1, 0, 1), ...pairs(3, 1, 2), ...pairs(3, 3, 2)];
    expect(waysOf(same, 3)[0]![2]).toBe(0);
  });

  test('[L81] people behind ways are counted in and out as a naive count has them', () => {
    fc.assert(
      fc.property(worlds, fc.nat(), (sessions, drawn) => {
        const gone = drawn % sessions.length;
        const links = linksOf(historiesOf(sessions));
        const ways = finish(walkSteps(links, ITEMS));
        const behind = sessions.map((looks) => pairsBehind([looks.map((item) => [item])], 0.5));
        const tally = createWalkTally(ways, links);
        for (const one of behind) tally.change(one, 1);
        for (const one of behind.slice(0, gone)) tally.change(one, -1);
        const has = dense(links);
        const isBehind = (person: number, a: number, b: number): boolean => {
          const { ids, isBehind: table } = behind[person]!;
          const [x, y] = [ids.indexOf(a), ids.indexOf(b)];
          return x >= 0 && y >= 0 && table[x * ids.length + y] === 1;
        };
        const stayed = [...sessions.keys()].slice(gone);
        for (let i = 0; i < ITEMS; i += 1) {
          for (let at = ways.offsets[i]!; at < ways.offsets[i + 1]!; at += 1) {
            const j = ways.targets[at]!;
            const over = [...Array(ITEMS).keys()].filter((m) => has[i]![m]! > 0 && has[m]![j]! > 0);
            const begun = stayed.filter((person) => over.some((m) => isBehind(person, i, m)));
            const ended = stayed.filter((person) => over.some((m) => isBehind(person, m, j)));
            expect(tally.peopleAt(at)).toBe(Math.min(begun.length, ended.length));
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});
