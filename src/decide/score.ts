// Scoring: score(j) = Σ_facts w(f) · B[item(f), j] + Σ_context w(c) · C[c, j] + prior(j), where C is the
// complements model if the placement asks for complements, and B if it does not. All addends are
// exact dyadic numbers, so the sum is the same in any order and in any runtime (kernel/fixed.ts). Cost
// depends on facts × neighbours, not on the catalogue: a dense accumulator with a list of what was touched.

import { favourOf } from './favour.ts';
import type { Row } from './rows.ts';
import type { Shelf } from './shelf.ts';
import type { Base } from './shelf-models.ts';

/** Working memory of one shelf, reused between decisions. Not shared between threads. */
export interface Scratch {
  readonly scores: Float64Array;
  /** Part of the score that the context gave: complements must be related to it. */
  readonly related: Float64Array;
  /** How near a thing stands to one of the context, as a share of what stands nearest to that; 0 to 1. */
  readonly nearness: Float64Array;
  /** 1 where something was touched; while a list is explained, place in it + 1. A list has at most 100. */
  readonly marks: Uint8Array;
  readonly touched: Uint32Array;
  touchedCount: number;
  readonly rankedScores: Float64Array;
  readonly rankedItems: Uint32Array;
}

export function createScratch(shelf: Shelf): Scratch {
  // A thing that no model knows can be repeated by whoever bought it.
  const count = shelf.names.length;
  return {
    scores: new Float64Array(count),
    related: new Float64Array(count),
    nearness: new Float64Array(count),
    marks: new Uint8Array(count),
    touched: new Uint32Array(count),
    touchedCount: 0,
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
}

/**
 * Fills `rankedItems` and `rankedScores` with every candidate whose score is above 0, unordered; returns how
 * many.
 */
export function score(shelf: Shelf, scratch: Scratch, input: ScoreInput): number {
  let touched = 0;
  for (const row of input.rows) touched = addRow(scratch, row, touched);
  addNearness(shelf, scratch, input.rows);
  if (input.withPopular) touched = touchPopular(input.base, scratch, touched);
  return collect(input.base, scratch, { touched, favours: input.favours, isIn: input.isIn });
}

function addRow(scratch: Scratch, { kind, model, index, weight }: Row, before: number): number {
  const { offsets, targets, weights } = model;
  const { scores, marks, related } = scratch;
  const end = offsets[index + 1]!;
  let touched = before;
  for (let at = offsets[index]!; at < end; at += 1) {
    const target = targets[at]!;
    if (marks[target] === 0) {
      marks[target] = 1;
      scratch.touched[touched] = target;
      touched += 1;
    }
    const value = weight * weights[at]!;
    scores[target] = scores[target]! + value;
    if (kind === 'context') related[target] = related[target]! + value;
  }
  return touched;
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
): void {
  const { offsets, targets, weights } = model;
  // What complements say is near as it stands.
  const context = rows.filter((row) => row.kind === 'context' && row.model === model);
  if (context.length === 0) return;
  const inContext = new Set(context.map(({ index }) => leaves[index]!));
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

function touchPopular({ popular }: Base, scratch: Scratch, from: number): number {
  let touched = from;
  for (const index of popular) {
    if (scratch.marks[index] !== 0) continue;
    scratch.marks[index] = 1;
    scratch.touched[touched] = index;
    touched += 1;
  }
  return touched;
}

/** Adds the prior, copies the positive ones out and leaves the accumulators clean for the next decision. */
function collect(
  { prior }: Base,
  scratch: Scratch,
  { touched, favours, isIn }: { readonly touched: number } & Pick<ScoreInput, 'favours' | 'isIn'>,
): number {
  const { scores, marks, rankedItems, rankedScores } = scratch;
  scratch.touchedCount = touched;
  let count = 0;
  for (let at = 0; at < touched; at += 1) {
    const index = scratch.touched[at]!;
    const total = scores[index]! + prior[index]!;
    scores[index] = 0;
    marks[index] = 0;
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
export function clean(scratch: Scratch): void {
  const { related, nearness, touched } = scratch;
  for (let at = 0; at < scratch.touchedCount; at += 1) {
    related[touched[at]!] = 0;
    nearness[touched[at]!] = 0;
  }
  scratch.touchedCount = 0;
}
