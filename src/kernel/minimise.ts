// Owns: finding the least value of a function of a few numbers without its derivatives. No draw, no clock:
// the same function and start give the same point in every runtime.

import { assert } from './assert.ts';

/** Where the search ended. `settled` is false if it ran out of steps before the points met. */
export type Minimum = {
  readonly point: readonly number[];
  readonly value: number;
  readonly steps: number;
  readonly settled: boolean;
};

export type MinimiseSettings = {
  /** Length of the first steps along each axis. */
  readonly stride: number;
  /** The search ends when all corners lie within this distance of the best one, along each axis. */
  readonly tolerance: number;
  readonly stepsMax: number;
};

type Corner = { readonly point: readonly number[]; readonly value: number };

/**
 * The method of Nelder and Mead ("A Simplex Method for Function Minimization", The Computer Journal 1965, doi
 * 10.1093/comjnl/7.4.308), with ties as in Lagarias et al. (SIAM J. Optim. 1998): a simplex of n + 1 corners
 * is reflected, stretched and shrunk. Finds a local minimum; for up to about ten numbers. Where `cost` is not
 * finite it counts as worst. One or two evaluations a step, n when it shrinks.
 *
 * Example: `minimise(([x = 0]) => (x - 3) ** 2, [0], { stride: 1, tolerance: 1e-9, stepsMax: 500 })` ends at
 * 3.
 */
export function minimise(
  cost: (point: readonly number[]) => number,
  start: readonly number[],
  { stride, tolerance, stepsMax }: MinimiseSettings,
): Minimum {
  assert(start.length > 0 && stride > 0, 'a search has numbers to change and a first step');
  const at = (point: readonly number[]): Corner => {
    const value = cost(point);
    return { point, value: Number.isNaN(value) ? Infinity : value };
  };
  let corners = [at(start), ...start.map((x, axis) => at(start.with(axis, x + stride)))];
  for (let steps = 0; ; steps += 1) {
    // The sort is stable, so of equal corners the older one is the better.
    corners.sort((a, b) => (a.value < b.value ? -1 : a.value > b.value ? 1 : 0));
    const best = corners[0]!;
    const settled = corners.every(({ point }) =>
      point.every((x, axis) => Math.abs(x - best.point[axis]!) <= tolerance),
    );
    if (settled || steps >= stepsMax) return { ...best, steps, settled };
    corners = moved(corners, at);
  }
}

/** The corners after one step; `corners` ascend by value. */
function moved(corners: readonly Corner[], at: (point: readonly number[]) => Corner): Corner[] {
  const others = corners.slice(0, -1);
  const best = corners[0]!;
  const second = corners[corners.length - 2]!;
  const worst = corners[corners.length - 1]!;
  const middle = best.point.map(
    (_, axis) => others.reduce((sum, c) => sum + c.point[axis]!, 0) / others.length,
  );
  /** On the line from the worst corner through the middle of the others: 1 is the reflection. */
  const along = (length: number): Corner =>
    at(middle.map((x, axis) => x + length * (x - worst.point[axis]!)));
  const reflected = along(1);
  if (reflected.value < best.value) {
    const stretched = along(2);
    return [...others, stretched.value < reflected.value ? stretched : reflected];
  }
  if (reflected.value < second.value) return [...others, reflected];
  const outside = reflected.value < worst.value;
  const drawnIn = along(outside ? 0.5 : -0.5);
  if (outside ? drawnIn.value <= reflected.value : drawnIn.value < worst.value) return [...others, drawnIn];
  return corners.map((corner, place) =>
    place === 0 ? corner : at(corner.point.map((x, axis) => (x + best.point[axis]!) / 2)),
  );
}
