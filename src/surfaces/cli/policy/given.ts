// The policy a command line names: a file, the word `default`, or what stands in the home.

import { Fault } from '../../../kernel/fault.ts';
import { pathsOf } from '../../../presets/paths.ts';
import {
  type LineProblem,
  type PolicyText,
  STRICT,
  policyFileText,
  problemLines,
  readPolicy,
} from '../../../presets/policy-file.ts';
import { type Settled, lookUpSettings } from '../../../presets/settings-file.ts';

export const DEFAULT_WORD = 'default';

/** What holds in a home, or would in a new one. Fault `bad-settings`. */
export function settledIn(home: string): Settled {
  return lookUpSettings(pathsOf(home));
}

/** Text of a file that was named. Fault `no-file` when it is not there. */
export function textOf(file: string): string {
  const text = policyFileText(file);
  if (text !== undefined) return text;
  throw new Fault('no-file', `${file}: there is no such file`, { retry: 'never' });
}

/** The policy of a file, or the strict one for the word `default`. Faults: `no-file`, `bad-settings`. */
export function policyGiven(word: string): PolicyText {
  if (word === DEFAULT_WORD) return STRICT;
  const read = readPolicy(textOf(word));
  if (read.ok) return read.value;
  throw new Fault('bad-settings', `${word} is not a policy.\n${linesOf(read.error)}`, { retry: 'never' });
}

function linesOf(problems: readonly LineProblem[]): string {
  return problemLines(problems).join('\n');
}
