// Which events may be kept at all. Data without a registered first-party origin is refused; data that
// neither the contract nor an allowed purpose needs is not stored in the first place (GDPR 5(1)(c), 25).
// The only mint of `AdmittedEvent`.

import { LIMITS } from '../kernel/limits.ts';
import { DAY_MS } from '../kernel/time.ts';
import type { DataCategory } from '../facts/category.ts';
import { type AdmittedEvent, EVENT_CATEGORY, type Event, type EventKind } from '../facts/event.ts';
import type { Permissions } from '../facts/permissions.ts';
import { KEEPING_PURPOSES } from '../facts/purpose.ts';
import { type Refusal, refuse } from '../facts/refusal.ts';
import type { Basis, Source } from '../facts/source.ts';

/**
 * How long the contract itself needs data. Orders and returns: ten years, the longest term for accounting
 * records in our packs (German AO 147). What a person told their account: as long, because the birth year
 * among it protects a child, and a protection must not run out. A basket is no contract yet: it lives no
 * longer than a profile may.
 */
const CONTRACT_DAYS: Readonly<Partial<Record<DataCategory, number>>> = { purchases: 3650, declared: 3650 };

export interface AdmitInput {
  readonly event: Event;
  /** The registered source of that name; `undefined` when there is none. */
  readonly source: Source | undefined;
  readonly permissions: Permissions;
  /** The sender's own word on how long it may be kept (CloudEvents `expirytime`); never longer than ours. */
  readonly notAfterMs?: number | undefined;
}

/** Admits or refuses one event. Refusals are counted by reason; the event itself is forgotten. */
export function admit({ event, source, permissions, notAfterMs }: AdmitInput): AdmittedEvent | Refusal {
  const refused = judgeSource(event, source) ?? judgeTime(event, permissions.nowMs);
  if (refused !== undefined) return refused;
  const category = EVENT_CATEGORY[event.kind];
  const { nowMs } = permissions;
  const profileDays = permissions.pack.profileDaysMax;
  let said = permissions.refusal(category, 'serve');
  if (said === undefined)
    return mint(event, {
      basis: 'contract',
      days: CONTRACT_DAYS[category] ?? profileDays,
      nowMs,
      notAfterMs,
    });
  for (const purpose of KEEPING_PURPOSES) {
    const refusal = permissions.refusal(category, purpose);
    if (refusal === undefined) return mint(event, { basis: 'consent', days: profileDays, nowMs, notAfterMs });
    // The refusal that says most: silence only when there is nothing else.
    if (said.refused === 'no-grant') said = refusal;
  }
  if (said.refused !== 'no-grant') return said;
  return refuse('no-grant', `No purpose is allowed to use ${category}, so it is not kept.`);
}

function judgeSource(event: Event, source: Source | undefined): Refusal | undefined {
  if (source === undefined || source.id !== event.source) {
    return refuse(
      'source-unregistered',
      'Register the source first: where it is, what it sends, which notice people saw.',
    );
  }
  if (source.origin !== 'first-party')
    return refuse('source-not-first-party', `The source is ${source.origin}.`);
  if (source.controller !== event.controller)
    return refuse('source-other-controller', 'The source belongs to another controller.');
  return undefined;
}

function judgeTime(event: Event, nowMs: number): Refusal | undefined {
  if (!(event.timeMs <= nowMs + LIMITS.clockSkewMsMax))
    return refuse('event-in-future', 'The event lies in the future.');
  if (!(event.timeMs >= nowMs - LIMITS.eventAgeDaysMax * DAY_MS))
    return refuse('event-too-old', 'The event is too old to be kept.');
  return undefined;
}

interface Terms {
  readonly basis: Basis;
  readonly days: number;
  readonly nowMs: number;
  readonly notAfterMs: number | undefined;
}

function mint(event: Event, { basis, days, nowMs, notAfterMs }: Terms): AdmittedEvent | Refusal {
  const expiresMs = Math.min(event.timeMs + days * DAY_MS, notAfterMs ?? Number.POSITIVE_INFINITY);
  if (!(expiresMs > nowMs))
    return refuse('expired', `Older than the ${days} days, or the sender’s own term, that it may be kept.`);
  const { traits, ...rest } = event;
  const told = TELLING_KINDS.includes(event.kind) && traits !== undefined ? { traits } : {};
  // The only mint of the brand.
  return { ...rest, ...told, basis, expiresMs } as AdmittedEvent;
}

/**
 * Kinds whose category covers traits. A page view that carries a birth year was not admitted for that: it
 * is dropped.
 */
const TELLING_KINDS: readonly EventKind[] = ['declare', 'review'];
