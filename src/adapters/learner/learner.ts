// The Learner port over a worker thread. Changes are gathered and posted together; questions keep their order
// behind them.

import type { Learner } from '../../engine/ports.ts';
import type { Change, Request, Told } from './protocol.ts';
import { openWorker } from './worker-client.ts';

/** Changes posted at once: a message costs some 20 µs whatever is in it. */
const CHANGES_MAX = 512;

type Question = Exclude<Request, Told>;

export function openLearner(): Learner {
  const worker = openWorker<Request, Question>(new URL('./learner-worker.ts', import.meta.url));
  let changes: Change[] = [];

  function send(): void {
    if (changes.length === 0) return;
    worker.post({ kind: 'changes', changes });
    changes = [];
  }
  function ask<T>(make: (id: number) => Question): Promise<T> {
    send();
    return worker.ask(make);
  }
  return {
    change: (person, share) => {
      changes.push([person, share]);
      if (changes.length >= CHANGES_MAX) send();
    },
    forget: (person, leaving) => ask((id) => ({ kind: 'forget', id, person, ...leaving })),
    adopt: (models) => worker.post({ kind: 'adopt', ...models }),
    fit: (options) => ask((id) => ({ kind: 'fit', id, ...options })),
    proxies: (question) => ask((id) => ({ kind: 'proxies', id, question })),
    canonical: () => ask((id) => ({ kind: 'canonical', id })),
    close: () => {
      send();
      return worker.close();
    },
  };
}
