// The door of the town: from a seed to its catalogue, its people (ground truth, kept apart) and its events in
// time order.

import { assert } from '../../src/kernel/assert.ts';
import { DAY_MS, utcDay } from '../../src/kernel/time.ts';
import { CATALOGUE } from './catalogue.ts';
import { days, rollOf } from './diary.ts';
import { DEVICE_NOTICE_ID, NOTICE_ID, writeAct } from './formats.ts';
import { namedActs, namedPeople } from './named.ts';
import type { TownFrame } from './person.ts';
import type { Act, TownLine, TownPerson, TownProduct, TownSource } from './types.ts';

export interface TownOptions {
  /** Integer from 0 to 2^53 − 1. The same seed, people, days and end give the same bytes. */
  readonly seed: number;
  /** Drawn people, 1 to 1,000,000; the named ones come on top. */
  readonly people?: number;
  /** Length of the history, 1 to 3,650. */
  readonly days?: number;
  /**
   * Everything happens before this instant (ms since 1970 UTC); the history starts at midnight UTC, `days`
   * earlier.
   */
  readonly endMs: number;
}

export interface Town {
  readonly catalogue: readonly TownProduct[];
  readonly sources: readonly TownSource[];
  /**
   * Ground truth about everybody; drawn when first asked for (about 2 KB each: for a million, use `person`).
   */
  readonly people: readonly TownPerson[];
  readonly peopleCount: number;
  /** Ground truth about one: drawn people from 0 on, then the named ones. */
  readonly person: (index: number) => TownPerson;
  /** What happened, before it is written in a format; in time order. */
  readonly acts: () => Iterable<Act>;
  /** The lines of events.ndjson in time order. Each call starts anew and gives the same lines. */
  readonly lines: () => Iterable<TownLine>;
}

const TOWN_SOURCES: readonly TownSource[] = [
  source('town-web', 'web', 'our web shop'),
  source('town-app', 'app', 'our app'),
  source('town-till', 'till', 'the tills of our shops'),
  // An appliance reports through the app it was set up with: Fineline knows no channel of its own for it.
  { ...source('town-device', 'app', 'the connected appliances you set up'), noticeId: DEVICE_NOTICE_ID },
];

function source(id: TownSource['id'], channel: TownSource['channel'], description: string): TownSource {
  return {
    id,
    controller: 'town',
    origin: 'first-party',
    channel,
    basis: 'consent',
    noticeId: NOTICE_ID,
    description,
  };
}

/**
 * `generateTown({ seed: 1, endMs: Date.UTC(2026, 1, 1) })`: 2,000 people, half a year, about 50,000 events.
 */
export function generateTown({ seed, people = 2000, days: dayCount = 180, endMs }: TownOptions): Town {
  assert(
    Number.isInteger(people) && people >= 1 && people <= 1_000_000,
    'people is an integer from 1 to 1,000,000',
  );
  assert(
    Number.isInteger(dayCount) && dayCount >= 1 && dayCount <= 3650,
    'days is an integer from 1 to 3,650',
  );
  assert(Number.isInteger(endMs), 'endMs is a whole number of milliseconds');
  const startMs = Math.floor(endMs / DAY_MS) * DAY_MS - dayCount * DAY_MS;
  const frame: TownFrame = { seed, people, days: dayCount, startMs };
  const drawn = rollOf(frame);
  const named = namedPeople(people, Number(utcDay(endMs).slice(0, 4)));
  const person = (index: number): TownPerson => {
    assert(
      Number.isInteger(index) && index >= 0 && index < people + named.length,
      'the town has a person of that index',
    );
    return named[index - people] ?? drawn(index);
  };
  let everybody: readonly TownPerson[] | undefined;
  return {
    catalogue: CATALOGUE,
    sources: TOWN_SOURCES,
    get people() {
      everybody ??= Array.from({ length: people + named.length }, (_, index) => person(index));
      return everybody;
    },
    peopleCount: people + named.length,
    person,
    acts: () => inOrder(frame, drawn, namedActs(named, startMs, endMs)),
    lines: () => written(inOrder(frame, drawn, namedActs(named, startMs, endMs))),
  };
}

/**
 * Merges the named stories into the days and puts each day in order; equal instants stay in the order they
 * came.
 */
function* inOrder(
  frame: TownFrame,
  personAt: (index: number) => TownPerson,
  stories: readonly Act[],
): Generator<Act> {
  let told = 0;
  let dayEndMs = frame.startMs;
  for (const acts of days(frame, personAt)) {
    dayEndMs += DAY_MS;
    for (; told < stories.length && stories[told]!.timeMs < dayEndMs; told += 1) acts.push(stories[told]!);
    yield* acts.sort((a, b) => a.timeMs - b.timeMs);
  }
  // What happened on the last, unfinished day, after midnight.
  yield* stories.slice(told);
}

function* written(acts: Iterable<Act>): Generator<TownLine> {
  for (const act of acts) yield writeAct(act);
}
