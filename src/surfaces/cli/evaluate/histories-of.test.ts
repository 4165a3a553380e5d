// Goal: rows become histories as their definition says, and what is kept of a file is what it says, not the
// file. Method: random rows against a plain sort; a file of long ids, far apart, and a look at the heap.

import fc from 'fast-check';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { createInterner, type Events, readEvents } from './events.ts';
import { historiesOf } from './histories-of.ts';
import { createFiles } from './testing.ts';
import { type Histories, peopleIn, stepItems, stepsOf } from '../../../learn/histories.ts';

const { file } = createFiles();

const PEOPLE = 5;
const ITEMS = 6;
const rows = fc.array(
  fc.record({ person: fc.nat(PEOPLE - 1), item: fc.nat(ITEMS - 1), time: fc.nat(4), basket: fc.nat(3) }),
  { maxLength: 40 },
);
type Row = { readonly person: number; readonly item: number; readonly time: number; readonly basket: number };

function eventsOf(list: readonly Row[], isTimed: boolean): Events {
  return {
    file: 'rows.csv',
    count: list.length,
    persons: Uint32Array.from(list, ({ person }) => person),
    items: Uint32Array.from(list, ({ item }) => item),
    times: isTimed ? Float64Array.from(list, ({ time }) => time) : undefined,
    // A basket's number is of one person, as in a file whose baskets are orders.
    baskets: Uint32Array.from(list, ({ person, basket }) => person * 10 + basket),
  };
}

function stepsIn(histories: Histories): number[][][] {
  return Array.from({ length: peopleIn(histories) }, (_, person) =>
    Array.from({ length: stepsOf(histories, person) }, (_step, step) => [
      ...stepItems(histories, person, step),
    ]),
  );
}

/** Of one person, in time order; rows of the same time in the order of the file. */
function historiesBy(
  step: 'row' | 'basket',
  list: readonly Row[],
  isTimed: boolean,
): ReturnType<typeof historiesOf> {
  return historiesOf(eventsOf(list, isTimed), { personCount: PEOPLE, itemCount: ITEMS }, step);
}

function ownRows(list: readonly Row[], person: number, isTimed: boolean): readonly Row[] {
  const own = list.filter((row) => row.person === person);
  return isTimed ? own.toSorted((a, b) => a.time - b.time) : own;
}

describe('rows of a file', () => {
  test('[Q90] each is a step of its person, in time order, equal times in the order of the file', () => {
    fc.assert(
      fc.property(rows, fc.boolean(), (list, isTimed) => {
        const histories = historiesBy('row', list, isTimed);
        const expected = Array.from({ length: PEOPLE }, (_, person) =>
          ownRows(list, person, isTimed).map(({ item }) => [item]),
        );
        expect(stepsIn(histories)).toEqual(expected);
      }),
    );
  });

  test('[Q90] rows of a basket are one step, where its first row stands, each thing once', () => {
    fc.assert(
      fc.property(rows, fc.boolean(), (list, isTimed) => {
        const histories = historiesBy('basket', list, isTimed);
        const expected = Array.from({ length: PEOPLE }, (_, person) => {
          const baskets = new Map<number, Set<number>>();
          for (const { basket, item } of ownRows(list, person, isTimed))
            baskets.set(basket, (baskets.get(basket) ?? new Set()).add(item));
          return [...baskets.values()].map((items) => [...items]);
        });
        expect(stepsIn(histories)).toEqual(expected);
      }),
    );
  });

  test('[Q91] of a file stay its ids and numbers, not its text', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const [people, rowsEach] = [160, 1000];
    const who = (n: number): string => `somebody-with-a-long-name-${String(n).padStart(6, '0')}`;
    const lines = Array.from({ length: people * rowsEach }, (_, row) => {
      const person = who(Math.floor(row / rowsEach));
      return `${person},the-same-thing-again-and-again-and-again`;
    });
    const path = file(`person,item\n${lines.join('\n')}\n`);
    lines.length = 0;
    const ids = { persons: createInterner(), items: createInterner() };
    collect();
    const before = process.memoryUsage().heapUsed;
    const events = await readEvents(path, ids, { time: 'optional', basket: 'optional' });
    collect();
    const kept = process.memoryUsage().heapUsed - before;
    expect([events.count, ids.persons.texts.length, ids.items.texts.length]).toEqual([160_000, 160, 1]);
    // Each person begins in a chunk of their own: 160 chunks of 64 KiB are 10 MB.
    expect(kept).toBeLessThan(2_000_000);
  });
});
