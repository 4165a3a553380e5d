// `fineline policy check`: all that is wrong in a policy file, each with its line.

import { existsSync } from 'node:fs';
import type { JointRules } from '../../../facts/joint.ts';
import type { Policy } from '../../../facts/policy.ts';
import { pathsOf } from '../../../presets/paths.ts';
import { type LineProblem, readPolicy } from '../../../presets/policy-file.ts';
import { homeOf } from '../args.ts';
import { type Args, jsonLine } from '../command.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { counted, wrap } from '../layout.ts';
import { settledIn, textOf } from './given.ts';
import { ORIGIN_WORDS } from './words.ts';

export async function checkPolicy(args: Args, io: Io, named: string | undefined): Promise<ExitCode> {
  const home = homeOf(args);
  const file = named ?? pathsOf(home).policy;
  if (named === undefined && !existsSync(file)) return withoutFile(args, io, file);
  const read = readPolicy(textOf(file));
  if (!read.ok) {
    if (args.json) io.out(jsonLine({ file, ok: false, problems: read.error }));
    else io.out(problemsText(file, read.error, io));
    return EXIT.refused;
  }
  // A good file beside old settings would still not open the home.
  if (named === undefined) settledIn(home);
  const { policy } = read.value;
  const { version } = policy;
  if (args.json) io.out(jsonLine({ file, ok: true, version, problems: [], warnings: warnings(policy) }));
  else {
    io.out(wrap(`${io.style.green('✓')} ${file}: version ${version.slice(0, 12)}`, { width: io.width }));
    for (const each of warnings(policy)) io.out(wrap(each, { width: io.width, first: '! ', indent: '  ' }));
  }
  return EXIT.ok;
}

/** What is allowed and should be meant. */
function warnings({ joint, placements, purposes }: Policy): readonly string[] {
  const clicks = placements.filter(({ strategy }) => strategy === 'next-click').map(({ id }) => id);
  const learnsLooks = purposes === undefined || purposes.improve?.includes('browsing') === true;
  return [
    ...(joint === undefined ? [] : [jointWarning(joint)]),
    ...(clicks.length === 0 || learnsLooks ? [] : [clicksWarning(clicks)]),
  ];
}

function jointWarning(joint: JointRules): string {
  const names = joint.with.join(', ');
  return (
    `You learn together with ${names}: what goes with what for your customers then also speaks for them. ` +
    'If one of them is the portal, it speaks for what the portal promotes as its own.'
  );
}

function clicksWarning(slots: readonly string[]): string {
  return (
    `${slots.join(', ')} will stay empty: next clicks are learned from what people look at. ` +
    'Add browsing to “improve” under “purposes”, and let your notice say so.'
  );
}

/** No file is no mistake: the strict policy holds, or the placements of old settings. */
function withoutFile(args: Args, io: Io, file: string): ExitCode {
  const { origin, policy } = settledIn(homeOf(args));
  if (args.json) io.out(jsonLine({ file: null, ok: true, origin, version: policy.version, problems: [] }));
  else io.out(wrap(`${file} is not there: ${ORIGIN_WORDS[origin]}.`, { width: io.width }));
  return EXIT.ok;
}

function problemsText(file: string, problems: readonly LineProblem[], { width, style }: Io): string {
  const rows = problems.flatMap(({ line, field, expected, remedy }) => [
    `${style.bold(`line ${line}`)}${field === '' ? '' : `  ${field}`}\n`,
    wrap(`expected ${expected}`, { width, indent: '  ' }),
    wrap(remedy, { width, indent: '  ' }),
  ]);
  return [
    ...rows,
    wrap(`${counted(problems.length, 'problem')} in ${file}; it would not be used.`, { width }),
  ].join('');
}
