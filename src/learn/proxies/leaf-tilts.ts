/*
 * What members of a sensitive leaf have more, or less, often than others as active as they, thing by thing:
 * the covariance that concept erasure takes out of a model (even-out.ts). From guard counts alone, and by the
 * day like the proxies, so that two fits on one day cannot be subtracted.
 */
import type { LeafTilt } from '../../facts/shadow.ts';
import { assert } from '../../kernel/assert.ts';
import { LIMITS } from '../../kernel/limits.ts';
import { compareIds } from '../contribution.ts';
import { sigmaFor } from './discrete-gaussian.ts';
import { GUARD_SENSITIVITY } from './guard-contribution.ts';
import { EVERYBODY, type GuardCounts, PEOPLE } from './guard-counts.ts';
import type { ProxySettings } from './find-proxies.ts';
import { type Cell, noisyCells } from './noisy-cells.ts';

/** Things of somebody who counts once; whoever has four times as many counts half as much for each. */
const USUAL_THINGS = 10;

/**
 * For each leaf with enough members, ascending: in how many people more, or fewer, than by chance membership
 * and a thing meet within strata, as whole numbers, so that one volunteer more or less moves each by about
 * one and many not at all. Things that fewer than `peopleMin` volunteers have are left out, with zeros.
 *
 * A history is divided by its length before it speaks (decide/weigh.ts), so a stratum with twice as many
 * things to a person counts 1/√2 as much.
 *
 * Example: of 1,000 volunteers of ten things each 100 buy diabetes care, and of 100 who have seamless socks
 * 28 do where ten would by chance: the leaf has `['socks-seamless', 18]`.
 */
export function leafTilts(
  counts: GuardCounts,
  { items, leaves }: { readonly items: readonly string[]; readonly leaves: readonly string[] },
  { peopleMin = LIMITS.peopleOutsideMin, noise }: Pick<ProxySettings, 'peopleMin' | 'noise'> = {},
): readonly LeafTilt[] {
  assert(peopleMin >= LIMITS.peopleInsideMin, 'a tilt rests on more than one or two people');
  const sigma = noise === undefined ? 0 : sigmaFor(noise.rho, GUARD_SENSITIVITY);
  const cell = noisyCells(counts, { sigma, seed: noise?.seed ?? '' });
  const known = [...new Set(items)]
    .sort(compareIds)
    .filter((item) => sum(cell(EVERYBODY, item)) >= peopleMin);
  const factors = factorsOf(cell, known);
  return [...new Set(leaves)].sort(compareIds).flatMap((leaf): readonly LeafTilt[] => {
    if (sum(cell(leaf, PEOPLE)) < peopleMin) return [];
    const more = known
      .map((item) => [item, tiltOf(cell, { leaf, item, factors })] as const)
      .filter(([, units]) => units !== 0);
    return more.length === 0 ? [] : [{ leaf, more }];
  });
}

/** Of each stratum: the root of ten things over the mean of things that its people have. */
function factorsOf(cell: Cell, items: readonly string[]): readonly number[] {
  const people = cell(EVERYBODY, PEOPLE);
  const things = people.map(() => 0);
  for (const item of items) {
    for (const [at, have] of cell(EVERYBODY, item).entries()) things[at] = (things[at] ?? 0) + have;
  }
  return things.map((total, at) => {
    const all = people[at] ?? 0;
    return all > 0 && total > 0 ? Math.sqrt((USUAL_THINGS * all) / total) : 0;
  });
}

interface Asked {
  readonly leaf: string;
  readonly item: string;
  readonly factors: readonly number[];
}

function tiltOf(cell: Cell, { leaf, item, factors }: Asked): number {
  const [people, members] = [cell(EVERYBODY, PEOPLE), cell(leaf, PEOPLE)];
  const [have, both] = [cell(EVERYBODY, item), cell(leaf, item)];
  let total = 0;
  for (const [at, factor] of factors.entries()) {
    if (factor === 0) continue;
    const expected = ((have[at] ?? 0) * (members[at] ?? 0)) / (people[at] ?? 1);
    total += factor * ((both[at] ?? 0) - expected);
  }
  // Never −0, which another runtime might write in another way.
  return Math.round(total) + 0;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
