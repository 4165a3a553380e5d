// What the privacy signals of a request object to, and how several add up. Signals only ever take away.

import type { Pack } from './pack.ts';
import { GRANTABLE_PURPOSES, PURPOSES, type Purpose } from './purpose.ts';

/**
 * What privacy signals object to: of a browser, of a consent tool, of a phone. A signal that is absent says
 * nothing; one that is present but unreadable counts as an objection (it was sent for a reason).
 */
export interface Signals {
  /** Global Privacy Control, header `Sec-GPC: 1` (https://w3c.github.io/gpc/). `true`: the person objects. */
  readonly gpc: boolean;
  /**
   * Opted out of sale, sharing or targeted advertising: ends what the law lets Global Privacy Control end.
   */
  readonly optsOut?: boolean;
  /** Uses that end, also against a grant; absent: none. */
  readonly ends?: readonly Purpose[];
  /** Uses that may not rest on silence any more; absent: none. */
  readonly endsSilence?: readonly Purpose[];
  /** Identities that were joined stay apart: the phone allows no tracking. */
  readonly apart?: boolean;
}

export const NO_SIGNALS: Signals = { gpc: false };

/** What signals object to that are there and cannot be read at all. */
export const ALL_SIGNALS: Signals = { gpc: true, optsOut: true, ends: GRANTABLE_PURPOSES, apart: true };

/**
 * All of them at once: what one objects to, no other takes back. In any order, and repeated, the same.
 *
 *     joinSignals([{ gpc: false, ends: ['measure'] }, { gpc: true }]) // { gpc: true, ends: ['measure'] }
 */
export function joinSignals(all: readonly Signals[]): Signals {
  const ends = union(all.map((one) => one.ends));
  const endsSilence = union(all.map((one) => one.endsSilence));
  return {
    gpc: all.some(({ gpc }) => gpc),
    ...(all.some(({ optsOut }) => optsOut === true) ? { optsOut: true } : {}),
    ...(ends.length === 0 ? {} : { ends }),
    ...(endsSilence.length === 0 ? {} : { endsSilence }),
    ...(all.some(({ apart }) => apart === true) ? { apart: true } : {}),
  };
}

function union(lists: readonly (readonly Purpose[] | undefined)[]): readonly Purpose[] {
  return PURPOSES.filter((purpose) => lists.some((list) => list?.includes(purpose)));
}

/** Uses that end for good when these signals are kept as a choice, under this law. */
export function endedBy(signals: Signals, pack: Pack): readonly Purpose[] {
  const { gpc, optsOut = false, ends = [], endsSilence = [] } = signals;
  return GRANTABLE_PURPOSES.filter((purpose) => {
    const restsOnSilence = pack.defaults[purpose] === 'opt-out';
    if (ends.includes(purpose) || ((gpc || optsOut) && pack.gpcForbids.includes(purpose))) return true;
    return restsOnSilence && (gpc || endsSilence.includes(purpose));
  });
}

/** A text that is equal when they object to the same, whatever they are. */
export function signalsKey(signals: Signals): string {
  const { gpc, optsOut, ends, endsSilence, apart } = signals;
  return JSON.stringify([gpc, optsOut ?? false, ends ?? [], endsSilence ?? [], apart ?? false]);
}
