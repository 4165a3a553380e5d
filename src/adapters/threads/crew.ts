// A crew of threads: this one and helpers, which see the same memory and take pieces by turns. For whoever
// learns and does nothing else meanwhile, as `fineline evaluate` does; beside serving, one thread learns.
//
// This thread works as well, and waits for no event: between its pieces it looks what was handed over.

import { availableParallelism } from 'node:os';
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { wasmCompute } from '../wasm/compute.ts';
import { alone, type Crew, type Job } from '../../learn/crew/crew.ts';
import { told } from '../../learn/crew/told.ts';
import type { Steps } from '../../learn/models/sparse-form.ts';
import { sharedMemory } from './memory.ts';
import { createInOrder, type InOrder } from './in-order.ts';
import { type Asked, CELLS, type Handed, HANDED, NEXT } from './protocol.ts';

export interface ThreadCrew extends Crew {
  /** Ends the helpers. */
  close(): Promise<void>;
}

/** A fifth of learning is in no pieces: eight threads are hardly faster than four. */
const THREADS_MAX = 8;

/** A piece takes some ten milliseconds. Whoever has one for so long is gone, and somebody else does it. */
const PATIENCE_MS = 5000;

/** Asking costs a millisecond or two; whatever takes no longer is not worth it. */
const WORTH_MS = 5;

/** Who is so far behind is not asked for more: what is told would pile up. */
const BEHIND_MAX = 2;

interface Helper {
  readonly worker: Worker;
  readonly port: MessagePort;
  /** How often it was asked, and how often it has done what it could. */
  asked: number;
  readonly done: Int32Array;
}

export interface CrewOptions {
  /** Default: as many as there are cores, 8 at most. */
  readonly threads?: number;
  readonly patienceMs?: number;
}

/** A crew of some threads; of this one, where that is all. */
export function openCrew(options: CrewOptions = {}): ThreadCrew {
  const { threads = Math.min(THREADS_MAX, availableParallelism()), patienceMs = PATIENCE_MS } = options;
  const compute = wasmCompute();
  const helpers = Array.from({ length: threads - 1 }, openHelper);
  if (helpers.length === 0) return { ...alone(compute), close: () => Promise.resolve() };
  let runs = 0;

  function* run<Input, Result>(
    job: Job<Input, Result>,
    input: Input,
    pieces: number,
    take: (result: Result, piece: number) => void,
  ): Steps<void> {
    if (pieces === 0) return;
    yield { done: 0, total: pieces };
    const doPiece = job.open(input, compute);
    const startedMs = performance.now();
    const order = createInOrder(take);
    order.put(0, doPiece(0));
    const aheadMs = (performance.now() - startedMs) * (pieces - 1);
    const known = aheadMs < WORTH_MS ? undefined : told(input);
    const cells = sharedCells(CELLS);
    cells[NEXT] = 1;
    runs += 1;
    const asked: Asked = { run: runs, job: job.name, input: known?.value, pieces, cells };
    if (known !== undefined) for (const helper of helpers) ask(helper, asked);
    for (let piece = begin(cells); piece < pieces; piece = begin(cells)) {
      yield { done: order.taken(), total: pieces };
      order.put(piece, doPiece(piece));
      receive(helpers, asked, order);
    }
    while (order.taken() < pieces) {
      if (awaitHanded(helpers, asked, { order, patienceMs })) continue;
      // A piece has the same result whoever does it.
      order.put(order.taken(), doPiece(order.taken()));
    }
  }

  const close = async (): Promise<void> => {
    await Promise.all(helpers.map(({ worker }) => worker.terminate()));
  };
  return { memory: sharedMemory(), run, close };
}

function openHelper(): Helper {
  const { port1: port, port2 } = new MessageChannel();
  const done = sharedCells(1);
  const worker = new Worker(new URL('crew-worker.ts', import.meta.url), {
    workerData: { port: port2, done },
    transferList: [port2],
    // Its objects are few; what is large lies in typed arrays.
    resourceLimits: { maxYoungGenerationSizeMb: 4 },
  });
  worker.unref();
  port.unref();
  // One that is gone hands nothing over; the others do its work.
  worker.on('error', () => undefined);
  return { worker, port, asked: 0, done };
}

function sharedCells(count: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(count * Int32Array.BYTES_PER_ELEMENT));
}

function ask(helper: Helper, asked: Asked): void {
  if (helper.asked - Atomics.load(helper.done, 0) >= BEHIND_MAX) return;
  helper.asked += 1;
  helper.port.postMessage(asked);
}

function begin(cells: Int32Array): number {
  return Atomics.add(cells, NEXT, 1);
}

/** Takes what was handed over; of an earlier run nobody needs it any more. */
function receive<Result>(helpers: readonly Helper[], { run }: Asked, order: InOrder<Result>): void {
  for (const { port } of helpers) {
    for (;;) {
      const received = receiveMessageOnPort(port);
      if (received === undefined) break;
      const message = received.message as Handed;
      if (message.run !== run) continue;
      if ('failed' in message) throw new Error(`A thread that helps to learn failed: ${message.failed}`);
      order.handed(message.piece, message.result as Result);
    }
  }
}

/** Waits until the next result in order is there; whether it came before patience ended. */
function awaitHanded<Result>(
  helpers: readonly Helper[],
  asked: Asked,
  { order, patienceMs }: { readonly order: InOrder<Result>; readonly patienceMs: number },
): boolean {
  const before = order.taken();
  for (;;) {
    const handed = Atomics.load(asked.cells, HANDED);
    receive(helpers, asked, order);
    if (order.taken() > before) return true;
    if (Atomics.wait(asked.cells, HANDED, handed, patienceMs) === 'timed-out') return false;
  }
}
