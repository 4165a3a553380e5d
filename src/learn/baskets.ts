/*
 * What baskets say about two things: held together, held in turn, one before the other.
 *
 * That two things share many baskets is no sign that they belong together. Whoever buys milk and books every
 * week has them in one basket again and again, and "bought together" shows books beside the milk. So a basket
 * is compared with the *other baskets of the same person*: stratifying by person (Mantel and Haenszel,
 * "Statistical Aspects of the Analysis of Data From Retrospective Studies of Disease", JNCI 1959; with each
 * person as their own control, Maclure, "The Case-Crossover Design", Am. J. Epidemiol. 1991, doi
 * 10.1093/oxfordjournals.aje.a115853) takes out everything that is a habit or a taste. Of a person with one
 * basket nothing is known but what holds for everybody, so everybody counts as three more baskets of each.
 *
 * All numbers are sums over people of whole numbers or multiples of 2^-20, so they add, subtract and merge
 * exactly. What one person adds is bounded by their latest baskets and the lines of each.
 */
import { assert } from '../kernel/assert.ts';
import { quantise, WEIGHT_BITS } from '../kernel/fixed.ts';
import { LIMITS } from '../kernel/limits.ts';
import type { Csr } from '../kernel/sparse.ts';
import { transposeCsr } from '../kernel/sparse.ts';
import { STEPS_MAX } from './examples.ts';
import { type Histories, packHistories, peopleIn, stepItems, stepsOf } from './histories.ts';

/** How many baskets of everybody stand beside those of a person. */
const EVERYBODY_BASKETS = 3;

/** Baskets within which one thing counts as bought after another: what was forgotten is fetched soon. */
const BASKETS_AHEAD = 2;

/** Room for one row: `count` targets that share a basket with the source, in no particular order. */
export type BasketRow = {
  count: number;
  readonly indices: Uint32Array;
  /** Distinct people who had both in one basket. */
  readonly people: Uint32Array;
  /** Baskets that hold both. */
  readonly together: Float64Array;
  /**
   * Of the baskets with the source, how many would hold the target if people put it into their baskets
   * without regard to the source: Σ (n − h + 3 q) / (B − 1 + 3) over those baskets, where n of the person's B
   * baskets hold the target, h is 1 if this one does, and q is the share of all baskets that do. What is
   * bought *instead* of the source, on another day, raises it above `together`.
   */
  readonly chance: Float64Array;
  /** Times the target was in one of the two baskets after a basket with the source, and before it. */
  readonly after: Float64Array;
  readonly before: Float64Array;
};

/** Evidence about pairs of a source and a target; both may be things or groups of things. */
export type BasketPairs = {
  readonly sources: BasketSide;
  readonly targets: BasketSide;
  readonly basketsTotal: number;
  readonly readRow: (source: number, into: BasketRow) => void;
};

/** Baskets with each thing (or group), and the people who had it. */
export type BasketSide = {
  readonly count: number;
  readonly baskets: Uint32Array;
  readonly people: Uint32Array;
};

/** A row for up to `targetCount` targets. */
export function createBasketRow(targetCount: number): BasketRow {
  return {
    count: 0,
    indices: new Uint32Array(targetCount),
    people: new Uint32Array(targetCount),
    together: new Float64Array(targetCount),
    chance: new Float64Array(targetCount),
    after: new Float64Array(targetCount),
    before: new Float64Array(targetCount),
  };
}

/** The same baskets with every thing replaced by its group; `groupOf[thing]` is below `groupCount`. */
export function regrouped(histories: Histories, groupOf: Uint32Array, groupCount: number): Histories {
  assert(groupOf.length === histories.itemCount, 'every thing has a group');
  const people = Array.from({ length: peopleIn(histories) }, (_, person) =>
    Array.from({ length: stepsOf(histories, person) }, (_step, step) =>
      Array.from(stepItems(histories, person, step), (item) => groupOf[item]!),
    ),
  );
  return packHistories(groupCount, people);
}

/**
 * Evidence from baskets (steps of histories) written twice, once in sources and once in targets: things in
 * both, or things and their groups. A row costs the baskets of all people who have the source.
 */
export function basketPairs(sources: Histories, targets: Histories): BasketPairs {
  const bySource = basketsOf(sources);
  const byTarget = basketsOf(targets);
  const { personOf, firstOf, matrix } = byTarget;
  assert(bySource.matrix.rows === matrix.rows, 'sources and targets are the same baskets');
  const basketsWith = transposeCsr(bySource.matrix);
  const targetSide = sideOf(byTarget);
  const sums = createRowSums(byTarget);

  function readRow(source: number, into: BasketRow): void {
    let spread = 0;
    for (let x = basketsWith.offsets[source]!, end = basketsWith.offsets[source + 1]!; x < end;) {
      const person = personOf[basketsWith.indices[x]!]!;
      const [first, next] = [firstOf[person]!, firstOf[person + 1]!];
      const weight = quantise(1 / (next - first - 1 + EVERYBODY_BASKETS), WEIGHT_BITS);
      let held = 0;
      for (; x < end && basketsWith.indices[x]! < next; x++, held++) {
        sums.addBasket(basketsWith.indices[x]!, weight);
      }
      for (let basket = first; basket < next; basket++) sums.addChance(basket, held * weight);
      spread += held * weight;
    }
    const everybody = (EVERYBODY_BASKETS * spread) / Math.max(1, matrix.rows);
    sums.take(into);
    for (let x = 0; x < into.count; x++) {
      into.chance[x]! += everybody * targetSide.baskets[into.indices[x]!]!;
    }
  }
  return { sources: sideOf(bySource), targets: targetSide, basketsTotal: matrix.rows, readRow };
}

/** A dense row under construction. */
type RowSums = {
  /** One basket with the source: what lies in it, and in those on either side. */
  readonly addBasket: (basket: number, weight: number) => void;
  readonly addChance: (basket: number, amount: number) => void;
  /** Moves the targets that share a basket with the source into `into`, and forgets all. */
  readonly take: (into: BasketRow) => void;
};

function createRowSums({ matrix, personOf, firstOf }: Baskets): RowSums {
  const sums = createBasketRow(matrix.cols);
  const lastPerson = new Int32Array(matrix.cols).fill(-1);
  const isTouched = new Uint8Array(matrix.cols);

  function scatter(basket: number, into: Float64Array, amount: number): void {
    for (let x = matrix.offsets[basket]!; x < matrix.offsets[basket + 1]!; x++) {
      const target = matrix.indices[x]!;
      if (isTouched[target] === 0) {
        isTouched[target] = 1;
        sums.indices[sums.count++] = target;
      }
      into[target]! += amount;
    }
  }

  function addBasket(basket: number, weight: number): void {
    const person = personOf[basket]!;
    scatter(basket, sums.together, 1);
    scatter(basket, sums.chance, -weight);
    for (let x = matrix.offsets[basket]!; x < matrix.offsets[basket + 1]!; x++) {
      const target = matrix.indices[x]!;
      if (lastPerson[target] !== person) sums.people[target]!++;
      lastPerson[target] = person;
    }
    for (let step = 1; step <= BASKETS_AHEAD; step++) {
      if (basket + step < firstOf[person + 1]!) scatter(basket + step, sums.after, 1);
      if (basket - step >= firstOf[person]!) scatter(basket - step, sums.before, 1);
    }
  }

  function take(into: BasketRow): void {
    let count = 0;
    for (const target of sums.indices.subarray(0, sums.count)) {
      if (sums.together[target]! > 0) {
        into.indices[count] = target;
        into.people[count] = sums.people[target]!;
        into.together[count] = sums.together[target]!;
        into.chance[count] = sums.chance[target]!;
        into.after[count] = sums.after[target]!;
        into.before[count++] = sums.before[target]!;
      }
      isTouched[target] = 0;
      lastPerson[target] = -1;
      sums.people[target] = 0;
      for (const one of [sums.together, sums.chance, sums.after, sums.before]) one[target] = 0;
    }
    into.count = count;
    sums.count = 0;
  }
  return { addBasket, addChance: (basket, amount) => scatter(basket, sums.chance, amount), take };
}

/** Baskets of all people in a row. */
export type Baskets = {
  /** Basket × what it holds. */
  readonly matrix: Csr<Float64Array>;
  readonly personOf: Uint32Array;
  /** The first basket of each person, and one behind the last. */
  readonly firstOf: Uint32Array;
};

/** Each person's latest baskets, each with its first lines; values are 0 and may be replaced. */
export function basketsOf(histories: Histories): Baskets {
  const offsets = [0];
  const indices: number[] = [];
  const personOf: number[] = [];
  const firstOf = [0];
  for (let person = 0; person < peopleIn(histories); person++) {
    const steps = stepsOf(histories, person);
    for (let step = Math.max(0, steps - STEPS_MAX); step < steps; step++) {
      const held = stepItems(histories, person, step).slice(0, LIMITS.linesPerEventMax).sort();
      for (const item of held) indices.push(item);
      offsets.push(indices.length);
      personOf.push(person);
    }
    firstOf.push(personOf.length);
  }
  const matrix = {
    rows: personOf.length,
    cols: histories.itemCount,
    offsets: Uint32Array.from(offsets),
    indices: Uint32Array.from(indices),
    values: new Float64Array(indices.length),
  };
  return { matrix, personOf: Uint32Array.from(personOf), firstOf: Uint32Array.from(firstOf) };
}

function sideOf({ matrix, personOf }: Baskets): BasketSide {
  const baskets = new Uint32Array(matrix.cols);
  const people = new Uint32Array(matrix.cols);
  const last = new Int32Array(matrix.cols).fill(-1);
  for (let basket = 0; basket < matrix.rows; basket++) {
    for (let x = matrix.offsets[basket]!; x < matrix.offsets[basket + 1]!; x++) {
      const item = matrix.indices[x]!;
      baskets[item]!++;
      if (last[item] !== personOf[basket]) people[item]!++;
      last[item] = personOf[basket]!;
    }
  }
  return { count: matrix.cols, baskets, people };
}
