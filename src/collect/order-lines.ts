// Owns: order files: one row per order line, text in pieces in, purchases and returns out. Made for a million
// rows in a few seconds and a bounded memory: an order is held until the next begins, everything else are
// counts.

import type { Line } from '../facts/event.ts';
import type { Item } from '../facts/item.ts';
import { type Problem, problem } from '../facts/parse.ts';
import { LIMITS } from '../kernel/limits.ts';
import { type CsvParser, createCsvParser } from './csv.ts';
import { type ItemTable, countPerson, countSale, createItemTable } from './item-table.ts';
import { type OrderColumns, isServiceCode, parseOrderColumns, separatorOf } from './order-columns.ts';
import {
  type ImportedOrder,
  type OpenOrder,
  type OrderLinesOptions,
  type OrderNames,
  createOrderNames,
  eventsOf,
} from './order-events.ts';
import { type Row, type RowReader, createRowReader } from './order-row.ts';

export interface BadRow {
  readonly line: number;
  readonly problem: Problem;
}

export interface OrderLinesSummary {
  /** Rows without the header, good and bad. */
  readonly rows: number;
  readonly events: number;
  /** Rows that name no customer: they go into nobody's profile. */
  readonly anonymous: number;
  /** Rows that are postage, fees, vouchers and the like. */
  readonly leftOut: number;
  readonly items: number;
  /** The first `BAD_ROWS_MAX`; `badTotal` counts all. */
  readonly bad: readonly BadRow[];
  readonly badTotal: number;
  /** Strict reading has ended at a bad row; what follows is not read. */
  readonly stopped: boolean;
}

export interface OrderLines {
  /** Reads on; answers the orders that became complete. */
  push(text: string): readonly ImportedOrder[];
  end(): readonly ImportedOrder[];
  summary(): OrderLinesSummary;
  /** What the file says about things that at least `minPeople` people bought; beyond 100 it says nothing. */
  catalogueFromLines(minPeople: number): readonly Item[];
}

const BAD_ROWS_MAX = 100;

/** Reads an order file. `push` and `end` answer orders; what was odd stands in the summary. */
export function createOrderLines(options: OrderLinesOptions): OrderLines {
  const state: State = {
    options,
    table: createItemTable(),
    names: createOrderNames(),
    readRow: createRowReader(options.currency),
    bad: [],
    counts: { rows: 0, events: 0, anonymous: 0, leftOut: 0, badTotal: 0 },
    head: '',
    columns: undefined,
    parser: undefined,
    stopped: false,
    open: undefined,
    done: [],
  };
  return {
    push(text) {
      if (state.stopped) return flush(state);
      const ready = state.parser === undefined ? start(state, text) : text;
      state.parser?.push(ready);
      return flush(state);
    },
    end() {
      if (state.parser === undefined) {
        state.parser = parserFor(state, state.head);
        state.parser.push(state.head);
      }
      if (!state.stopped) state.parser.end();
      if (!state.stopped && state.columns === undefined) {
        reject(state, 1, problem('header', 'a first line with column names', 'Add it.'));
      }
      close(state);
      return flush(state);
    },
    summary: () => ({
      ...state.counts,
      items: state.table.size(),
      bad: [...state.bad],
      stopped: state.stopped,
    }),
    catalogueFromLines: (minPeople) => state.table.release(minPeople, options.currency),
  };
}

interface State {
  readonly options: OrderLinesOptions;
  readonly table: ItemTable;
  readonly names: OrderNames;
  readonly readRow: RowReader;
  readonly bad: BadRow[];
  readonly counts: { rows: number; events: number; anonymous: number; leftOut: number; badTotal: number };
  /** Text before the first line is whole. */
  head: string;
  columns: OrderColumns | undefined;
  parser: CsvParser | undefined;
  stopped: boolean;
  /** The order whose rows are coming in. */
  open: OpenOrder | undefined;
  done: ImportedOrder[];
}

/** Waits for the first line, because it decides the separator; answers what can be read then. */
function start(state: State, text: string): string {
  state.head += text;
  const whole = state.head;
  const newline = whole.indexOf('\n');
  if (newline === -1 && whole.length <= LIMITS.csvLineBytesMax) return '';
  state.head = '';
  state.parser = parserFor(state, whole.slice(0, newline === -1 ? whole.length : newline));
  return whole;
}

function parserFor(state: State, firstLine: string): CsvParser {
  return createCsvParser({
    separator: separatorOf(firstLine),
    quotes: true,
    onRow: (fields, line) => takeFields(state, fields, line),
    onBadRow: (line, expected) => {
      if (state.stopped) return;
      if (state.columns !== undefined) state.counts.rows += 1;
      reject(state, line, problem('row', expected, 'Repair this row; it was not read.'));
    },
  });
}

function takeFields(state: State, fields: readonly string[], line: number): void {
  if (state.stopped) return;
  const { columns } = state;
  if (columns === undefined) {
    const header = parseOrderColumns(fields);
    if (header.ok) state.columns = header.value;
    else reject(state, line, header.error);
    return;
  }
  state.counts.rows += 1;
  const code = fields[columns.at.item] ?? '';
  if (fields.length === columns.count && isServiceCode(code, columns.letterCodes)) {
    state.counts.leftOut += 1;
    return;
  }
  const row = state.readRow(fields, columns, state.table.entry);
  if (row.ok) takeRow(state, row.value);
  else reject(state, line, row.error);
}

function takeRow(state: State, row: Row): void {
  if (!row.returned) countSale(row.entry, row);
  if (row.person === undefined) {
    state.counts.anonymous += 1;
    return;
  }
  if (!row.returned) countPerson(row.entry, row.personHash);
  if (state.open === undefined || !isSameOrder(state.open, row)) {
    close(state);
    const { order, timeMs, country } = row;
    state.open = { order, person: row.person, timeMs, country, purchase: [], return: [] };
  }
  const line: Line = { item: row.entry.id, quantity: row.quantity };
  const priced = row.priceMinor === undefined ? line : { ...line, priceMinor: row.priceMinor };
  (row.returned ? state.open.return : state.open.purchase).push(priced);
}

function close(state: State): void {
  if (state.open === undefined) return;
  for (const order of eventsOf(state.open, state.options, state.names)) state.done.push(order);
  state.open = undefined;
}

function flush(state: State): readonly ImportedOrder[] {
  const orders = state.done;
  state.done = [];
  state.counts.events += orders.length;
  return orders;
}

function reject(state: State, line: number, found: Problem): void {
  state.counts.badTotal += 1;
  if (state.bad.length < BAD_ROWS_MAX) state.bad.push({ line, problem: found });
  state.stopped ||= state.options.strict || state.columns === undefined;
}

/** Without a number, an order is what one person bought at one time. */
function isSameOrder(open: OpenOrder, row: Row): boolean {
  return (
    open.order === row.order && open.person === row.person && (row.order !== '' || open.timeMs === row.timeMs)
  );
}

export type { ImportedOrder, OrderLinesOptions } from './order-events.ts';
