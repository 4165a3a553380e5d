// ρ of zero-concentrated differential privacy (Bun, Steinke, "Concentrated Differential Privacy", TCC 2016):
// what several releases cost adds up. Kept in whole millionths, so that a ledger adds up exactly.

import { ok } from '../kernel/result.ts';
import { type Parsed, parseNumber } from './parse.ts';

const UNIT = 1_000_000;

/** Reads `0.01` as 10,000 millionths. */
export function parseRho(
  value: unknown,
  bounds: { readonly field: string; readonly min: number; readonly max: number },
): Parsed<number> {
  const number = parseNumber(value, bounds);
  return number.ok ? ok(Math.round(number.value * UNIT)) : number;
}

/** `0.01` of 10,000 millionths. */
export function rhoText(millionths: number): string {
  return String(millionths / UNIT);
}
