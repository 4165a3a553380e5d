// `fineline policy diff`: what changes from one policy to another, and whether that is stricter.

import { comparePolicies } from '../../../facts/compare-policies.ts';
import type { Difference } from '../../../facts/difference.ts';
import { type Args, jsonLine } from '../command.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { counted, padEnd, wrap } from '../layout.ts';
import { policyGiven } from './given.ts';
import { EFFECT_WORDS } from './words.ts';

export function diffPolicies(args: Args, io: Io, [before, after]: readonly [string, string]): ExitCode {
  const [a, b] = [policyGiven(before).policy, policyGiven(after).policy];
  const differences = comparePolicies(a, b);
  if (args.json) io.out(jsonLine({ before: a.version, after: b.version, differences }));
  else io.out(diffText(differences, io));
  return EXIT.ok;
}

function diffText(differences: readonly Difference[], io: Io): string {
  const { width } = io;
  if (differences.length === 0) return 'The same policy.\n';
  const rows = differences.flatMap(({ field, before, after, effect }) => [
    `${colour(effect, padEnd(EFFECT_WORDS[effect], 10), io)}${field}\n`,
    wrap(`- ${before}`, { width, indent: ' '.repeat(12), first: ' '.repeat(10) }),
    wrap(`+ ${after}`, { width, indent: ' '.repeat(12), first: ' '.repeat(10) }),
  ]);
  const count = (of: Difference['effect']): number =>
    differences.filter(({ effect }) => effect === of).length;
  const effects = ['stricter', 'looser', 'mixed', 'neither'] as const;
  const total = effects.map((effect) => `${count(effect)} ${EFFECT_WORDS[effect]}`).join(', ');
  return [...rows, `${counted(differences.length, 'difference')}: ${total}.\n`].join('');
}

function colour(effect: Difference['effect'], text: string, { style }: Io): string {
  if (effect === 'stricter') return style.green(text);
  return effect === 'neither' ? text : style.yellow(text);
}
