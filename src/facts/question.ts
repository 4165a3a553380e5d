// A question whose answer may be made public: a closed list, because each new kind of question is a new way
// to ask about one person.

import { LIMITS } from '../kernel/limits.ts';
import { ok } from '../kernel/result.ts';
import { DAY_MS, isoInstant, parseInstant, utcDay } from '../kernel/time.ts';
import { type ItemId, parseItemId } from './ids.ts';
import { type Parsed, parseList, parseNumber, parseWord, problem } from './parse.ts';
import { parsePath } from './parse-things.ts';
import type { Purpose } from './purpose.ts';
import { type Read, type Reader, readerOf } from './reading.ts';
import { parseRho } from './rho.ts';

/** How many people bought something; the same per thing; the same per leaf of the catalogue. */
export const ASKS = ['people-total', 'people-per-item', 'people-per-leaf'] as const;
export type Ask = (typeof ASKS)[number];

/** Purposes under which people let themselves be counted. */
export const COUNTED_FOR = ['measure', 'improve'] as const satisfies readonly Purpose[];
export type CountedFor = (typeof COUNTED_FOR)[number];

export interface Question {
  readonly ask: Ask;
  /** Only people who allow it are counted. */
  readonly purpose: CountedFor;
  /** UTC days, `2026-10-01`, both included. */
  readonly from: string;
  readonly to: string;
  /** Things below this beginning of their path; empty: all. */
  readonly path: readonly string[];
  /** Of `people-per-item` alone: ascending, each once. Empty: all things below `path`. */
  readonly items: readonly ItemId[];
  /** In how many rows of a table one person is counted at most; 0 where there are no rows. */
  readonly rowsPerPersonMax: number;
}

/** A question, and what it may cost. */
export interface Asked {
  readonly question: Question;
  /** ρ of zero-concentrated differential privacy, in millionths. */
  readonly rhoMillionths: number;
}

/** ε is 0.76 at δ = 10⁻⁶, the noise of a single count 7. */
const RHO_DEFAULT = 0.01;
/** Below, the noise of a table drowns what a large shop has. */
const RHO_MIN = 0.001;
const ROWS_DEFAULT = 4;
/** With more rows the noise on each grows: by the square root of one more than this. */
const ROWS_MAX = 32;

const FIELDS = ['ask', 'purpose', 'from', 'to', 'path', 'items', 'rowsPerPersonMax', 'rho'];

/**
 * Reads what somebody asks. Example: `{ask: 'people-per-leaf', from: '2026-10-01', to: '2026-10-31', path:
 * 'Food'}`. Whether the period is over is for whoever knows the time.
 */
export function readQuestion(value: unknown): Read<Asked> {
  const opened = readerOf(value, { what: '', names: FIELDS });
  if (!opened.ok) return opened;
  const reader = opened.value;
  const ask = reader.take('ask', (word, field) => parseWord(word, ASKS, field));
  const purpose = reader.take('purpose', (word, field) => parseWord(word, COUNTED_FOR, field), 'measure');
  const from = reader.take('from', parseDay);
  const to = reader.take('to', parseDay);
  const path = reader.has('path') ? reader.take('path', parsePath) : [];
  const items = reader.take('items', parseItems, []);
  const isTable = ask !== 'people-total';
  const rowsPerPersonMax = isTable ? reader.take('rowsPerPersonMax', parseRows, ROWS_DEFAULT) : 0;
  const rhoMillionths = reader.take('rho', parseCost, RHO_DEFAULT);
  if (
    ask === undefined ||
    purpose === undefined ||
    from === undefined ||
    to === undefined ||
    path === undefined ||
    items === undefined ||
    rowsPerPersonMax === undefined ||
    rhoMillionths === undefined
  )
    return reader.done<Asked>(undefined);
  const question = { ask, purpose, from, to, path, items, rowsPerPersonMax };
  refuseUnfit(reader, question);
  return reader.done({ question, rhoMillionths });
}

function refuseUnfit(reader: Reader, { ask, from, to, path, items }: Question): void {
  if (from > to) reader.refuse(problem('to', `${from} or later`, 'A period ends after it begins.'));
  if (ask === 'people-total' && reader.has('rowsPerPersonMax'))
    reader.refuse(problem('rowsPerPersonMax', 'no such field here', 'A total has no rows: take it out.'));
  if (ask !== 'people-per-item' && items.length > 0)
    reader.refuse(problem('items', 'no such field here', 'Ask people-per-item, or name a path.'));
  if (ask === 'people-per-item' && items.length === 0 && path.length === 0)
    reader.refuse(problem('items', 'things, or a path', 'Say which things are to be counted.'));
  if (items.length > 0 && path.length > 0)
    reader.refuse(problem('path', 'items or a path, not both', 'Take one of the two out.'));
}

function parseDay(value: unknown, field: string): Parsed<string> {
  const isDay = typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value);
  const ms = isDay ? parseInstant(`${value}T00:00:00Z`) : undefined;
  if (isDay && ms !== undefined && isoInstant(ms).startsWith(value)) return ok(value);
  return { ok: false, error: problem(field, 'a day as 2026-10-31', 'Write year, month and day.') };
}

function parseItems(value: unknown, field: string): Parsed<readonly ItemId[]> {
  const countMax = LIMITS.contributionItemsMax;
  const list = parseList(value, { field, countMax, read: (entry) => parseItemId(entry, 'item') });
  return list.ok ? ok([...new Set(list.value)].sort()) : list;
}

function parseRows(value: unknown, field: string): Parsed<number> {
  return parseNumber(value, { field, min: 1, max: ROWS_MAX, whole: true });
}

function parseCost(value: unknown, field: string): Parsed<number> {
  return parseRho(value, { field, min: RHO_MIN, max: 1 });
}

/** First and last millisecond of the period; the last is not in it. */
export function periodOf({ from, to }: Question): { readonly fromMs: number; readonly toMs: number } {
  // Both days were read by `parseDay`.
  const startOf = (day: string): number => parseInstant(`${day}T00:00:00Z`) ?? Number.NaN;
  return { fromMs: startOf(from), toMs: startOf(to) + DAY_MS };
}

/**
 * What is asked, without how exactly: two questions of one name would have answers that can be averaged or
 * subtracted, so the second gets the first one's.
 */
export function questionName({ ask, purpose, from, to, path, items }: Question): string {
  return JSON.stringify([ask, purpose, from, to, path.map((step) => step.toLowerCase()), items]);
}

/** The calendar year, UTC, in which a budget is spent. */
export function yearOf(ms: number): number {
  return Number(utcDay(ms).slice(0, 4));
}
