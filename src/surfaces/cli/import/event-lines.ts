// The lines of an event file: NDJSON, or one JSON list, which is read whole and handed on entry by entry.

import { Fault } from '../../../kernel/fault.ts';
import type { LineSource } from './events.ts';
import type { Input } from './inputs.ts';
import { type TextLine, linesOf } from './lines.ts';
import { textPieces } from './pieces.ts';

/** A list must fit into memory twice; longer histories belong into NDJSON. */
const LIST_CHARS_MAX = 256 * 2 ** 20;

export async function eventLines({ file, name }: Input): Promise<LineSource> {
  if (!/\.json(?:\.gz)?$/i.test(name) || !(await beginsAsList(file)))
    return (onRead) => linesOf(textPieces(file, onRead));
  const entries = await readList(file);
  return () => entries;
}

async function beginsAsList(file: string): Promise<boolean> {
  for await (const piece of textPieces(file)) {
    const text = piece.replace(/^[\ufeff\s]+/, '');
    if (text !== '') return text.startsWith('[');
  }
  return false;
}

async function readList(file: string): Promise<readonly TextLine[]> {
  let text = '';
  for await (const piece of textPieces(file)) {
    text += piece;
    if (text.length > LIST_CHARS_MAX)
      throw bad(
        file,
        `a list of more than ${LIST_CHARS_MAX} characters. Write one event per line (.ndjson).`,
      );
  }
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    throw bad(
      file,
      `not JSON (${error instanceof Error ? error.message : 'unreadable'}). Repair it, or ` +
        'write one event per line.',
    );
  }
  if (!Array.isArray(value)) throw bad(file, 'expected a list of events.');
  return value.map((entry: unknown, index) => ({
    number: index + 1,
    text: JSON.stringify(entry),
    isTooLong: false,
  }));
}

function bad(file: string, message: string): Fault<'bad-file'> {
  return new Fault('bad-file', `${file}: ${message}`, { retry: 'never' });
}
