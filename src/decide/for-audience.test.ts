// Goal: a decision is made for those alone who are in the audience of its slot, by what its record holds.
// Method: one good record with one thing changed at a time.

import { describe, expect, it } from 'vitest';
import { isForThem } from './audience.ts';
import { decide } from './decide.ts';
import { withoutFact } from './explain.ts';
import { createScratch } from './score.ts';
import { PLACEMENT, fact as weighed, inputFor, nameOf } from './testing.ts';
import { NAME, SHELF, audienceOf, bought, goods, shelfWith } from './testing-audience.ts';

describe('a decision for an audience', () => {
  const audience = audienceOf(bought({ items: [nameOf(0)] }, { times: 2 }), {
    by: 'not-bought',
    goods: goods({ items: [nameOf(2)] }) as never,
    days: 30,
  });
  const placement = { ...PLACEMENT, audience: NAME };
  const line = { audiences: [audience] };
  const key = `bought|web|${nameOf(0)}`;
  const seen = {
    name: NAME,
    size: 'enough' as const,
    grounds: [{ facts: [[key, 2]] as const }, { facts: [] }],
  };
  const input = inputFor(SHELF, { facts: [weighed(0, 1, 'bought')], audience: seen });
  const scratch = createScratch(SHELF);
  const nothingOf = (more: object = {}, rules: object = { placement, line }): string | undefined =>
    decide({ input: { ...input, ...more }, shelf: SHELF, scratch, placement, line, ...rules }).nothing;

  it('[D50] says something to those alone who are in it; what is missing or few is a no', () => {
    expect(nothingOf()).toBeUndefined();
    const { audience: _, ...without } = input;
    const all = { shelf: SHELF, scratch, placement, line };
    expect(decide({ ...all, input: without }).nothing).toBe('not-in-audience');
    for (const changed of [
      { ...seen, size: 'few' },
      { ...seen, size: 'uncounted' },
      { ...seen, name: 'other' },
      { ...seen, grounds: [] },
      { ...seen, grounds: [seen.grounds[0]] },
      { ...seen, grounds: [{ facts: [[key, 1]] }, { facts: [] }] },
      { ...seen, grounds: [seen.grounds[0], { facts: [['bought|web|x', 1]] }] },
      { ...seen, grounds: [seen.grounds[0], { facts: [], unknown: true }] },
    ])
      expect(nothingOf({ audience: changed })).toBe('not-in-audience');
    expect(nothingOf({}, { placement, line: { audiences: [] } })).toBe('not-in-audience');
    expect(nothingOf({}, { placement: PLACEMENT })).toBeUndefined();
  });

  it('[D50] comes before what is counted: whom a slot is not for is neither spared nor at a cap', () => {
    const pressure = { stop: { by: 'backed-off', number: 3 }, leaves: [] };
    const out = { ...seen, size: 'few' };
    expect(nothingOf({ pressure })).toBe('backed-off');
    expect(nothingOf({ pressure, audience: out, shown: 300 })).toBe('not-in-audience');
  });

  it('[D51] is not made on a shelf where the audience is unfit', () => {
    const known = new Set([0, 1, 2, 3, 4].map(nameOf));
    const shelf = shelfWith({ id: 's', classes: new Map([[nameOf(2), 'health']]), known });
    expect(isForThem({ input, placement, line, shelf })).toBe(false);
    expect(isForThem({ input, placement, line, shelf: SHELF })).toBe(true);
  });

  it('[D53] would not be made without the fact that puts somebody in', () => {
    const result = decide({ input: withoutFact(input, key), placement, line, shelf: SHELF, scratch });
    expect(result.nothing).toBe('not-in-audience');
    const barring = { ...seen, grounds: [seen.grounds[0]!, { facts: [['bought|web|x', 1] as const] }] };
    const out = { ...input, audience: barring };
    expect(nothingOf(out)).toBe('not-in-audience');
    expect(nothingOf(withoutFact(out, 'bought|web|x'))).toBeUndefined();
  });
});
