// npm run bench -- scoring [--only gowalla,10000] [--queries 10000] [--people 3]: how long a list takes to be
// scored, guarded and explained, by the models of public data that a shop with these people would serve, and
// by drawn models of ten thousand to a million things.
//
// Each query has 30 facts: things of one of the people, filled up with those of others. It is a pure function
// of the stages, without store and record (those are in `bench -- decision`). Each query is timed seven times
// and its least time taken, because these machines are shared; quantiles are over distinct queries.

import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { decide } from '../../src/decide/decide.ts';
import { createScratch } from '../../src/decide/score.ts';
import { type Shelf, buildShelf } from '../../src/decide/shelf.ts';
import type { DecisionInput, WeighedFact } from '../../src/facts/decision.ts';
import type { ItemId, PlacementId } from '../../src/facts/ids.ts';
import type { Item } from '../../src/facts/item.ts';
import { encodeModel, type ItemModel } from '../../src/facts/model.ts';
import type { Placement } from '../../src/facts/placement.ts';
import { FACT_BITS, quantise } from '../../src/kernel/fixed.ts';
import { type Random, seededRandom } from '../../src/kernel/random.ts';
import { drawnModel, learnedFrom, type Served } from './models.ts';

const FACTS = 30;
const RUNS = 7;
const P99_MAX_MICROS = 200;
const LEARNED = ['gowalla', 'beauty', 'sports', 'tafeng', 'yoochoose', 'generated'];
const DRAWN = ['10000', '100000', '1000000'];

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: [...LEARNED, ...DRAWN].join(',') },
    queries: { type: 'string', default: '10000' },
    people: { type: 'string', default: '3' },
  },
});
const [processor] = cpus();
print(`${cpus().length} × ${processor?.model ?? 'unknown'}, load ${(loadavg()[0] ?? 0).toFixed(1)}`);
print(`${values.queries} queries of ${FACTS} facts, least of ${RUNS} runs each`);
print(`the limit beside them, ${FACTS * 100} bare adds: ${addsMicros().toFixed(1)} µs`);
const folder = mkdtempSync(join(tmpdir(), 'fineline-scoring-'));
try {
  for (const name of values.only.split(',')) {
    const served = DRAWN.includes(name)
      ? drawnModel(Number(name))
      : await learnedFrom(name, folder, Number(values.people));
    measure(name, served, Number(values.queries));
  }
} finally {
  rmSync(folder, { recursive: true });
}

function measure(name: string, served: Served, queries: number): void {
  if (new Set(served.people.flat()).size < FACTS) throw new Error(`${name}: fewer than ${FACTS} things`);
  const shelf = shelfOf(served);
  const scratch = createScratch(shelf);
  const placement = placementOf(served);
  const random = seededRandom(7);
  const micros: number[] = [];
  let places = 0;
  for (let query = 0; query < queries; query += 1) {
    const input = inputOf(shelf, served, { facts: factsOf(served, random), query });
    let best = Number.POSITIVE_INFINITY;
    for (let run = 0; run < RUNS; run += 1) {
      const start = process.hrtime.bigint();
      const { items } = decide({ input, placement, shelf, scratch });
      best = Math.min(best, Number(process.hrtime.bigint() - start) / 1000);
      if (run === 0) places += items.length;
    }
    micros.push(best);
  }
  micros.sort((a, b) => a - b);
  const at = (share: number): number => micros[Math.floor((micros.length - 1) * share)]!;
  const p99 = at(0.99);
  const mark = p99 <= P99_MAX_MICROS ? '✓' : `✗ (${P99_MAX_MICROS})`;
  const own = served.nextBasket ?? served.nextClick ?? served.model;
  const size = `${own.itemIds.length} things, ${own.targets.length} weights, ${megabytes(own)} MB`;
  const spread = `p50 ${at(0.5).toFixed(1)} p99 ${p99.toFixed(1)} µs ${mark}`;
  const learned = served.learnSeconds > 0 ? `, learned in ${served.learnSeconds.toFixed(1)} s` : '';
  const filled = `${(places / queries).toFixed(1)} of 10 places filled`;
  print(`${name.padEnd(10)} ${served.strategy.padEnd(12)} ${spread}  ${size}${learned}; ${filled}`);
}

function shelfOf({ model, nextBasket, nextClick }: Served): Shelf {
  const items = [...new Set([...model.itemIds, ...(nextClick?.itemIds ?? [])])].map(
    // The ids of a model were parsed when it was learned.
    (id): Item => ({ id: id as ItemId, title: id, path: ['Things', id], available: true }),
  );
  const parts = { ...(nextBasket && { nextBasket }), ...(nextClick && { nextClick }) };
  return buildShelf(model, 1, items, parts);
}

function placementOf({ strategy }: Served): Placement {
  return {
    id: 'home' as PlacementId,
    purpose: 'recommend',
    channels: ['web'],
    strategy,
    itemsMax: 20,
    exploreRate: 0.05,
    perLeafMax: 100,
    capPerItem: { impressionsMax: 20, windowHours: 168 },
    capPerPerson: { impressionsMax: 300, windowHours: 24 },
  };
}

/** Things of one person, in the order of ids as a decision has them, and of others until they are enough. */
function factsOf({ people }: Served, random: Random): readonly WeighedFact[] {
  const chosen = new Set<string>();
  while (chosen.size < FACTS) {
    for (const thing of people[random.below(people.length)]!) {
      if (chosen.size < FACTS) chosen.add(thing);
    }
  }
  return [...chosen].sort().map((item, at) => ({
    key: `purchased|web|${item}`,
    item: item as ItemId,
    weight: quantise(0.1 + 0.2 * random.unit(), FACT_BITS),
    // Three things in an order, or one look after the other.
    orders: [Math.floor(at / 3)],
  }));
}

function inputOf(
  shelf: Shelf,
  { nextBasket, nextClick }: Served,
  { facts, query }: { readonly facts: readonly WeighedFact[]; readonly query: number },
): DecisionInput {
  return {
    v: 1,
    placement: 'home' as PlacementId,
    purpose: 'recommend',
    channel: 'web',
    limit: 10,
    timeMs: shelf.model.builtMs,
    policy: 'bench',
    pack: 'EU',
    model: shelf.model.id,
    ...(nextBasket && { nextBasket: nextBasket.id }),
    ...(nextClick && { nextClick: nextClick.id }),
    catalogue: shelf.revision,
    seed: query.toString(16).padStart(32, '0'),
    facts,
    context: [],
    barred: [],
    shown: 0,
  };
}

/** The limit beside them: 30 facts with 100 neighbours each cannot cost less. */
function addsMicros(): number {
  const sums = new Float64Array(10_000);
  const targets = Uint32Array.from({ length: FACTS * 100 }, (_, n) => (n * 7919) % sums.length);
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 1000; run += 1) {
    const start = process.hrtime.bigint();
    for (const target of targets) sums[target] = (sums[target] ?? 0) + 0.5;
    best = Math.min(best, Number(process.hrtime.bigint() - start) / 1000);
  }
  return best;
}

function megabytes(model: ItemModel): string {
  return (encodeModel(model).length / 1e6).toFixed(1);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
