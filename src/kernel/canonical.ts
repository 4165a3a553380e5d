// Owns: the one way to write JSON as bytes that are hashed, signed or compared (RFC 8785, JSON
// Canonicalization Scheme).
//
// ECMAScript's own number and string serialisation are what the RFC prescribes, so what is left to do is:
// sort keys by UTF-16 code units, and refuse what JSON cannot carry. JSON.stringify would drop `undefined`
// and turn NaN into null without a word; two different records could then have the same hash.

import { assert, Bug } from './assert.ts';
import { isWellFormed } from './bytes.ts';
import { isJsonArray } from './json.ts';
import { LIMITS } from './limits.ts';

import type { Json, JsonObject } from './json.ts';

export { parseJson } from './parse-json.ts';
export type { Json, JsonObject } from './json.ts';

// Nothing to escape and no surrogate: true for nearly all keys and ids, and far cheaper than JSON.stringify.
const plainText = /^[ !#-[\]-\u007e]*$/;

/**
 * The canonical text of `value`: `canonicalJson({ b: 1e21, a: [true] })` is `'{"a":[true],"b":1e+21}'`.
 * Stops with a `Bug` for NaN, infinities, `undefined`, lone surrogates, objects with a class, and nesting
 * deeper than `LIMITS.canonicalDepthMax` (which also ends a cycle): data from outside was bounded when it
 * was parsed.
 */
export function canonicalJson(value: Json): string {
  return canonicalValue(value, 0);
}

function canonicalValue(value: Json, depth: number): string {
  switch (typeof value) {
    case 'string':
      return canonicalString(value);
    case 'number':
      assert(Number.isFinite(value), 'a number in canonical JSON is finite');
      return String(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      assert(depth < LIMITS.canonicalDepthMax, 'canonical JSON is nested no deeper than canonicalDepthMax');
      return isJsonArray(value) ? canonicalArray(value, depth) : canonicalObject(value, depth);
    default:
      throw new Bug(`canonical JSON cannot carry a value of type ${typeof value}`);
  }
}

function canonicalString(text: string): string {
  if (plainText.test(text)) return `"${text}"`;
  assert(isWellFormed(text), 'a string in canonical JSON has no lone surrogate');
  return JSON.stringify(text);
}

function canonicalArray(list: readonly Json[], depth: number): string {
  let text = '[';
  // Not `map`: it would skip the holes of a sparse array, which must be refused as `undefined`.
  for (let i = 0; i < list.length; i += 1) {
    if (i > 0) text += ',';
    text += canonicalValue(list[i]!, depth + 1);
  }
  return `${text}]`;
}

function canonicalObject(object: JsonObject, depth: number): string {
  const prototype: unknown = Object.getPrototypeOf(object);
  assert(
    prototype === Object.prototype || prototype === null || Object.getPrototypeOf(prototype) === null,
    'an object in canonical JSON is plain, without a class',
  );
  // The default order of `sort` is by UTF-16 code units (ECMA-262, SortCompare), as RFC 8785 §3.2.3 asks.
  const keys = Object.keys(object).sort();
  let text = '{';
  for (let i = 0; i < keys.length; i += 1) {
    const key = keys[i]!;
    if (i > 0) text += ',';
    text += `${canonicalString(key)}:${canonicalValue(object[key]!, depth + 1)}`;
  }
  return `${text}}`;
}
