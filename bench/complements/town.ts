// Complements on the town, where it is known what goes with what. The model sees orders and the leaves of the
// catalogue; the truth is read here alone.

import { generateTown } from '../../data/town/generate.ts';
import { productOf } from '../../data/town/catalogue.ts';
import { leafName } from '../../data/town/shelf.ts';
import { PLANTED } from '../../data/town/truth.ts';
import type { TownProduct } from '../../data/town/types.ts';
import {
  basketEvidence,
  type ComplementSettings,
  complementSteps,
} from '../../src/learn/models/complements.ts';
import type { Histories } from '../../src/learn/histories.ts';
import { finish, type SparseForm } from '../../src/learn/models/sparse-form.ts';
import { packBaskets } from './baskets.ts';
import { strongestTargets } from './lists.ts';

const SHOWN = 5;

/** Things of a sensitive class are neither learned from nor shown (docs/decisions/0010). */
const SENSITIVE: ReadonlySet<string> = new Set(PLANTED.flatMap(({ classItems }) => classItems));

/**
 * What a thing is to another. `complement`: the town says so. `substitute`: the same leaf, or the same job.
 * `reverse`: the other is a complement of this one. `sibling`: both are complements of one third thing.
 * `department`: none of these, but of one department. `unrelated`: nothing of all this.
 */
const RELATIONS = ['complement', 'substitute', 'reverse', 'sibling', 'department', 'unrelated'] as const;
export type Relation = (typeof RELATIONS)[number];

export interface TownFigures {
  readonly things: number;
  /** Things with at least one complement to show. */
  readonly withList: number;
  readonly shown: number;
  /** Of what is shown in lists of at most five. */
  readonly shares: Readonly<Record<Relation, number>>;
}

/** The orders of a town, ready to be learned from and judged. */
export interface JudgedTown {
  readonly histories: Histories;
  readonly leafOf: Uint32Array;
  readonly products: readonly TownProduct[];
  readonly catalogue: readonly TownProduct[];
}

/** Orders of a town of that seed, without things of a sensitive class. */
export function loadTown(seed: number, people: number): JudgedTown {
  const town = generateTown({ seed, people, endMs: Date.UTC(2026, 1, 1) });
  const baskets = [];
  for (const act of town.acts()) {
    if (act.kind !== 'purchase') continue;
    const items = act.lines.map(({ item }) => item).filter((item) => !SENSITIVE.has(item));
    if (items.length > 0) baskets.push({ person: act.person, items });
  }
  const { itemIds, histories } = packBaskets(baskets);
  const products = itemIds.map(productOf);
  const leaves = [...new Set(products.map(({ path }) => leafName(path)))];
  const leafOf = Uint32Array.from(products, ({ path }) => leaves.indexOf(leafName(path)));
  return { histories, leafOf, products, catalogue: town.catalogue };
}

/** The complements of every thing of a town. */
export function townComplements({ histories, leafOf }: JudgedTown, settings: ComplementSettings): SparseForm {
  return finish(complementSteps(basketEvidence(histories, leafOf), settings));
}

/** Lists of at most five for every thing, judged by the truth. */
export function judgeTown({ products, catalogue }: JudgedTown, form: SparseForm): TownFigures {
  const tally = { complement: 0, substitute: 0, reverse: 0, sibling: 0, department: 0, unrelated: 0 };
  const relationOf = createJudge(catalogue);
  let [withList, shown] = [0, 0];
  for (const [source, product] of products.entries()) {
    const list = strongestTargets(form, source, SHOWN);
    if (list.length > 0) withList += 1;
    shown += list.length;
    for (const target of list) tally[relationOf(product, products[target]!)] += 1;
  }
  const share = (one: Relation): number => tally[one] / Math.max(1, shown);
  const shares = Object.fromEntries(RELATIONS.map((one) => [one, share(one)]));
  // The keys are those of RELATIONS.
  return { things: products.length, withList, shown, shares: shares as Record<Relation, number> };
}

function createJudge(catalogue: readonly TownProduct[]): (of: TownProduct, shown: TownProduct) => Relation {
  const goesWith = (main: TownProduct, other: TownProduct): boolean =>
    main.complements.includes(other.id) || main.complements.includes(leafName(other.path));
  return (of, shown) => {
    if (goesWith(of, shown)) return 'complement';
    if (leafName(of.path) === leafName(shown.path)) return 'substitute';
    if (of.substituteGroup === shown.substituteGroup) return 'substitute';
    if (goesWith(shown, of)) return 'reverse';
    if (catalogue.some((main) => goesWith(main, of) && goesWith(main, shown))) return 'sibling';
    return of.path[0] === shown.path[0] ? 'department' : 'unrelated';
  };
}
