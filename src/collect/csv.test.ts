import { describe, expect, it } from 'vitest';
import { LIMITS } from '../kernel/limits.ts';
import { createCsvParser } from './csv.ts';

interface Read {
  readonly rows: readonly (readonly string[])[];
  readonly lines: readonly number[];
  readonly bad: readonly (readonly [number, string])[];
}

function read(pieces: readonly string[], separator: ',' | ';' | '\t' = ','): Read {
  const rows: string[][] = [];
  const lines: number[] = [];
  const bad: [number, string][] = [];
  const parser = createCsvParser({
    separator,
    quotes: true,
    onRow: (fields, line) => {
      rows.push([...fields]);
      lines.push(line);
    },
    onBadRow: (line, reason) => bad.push([line, reason]),
  });
  for (const piece of pieces) parser.push(piece);
  parser.end();
  return { rows, lines, bad };
}

describe('csv', () => {
  it('[C13] reads quotes, CRLF, a byte order mark, empty fields and lines inside fields', () => {
    const text = '\ufeffa,b\r\n"x, ""y""",\r\n\r\n"two\nlines",z\n,';
    expect(read([text]).rows).toEqual([
      ['a', 'b'],
      ['x, "y"', ''],
      ['two\nlines', 'z'],
      ['', ''],
    ]);
    expect(read([text]).lines).toEqual([1, 2, 4, 6]);
  });

  it('[C13] is the same in pieces of one character', () => {
    const text = '\ufeffa,b\r\n"x, ""y""",\r\n"two\r\nlines",z\nlast,"q"\r\n';
    expect(read(text.split(''))).toEqual(read([text]));
  });

  it('[C13] takes a quote inside an unquoted field as it is', () => {
    expect(read(['5" plate,2\n']).rows).toEqual([['5" plate', '2']]);
  });

  it('[C13] loses one row to an unclosed quote, not the file', () => {
    const found = read(['a,b\n', '"open,1\n', 'c,d\n', 'e,f\n']);
    expect(found.rows).toEqual([
      ['a', 'b'],
      ['c', 'd'],
      ['e', 'f'],
    ]);
    expect(found.bad).toEqual([[2, 'a closing quote']]);
  });

  it('[C13] loses one row to an unclosed quote when what follows is longer than a line may be', () => {
    const filler = 'c,d\n'.repeat(LIMITS.csvLineBytesMax);
    const found = read(['a,b\n"open,1\n', filler]);
    expect(found.rows.length).toBe(1 + LIMITS.csvLineBytesMax);
    expect(found.bad).toEqual([[2, 'a closing quote']]);
  });

  it('[C13] says what stands behind a closing quote', () => {
    const found = read(['"a"b,c\nd,e\n']);
    expect(found.rows).toEqual([['d', 'e']]);
    expect(found.bad[0]?.[0]).toBe(1);
  });

  it('[C13] passes over a line that is too long, whole or in pieces, and keeps count of lines', () => {
    const long = 'x'.repeat(LIMITS.csvLineBytesMax + 1);
    for (const pieces of [[`${long}\na,b\n`], [...long.match(/.{1,5000}/g)!, '\na,b\n']]) {
      const found = read(pieces);
      expect(found.rows).toEqual([['a', 'b']]);
      expect(found.lines).toEqual([2]);
      expect(found.bad).toHaveLength(1);
    }
  });

  it('[C13] reads other separators', () => {
    expect(read(['a;b,c\n'], ';').rows).toEqual([['a', 'b,c']]);
    expect(read(['a\tb\n'], '\t').rows).toEqual([['a', 'b']]);
  });
});
