// Which pairs of things one person is behind: those of which an example has one before and the other after.

import { createFading } from '../kernel/fading.ts';
import { INPUT_ITEMS_MAX, STEPS_MAX } from './examples.ts';

/** Steps in order, each with its things. */
type Steps<Id> = readonly (readonly Id[])[];

/** The things of one person, and for each two of them (both ways) whether they are behind the pair. */
export type PairsBehind<Id> = { readonly ids: readonly Id[]; readonly isBehind: Uint8Array };

/** Of one person's histories, as `examplesOf` makes examples of them with this `decay`. */
export function pairsBehind<Id>(histories: readonly Steps<Id>[], decay: number): PairsBehind<Id> {
  const ids = [...new Set(histories.flat(2))];
  const localOf = new Map(ids.map((id, local) => [id, local]));
  const isBehind = new Uint8Array(ids.length * ids.length);
  // How much of a step each thing has does not say who is behind it.
  const fading = createFading(ids.length, { decay, sharePower: 0 }, INPUT_ITEMS_MAX);
  for (const history of histories) {
    const steps = history.map((step) => step.map((id) => localOf.get(id) ?? 0));
    for (let step = Math.max(1, steps.length - STEPS_MAX); step < steps.length; step += 1) {
      const { count, items } = fading(step, (at) => steps[at] ?? []);
      for (const after of steps[step] ?? []) {
        for (let x = 0; x < count; x += 1) {
          isBehind[items[x]! * ids.length + after] = 1;
          isBehind[after * ids.length + items[x]!] = 1;
        }
      }
    }
  }
  return { ids, isBehind };
}
