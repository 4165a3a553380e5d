// Owns: the step from "whatever SQLite returned" to a typed value. Tables are STRICT, so another type in a
// column means that the file was damaged or made by somebody else.

import { damaged } from './faults.ts';

import type { SQLOutputValue } from 'node:sqlite';

export function blobOf(value: SQLOutputValue | undefined): Uint8Array {
  if (value instanceof Uint8Array) return value;
  throw damaged('database', 'a column holds no bytes where bytes are expected');
}

export function numberOf(value: SQLOutputValue | undefined): number {
  if (typeof value === 'number') return value;
  throw damaged('database', 'a column holds no number where a number is expected');
}

export function textOf(value: SQLOutputValue | undefined): string {
  if (typeof value === 'string') return value;
  throw damaged('database', 'a column holds no text where text is expected');
}
