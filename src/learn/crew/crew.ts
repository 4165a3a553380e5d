/*
 * Work that falls into pieces which do not need one another: rows of a model, systems to solve, lists to
 * judge. Whoever learns says what the pieces are; a crew does them, alone or with other threads.
 *
 * Results are handed over in the order of the pieces, so that a model has the same bits whoever made it. A
 * piece of some ten milliseconds is long enough that handing it over costs nothing beside it.
 */
import { type Compute, plainCompute } from '../../kernel/compute.ts';
import { OWN_ROOMS, type Rooms } from '../models/entry-room.ts';
import type { Steps } from '../models/sparse-form.ts';

/**
 * A kind of work. `open` is called once for each who takes part, with what all of them are told, and makes
 * the room in which one piece after the other is done. A result is typed arrays, alone or in lists and
 * fields; they may be views of that room, which the next piece is written over.
 */
export type Job<Input, Result> = {
  /** Unique: by it another thread finds the job (jobs.ts). */
  readonly name: string;
  readonly open: (input: Input, compute: Compute) => (piece: number) => Result;
};

/** What is large and told to all is made in the crew's own memory, which all of them see. */
export type Crew = Rooms & {
  /** Does pieces 0 … `pieces` - 1, a step each, and gives `take` the result of each, in order. */
  readonly run: <Input, Result>(
    job: Job<Input, Result>,
    input: Input,
    pieces: number,
    take: (result: Result, piece: number) => void,
  ) => Steps<void>;
};

/** One thread, this one. */
export function alone(compute: Compute = plainCompute): Crew {
  return {
    ...OWN_ROOMS,
    run: function* (job, input, pieces, take) {
      if (pieces === 0) return;
      const doPiece = job.open(input, compute);
      for (let piece = 0; piece < pieces; piece++) {
        yield { done: piece, total: pieces };
        take(doPiece(piece), piece);
      }
    },
  };
}

/** A result with arrays of its own. */
export function ownResult<Result>(result: Result): Result {
  return owned(result) as Result;
}

function owned(result: unknown): unknown {
  if (ArrayBuffer.isView(result)) return (result as Uint32Array).slice();
  if (Array.isArray(result)) return result.map(owned);
  return Object.fromEntries(Object.entries(result as object).map(([name, of]) => [name, owned(of)]));
}

/** Pieces of `size` each that `count` things fall into. */
export function piecesOf(count: number, size: number): number {
  return Math.ceil(count / size);
}
