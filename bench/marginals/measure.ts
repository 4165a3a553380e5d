// The margins of a shop's orders: how large baskets are, how often people come back and buy the same again,
// how much of all buying is of few things, how long people stay away. Each basket counts a thing once.

/**
 * One order: whose, when (ms since 1970; `undefined` where a data set has no times), and the things in it.
 */
export interface Basket {
  readonly person: string;
  readonly timeMs: number | undefined;
  readonly items: readonly string[];
}

export interface Marginals {
  readonly people: number;
  readonly items: number;
  readonly baskets: number;
  readonly basketsPerPerson: Spread;
  readonly basketSize: Spread;
  /** Of the things in a basket that is not the person's first, the share they had bought before. */
  readonly repeatShare: number;
  /** Share of people with two baskets or more. */
  readonly returningShare: number;
  /** Share of all buying that falls on the most bought 1 % and 10 % of things. */
  readonly topPercentShare: number;
  readonly topTenthShare: number;
  /** Gini coefficient of purchases over things that were bought at all: 0 all alike, 1 one thing alone. */
  readonly gini: number;
  /** Days from one basket of a person to the next; `undefined` without times. */
  readonly gapDays: Spread | undefined;
}

export interface Spread {
  readonly mean: number;
  readonly median: number;
  readonly p90: number;
}

const DAY_MS = 86_400_000;

/** Baskets of one person stand in the order in which they were bought. */
export function marginalsOf(baskets: Iterable<Basket>): Marginals {
  const people = new Map<string, { count: number; lastMs: number | undefined; had: Set<string> }>();
  const bought = new Map<string, number>();
  const sizes: number[] = [];
  const gaps: number[] = [];
  let again = 0;
  let later = 0;
  for (const { person, timeMs, items } of baskets) {
    const things = new Set(items);
    if (things.size === 0) continue;
    sizes.push(things.size);
    const life = people.get(person) ?? { count: 0, lastMs: undefined, had: new Set() };
    people.set(person, life);
    if (life.count > 0) later += things.size;
    if (life.lastMs !== undefined && timeMs !== undefined) gaps.push((timeMs - life.lastMs) / DAY_MS);
    for (const item of things) {
      if (life.count > 0 && life.had.has(item)) again += 1;
      bought.set(item, (bought.get(item) ?? 0) + 1);
    }
    for (const item of things) life.had.add(item);
    life.count += 1;
    life.lastMs = timeMs;
  }
  const counts = [...bought.values()].sort((a, b) => b - a);
  const perPerson = [...people.values()].map(({ count }) => count);
  return {
    people: people.size,
    items: counts.length,
    baskets: sizes.length,
    basketsPerPerson: spreadOf(perPerson),
    basketSize: spreadOf(sizes),
    repeatShare: later === 0 ? 0 : again / later,
    returningShare: perPerson.filter((count) => count > 1).length / Math.max(1, people.size),
    topPercentShare: topShare(counts, 0.01),
    topTenthShare: topShare(counts, 0.1),
    gini: giniOf(counts),
    gapDays: gaps.length === 0 ? undefined : spreadOf(gaps),
  };
}

function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  const mean = sorted.reduce((sum, one) => sum + one, 0) / Math.max(1, sorted.length);
  return { mean, median: at(0.5), p90: at(0.9) };
}

/** `counts` descend. */
function topShare(counts: readonly number[], share: number): number {
  const all = sumOf(counts);
  const top = counts.slice(0, Math.max(1, Math.round(share * counts.length)));
  return all === 0 ? 0 : sumOf(top) / all;
}

function giniOf(counts: readonly number[]): number {
  const n = counts.length;
  const all = sumOf(counts);
  if (n === 0 || all === 0) return 0;
  // Descending: the thing in place x has n - x things that are bought at most as often, itself counted.
  const weighted = counts.reduce((sum, one, place) => sum + (n - place) * one, 0);
  return (2 * weighted) / (n * all) - (n + 1) / n;
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, one) => sum + one, 0);
}
