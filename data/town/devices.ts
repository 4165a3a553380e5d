// What connected appliances send: the owner's answer when the first one is set up, and a reading now and
// then, at night. Which appliances report, and which of them will fail, is drawn in appliances.ts.

import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/kernel/time.ts';
import { RUNS_PER_DAY } from './appliances.ts';
import { DEVICE_GRANTS } from './consent-choices.ts';
import { DEVICE_NOTICE_ID } from './formats.ts';
import { streamOf, type TownFrame } from './person.ts';
import { DECLINE_DAYS, FAULT_RATES } from './truth.ts';
import type { Act, Appliance, Reading, TownPerson } from './types.ts';

const SETTING_UP_MS = 10 * MINUTE_MS;
const NIGHT_MS = 2 * HOUR_MS;
/** Wear of a sound appliance at its usual pace, in percent a day. */
const WEAR_PER_DAY = 0.15;
const FAULTS: readonly string[] = ['E-02', 'E-05', 'E-11', 'E-17'];

/**
 * The answer to the notice of appliances, after the visit on which the first one was bought; `last` is the
 * day of the visit before.
 */
export function setUp(
  person: TownPerson,
  { day, last, acts }: { readonly day: number; readonly last: number; readonly acts: readonly Act[] },
): readonly Act[] {
  const first = person.appliances.find(({ readingDays }) => readingDays.length > 0);
  const bought = acts.at(-1);
  if (first === undefined || first.fromDay <= last || first.fromDay > day || bought === undefined) return [];
  const { country, region, language } = person;
  return [
    {
      kind: 'consent',
      person: person.id,
      timeMs: bought.timeMs + SETTING_UP_MS,
      source: 'town-app',
      notice: DEVICE_NOTICE_ID,
      grants: DEVICE_GRANTS,
      language,
      place: region === undefined ? { country } : { country, region },
      // Global Privacy Control is a signal of browsers, and this is an app.
      gpc: false,
    },
  ];
}

/** What somebody's appliances report on a day, each in a minute of its own. */
export function readingsOn(
  frame: TownFrame,
  person: TownPerson,
  { day, lastVisit }: { readonly day: number; readonly lastVisit: number },
): readonly Act[] {
  const acts: Act[] = [];
  for (const [place, appliance] of person.appliances.entries()) {
    // Until the first visit on or after its day it stands in the shop.
    if (appliance.fromDay > lastVisit || !appliance.readingDays.includes(day)) continue;
    acts.push({
      kind: 'reading',
      id: `e-${person.id}-${day}-d${place}`,
      person: person.id,
      timeMs: frame.startMs + day * DAY_MS + NIGHT_MS + place * MINUTE_MS + (person.index % 60) * 1000,
      source: 'town-device',
      reading: readingOf(frame, appliance, { index: person.index, place, day }),
    });
  }
  return acts;
}

function readingOf(
  { seed }: TownFrame,
  { item, device, fromDay, pace, failsDay }: Appliance,
  { index, place, day }: { readonly index: number; readonly place: number; readonly day: number },
): Reading {
  const random = streamOf(seed, `reading/${place}`, index, day);
  const age = pace * (day - fromDay);
  const left = failsDay === undefined ? DECLINE_DAYS : failsDay - day;
  const decline = Math.max(0, 1 - left / DECLINE_DAYS);
  const sound = WEAR_PER_DAY * age;
  // What is worn wears faster still.
  const wearPercent = Math.min(100, Math.round(sound + (100 - sound) * decline * decline));
  const isFaulty = random.unit() < (decline > 0 ? FAULT_RATES.decline : FAULT_RATES.sound);
  const fault = isFaulty ? FAULTS[random.below(FAULTS.length)] : undefined;
  const cycles = Math.round((RUNS_PER_DAY[item] ?? 0) * age);
  return { device, item, cycles, wearPercent, ...(fault === undefined ? {} : { fault }) };
}
