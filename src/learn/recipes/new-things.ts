/*
 * How much likeness (models/likeness.ts) counts beside what people have together, in scaled units: what its
 * usual best counts where the usual best of the counts is 1.
 *
 * Two questions on the sample that settings are chosen on (held-out-things.ts). Does it find anything? A
 * tenth of the sample's things, by a hash of their ids, is taken for new; among these, likeness has to find
 * twice what chance would, or it counts nothing. And what does it cost? With the things that are new now
 * among the candidates, none of which anybody could have, it counts as much as leaves at least 98 % of what
 * is found without it. The second bound is the one that holds in most shops: how many of tomorrow's wishes go
 * to new things nobody can know today, so they get the places that cost little.
 */
import { gramRows } from '../gram.ts';
import { type Described, likenessSteps } from '../models/likeness.ts';
import { type SparseForm, type Steps, within } from '../models/sparse-form.ts';
import { withPeopleMin } from '../rows.ts';
import { createScorer, popularityOf } from '../score.ts';
import { type TuningCase, judgeBlend, memberScales } from '../tune.ts';
import { hashOf } from './hashed-order.ts';
import type { HeldOutThings } from './held-out-things.ts';
import { wholeOccasion } from './occasions.ts';
import { priorOf } from './prior.ts';
import { MEMBER_KEEP, type TopNTask, countsSteps } from './top-n.ts';
import type { TunedTopN } from './top-n-candidates.ts';

/** What of the objective stays at least. */
const KEPT_MIN = 0.98;
/** So often as much as by chance it finds at least. */
const CHANCE_TIMES = 2;
/** One in so many is taken for new. */
const NEW_ONE_IN = 10;
/** Fewer questions tell neither. */
const CASES_MIN = 100;
/** Where they are fewer: it fills places that nothing else fills, and takes hardly any. */
const SAFE_LIKENESS = 0.05;
const CANDIDATES = [0.02, 0.05, 0.1, 0.2, 0.35, 0.6, 1] as const;
const POPULAR = 0.001;
const AT = { done: 0, total: 1 };

export type NewThings = {
  /** Of the people from whom the sample was taken. */
  readonly itemIds: readonly string[];
  readonly tuned: TunedTopN;
  readonly catalogue: ReadonlyMap<string, Described>;
  /** Things of the catalogue that are new. */
  readonly fresh: readonly string[];
  /** Of all of `itemIds`, by the trend; absent: 1. New things have none. */
  readonly factors?: Float64Array | undefined;
};

export function* tuneLikenessSteps(
  task: TopNTask,
  heldOut: HeldOutThings,
  newThings: NewThings,
): Steps<number> {
  if (heldOut.cases.length < CASES_MIN) return SAFE_LIKENESS;
  const names = Array.from(heldOut.things, (thing) => newThings.itemIds[thing]!);
  if (!(yield* doesFind(heldOut.cases, names, { k: task.k, catalogue: newThings.catalogue }))) return 0;
  return yield* affordableSteps(task, heldOut, { ...newThings, names });
}

/** Whether it finds things that are taken for new, among these. */
function* doesFind(
  cases: readonly TuningCase[],
  names: readonly string[],
  { k, catalogue }: { readonly k: number; readonly catalogue: ReadonlyMap<string, Described> },
): Steps<boolean> {
  const isNew = Uint8Array.from(names, (id) => (catalogue.has(id) && hashOf(id) % NEW_ONE_IN === 0 ? 1 : 0));
  const asked = cases.flatMap(({ occasion, targets }) => {
    const facts = occasion.facts.filter((thing) => isNew[thing] === 0);
    const later = [...targets, ...occasion.facts].filter((thing) => isNew[thing] === 1);
    return facts.length === 0 || later.length === 0 ? [] : [{ occasion: wholeOccasion(facts), later }];
  });
  const newTotal = isNew.reduce((sum, one) => sum + one, 0);
  // A fifth of them at most: who shows all of them finds all of them.
  const places = Math.min(k, Math.floor(newTotal / 5));
  if (asked.length < CASES_MIN || places === 0) return true;
  const form = yield* within(
    likenessSteps({
      described: names.map((id) => catalogue.get(id)),
      isSource: isNew.map((one) => 1 - one),
      isTarget: isNew,
    }),
    AT,
  );
  const popularity = popularityOf(new Float64Array(names.length));
  const model = { parts: [{ form, weight: 1 }], ownWeight: 0, popularity, popularityWeight: 0 };
  const rank = createScorer(names.length);
  let recall = 0;
  for (const { occasion, later } of asked) {
    const { count, items, scores } = rank(model, occasion, places);
    const shown = items.subarray(0, count).filter((_, at) => scores[at]! > 0);
    recall += later.filter((thing) => shown.includes(thing)).length / later.length;
  }
  return recall / asked.length >= (CHANCE_TIMES * places) / newTotal;
}

/** The most it can count with little lost, when all that is new now stands among the candidates. */
function* affordableSteps(
  task: TopNTask,
  { fit, cases, things }: HeldOutThings,
  { names, tuned, catalogue, fresh, factors }: NewThings & { readonly names: readonly string[] },
): Steps<number> {
  const all = [...names, ...fresh];
  const wide = { ...fit, cols: all.length };
  const rows = withPeopleMin(gramRows(wide), task.peopleMin);
  const still = yield* within(countsSteps({ rows, crew: task.crew }, tuned.settings, MEMBER_KEEP), AT);
  // Things that are new now are reached by no count.
  const factorOf = (place: number): number => factors?.[things[place] ?? 0] ?? 1;
  const counts = {
    ...still,
    weights: still.weights.map((weight, at) => weight * factorOf(still.targets[at]!)),
  };
  const isSource = Uint8Array.from(all, (_, thing) => (thing < names.length ? 1 : 0));
  const likeness = yield* within(
    likenessSteps({
      described: all.map((id) => catalogue.get(id)),
      isSource,
      isTarget: isSource.map((one) => 1 - one),
    }),
    AT,
  );
  const strengths = Float64Array.from(rows.itemPeople, (people, place) => people * factorOf(place));
  const popularity = popularityOf(priorOf(rows.itemPeople, task.peopleMin, { most: 1, strengths }));
  const members = { forms: [counts, likeness] as readonly SparseForm[], popularity };
  const scales = memberScales(members, cases);
  const judge = (share: number): number => {
    const parts = [scales[0]!, share * scales[1]!];
    return judgeBlend({ members, cases, k: task.k }, { parts, own: 0, popularity: POPULAR });
  };
  const base = judge(0);
  let found = 0;
  for (const share of CANDIDATES) {
    yield AT;
    if (judge(share) < KEPT_MIN * base) break;
    found = share;
  }
  return found;
}
