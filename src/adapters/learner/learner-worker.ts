// The worker thread that counts and fits, so that serving never waits for learning. A fit is made in slices:
// between two of them everything else that was asked has its turn, so counts follow, and an erasure is
// answered, while models are made.

import { getPriority, setPriority } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { parentPort } from 'node:worker_threads';
import type { Fitted } from '../../engine/ports.ts';
import type { Reply, Request, Told } from './protocol.ts';
import { createStatistics } from './statistics.ts';

/** Longer than a step of learning takes, mostly; much shorter than anybody waits. */
const SLICE_MS = 20;

type Fit = Extract<Request, { kind: 'fit' }>;

/** Where both cores are wanted, serving has three quarters of them. */
const NICER = 5;

// On Linux a thread has a priority of its own; elsewhere it would be that of the whole process.
if (process.platform === 'linux') yieldToServing();

function yieldToServing(): void {
  try {
    setPriority(Math.min(19, getPriority() + NICER));
  } catch {
    // A filter of system calls may forbid it: then learning competes with serving, and goes on.
  }
}

const statistics = createStatistics();
// A fit that is asked for during another waits for it.
let fits = Promise.resolve();

parentPort?.on('message', (request: Request) => {
  if (request.kind === 'changes' || request.kind === 'adopt') statistics.handle(request);
  else if (request.kind === 'fit') fits = fits.then(() => fit(request));
  else parentPort?.postMessage(answer(request));
});

async function fit(request: Fit): Promise<void> {
  try {
    const value = await inSlices(request);
    const buffers = Object.values(value).map(({ buffer }: Uint8Array) => buffer as ArrayBuffer);
    parentPort?.postMessage({ id: request.id, ok: true, value } satisfies Reply, buffers);
  } catch (error) {
    parentPort?.postMessage(failed(request.id, error));
  }
}

async function inSlices(request: Fit): Promise<Fitted> {
  const steps = statistics.fitSteps(request);
  for (;;) {
    const until = performance.now() + SLICE_MS;
    do {
      const step = steps.next();
      if (step.done) return step.value;
    } while (performance.now() < until);
    await setImmediate();
  }
}

function answer(request: Exclude<Request, Told | Fit>): Reply {
  try {
    return { id: request.id, ok: true, value: statistics.handle(request) };
  } catch (error) {
    return failed(request.id, error);
  }
}

function failed(id: number, error: unknown): Reply {
  return { id, ok: false, message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}
