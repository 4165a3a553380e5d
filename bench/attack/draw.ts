// How chance is used while a case is drawn.

import type { Random } from '../../src/kernel/random.ts';

/** `list` has something in it. */
export function pick<T>(random: Random, list: readonly T[]): T {
  // `below` stays within the list; the element itself may well be `undefined`.
  return list[random.below(list.length)] as T;
}

export function oneIn(random: Random, n: number): boolean {
  return random.below(n) === 0;
}

/** From `min` to `max`, both included. */
export function between(random: Random, min: number, max: number): number {
  return min + random.below(max - min + 1);
}

export function times<T>(count: number, make: (at: number) => T): T[] {
  return Array.from({ length: count }, (_, at) => make(at));
}

/** Some of a list, each with the same chance, in its order. */
export function some<T>(random: Random, list: readonly T[], chance: number): T[] {
  return list.filter(() => random.unit() < chance);
}
