// Reads a command line by a command's own description (node:util parseArgs does the cutting). What is not
// known is an error with a suggestion, never ignored: a misspelt --no-shift would otherwise shift.

import { parseArgs } from 'node:util';
import { type Args, type Command, type Flag, HOME_DEFAULT, usage } from './command.ts';
import { nearest } from './nearest.ts';

const HELP_FLAG: Flag = { name: 'help', about: 'show this help' };

/** `help` when that was asked for. Faults: `usage`. */
export function readArgs(
  command: Command,
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Args | 'help' {
  const flags = [...command.flags, HELP_FLAG];
  const byName = new Map(flags.map((flag) => [flag.name, flag]));
  const { tokens } = parseArgs({
    args: argv.map(hideName),
    strict: false,
    allowPositionals: true,
    tokens: true,
    options: Object.fromEntries(
      flags.map(({ name, value }) => [
        name,
        { type: value === undefined ? ('boolean' as const) : ('string' as const) },
      ]),
    ),
  });
  const values = new Map<string, string[]>();
  const words: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(showName(token.value));
    if (token.kind !== 'option') continue;
    if (token.rawName === '-h') return 'help';
    const flag = byName.get(token.name);
    if (flag === undefined || !token.rawName.startsWith('--'))
      throw unknownFlag(command, token.rawName, [...byName.keys()]);
    const said = values.get(flag.name) ?? [];
    if (said.length > 0 && flag.many === undefined) throw usage(`--${flag.name} is given twice`);
    values.set(flag.name, [...said, showName(valueOf(flag, token))]);
  }
  if (values.has('help')) return 'help';
  countWords(command, words);
  return argsOf({ words, values, byName, env });
}

/**
 * The name of a decision is 43 characters of base64url, and one in 64 begins with a hyphen: it is no flag. No
 * flag is as long.
 */
const NAME = /^-[A-Za-z0-9_-]{42}$/;
/** Cannot stand in a command line. */
const HIDDEN = '\u0000';

function hideName(word: string): string {
  return NAME.test(word) ? HIDDEN + word : word;
}

function showName(word: string): string {
  return word.startsWith(HIDDEN) ? word.slice(HIDDEN.length) : word;
}

interface OptionToken {
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

function valueOf(flag: Flag, { value, inlineValue }: OptionToken): string {
  if (flag.value === undefined) {
    if (value === undefined) return '';
    throw usage(`--${flag.name} takes no value`);
  }
  const swallowed = inlineValue !== true && value?.startsWith('--') === true;
  if (value === undefined || value === '' || swallowed)
    throw usage(`--${flag.name} needs a value: --${flag.name} ${flag.value}`);
  return value;
}

function unknownFlag(command: Command, raw: string, known: readonly string[]) {
  const close = nearest(raw.replace(/^-+/, ''), known);
  const hint = close === undefined ? '' : ` Did you mean --${close}?`;
  return usage(`unknown flag ${raw}.${hint} See: fineline help ${command.name}`);
}

function countWords({ name, usage: line, words: [least, most] }: Command, words: readonly string[]): void {
  if (words.length < least) throw usage(`something is missing. Usage: fineline ${name} ${line}`);
  if (words.length > most)
    throw usage(`unexpected ${JSON.stringify(words[most])}. Usage: fineline ${name} ${line}`);
}

function argsOf(read: {
  readonly words: readonly string[];
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly byName: ReadonlyMap<string, Flag>;
  readonly env: Readonly<Record<string, string | undefined>>;
}): Args {
  const { words, values, byName, env } = read;
  return {
    words,
    json: values.has('json'),
    has: (flag) => values.has(flag),
    text: (flag) => {
      const name = byName.get(flag)?.env;
      const fromEnv = name === undefined || env[name] === '' ? undefined : env[name];
      return values.get(flag)?.at(-1) ?? fromEnv;
    },
    all: (flag) => values.get(flag) ?? [],
  };
}

/** Folder of the home: flag, environment, default. */
export function homeOf(args: Args): string {
  return args.text('home') ?? HOME_DEFAULT;
}
