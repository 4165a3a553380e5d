// Seeds that failed once, each with what it had found.

import { expect, it } from 'vitest';
import { simulate } from './simulation.ts';

it.each([
  [4, 'who came back while the key store failed is in the statistics again'],
  [19, 'the naive decider knows that noes to things without a model are about their kind, too'],
])('seed %i: %s', async (seed) => {
  const { failure } = await simulate({ seed });
  expect(failure).toBeUndefined();
});
