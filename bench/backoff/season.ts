// Half a year of a shop that writes to everybody as often as it is let, through the real stages of contact:
// caps, back-off, lot, counts, table. Whether somebody answers follows data/town/response.ts, which no stage
// reads; an answer is a purchase. What people do by themselves is the town's.

import { type Message, responds } from '../../data/town/response.ts';
import type { TownPerson } from '../../data/town/types.ts';
import type { Exposure } from '../../src/decide/caps.ts';
import { isHeldOut } from '../../src/decide/hold-out.ts';
import { type Contacting, pressureOf, trialState } from '../../src/decide/pressure.ts';
import { foldTrial } from '../../src/decide/trial.ts';
import type { ContactRules } from '../../src/facts/contact.ts';
import type { FatigueState, Trial } from '../../src/facts/fatigue.ts';
import { type ItemId, parseItemId } from '../../src/facts/ids.ts';
import { stopsOf } from '../../src/facts/stop-table.ts';
import { u64 } from '../../src/kernel/bytes.ts';
import { LIMITS } from '../../src/kernel/limits.ts';
import { type Random, seededRandom } from '../../src/kernel/random.ts';
import { DAY_MS, HOUR_MS } from '../../src/kernel/time.ts';
import { stopTableOf } from '../../src/measure/responses/expected-response.ts';
import { createResponseCounts, weeksOf } from '../../src/measure/responses/response-counts.ts';

/** What somebody does without being written to. */
export interface OwnLife {
  readonly purchasesMs: readonly number[];
  readonly answersMs: readonly number[];
}

export interface Season {
  readonly lives: readonly OwnLife[];
  readonly fatigue: TownPerson['fatigue'];
  readonly rules: ContactRules;
  readonly startMs: number;
  readonly days: number;
  readonly seed: number;
}

export interface SeasonFigures {
  readonly messages: number;
  readonly responses: number;
  readonly heldOut: number;
  readonly learnedStops: number;
  /** States stopped at the end. */
  readonly stopped: readonly FatigueState[];
}

interface Life {
  readonly shown: Exposure[];
  readonly bought: number[];
  trials: readonly Trial[];
  lastAnswerMs: number;
  /** Next of their own answers that is still to come. */
  nextOwn: number;
}

export function runSeason(season: Season): SeasonFigures {
  const { lives: owns, startMs, days, rules, seed } = season;
  const random = seededRandom(seed);
  const counts = createResponseCounts();
  const lives = owns.map((own): Life => {
    return {
      shown: [],
      bought: [...own.purchasesMs],
      trials: [],
      lastAnswerMs: Number.NEGATIVE_INFINITY,
      nextOwn: 0,
    };
  });
  const figures = { messages: 0, responses: 0, heldOut: 0, learnedStops: 0 };
  let stopped: ReadonlyMap<FatigueState, number> | undefined;
  for (let day = 0; day < days; day += 1) {
    const nowMs = startMs + day * DAY_MS + 10 * HOUR_MS;
    if (rules.holdOut !== undefined) {
      for (const [n, life] of lives.entries()) counts.change(String(n), weeksOf(life.trials, life.bought));
      const asked = { minPeople: 3, responseMin: rules.holdOut.responseMin, nowMs };
      ({ stopped } = stopsOf(stopTableOf(counts.sums(nowMs), asked), ''));
    }
    for (const [n, life] of lives.entries()) {
      liveUntil(life, owns[n], nowMs);
      const what = contact(life, { season, random, stopped, nowMs, n: day * lives.length + n });
      if (what !== 'stopped') figures[what] += 1;
      if (what === 'messages' && answers(life, { season, random, nowMs })) figures.responses += 1;
    }
  }
  return { ...figures, stopped: [...(stopped?.keys() ?? [])] };
}

function liveUntil(life: Life, own: OwnLife | undefined, nowMs: number): void {
  const list = own?.answersMs ?? [];
  for (let at = list[life.nextOwn]; at !== undefined && at < nowMs; at = list[life.nextOwn]) {
    life.lastAnswerMs = Math.max(life.lastAnswerMs, at);
    life.nextOwn += 1;
  }
}

interface Moment {
  readonly season: Season;
  readonly random: Random;
  readonly nowMs: number;
}

const LIST: readonly ItemId[] = itemList();

function itemList(): readonly ItemId[] {
  const item = parseItemId('a');
  return item.ok ? [item.value] : [];
}

function contact(
  life: Life,
  moment: Moment & {
    readonly stopped: ReadonlyMap<FatigueState, number> | undefined;
    readonly n: number;
  },
): 'messages' | 'heldOut' | 'learnedStops' | 'stopped' {
  const { season, stopped, nowMs, n } = moment;
  const { rules } = season;
  const contacting: Contacting = {
    own: life.shown,
    joined: [],
    forgottenMs: Number.NEGATIVE_INFINITY,
    channel: 'email',
    nowMs,
    leafOf: () => 0,
    answers: { lastMs: life.lastAnswerMs, dismissedMs: [] },
    lastTrial: life.trials.at(-1),
    stopped,
    localMinutes: () => [720],
  };
  const { stop } = pressureOf(rules, contacting);
  if (stop !== undefined) return stop.by === 'learned-stop' ? 'learnedStops' : 'stopped';
  const fatigue = trialState(rules, contacting);
  const isOut =
    fatigue !== undefined && isHeldOut(u64(season.seed * 1_000_000_000 + n), rules.holdOut?.rate ?? 0);
  const input = { channel: 'email', timeMs: nowMs, ...(fatigue === undefined ? {} : { fatigue }) };
  const items = isOut ? [] : LIST.map((item) => ({ item, score: 1 }));
  const result = { items, propensity: 1, ...(isOut ? { nothing: 'held-out' } : {}) };
  // Of a record the fold reads these alone.
  life.trials = foldTrial(life.trials, { input, result } as unknown as Parameters<typeof foldTrial>[1]);
  if (isOut) return 'heldOut';
  life.shown.push({ placement: 'mail', items: LIST, timeMs: nowMs, channel: 'email' });
  if (life.shown.length > LIMITS.exposuresPerPersonMax) life.shown.shift();
  return 'messages';
}

function answers(life: Life, { season, random, nowMs }: Moment): boolean {
  const before = life.shown.filter(({ timeMs }) => timeMs < nowMs && timeMs > nowMs - 7 * DAY_MS);
  // Nobody knows exactly what they want: up to half of what a perfect message would be.
  const message: Message = { relevance: random.unit() / 2, contactsBefore: before.length };
  if (!responds(random, season, message)) return false;
  life.bought.push(nowMs + HOUR_MS);
  life.lastAnswerMs = nowMs + HOUR_MS;
  return true;
}
