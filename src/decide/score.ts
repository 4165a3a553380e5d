// Scoring: score(j) = Σ_facts w(f) · B[item(f), j] + Σ_context w(c) · C[c, j] + prior(j), where C is the
// complements model if the placement asks for complements, and B if it does not. All addends are
// exact dyadic numbers, so the sum is the same in any order and in any runtime (kernel/fixed.ts). Cost
// depends on facts × neighbours, not on the catalogue (sums.ts).

import { favourOf } from './favour.ts';
import type { Row } from './rows.ts';
import type { Shelf } from './shelf.ts';
import type { Base } from './shelf-models.ts';
import { type Sums, addRow, createSums, drain, makeRoom, touch } from './sums.ts';

/** Working memory of one shelf, reused between decisions. Not shared between threads. */
export interface Scratch {
  readonly sums: Sums;
  /** Part of the score that the context gave: complements must be related to it. */
  readonly related: Float64Array;
  /** How near a thing stands to one of the context, as a share of what stands nearest to that; 0 to 1. */
  readonly nearness: Float64Array;
  /** Things of which `related` or `nearness` may not be 0, some more than once. */
  readonly near: number[];
  /** While a list is explained: place in it + 1. A list has at most 100. */
  readonly marks: Uint8Array;
  readonly rankedScores: Float64Array;
  readonly rankedItems: Uint32Array;
}

export function createScratch(shelf: Shelf): Scratch {
  // A thing that no model knows can be repeated by whoever bought it.
  const count = shelf.names.length;
  return {
    sums: createSums(),
    related: new Float64Array(count),
    nearness: new Float64Array(count),
    near: [],
    marks: new Uint8Array(count),
    rankedScores: new Float64Array(count),
    rankedItems: new Uint32Array(count),
  };
}

export interface ScoreInput {
  readonly rows: readonly Row[];
  readonly base: Base;
  /** Also rank the popular items, so that a list can be filled. */
  readonly withPopular: boolean;
  /** What the shop favours; added to what a thing has, so never of nothing. */
  readonly favours?: Uint16Array | undefined;
  /** 1 where a thing is a candidate; absent: all are. */
  readonly isIn?: Uint8Array | undefined;
  /** Leaves of what is in front of the person; absent: of what speaks there, as before D83. */
  readonly leavesInFront?: ReadonlySet<number> | undefined;
}

/**
 * Fills `rankedItems` and `rankedScores` with every candidate whose score is above 0, unordered; returns how
 * many.
 */
export function score(shelf: Shelf, scratch: Scratch, input: ScoreInput): number {
  const { rows, base, withPopular, leavesInFront } = input;
  const popular = withPopular ? base.popular : NONE;
  const most = rows.reduce((sum, row) => sum + lengthOf(row), popular.length);
  makeRoom(scratch.sums, most, shelf.names.length);
  for (const row of rows) {
    if (row.kind === 'context') addContext(scratch, row);
    addRow(scratch.sums, row.model, row);
  }
  addNearness(shelf, scratch, rows, leavesInFront);
  touch(scratch.sums, popular);
  return collect(scratch, input);
}

const NONE = new Uint32Array(0);

function lengthOf({ model, index }: Row): number {
  return model.offsets[index + 1]! - model.offsets[index]!;
}

function addContext({ related, near }: Scratch, { model, index, weight }: Row): void {
  const { offsets, targets, weights } = model;
  const end = offsets[index + 1]!;
  for (let at = offsets[index]!; at < end; at += 1) {
    const target = targets[at]!;
    related[target] = related[target]! + weight * weights[at]!;
    near.push(target);
  }
}

/**
 * A share, because how strong the strongest pull is differs from thing to thing and from shop to shop. What
 * stands on a leaf of the context is no complement, and what is sold out or tells something sensitive is not
 * shown, so neither says how strongly complements are pulled: it would empty the place in silence.
 */
function addNearness(
  { model, leaves, sellable, classes }: Shelf,
  { nearness }: Scratch,
  rows: readonly Row[],
  leavesInFront?: ReadonlySet<number>,
): void {
  const { offsets, targets, weights } = model;
  // What complements say is near as it stands.
  const context = rows.filter((row) => row.kind === 'context' && row.model === model);
  if (context.length === 0) return;
  const inContext = leavesInFront ?? new Set(context.map(({ index }) => leaves[index]!));
  for (const { index } of context) {
    const [start, end] = [offsets[index]!, offsets[index + 1]!];
    let greatest = 0;
    for (let at = start; at < end; at += 1) {
      const target = targets[at]!;
      const counts = sellable[target] === 1 && classes[target] === 0 && !inContext.has(leaves[target]!);
      if (counts) greatest = Math.max(greatest, weights[at]!);
    }
    for (let at = start; at < end; at += 1) {
      // With nothing to measure by, what is pulled at all is the nearest there is.
      const share = weights[at]! >= greatest ? Math.sign(weights[at]!) : weights[at]! / greatest;
      const target = targets[at]!;
      nearness[target] = Math.max(nearness[target]!, share);
    }
  }
}

/** Adds the prior, keeps the positive ones and leaves the sums clean for the next decision. */
function collect(
  { sums, rankedItems, rankedScores }: Scratch,
  { base: { prior }, favours, isIn }: ScoreInput,
): number {
  const touched = drain(sums, rankedItems, rankedScores);
  let count = 0;
  for (let at = 0; at < touched; at += 1) {
    const index = rankedItems[at]!;
    const total = rankedScores[at]! + prior[index]!;
    if (total > 0 && (isIn === undefined || isIn[index] === 1)) {
      rankedItems[count] = index;
      rankedScores[count] = favours === undefined ? total : total + favourOf(total, favours, index);
      count += 1;
    }
  }
  return count;
}

/**
 * To be called when the ranking was used: `related` and `nearness` are read by guards while candidates are
 * walked.
 */
export function clean({ related, nearness, near }: Scratch): void {
  for (const index of near) {
    related[index] = 0;
    nearness[index] = 0;
  }
  near.length = 0;
}
