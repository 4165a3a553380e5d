/*
 * What another thread can be asked to do, by name, and the functions whose calls it can make again (told.ts).
 */
import { directedRows, inputGram } from '../directed.ts';
import { scatterRows, weightedGramRows } from '../gram.ts';
import { BLENDED_ROWS } from '../models/blend.ts';
import { HALF_LENGTHS, HALF_ROWS, halfRowsOf } from '../models/half-rows.ts';
import { FORM_ROWS, itemItemRows } from '../models/item-item.ts';
import { RIDGE_COLUMNS } from '../models/local-ridge.ts';
import { rowsOf } from '../models/sparse-form.ts';
import { WALK_ROWS } from '../models/walks.ts';
import { pairsWithPeopleMin, withPeopleMin } from '../rows.ts';
import { BEST_SCORES, GAINS } from '../tune.ts';
import type { Job } from './crew.ts';
import type { Makers } from './told.ts';

export const MAKERS: Makers = {
  directedRows,
  halfRowsOf,
  inputGram,
  itemItemRows,
  pairsWithPeopleMin,
  rowsOf,
  scatterRows,
  weightedGramRows,
  withPeopleMin,
};

const ALL = [BEST_SCORES, BLENDED_ROWS, FORM_ROWS, GAINS, HALF_LENGTHS, HALF_ROWS, RIDGE_COLUMNS, WALK_ROWS];

/** By their names. */
export const JOBS: ReadonlyMap<string, Job<never, unknown>> = new Map(
  ALL.map((job) => [job.name, job as Job<never, unknown>]),
);
