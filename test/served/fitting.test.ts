// Goal: while models are made, whatever else is asked is answered, and who leaves is behind nothing of what
// comes out. Method: deeds between the steps of a fit, against counts built afresh; and the worker itself.

import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { afterAll, describe, expect, it } from 'vitest';
import type { Fallen, Fitted, PersonKey } from '../../src/engine/ports.ts';
import { type ItemModel, decodeModel, encodeModel } from '../../src/facts/model.ts';
import { utf8Text } from '../../src/kernel/bytes.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { SHOP_LEAVES, shopper } from '../../src/learn/testing-shop.ts';
import { openLearner } from '../../src/adapters/learner/learner.ts';
import { type Statistics, createStatistics } from '../../src/adapters/learner/statistics.ts';

const keyOf = (n: number): PersonKey => String(n).padStart(32, '0') as PersonKey;
const FIT = { minPeople: 3, nowMs: 5, leafOf: SHOP_LEAVES, nextBasket: true, nextClick: true } as const;

function lives(count: number, seed: number): readonly (readonly (readonly string[])[])[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => shopper(random));
}

type Baskets = readonly (readonly string[])[];

function put(statistics: Statistics, who: number, baskets: Baskets): void {
  const share = { items: [...new Set(baskets.flat())], baskets, sessions: baskets };
  statistics.handle({ kind: 'changes', changes: [[keyOf(who), share]] });
}

function counted(people: Iterable<readonly [number, Baskets]>): Statistics {
  const statistics = createStatistics();
  for (const [who, baskets] of people) put(statistics, who, baskets);
  return statistics;
}

const canonical = (statistics: Statistics): string =>
  utf8Text(statistics.handle({ kind: 'canonical', id: 1 }) as Uint8Array);

function forget(statistics: Statistics, who: number): Fallen {
  return statistics.handle({ kind: 'forget', id: 1, person: keyOf(who), minPeople: 3, had: [] }) as Fallen;
}

type Models = Readonly<Record<keyof Fitted, ItemModel>>;

function decoded(made: Fitted): Models {
  const each = Object.entries(made).map(([kind, bytes]: [string, Uint8Array]) => {
    const model = decodeModel(bytes);
    if (!model.ok) throw new Error(model.error);
    return [kind, model.value];
  });
  return Object.fromEntries(each) as Models;
}

/** Runs the steps; `between` is called after each. */
function fitted(statistics: Statistics, between: (step: number) => void): Models {
  const steps = statistics.fitSteps(FIT);
  for (let n = 0; ; n += 1) {
    const step = steps.next();
    if (step.done) return decoded(step.value);
    between(n);
  }
}

/** Pairs with a weight, from one thing to the other. */
function weighted({ itemIds, offsets, targets, weights }: ItemModel): readonly (readonly [string, string])[] {
  const pairs: (readonly [string, string])[] = [];
  for (const [source, from] of itemIds.entries()) {
    for (let at = offsets[source]!; at < offsets[source + 1]!; at += 1) {
      if (weights[at] !== 0) pairs.push([from, itemIds[targets[at]!]!]);
    }
  }
  return pairs;
}

describe('while models are made', () => {
  it('[L60] changes are counted at once, and are not in models of who was there before', () => {
    const people = lives(80, 3);
    const statistics = counted(people.entries());
    const before = decoded(counted(people.entries()).handle({ kind: 'fit', id: 1, ...FIT }) as Fitted);
    const last = new Map<number, Baskets>(people.entries());
    const random = seededRandom(9);
    const models = fitted(statistics, (n) => {
      if (n % 3 !== 0) return;
      const who = random.below(90);
      const baskets = people[random.below(80)]!.slice(random.below(3));
      put(statistics, who, baskets);
      last.set(who, baskets);
      if (n % 30 === 0) expect(canonical(statistics)).toBe(canonical(counted(last)));
    });
    for (const kind of ['model', 'complements', 'nextBasket', 'nextClick'] as const) {
      expect(models[kind].id).toBe(before[kind].id);
    }
    // What was counted meanwhile is what the next one is made of.
    const next = fitted(statistics, () => undefined);
    expect(next.model.id).toBe(fitted(counted(last), () => undefined).model.id);
    expect(next.model.id).not.toBe(before.model.id);
  });

  it('[L61] who leaves is behind no weight of what comes out that fewer than k others are behind', () => {
    const people = lives(60, 4);
    const statistics = counted(people.entries());
    const left = new Map<number, Baskets>(people.entries());
    // One gives up everything before, as what served until now rests on them; all others go meanwhile.
    put(statistics, 0, []);
    left.delete(0);
    let gone = 0;
    const models = fitted(statistics, () => {
      if (gone >= 40) return;
      gone += 1;
      forget(statistics, gone);
      left.delete(gone);
    });
    expect(gone).toBe(40);
    const lists = [...left.values()];
    const together = (a: string, b: string): number =>
      lists.filter((baskets) => baskets.flat().includes(a) && baskets.flat().includes(b)).length;
    expect(weighted(models.model).length).toBeGreaterThan(0);
    for (const [a, b] of weighted(models.model)) expect(together(a, b)).toBeGreaterThanOrEqual(3);
    const has = (a: string): number => together(a, a);
    for (const kind of ['complements', 'nextBasket', 'nextClick'] as const) {
      for (const pair of weighted(models[kind])) expect(Math.min(...pair.map(has))).toBeGreaterThanOrEqual(3);
    }
    // And it is known to them what they rest on: nobody leaves without being taken out.
    const anew = counted(left);
    anew.handle({ kind: 'adopt', ...encodedOf(models) });
    expect(forget(statistics, 50)).toEqual(forget(anew, 50));
  });

  it('[L61] what somebody gave up before a fit began falls in the models that still serve', () => {
    const statistics = createStatistics();
    for (const who of [1, 2, 3]) put(statistics, who, [['a', 'b']]);
    fitted(statistics, () => undefined);
    put(statistics, 1, [['c']]);
    let fell: readonly string[] = [];
    fitted(statistics, (n) => {
      if (n === 0) fell = forget(statistics, 1).pairs.map(String);
    });
    expect(fell).toEqual(expect.arrayContaining(['a,b', 'a,a', 'c,c']));
    expect(() => {
      const one = statistics.fitSteps(FIT);
      one.next();
      statistics.fitSteps(FIT).next();
    }).toThrow(/one fit at a time/);
  });

  it('[L61] of who leaves during a fit that fails nothing is remembered', () => {
    const statistics = createStatistics();
    for (const who of [1, 2, 3]) put(statistics, who, [['a', 'b']]);
    fitted(statistics, () => undefined);
    for (const who of [1, 2]) put(statistics, who, [['c']]);
    const steps = statistics.fitSteps(FIT);
    steps.next();
    expect(forget(statistics, 1).pairs.map(String)).toContain('a,b');
    expect(() => steps.throw(new Error('no room'))).toThrow('no room');
    expect(forget(statistics, 1).pairs).toEqual([]);
    expect(forget(statistics, 2).pairs.map(String)).toContain('a,b');
  });

  it('[L60] the worker learns where its priority may not be lowered', async () => {
    const refusing = `import os from 'node:os'; import { syncBuiltinESMExports } from 'node:module';
      os.setPriority = () => { throw new Error('EPERM'); }; syncBuiltinESMExports();`;
    const worker = new Worker(new URL('../../src/adapters/learner/learner-worker.ts', import.meta.url), {
      execArgv: ['--import', `data:text/javascript,${encodeURIComponent(refusing)}`],
    });
    const answered = once(worker, 'message');
    worker.postMessage({ kind: 'canonical', id: 1 });
    expect(await answered).toMatchObject([{ id: 1, ok: true }]);
    await worker.terminate();
  });

  const learner = openLearner();
  afterAll(() => learner.close());

  it('[L60] the worker answers what was asked after a fit before it, and one fit after another', async () => {
    const people = lives(1500, 5);
    for (const [who, baskets] of people.entries()) {
      learner.change(keyOf(who), { items: [...new Set(baskets.flat())], baskets });
    }
    const order: string[] = [];
    const told = <T>(name: string, answer: Promise<T>): Promise<T> => answer.finally(() => order.push(name));
    const first = told('first', learner.fit(FIT));
    const second = told('second', learner.fit({ ...FIT, nowMs: 6 }));
    learner.change(keyOf(7), { items: ['news'] });
    const counts = await told('counts', learner.canonical());
    expect(utf8Text(counts)).toContain('news');
    await told('fallen', learner.forget(keyOf(7), { minPeople: 3, had: [] }));
    const [one, other] = await Promise.all([first, second]);
    expect(order).toEqual(['counts', 'fallen', 'first', 'second']);
    expect(decoded(one).model.itemIds).toEqual(decoded(other).model.itemIds);
  });
});

function encodedOf(models: Models): Fitted {
  return {
    model: encodeModel(models.model),
    complements: encodeModel(models.complements),
    nextBasket: encodeModel(models.nextBasket),
    nextClick: encodeModel(models.nextClick),
  };
}
