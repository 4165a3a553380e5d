// Questions to a worker thread and its answers, in order. Which questions there are, each worker says.

import { Worker } from 'node:worker_threads';
import { Fault } from '../../kernel/fault.ts';
import type { Reply } from './protocol.ts';

interface Asked {
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
}

export interface WorkerClient<Request, Question extends Request> {
  /** Nobody waits for an answer. */
  post(request: Request): void;
  /** Fault `learner-failed` when the worker says so, or is gone. */
  ask<T>(make: (id: number) => Question): Promise<T>;
  close(): Promise<void>;
}

export function openWorker<Request, Question extends Request>(file: URL): WorkerClient<Request, Question> {
  const worker = new Worker(file);
  const open = new Map<number, Asked>();
  let nextId = 1;
  let dead: Fault | undefined;

  worker.on('message', (reply: Reply) => {
    const asked = open.get(reply.id);
    open.delete(reply.id);
    if (reply.ok) asked?.resolve(reply.value as never);
    else asked?.reject(new Fault('learner-failed', reply.message, { retry: 'later' }));
  });
  const fail = (message: string): void => {
    dead ??= new Fault('learner-failed', message, { retry: 'never' });
    for (const { reject } of open.values()) reject(dead);
    open.clear();
  };
  worker.on('error', (error) => fail(`The learning worker stopped: ${String(error)}`));
  worker.on('exit', () => fail('The learning worker is closed.'));

  return {
    post: (request) => worker.postMessage(request),
    ask: (make) => {
      if (dead !== undefined) return Promise.reject(dead);
      const id = nextId;
      nextId += 1;
      return new Promise((resolve, reject) => {
        open.set(id, { resolve, reject });
        worker.postMessage(make(id));
      });
    },
    close: async () => {
      await worker.terminate();
    },
  };
}
