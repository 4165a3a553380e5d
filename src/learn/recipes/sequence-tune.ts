/*
 * Finding the settings of a sequence model on held-out parts of the training data, without asking anybody.
 *
 * One coordinate after another over a handful of values each: first what shapes the counts, judged with the
 * counts and the ways beside them, then the ridge, then the weights of the blend. About forty candidates,
 * most of them small fits.
 */
import { createOccasionMaker, type OccasionMaker } from './occasions.ts';
import {
  countsRows,
  countsSteps,
  learnExamples,
  likenessParts,
  popularityIn,
  ridgeSteps,
  ridgesSteps,
  type SequenceSettings,
  type SequenceTask,
  waysDecay,
  waysSteps,
} from './sequence.ts';
import { assert } from '../../kernel/assert.ts';
import type { IndexedExamples } from '../directed.ts';
import { type Histories, stepItems } from '../histories.ts';
import { blendRowsSteps } from '../models/blend.ts';
import {
  type FormRows,
  type SparseForm,
  type StepDone,
  type Steps,
  finish,
  rowsOf,
  within,
} from '../models/sparse-form.ts';
import type { LinearModel } from '../score.ts';
import type { BlendWeights } from '../summed.ts';
import {
  BASKET_CANDIDATES,
  COUNT_CANDIDATES,
  type Candidates,
  RIDGE_PEOPLE,
  RIDGE_TARGET_POWERS,
  SCORING,
  SESSION_CANDIDATES,
  SHAPING,
  searchFrom,
  startOf,
  WAYS,
} from './sequence-candidates.ts';
import { exactModel } from './exact.ts';
import { blendModel, type BlendMembers, type TunedBlend, type TuningCase, tuneBlendSteps } from '../tune.ts';

/** A held-out question: what comes at step `before` of a person in `histories`? */
export type HeldOut = {
  /** What is learned from while tuning. */
  readonly fit: Histories;
  /** Where the questions come from. */
  readonly asked: Histories;
  readonly questions: readonly { readonly person: number; readonly before: number }[];
};

export type TunedSequence = { readonly settings: SequenceSettings; readonly weights: BlendWeights };

/** How the settings shape what is known at a decision. */
export function sequenceOccasions(itemCount: number, task: SequenceTask, s: SequenceSettings): OccasionMaker {
  return createOccasionMaker(itemCount, {
    fade: { decay: s.scoreDecay, sharePower: s.sharePower },
    ownDecay: task.repeats ? s.ownDecay : undefined,
    barKnown: !task.repeats,
  });
}

/** `tuneSequenceSteps` at once; `told` hears how far it is. It often ends early. */
export function tuneSequence(task: SequenceTask, heldOut: HeldOut, told?: StepDone): TunedSequence {
  return finish(tuneSequenceSteps(task, heldOut), told);
}

/**
 * Searches settings and blend weights, in steps of some ten milliseconds that tell how many candidates were
 * looked at. Without questions the start settings are kept.
 */
export function* tuneSequenceSteps(task: SequenceTask, heldOut: HeldOut): Steps<TunedSequence> {
  const popularity = popularityIn(heldOut.fit, task.peopleMin);
  const search = createSearch(task, heldOut);
  const candidates = [
    ...(task.repeats && !task.walk ? BASKET_CANDIDATES : []),
    ...COUNT_CANDIDATES,
    ...(task.repeats && task.walk ? SESSION_CANDIDATES : []),
  ];
  const progress = counter();
  let at = progress();
  let settings = startOf(task);
  let indexed = learnExamples(heldOut.fit, task, settings);
  const waysOf = function* (): Steps<readonly SparseForm[]> {
    return task.walk ? [yield* within(waysSteps(heldOut.fit, task, settings, indexed), at)] : [];
  };
  // What the counts have to say beside ways is less than alone, and of near things: chosen so, lists from
  // three people hold 1 % more than with ways added later (recall plus NDCG of what four sets' people got
  // last but one, and of the newest sessions; two or three seeds each), from one person as much.
  const ways = yield* waysOf();
  const likeness = likenessParts(task);
  const waysMadeAt = waysDecay(task, settings);
  const countsOf = function* (candidate: SequenceSettings): Steps<BlendMembers> {
    const reshaped = SHAPING.some((name) => candidate[name] !== settings[name]);
    const examples = reshaped ? learnExamples(heldOut.fit, task, candidate) : indexed;
    return {
      forms: [yield* within(countsSteps(examples, task, candidate), at), ...ways, ...likeness],
      popularity,
    };
  };
  const { start, free } = searchFrom(task);
  let members = yield* countsOf(settings);
  let best = yield* within(search.tune(members, settings, start, free), at);
  for (let sweep = 0; sweep < 2; sweep++) {
    const objectiveBefore = best.objective;
    for (const [name, values] of candidates) {
      for (const value of values) {
        if (settings[name] === value || (name === 'supportPeople' && value < task.peopleMin)) continue;
        at = progress();
        const candidate = { ...settings, [name]: value };
        const counted = SCORING.includes(name) ? members : yield* countsOf(candidate);
        const judged = yield* within(search.tune(counted, candidate, best.coordinates, []), at);
        if (judged.objective <= best.objective) continue;
        best = judged;
        members = counted;
        if (SHAPING.includes(name)) indexed = learnExamples(heldOut.fit, task, candidate);
        settings = candidate;
      }
    }
    best = yield* within(search.tune(members, settings, best.coordinates, free), at);
    if (best.objective === objectiveBefore) break;
  }
  // Candidates stood beside ways as they were at the start: making them again for each takes too long.
  if (task.walk && waysDecay(task, settings) !== waysMadeAt)
    members = { ...members, forms: members.forms.toSpliced(WAYS, 1, ...(yield* waysOf())) };
  const { coordinates } = best;
  return yield* tuneRidge({ task, settings, indexed, members, search, progress, coordinates });
}

/** What was found so far: members of the blend, with their coordinates. */
type Found = {
  readonly task: SequenceTask;
  readonly settings: SequenceSettings;
  readonly indexed: IndexedExamples;
  readonly members: BlendMembers;
  readonly search: Search;
  readonly progress: Counter;
  readonly coordinates: readonly number[];
};

function withForm({ forms, popularity }: BlendMembers, form: SparseForm): BlendMembers {
  return { forms: [...forms, form], popularity };
}

type Search = {
  readonly tune: (
    members: BlendMembers,
    settings: SequenceSettings,
    start: readonly number[],
    free: readonly number[],
  ) => Steps<TunedBlend>;
};

/**
 * The most that a part weighs, and that what comes again in a session does; 1: the usual best of the counts.
 */
const MOST = 3;
const OWN_MOST = 6;

function createSearch(task: SequenceTask, { asked, questions }: HeldOut): Search {
  let last: { settings: SequenceSettings; cases: readonly TuningCase[] } | undefined;
  const casesOf = (settings: SequenceSettings): readonly TuningCase[] => {
    const same =
      last &&
      last.settings.scoreDecay === settings.scoreDecay &&
      last.settings.sharePower === settings.sharePower &&
      last.settings.ownDecay === settings.ownDecay;
    if (last && same) return last.cases;
    const occasionOf = sequenceOccasions(asked.itemCount, task, settings);
    const cases = questions.map(({ person, before }) => ({
      occasion: occasionOf(asked, person, before),
      targets: stepItems(asked, person, before),
    }));
    last = { settings, cases };
    return cases;
  };
  return {
    tune: (members, settings, start, free) => {
      const most = [...members.forms.map(() => MOST), task.walk ? OWN_MOST : MOST, MOST];
      return tuneBlendSteps(
        { members, cases: casesOf(settings), k: task.k },
        { start, free, most },
        task.crew,
      );
    },
  };
}

function* tuneRidge(found: Found): Steps<TunedSequence> {
  const { task, indexed, search, progress } = found;
  const ridge = found.members.forms.length;
  // Everything but the counts: their scale is that of the blend.
  const free = Array.from({ length: ridge }, (_, n) => n + 1);
  free.push(...(task.repeats ? [ridge + 1] : []), ridge + 2);
  const start = found.coordinates.toSpliced(ridge, 0, 0.6);
  let best: Ridged | undefined;
  // One read of the counts serves all λ.
  const triedSteps = function* (among: SequenceSettings, ridgePeople: readonly number[]): Steps<void> {
    const forms = yield* within(ridgesSteps(indexed, task, among, ridgePeople), progress());
    for (const [x, form] of forms.entries()) {
      const members = withForm(found.members, form);
      const settings = { ...among, ridgePeople: ridgePeople[x]! };
      const [from, moves] = best === undefined ? [start, free] : [best.coordinates, [ridge]];
      const tuned = yield* within(search.tune(members, settings, from, moves), progress());
      if (best === undefined || tuned.objective > best.objective) best = { ...tuned, settings, members };
    }
  };
  yield* triedSteps(found.settings, RIDGE_PEOPLE);
  assert(best !== undefined, 'one λ at least was tried');
  const { settings: withPeople } = best;
  for (const ridgeTargetPower of RIDGE_TARGET_POWERS)
    yield* triedSteps({ ...withPeople, ridgeTargetPower }, [withPeople.ridgePeople]);
  const { members, settings, coordinates } = best;
  const { weights } = yield* within(search.tune(members, settings, coordinates, free), progress());
  return { settings, weights };
}

type Ridged = TunedBlend & { readonly settings: SequenceSettings; readonly members: BlendMembers };

type Counter = () => { readonly done: number; readonly total: number };

/** Candidates looked at; how many there will be depends on what is found. */
function counter(): Counter {
  let done = 0;
  return () => ({ done: done++, total: CANDIDATES_MAX });
}

/** Where both begin, two sweeps over what shapes the counts, one over the ridge. */
const CANDIDATES_MAX =
  3 +
  2 * valuesIn([...COUNT_CANDIDATES, ...BASKET_CANDIDATES, ...SESSION_CANDIDATES]) +
  2 * (RIDGE_PEOPLE.length + RIDGE_TARGET_POWERS.length);

function valuesIn(candidates: Candidates): number {
  return candidates.reduce((sum, [, values]) => sum + values.length, 0);
}

/** `learnSequenceSteps` at once. */
export function learnSequence(...asked: Parameters<typeof learnSequenceSteps>): LinearModel {
  return finish(learnSequenceSteps(...asked));
}

/** Learns the final model from all training histories: one form, blended, all its numbers exact. */
export function* learnSequenceSteps(
  task: SequenceTask,
  train: Histories,
  tuned: TunedSequence,
  factors?: Float64Array,
): Steps<LinearModel> {
  const { settings, weights } = tuned;
  const waysFrom = function* (examples?: IndexedExamples): Steps<readonly FormRows[]> {
    return task.walk ? [rowsOf(yield* waysSteps(train, task, settings, examples))] : [];
  };
  // Ways that need examples of their own come before the others are there: of 865,000 contacts with 30,000
  // things that is 770 MiB instead of 960. Else the ridge is first: what its systems are read from is large,
  // and gone before other forms are there.
  const isApart = waysDecay(task, settings) !== settings.learnDecay;
  const early = isApart ? yield* waysFrom() : [];
  const indexed = learnExamples(train, task, settings);
  const ridge = rowsOf(yield* ridgeSteps(indexed, task, settings));
  const ways = isApart ? early : yield* waysFrom(indexed);
  const counts = countsRows(indexed, task, settings);
  const likeness = likenessParts(task).map(rowsOf);
  const parts = [counts, ...ways, ...likeness, ridge].map((rows, x) => ({
    rows,
    weight: weights.parts[x] ?? 0,
  }));
  const used = parts.filter(({ weight }) => weight > 0);
  const blending = { parts: used.length > 0 ? used : parts, keep: task.keep ?? train.itemCount, factors };
  const form = yield* blendRowsSteps(blending, task.crew);
  const blended = { forms: [form], popularity: popularityIn(train, task.peopleMin, factors) };
  return exactModel(blendModel(blended, { ...weights, parts: [1] }));
}
