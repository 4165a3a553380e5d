// Which of the things people buy report how they are, and what will become of them. Only what has a motor, a
// pump or a fan reports; what senses people (scale, doorbell, window sensors, lamps) does not, because its
// readings would be about them. And only where the owner agreed when they set it up, on a notice of its own:
// a yes to the shop is none to a machine in the kitchen.

import type { Random } from '../../src/kernel/random.ts';
import { NEEDS_DAYS } from './errands.ts';
import { FAILURE_RATE } from './truth.ts';
import type { Appliance, Errand } from './types.ts';

/** What reports, and how often it usually runs on a day. */
export const RUNS_PER_DAY: Readonly<Record<string, number>> = {
  'coffee-machine-bella': 2,
  'coffee-machine-ornella': 5,
  'coffee-machine-bean-to-cup': 4,
  'bread-maker': 0.5,
  'fridge-freezer-tall': 24,
  'freezer-upright': 18,
  'air-purifier': 3,
  'fan-pedestal': 2,
  'vacuum-robot': 1,
  'mower-robot': 0.7,
  'washing-machine-8kg': 0.8,
  'washer-dryer': 0.9,
  'dryer-heat-pump': 0.6,
  'toothbrush-sonic': 4,
};

/** Owners who agree, of those who are asked. */
const AGREE_RATE = 0.6;
/** Readings of one appliance: a machine that writes every minute would tell when somebody is at home. */
export const READINGS_MAX = 5;
const FIRST_READING_DAYS = 5;
const READING_GAP_DAYS = 16;
/** Nothing breaks down in its first weeks; what does, within half a year of being bought. */
const SOUND_DAYS = 25;
const FAILING_DAYS = 155;
const NONE: readonly Appliance[] = [];

interface Plan {
  /** In the order of their days. */
  readonly errands: readonly Errand[];
  readonly joinDay: number;
  readonly days: number;
  /** Whether this is somebody who is asked at all. */
  readonly isAsked: boolean;
}

/**
 * The reporting kind among what somebody buys. What goes back to the shop is left out. `stream` is opened for
 * owners alone.
 */
export function drawAppliances(stream: () => Random, plan: Plan): readonly Appliance[] {
  const { errands, joinDay, days } = plan;
  const kept = errands.filter(
    ({ main, day, returned }) =>
      RUNS_PER_DAY[main] !== undefined && !returned && day > Math.max(-1, joinDay - NEEDS_DAYS),
  );
  if (kept.length === 0) return NONE;
  const random = stream();
  const agrees = random.unit() < AGREE_RATE && plan.isAsked;
  return kept.map(({ main, day }): Appliance => {
    const device = `d-${(0x1_0000_0000 + random.u32()).toString(16).slice(1)}`;
    const pace = 0.7 + 0.6 * random.unit();
    const fails = random.unit() < FAILURE_RATE;
    const failsDay = day + SOUND_DAYS + random.below(FAILING_DAYS);
    const first = day + FIRST_READING_DAYS + random.below(READING_GAP_DAYS);
    const end = fails ? Math.min(days, failsDay) : days;
    const readingDays = Array.from({ length: READINGS_MAX }, (_, n) => first + n * READING_GAP_DAYS);
    return {
      ...{ item: main, device, fromDay: day, pace },
      readingDays: agrees ? readingDays.filter((one) => one < end) : [],
      ...(fails ? { failsDay } : {}),
    };
  });
}
