// What enters the tree together: leaves that wait, filled with dummies and shuffled, the same for every log.

import { assert } from '../kernel/assert.ts';
import { type Random, seededRandom } from '../kernel/random.ts';
import { COMMITMENT_BYTES, dummyLeaf } from './leaf.ts';

/**
 * Batches are filled to a multiple of 16: every leaf then hides among at least 16 that came at the same time,
 * and the size of a batch says how busy the minute was only to within 15. Powers of two would hide the number
 * better and double the log in the worst case; 16 costs at most 15 leaves a minute, 0.7 MB a day.
 */
const BATCH_MULTIPLE = 16;
/**
 * Leaves in one transaction and one checkpoint: about 0.2 s of work, after which other calls get their turn.
 */
export const BATCH_LEAVES_MAX = 4096;

export interface BatchOptions {
  /** Order of the batch; drawn from entropy when absent. */
  readonly shuffleRandom?: Random;
  readonly dummiesToMultipleOf?: number;
}

/** The leaves of a batch in the order in which they enter; none when none wait. */
export function batchOf(
  waiting: readonly Uint8Array[],
  entropy: { readonly bytes: (count: number) => Uint8Array },
  { shuffleRandom, dummiesToMultipleOf = BATCH_MULTIPLE }: BatchOptions = {},
): readonly Uint8Array[] {
  assert(
    Number.isInteger(dummiesToMultipleOf) && dummiesToMultipleOf >= 1,
    'a batch is a multiple of 1 or more',
  );
  const leaves = [...waiting];
  if (leaves.length === 0) return leaves;
  while (leaves.length % dummiesToMultipleOf !== 0) leaves.push(dummyLeaf(entropy.bytes(COMMITMENT_BYTES)));
  const random = shuffleRandom ?? seededRandom(entropy.bytes(32));
  random.shuffle(leaves);
  return leaves;
}
