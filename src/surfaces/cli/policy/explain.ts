// `fineline policy explain`: what holds, in words, each line with where it comes from.

import { type PolicyLine, type Telling, tellPolicy } from '../../../engine/policy-told.ts';
import { homeOf } from '../args.ts';
import { type Args, jsonLine } from '../command.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { padEnd, wrap } from '../layout.ts';
import { DEFAULT_WORD, policyGiven, settledIn } from './given.ts';
import { FROM_WORDS, ORIGIN_WORDS } from './words.ts';

export function explainPolicy(args: Args, io: Io, named: string | undefined): ExitCode {
  const settled = settledIn(homeOf(args));
  const telling = named === undefined ? settled : { ...settled, ...tellingOf(named) };
  const lines = tellPolicy(telling);
  const { policy, origin } = telling;
  if (args.json) io.out(jsonLine({ version: policy.version, origin, lines }));
  else io.out(explainText(telling, lines, io));
  return EXIT.ok;
}

function tellingOf(named: string): Pick<Telling, 'policy' | 'stated' | 'origin'> {
  const { policy, stated } = policyGiven(named);
  return { policy, stated, origin: named === DEFAULT_WORD ? 'default' : 'file' };
}

const SECTIONS: Readonly<Record<PolicyLine['section'], string>> = {
  numbers: 'Numbers',
  purposes: 'Purposes',
  channels: 'Channels: who may look on',
  classes: 'Sensitive classes',
  contact: 'Contact: how often over all channels',
  audiences: 'Audiences: for whom a slot can be',
  slots: 'Slots',
  law: 'The law of the place',
};
const NAME_WIDTH = 16;

function explainText({ policy, origin }: Telling, lines: readonly PolicyLine[], io: Io): string {
  const { width, style } = io;
  const out = [wrap(`Policy ${policy.version.slice(0, 12)}: ${ORIGIN_WORDS[origin]}.`, { width })];
  const indent = ' '.repeat(NAME_WIDTH + 2);
  let section: PolicyLine['section'] | undefined;
  let name = '';
  for (const line of grouped(lines)) {
    if (line.section !== section) out.push(`\n${style.bold(SECTIONS[line.section])}\n`);
    const isNew = line.section !== section || line.name !== name;
    ({ section, name } = line);
    const isLong = isNew && name.length >= NAME_WIDTH;
    if (isLong) out.push(wrap(name, { width, indent: '  ' }));
    const first = isNew && !isLong ? `  ${padEnd(name, NAME_WIDTH)}` : indent;
    out.push(wrap(`${line.text} [${FROM_WORDS[line.from]}]`, { width, indent, first }));
  }
  return out.join('');
}

/** Channels or classes of which the very same is said stand together. */
function grouped(lines: readonly PolicyLine[]): readonly PolicyLine[] {
  const groups = new Map<string, { line: PolicyLine; readonly names: string[] }>();
  for (const line of lines) {
    const isAlone = line.section !== 'channels' && line.section !== 'classes';
    const key = isAlone ? `${groups.size}` : `${line.section} ${line.text} ${line.from}`;
    const group = groups.get(key) ?? { line, names: [] };
    group.names.push(line.name);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ line, names }) => ({ ...line, name: names.join(', ') }));
}
