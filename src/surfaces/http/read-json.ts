// From bytes to a value of the form the contract asks for, or to what is wrong with them. Values are never
// repeated, only names of fields, cut short.

import type { z } from 'zod';
import { parseJson } from '../../kernel/canonical.ts';
import { LIMITS } from '../../kernel/limits.ts';
import { type Result, err, ok } from '../../kernel/result.ts';
import { type Problem, problem } from '../../facts/parse.ts';
import type { Exchange } from './exchange.ts';
import { placeOfFault } from './json-place.ts';
import { ERRORS_MAX, type Refused, invalid, refused } from './problem.ts';

const JSON_TYPE = /^application\/json *(?:; *charset=("?)utf-8\1 *)?$/i;
/** Also `application/cloudevents+json`, `application/cloudevents-batch+json`, `text/json`. */
const ANY_JSON_TYPE = /^(?:application|text)\/(?:[a-z0-9.-]+\+)?json *(?:; *charset=("?)utf-8\1 *)?$/i;

const TOO_LARGE = refused(
  'too-large',
  `Send at most ${LIMITS.bodyBytesMax} bytes at once; split the request.`,
);
const BROKEN = refused('bad-request', 'The body ended early. Send it again.');
const NOT_UTF8 = refused('bad-json', 'The body is not UTF-8 (RFC 8259 asks for it). Encode it again.');

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Reads, bounds and parses the body; the schema is not asked yet. */
export async function readJson(exchange: Exchange, anyJson: boolean): Promise<Result<unknown, Refused>> {
  const media = exchange.header('content-type') ?? '';
  // As nearly everybody writes it; the patterns read all the other ways.
  if (media !== 'application/json' && !(anyJson ? ANY_JSON_TYPE : JSON_TYPE).test(media)) {
    return err(refused('wrong-media', 'Send JSON as "Content-Type: application/json", in UTF-8.'));
  }
  const encoding = exchange.header('content-encoding');
  if (encoding !== undefined && encoding !== 'identity') {
    return err(refused('wrong-media', 'Send the body as it is, without Content-Encoding.'));
  }
  const bytes = await exchange.body(LIMITS.bodyBytesMax);
  if (bytes === 'too-large') return err(TOO_LARGE);
  if (bytes === 'broken') return err(BROKEN);
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    return err(NOT_UTF8);
  }
  const value = parseJson(text);
  if (value.ok) return value;
  const at = placeOfFault(text);
  const place = at === undefined ? '' : `; reading stopped at character ${at}`;
  return err(refused('bad-json', `${value.error}${place}.`));
}

/** A value of the schema, or a problem that names each field that is not. */
export function check<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
): Result<z.output<Schema>, Refused> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return ok(parsed.data);
  return err(invalid(...parsed.error.issues.slice(0, ERRORS_MAX).flatMap(problemsOf)));
}

type Issue = z.core.$ZodIssue;

function problemsOf(issue: Issue): readonly Problem[] {
  const field = fieldOf(issue.path);
  if (issue.code !== 'unrecognized_keys')
    return [problem(field, expectedBy(issue), 'See /docs for the form.')];
  return issue.keys
    .slice(0, ERRORS_MAX)
    .map((key) =>
      problem(
        fieldOf([...issue.path, key]),
        'no such field',
        'Remove it: nothing that is sent may be ignored.',
      ),
    );
}

const FIELD_LENGTH_MAX = 100;

function fieldOf(path: readonly PropertyKey[]): string {
  const field = path.map((step) => String(step)).join('/');
  if (field === '') return 'body';
  return field.length <= FIELD_LENGTH_MAX ? field : `${field.slice(0, FIELD_LENGTH_MAX)}…`;
}

function expectedBy(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'int' ? 'a whole number' : `a value of type ${issue.expected}`;
    case 'too_big':
      return `at most ${String(issue.maximum)}${unitOf(issue.origin)}`;
    case 'too_small':
      return `at least ${String(issue.minimum)}${unitOf(issue.origin)}`;
    case 'invalid_value':
      return `one of ${issue.values.map(String).join(', ')}`;
    case 'invalid_format':
      return issue.format === 'regex' ? `text of the form ${issue.pattern ?? ''}` : `a ${issue.format}`;
    default:
      return 'another value';
  }
}

function unitOf(origin: string): string {
  if (origin === 'string') return ' characters';
  return origin === 'array' ? ' entries' : '';
}

/**
 * Query text as an object; a name that comes twice is a problem, because two readers may take different ones.
 */
export function readQuery(query: string): Result<Readonly<Record<string, string>>, Refused> {
  const fields = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(query)) {
    if (fields.has(name)) return err(invalid(problem(fieldOf([name]), 'one value', 'Send each name once.')));
    fields.set(name, value);
  }
  return ok(Object.fromEntries(fields));
}
