// What contact is expected to bring, by how tired of it somebody is, and the states in which it surely brings
// too little. Made from counts about once a day, the same for everybody, and nothing in it is about a person.
// Kept as a document whose name is the hash of its bytes, so that a decision can name it.

import { utf8 } from '../kernel/bytes.ts';
import { canonicalJson } from '../kernel/canonical.ts';
import { parseJson } from '../kernel/parse-json.ts';
import { type Result, err, ok } from '../kernel/result.ts';
import { sha256Hex } from '../kernel/sha256.ts';
import { FATIGUE_STATES, type FatigueState } from './fatigue.ts';

/** Of one state, in purchases that 1,000 contacts bring beyond what would be bought anyway. */
export interface ExpectedResponse {
  readonly state: FatigueState;
  /** Whole number; may be negative. */
  readonly expected: number;
  /** With 95 % no more than this. */
  readonly atMost: number;
  readonly isStopped: boolean;
}

export interface StopTable {
  readonly builtMs: number;
  /** Of the policy it was made under: below this a contact is not made. */
  readonly responseMin: number;
  /** In the order of `FATIGUE_STATES`; a state of which too little is known is not there. */
  readonly states: readonly ExpectedResponse[];
}

/** What a decision needs of a table. */
export interface Stops {
  /** Hex SHA-256 of the table. */
  readonly id: string;
  /** State → purchases that 1,000 contacts are expected to bring. */
  readonly stopped: ReadonlyMap<FatigueState, number>;
}

export function stopsOf({ states }: StopTable, id: string): Stops {
  const stopped = states.filter(({ isStopped }) => isStopped);
  return { id, stopped: new Map(stopped.map(({ state, expected }) => [state, expected])) };
}

/** The bytes that are kept: canonical JSON, so that equal tables have one name. */
export function encodeStopTable({ builtMs, responseMin, states }: StopTable): Uint8Array {
  const written = states.map(({ state, expected, atMost, isStopped }) => ({
    ...{ state, expected, atMost },
    isStopped,
  }));
  return utf8(canonicalJson({ v: 1, builtMs, responseMin, states: written }));
}

export function stopTableId(bytes: Uint8Array): string {
  return sha256Hex(bytes);
}

const BOUNDS = { bytesMax: 64 * 1024, depthMax: 4 };

/** Reads a table back; what is not exactly as it was written is an error. */
export function decodeStopTable(text: string): Result<StopTable, string> {
  const parsed = parseJson(text, BOUNDS);
  if (!parsed.ok) return parsed;
  if (typeof parsed.value !== 'object' || parsed.value === null) return err('the table is no object');
  const { v, builtMs, responseMin, states } = parsed.value as Record<string, unknown>;
  if (v !== 1) return err('the table is of another format');
  if (typeof builtMs !== 'number' || typeof responseMin !== 'number') return err('the table has no numbers');
  if (!Array.isArray(states)) return err('the table has no states');
  const read = states.map(readState);
  if (!read.every((state) => state !== undefined)) return err('a state cannot be read');
  return ok({ builtMs, responseMin, states: read });
}

function readState(value: unknown): ExpectedResponse | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { state: name, expected, atMost, isStopped } = value as Record<string, unknown>;
  const state = FATIGUE_STATES.find((each) => each === name);
  if (state === undefined || typeof expected !== 'number' || typeof atMost !== 'number') return undefined;
  return typeof isStopped === 'boolean' ? { state, expected, atMost, isStopped } : undefined;
}
