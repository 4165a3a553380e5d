/*
 * Baskets hold what somebody buys again and what is new to them. The two are told apart, because a list of
 * old habits alone looks good on the sum (M. Li et al., "A Next Basket Recommendation Reality Check", TOIS
 * 2023, doi 10.1145/3587153).
 */

export type PartFigures = {
  /** Lists with a target of this kind. */
  readonly lists: number;
  /** Mean share of the targets of this kind that are in the list. */
  readonly recall: number;
  /** Share of those lists with a hit of this kind. */
  readonly hitRate: number;
};

export type Repeats = {
  /** `known`: what the person had before. */
  readonly judge: (
    list: ArrayLike<number>,
    count: number,
    targets: Uint32Array,
    known: ReadonlySet<number>,
  ) => void;
  readonly figures: () => { readonly repeat: PartFigures; readonly explore: PartFigures };
};

export function createRepeats(): Repeats {
  const repeat = { lists: 0, recall: 0, hitRate: 0 };
  const explore = { lists: 0, recall: 0, hitRate: 0 };
  return {
    judge: (list, count, targets, known) => {
      const shown = new Set<number>();
      for (let rank = 0; rank < count; rank++) shown.add(list[rank]!);
      const distinct = [...new Set(targets)];
      for (const part of [repeat, explore]) {
        const wanted = distinct.filter((item) => known.has(item) === (part === repeat));
        if (wanted.length === 0) continue;
        const hits = wanted.filter((item) => shown.has(item)).length;
        part.lists++;
        part.recall += hits / wanted.length;
        part.hitRate += hits > 0 ? 1 : 0;
      }
    },
    figures: () => ({ repeat: meanOf(repeat), explore: meanOf(explore) }),
  };
}

function meanOf({ lists, recall, hitRate }: PartFigures): PartFigures {
  const share = 1 / Math.max(1, lists);
  return { lists, recall: recall * share, hitRate: hitRate * share };
}
