// Privacy signals as they arrive. A header that many browsers send is read as its specification says:
// `Sec-GPC: 1` and nothing else is a signal (https://w3c.github.io/gpc/). A field that a shop's own page
// fills in is read the other way round: it was put there to tell us something, so whatever is not a plain
// `false` counts as an objection.

import type { Signals } from '../facts/place.ts';

/** Values of all `Sec-GPC` headers: one text per header, or joined with commas as the Fetch standard does. */
export type HeaderValues = string | readonly string[] | undefined;

export interface SignalInput {
  readonly secGpc: HeaderValues;
  /** The JSON object that may hold `gpc`, as it came; `undefined` when the request had none. */
  readonly json: unknown;
}

/** `{gpc: true}` when either of the two ways says so: no way can take back what the other said. */
export function signalsOf({ secGpc, json }: SignalInput): Signals {
  return { gpc: gpcOfHeader(secGpc) || gpcOfJson(json) };
}

/**
 * True when one header value is exactly `1`. `0`, `true`, `1;q=1`, `11` are not signals. Two headers are
 * two values, even when something on the way contradicts the browser: `gpcOfHeader('0, 1')` is true.
 */
export function gpcOfHeader(values: HeaderValues): boolean {
  if (values === undefined) return false;
  const lines = typeof values === 'string' ? [values] : values;
  // Only spaces and tabs are optional whitespace (RFC 9110 §5.6.3).
  return lines.some((line) => line.split(',').some((value) => /^[ \t]*1[ \t]*$/.test(value)));
}

/**
 * False when there is no field `gpc` or it is `false`; true for everything else, also for an object that
 * cannot be read.
 */
export function gpcOfJson(json: unknown): boolean {
  if (json === undefined) return false;
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return true;
  // Own properties only: a value inherited from a polluted prototype was not sent by anybody.
  const field = Object.getOwnPropertyDescriptor(json, 'gpc');
  return field !== undefined && field.value !== false;
}
