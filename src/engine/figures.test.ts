// Goal: no figure that leaves the server lets somebody see one person come, go or act. Method: the naive
// attack, a thousand times: two looks, and one change between them or none, at every place within a step.

import { describe, expect, it } from 'vitest';
import { openHouse, stock } from '../../test/support/house.ts';
import { GLOVES, policyIn } from '../../test/support/policies.ts';
import { seededRandom } from '../kernel/random.ts';
import { countedPeople, createRoughCounts, createSteadyFigures } from './figures.ts';

describe('a figure that is looked at again and again', () => {
  it('[E60] shows a single change once in 40 times, wherever the count stands', () => {
    const random = seededRandom(7);
    for (const start of [19, 20, 39, 40, 59, 60, 100, 1019]) {
      let seen = 0;
      for (let n = 0; n < 1000; n += 1) {
        const tell = createSteadyFigures(random);
        const before = tell('people', countedPeople(start));
        if (tell('people', countedPeople(start + 1)) !== before) seen += 1;
      }
      expect(seen, `from ${start}`).toBeLessThan(60);
    }
  });

  it('[E60] does not move while nothing changes, however often it is asked', () => {
    const tell = createSteadyFigures(seededRandom(8));
    const first = tell('people', countedPeople(100));
    for (let n = 0; n < 1000; n += 1) expect(tell('people', countedPeople(100))).toBe(first);
  });

  it('[E60] follows what grows, within what it may lag and be rough', () => {
    const tell = createSteadyFigures(seededRandom(9));
    let worst = 0;
    for (let count = 0; count < 20_000; count += 1) {
      const told = tell('people', countedPeople(count));
      expect(told % 20).toBe(0);
      worst = Math.max(worst, Math.abs(told - count));
    }
    // A wait of 400 changes has a probability of 4 in 100,000.
    expect(worst).toBeLessThan(600);
  });

  it('[E60] is 0 while few are behind it', () => {
    for (let seed = 0; seed < 200; seed += 1) {
      expect(createSteadyFigures(seededRandom(seed))('people', countedPeople(19))).toBe(0);
    }
  });

  it('[E60] one act that weighs much is one act', () => {
    const random = seededRandom(10);
    let seen = 0;
    for (let n = 0; n < 1000; n += 1) {
      const tell = createSteadyFigures(random);
      const before = tell('weighted', { count: 500, acts: 50, isFew: false });
      if (tell('weighted', { count: 900, acts: 51, isFew: false }) !== before) seen += 1;
    }
    expect(seen).toBeLessThan(60);
  });
});

describe('a count that is told once', () => {
  it('[E61] of one more is told nearly alike', () => {
    for (const count of [19, 20, 29, 39, 40, 60, 99]) {
      const told = (value: number, seed: number): Map<string, number> => {
        const tell = createRoughCounts(seededRandom(seed));
        const times = new Map<string, number>();
        for (let n = 0; n < 8000; n += 1) {
          const text = String(tell(value, value));
          times.set(text, (times.get(text) ?? 0) + 1);
        }
        return times;
      };
      const [one, other] = [told(count, 1), told(count + 1, 2)];
      const names = new Set([...one.keys(), ...other.keys()]);
      const apart = [...names].reduce(
        (sum, name) => sum + Math.abs((one.get(name) ?? 0) - (other.get(name) ?? 0)),
        0,
      );
      // Exactly told they would be 1 apart: the one answer that either gives is never the other's.
      expect(apart / 16_000, `${count} and one more`).toBeLessThan(0.1);
    }
  });

  it('[E61] says nothing of fewer than twenty people, not even that there are some', () => {
    const tell = createRoughCounts(seededRandom(3));
    for (let people = 0; people < 20; people += 1) {
      for (let n = 0; n < 50; n += 1) expect(tell(1000, people)).toBe('few');
    }
    expect(tell(1000, 40)).toBeGreaterThan(900);
  });

  it('[E61] is what a simulation of the engine tells', async () => {
    const house = await openHouse();
    await stock(house, 6);
    const { decisions, changedLists, held } = await house.engine.simulate(policyIn(GLOVES));
    expect([decisions, changedLists, held]).toEqual(['few', 'few', []]);
  });
});
