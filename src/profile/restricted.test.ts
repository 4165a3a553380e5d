// Goal: what a person set aside stays aside until they say otherwise, and nobody sets aside what is not
// there.

import { describe, expect, test } from 'vitest';
import { LIMITS } from '../kernel/limits.ts';
import { foldRestriction, judgeRestriction } from './restricted.ts';

const say = (act: 'restrict' | 'lift', fact: string, timeMs = 0) => ({ act, fact, timeMs });

describe('facts set aside', () => {
  test('[P9] the latest word of the journal counts, whatever the clocks say', () => {
    let aside: ReadonlySet<string> = new Set();
    for (const entry of [
      say('restrict', 'a', 9),
      say('restrict', 'b', 8),
      say('lift', 'a', 1),
      say('lift', 'c'),
    ])
      aside = foldRestriction(aside, entry);
    expect([...aside]).toEqual(['b']);
    expect(foldRestriction(aside, say('restrict', 'b'))).toBe(aside);
  });

  test('[P9] only what is there can be set aside, and what was set aside can always be set free', () => {
    const facts = new Map([['a', 1]]);
    expect(judgeRestriction(facts, new Set(), say('restrict', 'a'))).toBeUndefined();
    expect(judgeRestriction(facts, new Set(), say('restrict', 'gone'))?.field).toBe('fact');
    expect(judgeRestriction(facts, new Set(['gone']), say('restrict', 'gone'))).toBeUndefined();
    expect(judgeRestriction(new Map(), new Set(['gone']), say('lift', 'gone'))).toBeUndefined();
    const full = new Set(Array.from({ length: LIMITS.factsPerPersonMax }, (_, n) => `f${n}`));
    expect(judgeRestriction(facts, full, say('restrict', 'a'))?.expected).toContain(
      `${LIMITS.factsPerPersonMax}`,
    );
  });
});
