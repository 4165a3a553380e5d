// The complements model that serves beside the first: the formula of models/complements.ts over everybody's
// baskets, as an artefact over the very things that the first model names.

import { WEIGHT_BITS, quantise } from '../kernel/fixed.ts';
import { type ItemModel, makeModel } from '../facts/model.ts';
import { peopleIn } from './histories.ts';
import { type Links, type NamedHistories, basketsOfEach, createLinkTally } from './links-behind.ts';
import { over } from './over-items.ts';
import {
  COMPLEMENT_SETTINGS,
  type ComplementSettings,
  basketEvidenceSteps,
  complementSteps,
} from './models/complements.ts';
import { type SparseForm, type Steps, createFormBuilder } from './models/sparse-form.ts';

export interface ServeComplementsOptions {
  /** The things of the first model, which has enough people behind each; no other is named. */
  readonly first: ItemModel;
  /** Leaves of the catalogue, equal numbers for equal leaves; a thing without one is a leaf of its own. */
  readonly leafOf: ReadonlyMap<string, number>;
}

/** Minimum of people and the time are those of the first model. */
export function* serveComplementsSteps(
  baskets: NamedHistories,
  { first, leafOf }: ServeComplementsOptions,
): Steps<ItemModel> {
  const { itemIds, histories } = baskets;
  const { minPeople, builtMs } = first;
  const settings: ComplementSettings = { ...COMPLEMENT_SETTINGS, peopleMin: minPeople };
  const leaves = leafNumbers([...first.itemIds, ...itemIds], leafOf);
  const leafAt = (id: string): number => leaves.get(id) ?? 0;
  const evidence = yield* basketEvidenceSteps(histories, Uint32Array.from(itemIds, leafAt));
  const form = strongestIsOne(yield* complementSteps(evidence, settings));
  const rows = over(form, itemIds, first.itemIds);
  const named = { itemIds: first.itemIds, ...rows };
  const { people } = evidence.items.sources;
  const placeOf = new Map(itemIds.map((id, place) => [id, place]));
  const groups = yield* groupsSteps(named, baskets, { leafAt, minPeople });
  const { significance, floor, keep } = settings;
  return makeModel({
    kind: `complements/1 significance=${significance} floor=${floor} keep=${keep}`,
    ...named,
    // What nothing in front of the person calls for is not shown.
    prior: new Float64Array(first.itemIds.length),
    people: Uint32Array.from(first.itemIds, (id) => people[placeOf.get(id) ?? -1] ?? 0),
    peopleTotal: peopleIn(histories),
    minPeople,
    builtMs,
    links: {
      leaves: Uint32Array.from(first.itemIds, leafAt),
      groups,
    },
  });
}

/** A step per 512 people. */
function* groupsSteps(
  links: Links,
  baskets: NamedHistories,
  { leafAt, minPeople }: { readonly leafAt: (id: string) => number; readonly minPeople: number },
): Steps<Uint8Array> {
  const tally = createLinkTally(links, leafAt);
  const total = peopleIn(baskets.histories);
  let done = 0;
  for (const one of basketsOfEach(baskets)) {
    tally.change(one, 1);
    done += 1;
    if (done % 512 === 0) yield { done, total };
  }
  return tally.groups(minPeople);
}

/**
 * A number from 0 for the leaf of each of these things, in their order, so that how the catalogue numbers
 * them does not matter; one that `leafOf` does not know is its own leaf.
 */
function leafNumbers(
  itemIds: readonly string[],
  leafOf: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  const numbers = new Map<number | string, number>();
  return new Map(
    itemIds.map((id) => {
      const leaf = leafOf.get(id) ?? id;
      const number = numbers.get(leaf) ?? numbers.size;
      numbers.set(leaf, number);
      return [id, number];
    }),
  );
}

/**
 * Each row over its strongest weight. As shares of baskets they are as small as the leaf is rich: of ninety
 * gloves each is a ninetieth of what gloves are to a coat, and what somebody did last year would drown it.
 */
function strongestIsOne({ itemCount, offsets, targets, weights }: SparseForm): SparseForm {
  const builder = createFormBuilder(itemCount, targets.length);
  for (let source = 0; source < itemCount; source += 1) {
    const row = weights.subarray(offsets[source], offsets[source + 1]);
    const strongest = row.reduce((a, b) => Math.max(a, b), 0);
    const shares = Float64Array.from(row, (weight) => quantise(weight / strongest, WEIGHT_BITS));
    builder.appendRow(targets.subarray(offsets[source], offsets[source + 1]), shares, row.length);
  }
  return builder.finish();
}
