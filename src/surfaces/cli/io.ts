// What a command may touch of the outside: two streams, the environment, a question. Answers go to standard
// output, progress and complaints to standard error, so that a pipe carries the answer alone.

import { createInterface } from 'node:readline/promises';
import { type Style, createStyle } from './style.ts';

/** Text is laid out for this width where no terminal says otherwise, and never wider than `WIDTH_MAX`. */
const WIDTH_DEFAULT = 80;
const WIDTH_MAX = 100;
/** Bytes of a receipt or a list read from standard input. */
const STDIN_BYTES_MAX = 16 * 2 ** 20;

export interface Io {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly style: Style;
  readonly errStyle: Style;
  /** Columns to lay text out for. */
  readonly width: number;
  /** Standard error is a terminal: a line may be redrawn. */
  readonly isLive: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Asks at the terminal; `undefined` when there is none to ask at. */
  readonly ask: (question: string) => Promise<string | undefined>;
  readonly stdin: () => Promise<string>;
}

export function processIo(): Io {
  const { stdout, stderr, stdin, env } = process;
  // Whoever closes the pipe (`| head`) has read enough; that is no error.
  for (const stream of [stdout, stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
      throw error;
    });
  }
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    style: createStyle(hasColour(stdout.isTTY, env)),
    errStyle: createStyle(hasColour(stderr.isTTY, env)),
    width: Math.max(40, Math.min(stdout.columns ?? widthOf(env['COLUMNS']), WIDTH_MAX)),
    isLive: stderr.isTTY && env['TERM'] !== 'dumb',
    env,
    ask: async (question) => {
      if (!stdin.isTTY || !stderr.isTTY) return undefined;
      const lines = createInterface({ input: stdin, output: stderr });
      const answer = await lines.question(question);
      lines.close();
      return answer;
    },
    stdin: () => readAll(stdin),
  };
}

/** https://no-color.org: any value that is not empty switches colour off. */
function hasColour(isTty: boolean, env: NodeJS.ProcessEnv): boolean {
  return isTty && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb';
}

function widthOf(text: string | undefined): number {
  const columns = Number(text);
  return Number.isInteger(columns) && columns > 0 ? columns : WIDTH_DEFAULT;
}

async function readAll(stream: NodeJS.ReadStream): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of stream as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > STDIN_BYTES_MAX) break;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
