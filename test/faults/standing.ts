// Whether this machine stood still: what is found by waiting for it then says nothing.

/** A process that only waits is called every 50 ms; so long without a call is no work of its own. */
export const STANDS_MS = 3000;
const EVERY_MS = 50;

export interface Standing {
  /** Longest time without a turn so far, in milliseconds. */
  mostMs(): number;
  stop(): void;
}

export function watchStanding(): Standing {
  let mostMs = 0;
  let lastMs = performance.now();
  const look = (): void => {
    const nowMs = performance.now();
    mostMs = Math.max(mostMs, nowMs - lastMs - EVERY_MS);
    lastMs = nowMs;
  };
  const timer = setInterval(look, EVERY_MS);
  return {
    mostMs: () => {
      look();
      return Math.max(0, Math.round(mostMs));
    },
    stop: () => clearInterval(timer),
  };
}
