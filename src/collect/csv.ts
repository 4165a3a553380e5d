// Owns: CSV (RFC 4180) as a push parser: text in pieces of any size, rows out. Own code because the core has
// no dependency and because of three things: a row that is wrong costs that row alone, a missing quote cannot
// swallow the file, and a million rows are read without an object per row. A line without quotes, which is
// nearly every line, is found and cut with `indexOf`; the slow path exists for the others.

import { LIMITS } from '../kernel/limits.ts';
import { BEHIND_QUOTE, CR, UNFINISHED, countLines, plainRow, quotedRow } from './csv-row.ts';

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
 * Rows of CSV text. Line breaks are LF or CRLF; a byte order mark and empty lines are passed over; a quote
 * inside an unquoted field is taken as it is. A row longer than `LIMITS.csvLineBytesMax` characters (a
 * character is at least one byte), an unclosed quote and text behind a closing quote make a bad row; reading
 * goes on in the line below its first.
 */
export function createCsvParser(options: CsvOptions): CsvParser {
  const state: State = { options, fields: [], line: 1, skipping: false, next: -1 };
  let held = '';
  let atStart = true;
  return {
    push(text) {
      if (text === '') return;
      const fresh = atStart && text.charCodeAt(0) === BOM ? text.slice(1) : text;
      atStart = false;
      held = read(state, held + fresh, false);
    },
    end() {
      held = read(state, held, true);
    },
  };
}

interface State {
  readonly options: CsvOptions;
  readonly fields: string[];
  line: number;
  /** Inside a line that was too long: nothing counts until it ends. */
  skipping: boolean;
  /** The next separator of the text that is being read, kept from row to row. */
  next: number;
}

const BOM = 0xfeff;
const TOO_LONG = `a line of at most ${LIMITS.csvLineBytesMax} bytes`;
const UNCLOSED = 'a closing quote';
const BEHIND = 'a separator after the closing quote';

/** Reads all rows that are complete; answers the text that must wait for more. */
function read(state: State, text: string, last: boolean): string {
  const { quotes, separator } = state.options;
  let at = 0;
  let quote = quotes ? text.indexOf('"') : -1;
  state.next = text.indexOf(separator);
  while (at < text.length) {
    const newline = text.indexOf('\n', at);
    if (quote !== -1 && quote < at) quote = text.indexOf('"', at);
    if (newline === -1 && !last && (quote === -1 || state.skipping)) return rest(state, text, at);
    const lineEnd = newline === -1 ? text.length : newline;
    if (state.skipping || quote === -1 || quote >= lineEnd) {
      takeLine(state, text, { from: at, to: lineEnd });
      at = lineEnd + 1;
      state.line += 1;
      continue;
    }
    const end = quotedRow(text, at, { fields: state.fields, separator, last });
    if (end === UNFINISHED && !last && text.length - at <= LIMITS.csvLineBytesMax)
      return rest(state, text, at);
    if (end >= 0 && end - at <= LIMITS.csvLineBytesMax) {
      state.options.onRow(state.fields, state.line);
      state.line += countLines(text, at, end);
      at = end + 1;
      continue;
    }
    // Only the line in which the row begins is given up.
    state.options.onBadRow(
      state.line,
      end === UNFINISHED ? UNCLOSED : end === BEHIND_QUOTE ? BEHIND : TOO_LONG,
    );
    if (newline === -1 && !last) return skip(state);
    at = lineEnd + 1;
    state.line += 1;
  }
  return '';
}

function takeLine(state: State, text: string, line: { readonly from: number; readonly to: number }): void {
  const { from, to } = line;
  if (state.skipping) {
    state.skipping = false;
    return;
  }
  if (to - from > LIMITS.csvLineBytesMax) return state.options.onBadRow(state.line, TOO_LONG);
  const end = to > from && text.charCodeAt(to - 1) === CR ? to - 1 : to;
  if (end === from) return;
  const { separator } = state.options;
  const next = state.next !== -1 && state.next < from ? text.indexOf(separator, from) : state.next;
  state.next = plainRow(text, { from, to: end, next }, { fields: state.fields, separator });
  state.options.onRow(state.fields, state.line);
}

function rest(state: State, text: string, at: number): string {
  if (state.skipping) return '';
  if (text.length - at <= LIMITS.csvLineBytesMax) return text.slice(at);
  state.options.onBadRow(state.line, TOO_LONG);
  return skip(state);
}

function skip(state: State): string {
  state.skipping = true;
  return '';
}
