// Who lives with whom: one door, one letter-box, sometimes one tablet. People stand in blocks of six, and
// each block falls into households by a draw of its own, so that anybody's household is known without drawing
// the others.

import type { Random } from '../../src/kernel/random.ts';
import type { TownPerson } from './types.ts';

const BLOCK = 6;
/** Chances of a household of one, two, three and four. */
const SIZES: readonly number[] = [0.42, 0.34, 0.13, 0.11];
/** Households in which everybody uses the same device and account on the sofa. */
const SHARED_DEVICE_RATE = 0.3;

export interface Household {
  /** `h` and the index of its first member. */
  readonly id: string;
  readonly first: number;
  readonly members: number;
  readonly sharedDevice: boolean;
}

/** The household of person `index`, given the draw of their block (`Math.floor(index / 6)`). */
export function householdOf(index: number, drawOf: (block: number) => Random): Household {
  const block = Math.floor(index / BLOCK);
  const random = drawOf(block);
  let first = block * BLOCK;
  for (;;) {
    const left = (block + 1) * BLOCK - first;
    const members = Math.min(left, sizeOf(random.unit()));
    const sharedDevice = members > 1 && random.unit() < SHARED_DEVICE_RATE;
    if (index < first + members) return { id: `h${first}`, first, members, sharedDevice };
    first += members;
  }
}

function sizeOf(draw: number): number {
  let left = draw;
  for (const [place, chance] of SIZES.entries()) {
    left -= chance;
    if (left < 0) return place + 1;
  }
  return SIZES.length;
}

/** Who reads the same letter-box, without the person. */
export function housemates(person: TownPerson, everybody: readonly TownPerson[]): readonly TownPerson[] {
  return everybody.filter((one) => one.home.id === person.home.id && one.id !== person.id);
}
