// Owns: the step from "whatever came over the wire" to a typed value.

import { damaged } from './faults.ts';

export type Row = Readonly<Record<string, unknown>>;

export function bytesOf(value: unknown): Uint8Array {
  // Out of the driver's buffer: the caller may keep or wipe it.
  if (value instanceof Uint8Array) return Uint8Array.from(value);
  throw damaged('a column holds no bytes where bytes are expected');
}

export function numberOf(value: unknown): number {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  throw damaged('a column holds no number where a number is expected');
}

export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  throw damaged('a column holds no text where text is expected');
}
