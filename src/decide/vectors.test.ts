// Goal: decisions of yesterday replay, and every runtime gives the same bytes. Method: the golden file is
// recomputed; the same check runs in a browser.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decideVectors } from '../../test/support/decide-vectors.ts';
import { type DecideVectors, recomputedDecisions } from '../../test/support/decide-vectors-check.ts';

const text = readFileSync(new URL('../../vectors/decide.json', import.meta.url), 'utf8');
const vectors: DecideVectors = JSON.parse(text);

describe('vectors/decide.json', () => {
  it('[D15] is what the code gives', () => {
    const all = recomputedDecisions(vectors);
    expect(all).toHaveLength(128);
    for (const { name, got, expected } of all) expect(`${name}: ${got}`).toBe(`${name}: ${expected}`);
  });

  it('[D15] holds lists, held things, drawn places and the ways to nothing', () => {
    const results = vectors.shops.flatMap(({ cases }) => cases.map(({ result }) => result));
    for (const sign of [
      '"contributions":[{"kind":"context"',
      '"kind":"prior"',
      '"kind":"repeat","of":"bought',
      '"kind":"repeat","of":"viewed',
      '"guard":"sensitive-class"',
      '"guard":"leaf-share"',
    ]) {
      expect(
        results.some((result) => result.includes(sign)),
        sign,
      ).toBe(true);
    }
    expect(results.some((result) => !result.includes('"propensity":1}'))).toBe(true);
    for (const nothing of ['guarded', 'nothing-related']) {
      expect(
        results.some((result) => result.includes(`"nothing":"${nothing}"`)),
        nothing,
      ).toBe(true);
    }
  });

  it('[D15] is what its generator writes', () => {
    expect(`${JSON.stringify(decideVectors())}\n`).toBe(text);
  });
});
