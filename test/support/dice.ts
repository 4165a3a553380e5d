// Randomness in the test's hand.

import type { Entropy } from '../../src/engine/ports.ts';
import { seededRandom } from '../../src/kernel/random.ts';

/** Bytes that a seed gives; asked again from the same seed they are the same. */
export interface Dice extends Entropy {
  reseed(seed: number): void;
}

export function dice(seed: number): Dice {
  let random = seededRandom(seed);
  return {
    bytes: (count) => Uint8Array.from({ length: count }, () => random.u32() & 255),
    reseed: (next) => {
      random = seededRandom(next);
    },
  };
}
