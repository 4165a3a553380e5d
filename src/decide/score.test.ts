// Goal: among very many things a list is what plain sums say, with one scratch for all decisions. Method:
// random facts over twenty thousand things, where the sums stand in a table, beside a Map.

import { describe, expect, it } from 'vitest';
import { seededRandom } from '../kernel/random.ts';
import { decide } from './decide.ts';
import { createScratch } from './score.ts';
import { type Edge, PLACEMENT, fact, inputFor, looking, nameOf, shelfOf } from './testing.ts';
import { normalise } from './weigh.ts';

const THINGS = 20_000;
const SOURCES = 300;

describe('scores among twenty thousand things', () => {
  it('[D2, D3] are those of a map, decision after decision', () => {
    const random = seededRandom(5);
    const edges = Array.from({ length: SOURCES }, (_, from) => {
      const targets = new Set(Array.from({ length: 40 }, () => random.below(THINGS)));
      return [...targets].map((to): Edge => [from, to, (1 + random.below(1000)) / 1024]);
    }).flat();
    const shelf = shelfOf({ count: THINGS, edges });
    const bySource = new Map<number, Edge[]>();
    for (const edge of edges) bySource.set(edge[0], [...(bySource.get(edge[0]) ?? []), edge]);
    const scratch = createScratch(shelf);
    for (let turn = 0; turn < 60; turn += 1) {
      const some = new Set(Array.from({ length: 1 + random.below(30) }, () => random.below(SOURCES)));
      const facts = [...some].sort((a, b) => a - b).map((at) => fact(at, (1 + random.below(1024)) / 1024));
      const context = turn % 3 === 0 ? looking(random.below(SOURCES)) : [];
      const input = inputFor(shelf, { facts, context, limit: 20, rules: 5 });
      const { items } = decide({ input, placement: PLACEMENT, shelf, scratch });
      const sums = new Map<string, number>();
      const speakers = [...normalise(facts), ...context.map((one) => ({ ...one, key: '' }))];
      for (const { item, weight } of speakers)
        for (const [, to, value] of bySource.get(shelf.indexOf.get(item)!) ?? [])
          sums.set(nameOf(to), (sums.get(nameOf(to)) ?? 0) + weight * Math.fround(value));
      const inFront = context.map(({ item }) => String(item));
      const expected = [...sums]
        .filter(([item]) => !inFront.includes(item))
        .sort((a, b) => b[1] - a[1] || shelf.indexOf.get(a[0])! - shelf.indexOf.get(b[0])!)
        .slice(0, 20);
      expect(items.map(({ item, score }) => [item, score])).toEqual(expected);
      expect([scratch.sums.count, scratch.near.length]).toEqual([0, 0]);
      expect(scratch.sums.multiplier, 'a table, not a cell for each').not.toBe(1);
    }
  });
});
