// The JointLearner port over a worker thread.

import type { JointLearner } from '../../engine/ports.ts';
import type { JointQuestion, JointRequest } from './joint-statistics.ts';
import { openWorker } from './worker-client.ts';

export function openJointLearner(): JointLearner {
  const worker = openWorker<JointRequest, JointQuestion>(new URL('./joint-worker.ts', import.meta.url));
  return {
    change: (changes, k) => worker.ask((id) => ({ kind: 'change', id, changes, k })),
    clear: () => worker.post({ kind: 'clear' }),
    fit: (options) => worker.ask((id) => ({ kind: 'fit', id, ...options })),
    canonical: () => worker.ask((id) => ({ kind: 'canonical', id })),
    close: () => worker.close(),
  };
}
