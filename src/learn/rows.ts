/*
 * How models read statistics: one row of item pairs at a time, from wherever the statistics live.
 *
 * Two sources implement this: `counts.ts` (the streaming counts of a running engine) and `gram.ts` (a batch,
 * where rows are computed when asked for and never stored). A model is a function of this interface, so what
 * is measured in the bench is what serves. Typed arrays are read with `!` in hot loops: the index is in range
 * by construction, and a check per element would double the time.
 */

import type { Call } from './crew/told.ts';

/** Room for one row; `count` entries are valid. Entries come in no particular order. */
export type RowBuffer = {
  count: number;
  /** The other item of the pair. */
  readonly indices: Uint32Array;
  /** Distinct people behind the pair, unweighted: what the k-threshold reads. */
  readonly people: Uint32Array;
  /** Weighted sum; a dyadic number (multiple of 2^-20), hence exact in float64. */
  readonly weights: Float64Array;
};

/** Rows of pair statistics; `readRow` overwrites the buffer. */
export type PairRows = {
  readonly itemCount: number;
  /** All rows together have no more entries than this; absent where nobody knows. */
  readonly entriesMax?: number;
  readonly readRow: (item: number, into: RowBuffer) => void;
  /** What made them, where another thread can make them too. */
  readonly call?: Call;
};

/** Symmetric statistics: a row holds every other item (never the item itself), the diagonal stands apart. */
export type CountRows = PairRows & {
  readonly peopleTotal: number;
  /** People who have the item. */
  readonly itemPeople: Uint32Array;
  /** Weighted diagonal: sum over people who have the item of their weight. */
  readonly itemWeights: Float64Array;
};

/** A buffer wide enough for every row of a catalogue of `itemCount` items. */
export function createRowBuffer(itemCount: number): RowBuffer {
  return {
    count: 0,
    indices: new Uint32Array(itemCount),
    people: new Uint32Array(itemCount),
    weights: new Float64Array(itemCount),
  };
}

/** The same rows without the pairs behind which stand fewer than `peopleMin` people. */
export function withPeopleMin(rows: CountRows, peopleMin: number): CountRows {
  if (peopleMin <= 1) return rows;
  const call = { maker: 'withPeopleMin', given: [rows, peopleMin] };
  return { ...rows, ...pairsWithPeopleMin(rows, peopleMin), call };
}

/** `withPeopleMin` for rows without a diagonal. */
export function pairsWithPeopleMin(rows: PairRows, peopleMin: number): PairRows {
  if (peopleMin <= 1) return rows;
  const readRow = (item: number, into: RowBuffer): void => {
    rows.readRow(item, into);
    const { indices, people, weights } = into;
    let kept = 0;
    for (let x = 0; x < into.count; x++) {
      // A minimum that is no number lets nothing through.
      if (!(people[x]! >= peopleMin)) continue;
      indices[kept] = indices[x]!;
      people[kept] = people[x]!;
      weights[kept++] = weights[x]!;
    }
    into.count = kept;
  };
  return { ...rows, readRow, call: { maker: 'pairsWithPeopleMin', given: [rows, peopleMin] } };
}
