// Goal: many who ask at once cost one asking, and none can tell. Method: a store whose answers are held back.

import { expect, test } from 'vitest';
import { Fault } from './fault.ts';
import { together } from './together.ts';

interface Held {
  readonly questions: readonly number[];
  readonly answer: () => void;
  readonly fail: (error: unknown) => void;
}

function heldBack(atOnceMax = 10): { ask: (n: number) => Promise<number>; askings: Held[] } {
  const askings: Held[] = [];
  const ask = together(
    (questions: readonly number[]) =>
      new Promise<readonly number[]>((resolve, reject) => {
        askings.push({ questions, answer: () => resolve(questions.map((n) => n * n)), fail: reject });
      }),
    atOnceMax,
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

test('[K27] a failure is told to all who waited for it, and the next are asked', async () => {
  const { ask, askings } = heldBack();
  const all = Promise.allSettled([ask(1), ask(2)]);
  await aTurn();
  const later = ask(3);
  askings[0]?.fail(new Error('planted'));
  expect((await all).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await aTurn();
  askings[1]?.answer();
  expect(await later).toBe(9);
});

test('[K27] what is damaged of one fails for that one', async () => {
  const ask = together(async (questions: readonly number[]) => {
    if (questions.includes(2)) throw new Fault('damaged', 'planted', { retry: 'never' });
    return questions.map((n) => n * n);
  }, 10);
  const all = await Promise.allSettled([ask(1), ask(2), ask(3)]);
  expect(all.map((one) => (one.status === 'fulfilled' ? one.value : 'failed'))).toEqual([1, 'failed', 9]);
});
