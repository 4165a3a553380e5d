// Events on their way in: each is admitted or refused, folded into its person, and durable before it is
// acknowledged.

import { Fault } from '../kernel/fault.ts';
import { DAY_MS } from '../kernel/time.ts';
import { admit } from '../consent/admit.ts';
import { EVENT_CATEGORY, type Event, type EventKind } from '../facts/event.ts';
import type { EventId, PersonId } from '../facts/ids.ts';
import type { Permissions } from '../facts/permissions.ts';
import type { Place } from '../facts/place.ts';
import type { Signals } from '../facts/signals.ts';
import { type RefusalReason, isRefusal } from '../facts/refusal.ts';
import { joinOutcomes } from '../measure/join.ts';
import { countOutcome } from '../measure/tally.ts';
import { eventMark } from '../profile/fold.ts';
import type { Core } from './core.ts';
import { entryText } from './journal.ts';
import { type Person, foldEntry } from './person.ts';
import { askedNow, permissionsOf, permissionsOfStranger } from './viewing.ts';
import { asksFor } from './shelves.ts';

/**
 * Events that can change what a person adds to the statistics: what they bought, and what they say about age
 * and place.
 */
const COUNTED: readonly EventKind[] = ['purchase', 'return', 'declare', 'review'];

/**
 * A look counts only where a placement asks what comes next: a shop has a hundred looks for each purchase.
 */
function isCounted({ policy }: Core, kind: EventKind): boolean {
  return COUNTED.includes(kind) || (kind === 'view' && asksFor(policy, 'next-click'));
}

export interface CollectRequest {
  readonly events: readonly Event[];
  readonly place?: Place;
  readonly signals: Signals;
  /** Events whose sender said how long they may be kept. */
  readonly notAfterMs?: ReadonlyMap<EventId, number>;
}

export interface Collected {
  /** Kept now. */
  readonly admitted: number;
  /** Known already: counted once, as it should be. */
  readonly repeated: number;
  /** Not kept, by reason. */
  readonly refused: Readonly<Partial<Record<RefusalReason, number>>>;
}

/** Resolves when every admitted event is durable. The same batch again changes nothing. */
export async function collectEvents(core: Core, request: CollectRequest): Promise<Collected> {
  const refused: Partial<Record<RefusalReason, number>> = {};
  const refuse = (reason: RefusalReason): void => {
    refused[reason] = (refused[reason] ?? 0) + 1;
  };
  const asked = askedNow(core, request);
  const people = await peopleOf(core, request.events, permissionsOfStranger(core, asked));
  const permissions = new Map<Person, Permissions>();
  const waits = new Set<Promise<unknown>>();
  const again = new Set<Person>();
  let admitted = 0;
  let repeated = 0;
  for (const event of request.events) {
    const person = people.get(event.person);
    if (person === undefined || person === 'erased' || person.leaving) {
      refuse(person === undefined ? 'no-grant' : 'suppressed');
      continue;
    }
    if (person.unreadable) {
      refuse('data-unreadable');
      continue;
    }
    if (person.profile.seen.has(eventMark(event.id))) {
      repeated += 1;
      if (person.pending > 0) again.add(person);
      continue;
    }
    let allowed = permissions.get(person);
    if (allowed === undefined) permissions.set(person, (allowed = permissionsOf(core, person, asked)));
    const source = core.sources.get(event.source);
    const verdict =
      event.controller === core.config.controller
        ? admit({ event, source, permissions: allowed, notAfterMs: request.notAfterMs?.get(event.id) })
        : undefined;
    if (verdict === undefined) refuse('other-controller');
    else if (isRefusal(verdict)) refuse(verdict.refused);
    else {
      const entry = { kind: 'event', event: verdict } as const;
      foldEntry(person, entry);
      // What a person says of themselves may change what is allowed: their age, where they live.
      if (verdict.kind === 'declare') permissions.delete(person);
      const keepDays = Math.ceil((verdict.expiresMs - asked.nowMs) / DAY_MS) + 1;
      const plain = core.world.crypto.utf8(entryText(entry));
      waits.add(core.witness.keep({ person, entry, plain, keepDays, nowMs: asked.nowMs }).done);
      if (isCounted(core, verdict.kind)) core.touched.add(person);
      if (mayMeasure(allowed, verdict)) {
        for (const joined of joinOutcomes(person.given, verdict))
          countOutcome(core.tallies, joined, person.key);
      }
      admitted += 1;
    }
  }
  // A burst is worth a batch of its own; single events share the next micro-batch.
  if (request.events.length >= 100 || again.size > 0) await core.witness.flush();
  await Promise.all(waits);
  for (const person of again) assertKept(person);
  return { admitted, repeated, refused };
}

/** Measuring reads both: what was shown, and what came of it. */
function mayMeasure(allowed: Permissions, event: Event): boolean {
  const categories = ['interactions', EVENT_CATEGORY[event.kind]] as const;
  return categories.every((category) => allowed.refusal(category, 'measure') === undefined);
}

/**
 * A repeat may be acknowledged only when what it repeats is on disk: it was on its way when the repeat came.
 */
function assertKept(person: Person): void {
  if (!person.lost) return;
  throw new Fault('conflict', 'The event this one repeats could not be written; send it again.', {
    retry: 'now',
  });
}

/**
 * People are created only for events that would be admitted of somebody who never said anything: an event of
 * a stranger that nothing allows must not leave so much as a key behind.
 */
async function peopleOf(
  core: Core,
  events: readonly Event[],
  stranger: Permissions,
): Promise<ReadonlyMap<PersonId, Person | 'erased'>> {
  const out = new Map<PersonId, Person | 'erased'>();
  const unknown = new Set<PersonId>();
  const load: Promise<void>[] = [];
  for (const { person } of events) {
    if (out.has(person)) continue;
    const cached = core.people.cached(person);
    if (cached !== undefined) out.set(person, cached);
  }
  for (const id of new Set(events.map(({ person }) => person))) {
    if (out.has(id)) continue;
    load.push(
      core.people.get(id).then((found) => {
        if (found === undefined) unknown.add(id);
        else out.set(id, found);
      }),
    );
  }
  await Promise.all(load);
  const wanted = new Set<PersonId>();
  for (const event of events) {
    if (unknown.has(event.person) && mayCreate(core, event, stranger)) wanted.add(event.person);
  }
  if (wanted.size > 0) {
    for (const [id, person] of await core.people.getOrCreate([...wanted])) out.set(id, person);
  }
  return out;
}

function mayCreate(core: Core, event: Event, stranger: Permissions): boolean {
  const source = core.sources.get(event.source);
  return (
    event.controller === core.config.controller && !isRefusal(admit({ event, source, permissions: stranger }))
  );
}
