// The report as a page: what was run, on which revision, what was found, and how soon nodes were of use
// again.

import { type FaultKind, KINDS } from './plan.ts';
import { type Spread, type Totals, spreadOf, totalText } from './report.ts';
import { type RoundReport, isGood } from './round.ts';

/** A round, and what it ran on. */
export interface Judged extends RoundReport {
  readonly revision: string;
  readonly net: string;
  readonly stream: boolean;
}

export function pageOf(rounds: readonly Judged[], totals: Totals): string {
  const by = new Map<string, Judged[]>();
  for (const round of rounds) {
    const { revision, net, stream, seed } = round;
    const how = `seed ${seed}, ${net}, ${stream ? 'event stream' : 'no event stream'}`;
    const what = `revision \`${revision}\`, ${how}`;
    by.set(what, [...(by.get(what) ?? []), round]);
  }
  const day = new Date().toISOString().slice(0, 10);
  return [
    '# Rounds of faults under load: what was found',
    '',
    `Written by \`npm run bench -- faults --report docs/faults.md\` on ${day}; do not edit. What a round`,
    'does, and what it is held against, stands in [test/faults](../test/faults/README.md).',
    '',
    ...[...by].map(([what, those]) => `- ${numbersOf(those)}: ${what}`),
    '',
    '```text',
    totalText(totals),
    '```',
    '',
    '## How soon nodes are of use again',
    '',
    'From the healing of the last of a round’s faults, of each node, in milliseconds: least / median / most.',
    '',
    '| a fault of the round | rounds | first decision | first event acknowledged |',
    '| --- | --- | --- | --- |',
    ...KINDS.flatMap((kind) => lineOf(kind, rounds)),
    ...foundIn(rounds),
    '',
  ].join('\n');
}

/** `round 3`, or `12 rounds (0–11)`, or with gaps `5 rounds (0, 1, 4–6)`. */
function numbersOf(rounds: readonly Judged[]): string {
  const runs: [number, number][] = [];
  for (const round of rounds.map((each) => each.round).toSorted((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run?.[1] === round - 1) run[1] = round;
    else runs.push([round, round]);
  }
  const text = runs.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(', ');
  return `${rounds.length} round${rounds.length === 1 ? '' : 's'} (${text})`;
}

function lineOf(kind: FaultKind, rounds: readonly Judged[]): readonly string[] {
  const those = rounds.filter(({ kinds }) => kinds.includes(kind));
  if (those.length === 0) return [];
  const spread = (of: (round: Judged) => readonly number[]): string => text(spreadOf(those.flatMap(of)));
  const cells = [spread(({ recoveryMs }) => recoveryMs), spread(({ eventMs }) => eventMs)];
  return [`| ${kind.replace('-', ': ')} | ${those.length} | ${cells.join(' | ')} |`];
}

const text = ({ min, median, max }: Spread): string =>
  [min, median, max].map((value) => value.toLocaleString('en')).join(' / ');

function foundIn(rounds: readonly Judged[]): readonly string[] {
  const found = rounds.flatMap((round) => {
    const { seed, round: number, wrong, faults, spoilt = [] } = round;
    const words = Object.entries(wrong).map(([kind, list]) => `${kind}: ${list[0] ?? ''}`);
    const all = [...spoilt.map((why) => `run again, because ${why}`), ...(isGood(round) ? [] : words)];
    return all.map((each) => `- seed ${seed}, round ${number} (${faults.join(', ')}): ${each}`);
  });
  return found.length === 0 ? [] : ['', '## Rounds that found something, or were run again', '', ...found];
}
