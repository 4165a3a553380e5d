// Goal: many who ask at once cost one asking, and none can tell. Method: a store whose answers are held back.

import { expect, test } from 'vitest';
import { Fault } from './fault.ts';
import { together } from './together.ts';

interface Held {
  readonly questions: readonly number[];
  readonly answer: () => void;
  readonly fail: (error: unknown) => void;
}

function heldBack(atOnceMax = 10, turnsMax = 1): { ask: (n: number) => Promise<number>; askings: Held[] } {
  const askings: Held[] = [];
  const ask = together(
    (questions: readonly number[]) =>
      new Promise<readonly number[]>((resolve, reject) => {
        askings.push({ questions, answer: () => resolve(questions.map((n) => n * n)), fail: reject });
      }),
    { atOnceMax, turnsMax },
  );
  return { ask, askings };
}

const aTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

test('[K27] who asks in one moment is one asking, and later ones wait for the next', async () => {
  const { ask, askings } = heldBack();
  const first = [ask(2), ask(3), ask(2)];
  await aTurn();
  const later = [ask(4), ask(5)];
  await aTurn();
  expect(askings.map(({ questions }) => questions)).toEqual([[2, 3, 2]]);
  askings[0]?.answer();
  expect(await Promise.all(first)).toEqual([4, 9, 4]);
  await aTurn();
  expect(askings[1]?.questions, 'begun after they were asked').toEqual([4, 5]);
  askings[1]?.answer();
  expect(await Promise.all(later)).toEqual([16, 25]);
});

test('[K27] more than go together are asked one after the other, in their order', async () => {
  const { ask, askings } = heldBack(2);
  const all = [1, 2, 3, 4, 5].map(ask);
  for (let turn = 0; turn < 3; turn += 1) {
    await aTurn();
    askings[turn]?.answer();
  }
  expect(await Promise.all(all)).toEqual([1, 4, 9, 16, 25]);
  expect(askings.map(({ questions }) => questions)).toEqual([[1, 2], [3, 4], [5]]);
});

test('[K27] where nobody can be asked all hear so, who wait as well, and the next are asked', async () => {
  const { ask, askings } = heldBack();
  const first = [ask(1), ask(2)];
  await aTurn();
  const all = Promise.allSettled([...first, ask(3)]);
  askings[0]?.fail(new Fault('unreachable', 'planted', { retry: 'later' }));
  expect((await all).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  const later = ask(4);
  await aTurn();
  askings[1]?.answer();
  expect(await later).toBe(16);
});

test('[K27] a slow asking holds up its own, while there is a way beside it', async () => {
  const { ask, askings } = heldBack(2, 2);
  const slow = [ask(1), ask(2)];
  const others = [ask(3), ask(4)];
  const third = ask(5);
  await aTurn();
  expect(askings.map(({ questions }) => questions)).toEqual([
    [1, 2],
    [3, 4],
  ]);
  askings[1]?.answer();
  expect(await Promise.all(others)).toEqual([9, 16]);
  await aTurn();
  askings[2]?.answer();
  expect(await third).toBe(25);
  askings[0]?.answer();
  expect(await Promise.all(slow)).toEqual([1, 4]);
});

const FAILURES = [new Fault('damaged', 'planted', { retry: 'never' }), new Error('planted')];

test.each(FAILURES)('[K27] what fails of one fails for that one: %s', async (failure) => {
  const ask = together(
    async (questions: readonly number[]) => {
      if (questions.includes(2)) throw failure;
      return questions.map((n) => n * n);
    },
    { atOnceMax: 10 },
  );
  const all = await Promise.allSettled([ask(1), ask(2), ask(3)]);
  expect(all.map((one) => (one.status === 'fulfilled' ? one.value : 'failed'))).toEqual([1, 'failed', 9]);
});
