// Goal: our CSV parser and csv-parse read the same rows from everything that is well formed, however it is
// cut into pieces, and ours survives everything that is not. Method: random tables written by the rules of
// RFC 4180; random characters.

import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCsvParser } from './csv.ts';

const runs = process.env['FINELINE_FULL'] === '1' ? 20_000 : 1000;

function read(pieces: readonly string[]): { readonly rows: string[][]; readonly bad: number[] } {
  const rows: string[][] = [];
  const bad: number[] = [];
  const parser = createCsvParser({
    separator: ',',
    quotes: true,
    onRow: (fields) => rows.push([...fields]),
    onBadRow: (line) => bad.push(line),
  });
  for (const piece of pieces) parser.push(piece);
  parser.end();
  return { rows, bad };
}

function cut(text: string, cuts: readonly number[]): readonly string[] {
  const places = [
    0,
    ...cuts.map((place) => place % (text.length + 1)).toSorted((a, b) => a - b),
    text.length,
  ];
  return places.slice(1).map((place, index) => text.slice(places[index], place));
}

const field = fc.string({
  unit: fc.constantFrom('a', 'b', ',', '"', '\n', '\r\n', ' ', 'é', '5'),
  maxLength: 6,
});
const write = (value: string, quoted: boolean): string =>
  quoted || /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;

describe('csv against csv-parse', () => {
  it('[C13] reads what csv-parse reads, in any pieces', () => {
    const table = fc.array(fc.array(fc.tuple(field, fc.boolean()), { minLength: 2, maxLength: 4 }), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(
        table,
        fc.constantFrom('\n', '\r\n'),
        fc.array(fc.nat(200), { maxLength: 6 }),
        (rows, newline, cuts) => {
          const text = rows
            .map((row) => row.map(([value, quoted]) => write(value, quoted)).join(',') + newline)
            .join('');
          const theirs: string[][] = parse(text, { relax_column_count: true, record_delimiter: newline });
          const ours = read(cut(text, cuts));
          expect(ours.rows).toEqual(theirs);
          expect(ours.bad).toEqual([]);
        },
      ),
      { numRuns: runs },
    );
  });

  it('[C13] never throws on anything, and pieces do not matter', () => {
    const noise = fc.string({
      unit: fc.constantFrom('a', ',', '"', '\n', '\r', '\ufeff', '\0', 'ß'),
      maxLength: 60,
    });
    fc.assert(
      fc.property(noise, fc.array(fc.nat(60), { maxLength: 5 }), (text, cuts) => {
        expect(read(cut(text, cuts))).toEqual(read([text]));
      }),
      { numRuns: runs },
    );
  });
});
