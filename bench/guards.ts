// What the guards cost: the warm decision with all of them and with none, for the same people and questions,
// alternating in one run. Each query is timed several times either way and its least time taken, because
// these machines are shared. Without guards nothing is judged and nothing was shown before, so that neither
// bars nor caps have anything to count; the door stays, because a decision without it would have no input.

import { ITEM_GUARDS, type ItemGuard, LIST_GUARDS, type ListGuard } from '../src/decide/guards.ts';
import type { DecideRequest } from '../src/engine/deciding.ts';
import type { PlacementId } from '../src/facts/ids.ts';
import { type BenchWorld, benchItemId } from './world.ts';

/**
 * As many lists a person, below the twenty impressions after which a thing leaves: caps count, and change no
 * list.
 */
const RUNS = 15;
/** Queries before anything is counted: by then both ways are compiled. */
const WARM_UP = 300;

export interface GuardFigures {
  readonly what: string;
  readonly withMicros: number;
  readonly withoutMicros: number;
  /** Of the two medians. */
  readonly ratio: number;
}

type Question = Pick<DecideRequest, 'placement' | 'context'>;

const QUESTIONS: readonly (readonly [string, (n: number) => Question])[] = [
  ['home, nothing in front', () => ({ placement: 'home' as PlacementId, context: [] })],
  [
    'product page, one thing in front',
    (n) => ({ placement: 'product' as PlacementId, context: [benchItemId((n * 7919) % 10_000)] }),
  ],
];

export async function benchGuards(world: BenchWorld): Promise<readonly GuardFigures[]> {
  const figures: GuardFigures[] = [];
  for (const [what, question] of QUESTIONS) figures.push(await benchQuestion(world, what, question));
  return figures;
}

async function benchQuestion(
  { embedded, people }: BenchWorld,
  what: string,
  question: (n: number) => Question,
): Promise<GuardFigures> {
  const { engine } = embedded;
  const withGuards: number[] = [];
  const without: number[] = [];
  for (const [n, id] of people.entries()) {
    const request = {
      person: id,
      channel: 'web',
      limit: 10,
      signals: { gpc: false },
      ...question(n),
    } as const;
    await engine.decide(request);
    const person = engine.core.people.cached(id);
    if (person === undefined) throw new Error(`${id} is not in memory`);
    const given: typeof person.given = [];
    person.given = given;
    let [least, leastWithout] = [Infinity, Infinity];
    for (let run = 0; run < RUNS; run += 1) {
      least = Math.min(least, await micros(async () => engine.decide(request)));
      person.given = [];
      leastWithout = Math.min(leastWithout, await unguarded(async () => engine.decide(request)));
      person.given = given;
    }
    if (n >= Math.min(WARM_UP, people.length / 2)) {
      withGuards.push(least);
      without.push(leastWithout);
    }
    await engine.flush();
  }
  const [withMicros, withoutMicros] = [median(withGuards), median(without)];
  return { what, withMicros, withoutMicros, ratio: withMicros / withoutMicros };
}

/** Times it while both lists of guards are empty; nothing else is decided meanwhile. */
async function unguarded(run: () => Promise<unknown>): Promise<number> {
  const lists = [ITEM_GUARDS as ItemGuard[], LIST_GUARDS as ListGuard[]] as const;
  const [items, whole] = [lists[0].splice(0), lists[1].splice(0)];
  try {
    return await micros(run);
  } finally {
    lists[0].push(...items);
    lists[1].push(...whole);
  }
}

async function micros(run: () => Promise<unknown>): Promise<number> {
  const start = process.hrtime.bigint();
  await run();
  return Number(process.hrtime.bigint() - start) / 1000;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
