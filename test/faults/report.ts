// The report: a line per round, with what plays it again, and the totals that are asked for.

import type { Counted, Wrong } from './book.ts';
import type { RoundReport } from './round.ts';

export interface Totals {
  readonly rounds: number;
  readonly counts: Readonly<Record<Counted, number>>;
  readonly wrong: Readonly<Record<Wrong, number>>;
  readonly recoveryMs: { readonly min: number; readonly median: number; readonly max: number };
  readonly ended: number;
}

export function totalsOf(
  reports: readonly RoundReport[],
  names: { counted: readonly Counted[]; wrongs: readonly Wrong[] },
): Totals {
  const all = reports.flatMap(({ recoveryMs }) => recoveryMs).toSorted((a, b) => a - b);
  const sum = (of: (report: RoundReport) => number): number =>
    reports.reduce((total, each) => total + of(each), 0);
  return {
    rounds: reports.length,
    counts: Object.fromEntries(
      names.counted.map((name) => [name, sum(({ counts }) => counts[name])]),
    ) as Totals['counts'],
    wrong: Object.fromEntries(
      names.wrongs.map((name) => [name, sum(({ wrong }) => wrong[name]?.length ?? 0)]),
    ) as Totals['wrong'],
    recoveryMs: { min: all[0] ?? 0, median: all[Math.floor(all.length / 2)] ?? 0, max: all.at(-1) ?? 0 },
    ended: sum(({ ended }) => ended),
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

export function totalText({ rounds, counts, wrong, recoveryMs, ended }: Totals): string {
  const n = (value: number): string => value.toLocaleString('en');
  return [
    `${n(rounds)} rounds: ${n(counts.events)} acknowledged events, ${n(counts.choices)} choices, ` +
      `${n(counts.erasures)} erasures, ${n(counts.decisions)} decisions, ` +
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
    'from the healing to the first good answer of a node, ms: ' +
      `least ${n(recoveryMs.min)}, median ${n(recoveryMs.median)}, most ${n(recoveryMs.max)}`,
    ...(ended === 0 ? [] : [`processes that ended by themselves and were started again: ${ended}`]),
  ].join('\n');
}
