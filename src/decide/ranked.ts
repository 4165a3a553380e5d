// Candidates in the order of their scores, as far as somebody asks. They come off a heap one by one, because
// how many the guards take is not known beforehand, and what is never looked at is never sorted.
//
//   scratch   [0, left) the heap | … taken … | [rest, end) not in it yet | [end, asideTo) set aside

import { heapify, likelyBest, popBest } from '../kernel/heap.ts';
import type { Scratch } from './score.ts';

/** How many times more are put in order each time that those before them did not suffice. */
const GROWTH = 4;

/** The first `count` candidates of a scratch, which stand in any order. */
export class Ranked {
  readonly #scores: Float64Array;
  readonly #items: Uint32Array;
  #left: number;
  #rest: number;
  #end: number;
  #asideTo = 0;
  #wanted: number;

  /** About `wanted` will be asked for. */
  constructor({ rankedScores, rankedItems }: Scratch, count: number, wanted: number) {
    this.#scores = rankedScores;
    this.#items = rankedItems;
    this.#end = count;
    this.#wanted = wanted;
    this.#left = this.#rest = likelyBest(rankedScores, rankedItems, count, wanted);
    heapify(rankedScores, rankedItems, this.#left);
  }

  /** Where the best one that is left now stands, until the next call; nothing when none is left. */
  pop(): number | undefined {
    if (this.#left === 0 && this.#rest < this.#end) this.#refill();
    if (this.#left === 0) return undefined;
    this.#left = popBest(this.#scores, this.#items, this.#left);
    return this.#left;
  }

  /** Looks at what is left, in any order, until `look` answers with true. */
  some(look: (index: number, score: number) => boolean): boolean {
    return this.#someOf(0, this.#left, look) || this.#someOf(this.#rest, this.#end, look);
  }

  /** Looks at what was set aside, in any order, until `look` answers with true. */
  someAside(look: (index: number, score: number) => boolean): boolean {
    return this.#someOf(this.#end, this.#asideTo, look);
  }

  /** Sets everything aside that is left and of which `keeps` is not true; what stays keeps its order. */
  narrow(keeps: (index: number) => boolean): void {
    this.#close(this.#left);
    this.#asideTo = this.#end;
    let kept = 0;
    for (let at = 0; at < this.#asideTo; at += 1) {
      if (!keeps(this.#items[at]!)) continue;
      this.#swap(at, kept);
      kept += 1;
    }
    this.#left = this.#rest = this.#end = kept;
    heapify(this.#scores, this.#items, kept);
  }

  #refill(): void {
    this.#close(0);
    this.#wanted *= GROWTH;
    this.#left = this.#rest = likelyBest(this.#scores, this.#items, this.#end, this.#wanted);
    heapify(this.#scores, this.#items, this.#left);
  }

  /** Moves what is not in the heap yet to `to`, over what was taken. */
  #close(to: number): void {
    this.#scores.copyWithin(to, this.#rest, this.#end);
    this.#items.copyWithin(to, this.#rest, this.#end);
    this.#end -= this.#rest - to;
  }

  #swap(one: number, other: number): void {
    const [score, index] = [this.#scores[one]!, this.#items[one]!];
    this.#scores[one] = this.#scores[other]!;
    this.#items[one] = this.#items[other]!;
    this.#scores[other] = score;
    this.#items[other] = index;
  }

  #someOf(from: number, to: number, look: (index: number, score: number) => boolean): boolean {
    for (let at = from; at < to; at += 1) if (look(this.#items[at]!, this.#scores[at]!)) return true;
    return false;
  }
}
