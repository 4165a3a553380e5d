// What lies behind `--data PATH`: a file, or a folder with a catalogue, events and order files.

import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Fault } from '../../../kernel/fault.ts';

export type InputKind = 'catalogue' | 'events' | 'orders';

export interface Input {
  readonly kind: InputKind;
  readonly file: string;
  /** Base name, for messages. */
  readonly name: string;
  readonly bytes: number;
  /** When it was last changed. */
  readonly changedMs: number;
}

/** Text packs to an eighth of its size, more or less: events repeat the same names. */
const PACKED = 8;

/** Bytes of the text, as far as they can be known before it is read. */
export function unpackedBytes({ name, bytes }: Input): number {
  return name.endsWith('.gz') ? bytes * PACKED : bytes;
}

/**
 * In the order in which they are to be read: things before what happened to them. Faults: `no-file`,
 * `bad-file`.
 */
export function inputsOf(path: string): readonly Input[] {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined)
    throw new Fault('no-file', `${path}: there is no such file or folder. Check the path.`, NEVER);
  if (!stats.isDirectory()) {
    const kind = kindOf(basename(path));
    if (kind === undefined) throw new Fault('bad-file', `${path}: ${UNKNOWN}`, NEVER);
    return [{ kind, file: path, name: basename(path), bytes: stats.size, changedMs: stats.mtimeMs }];
  }
  const inputs = readdirSync(path)
    .toSorted()
    .flatMap((name): Input[] => {
      const kind = kindInFolder(name);
      const file = join(path, name);
      const found = kind === undefined ? undefined : statSync(file);
      return kind === undefined || found?.isFile() !== true
        ? []
        : [{ kind, file, name, bytes: found.size, changedMs: found.mtimeMs }];
    });
  if (inputs.every(({ kind }) => kind === 'catalogue'))
    throw new Fault('bad-file', `${path}: ${EMPTY}`, NEVER);
  return (['catalogue', 'events', 'orders'] as const).flatMap((kind) =>
    inputs.filter((input) => input.kind === kind),
  );
}

const NEVER = { retry: 'never' } as const;
const UNKNOWN =
  'not a name that says what is inside. Name order lines *.csv or *.csv.gz, events ' +
  '*.ndjson, *.jsonl or *.json (or .gz).';
const EMPTY =
  'nothing to import in this folder. Expected events.ndjson (or .jsonl, .json), *.csv with ' +
  'order lines, catalogue.csv (or .xml, .json).';

function kindOf(name: string): InputKind | undefined {
  if (/^catalog(?:ue)?\.[a-z]+(?:\.gz)?$/i.test(name)) return 'catalogue';
  if (/\.(?:csv|tsv)(?:\.gz)?$/i.test(name)) return 'orders';
  if (/\.(?:ndjson|jsonl|json)(?:\.gz)?$/i.test(name)) return 'events';
  return undefined;
}

/** In a folder only `events.*` are events: other JSON files may be anything. */
function kindInFolder(name: string): InputKind | undefined {
  const kind = kindOf(name);
  return kind === 'events' && !/^events\./i.test(name) ? undefined : kind;
}
