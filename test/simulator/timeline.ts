// Simulated time: what is to happen, in order of its instant. Nothing in a simulation waits for anything
// else, so thirty days pass in a second or two, and one seed gives one order of events.
//
// Between two events all microtasks run, so that code under test comes to its next wait. Whatever belongs to
// a process that crashed is dropped: a promise of that process is never settled, which is what a crash looks
// like from inside.

import { setImmediate } from 'node:timers/promises';
import { assert } from '../../src/kernel/assert.ts';

interface Due {
  readonly atMs: number;
  readonly order: number;
  readonly run: () => void;
}

export interface Timeline {
  /** True time, ms since 1970. A machine's own clock may be off. */
  nowMs(): number;
  after(delayMs: number, run: () => void): void;
  /** Runs what is due until then, or until `over` says so. */
  passUntil(atMs: number, over: () => boolean): Promise<void>;
  /**
   * Runs what is due until the promise is settled or `over` says so; `false`: nothing was left to wait for.
   */
  settle(promise: Promise<unknown>, over: () => boolean): Promise<boolean>;
}

/** `onTurn` is called before each event: the moment at which a crash can come. */
export function createTimeline(startMs: number, onTurn: () => void): Timeline {
  const heap: Due[] = [];
  let nowMs = startMs;
  let order = 0;

  async function turn(): Promise<void> {
    const due = pop(heap);
    assert(due !== undefined, 'a turn is taken when something is due');
    nowMs = Math.max(nowMs, due.atMs);
    onTurn();
    due.run();
    await setImmediate();
  }
  return {
    nowMs: () => nowMs,
    after: (delayMs, run) => {
      order += 1;
      push(heap, { atMs: nowMs + delayMs, order, run });
    },
    passUntil: async (atMs, over) => {
      await setImmediate();
      while (!over() && heap[0] !== undefined && heap[0].atMs <= atMs) await turn();
      if (!over()) nowMs = Math.max(nowMs, atMs);
    },
    settle: async (promise, over) => {
      const state = { settled: false };
      const note = (): void => {
        state.settled = true;
      };
      promise.then(note, note);
      await setImmediate();
      while (!state.settled && !over()) {
        if (heap.length === 0) return false;
        await turn();
      }
      return true;
    },
  };
}

function isBefore(a: Due, b: Due): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);
}

function push(heap: Due[], due: Due): void {
  let at = heap.push(due) - 1;
  while (at > 0) {
    const up = (at - 1) >> 1;
    const parent = heap[up];
    if (parent === undefined || !isBefore(due, parent)) break;
    heap[at] = parent;
    at = up;
  }
  heap[at] = due;
}

function pop(heap: Due[]): Due | undefined {
  const top = heap[0];
  const last = heap.pop();
  if (last === undefined || last === top) return top;
  let at = 0;
  for (;;) {
    let next = 2 * at + 1;
    const left = heap[next];
    if (left === undefined) break;
    const right = heap[next + 1];
    if (right !== undefined && isBefore(right, left)) next += 1;
    const child = heap[next];
    if (child === undefined || !isBefore(child, last)) break;
    heap[at] = child;
    at = next;
  }
  heap[at] = last;
  return top;
}
