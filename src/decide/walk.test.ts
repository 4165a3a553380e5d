// Goal: walking gives what sorting everything and asking the guards one by one would give, also where nearly
// nothing of thousands belongs. Method: random candidates beside that naive way.

import { describe, expect, it } from 'vitest';
import { LIMITS } from '../kernel/limits.ts';
import { type Random, seededRandom } from '../kernel/random.ts';
import type { Held } from '../facts/decision.ts';
import type { Placement } from '../facts/placement.ts';
import { type GuardContext, SAID_MIN, belongs } from './guards.ts';
import { createScratch } from './score.ts';
import type { Shelf } from './shelf.ts';
import { PLACEMENT, shelfOf } from './testing.ts';
import { countChosen, judge, walk } from './walk.ts';

interface Drawn {
  readonly shelf: Shelf;
  readonly context: () => GuardContext;
  readonly scores: ReadonlyMap<number, number>;
}

/** `relatedIn`: one in so many belongs; 0: none. */
function draw(random: Random, count: number, relatedIn: number): Drawn {
  const soldOut = Array.from({ length: count }, () => random.below(4) === 0);
  const shelf = shelfOf({
    count,
    edges: [],
    item: (index) => ({
      available: soldOut[index] !== true,
      path: [`leaf ${index % 40}`],
      ...(index % 7 < 3 ? { variantOf: `product ${index % 3}` } : {}),
    }),
  });
  const pulls = Array.from({ length: count }, () =>
    relatedIn > 0 && random.below(relatedIn) === 0 ? random.below(9) / 8 : 0,
  );
  const scores = new Map<number, number>();
  // Few different scores, so that ties matter.
  for (let index = 0; index < count; index += 1)
    if (random.below(9) > 0) scores.set(index, 1 + random.below(50));
  const placement: Placement = { ...PLACEMENT, strategy: 'complements', perLeafMax: 2 };
  const placed = new Set([random.below(count), random.below(count)]);
  const context = (): GuardContext => ({
    shelf,
    placement,
    barred: new Map(),
    context: new Set([0]),
    contextLeaves: new Set([shelf.leaves[0]!]),
    openClasses: new Set(),
    placed,
    leafCounts: new Map(),
    products: shelf.products,
    productsMet: new Set(),
    related: (index) => pulls[index]!,
    relatedMin: SAID_MIN,
    nearness: () => 1,
    dislikedLeaves: new Map(),
    cappedLeaves: new Map(),
  });
  return { shelf, context, scores };
}

interface Asked {
  readonly places: number;
  readonly strangersMax: number;
}

function naively({ context, scores }: Drawn, { places, strangersMax }: Asked) {
  const seen = context();
  const ranked = [...scores].sort((a, b) => b[1] - a[1] || a[0] - b[0]).filter(([x]) => !seen.placed.has(x));
  const list: number[] = [];
  const held: Held[] = [];
  let guarded = false;
  let strangers = 0;
  let at = 0;
  for (; at < ranked.length && list.length < places; at += 1) {
    const taken = judge(ranked[at]![0], seen);
    if (taken === undefined) {
      list.push(ranked[at]![0]);
      countChosen(seen, ranked[at]![0]);
      continue;
    }
    guarded ||= taken.guard !== 'not-related';
    if (strangers === strangersMax && !belongs(ranked[at]![0], seen)) continue;
    if (held.length === LIMITS.heldListedMax) continue;
    held.push(taken);
    if (taken.guard === 'not-related') strangers += 1;
  }
  let more = 0;
  for (const [index] of ranked.slice(at)) {
    if (more === 5) break;
    if (judge(index, seen) !== undefined) continue;
    countChosen(seen, index);
    more += 1;
  }
  return { list, held, more, ...(list.length === 0 ? { guarded } : {}) };
}

function walked({ shelf, context, scores }: Drawn, { places, strangersMax }: Asked) {
  const scratch = createScratch(shelf);
  for (const [at, [index, score]] of [...scores].entries()) {
    scratch.rankedItems[at] = index;
    scratch.rankedScores[at] = score;
  }
  const found = walk(scratch, context(), { count: scores.size, wanted: 4 * places, strangersMax });
  const list: number[] = [];
  const held: Held[] = [];
  while (list.length < places) {
    const index = found.next(held);
    if (index === undefined) break;
    list.push(index);
  }
  const more = found.countMore(0, 5);
  return { list, held, more, ...(list.length === 0 ? { guarded: found.guarded() } : {}) };
}

describe('a walk', () => {
  it('[D4] [D65] gives what the guards leave of a sorted list, and tells the same of the rest', () => {
    const random = seededRandom(91);
    let long = 0;
    for (let round = 0; round < 200; round += 1) {
      const count = 1 + random.below(round % 2 === 0 ? 60 : 1500);
      const drawn = draw(random, count, [0, 1, 3, 40, 400][random.below(5)]!);
      const places = 1 + random.below(12);
      const asked = { places, strangersMax: random.below(2) === 0 ? LIMITS.notRelatedListedMax : 200 };
      const found = walked(drawn, asked);
      expect(found).toEqual(naively(drawn, asked));
      if (found.held.length === LIMITS.heldListedMax) long += 1;
    }
    expect(long).toBeGreaterThan(15);
  });

  it('[D4] counts as many more as score above what is named, and none that scores the same', () => {
    const { shelf, context } = draw(seededRandom(93), 6, 0);
    shelf.sellable.fill(1);
    const scratch = createScratch(shelf);
    for (const [at, score] of [5, 4, 4, 3].entries()) {
      scratch.rankedItems[at] = at + 1;
      scratch.rankedScores[at] = score;
    }
    const plain = {
      ...context(),
      placement: PLACEMENT,
      placed: new Set<number>(),
      context: new Set<number>(),
    };
    const found = walk(scratch, plain, { count: 4, wanted: 4, strangersMax: 0 });
    expect([3, 4, 5].map((above) => found.countMore(above, 5))).toEqual([3, 1, 0]);
  });

  it('[D4] says that something was held back also where it was not looked at one by one', () => {
    const random = seededRandom(92);
    const all = draw(random, 1000, 0);
    for (const isSoldOut of [false, true]) {
      const sellable = all.shelf.sellable.fill(1);
      const scores = new Map(Array.from({ length: 999 }, (_, x) => [x + 1, 1000 - x] as const));
      // The very last of all, far behind the two hundred that are told.
      if (isSoldOut) sellable[999] = 0;
      const found = walked(
        { ...all, scores, context: () => ({ ...all.context(), contextLeaves: new Set() }) },
        { places: 5, strangersMax: 200 },
      );
      expect(found).toMatchObject({ list: [], more: 0, guarded: isSoldOut });
    }
  });
});
