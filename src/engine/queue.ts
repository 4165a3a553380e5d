// Work that must not overlap: each piece begins when the one before has ended, in the order in which it was
// handed in.

export type Queue = <T>(work: () => Promise<T>) => Promise<T>;

/** A piece that fails fails alone; the next begins all the same. */
export function createQueue(): Queue {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const done = last.then(work, work);
    last = done.catch(() => undefined);
    return done;
  };
}
