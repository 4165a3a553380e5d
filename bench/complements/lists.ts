// Lists from a sparse form.

import type { SparseForm } from '../../src/learn/models/sparse-form.ts';

/** At most `k` targets of a source, the strongest first, ties by index. */
export function strongestTargets(form: SparseForm, source: number, k: number): readonly number[] {
  const [from, to] = [form.offsets[source]!, form.offsets[source + 1]!];
  const places = Array.from({ length: to - from }, (_, x) => from + x);
  // Targets ascend within a row and sorting is stable, so ties stay in order of index.
  places.sort((a, b) => form.weights[b]! - form.weights[a]!);
  return places.slice(0, k).map((place) => form.targets[place]!);
}
