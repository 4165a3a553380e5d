// Who does what on which day. The town walks through its days once; of each person it remembers four numbers,
// so that a million people fit into 20 MB, and asks for the details (person.ts, visit.ts) again when their
// day has come.

import { DAY_MS, SECOND_MS } from '../../src/kernel/time.ts';
import { log } from '../../src/kernel/maths.ts';
import type { Random } from '../../src/kernel/random.ts';
import { answerAll, openingGrants } from './consent-choices.ts';
import { readingsOn, setUp } from './devices.ts';
import { NEEDS_DAYS } from './errands.ts';
import { CLASS_NOTICE_ID, NOTICE_ID } from './formats.ts';
import { guestVisit, signIn } from './guests.ts';
import { drawPerson, streamOf, type TownFrame } from './person.ts';
import type { Act, TownGrant, TownPerson } from './types.ts';
import { visit } from './visit.ts';

/** The notice is shown on this visit (from 0) to those who are `late`. */
const LATE_VISIT = 2;
/** People kept whole between their visits; others are drawn again. 20,000 people are about 40 MB. */
const PEOPLE_KEPT_MAX = 20_000;

/** `-1` in `nextVisits`: never again. */
interface Memory {
  readonly nextVisits: Int16Array;
  readonly lastVisits: Int16Array;
  readonly beforeLastVisits: Int16Array;
  readonly visitCounts: Uint16Array;
  /** Linked lists of people per day: `heads[day]` is the first, `links[person]` the one after, -1 ends. */
  readonly heads: Int32Array;
  readonly links: Int32Array;
}

/** A function that draws person `index`, and keeps the first 20,000. */
export function rollOf(frame: TownFrame): (index: number) => TownPerson {
  const kept: (TownPerson | undefined)[] = [];
  return (index) => {
    if (index >= PEOPLE_KEPT_MAX) return drawPerson(frame, index);
    const person = kept[index] ?? drawPerson(frame, index);
    kept[index] = person;
    return person;
  };
}

/** All acts of the drawn people, one day after the other; within a day in no order across people. */
export function* days(frame: TownFrame, personAt: (index: number) => TownPerson): Generator<Act[]> {
  const memory = remember(frame);
  for (let index = frame.people - 1; index >= 0; index -= 1) {
    const { rhythm, guest } = personAt(index);
    const { joinDay } = rhythm;
    memory.nextVisits[index] = joinDay;
    memory.lastVisits[index] = memory.beforeLastVisits[index] = Math.max(-1, joinDay - NEEDS_DAYS);
    link(memory, index, guest?.days[0] ?? joinDay);
  }
  for (let day = 0; day < frame.days; day += 1) {
    const acts: Act[] = [];
    let index = memory.heads[day] ?? -1;
    while (index !== -1) {
      const next = memory.links[index] ?? -1;
      const person = personAt(index);
      for (const act of spendDay(frame, memory, person, day)) acts.push(act);
      plan(frame, memory, person, day);
      index = next;
    }
    yield acts;
  }
}

function remember(frame: TownFrame): Memory {
  const { people } = frame;
  return {
    nextVisits: new Int16Array(people),
    lastVisits: new Int16Array(people),
    beforeLastVisits: new Int16Array(people),
    visitCounts: new Uint16Array(people),
    heads: new Int32Array(frame.days).fill(-1),
    links: new Int32Array(people).fill(-1),
  };
}

function link(memory: Memory, index: number, day: number): void {
  memory.links[index] = memory.heads[day] ?? -1;
  memory.heads[day] = index;
}

/** What happens on a day of a person: a visit, a change of mind, readings of what they bought before. */
function spendDay(frame: TownFrame, memory: Memory, person: TownPerson, day: number): readonly Act[] {
  const { index } = person;
  const changes =
    day === person.changeDay || day === person.regrantDay ? [changeOfMind(frame, person, day)] : [];
  const last = memory.lastVisits[index] ?? -1;
  const readings = readingsOn(frame, person, { day, lastVisit: last });
  if (person.guest?.days.includes(day) === true) return guestVisit(frame, person, person.guest, day);
  if (memory.nextVisits[index] !== day) return [...changes, ...readings];
  const count = memory.visitCounts[index] ?? 0;
  const acts = visit(frame, person, { day, last, beforeLast: memory.beforeLastVisits[index] ?? -1 });
  memory.visitCounts[index] = count + 1;
  memory.beforeLastVisits[index] = last;
  memory.lastVisits[index] = day;
  memory.nextVisits[index] = nextVisit(frame, person, day);
  const opening =
    count === (person.consent === 'late' ? LATE_VISIT : 0) ? answer(frame, person, day, acts) : [];
  const first = opening[0] ?? acts[0];
  const signed = count === 0 && first !== undefined ? signIn(person, first.timeMs, day) : [];
  return [...changes, ...readings, ...signed, ...opening, ...acts, ...setUp(person, { day, last, acts })];
}

/** Puts the person into the list of the next day on which anything happens to them. */
function plan(frame: TownFrame, memory: Memory, person: TownPerson, day: number): void {
  const next = memory.nextVisits[person.index] ?? -1;
  let soonest = frame.days;
  const sooner = (coming: number | undefined): void => {
    if (coming !== undefined && coming > day && coming < soonest) soonest = coming;
  };
  sooner(next);
  sooner(person.changeDay);
  sooner(person.regrantDay);
  person.guest?.days.forEach(sooner);
  for (const { readingDays } of person.appliances) readingDays.forEach(sooner);
  if (soonest < frame.days) link(memory, person.index, soonest);
}

/** Gaps of gamma shape 2 (two exponential waits): regular enough for a habit, loose enough for a life. */
function nextVisit(frame: TownFrame, person: TownPerson, day: number): number {
  const random = streamOf(frame.seed, 'gap', person.index, day);
  const waits = (wait(random) + wait(random)) / 2;
  const next = day + Math.max(1, Math.round(person.rhythm.gapDays * waits));
  return next < frame.days ? next : -1;
}

function wait(random: Random): number {
  return -log(1 - random.unit());
}

/**
 * The notice, answered half a minute before anything else on that day; a third say a word about themselves.
 */
function answer(frame: TownFrame, person: TownPerson, day: number, acts: readonly Act[]): readonly Act[] {
  if (person.grants.length === 0) return [];
  const first = acts[0];
  const timeMs =
    (first?.timeMs ?? frame.startMs + day * DAY_MS + person.rhythm.hour * 3_600_000) - 30 * SECOND_MS;
  // Nobody reads a consent notice at a till: the account is opened in the app.
  const source = first === undefined || first.source === 'town-till' ? 'town-app' : first.source;
  const opening: Act[] = [consentAct(person, timeMs, source, person.grants)];
  if (person.opens.length > 0) {
    const opened = consentAct(person, timeMs + 5 * SECOND_MS, source, openingGrants(person.opens));
    opening.push({ ...opened, notice: CLASS_NOTICE_ID });
  }
  if (person.grants.some((grant) => grant.category === 'declared' && grant.state === 'given')) {
    const traits = {
      language: person.language,
      country: person.country,
      ...(person.region === undefined ? {} : { region: person.region }),
      birthYear: person.birthYear,
    };
    const id = `e-${person.id}-${day}-me`;
    opening.push({
      kind: 'declare',
      id,
      person: person.id,
      timeMs: timeMs + 9 * SECOND_MS,
      source: 'town-app',
      traits,
    });
  }
  return opening;
}

/**
 * Withdraws everything that was given, or gives it again, early in the morning when such things are thought
 * of.
 */
function changeOfMind(frame: TownFrame, person: TownPerson, day: number): Act {
  const timeMs = frame.startMs + day * DAY_MS + 5 * 3_600_000 + (person.index % 3000) * SECOND_MS;
  const back = day === person.regrantDay;
  const given = person.grants.filter((grant) => grant.state === 'given');
  const grants = back
    ? answerAll('given')
    : given.map((grant): TownGrant => ({ ...grant, state: 'withdrawn' }));
  return consentAct(person, timeMs, 'town-web', grants);
}

export function consentAct(
  person: TownPerson,
  timeMs: number,
  source: Act['source'],
  grants: readonly TownGrant[],
): Extract<Act, { readonly kind: 'consent' }> {
  const { country, region, language, gpc } = person;
  const place = region === undefined ? { country } : { country, region };
  return {
    ...{ kind: 'consent', person: person.id, timeMs, source },
    ...{ notice: NOTICE_ID, grants, language, place, gpc },
  };
}
