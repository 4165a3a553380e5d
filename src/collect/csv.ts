// Owns: CSV (RFC 4180) as a push parser: text in pieces of any size, rows out. Own code because the core has no dependency
// and because of three things: a row that is wrong costs that row alone, a missing quote cannot swallow the file, and a
// million rows are read without an object per row. A line without quotes, which is nearly every line, is found and cut
// with `indexOf`; the slow path exists for the others.

import { LIMITS } from '../kernel/limits.ts';

export interface CsvOptions {
  readonly separator: ',' | ';' | '\t';
  /** `false` for tab-separated feeds, where a quote is a character like others. */
  readonly quotes: boolean;
  /** `fields` is used again for the next row: read what you need. `line` is where the row begins, from 1. */
  readonly onRow: (fields: readonly string[], line: number) => void;
  readonly onBadRow: (line: number, reason: string) => void;
}

export interface CsvParser {
  push(text: string): void;
  /** The last line need not end in a line break. */
  end(): void;
}

/**
 * Rows of CSV text. Line breaks are LF or CRLF; a byte order mark and empty lines are passed over; a quote inside an unquoted
 * field is taken as it is. A row longer than `LIMITS.csvLineBytesMax` characters (a character is at least one byte), an
 * unclosed quote and text behind a closing quote make a bad row; reading goes on in the line below its first.
 */
export function createCsvParser(options: CsvOptions): CsvParser {
  const { separator, quotes, onRow, onBadRow } = options;
  const fields: string[] = [];
  let held = '';
  let line = 1;
  let atStart = true;
  // Inside a line that was too long: nothing counts until it ends.
  let skipping = false;
  // The next separator of the text that is being read, kept from row to row: no stretch is searched twice.
  let next = -1;

  function read(text: string, last: boolean): string {
    let at = 0;
    let quote = quotes ? text.indexOf('"') : -1;
    next = text.indexOf(separator);
    while (at < text.length) {
      const newline = text.indexOf('\n', at);
      if (quote !== -1 && quote < at) quote = text.indexOf('"', at);
      if (newline === -1 && !last && (quote === -1 || skipping)) return rest(text, at);
      const lineEnd = newline === -1 ? text.length : newline;
      if (skipping) {
        skipping = false;
        at = lineEnd + 1;
        line += 1;
      } else if (quote === -1 || quote >= lineEnd) {
        if (lineEnd - at > LIMITS.csvLineBytesMax) onBadRow(line, TOO_LONG);
        else plainRow(text, at, lineEnd);
        at = lineEnd + 1;
        line += 1;
      } else {
        const end = quotedRow(text, at, { fields, separator, last });
        if (end === UNFINISHED && text.length - at <= LIMITS.csvLineBytesMax && !last) return rest(text, at);
        const reason = end === UNFINISHED ? UNCLOSED : end === BEHIND_QUOTE ? BEHIND : '';
        if (reason !== '' || end - at > LIMITS.csvLineBytesMax) {
          onBadRow(line, reason === '' ? TOO_LONG : reason);
          if (newline === -1 && !last) return skip();
          at = lineEnd + 1;
          line += 1;
        } else {
          onRow(fields, line);
          line += countLines(text, at, end);
          at = end + 1;
        }
      }
    }
    return '';
  }

  function rest(text: string, at: number): string {
    if (skipping) return '';
    if (text.length - at <= LIMITS.csvLineBytesMax) return text.slice(at);
    onBadRow(line, TOO_LONG);
    return skip();
  }

  function skip(): string {
    skipping = true;
    return '';
  }

  function plainRow(text: string, from: number, to: number): void {
    const end = to > from && text.charCodeAt(to - 1) === CR ? to - 1 : to;
    if (end === from) return;
    let count = 0;
    let at = from;
    if (next !== -1 && next < from) next = text.indexOf(separator, from);
    while (next !== -1 && next < end) {
      fields[count++] = text.slice(at, next);
      at = next + 1;
      next = text.indexOf(separator, at);
    }
    fields[count++] = text.slice(at, end);
    fields.length = count;
    onRow(fields, line);
  }

  return {
    push(text) {
      if (text === '') return;
      const fresh = atStart && text.charCodeAt(0) === BOM ? text.slice(1) : text;
      atStart = false;
      held = read(held + fresh, false);
    },
    end() {
      held = read(held, true);
    },
  };
}

const CR = 13;
const BOM = 0xfeff;
const UNFINISHED = -1;
const BEHIND_QUOTE = -2;
const TOO_LONG = `a line of at most ${LIMITS.csvLineBytesMax} bytes`;
const UNCLOSED = 'a closing quote';
const BEHIND = 'a separator after the closing quote';

/** Fills `fields` with the row at `from`; answers where its line break stands (or the end of the text), or what is wrong. */
function quotedRow(
  text: string,
  from: number,
  options: { readonly fields: string[]; readonly separator: string; readonly last: boolean },
): number {
  const { fields, separator, last } = options;
  let count = 0;
  let at = from;
  for (;;) {
    const quoted = text.charAt(at) === '"';
    const closing = quoted ? closingQuote(text, at + 1) : 0;
    if (closing === -1) return UNFINISHED;
    const stop = quoted ? closing + 1 : fieldEnd(text, at, separator);
    // CR belongs to the line break only when LF follows; at the end of a piece LF may still come.
    const end =
      text.charCodeAt(stop) === CR && (text.charAt(stop + 1) === '\n' || stop + 1 === text.length)
        ? stop + 1
        : stop;
    if (end >= text.length && !last) return UNFINISHED;
    if (quoted) fields[count++] = text.slice(at + 1, closing).replaceAll('""', '"');
    else
      fields[count++] = text.slice(
        at,
        text.charAt(end) === '\n' && text.charCodeAt(end - 1) === CR ? end - 1 : stop,
      );
    fields.length = count;
    if (end >= text.length || text.charAt(end) === '\n') return end;
    if (text.charAt(end) !== separator) return BEHIND_QUOTE;
    at = end + 1;
  }
}

function closingQuote(text: string, from: number): number {
  let at = text.indexOf('"', from);
  while (at !== -1 && text.charAt(at + 1) === '"') at = text.indexOf('"', at + 2);
  return at;
}

function fieldEnd(text: string, from: number, separator: string): number {
  let at = from;
  while (at < text.length && text.charAt(at) !== separator && text.charAt(at) !== '\n') at += 1;
  return at;
}

function countLines(text: string, from: number, to: number): number {
  let lines = 1;
  for (let at = text.indexOf('\n', from); at !== -1 && at < to; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}
