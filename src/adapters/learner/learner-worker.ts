// The worker thread that counts and fits, so that serving never waits for learning.

import { parentPort } from 'node:worker_threads';
import type { Reply, Request, Told } from './protocol.ts';
import { createStatistics } from './statistics.ts';

const statistics = createStatistics();

parentPort?.on('message', (request: Request) => {
  if (request.kind === 'changes' || request.kind === 'adopt') {
    statistics.handle(request);
    return;
  }
  parentPort?.postMessage(answer(request));
});

function answer(request: Exclude<Request, Told>): Reply {
  try {
    return { id: request.id, ok: true, value: statistics.handle(request) };
  } catch (error) {
    return {
      id: request.id,
      ok: false,
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    };
  }
}
