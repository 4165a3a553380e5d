// The exit codes, and which error ends with which. Scripts rely on them, so they are few and documented in
// `fineline help`.

import { isFault } from '../../kernel/fault.ts';

export const EXIT = {
  ok: 0,
  /** Refused, not found, a check that failed, or input that cannot be used. */
  refused: 1,
  usage: 2,
  /** The world failed: disk, port, lock, network. */
  world: 3,
  /** 128 + SIGINT, as shells have it. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Codes of faults that are about what was asked or given, not about the machine. */
const REFUSED: readonly string[] = [
  'bad-file',
  'no-file',
  'bad-settings',
  'not-kept',
  'not-found',
  'still-needed',
  'not-everywhere',
  'from-outside',
  'refused',
  'suppressed',
];

export function exitCodeOf(error: unknown): ExitCode {
  if (!isFault(error)) return EXIT.world;
  if (error.code === 'usage') return EXIT.usage;
  if (error.code === 'interrupted') return EXIT.interrupted;
  return REFUSED.includes(error.code) ? EXIT.refused : EXIT.world;
}
