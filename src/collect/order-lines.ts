// Owns: order files: one row per order line, text in pieces in, purchases and returns out. Made for a million rows in a few
// seconds and a bounded memory: an order is held until the next begins, everything else are counts.

import type { Line } from '../facts/event.ts';
import type { Item } from '../facts/item.ts';
import { type Problem, problem } from '../facts/parse.ts';
import { LIMITS } from '../kernel/limits.ts';
import { type CsvParser, createCsvParser } from './csv.ts';
import { countPerson, countSale, createItemTable } from './item-table.ts';
import { type OrderColumns, isServiceCode, parseOrderColumns, separatorOf } from './order-columns.ts';
import {
  type ImportedOrder,
  type OpenOrder,
  type OrderLinesOptions,
  createOrderNames,
  eventsOf,
} from './order-events.ts';
import { type Row, createRowReader } from './order-row.ts';

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
  /** What the file says about things that at least `minPeople` people bought (1 to `PEOPLE_COUNTED_MAX`). */
  catalogueFromLines(minPeople: number): readonly Item[];
}

export const BAD_ROWS_MAX = 100;

export function createOrderLines(options: OrderLinesOptions): OrderLines {
  const table = createItemTable();
  const names = createOrderNames();
  const readRow = createRowReader(options.currency);
  const bad: BadRow[] = [];
  const counts = { rows: 0, events: 0, anonymous: 0, leftOut: 0, badTotal: 0 };
  let columns: OrderColumns | undefined;
  let parser: CsvParser | undefined;
  let head = '';
  let stopped = false;
  let open: OpenOrder | undefined;
  let done: ImportedOrder[] = [];

  function reject(line: number, found: Problem): void {
    counts.badTotal += 1;
    if (bad.length < BAD_ROWS_MAX) bad.push({ line, problem: found });
    stopped ||= options.strict || columns === undefined;
  }

  function close(): void {
    if (open === undefined) return;
    for (const order of eventsOf(open, options, names)) done.push(order);
    open = undefined;
  }

  function onRow(fields: readonly string[], line: number): void {
    if (stopped) return;
    if (columns === undefined) {
      const header = parseOrderColumns(fields);
      if (header.ok) columns = header.value;
      else reject(line, header.error);
      return;
    }
    counts.rows += 1;
    const code = fields[columns.at.item] ?? '';
    if (fields.length === columns.count && isServiceCode(code, columns.letterCodes)) {
      counts.leftOut += 1;
      return;
    }
    const row = readRow(fields, columns, table.entry);
    if (row.ok) take(row.value);
    else reject(line, row.error);
  }

  function take(row: Row): void {
    if (!row.returned) countSale(row.entry, row);
    if (row.person === undefined) {
      counts.anonymous += 1;
      return;
    }
    if (!row.returned) countPerson(row.entry, row.personHash);
    if (open === undefined || !isSameOrder(open, row)) {
      close();
      open = {
        order: row.order,
        person: row.person,
        timeMs: row.timeMs,
        country: row.country,
        purchase: [],
        return: [],
      };
    }
    const line: Line = { item: row.entry.id, quantity: row.quantity };
    const priced = row.priceMinor === undefined ? line : { ...line, priceMinor: row.priceMinor };
    (row.returned ? open.return : open.purchase).push(priced);
  }

  function flush(): readonly ImportedOrder[] {
    const orders = done;
    done = [];
    counts.events += orders.length;
    return orders;
  }

  function start(text: string): string {
    head += text;
    const newline = head.indexOf('\n');
    if (newline === -1 && head.length <= LIMITS.csvLineBytesMax) return '';
    const whole = head;
    head = '';
    parser = parserFor(whole.slice(0, newline === -1 ? whole.length : newline));
    return whole;
  }

  function parserFor(firstLine: string): CsvParser {
    return createCsvParser({
      separator: separatorOf(firstLine),
      quotes: true,
      onRow,
      onBadRow: (line, expected) => {
        if (stopped) return;
        counts.rows += columns === undefined ? 0 : 1;
        reject(line, problem('row', expected, 'Repair this row; it was not read.'));
      },
    });
  }

  return {
    push(text) {
      if (stopped) return flush();
      const ready = parser === undefined ? start(text) : text;
      parser?.push(ready);
      return flush();
    },
    end() {
      if (parser === undefined) {
        parser = parserFor(head);
        parser.push(head);
      }
      if (!stopped) parser.end();
      if (!stopped && columns === undefined)
        reject(1, problem('header', 'a first line with column names', 'Add it.'));
      close();
      return flush();
    },
    summary: () => ({ ...counts, items: table.size(), bad: [...bad], stopped }),
    catalogueFromLines: (minPeople) => table.release(minPeople, options.currency),
  };
}

/** Without a number, an order is what one person bought at one time. */
function isSameOrder(open: OpenOrder, row: Row): boolean {
  return (
    open.order === row.order && open.person === row.person && (row.order !== '' || open.timeMs === row.timeMs)
  );
}

export type { ImportedOrder, OrderLinesOptions } from './order-events.ts';
