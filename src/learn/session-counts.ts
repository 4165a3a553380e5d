/*
 * The sessions that the next click is learned from, each person's own and bounded: what they looked at, in
 * turn (list-counts.ts). Which look came before which no table of sums of pairs tells.
 */
import { assert } from '../kernel/assert.ts';
import { LIMITS } from '../kernel/limits.ts';
import { SECOND_MS } from '../kernel/time.ts';
import { compareIds } from './contribution.ts';
import type { Histories } from './histories.ts';
import { inhumanBy } from './inhuman.ts';
import { type ListCounts, type Lists, createListCounts } from './list-counts.ts';

/** Sessions of one person, oldest first; in each the things looked at in turn, which may come again. */
export type SessionList = Lists;

export type SessionCounts = Pick<ListCounts, 'peopleTotal' | 'itemPeople' | 'itemIds' | 'everybody'> & {
  readonly sessionsOf: (person: string) => SessionList;
  /** Puts these sessions in the place of what this person had; none: takes the person away. */
  readonly replace: (person: string, sessions: SessionList | undefined) => void;
  /**
   * Each session a history, each look a step, and whose each session is; item x stands at place x of
   * `itemIds`, which names every item that is there.
   */
  readonly histories: (itemIds: readonly string[]) => Histories;
  /** Who looked at what, without who they are, in canonical order: equal sessions, equal text. */
  readonly canonicalText: () => string;
};

/**
 * Whether so many looks so fast, or around the clock, are no person's. `times` are those of the newest looks:
 * a hundred of them within as many seconds are read by nobody.
 */
export function isCrawling(times: readonly number[]): boolean {
  const [first = 0] = times;
  const spanMs = (times.at(-1) ?? first) - first;
  const isFast = times.length >= LIMITS.looksPerPersonMax && spanMs < times.length * SECOND_MS;
  return isFast || inhumanBy([], times) !== undefined;
}

/** Nobody's sessions. */
export function createSessionCounts(): SessionCounts {
  const lists = createListCounts();
  return {
    peopleTotal: lists.peopleTotal,
    itemPeople: lists.itemPeople,
    itemIds: lists.itemIds,
    everybody: lists.everybody,
    sessionsOf: lists.listsOf,
    replace: (person, sessions = []) => {
      const looks = sessions.reduce((sum, { length }) => sum + length, 0);
      assert(looks <= LIMITS.looksPerPersonMax, 'the looks of one person are bounded');
      lists.replace(person, sessions);
    },
    histories: (itemIds) => histories(lists, itemIds),
    canonicalText: () => {
      const people = Array.from(lists.everybody(), (sessions) => JSON.stringify(sessions));
      return people.sort(compareIds).join('\n');
    },
  };
}

function histories(lists: ListCounts, itemIds: readonly string[]): Histories {
  const personOffsets = [0];
  const items: number[] = [];
  const owners: number[] = [];
  let owner = 0;
  for (const numbers of lists.packedOver(itemIds)) {
    for (let at = 0; at < numbers.length;) {
      const end = at + 1 + numbers[at]!;
      for (at += 1; at < end; at += 1) items.push(numbers[at]!);
      personOffsets.push(items.length);
      owners.push(owner);
    }
    owner += 1;
  }
  return {
    itemCount: itemIds.length,
    personOffsets: Uint32Array.from(personOffsets),
    stepOffsets: Uint32Array.from({ length: items.length + 1 }, (_, step) => step),
    items: Uint32Array.from(items),
    owners: Uint32Array.from(owners),
  };
}
