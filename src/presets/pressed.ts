// Owns: whether a node is short of processor while somebody waits for its intake. Then workers of the same
// node give way (taking.ts): whoever promises is waited for by a sender, whoever keeps by nobody. A stream is
// there for such minutes.

import { performance } from 'node:perf_hooks';

/** Part of the time in which the process had something to do; being kept from a processor counts. */
const BUSY_MIN = 0.7;
const LOOK_MS = 250;

export interface Pressed {
  /** Work of the intake. */
  during<T>(work: () => Promise<T>): Promise<T>;
  isPressed(): boolean;
}

export function createPressed(): Pressed {
  let underWay = 0;
  let before = performance.eventLoopUtilization();
  let lookedAtMs = performance.now();
  let busy = 0;
  return {
    during: async (work) => {
      underWay += 1;
      try {
        return await work();
      } finally {
        underWay -= 1;
      }
    },
    isPressed: () => {
      if (performance.now() - lookedAtMs >= LOOK_MS) {
        busy = performance.eventLoopUtilization(before).utilization;
        before = performance.eventLoopUtilization();
        lookedAtMs = performance.now();
      }
      return underWay > 0 && busy > BUSY_MIN;
    },
  };
}
