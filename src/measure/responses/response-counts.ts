// What came of weeks that began with a lot, by how tired of contact people were: contacted, or held out, and
// bought something within seven days or not. Of each person their own weeks are held, under their pseudonym;
// sums are made when they are asked for, because a week counts only when it is over and for a year. So taking
// somebody out is exact: what remains is what there would be without them.

import {
  ARMS,
  type Arm,
  FATIGUE_STATES,
  type FatigueState,
  TRIAL_DAYS,
  type Trial,
} from '../../facts/fatigue.ts';
import { LIMITS } from '../../kernel/limits.ts';
import { DAY_MS } from '../../kernel/time.ts';

/** A stop that is learned rests on what people did within a year, and ends with it. */
const COUNTED_DAYS = 365;

/** One week of a person who lets it be measured. */
export interface Week extends Trial {
  /** They bought something in it. A click would not do: who is held out has nothing to click. */
  readonly responded: boolean;
}

/** One arm of one state. */
export interface Cell {
  readonly weeks: number;
  /** Everybody once, however many weeks they have here: for k. */
  readonly people: number;
  readonly contacts: number;
  readonly responses: number;
}

export type ResponseSums = ReadonlyMap<FatigueState, Readonly<Record<Arm, Cell>>>;

export interface ResponseCounts {
  /** In place of what was held of them; empty or absent for nothing. */
  change(who: string, weeks: readonly Week[] | undefined): void;
  /** They left. */
  forget(who: string): void;
  /** Everybody is about to be counted anew. */
  clear(): void;
  sums(nowMs: number): ResponseSums;
}

/**
 * The weeks of a person with what they bought: `boughtMs` are the times of their orders. The newest
 * `LIMITS.trialsPerPersonMax` at most.
 */
export function weeksOf(trials: readonly Trial[], boughtMs: readonly number[]): readonly Week[] {
  return trials.slice(-LIMITS.trialsPerPersonMax).map((trial) => {
    const endMs = trial.timeMs + TRIAL_DAYS * DAY_MS;
    return { ...trial, responded: boughtMs.some((timeMs) => timeMs > trial.timeMs && timeMs < endMs) };
  });
}

export function createResponseCounts(): ResponseCounts {
  const held = new Map<string, readonly Week[]>();
  return {
    change: (who, weeks = []) => {
      if (weeks.length === 0) held.delete(who);
      else held.set(who, weeks);
    },
    forget: (who) => held.delete(who),
    clear: () => held.clear(),
    sums: (nowMs) => {
      const cells = new Map(FATIGUE_STATES.map((state) => [state, emptyCells()]));
      for (const weeks of held.values()) {
        const met = new Set<string>();
        for (const week of weeks) if (counts(week, nowMs)) add(cells, week, met);
      }
      return cells;
    },
  };
}

function counts({ timeMs }: Week, nowMs: number): boolean {
  return timeMs <= nowMs - TRIAL_DAYS * DAY_MS && timeMs > nowMs - COUNTED_DAYS * DAY_MS;
}

type Growing = { -readonly [name in keyof Cell]: number };

function emptyCells(): Record<Arm, Growing> {
  const none = { weeks: 0, people: 0, contacts: 0, responses: 0 };
  return { contact: { ...none }, 'held-out': { ...none } };
}

function add(
  cells: ReadonlyMap<FatigueState, Record<Arm, Growing>>,
  { state, arm, contacts, responded }: Week,
  met: Set<string>,
): void {
  const cell = cells.get(state)?.[arm];
  if (cell === undefined) return;
  cell.weeks += 1;
  cell.contacts += contacts;
  cell.responses += responded ? 1 : 0;
  const name = `${state} ${arm}`;
  if (met.has(name)) return;
  met.add(name);
  cell.people += 1;
}

/** Both arms of all states together. */
export function totalOf(sums: ResponseSums): Readonly<Record<Arm, Cell>> {
  const total = emptyCells();
  for (const cells of sums.values()) {
    for (const arm of ARMS) {
      total[arm].weeks += cells[arm].weeks;
      total[arm].people += cells[arm].people;
      total[arm].contacts += cells[arm].contacts;
      total[arm].responses += cells[arm].responses;
    }
  }
  return total;
}
