// Which facts are still needed once somebody has taken something back. What rested on consent alone and what
// no purpose may use any more is not kept (GDPR 17(1)(b)). Judged from the record itself, by the law that it
// names, so that a journal that is read again gives the same profile.

import { resolvePack } from '../consent/packs.ts';
import { permit } from '../consent/permit.ts';
import type { DataCategory } from '../facts/category.ts';
import type { ConsentChain } from '../facts/consent-state.ts';
import type { Fact } from '../facts/fact.ts';
import type { ConsentRecord } from '../facts/grant.ts';
import type { NoticeLookup } from '../facts/notice.ts';
import type { Pack } from '../facts/pack.ts';
import type { Place } from '../facts/place.ts';
import { NO_SIGNALS } from '../facts/signals.ts';
import { KEEPING_PURPOSES } from '../facts/purpose.ts';

export interface Needing {
  readonly record: Pick<ConsentRecord, 'pack' | 'timeMs'>;
  /** With the record folded in. */
  readonly chain: ConsentChain;
  readonly ageYears: number | undefined;
}

/** Says of a fact whether it is still needed. */
export function stillNeeded({ record, chain, ageYears }: Needing): (fact: Fact) => boolean {
  const permissions = permit({
    chain,
    revocations: chain.withdrawals,
    pack: packNamed(record.pack),
    place: undefined,
    signals: NO_SIGNALS,
    ageYears,
    nowMs: record.timeMs,
    notices: SAID,
  });
  const needed = new Map<DataCategory, boolean>();
  return ({ basis, category }) => {
    if (basis === 'contract') return true;
    let answer = needed.get(category);
    if (answer === undefined) {
      answer = KEEPING_PURPOSES.some((purpose) => permissions.refusal(category, purpose) === undefined);
      needed.set(category, answer);
    }
    return answer;
  };
}

/**
 * What was said is asked here, not which notices are registered at the time of reading: a journal that is
 * read again gives the same profile. The door asks both.
 */
const SAID: NoticeLookup = { refusal: () => undefined, partners: () => new Set(), isBefore: () => true };

/** A place for each law that a record can name. */
const PLACES: Readonly<Record<string, Place>> = {
  EU: { country: 'DE' },
  'US-CA': { country: 'US', region: 'CA' },
};

/** The law that a record names, e.g. `EU+US-CA@2026-07-25`; one that is not known: the strictest. */
function packNamed(version: string): Pack {
  const codes = (version.split('@')[0] ?? '').split('+');
  const places = codes.map((code) => (Object.hasOwn(PLACES, code) ? PLACES[code] : undefined));
  return resolvePack(places.includes(undefined) ? [] : places);
}
