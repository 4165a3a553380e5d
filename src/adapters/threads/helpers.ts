// The threads that help: asked for a part of a run, listened to between two pieces of one's own.

import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { type Asked, type Handed, sharedCells } from './protocol.ts';

/** Who is so far behind is not asked for more: what is told would pile up. */
const BEHIND_MAX = 2;

export interface Helpers {
  /** None where no thread can be started. */
  readonly count: number;
  /** Asks those who keep up; all of them with `isPatient`. */
  ask(asked: Asked, isPatient: boolean): void;
  /** Gives on what was handed over of this run. Throws what a helper failed with, in this run or before. */
  receive(asked: Asked, handed: (piece: number, result: unknown) => void): void;
  /** Ends them; answers why some were gone already. */
  close(): Promise<readonly string[]>;
}

interface Helper {
  readonly worker: Worker;
  readonly port: MessagePort;
  asked: number;
  /** How often it has done what it could. */
  readonly done: Int32Array;
}

export function openHelpers(count: number): Helpers {
  const gone: string[] = [];
  const helpers: Helper[] = [];
  try {
    while (helpers.length < count) helpers.push(openHelper((why) => gone.push(why)));
  } catch (error) {
    // A machine may allow no more threads, or none. Those that are there do the work.
    gone.push(String(error));
  }
  return {
    count: helpers.length,
    ask: (asked, isPatient) => {
      for (const helper of helpers) {
        if (!isPatient && helper.asked - Atomics.load(helper.done, 0) >= BEHIND_MAX) continue;
        helper.asked += 1;
        helper.port.postMessage(asked);
      }
    },
    receive: ({ run }, handed) => {
      for (const { port } of helpers) {
        for (let one = nextOn(port); one !== undefined; one = nextOn(port)) {
          if ('failed' in one) throw new Error(`A thread that helps to learn failed: ${one.failed}`);
          // Of a run that was given up nobody needs it any more.
          if (one.run === run) handed(one.piece, one.result);
        }
      }
    },
    close: async () => {
      const why = [...gone];
      await Promise.all(helpers.map(({ worker }) => worker.terminate()));
      return why;
    },
  };
}

function openHelper(isGone: (why: string) => void): Helper {
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
  worker.on('error', (error) => isGone(String(error)));
  return { worker, port, asked: 0, done };
}

function nextOn(port: MessagePort): Handed | undefined {
  return receiveMessageOnPort(port)?.message as Handed | undefined;
}
