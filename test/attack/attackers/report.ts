// The report: a table for the eye, one line a trial, and what each line means below.

import { type Outcome, type Trial, type Verdict, limitOf, shareOf, verdictOf } from './attacker.ts';

const FAILURES: readonly Verdict[] = ['BROKEN', 'PROVES NOTHING', 'GAP CLOSED'];

/** True when every attack works without the guard, and none with it but those that are known. */
export function allWell(trials: readonly Trial[]): boolean {
  return trials.length > 0 && trials.every((trial) => !FAILURES.includes(verdictOf(trial)));
}

/** As Markdown, so that a report can stand in a document as it is. */
export function reportOf(trials: readonly Trial[]): string {
  const notes = trials.filter((trial) => verdictOf(trial) !== 'held').map(noteOf);
  const lines = [
    '| who | what they try | a success is | unguarded is | there | on Fineline | limit | verdict |',
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
    ...trials.map(rowOf),
    '',
    ...notes,
    ...(notes.length === 0 ? [] : ['']),
    `${trials.length} attacks: ${summaryOf(trials)}.`,
  ];
  return lines.join('\n');
}

function rowOf(trial: Trial): string {
  const { attacker, tried, success, without, guarded, unguarded, chance } = trial;
  const limit = chance === 0 ? 'none' : percent(limitOf(chance, guarded.tries));
  const figures = [told(unguarded, chance), told(guarded, chance), limit, verdictWords(trial)];
  return `| ${[attacker, tried, success, without, ...figures].join(' | ')} |`;
}

function told(outcome: Outcome, chance: 0 | 0.5): string {
  const { won, tries } = outcome;
  const of = tries.toLocaleString('en');
  return chance === 0 ? `${won.toLocaleString('en')} of ${of}` : `${percent(shareOf(outcome))} of ${of}`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function verdictWords(trial: Trial): string {
  const verdict = verdictOf(trial);
  return verdict === 'known gap' ? `known gap ${trial.gap}` : verdict;
}

/** Where the success was, to find it again. */
function noteOf(trial: Trial): string {
  const { attacker, tried, guarded, unguarded } = trial;
  const { example = '' } = verdictOf(trial) === 'PROVES NOTHING' ? unguarded : guarded;
  return `- ${verdictWords(trial)}: ${attacker}, ${tried}${example === '' ? '' : ` (${example})`}`;
}

function summaryOf(trials: readonly Trial[]): string {
  const counts = new Map<Verdict, number>();
  for (const trial of trials) counts.set(verdictOf(trial), (counts.get(verdictOf(trial)) ?? 0) + 1);
  return [...counts].map(([verdict, count]) => `${count} ${verdict}`).join(', ');
}
