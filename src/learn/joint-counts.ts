/*
 * What several sellers learn from together: the counts of each, side by side, of those of their people who
 * allow it. Side by side and not as one sum, because k is asked of each seller: whoever knows their own share
 * of a sum knows the rest of it. The sum is made when a model is, by addition, from what is left of each.
 */
import type { ContributionDescriptor } from './contribution.ts';
import { type Counts, type CountSnapshot, type ItemPair, createCounts } from './counts.ts';

export interface JointCounts {
  /**
   * Replaces what one person of a seller adds; `undefined`: nothing. Returns the pairs of which this seller
   * has now `k` − 1 people and had `k`: what was made of them must go.
   */
  readonly replace: (replacing: Replacing) => readonly ItemPair[];
  /** Takes away everybody of one seller, exactly. */
  readonly leave: (seller: string) => void;
  readonly clear: () => void;
  /**
   * The sum over the sellers, each pair and each thing as far as at least `k` people of that very seller are
   * behind it.
   */
  readonly snapshot: (k: number) => CountSnapshot;
  /** Seller by seller; equal statistics give equal text. */
  readonly canonicalText: () => string;
}

export interface Replacing {
  readonly seller: string;
  /** A pseudonym of that seller’s home; the same human being at another seller is somebody else. */
  readonly person: string;
  readonly next: ContributionDescriptor | undefined;
  readonly k: number;
}

interface Share {
  readonly counts: Counts;
  readonly counted: Map<string, ContributionDescriptor>;
}

export function createJointCounts(): JointCounts {
  const shares = new Map<string, Share>();

  function shareOf(seller: string): Share {
    const known = shares.get(seller);
    if (known !== undefined) return known;
    const share: Share = { counts: createCounts(), counted: new Map() };
    shares.set(seller, share);
    return share;
  }

  function replace({ seller, person, next, k }: Replacing): readonly ItemPair[] {
    const { counts, counted } = shareOf(seller);
    const old = counted.get(person);
    if (old !== undefined && next !== undefined && same(old, next)) return [];
    if (old !== undefined) counts.subtract(old);
    if (next === undefined) counted.delete(person);
    else {
      counts.add(next);
      counted.set(person, next);
    }
    const kept = new Set(next?.items);
    return old === undefined ? [] : fallen(counts, old.items, { kept, k });
  }

  return {
    replace,
    leave: (seller) => shares.delete(seller),
    clear: () => shares.clear(),
    snapshot: (k) => {
      const sum = createCounts();
      for (const { counts } of shares.values()) sum.merge(ofEnough(counts, k));
      return sum.snapshot();
    },
    canonicalText: () =>
      [...shares]
        .filter(([, { counts }]) => counts.peopleTotal() > 0)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([seller, { counts }]) => `${JSON.stringify(seller)}\n${counts.canonicalText()}\n`)
        .join(''),
  };
}

/** What a person gave up is one less; where both things stay with them, nothing has changed. */
function fallen(
  counts: Counts,
  items: readonly string[],
  { kept, k }: { readonly kept: ReadonlySet<string>; readonly k: number },
): readonly ItemPair[] {
  const pairs: ItemPair[] = [];
  for (const [x, a] of items.entries()) {
    for (const b of items.slice(0, x)) {
      if (kept.has(a) && kept.has(b)) continue;
      if (counts.pair(a, b).people === k - 1) pairs.push([b, a]);
    }
  }
  return pairs;
}

function same(a: ContributionDescriptor, b: ContributionDescriptor): boolean {
  return a.items.length === b.items.length && a.items.every((item, at) => item === b.items[at]);
}

/** The counts of one seller without what fewer than `k` of their people are behind. */
function ofEnough(counts: Counts, k: number): Counts {
  return {
    ...counts,
    peopleTotal: () => (counts.peopleTotal() < k ? 0 : counts.peopleTotal()),
    forEachItem: (visit) =>
      counts.forEachItem((id, entry) => {
        if (entry.people >= k) visit(id, entry);
      }),
    forEachPair: (visit) =>
      counts.forEachPair((pair, entry) => {
        if (entry.people >= k) visit(pair, entry);
      }),
  };
}
