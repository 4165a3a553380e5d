// The report: a line per round, with what plays it again, and the totals that are asked for.

import type { Counted, Wrong } from './book.ts';
import type { RoundReport } from './round.ts';

/** Milliseconds. */
export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

export interface Totals {
  readonly rounds: number;
  readonly counts: Readonly<Record<Counted, number>>;
  readonly wrong: Readonly<Record<Wrong, number>>;
  readonly recoveryMs: Spread;
  readonly eventMs: Spread;
  readonly ended: number;
  /** Rounds that were run again because the machine stood still. */
  readonly again: number;
  /** Nothing was found. */
  readonly isGood: boolean;
}

export function spreadOf(values: readonly number[]): Spread {
  const all = values.toSorted((a, b) => a - b);
  return { min: all[0] ?? 0, median: all[Math.floor(all.length / 2)] ?? 0, max: all.at(-1) ?? 0 };
}

export function totalsOf(
  reports: readonly RoundReport[],
  names: { counted: readonly Counted[]; wrongs: readonly Wrong[] },
): Totals {
  const sum = (of: (report: RoundReport) => number): number =>
    reports.reduce((total, each) => total + of(each), 0);
  const wrong = Object.fromEntries(
    names.wrongs.map((name) => [name, sum((report) => report.wrong[name]?.length ?? 0)]),
  ) as Totals['wrong'];
  return {
    rounds: reports.length,
    counts: Object.fromEntries(
      names.counted.map((name) => [name, sum(({ counts }) => counts[name] ?? 0)]),
    ) as Totals['counts'],
    wrong,
    recoveryMs: spreadOf(reports.flatMap(({ recoveryMs }) => recoveryMs)),
    eventMs: spreadOf(reports.flatMap(({ eventMs }) => eventMs)),
    ended: sum(({ ended }) => ended),
    again: sum(({ spoilt = [] }) => spoilt.length),
    isGood: names.wrongs.every((name) => wrong[name] === 0),
  };
}

const WIDTHS = [6, 8, 7, 9, 9, 8, 9, 19] as const;
export const HEAD = row([
  'round',
  'events',
  'asked',
  'refused',
  'no word',
  'log',
  'wrong',
  'back after, ms',
]).concat('  faults');

function row(cells: readonly (string | number)[]): string {
  return cells.map((cell, at) => String(cell).padStart(WIDTHS[at] ?? 0)).join('');
}

export function lineOf({ round, counts, recoveryMs, wrong, faults, ended }: RoundReport): string {
  const kinds = Object.keys(wrong);
  const back = recoveryMs.toSorted((a, b) => a - b).join(' ');
  const cells = [round, counts.events, counts.decisions, counts.refused, counts.unanswered, counts.leaves];
  const own = ended === 0 ? '' : `; ${ended} ended by themselves`;
  const found = kinds.length === 0 ? 'nothing' : ` ${kinds.join('+')}`;
  return `${row([...cells, found, back])}  ${faults.join(', ')}${own}`;
}

export function totalText({ rounds, counts, wrong, recoveryMs, eventMs, ended, again }: Totals): string {
  const n = (value: number): string => value.toLocaleString('en');
  const spread = ({ min, median, max }: Spread): string =>
    `least ${n(min)}, median ${n(median)}, most ${n(max)}`;
  return [
    `${n(rounds)} rounds: ${n(counts.events)} acknowledged events, ${n(counts.choices)} choices, ` +
      `${n(counts.erasures)} erasures, ${n(counts.decisions)} decisions,`,
    `${n(counts.leaves)} leaves in the logs; ${n(counts.refused)} answers “not now”, ` +
      `${n(counts.unanswered)} without an answer`,
    `acknowledged and lost            ${wrong.lost}`,
    `acknowledged and doubled         ${wrong.doubled}`,
    `caps exceeded                    ${wrong.caps}`,
    `decided against a no             ${wrong.against}`,
    `forks of the log                 ${wrong.forks}`,
    `promises not kept                ${wrong.promises}`,
    `statistics unlike a fresh count  ${wrong.statistics}`,
    `answers that should not be       ${wrong.failed}`,
    `nodes that did not come back     ${wrong.stuck}`,
    `from the healing to the first decision of a node, ms: ${spread(recoveryMs)}`,
    `and to the first event that it acknowledged, ms: ${spread(eventMs)}`,
    ...(ended === 0 ? [] : [`processes that ended by themselves and were started again: ${n(ended)}`]),
    ...(again === 0 ? [] : [`rounds run again because the machine stood still: ${n(again)}`]),
  ].join('\n');
}
