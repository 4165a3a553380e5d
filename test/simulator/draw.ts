// Drawing from a list.

import { assert } from '../../src/kernel/assert.ts';
import type { Random } from '../../src/kernel/random.ts';

export function draw<T>(random: Random, list: readonly T[]): T {
  const drawn = list[random.below(list.length)];
  assert(drawn !== undefined, 'one draws from a list that holds something');
  return drawn;
}
