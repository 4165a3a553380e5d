// The law of a place in the form the door needs: what is allowed without a grant, from which age, for how
// long.

import type { Purpose } from './purpose.ts';

/**
 * How a purpose is lawful when a person has said nothing. `contract`: always, within the order. `consent`:
 * not without a grant. `opt-out`: until the person objects (a withdrawn or refused grant, or a signal).
 * `never`: not even with a grant.
 */
export const LAWFUL_DEFAULTS = ['contract', 'opt-out', 'consent', 'never'] as const;
export type LawfulDefault = (typeof LAWFUL_DEFAULTS)[number];

export interface Pack {
  /** e.g. `EU`, `US-CA`; several joined with `+` when the strictest of them rules. */
  readonly code: string;
  /** Date of the legal review, `YYYY-MM-DD`. */
  readonly asOf: string;
  /** C primary text seen, S secondary, M memory: as in jurisdiction-packs.json. */
  readonly confidence: string;
  readonly defaults: Readonly<Record<Purpose, LawfulDefault>>;
  /** Below this age a person cannot consent alone; every purpose but `serve` is refused. */
  readonly consentAgeYears: number;
  /** Below this age nothing is advertised or sent from a profile. */
  readonly profiledAdsAgeYears: number;
  /**
   * Purposes that Global Privacy Control forbids even where a grant exists. It always ends every `opt-out`
   * default.
   */
  readonly gpcForbids: readonly Purpose[];
  /** May a person's explicit declaration open a sensitive class? Never in Saudi Arabia (PDPL art. 26). */
  readonly sensitiveByDeclaration: boolean;
  /** Longest time a fact may be kept for a purpose other than the contract. */
  readonly profileDaysMax: number;
  /** How long sealed consent evidence is kept after the end. */
  readonly evidenceDays: number;
}

/** `EU@2026-07-25`: what a consent record and a decision name. */
export function packVersion(pack: Pack): string {
  return `${pack.code}@${pack.asOf}`;
}
