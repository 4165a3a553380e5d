/*
 * Which people settings are chosen on, in a running shop: a bounded sample that depends on what people have
 * and on nothing else.
 *
 * The last step of some is hidden and asked for. Who is in the sample follows from a hash of their own steps,
 * written in ids: not from names, nor from who else is there, nor from the order in which they came. So the
 * sample, and with it every setting, is the same in a world that never met somebody who left.
 */
import { INPUT_ITEMS_MAX, STEPS_MAX } from '../examples.ts';
import { type Histories, packHistories, peopleIn, stepItems, stepsOf } from '../histories.ts';
import type { NamedHistories } from '../links-behind.ts';
import { inHashedOrder } from './hashed-order.ts';
import type { HeldOut } from './sequence-tune.ts';

export type SampleBounds = {
  /** What is asked for: 500 tell a recall to within .02. */
  readonly questionsMax: number;
  /**
   * Steps of a person times items of an input, summed: what some seventy small fits read. 100,000 take some
   * seconds of one core.
   */
  readonly entriesMax: number;
};

export const SAMPLE_BOUNDS: SampleBounds = { questionsMax: 500, entriesMax: 100_000 };

/** In the order of ids: in which order a step lists its things does not matter. */
function heldBy(histories: Histories, person: number): readonly Uint32Array[] {
  return Array.from({ length: stepsOf(histories, person) }, (_, step) =>
    stepItems(histories, person, step).slice().sort(),
  );
}

/**
 * The questions, and what is learned from while they are asked. Over the things of the sample alone, in their
 * order: a catalogue of a million costs no more than one of a thousand.
 */
export function heldOutSample(
  named: NamedHistories,
  { questionsMax, entriesMax }: SampleBounds = SAMPLE_BOUNDS,
): HeldOut {
  const { histories } = named;
  const several: number[] = [];
  for (let person = 0; person < peopleIn(histories); person += 1)
    if (stepsOf(histories, person) > 1) several.push(person);
  const hashed = inHashedOrder(several, named.itemIds, (person) => heldBy(histories, person));
  const chosen = affordable(hashed, entriesMax, (person) => entriesOf(histories, person));
  const stepsAt = (person: number): readonly Uint32Array[] =>
    Array.from({ length: stepsOf(histories, person) }, (_, step) => stepItems(histories, person, step));
  const people = chosen.map(stepsAt);
  const items = Uint32Array.from(
    new Set(people.flatMap((steps) => steps.flatMap((step) => [...step]))),
  ).sort();
  const placeOf = new Map([...items].map((item, place) => [item, place]));
  const placed = people.map((steps) =>
    steps.map((step) => Array.from(step, (item) => placeOf.get(item) ?? 0)),
  );
  // At most half are asked, so that most of what is learned from is whole.
  const asked = Math.min(questionsMax, Math.ceil(placed.length / 2));
  return {
    fit: packHistories(
      items.length,
      placed.map((steps, n) => (n < asked ? steps.slice(0, -1) : steps)),
    ),
    asked: packHistories(items.length, placed),
    questions: placed.slice(0, asked).map((steps, person) => ({ person, before: steps.length - 1 })),
  };
}

/** The first of them, as many as the bound allows, and one at least. */
export function affordable(
  people: readonly number[],
  entriesMax: number,
  entriesOfOne: (person: number) => number,
): readonly number[] {
  const chosen: number[] = [];
  let entries = 0;
  for (const person of people) {
    entries += entriesOfOne(person);
    if (entries > entriesMax && chosen.length > 0) break;
    chosen.push(person);
  }
  return chosen;
}

/** What one history costs to learn from: its steps times the items of an input. */
export function entriesOf(histories: Histories, person: number): number {
  const { personOffsets, stepOffsets } = histories;
  const items = stepOffsets[personOffsets[person + 1]!]! - stepOffsets[personOffsets[person]!]!;
  return Math.min(STEPS_MAX, stepsOf(histories, person)) * Math.min(INPUT_ITEMS_MAX, items);
}
