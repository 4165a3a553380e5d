// Seeds that failed once, each with what it had found.

import { expect, it } from 'vitest';
import { simulate } from './simulation.ts';

it('seed 4: who came back while the key store failed is in the statistics again', async () => {
  const { failure } = await simulate({ seed: 4 });
  expect(failure).toBeUndefined();
});
