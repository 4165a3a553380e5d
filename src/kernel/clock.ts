// Owns: the one place where the machine's clock is read. Everything else receives `nowMs` as an argument,
// so that a decision can be replayed and the simulator can bend time.

/** Milliseconds since 1970-01-01T00:00:00Z by the system's clock, which may jump, also backwards. */
export function systemNowMs(): number {
  return Date.now();
}
