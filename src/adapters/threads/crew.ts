// A crew of threads: this one and helpers, which see the same memory and take pieces by turns. For whoever
// learns and does nothing else meanwhile, as `fineline evaluate` does; beside serving, one thread learns.
//
// This thread works as well, and waits for no event: between its pieces it looks what was handed over.

import { availableParallelism } from 'node:os';
import { assert } from '../../kernel/assert.ts';
import { alone, type Crew, type Job } from '../../learn/crew/crew.ts';
import { told } from '../../learn/crew/told.ts';
import type { Steps } from '../../learn/models/sparse-form.ts';
import { wasmCompute } from '../wasm/compute.ts';
import { openHelpers } from './helpers.ts';
import { createInOrder, type InOrder } from './in-order.ts';
import { sharedMemory, sharing } from './memory.ts';
import { type Asked, CELLS, HANDED, NEXT, sharedCells } from './protocol.ts';

export interface ThreadCrew extends Crew {
  /** How many pieces helpers handed over, by job. */
  readonly handed: ReadonlyMap<string, number>;
  /** Ends the helpers; answers why some were gone already, or never there. */
  close(): Promise<readonly string[]>;
}

export interface CrewOptions {
  /** Default: as many as there are cores, 8 at most. */
  readonly threads?: number;
  readonly patienceMs?: number;
  /** For tests: this thread does the first piece of a run, and what nobody hands over. */
  readonly leavesWork?: boolean;
}

/**
 * Two threads took 0.56 of the time of one, so an eighth of learning is in no pieces, and more than eight
 * would bring little. More than two were not measured.
 */
const THREADS_MAX = 8;

/** A piece takes some ten milliseconds. Whoever has one for so long is gone, and somebody else does it. */
const PATIENCE_MS = 5000;

/** Asking and beginning cost some milliseconds; whatever takes no longer is not worth it. */
const WORTH_MS = 5;

/** A crew of some threads; of this one, where that is all. One run at a time. */
export function openCrew(options: CrewOptions = {}): ThreadCrew {
  const { threads = threadsHere(), patienceMs = PATIENCE_MS, leavesWork = false } = options;
  const compute = wasmCompute();
  const helpers = openHelpers(threads - 1);
  const handed = new Map<string, number>();
  if (helpers.count === 0) return { ...alone(compute), handed, close: helpers.close };
  const memory = sharedMemory();
  const share = sharing(memory);
  let runs = 0;
  let isRunning = false;

  function* run<Input, Result>(
    job: Job<Input, Result>,
    input: Input,
    pieces: number,
    take: (result: Result, piece: number) => void,
  ): Steps<void> {
    if (pieces === 0) return;
    assert(!isRunning, 'a crew has one run at a time');
    isRunning = true;
    runs += 1;
    const cells = sharedCells(CELLS);
    try {
      yield { done: 0, total: pieces };
      const doPiece = job.open(input, compute);
      const order = createInOrder(take);
      const startedMs = performance.now();
      order.put(0, doPiece(0));
      cells[NEXT] = 1;
      const aheadMs = (performance.now() - startedMs) * (pieces - 1);
      const isWorth = pieces > 1 && (aheadMs >= WORTH_MS || leavesWork);
      const known = isWorth ? told(input, share) : undefined;
      const asked = { run: runs, job: job.name, input: known?.value, pieces, cells };
      if (known !== undefined) helpers.ask(asked, leavesWork);
      for (let piece = known && leavesWork ? pieces : begin(cells); piece < pieces; piece = begin(cells)) {
        yield { done: order.taken(), total: pieces };
        order.put(piece, doPiece(piece));
        receive(asked, order);
      }
      while (order.taken() < pieces) {
        // A piece has the same result whoever does it.
        if (!awaitHanded(asked, order)) order.put(order.taken(), doPiece(order.taken()));
      }
    } finally {
      // Nobody begins another piece of a run that was given up.
      Atomics.store(cells, NEXT, pieces);
      isRunning = false;
    }
  }

  function receive<Result>(asked: Asked, order: InOrder<Result>): void {
    helpers.receive(asked, (piece, result) => {
      handed.set(asked.job, (handed.get(asked.job) ?? 0) + 1);
      order.handed(piece, result as Result);
    });
  }

  /** Waits until the next result in order is there; whether it came before patience ended. */
  function awaitHanded<Result>(asked: Asked, order: InOrder<Result>): boolean {
    const before = order.taken();
    for (;;) {
      const times = Atomics.load(asked.cells, HANDED);
      receive(asked, order);
      if (order.taken() > before) return true;
      if (Atomics.wait(asked.cells, HANDED, times, patienceMs) === 'timed-out') return false;
    }
  }

  return { memory, run, handed, close: helpers.close };
}

function threadsHere(): number {
  return Math.min(THREADS_MAX, availableParallelism());
}

function begin(cells: Int32Array): number {
  return Atomics.add(cells, NEXT, 1);
}
