/*
 * One thing of each later basket is hidden; is it among the ten named for the rest of the basket?
 *
 * Baskets are cut in order of time: 70 % are learned from while settings are chosen on the next 10 %, then 80
 * % are learned from and the last 20 % asked. Which thing is hidden is drawn from a seed; things not learned
 * are left out, and baskets of fewer than two things. Ours and the three usual measures (confidence, cosine,
 * lift with a support of five) answer the same questions, each in the better of two ways of adding up a
 * basket, chosen on the held-out baskets like our settings.
 *
 * On Groceries (169 things, popular ones reach .38) 1.10 times the best of them is out of reach for more than
 * sums: multinomial logistic regression gets 1.05, a small network 1.04, both together 1.06 (ceiling.py).
 */
import { type ItemBasket, type PackedBaskets, packBaskets } from './baskets.ts';
import { measured, PEERS } from './peers.ts';
import { basketsOf } from '../../src/learn/baskets.ts';
import { COMPLEMENT_SETTINGS, basketEvidence, complementSteps } from '../../src/learn/models/complements.ts';
import { finish, type SparseForm } from '../../src/learn/models/sparse-form.ts';
import { learnBasket, tuneBasket, type TunedBasket } from '../../src/learn/recipes/rest-of-basket.ts';
import { plainOccasion } from '../../src/learn/recipes/occasions.ts';
import { type LinearModel, popularityIn } from '../../src/learn/score.ts';
import { seededRandom } from '../../src/kernel/random.ts';

const K = 10;
/** Held-out baskets that settings are chosen on, at most. */
const CASES_MAX = 2000;

interface Question {
  readonly rest: Uint32Array;
  readonly hidden: number;
}

/** Hits of one system, question by question. */
export interface Answers {
  readonly name: string;
  readonly setting: string;
  readonly hits: Uint8Array;
}

export interface HiddenItemFigures {
  readonly learnedBaskets: number;
  readonly things: number;
  readonly questions: number;
  readonly ours: Answers;
  readonly peers: readonly Answers[];
  /** For orientation: the ten most popular things, and single-thing complements added up. */
  readonly others: readonly Answers[];
}

/** Answers of all systems to the questions of the last 20 %. */
export function hiddenItem(baskets: readonly ItemBasket[], peopleMin: number): HiddenItemFigures {
  const cut = (from: number, to: number): readonly ItemBasket[] =>
    baskets.slice(Math.floor(baskets.length * from), Math.floor(baskets.length * to));
  const fit = packBaskets(cut(0, 0.7));
  const heldOut = questionsOf(cut(0.7, 0.8), fit, 2).slice(0, CASES_MAX);
  const train = packBaskets(cut(0, 0.8));
  const questions = questionsOf(cut(0.8, 1), train, 3);
  const task = { k: K, peopleMin };
  const cases = heldOut.map(({ rest, hidden }) => ({
    occasion: plainOccasion(rest),
    targets: Uint32Array.of(hidden),
  }));
  const tuned = tuneBasket(task, fit.histories, cases);
  const model = learnBasket(task, train.histories, tuned);
  const popular = popularityIn(basketsOf(train.histories).matrix).values;
  const single = finish(
    complementSteps(alone(train), { ...COMPLEMENT_SETTINGS, peopleMin, floor: 0, relative: 0, keep: 200 }),
  );
  return {
    learnedBaskets: train.histories.stepOffsets.length - 1,
    things: train.itemIds.length,
    questions: questions.length,
    ours: {
      name: 'rest of basket',
      setting: settingText(tuned),
      hits: hitsOf(questions, ourScores(model), popular),
    },
    peers: peersOf(fit, heldOut, train, questions),
    others: [
      { name: 'most popular', setting: '', hits: hitsOf(questions, () => {}, popular) },
      { name: 'complements', setting: 'sum', hits: hitsOf(questions, adding(single, 'sum'), popular) },
    ],
  };
}

/** Every thing a leaf of its own: no catalogue, so that all systems know the same. */
function alone({ histories }: PackedBaskets): ReturnType<typeof basketEvidence> {
  return basketEvidence(
    histories,
    Uint32Array.from({ length: histories.itemCount }, (_, item) => item),
  );
}

function settingText({ settings, weights }: TunedBasket): string {
  const rounded = weights.parts.map((weight) => Number(weight.toPrecision(3)));
  return JSON.stringify({ ...settings, parts: rounded, popularity: weights.popularity });
}

function questionsOf(asked: readonly ItemBasket[], { numberOf }: PackedBaskets, seed: number): Question[] {
  const random = seededRandom(seed);
  return asked.flatMap(({ items }) => {
    const known = items.flatMap((item) => numberOf.get(item) ?? []);
    if (known.length < 2) return [];
    const at = random.below(known.length);
    return [{ rest: Uint32Array.from(known.toSpliced(at, 1)), hidden: known[at]! }];
  });
}

/** Adds the scores of a question to `scores`, which are 0. */
type Scoring = (rest: Uint32Array, scores: Float64Array) => void;
type Adding = 'sum' | 'max';

function ourScores({ parts, popularity, popularityWeight }: LinearModel): Scoring {
  return (rest, scores) => {
    for (const { form, weight } of parts) {
      for (const source of rest) {
        for (let x = form.offsets[source]!; x < form.offsets[source + 1]!; x += 1) {
          scores[form.targets[x]!]! += weight * form.weights[x]!;
        }
      }
    }
    for (const [item, value] of popularity.values.entries()) scores[item]! += popularityWeight * value;
  };
}

function adding(form: SparseForm, how: Adding): Scoring {
  return (rest, scores) => {
    for (const source of rest) {
      for (let x = form.offsets[source]!; x < form.offsets[source + 1]!; x += 1) {
        const target = form.targets[x]!;
        const weight = form.weights[x]!;
        scores[target] = how === 'sum' ? scores[target]! + weight : Math.max(scores[target]!, weight);
      }
    }
  };
}

/** A hit: fewer than ten other things score higher. Ties go to the more popular, then to the lower number. */
function hitsOf(questions: readonly Question[], scoring: Scoring, popular: Float64Array): Uint8Array {
  const scores = new Float64Array(popular.length);
  return Uint8Array.from(questions, ({ rest, hidden }) => {
    scores.fill(0);
    scoring(rest, scores);
    for (const item of rest) scores[item] = -Infinity;
    let before = 0;
    for (let item = 0; item < scores.length; item += 1) {
      const ahead = scores[item]! - scores[hidden]! || popular[item]! - popular[hidden]! || hidden - item;
      if (ahead > 0) before += 1;
    }
    return before < K ? 1 : 0;
  });
}

function peersOf(
  fit: PackedBaskets,
  heldOut: readonly Question[],
  train: PackedBaskets,
  questions: readonly Question[],
): Answers[] {
  return PEERS.map(([name, measure]) => {
    const hitsBy = (packed: PackedBaskets, asked: readonly Question[], how: Adding): Uint8Array => {
      const popular = popularityIn(basketsOf(packed.histories).matrix).values;
      return hitsOf(asked, adding(measured(packed.histories, measure), how), popular);
    };
    const total = (how: Adding): number => hitsBy(fit, heldOut, how).reduce((a, b) => a + b, 0);
    const how = total('sum') >= total('max') ? 'sum' : 'max';
    return { name, setting: how, hits: hitsBy(train, questions, how) };
  });
}
