// The Learner port over a worker thread. Changes are gathered and posted together; questions keep their order
// behind them.

import { Worker } from 'node:worker_threads';
import { Fault } from '../../kernel/fault.ts';
import type { Learner } from '../../engine/ports.ts';
import type { Change, Reply, Request, Told } from './protocol.ts';

/** Changes posted at once: a message costs some 20 µs whatever is in it. */
const CHANGES_MAX = 512;

interface Asked {
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
}

type Question = Exclude<Request, Told>;

export function openLearner(): Learner {
  const worker = new Worker(new URL('./learner-worker.ts', import.meta.url));
  const open = new Map<number, Asked>();
  let changes: Change[] = [];
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

  function post(request: Request): void {
    worker.postMessage(request);
  }
  function send(): void {
    if (changes.length === 0) return;
    post({ kind: 'changes', changes });
    changes = [];
  }
  function ask<T>(make: (id: number) => Question): Promise<T> {
    if (dead !== undefined) return Promise.reject(dead);
    send();
    const id = nextId;
    nextId += 1;
    return new Promise<T>((resolve, reject) => {
      open.set(id, { resolve, reject });
      post(make(id));
    });
  }
  return {
    change: (person, share) => {
      changes.push([person, share]);
      if (changes.length >= CHANGES_MAX) send();
    },
    forget: (person, leaving) => ask((id) => ({ kind: 'forget', id, person, ...leaving })),
    adopt: (models) => post({ kind: 'adopt', ...models }),
    fit: (options) => ask((id) => ({ kind: 'fit', id, ...options })),
    proxies: (question) => ask((id) => ({ kind: 'proxies', id, question })),
    canonical: () => ask((id) => ({ kind: 'canonical', id })),
    close: async () => {
      send();
      await worker.terminate();
    },
  };
}
