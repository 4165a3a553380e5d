// The table that is judged blind, what was judged, and what came of it.

import { bootstrap } from '../../src/surfaces/cli/evaluate/bootstrap.ts';

export interface BlindRow {
  readonly thing: string;
  /** What each system shows, by its name. */
  readonly lists: Readonly<Record<string, readonly string[]>>;
}

const COLUMNS = ['A', 'B', 'C'] as const;
const BOOTSTRAP_SEED = 7;

/** Markdown. `key` names for each row which system stands in which column. */
export function blindTable(
  rows: readonly BlindRow[],
  key: readonly (readonly string[])[],
  digest: string,
): string {
  const lines = rows.map(({ thing, lists }, row) => {
    const cells = key[row]!.map((name) => (lists[name]!.length === 0 ? '—' : lists[name]!.join('; ')));
    return `| ${row + 1} | ${thing} | ${cells.join(' | ')} |`;
  });
  return [
    '# A hundred things, three systems, no names',
    '',
    'What three systems would show beside a hundred things of Online Retail, at most three each. Which',
    'system is A, B or C was drawn anew for each row. [README.md](README.md) says how it was judged. SHA-256',
    'of the key:',
    `\`${digest}\`.`,
    '',
    '| | beside | A | B | C |',
    '| --- | --- | --- | --- | --- |',
    ...lines,
    '',
  ].join('\n');
}

/**
 * How one thing of a list was judged: it goes with it, it is the same again, it has nothing to do with it.
 */
export type Verdict = 'g' | 's' | 'n';

/** Of each row the verdicts of its three lists, thing by thing; an empty list has none. */
export type Judged = readonly (readonly (readonly Verdict[])[])[];

/** Reads `row,A,B,C`, each a word of verdicts such as `gsn`, or `-` for an empty list. */
export function judgementsIn(text: string): Judged {
  const [head, ...lines] = text.trimEnd().split('\n');
  if (head !== 'row,A,B,C') throw new Error(`the first line must be row,A,B,C, not ${head}`);
  return lines.map((line, at) => {
    const [row, ...words] = line.split(',');
    if (
      Number(row) !== at + 1 ||
      words.length !== COLUMNS.length ||
      !words.every((word) => /^([gsn]{1,3}|-)$/.test(word))
    )
      throw new Error(`line ${at + 2}: wanted ${at + 1},A,B,C with words of g, s and n, or -; found ${line}`);
    return words.map((word) => (word === '-' ? [] : word.split('').map((letter) => letter as Verdict)));
  });
}

/**
 * Of each system: things shown, rows without a list, shares of the verdicts (95 % of the bootstrap over
 * rows).
 */
export function tally(judged: Judged, key: readonly (readonly string[])[]): string {
  const names = [...new Set(key.flat())].sort();
  const lines = names.map((name) => {
    const lists = judged.map((row, at) => row[key[at]!.indexOf(name)]!);
    const shown = lists.reduce((sum, list) => sum + list.length, 0);
    const empty = lists.filter((list) => list.length === 0).length;
    const shares = (['g', 's', 'n'] as const).map((verdict) => {
      const { value, low, high } = bootstrap(lists.length, BOOTSTRAP_SEED, (places) =>
        shareIn(lists, places, verdict),
      );
      return `${percent(value)} [${percent(low)}–${percent(high)}]`;
    });
    return `| ${name} | ${shown} | ${empty} | ${shares.join(' | ')} |`;
  });
  return [
    '| system | things shown | rows without a list | goes with it | the same again | nothing to do with it |',
    '| --- | --- | --- | --- | --- | --- |',
    ...lines,
  ].join('\n');
}

function shareIn(lists: readonly (readonly Verdict[])[], places: Uint32Array, verdict: Verdict): number {
  let found = 0;
  let all = 0;
  for (const place of places) {
    for (const one of lists[place]!) {
      all += 1;
      if (one === verdict) found += 1;
    }
  }
  return all === 0 ? 0 : found / all;
}

function percent(share: number): string {
  return (100 * share).toFixed(1);
}
