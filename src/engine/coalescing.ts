// Work that is asked for often and may be done once for all who wait: whoever asks while it is under way gets
// the next turn, because the one under way may have looked before the reason for asking.

/** The answer resolves when a turn that began after the call has ended. */
export function coalesced(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const begin = (): Promise<void> => {
    next = undefined;
    running = work().finally(() => {
      running = undefined;
    });
    return running;
  };
  return () => {
    if (running === undefined) return begin();
    next ??= running.then(begin, begin);
    return next;
  };
}
