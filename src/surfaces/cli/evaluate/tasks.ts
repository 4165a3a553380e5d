/*
 * What each task asks of the recipes, and how much settings are chosen on.
 */
import type { EvaluateOptions, Task } from './options.ts';
import type { Crew } from '../../../learn/crew/crew.ts';
import type { SparseForm } from '../../../learn/models/sparse-form.ts';
import type { SequenceTask } from '../../../learn/recipes/sequence.ts';

/** What one person adds to the counts of things. */
export const ITEMS_OF_ONE_MAX = 200;

/** All items of a person are facts in `topn`, up to this many. */
export const ALL_ITEMS = 2 ** 31;

/**
 * What settings are chosen on; a shop chooses on less (held-out-things.ts), because it does so again and
 * again. Every target stays in the model, for the same reason; in a shop a hundred of each thing.
 */
export const TUNING_BOUNDS = { casesMax: 2000, thingsMax: 1_500_000 };

export function sequenceTask(
  kind: Exclude<Task, 'topn'>,
  { k, peopleMin }: EvaluateOptions,
  means: Means,
): SequenceTask {
  return { repeats: kind !== 'next', walk: kind !== 'basket', k, peopleMin, ...means };
}

/** Who computes, and what the catalogue says. */
export type Means = { readonly crew: Crew; readonly likeness: SparseForm | undefined };
