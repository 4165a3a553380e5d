// Association rules from counts of itemsets: an exact check of counting, because how many there are is
// published.

/** "Who has all of `from` also has `to`", with item numbers ascending in `from`. */
export interface Rule {
  readonly from: readonly number[];
  readonly to: number;
  /** Baskets that hold all of it, as a share of all baskets. */
  readonly support: number;
  /** Of the baskets that hold `from`, the share that holds `to` as well. */
  readonly confidence: number;
  /** Confidence over the share of all baskets that hold `to`; 1 if the two know nothing of each other. */
  readonly lift: number;
}

export interface RuleBounds {
  readonly supportMin: number;
  readonly confidenceMin: number;
}

/**
 * All rules with one thing on the right and one or more on the left (Agrawal and Srikant, "Fast Algorithms
 * for Mining Association Rules", VLDB 1994). Itemsets are counted by crossing the lists of their baskets,
 * depth first (Eclat: Zaki, "Scalable Algorithms for Association Mining", IEEE TKDE 2000).
 */
export function rulesOf(
  baskets: readonly (readonly number[])[],
  { supportMin, confidenceMin }: RuleBounds,
): readonly Rule[] {
  const counts = countItemsets(baskets, supportMin * baskets.length);
  const rules: Rule[] = [];
  for (const { items, count } of counts.values()) {
    if (items.length < 2) continue;
    for (const [place, to] of items.entries()) {
      const from = items.toSpliced(place, 1);
      // Every part of a frequent itemset is frequent, so both have been counted.
      const confidence = count / countOf(counts, from);
      if (confidence < confidenceMin) continue;
      const lift = (confidence * baskets.length) / countOf(counts, [to]);
      rules.push({ from, to, support: count / baskets.length, confidence, lift });
    }
  }
  return rules;
}

interface Itemset {
  readonly items: readonly number[];
  readonly count: number;
}

type Itemsets = ReadonlyMap<string, Itemset>;

function countOf(counts: Itemsets, items: readonly number[]): number {
  return counts.get(items.join(' '))?.count ?? NaN;
}

function countItemsets(baskets: readonly (readonly number[])[], countMin: number): Itemsets {
  const basketsWith = new Map<number, number[]>();
  for (const [basket, items] of baskets.entries()) {
    for (const item of new Set(items)) {
      const list = basketsWith.get(item) ?? [];
      basketsWith.set(item, list);
      list.push(basket);
    }
  }
  const frequent = [...basketsWith].filter(([, list]) => list.length >= countMin).sort(([a], [b]) => a - b);
  const counts = new Map<string, Itemset>();
  const grow = (
    items: readonly number[],
    candidates: readonly (readonly [number, readonly number[]])[],
  ): void => {
    for (const [place, [item, list]] of candidates.entries()) {
      const grown = [...items, item];
      counts.set(grown.join(' '), { items: grown, count: list.length });
      const held = new Set(list);
      const next = candidates.slice(place + 1).flatMap(([other, others]) => {
        const both = others.filter((basket) => held.has(basket));
        return both.length >= countMin ? [[other, both] as const] : [];
      });
      grow(grown, next);
    }
  };
  grow([], frequent);
  return counts;
}
