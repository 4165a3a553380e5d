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
import type { HeldOut } from './sequence-tune.ts';

export type SampleBounds = {
  /** People whose last step is asked for: 500 tell a recall to within .02. */
  readonly questionsMax: number;
  /**
   * Steps of a person times items of an input, summed: what some seventy small fits read. 100,000 take some
   * seconds of one core.
   */
  readonly entriesMax: number;
};

const BOUNDS: SampleBounds = { questionsMax: 500, entriesMax: 100_000 };

/** People in the order of a hash of what they have; of equal ones it does not matter who comes first. */
function inHashedOrder({ itemIds, histories }: NamedHistories): readonly number[] {
  const itemHashes = Float64Array.from(itemIds, hashOf);
  const people: number[] = [];
  const hashes = new Float64Array(peopleIn(histories));
  for (let person = 0; person < hashes.length; person += 1) {
    const steps = stepsOf(histories, person);
    if (steps < 2) continue;
    people.push(person);
    let [high, low] = [steps, 0];
    for (let step = 0; step < steps; step += 1) {
      const items = heldIn(histories, person, step);
      high = mixed(high, items.length);
      for (const item of items) {
        const hash = itemHashes[item]!;
        high = mixed(high, Math.floor(hash / LANE));
        low = mixed(low ^ high, hash % LANE);
      }
    }
    hashes[person] = (high >>> LANE_CUT) * LANE + (low >>> 0);
  }
  return people.sort((a, b) => hashes[a]! - hashes[b]! || compareSteps(histories, a, b));
}

/** In the order of ids: in which order a step lists its things does not matter. */
function heldIn(histories: Histories, person: number, step: number): Uint32Array {
  return stepItems(histories, person, step).slice().sort();
}

const LANE = 2 ** 32;
/** 21 + 32 bits are a whole number in a double. */
const LANE_CUT = 11;

function mixed(hash: number, next: number): number {
  const one = Math.imul(hash ^ next, 0x9e3779b1);
  return Math.imul(one ^ (one >>> 15), 0x85ebca77);
}

/** Two lanes of 32 bits in one number: 21 of the first. */
function hashOf(id: string): number {
  let [high, low] = [id.length, 1];
  for (let at = 0; at < id.length; at += 1) {
    high = mixed(high, id.charCodeAt(at));
    low = mixed(low + at, high);
  }
  return (high >>> LANE_CUT) * LANE + (low >>> 0);
}

/** Places follow ids, so this order too is the same whoever else is there. */
function compareSteps(histories: Histories, a: number, b: number): number {
  if (stepsOf(histories, a) !== stepsOf(histories, b)) return stepsOf(histories, a) - stepsOf(histories, b);
  for (let step = 0; step < stepsOf(histories, a); step += 1) {
    const [one, other] = [heldIn(histories, a, step), heldIn(histories, b, step)];
    if (one.length !== other.length) return one.length - other.length;
    for (let at = 0; at < one.length; at += 1) {
      if (one[at] !== other[at]) return one[at]! - other[at]!;
    }
  }
  return 0;
}

/**
 * The questions, and what is learned from while they are asked. Over the things of the sample alone, in their
 * order: a catalogue of a million costs no more than one of a thousand.
 */
export function heldOutSample(
  named: NamedHistories,
  { questionsMax, entriesMax }: SampleBounds = BOUNDS,
): HeldOut {
  const { histories } = named;
  const chosen: number[] = [];
  let entries = 0;
  for (const person of inHashedOrder(named)) {
    entries += entriesOf(histories, person);
    if (entries > entriesMax && chosen.length > 0) break;
    chosen.push(person);
  }
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

function entriesOf(histories: Histories, person: number): number {
  const { personOffsets, stepOffsets } = histories;
  const items = stepOffsets[personOffsets[person + 1]!]! - stepOffsets[personOffsets[person]!]!;
  return Math.min(STEPS_MAX, stepsOf(histories, person)) * Math.min(INPUT_ITEMS_MAX, items);
}
