/*
 * On which sessions the settings of the next click are chosen, in a running shop: a bounded sample of people
 * that depends on what they looked at and on nothing else (hashed-order.ts).
 *
 * The newest session of some is hidden, and every look in it after the first is asked for: as `evaluate`
 * hides the latest sessions. The times that would say whose were the latest of all are not kept.
 */
import { type Histories, ownerOf, packHistories, peopleIn, stepItems, stepsOf } from '../histories.ts';
import type { NamedHistories } from '../links-behind.ts';
import { inHashedOrder } from './hashed-order.ts';
import { SAMPLE_BOUNDS, type SampleBounds, affordable, entriesOf } from './held-out-sample.ts';
import type { HeldOut } from './sequence-tune.ts';

/**
 * The questions, and what is learned from while they are asked; over the things of the sample alone, in their
 * order. People of whom no session has two looks say nothing of what comes next, and are left out.
 */
export function heldOutSessions(
  { itemIds, histories }: NamedHistories,
  { questionsMax, entriesMax }: SampleBounds = SAMPLE_BOUNDS,
): HeldOut {
  const sessionsOf = sessionsByOwner(histories);
  const several = [...sessionsOf.keys()].filter((owner) =>
    (sessionsOf.get(owner) ?? []).some((session) => stepsOf(histories, session) > 1),
  );
  const looksOf = (owner: number): readonly Uint32Array[] =>
    (sessionsOf.get(owner) ?? []).map((session) => looksIn(histories, session));
  const hashed = inHashedOrder(several, itemIds, looksOf);
  const entries = (owner: number): number =>
    (sessionsOf.get(owner) ?? []).reduce((sum, session) => sum + entriesOf(histories, session), 0);
  const people = affordable(hashed, entriesMax, entries).map(looksOf);
  const items = Uint32Array.from(
    new Set(people.flatMap((sessions) => sessions.flatMap((one) => [...one]))),
  ).sort();
  const placeOf = new Map([...items].map((item, place) => [item, place]));
  const placed = people.map((sessions) =>
    sessions.map((session) => Array.from(session, (item) => [placeOf.get(item) ?? 0])),
  );
  const isAsked = askedAmong(placed, questionsMax);
  const fit = placed.map((sessions, n) => (isAsked[n] === true ? sessions.slice(0, -1) : sessions));
  const asked = placed.filter((_, n) => isAsked[n]).map((sessions) => sessions.at(-1) ?? []);
  const questions = asked.flatMap((session, person) =>
    session.slice(1).map((_look, at) => ({ person, before: at + 1 })),
  );
  return {
    fit: {
      ...packHistories(items.length, fit.flat()),
      owners: Uint32Array.from(fit.flatMap((sessions, owner) => sessions.map(() => owner))),
    },
    asked: packHistories(items.length, asked),
    questions: questions.slice(0, questionsMax),
  };
}

/** At most half of the people are asked, so that most of what is learned from is whole. */
function askedAmong(
  people: readonly (readonly (readonly unknown[])[])[],
  questionsMax: number,
): readonly boolean[] {
  let [left, questions] = [Math.ceil(people.length / 2), 0];
  return people.map((sessions) => {
    const looks = sessions.at(-1)?.length ?? 0;
    if (looks < 2 || left === 0 || questions >= questionsMax) return false;
    left -= 1;
    questions += looks - 1;
    return true;
  });
}

function sessionsByOwner(histories: Histories): ReadonlyMap<number, readonly number[]> {
  const sessionsOf = new Map<number, number[]>();
  for (let session = 0; session < peopleIn(histories); session += 1) {
    const owner = ownerOf(histories, session);
    const known = sessionsOf.get(owner);
    if (known === undefined) sessionsOf.set(owner, [session]);
    else known.push(session);
  }
  return sessionsOf;
}

/** In the order in which they came; a step is one look. */
function looksIn(histories: Histories, session: number): Uint32Array {
  return Uint32Array.from(
    { length: stepsOf(histories, session) },
    (_, step) => stepItems(histories, session, step)[0] ?? 0,
  );
}
