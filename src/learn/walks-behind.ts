/*
 * Who is behind ways of two steps, from i over some third thing to j (models/walks.ts), now.
 *
 * Nobody need have both i and j. Behind the way's beginning is who is behind a pair of i and a thing that
 * leads on to j; behind its end, who is behind a pair of j and a thing to which i leads. Each counts once on
 * each side, however many things they know in between. So many are behind the way as are behind the side of
 * fewer.
 */
import type { ItemModel } from '../facts/model.ts';
import type { PairsBehind } from './pairs-behind.ts';
import { type SparseForm, transposeForm } from './models/sparse-form.ts';

/** Weights from thing to thing, by place. */
type Ways = Pick<SparseForm, 'itemCount' | 'offsets' | 'targets'>;

export type WalkTally = {
  /** Counts one person in, or out again; things without a place lead nowhere. */
  readonly change: (pairs: PairsBehind<number | undefined>, sign: 1 | -1) => void;
  /** People behind the way at this place of `targets`. */
  readonly peopleAt: (at: number) => number;
};

/** Nobody behind any way yet. `links` says what leads to what. */
export function createWalkTally(ways: Ways, links: SparseForm): WalkTally {
  const begun = new Int32Array(ways.targets.length);
  const ended = new Int32Array(ways.targets.length);
  const ends = byEnd(ways);
  const back = transposeForm(links);
  const near = createMarks(links.itemCount);
  const far = createMarks(links.itemCount);

  /** Marks what lies two links away over the things that this person has beside it. */
  function walk(form: SparseForm, { ids, isBehind }: PairsBehind<number | undefined>, local: number): void {
    near.clear();
    far.clear();
    near.markRow(form, ids[local]!);
    for (const [other, over] of ids.entries()) {
      if (over === undefined || isBehind[local * ids.length + other] === 0 || !near.has(over)) continue;
      far.markRow(form, over);
    }
  }

  function change(pairs: PairsBehind<number | undefined>, sign: 1 | -1): void {
    for (const [local, place] of pairs.ids.entries()) {
      if (place === undefined) continue;
      walk(links, pairs, local);
      for (let at = ways.offsets[place]!; at < ways.offsets[place + 1]!; at += 1)
        if (far.has(ways.targets[at]!)) begun[at]! += sign;
      walk(back, pairs, local);
      for (let x = ends.offsets[place]!; x < ends.offsets[place + 1]!; x += 1)
        if (far.has(ends.sources[x]!)) ended[ends.places[x]!]! += sign;
    }
  }
  return { change, peopleAt: (at) => Math.min(begun[at]!, ended[at]!) };
}

/** Ways by where they end: from where each comes, and at which place of `targets` it stands. */
function byEnd({ itemCount, offsets, targets }: Ways): {
  readonly offsets: Uint32Array;
  readonly sources: Uint32Array;
  readonly places: Uint32Array;
} {
  const starts = new Uint32Array(itemCount + 1);
  for (const target of targets) starts[target + 1]!++;
  for (let item = 0; item < itemCount; item += 1) starts[item + 1]! += starts[item]!;
  const next = starts.slice();
  const sources = new Uint32Array(targets.length);
  const places = new Uint32Array(targets.length);
  for (let source = 0; source < itemCount; source += 1) {
    for (let at = offsets[source]!; at < offsets[source + 1]!; at += 1) {
      const x = next[targets[at]!]!++;
      sources[x] = source;
      places[x] = at;
    }
  }
  return { offsets: starts, sources, places };
}

type Marks = {
  readonly clear: () => void;
  readonly markRow: (form: SparseForm, row: number) => void;
  readonly has: (item: number) => boolean;
};

/** Marks that are all taken away at once, by counting on. */
function createMarks(itemCount: number): Marks {
  const marks = new Float64Array(itemCount);
  let now = 0;
  return {
    clear: () => {
      now += 1;
    },
    markRow: ({ offsets, targets }, row) => {
      for (let at = offsets[row]!; at < offsets[row + 1]!; at += 1) marks[targets[at]!] = now;
    },
    has: (item) => marks[item] === now,
  };
}

/** Ways of a model in service. */
export type ModelWays = {
  readonly change: (pairs: PairsBehind<string>, sign: 1 | -1) => void;
  /** People behind the way at this place of the model's `targets`; nobody, where its things are unknown. */
  readonly peopleAt: (at: number) => number;
};

/** What leads to what: a form over these things. */
export type NamedLinks = { readonly itemIds: readonly string[]; readonly links: SparseForm };

/** The tally of a model's weights as ways, nobody in it yet. */
export function waysOf(model: ItemModel, { itemIds, links }: NamedLinks): ModelWays {
  const placeOf = new Map(itemIds.map((id, place) => [id, place]));
  const sourceOf = new Map(model.itemIds.map((id, source) => [id, source]));
  const wayOf = new Int32Array(model.targets.length).fill(-1);
  const offsets = new Uint32Array(itemIds.length + 1);
  const targets: number[] = [];
  for (const [place, id] of itemIds.entries()) {
    const source = sourceOf.get(id);
    const [from, to] = source === undefined ? [0, 0] : [model.offsets[source]!, model.offsets[source + 1]!];
    for (let at = from; at < to; at += 1) {
      const target = placeOf.get(model.itemIds[model.targets[at]!]!);
      if (target === undefined) continue;
      wayOf[at] = targets.length;
      targets.push(target);
    }
    offsets[place + 1] = targets.length;
  }
  const ways = { itemCount: itemIds.length, offsets, targets: Uint32Array.from(targets) };
  const tally = createWalkTally(ways, links);
  return {
    change: ({ ids, isBehind }, sign) =>
      tally.change({ ids: ids.map((id) => placeOf.get(id)), isBehind }, sign),
    peopleAt: (at) => (wayOf[at]! < 0 ? 0 : tally.peopleAt(wayOf[at]!)),
  };
}
