/*
 * What is missing in a basket: normalised counts and local ridge over baskets, plus popularity.
 *
 * `complements.ts` answers for one thing on a screen. In a basket of twenty the same link would be counted
 * many times over: cup and saucer both call for the spoon. The ridge solves for the weights of neighbours
 * together, so each speaks only for what the others have not said. Settings and blend are found on held-out
 * baskets.
 */
import { type Baskets, basketsOf } from '../baskets.ts';
import { scatterRows } from '../gram.ts';
import type { Histories } from '../histories.ts';
import { blendSteps } from '../models/blend.ts';
import { itemItemSteps } from '../models/item-item.ts';
import { localRidgeSteps } from '../models/local-ridge.ts';
import { finish, type SparseForm } from '../models/sparse-form.ts';
import { type CountRows, withPeopleMin } from '../rows.ts';
import { type LinearModel, popularityIn } from '../score.ts';
import type { BlendWeights } from '../summed.ts';
import { blendModel, type BlendMembers, type TuningCase, tuneBlend } from '../tune.ts';
import { quantise, WEIGHT_BITS } from '../../kernel/fixed.ts';
import { pow } from '../../kernel/maths.ts';
import { transposeCsr } from '../../kernel/sparse.ts';

export type BasketTask = { readonly k: number; readonly peopleMin: number };

export type BasketSettings = {
  /** A basket of n things counts n^-sharePower in each of its pairs. */
  readonly sharePower: number;
  readonly ridgePeople: number;
  readonly ridgeTargetPower: number;
  readonly sourcePower: number;
  readonly targetPower: number;
};

export type TunedBasket = { readonly settings: BasketSettings; readonly weights: BlendWeights };

const NEIGHBOURS = 150;
const KEEP = 500;

const START: BasketSettings = {
  sharePower: 0.5,
  ridgePeople: 30,
  ridgeTargetPower: 0,
  sourcePower: 0.6,
  targetPower: 0.4,
};

const CANDIDATES: readonly (readonly [keyof BasketSettings, readonly number[]])[] = [
  ['ridgePeople', [3, 10, 100]],
  ['ridgeTargetPower', [0.2]],
  ['sharePower', [0, 1]],
];

/** Pairs within baskets: Σ n^-sharePower over baskets with both, and the people behind them, each once. */
export function basketGram({ matrix, personOf }: Baskets, sharePower: number): CountRows {
  const weights = Float64Array.from({ length: matrix.rows }, (_, basket) => {
    const size = matrix.offsets[basket + 1]! - matrix.offsets[basket]!;
    return size === 0 ? 0 : quantise(pow(size, -sharePower), WEIGHT_BITS);
  });
  const byExample = { ...matrix, values: new Float64Array(matrix.indices.length).fill(1) };
  const byItem = transposeCsr(byExample);
  const byRow = { ...byItem, values: Float64Array.from(byItem.indices, (basket) => weights[basket]!) };
  const itemPeople = new Uint32Array(matrix.cols);
  const itemWeights = new Float64Array(matrix.cols);
  for (let item = 0; item < matrix.cols; item++) {
    let last = -1;
    for (let x = byRow.offsets[item]!; x < byRow.offsets[item + 1]!; x++) {
      const person = personOf[byRow.indices[x]!]!;
      if (person !== last) itemPeople[item]!++;
      last = person;
      itemWeights[item]! += byRow.values[x]!;
    }
  }
  const { itemCount, readRow } = scatterRows({ byRow, byExample, personOf, skipDiagonal: true });
  return { itemCount, readRow, peopleTotal: (personOf.at(-1) ?? -1) + 1, itemPeople, itemWeights };
}

function membersOf(baskets: Baskets, { peopleMin }: BasketTask, settings: BasketSettings): SparseForm[] {
  const gram = withPeopleMin(basketGram(baskets, settings.sharePower), peopleMin);
  const sides = { sourcePeople: gram.itemWeights, targetPeople: gram.itemWeights };
  const { sourcePower, targetPower, ridgePeople } = settings;
  const ridge = { neighbours: NEIGHBOURS, ridgePeople, targetPower: settings.ridgeTargetPower };
  return [
    finish(localRidgeSteps({ gram, sourcesOf: gram }, ridge)),
    finish(itemItemSteps({ pairs: gram, ...sides }, { sourcePower, targetPower, keep: KEEP })),
  ];
}

/** Searches settings and blend; `fit` is learned from, `cases` are held-out baskets with a thing hidden. */
export function tuneBasket(task: BasketTask, fit: Histories, cases: readonly TuningCase[]): TunedBasket {
  const baskets = basketsOf(fit);
  const popularity = popularityIn(baskets.matrix);
  const judge = (settings: BasketSettings): ReturnType<typeof tuneBlend> => {
    const members: BlendMembers = { forms: membersOf(baskets, task, settings), popularity };
    return tuneBlend({ members, cases, k: task.k }, { start: [1, 0.1, 0, 0.001], free: [1, 3] });
  };
  let settings = START;
  let best = judge(settings);
  for (const [name, values] of CANDIDATES) {
    for (const value of values) {
      const candidate = { ...settings, [name]: value };
      const judged = judge(candidate);
      if (judged.objective <= best.objective) continue;
      best = judged;
      settings = candidate;
    }
  }
  return { settings, weights: best.weights };
}

/** Learns the final model from all baskets: one form, blended. */
export function learnBasket(
  task: BasketTask,
  train: Histories,
  { settings, weights }: TunedBasket,
): LinearModel {
  const baskets = basketsOf(train);
  const parts = membersOf(baskets, task, settings).map((form, x) => ({
    form,
    weight: weights.parts[x] ?? 0,
  }));
  const used = parts.filter(({ weight }) => weight > 0);
  const form = finish(blendSteps(used, train.itemCount));
  return blendModel({ forms: [form], popularity: popularityIn(baskets.matrix) }, { ...weights, parts: [1] });
}
