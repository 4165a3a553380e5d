// Reads an object field by field and goes on after a bad one, so that whoever wrote a file learns of all that
// is wrong in it at once. Each reader of a field bounds it as in parse.ts.

import { type Result, err, ok } from '../kernel/result.ts';
import { type Parsed, type Problem, parseObject, problem } from './parse.ts';

/** A value, or everything that is wrong with it; never an empty list. */
export type Read<T> = Result<T, readonly Problem[]>;

export interface Reader {
  /** Whether the field stands there at all. */
  has(name: string): boolean;
  /**
   * The field, or what stands for it when it is absent; `undefined` when it is wrong, which is then among the
   * problems.
   */
  take<T>(name: string, parse: (value: unknown, field: string) => Parsed<T>, absent?: unknown): T | undefined;
  /** The same for a field that is read with all its problems: their fields stand below it. */
  takeAll<T>(name: string, read: (value: unknown) => Read<T>, absent?: unknown): T | undefined;
  /** Adds what only several fields together show. */
  refuse(found: Problem): void;
  /** What was read if nothing was wrong; `undefined` in it is a field that was wrong. */
  done<T>(value: T | undefined): Read<T>;
}

export interface ReaderOptions {
  /** What the object is; names it when it is none. */
  readonly what: string;
  readonly names: readonly string[];
  /** Fields that one might expect here, with what to do instead. */
  readonly not?: Readonly<Record<string, string>>;
}

/** Fields that are not known are problems. Of something that is no object nothing can be read. */
export function readerOf(value: unknown, { what, names, not = {} }: ReaderOptions): Read<Reader> {
  const object = parseObject(value, what);
  if (!object.ok) return err([object.error]);
  const fields = object.value;
  const problems: Problem[] = [];
  for (const name of Object.keys(fields)) {
    if (names.includes(name)) continue;
    const instead = Object.hasOwn(not, name) ? not[name] : undefined;
    problems.push(
      instead === undefined
        ? problem(name, `one of ${names.join(', ')}`, 'Correct or remove the field.')
        : problem(name, 'no field of this name: it is not supported yet', instead),
    );
  }
  const valueOf = (name: string, absent: unknown): unknown =>
    Object.hasOwn(fields, name) && fields[name] !== undefined ? fields[name] : absent;
  return ok({
    has: (name) => valueOf(name, undefined) !== undefined,
    take: (name, parse, absent) => {
      const parsed = parse(valueOf(name, absent), name);
      if (parsed.ok) return parsed.value;
      problems.push(parsed.error);
      return undefined;
    },
    takeAll: (name, read, absent) => {
      const found = read(valueOf(name, absent));
      if (found.ok) return found.value;
      problems.push(...found.error.map((each) => below(name, each)));
      return undefined;
    },
    refuse: (found) => void problems.push(found),
    done: (read) => {
      if (read !== undefined && problems.length === 0) return ok(read);
      return err(problems);
    },
  });
}

/** A problem of the thing itself has no field of its own. */
function below(name: string, found: Problem): Problem {
  return { ...found, field: found.field === '' ? name : `${name}/${found.field}` };
}

/** A list of at most `countMax` entries, each read with all its problems. */
export function readList<T>(
  value: unknown,
  options: { readonly countMax: number; readonly read: (entry: unknown) => Read<T> },
): Read<readonly T[]> {
  const { countMax, read } = options;
  if (!Array.isArray(value))
    return err([problem('', 'a list', 'Write [ … ], or lines that begin with “- ”.')]);
  if (value.length > countMax)
    return err([problem('', `at most ${countMax} entries, got ${value.length}`, 'Shorten the list.')]);
  const out: T[] = [];
  const problems: Problem[] = [];
  for (const [index, entry] of value.entries()) {
    const found = read(entry);
    if (found.ok) out.push(found.value);
    else problems.push(...found.error.map((each) => below(String(index), each)));
  }
  return problems.length === 0 ? ok(out) : err(problems);
}
