// A number that left: the question, the answer with its noise, and what it cost. A document like a notice or
// a policy, named by its SHA-256, whose leaf is in the public log.

import { utf8, utf8Text } from '../kernel/bytes.ts';
import { canonicalJson } from '../kernel/canonical.ts';
import { parseJson } from '../kernel/parse-json.ts';
import { sha256Hex } from '../kernel/sha256.ts';
import type { Question } from './question.ts';

/** People, with noise; or `few`: fewer than may be told, perhaps nobody. */
export type PeopleTold = number | 'few';

export interface Release {
  readonly v: 1;
  readonly controller: string;
  readonly question: Question;
  /** When it was made, milliseconds since 1970 UTC. */
  readonly timeMs: number;
  /** Whose budget it spent. */
  readonly year: number;
  /** People that a number must have behind it: k. */
  readonly peopleMin: number;
  /**
   * Numbers below, noise included, are `few`: so far above k that noise alone hardly ever lifts one over it.
   */
  readonly tellFrom: number;
  /** Square of the noise's standard deviation, a whole number. */
  readonly sigmaSquared: number;
  readonly rhoMillionths: number;
  /** Everybody who stands in any row, with noise of its own: it is not the sum of the rows. */
  readonly total: PeopleTold;
  readonly rows: readonly { readonly row: string; readonly people: PeopleTold }[];
}

/** A release with its name. */
export interface KeptRelease {
  readonly id: string;
  readonly release: Release;
}

/** A thousand rows of the longest names. */
const BOUNDS = { bytesMax: 4 * 1024 * 1024, depthMax: 6 };

/** The bytes that are kept, hashed and logged. */
export function encodeRelease(release: Release): Uint8Array {
  // Only JSON values are in it; the copy takes its types away.
  return utf8(canonicalJson(JSON.parse(JSON.stringify(release)) as never));
}

export function releaseId(bytes: Uint8Array): string {
  return sha256Hex(bytes);
}

/** Reads what `encodeRelease` wrote, under its name; what is not that, to the byte, is `undefined`. */
export function decodeRelease(id: string, bytes: Uint8Array): Release | undefined {
  if (releaseId(bytes) !== id) return undefined;
  const json = parseJson(utf8Text(bytes), BOUNDS);
  if (!json.ok || typeof json.value !== 'object' || json.value === null) return undefined;
  // Nobody else can have written bytes of this name, so the form is that of `encodeRelease`.
  const release = json.value as unknown as Release;
  return release.v === 1 ? release : undefined;
}
