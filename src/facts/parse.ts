// How input from outside is read: every reader bounds what it accepts and says what was wrong in three parts
// (field, expected, remedy), because a message that only says "invalid" costs its reader an hour.

import { type Result, err, ok } from '../kernel/result.ts';

/** What is wrong with one field of some input, in words its sender can act on. */
export interface Problem {
  /** JSON-pointer-like path of the field, e.g. `lines/0/item`. */
  readonly field: string;
  readonly expected: string;
  readonly remedy: string;
}

export type Parsed<T> = Result<T, Problem>;

export function problem(field: string, expected: string, remedy: string): Problem {
  return { field, expected, remedy };
}

/** One sentence for logs and terminals. */
export function problemText(p: Problem): string {
  return `${p.field}: expected ${p.expected}. ${p.remedy}`;
}

/** Places the problem under a parent field: `item` inside `lines/0` reads `lines/0/item`. */
export function within<T>(parent: string, parsed: Parsed<T>): Parsed<T> {
  if (parsed.ok) return parsed;
  return err({ ...parsed.error, field: `${parent}/${parsed.error.field}` });
}

/** Control characters, line and paragraph separators, bidi overrides and lone surrogates: in a name they
 * only serve to mislead a reader or to break a log line. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

export interface TextBounds {
  readonly field: string;
  readonly lengthMax: number;
}

/** Text of 1 to `lengthMax` UTF-16 units without control characters. */
export function parseText(value: unknown, bounds: TextBounds): Parsed<string> {
  const { field, lengthMax } = bounds;
  if (typeof value !== 'string') return err(problem(field, 'a text', 'Send a JSON string.'));
  if (value.length === 0)
    return err(problem(field, 'a text that is not empty', 'Leave the field out or fill it.'));
  if (value.length > lengthMax) {
    return err(problem(field, `at most ${lengthMax} characters, got ${value.length}`, 'Shorten the value.'));
  }
  if (UNPRINTABLE.test(value)) {
    return err(problem(field, 'printable characters only', 'Remove control or direction characters.'));
  }
  return ok(value);
}

export interface NumberBounds {
  readonly field: string;
  readonly min: number;
  readonly max: number;
  readonly whole?: boolean;
}

/**
 * A finite number in `[min, max]`, whole if asked. Numeric text is not a number: senders must say what they
 * mean.
 */
export function parseNumber(value: unknown, bounds: NumberBounds): Parsed<number> {
  const { field, min, max, whole } = bounds;
  const kind = whole === true ? 'a whole number' : 'a number';
  const expected = `${kind} from ${min} to ${max}`;
  const good = typeof value === 'number' && Number.isFinite(value) && value >= min && value <= max;
  if (!good || (whole === true && !Number.isInteger(value))) {
    return err(problem(field, expected, 'Send a JSON number in that range.'));
  }
  return ok(value);
}

/**
 * One of a closed list of words. An unknown word is an error, never a default: deny by default starts here.
 */
export function parseWord<W extends string>(value: unknown, words: readonly W[], field: string): Parsed<W> {
  const found = words.find((word) => word === value);
  if (found === undefined)
    return err(problem(field, `one of ${words.join(', ')}`, 'Use one of these words.'));
  return ok(found);
}

/** A plain JSON object (no array, no null). */
export function parseObject(value: unknown, field: string): Parsed<Readonly<Record<string, unknown>>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return err(problem(field, 'a JSON object', 'Send { … }.'));
  }
  // An object that is neither null nor an array is a record of unknown values; nothing more is assumed.
  return ok(value as Readonly<Record<string, unknown>>);
}

/** A list of at most `countMax` entries, each read by `read`. */
export function parseList<T>(
  value: unknown,
  options: {
    readonly field: string;
    readonly countMax: number;
    readonly read: (entry: unknown) => Parsed<T>;
  },
): Parsed<readonly T[]> {
  const { field, countMax, read } = options;
  if (!Array.isArray(value)) return err(problem(field, 'a list', 'Send [ … ].'));
  if (value.length > countMax) {
    return err(problem(field, `at most ${countMax} entries, got ${value.length}`, 'Split the request.'));
  }
  const out: T[] = [];
  for (const [index, entry] of value.entries()) {
    const parsed = within(`${field}/${index}`, read(entry));
    if (!parsed.ok) return parsed;
    out.push(parsed.value);
  }
  return ok(out);
}
