// A thread that helps the one that learns: of each job it takes the next piece as long as there is one.

import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { wasmCompute } from '../wasm/compute.ts';
import { ownResult } from '../../learn/crew/crew.ts';
import { JOBS, MAKERS } from '../../learn/crew/jobs.ts';
import { heard } from '../../learn/crew/told.ts';
import { collector } from './memory.ts';
import { type Asked, type Handed, HANDED, NEXT } from './protocol.ts';

const { port, done } = workerData as { readonly port: MessagePort; readonly done: Int32Array };
const compute = wasmCompute();
const collect = collector();

/**
 * What was told is garbage when a run is done. Collecting after each took a ninth of a helper's time; so what
 * half a second told may stay that long (a million interactions: 344 to 355 MiB at the peak instead of 326).
 */
const COLLECT_MS = 500;
let collecting: NodeJS.Timeout | undefined;

function collectNow(): void {
  collecting = undefined;
  collect();
}

port.on('message', (asked: Asked) => {
  try {
    takePart(asked);
  } catch (error) {
    const failed = error instanceof Error ? (error.stack ?? error.message) : String(error);
    hand(asked, { run: asked.run, failed });
  }
  Atomics.add(done, 0, 1);
  collecting ??= setTimeout(collectNow, COLLECT_MS);
});
// It lives as long as the thread that it helps wants it.
parentPort?.unref();

function takePart(asked: Asked): void {
  const { run, pieces, cells } = asked;
  // Whoever was asked for less than it takes to begin finds that all is done.
  if (Atomics.load(cells, NEXT) >= pieces) return;
  const job = JOBS.get(asked.job);
  if (job === undefined) throw new Error(`Nobody knows how to do ${asked.job}.`);
  const doPiece = job.open(heard(asked.input, MAKERS) as never, compute);
  for (let piece = take(cells); piece < pieces; piece = take(cells))
    hand(asked, { run, piece, result: ownResult(doPiece(piece)) });
}

function take(cells: Int32Array): number {
  return Atomics.add(cells, NEXT, 1);
}

function hand({ cells }: Asked, handed: Handed): void {
  port.postMessage(handed, 'result' in handed ? buffersIn(handed.result) : []);
  Atomics.add(cells, HANDED, 1);
  Atomics.notify(cells, HANDED);
}

/** They go over as they are: a result is nobody's here any more. */
function buffersIn(result: unknown): ArrayBuffer[] {
  if (ArrayBuffer.isView(result)) return [result.buffer as ArrayBuffer];
  return Object.values(result as object).flatMap(buffersIn);
}
