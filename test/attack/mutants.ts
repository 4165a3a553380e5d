// Every small slip that a hand can make in the files that hold the line: a comparison turned or moved by one,
// an "and" for an "or", a yes for a no. Made from the text alone, so some are no code at all and some change
// nothing that anybody could see; what the attack lets live is listed for a person to look at.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../bench/attack/stages.ts';

export const MUTATED_FILES: readonly string[] = [
  'src/decide/guards.ts',
  'src/decide/audience.ts',
  'src/decide/subject.ts',
  'src/decide/bar.ts',
  'src/decide/caps.ts',
  'src/decide/settle.ts',
  'src/decide/context.ts',
  'src/decide/walk.ts',
  'src/decide/weigh.ts',
  'src/profile/door.ts',
  'src/consent/permit.ts',
  'src/consent/admit.ts',
];

const SLIPS: readonly (readonly [RegExp, string])[] = [
  [/ === /g, ' !== '],
  [/ !== /g, ' === '],
  [/ >= /g, ' > '],
  [/ <= /g, ' < '],
  [/ > /g, ' >= '],
  [/ < /g, ' <= '],
  [/ && /g, ' || '],
  [/ \|\| /g, ' && '],
  [/ \?\? /g, ' && '],
  [/ \+ /g, ' - '],
  [/ - /g, ' + '],
  [/\btrue\b/g, 'false'],
  [/\bfalse\b/g, 'true'],
  [/Math\.min\(/g, 'Math.max('],
  [/Math\.max\(/g, 'Math.min('],
  [/\.some\(/g, '.every('],
  [/\.every\(/g, '.some('],
  [/return undefined;/g, ';'],
  [/\bcontinue;/g, ';'],
];

export interface Mutant {
  readonly file: string;
  /** Its whole text, changed. */
  readonly text: string;
  /** Number and text of the line as it is now. */
  readonly line: number;
  readonly now: string;
}

export function mutantsOf(file: string): readonly Mutant[] {
  const lines = readFileSync(join(ROOT, file), 'utf8').split('\n');
  return lines.flatMap((line, at) => {
    // Comments, imports and types decide nothing.
    if (/^\s*(\/\/|\*|\/\*|import |readonly |type |interface |export interface )/.test(line)) return [];
    return slipsIn(line).map((now) => ({
      file,
      text: lines.with(at, now).join('\n'),
      line: at + 1,
      now: now.trim(),
    }));
  });
}

function slipsIn(line: string): readonly string[] {
  return SLIPS.flatMap(([slip, instead]) =>
    [...line.matchAll(slip)].map(
      ({ 0: found, index }) => line.slice(0, index) + instead + line.slice(index + found.length),
    ),
  );
}
