// What the guards cost: whether the hidden purchase stands in the list, and whether people still get
// different lists.

import { log2 } from '../../src/kernel/maths.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { EMPTY, type Lists, WIDTH } from './lists.ts';

/** Mean of 1 / log2(place + 1) of the target, over people whose target counts; and how many those are. */
export function ndcgOf(
  lists: Lists,
  targets: Int32Array,
  counts: (thing: number) => boolean,
): { readonly ndcg: number; readonly people: number } {
  let [sum, people] = [0, 0];
  for (const [person, target] of targets.entries()) {
    if (target < 0 || !counts(target)) continue;
    people += 1;
    const place = lists.subarray(person * WIDTH, (person + 1) * WIDTH).indexOf(target);
    if (place >= 0) sum += 1 / log2(place + 2);
  }
  return { ndcg: people === 0 ? 0 : sum / people, people };
}

const PAIRS = 20_000;

/** Mean overlap (Jaccard) of the lists of two different people, over 20,000 pairs drawn. 1: all are alike. */
export function overlapOf(lists: Lists, seed: number): number {
  const people = lists.length / WIDTH;
  const random = seededRandom(seed * 1000 + 7);
  let sum = 0;
  for (let pair = 0; pair < PAIRS; pair += 1) {
    const a = random.below(people);
    const b = (a + 1 + random.below(people - 1)) % people;
    sum += jaccard(setAt(lists, a), setAt(lists, b));
  }
  return sum / PAIRS;
}

function setAt(lists: Lists, person: number): ReadonlySet<number> {
  return new Set(lists.subarray(person * WIDTH, (person + 1) * WIDTH).filter((code) => code !== EMPTY));
}

function jaccard(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
  const both = [...a].filter((code) => b.has(code)).length;
  const either = a.size + b.size - both;
  return either === 0 ? 1 : both / either;
}

/** Things that stand in at least one list. */
export function variety(lists: Lists): number {
  return new Set(lists.filter((code) => code !== EMPTY)).size;
}
