/*
 * Hiding a part of the training data, to find settings without opening the test file.
 */
import { seededRandom } from '../../../kernel/random.ts';
import { INPUT_ITEMS_MAX, STEPS_MAX } from '../../../learn/examples.ts';
import {
  cutHistories,
  type Histories,
  packHistories,
  peopleIn,
  stepItems,
  stepsOf,
} from '../../../learn/histories.ts';
import type { HeldOut } from '../../../learn/recipes/sequence-tune.ts';

/**
 * Questions asked while tuning: enough to tell settings apart (standard error about .01), few enough to be
 * fast.
 */
const QUESTIONS_MAX = 2000;
/**
 * What sequences are learned from while tuning, in input entries: steps of a person times items of an input.
 * One fit takes under a second.
 */
const TUNING_ENTRIES_MAX = 2_000_000;
const HIDDEN_SHARE = 0.2;

/** People in random order, of those who pass. */
function shuffledPeople(histories: Histories, seed: number, passes: (person: number) => boolean): number[] {
  const people: number[] = [];
  for (let person = 0; person < peopleIn(histories); person++) if (passes(person)) people.push(person);
  seededRandom(seed).shuffle(people);
  return people;
}

// As many people, in the given order, as the bound allows; always the first `least`.
function affordable(
  histories: Histories,
  people: readonly number[],
  { least, entriesMax = TUNING_ENTRIES_MAX }: { readonly least: number; readonly entriesMax?: number },
): ReadonlySet<number> {
  const chosen = new Set<number>();
  let entries = 0;
  for (const person of people) {
    const from = histories.stepOffsets[histories.personOffsets[person]!]!;
    const items = histories.stepOffsets[histories.personOffsets[person + 1]!]! - from;
    entries += Math.min(STEPS_MAX, stepsOf(histories, person)) * Math.min(INPUT_ITEMS_MAX, items);
    if (entries > entriesMax && chosen.size >= least) break;
    chosen.add(person);
  }
  return chosen;
}

export type LastSteps = {
  readonly seed: number;
  readonly disjoint: boolean;
  readonly questionsMax?: number | undefined;
};

/** Hides the last step of some people; with `disjoint`, hides those people from learning altogether. */
export function holdOutLastSteps(
  train: Histories,
  { seed, disjoint, questionsMax = QUESTIONS_MAX }: LastSteps,
): HeldOut {
  const people = shuffledPeople(train, seed, (person) => stepsOf(train, person) > 1);
  const askedMax = disjoint ? Math.ceil(people.length * HIDDEN_SHARE) : people.length;
  // More than usual are asked only where that is cheap: who is asked is learned from as well.
  const cheap = affordable(train, people, { least: QUESTIONS_MAX, entriesMax: 4 * TUNING_ENTRIES_MAX }).size;
  const asked = people.slice(0, Math.min(askedMax, questionsMax, cheap));
  const isAsked = new Set(asked);
  const learnable = affordable(train, disjoint ? people.slice(asked.length) : people, {
    least: asked.length,
  });
  const fit = cutHistories(train, (person) => {
    if (!learnable.has(person)) return 0;
    return isAsked.has(person) ? stepsOf(train, person) - 1 : stepsOf(train, person);
  });
  const questions = asked.map((person) => ({ person, before: stepsOf(train, person) - 1 }));
  return { fit, asked: train, questions };
}

/**
 * Hides what came after the first `before` steps of each person, and asks for all of it that they did not
 * have before, in two halves: who is in one is not in the other.
 */
export function holdOutTails(
  train: Histories,
  before: Uint32Array,
  seed: number,
): readonly [HeldOut, HeldOut] {
  const people = shuffledPeople(train, seed, (person) => before[person]! > 0);
  const cutOf = new Map<number, readonly (readonly number[])[]>();
  // Among few people whatever they had before seems to say as much as what they had last: on CDs, four times
  // the usual finds .122 where the usual finds .108.
  const entriesMax = 4 * TUNING_ENTRIES_MAX;
  const cheap = affordable(train, people, { least: QUESTIONS_MAX, entriesMax }).size;
  for (const person of people.slice(0, cheap)) {
    if (cutOf.size === 2 * QUESTIONS_MAX) break;
    const steps = Array.from({ length: stepsOf(train, person) }, (_, at) => [
      ...stepItems(train, person, at),
    ]);
    const head = steps.slice(0, before[person]);
    const known = new Set(head.flat());
    const news = steps
      .slice(head.length)
      .flat()
      .filter((item) => !known.has(item));
    if (news.length > 0) cutOf.set(person, [...head, news]);
  }
  const learnable = affordable(train, [...new Set([...cutOf.keys(), ...people])], {
    least: cutOf.size,
    entriesMax,
  });
  const fit = cutHistories(train, (person) => (learnable.has(person) ? before[person]! : 0));
  const asked = [...cutOf.values()];
  const histories = packHistories(train.itemCount, asked);
  const half = (rest: number): HeldOut => ({
    fit,
    asked: histories,
    questions: asked.flatMap((steps, person) =>
      person % 2 === rest ? [{ person, before: steps.length - 1 }] : [],
    ),
  });
  return [half(0), half(1)];
}

/** Hides what came after the first `before` steps of each person, and asks for the first of it. */
export function holdOutAfter(train: Histories, before: Uint32Array, seed: number): HeldOut {
  const people = shuffledPeople(train, seed, (person) => before[person]! > 0);
  const asked = people.filter((person) => stepsOf(train, person) > before[person]!).slice(0, QUESTIONS_MAX);
  const learnable = affordable(train, [...new Set([...asked, ...people])], { least: asked.length });
  const fit = cutHistories(train, (person) => (learnable.has(person) ? before[person]! : 0));
  return { fit, asked: train, questions: asked.map((person) => ({ person, before: before[person]! })) };
}

/** Hides the latest tenth of the sessions; every click after the first is a question. */
export function holdOutLatestSessions(train: Histories, lastMs: Float64Array, seed: number): HeldOut {
  const people: number[] = [];
  for (let person = 0; person < peopleIn(train); person++)
    if (stepsOf(train, person) > 0) people.push(person);
  people.sort((a, b) => lastMs[a]! - lastMs[b]! || a - b);
  const from = Math.floor(people.length * 0.9);
  const hidden = new Set(people.slice(from));
  const learnable = affordable(train, people.slice(0, from).toReversed(), { least: 1 });
  const fit = cutHistories(train, (person) => (learnable.has(person) ? stepsOf(train, person) : 0));
  const questions = [...hidden].flatMap((person) =>
    Array.from({ length: Math.max(0, stepsOf(train, person) - 1) }, (_, x) => ({ person, before: x + 1 })),
  );
  seededRandom(seed).shuffle(questions);
  return { fit, asked: train, questions: questions.slice(0, QUESTIONS_MAX) };
}
