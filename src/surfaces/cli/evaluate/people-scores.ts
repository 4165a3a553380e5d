/*
 * What the lists of each person scored, for the intervals of the figures: people are drawn, not lists,
 * because the lists of one session have much in common.
 */
import { bootstrapAll } from './bootstrap.ts';
import { type Figures, MEASURES } from './metrics.ts';

export type Intervals = Readonly<Record<keyof Figures, readonly [low: number, high: number]>>;

export type PeopleScores = {
  readonly add: (person: number, figures: Figures) => void;
  readonly people: () => number;
  /** 95 % of the bootstrap over people. */
  readonly intervals: (seed: number) => Intervals;
};

export function createPeopleScores(): PeopleScores {
  const placeOf = new Map<number, number>();
  const lists: number[] = [];
  const sums = MEASURES.map((): number[] => []);
  return {
    add: (person, figures) => {
      const place = placeOf.get(person) ?? placeOf.size;
      placeOf.set(person, place);
      lists[place] = (lists[place] ?? 0) + 1;
      for (const [at, name] of MEASURES.entries()) {
        sums[at]![place] = (sums[at]![place] ?? 0) + figures[name];
      }
    },
    people: () => placeOf.size,
    intervals: (seed) => {
      const found = bootstrapAll(placeOf.size, seed, (places) => {
        let all = 0;
        for (const place of places) all += lists[place]!;
        return sums.map((sum) => {
          let total = 0;
          for (const place of places) total += sum[place]!;
          return all === 0 ? 0 : total / all;
        });
      });
      const of = (name: keyof Figures): readonly [number, number] => {
        const { low, high } = found[MEASURES.indexOf(name)]!;
        return [low, high];
      };
      return { recall: of('recall'), ndcg: of('ndcg'), mrr: of('mrr'), hitRate: of('hitRate') };
    },
  };
}
