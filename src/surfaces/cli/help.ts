// `fineline help`, made from the commands' own descriptions.

import type { Command, Flag } from './command.ts';
import type { Io } from './io.ts';
import { wrap } from './layout.ts';

/** All commands, one line each, and the exit codes. */
export function overview(
  commands: readonly Command[],
  { width, style }: Pick<Io, 'width' | 'style'>,
): string {
  const nameWidth = Math.max(...commands.map(({ name }) => name.length)) + 4;
  const lines = commands.map(({ name, about }) =>
    wrap(about, {
      width,
      indent: ' '.repeat(nameWidth),
      first: `  ${style.bold(name)}${' '.repeat(nameWidth - 2 - name.length)}`,
    }),
  );
  return [
    `${style.bold('fineline')}: personalisation up to the line, and provably never over it\n\n`,
    'Usage: fineline COMMAND [words] [--flags]\n\n',
    ...lines,
    '\n',
    wrap(
      'fineline help COMMAND tells its flags, with examples. --json everywhere prints one JSON ' +
        'document on standard output; progress goes to standard error.',
      { width },
    ),
    '\nExit codes\n',
    '  0    done\n',
    '  1    refused, not found, a check that failed, or data that cannot be used\n',
    '  2    bad usage\n',
    '  3    the world failed: disk, port, lock, network\n',
    '  130  interrupted\n',
  ].join('');
}

export function commandHelp(command: Command, { width, style }: Pick<Io, 'width' | 'style'>): string {
  const parts = [
    `${style.bold(`fineline ${command.name}`)}: ${command.about}\n\n`,
    wrap(`Usage: fineline ${command.name} ${command.usage}`, { width, indent: '       ', first: '' }),
  ];
  if (command.flags.length > 0)
    parts.push('\nFlags\n', ...command.flags.map((flag) => flagHelp(flag, width)));
  if (command.notes.length > 0) parts.push('\n', ...command.notes.map((note) => wrap(note, { width })));
  parts.push('\nExamples\n');
  for (const { line, about } of command.examples) {
    parts.push(`  ${style.cyan(line)}\n`, wrap(about, { width, indent: '      ' }));
  }
  return parts.join('');
}

const ABOUT_COLUMN = 24;

function flagHelp({ name, value, many, env, about }: Flag, width: number): string {
  const head = `  --${name}${value === undefined ? '' : ` ${value}`}`;
  const notes = [
    many === true ? 'may stand several times' : '',
    env === undefined ? '' : `also ${env}`,
  ].filter((note) => note !== '');
  const text = notes.length === 0 ? about : `${about} (${notes.join('; ')})`;
  const indent = ' '.repeat(ABOUT_COLUMN);
  if (head.length + 2 <= ABOUT_COLUMN) return wrap(text, { width, indent, first: head.padEnd(ABOUT_COLUMN) });
  return `${head}\n${wrap(text, { width, indent })}`;
}
