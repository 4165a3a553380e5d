// Results as they come, given on in the order of their pieces.

import { ownResult } from '../../learn/crew/crew.ts';

export interface InOrder<Result> {
  /** A result of this thread: what is a view is copied where it has to wait. */
  put(piece: number, result: Result): void;
  /** One with memory of its own, which is let go as soon as it was taken. A piece that came before is not. */
  handed(piece: number, result: Result): void;
  /** So many were taken, from the first on. */
  taken(): number;
}

export function createInOrder<Result>(take: (result: Result, piece: number) => void): InOrder<Result> {
  const waiting = new Map<number, Result>();
  let next = 0;
  function takeWaiting(): void {
    for (let one = waiting.get(next); one !== undefined; one = waiting.get(next)) {
      waiting.delete(next);
      take(one, next++);
      release(one);
    }
  }
  return {
    put: (piece, result) => {
      if (piece > next) waiting.set(piece, ownResult(result));
      if (piece === next) take(result, next++);
      takeWaiting();
    },
    handed: (piece, result) => {
      if (piece >= next) waiting.set(piece, result);
      takeWaiting();
    },
    taken: () => next,
  };
}

/** Part of ES2024, which Node 24 has and the types of the project do not name. */
interface Transferable {
  transfer(bytes: number): unknown;
}

// Garbage of a megabyte a piece would wait for a collection.
function release(result: unknown): void {
  if (ArrayBuffer.isView(result)) (result.buffer as unknown as Transferable).transfer(0);
  else for (const part of Object.values(result as object)) release(part);
}
