// The models that lists are made from: of public data, as a shop with these people would serve them, and
// drawn ones of any size.

import type { Placement } from '../../src/facts/placement.ts';
import { type ItemModel, makeModel } from '../../src/facts/model.ts';
import { WEIGHT_BITS, quantise } from '../../src/kernel/fixed.ts';
import { type Random, seededRandom } from '../../src/kernel/random.ts';
import { wasmCompute } from '../../src/adapters/wasm/compute.ts';
import { alone } from '../../src/learn/crew/crew.ts';
import { distinctItems } from '../../src/learn/histories.ts';
import { finish } from '../../src/learn/models/sparse-form.ts';
import { serveForYouSteps } from '../../src/learn/serve-for-you.ts';
import { serveNextBasketSteps } from '../../src/learn/serve-next-basket.ts';
import { serveNextClickSteps } from '../../src/learn/serve-next-click.ts';
import { loadData } from '../../src/surfaces/cli/evaluate/data.ts';
import type { Task } from '../../src/surfaces/cli/evaluate/options.ts';
import { TASKS } from '../quality/tasks.ts';

/** What a decision is made from: the first model, and what the strategy reads beside it. */
export interface Served {
  readonly strategy: Placement['strategy'];
  readonly model: ItemModel;
  readonly nextBasket?: ItemModel;
  readonly nextClick?: ItemModel;
  /** To choose settings and learn all of them, on one core; 0 for a drawn one. */
  readonly learnSeconds: number;
  /** What people have, each with some things: where queries are drawn from. */
  readonly people: readonly (readonly string[])[];
}

const BUILT_MS = 1_784_980_800_000;
const crew = alone(wasmCompute());

/** Learned from the training file of a task of `bench -- quality`; its test file is not looked at. */
export async function learnedFrom(name: string, folder: string, minPeople: number): Promise<Served> {
  const task = TASKS.find((one) => one.name === name);
  if (task === undefined) throw new Error(`there is no task ${name}`);
  const { train: file } = task.convert(folder);
  const { itemIds, train } = await loadData(optionsOf(task.task, file));
  const held = distinctItems(train, 200);
  const options = { minPeople, nowMs: BUILT_MS, crew };
  const startedMs = performance.now();
  const model = finish(serveForYouSteps({ itemIds, people: held }, options));
  const people = Array.from({ length: held.rows }, (_, person) =>
    Array.from(held.indices.subarray(held.offsets[person], held.offsets[person + 1]), (at) => itemIds[at]!),
  ).filter((things) => things.length > 0);
  const named = { itemIds, histories: train };
  const isBasket = task.task === 'basket';
  const isSession = task.task === 'session';
  const next = {
    ...(isBasket && { nextBasket: finish(serveNextBasketSteps(named, model, { crew })) }),
    ...(isSession && { nextClick: finish(serveNextClickSteps(named, options)).model }),
  };
  const learnSeconds = (performance.now() - startedMs) / 1000;
  const strategy = isBasket ? 'next-basket' : isSession ? 'next-click' : 'for-you';
  return { strategy, model, ...next, learnSeconds, people };
}

function optionsOf(task: Task, file: string): Parameters<typeof loadData>[0] {
  const shared = { k: 10, peopleMin: 1, seed: 1, json: true };
  return {
    ...shared,
    task,
    train: file,
    test: file,
    history: undefined,
    catalog: undefined,
    report: undefined,
  };
}

/** Targets of each thing, as many as a model that serves keeps. */
const TARGETS = 100;
/** The least number that `JSON` and the eye can read in their order. */
const DIGITS = 7;

/** A drawn model of `items` things: each leads to a hundred others, near ones and far ones. */
export function drawnModel(items: number): Served {
  const random = seededRandom(items);
  const itemIds = Array.from({ length: items }, (_, at) => `item-${String(at).padStart(DIGITS, '0')}`);
  const targets = new Uint32Array(items * TARGETS);
  const weights = new Float32Array(targets.length);
  for (let item = 0; item < items; item += 1) {
    targets.set(targetsOf(item, items, random), item * TARGETS);
    for (let x = 0; x < TARGETS; x += 1)
      weights[item * TARGETS + x] = quantise(0.001 + random.unit() ** 4, WEIGHT_BITS);
  }
  const model = makeModel({
    kind: 'drawn/1',
    itemIds,
    offsets: Uint32Array.from({ length: items + 1 }, (_, item) => item * TARGETS),
    targets,
    weights,
    prior: new Float64Array(items),
    people: new Uint32Array(items).fill(9),
    peopleTotal: items,
    minPeople: 3,
    builtMs: BUILT_MS,
  });
  const people = Array.from({ length: 2000 }, () =>
    Array.from({ length: 30 }, () => itemIds[random.below(items)]!),
  );
  return { strategy: 'for-you', model, learnSeconds: 0, people };
}

function targetsOf(item: number, items: number, random: Random): Uint32Array {
  const chosen = new Set<number>();
  while (chosen.size < TARGETS) {
    const isNear = random.unit() < 0.5;
    chosen.add(isNear ? (item + random.below(1000)) % items : random.below(items));
  }
  return Uint32Array.from(chosen).sort();
}
