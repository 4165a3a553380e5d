// The worker thread in which sellers learn together. It belongs to no home.

import { parentPort } from 'node:worker_threads';
import { type JointRequest, createJointStatistics } from './joint-statistics.ts';
import type { Reply } from './protocol.ts';

const statistics = createJointStatistics();

parentPort?.on('message', (request: JointRequest) => {
  if (request.kind === 'clear') {
    statistics.handle(request);
    return;
  }
  const { id } = request;
  let reply: Reply;
  try {
    reply = { id, ok: true, value: statistics.handle(request) };
  } catch (error) {
    reply = {
      id,
      ok: false,
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    };
  }
  parentPort?.postMessage(reply);
});
