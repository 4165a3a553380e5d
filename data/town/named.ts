// A few townspeople with names and scripted histories (stories.ts), for demos, tests and screenshots. They
// are the same in every town, whatever its seed; their stories are told relative to the end of the town's
// time.

import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../src/kernel/time.ts';
import { consentAct } from './diary.ts';
import { STORIES, type Step, type Story } from './stories.ts';
import type { Act, TownPerson } from './types.ts';

/**
 * Notices are answered at two in the afternoon, shopping begins at three (counted from the end, which is a
 * midnight by default).
 */
const NOTICE_HOUR = 14;

/** The named people as ground truth; they stand behind the drawn ones, from index `firstIndex` on. */
export function namedPeople(firstIndex: number, endYear: number): readonly TownPerson[] {
  return STORIES.map((story, place) => ({
    id: story.id,
    index: firstIndex + place,
    ...story.home,
    birthYear: birthYearOf(story, endYear),
    home: { id: `h-${story.livesWith ?? story.id}`, sharedDevice: false },
    household: { adults: 1, babies: 0, children: 0 },
    pets: story.pets ?? { dog: false, cat: false },
    tastes: {},
    staples: [],
    errands: [],
    appliances: [],
    rhythm: { joinDay: 0, gapDays: 0, hour: 12 },
    channels: { web: 0.5, app: 0.25, till: 0.25 },
    fatigue: 'mild',
    consent: story.consent,
    grants: story.grants,
    gpc: story.gpc ?? false,
    classes: story.classes ?? [],
    opens: [],
  }));
}

/** Deniz stays fifteen whenever the town is generated; she turns no year older with the calendar. */
function birthYearOf(story: Story, endYear: number): number {
  return story.birthYear === 0 ? endYear - 15 : story.birthYear;
}

/**
 * What the named people did, in time order, all before `endMs`. Steps before `startMs` fall away in a short
 * town.
 */
export function namedActs(people: readonly TownPerson[], startMs: number, endMs: number): readonly Act[] {
  const acts: Act[] = [];
  STORIES.forEach((story, place) => {
    const person = people[place];
    if (person === undefined) return;
    if (story.grants.length > 0) {
      const daysAgo = Math.min(story.consentDaysAgo, Math.floor((endMs - startMs) / DAY_MS));
      const timeMs = endMs - daysAgo * DAY_MS + NOTICE_HOUR * HOUR_MS + place * SECOND_MS;
      acts.push(consentAct(person, timeMs, 'town-web', story.grants));
      if (story.traits !== undefined) acts.push(declareOf(person, timeMs + MINUTE_MS, story.traits));
    }
    story.steps.forEach((step, number) => acts.push(...actsOf(person, step, number, endMs)));
  });
  return acts
    .filter((act) => act.timeMs >= startMs && act.timeMs < endMs)
    .sort((a, b) => a.timeMs - b.timeMs);
}

function declareOf(
  person: TownPerson,
  timeMs: number,
  traits: Readonly<Record<string, string | number>>,
): Act {
  const own = person.id === 'deniz' ? { ...traits, birthYear: person.birthYear } : traits;
  return {
    kind: 'declare',
    id: `e-${person.id}-me`,
    person: person.id,
    timeMs,
    source: 'town-app',
    traits: own,
  };
}

/** An hour after the notice of that day at the earliest, a minute later for each step of the story. */
function actsOf(
  person: TownPerson,
  [daysAgo, source, kind, items]: Step,
  number: number,
  endMs: number,
): readonly Act[] {
  const timeMs = endMs - daysAgo * DAY_MS + (NOTICE_HOUR + 1) * HOUR_MS + number * MINUTE_MS;
  const base = { person: person.id, source, id: `e-${person.id}-${number}` };
  const lines = items.map((item) => ({ item, quantity: 1 }));
  if (kind === 'purchase') return [{ ...base, kind, timeMs, order: `o-${person.id}-${number}`, lines }];
  return lines.map((line, place) => ({
    ...base,
    id: `${base.id}-${place}`,
    kind,
    timeMs: timeMs + place * SECOND_MS,
    line,
  }));
}
