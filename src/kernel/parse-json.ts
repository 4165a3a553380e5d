// Owns: JSON from outside, made safe before anything looks at it: bounded in bytes and depth, and limited
// to what can be written back canonically (I-JSON, RFC 7493): no duplicate names, no lone surrogates, no
// number beyond a double.
//
// A duplicate name is refused because two readers may disagree on which value counts ("key smuggling"). It
// is found without a set per object: a text has as many names as it has colons outside of strings, and
// after JSON.parse as many own properties as distinct names. A name `__proto__` is an ordinary own property
// after JSON.parse; readers use own properties only.

import { isWellFormed, utf8Length } from './bytes.ts';
import { isJsonArray } from './json.ts';
import { LIMITS } from './limits.ts';
import { err, ok } from './result.ts';

import type { Json } from './json.ts';
import type { Result } from './result.ts';

export type JsonBounds = { readonly bytesMax: number; readonly depthMax: number };

const DEFAULT_BOUNDS: JsonBounds = { bytesMax: LIMITS.bodyBytesMax, depthMax: LIMITS.jsonDepthMax };

/**
 * The value of a JSON text that an outsider sent, or the reason for refusing it, as a sentence without the
 * text itself. Bounds: UTF-8 bytes of the text, and depth (`1` has depth 0, `[1]` depth 1).
 */
export function parseJson(text: string, bounds: JsonBounds = DEFAULT_BOUNDS): Result<Json, string> {
  if (text.length > bounds.bytesMax || utf8Length(text) > bounds.bytesMax) {
    return err(`JSON text is longer than ${bounds.bytesMax} bytes: send less at once`);
  }
  const shape = scanShape(text, bounds.depthMax);
  if (shape.tooDeep) return err(`JSON is nested deeper than ${bounds.depthMax} levels: flatten it`);
  let value: Json;
  try {
    // Null, booleans, numbers, strings, arrays and plain objects of them are all that JSON.parse makes
    // (ECMA-262).
    value = JSON.parse(text) as Json;
  } catch {
    return err('text is not JSON (RFC 8259): check quotes, commas and brackets');
  }
  const walk: Walk = {
    names: 0,
    problem: undefined,
    isWellFormed: !text.includes('\\') && isWellFormed(text),
  };
  walkJson(value, walk);
  if (walk.problem !== undefined) return err(walk.problem);
  if (walk.names !== shape.names) return err('a JSON object has the same name twice: send each name once');
  return ok(value);
}

/** One pass over the text before any parser recurses into it: how deep, and how many names. */
function scanShape(text: string, depthMax: number): { readonly tooDeep: boolean; readonly names: number } {
  let depth = 0;
  let names = 0;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit === 0x22) {
      i = endOfString(text, i);
    } else if (unit === 0x5b || unit === 0x7b) {
      depth += 1;
      if (depth > depthMax) return { tooDeep: true, names };
    } else if (unit === 0x5d || unit === 0x7d) {
      depth -= 1;
    } else if (unit === 0x3a) {
      names += 1;
    }
  }
  return { tooDeep: false, names };
}

/** Index of the closing quote of the string that opens at `start`; the text's end if there is none. */
function endOfString(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit === 0x5c) i += 1;
    else if (unit === 0x22) return i;
  }
  return text.length;
}

type Walk = {
  names: number;
  problem: string | undefined;
  /**
   * Without an escape every string is a piece of the text, cut at quotes: if the text is whole, they all are.
   */
  readonly isWellFormed: boolean;
};

/** Counts own names and notes the first value that JSON text can spell but canonical JSON cannot carry. */
function walkJson(value: Json, walk: Walk): void {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    walk.problem ??= 'a JSON number is larger than a double can hold (about 1.8e308)';
  } else if (typeof value === 'string' && !walk.isWellFormed && !isWellFormed(value)) {
    walk.problem ??= 'a JSON string has half of a surrogate pair: send valid Unicode';
  }
  if (value === null || typeof value !== 'object') return;
  if (isJsonArray(value)) {
    for (const part of value) walkJson(part, walk);
    return;
  }
  for (const name of Object.keys(value)) {
    walk.names += 1;
    if (!walk.isWellFormed && !isWellFormed(name))
      walk.problem ??= 'a JSON name has half of a surrogate pair: send valid Unicode';
    walkJson(value[name]!, walk);
  }
}
