// What lies in an event stream was admitted at one moment and is kept at another. A no in between is a no,
// also when a yes has followed it: what waited is gone with the no, as what was in the journal is (E3).

import { type AdmittedEvent, EVENT_CATEGORY } from '../facts/event.ts';
import { grantKey } from '../facts/grant.ts';
import type { Permissions } from '../facts/permissions.ts';
import { KEEPING_PURPOSES } from '../facts/purpose.ts';
import { equalBytes } from '../kernel/bytes.ts';
import type { Person } from './person.ts';

/** What held when an event was admitted to a stream. */
export interface AdmittedAs {
  /** What the person had taken back by then, as the intake knew it. */
  readonly withdrawals: number;
}

/** As it was admitted to the stream, and the evidence key of the life whose keys opened it there. */
export interface Waited extends AdmittedAs {
  readonly life: Uint8Array;
}

/** Somebody who left and came back has new keys; what waited of the life before is nobody's. */
export function isOfOtherLife({ keys }: Pick<Person, 'keys'>, waited: Waited | undefined): boolean {
  return waited !== undefined && !equalBytes(waited.life, keys.evidenceRaw);
}

/**
 * A no is counted and not said yet: until then everything is denied, and what it takes back nobody knows.
 * Whoever only asks is told so; what was acknowledged must not be lost by it.
 */
export function isNoUnderWay({ withdrawing, revocations, chain }: Person): boolean {
  return withdrawing > 0 || revocations > chain.withdrawals;
}

/** Nobody knows: before everything that was ever said. */
export const ADMITTED_UNKNOWN: AdmittedAs = { withdrawals: -1 };

/**
 * Whether everything that allows this event now was said after something was taken back since. Orders rest on
 * the contract and stay; so does what a yes of before still allows, whatever else was taken back. What was
 * said first is told by counts: the yes and the event may have been written down by nodes whose clocks
 * differ.
 */
export function isTakenBack(
  { chain }: Pick<Person, 'chain'>,
  {
    event,
    allowed,
    admitted,
  }: {
    readonly event: AdmittedEvent;
    readonly allowed: Permissions;
    readonly admitted: AdmittedAs | undefined;
  },
): boolean {
  if (admitted === undefined || event.basis !== 'consent') return false;
  if (chain.withdrawals <= admitted.withdrawals) return false;
  const category = EVENT_CATEGORY[event.kind];
  return !KEEPING_PURPOSES.some((purpose) => {
    const grant = chain.grants.get(grantKey(category, purpose));
    const isBefore = grant === undefined || (grant.withdrawals ?? 0) <= admitted.withdrawals;
    return isBefore && allowed.refusal(category, purpose) === undefined;
  });
}
