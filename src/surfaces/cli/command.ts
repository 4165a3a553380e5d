// What a command is: its words, its flags, its examples, and what it does. `fineline help` prints it, args.ts
// reads the command line by it, so help and behaviour cannot drift apart.

import { Fault } from '../../kernel/fault.ts';
import type { ExitCode } from './exit-code.ts';
import type { Io } from './io.ts';

export interface Flag {
  readonly name: string;
  /** Placeholder of the value in the help, e.g. `FILE`; absent for a switch. */
  readonly value?: string;
  /** May stand several times. */
  readonly many?: true;
  /** Environment variable that stands in for it. */
  readonly env?: string;
  readonly about: string;
}

export interface Example {
  readonly line: string;
  readonly about: string;
}

export interface Command {
  readonly name: string;
  /** One line, without a full stop. */
  readonly about: string;
  /** What follows the name, e.g. `DECISION [--json]`. */
  readonly usage: string;
  /** Least and most words beside the flags. */
  readonly words: readonly [least: number, most: number];
  readonly flags: readonly Flag[];
  readonly notes: readonly string[];
  readonly examples: readonly Example[];
  readonly run: (args: Args, io: Io) => Promise<ExitCode>;
  /** Reads its command line itself: a contract of its own (evaluate). */
  readonly raw?: (argv: readonly string[], io: Io) => Promise<number>;
}

/** Of the HTTP API. */
export const PORT_DEFAULT = '8787';

/** The command line, read. */
export interface Args {
  readonly words: readonly string[];
  readonly json: boolean;
  has(flag: string): boolean;
  /** Value of a flag, else of its environment variable, else `undefined`. */
  text(flag: string): string | undefined;
  all(flag: string): readonly string[];
}

/** Bad usage: exit code 2. The message says what to write instead. */
export function usage(message: string): Fault<'usage'> {
  return new Fault('usage', message, { retry: 'never' });
}

/** A whole number within bounds; the fault `usage` otherwise. */
export function wholeNumber(
  text: string,
  bounds: { readonly flag: string; readonly min: number; readonly max: number },
): number {
  const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= bounds.min && value <= bounds.max) return value;
  throw usage(`--${bounds.flag} must be a whole number from ${bounds.min} to ${bounds.max}, not “${text}”`);
}

export const JSON_FLAG: Flag = { name: 'json', about: 'print one JSON document on standard output' };
export const HOME_FLAG: Flag = {
  name: 'home',
  value: 'DIR',
  env: 'FINELINE_HOME',
  about: 'where everything is kept (default ./.fineline)',
};
export const HOME_DEFAULT = './.fineline';

/** One JSON document, on a line of its own. */
export function jsonLine(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}
