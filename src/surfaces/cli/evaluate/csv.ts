/*
 * Reading a CSV file (RFC 4180), plain or gzip, as a stream: memory does not grow with the file.
 *
 * A line without quotes is split as it is, which reads about two million lines a second; quoted fields take
 * the slow way. csv-parse is not used here: it is ten times slower, and files of ten million lines are usual.
 */
import { createReadStream } from 'node:fs';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Fault } from '../../../kernel/fault.ts';
import { LIMITS } from '../../../kernel/limits.ts';

/** A file that cannot be used, in words that name file, line, column and what was expected. */
export function badFile(message: string): Fault<'bad-file'> {
  return new Fault('bad-file', message, { retry: 'never' });
}

/** Called with each row after the header; `line` counts from 1 at the header. */
export type RowSink = (fields: readonly string[], line: number) => void;

/**
 * Reads `file`; `openRows` receives the header's names and answers with the sink for the rows. Throws the
 * fault `bad-file`.
 */
export async function readCsv(file: string, openRows: (header: readonly string[]) => RowSink): Promise<void> {
  let pending = '';
  let line = 0;
  let firstLine = 1;
  let columns = 0;
  let sink: RowSink | undefined;

  function takeLine(text: string): void {
    line++;
    const record = pending === '' ? text : `${pending}\n${text}`;
    if (pending === '') firstLine = line;
    if (record.length > LIMITS.csvLineBytesMax) {
      throw badFile(
        `${file}, line ${firstLine}: longer than ${LIMITS.csvLineBytesMax} characters; ` +
          'is a closing quote missing?',
      );
    }
    const quoted = record.includes('"');
    if (quoted && !quotesClosed(record)) {
      pending = record;
      return;
    }
    pending = '';
    const plain = record.endsWith('\r') ? record.slice(0, -1) : record;
    if (plain === '') return;
    const fields = quoted ? splitQuoted(plain, file, firstLine) : plain.split(',');
    if (sink === undefined) {
      const header = fields.map((name) => name.trim());
      columns = header.length;
      sink = openRows(header);
      return;
    }
    if (fields.length !== columns) {
      throw badFile(
        `${file}, line ${firstLine}: expected ${columns} fields as in the header, ` +
          `found ${fields.length}`,
      );
    }
    sink(fields, firstLine);
  }

  let rest = '';
  for await (const chunk of textChunks(file)) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const text of lines) takeLine(text);
    if (rest.length > LIMITS.csvLineBytesMax) takeLine(rest);
  }
  if (rest !== '') takeLine(rest);
  if (pending !== '') throw badFile(`${file}, line ${firstLine}: a quoted field is not closed`);
  if (sink === undefined) throw badFile(`${file}: empty; expected a header line such as person,item`);
}

/**
 * Lines of a chunk live while they are read, past collections: with 1 MiB the young part of the heap grew to
 * 64 MB, and kept it.
 */
const CHUNK_BYTES = 1 << 16;

async function* textChunks(file: string): AsyncGenerator<string> {
  const compressed = file.endsWith('.gz');
  const source = createReadStream(file, { highWaterMark: CHUNK_BYTES });
  // `pipeline` passes an error of the file on to the reader of the unpacked stream.
  const unpacked: Readable = compressed ? pipeline(source, createGunzip(), () => undefined) : source;
  unpacked.setEncoding('utf8');
  let first = true;
  try {
    for await (const chunk of unpacked) {
      const text = String(chunk);
      yield first ? text.replace(/^\uFEFF/, '') : text;
      first = false;
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const remedy = compressed ? 'is it a complete gzip file?' : 'does it exist, and may it be read?';
    throw badFile(`${file}: cannot be read (${reason}); ${remedy}`);
  }
}

// Odd numbers of quotes mean that the field, and the record, goes on in the next line.
function quotesClosed(record: string): boolean {
  let quotes = 0;
  for (let at = record.indexOf('"'); at >= 0; at = record.indexOf('"', at + 1)) quotes++;
  return quotes % 2 === 0;
}

// A field is either free of quotes or quoted as a whole, with inner quotes doubled.
function splitQuoted(record: string, file: string, line: number): string[] {
  const fields: string[] = [];
  const pattern = /(?:"((?:[^"]|"")*)"|([^",]*))(,|$)/y;
  while (pattern.lastIndex <= record.length) {
    const match = pattern.exec(record);
    if (match === null) {
      throw badFile(
        `${file}, line ${line}, column ${fields.length + 1}: a quote inside a field; ` +
          'quote the whole field and double the quotes inside',
      );
    }
    fields.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === '') break;
  }
  return fields;
}
