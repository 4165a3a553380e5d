// Events on their way in: each is admitted or refused, folded into its person, and durable before it is
// acknowledged.

import { Fault, isFault } from '../kernel/fault.ts';
import { DAY_MS } from '../kernel/time.ts';
import { admit } from '../consent/admit.ts';
import { type AdmittedEvent, EVENT_CATEGORY, type Event, type EventKind } from '../facts/event.ts';
import type { EventId, PersonId } from '../facts/ids.ts';
import type { Permissions } from '../facts/permissions.ts';
import type { Place } from '../facts/place.ts';
import type { Signals } from '../facts/signals.ts';
import { type Refusal, type RefusalReason, isRefusal, refuse as refusalOf } from '../facts/refusal.ts';
import { joinOutcomes } from '../measure/join.ts';
import { countOutcome } from '../measure/tally.ts';
import { type EventMark, eventMark } from '../profile/fold.ts';
import type { Core } from './core.ts';
import { entryText } from './journal.ts';
import { type Person, foldEntry } from './person.ts';
import { raced } from './racing.ts';
import { type Waited, isNoUnderWay, isOfOtherLife, isTakenBack } from './taken-back.ts';
import type { Kept } from './micro-batch.ts';
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
  /** Of events that waited in a stream: what held when they were admitted to it. */
  readonly admitted?: ReadonlyMap<Event, Waited>;
  /**
   * Whether to wait, with the fault `conflict`, for a no of a person that is under way; asked for each event.
   */
  readonly isPatient?: () => boolean;
}

export interface Collected {
  /** Kept now. */
  readonly admitted: number;
  /** Known already: counted once, as it should be. */
  readonly repeated: number;
  /** Not kept, by reason. */
  readonly refused: Readonly<Partial<Record<RefusalReason, number>>>;
  /** Of the first two, so many wait in an event stream, and no decision knows them yet (streaming.ts). */
  readonly waiting?: number;
}

/** Resolves when every admitted event is durable. The same batch again changes nothing. */
export async function collectEvents(core: Core, request: CollectRequest): Promise<Collected> {
  const total: Counts = { admitted: 0, repeated: 0, refused: {} };
  let { events } = request;
  await raced(core, async () => {
    const { counts, lost } = await collectOnce(core, { ...request, events });
    for (const [person, count] of counts) if (!lost.has(person)) add(total, count);
    // Nothing of theirs was kept: another engine was faster, and may have kept the same.
    events = events.filter(({ person }) => lost.has(person));
    for (const fault of lost.values()) throw fault;
  });
  return total;
}

interface Counts {
  admitted: number;
  repeated: number;
  readonly refused: Partial<Record<RefusalReason, number>>;
}

function add(total: Counts, { admitted, repeated, refused }: Counts): void {
  total.admitted += admitted;
  total.repeated += repeated;
  for (const [reason, count] of Object.entries(refused) as [RefusalReason, number][])
    total.refused[reason] = (total.refused[reason] ?? 0) + count;
}

interface Once {
  readonly counts: ReadonlyMap<PersonId, Counts>;
  /** Whose events lost a race, with the fault of it. */
  readonly lost: ReadonlyMap<PersonId, unknown>;
}

async function collectOnce(core: Core, request: CollectRequest): Promise<Once> {
  const asked = askedNow(core, request);
  const people = await peopleOf(core, request.events, permissionsOfStranger(core, asked));
  const permissions = new Map<Person, Permissions>();
  const counts = new Map<PersonId, Counts>();
  const waits = new Map<PersonId, Kept>();
  const again = new Set<Person>();
  const unsaid = new Map<PersonId, Fault>();
  for (const event of request.events) {
    const person = people.get(event.person);
    const count = countsOf(counts, event.person);
    const refuse = (reason: RefusalReason): void => {
      count.refused[reason] = (count.refused[reason] ?? 0) + 1;
    };
    if (person === undefined || person === 'erased' || person.leaving) {
      refuse(person === undefined ? 'no-grant' : 'suppressed');
      continue;
    }
    if (person.unreadable) {
      refuse('data-unreadable');
      continue;
    }
    if (isOfOtherLife(person, request.admitted?.get(event))) {
      refuse('suppressed');
      continue;
    }
    const mark = eventMark(event.id);
    if (person.profile.seen.has(mark)) {
      count.repeated += 1;
      if (person.pending > 0) again.add(person);
      continue;
    }
    let allowed = permissions.get(person);
    if (allowed === undefined) permissions.set(person, (allowed = permissionsOf(core, person, asked)));
    const verdict = judgeEvent(core, event, allowed, request.notAfterMs?.get(event.id));
    const admitted = request.admitted?.get(event);
    // What rests on no yes does not wait for a no: one whose node died would hold up their orders for ever.
    const isMoot = !isRefusal(verdict) && verdict.basis !== 'consent';
    if (!isMoot && isNoUnderWay(person) && request.isPatient?.() === true) {
      unsaid.set(event.person, noUnderWay());
      continue;
    }
    if (isRefusal(verdict)) refuse(verdict.refused);
    else if (isTakenBack(person, { event: verdict, allowed, admitted })) refuse('no-grant');
    else {
      // The last entry of a person is kept only with those before it.
      waits.set(event.person, keep(core, { person, event: verdict, mark, allowed, nowMs: asked.nowMs }));
      // What a person says of themselves may change what is allowed: their age, where they live.
      if (verdict.kind === 'declare') permissions.delete(person);
      count.admitted += 1;
    }
  }
  // A burst is worth a batch of its own; single events share the next micro-batch.
  if (request.events.length >= 100 || again.size > 0) await core.witness.flush();
  const lost = new Map([...(await lostOf(core, waits)), ...unsaid]);
  for (const person of again) if (!lost.has(person.id)) assertKept(person);
  return { counts, lost };
}

function countsOf(counts: Map<PersonId, Counts>, id: PersonId): Counts {
  let count = counts.get(id);
  if (count === undefined) counts.set(id, (count = { admitted: 0, repeated: 0, refused: {} }));
  return count;
}

function noUnderWay(): Fault<'conflict'> {
  const message = 'A no of this person is being written; what it leaves is not known yet.';
  return new Fault('conflict', message, { retry: 'now' });
}

interface Keeping {
  readonly person: Person;
  readonly event: AdmittedEvent;
  /** Of its id. */
  readonly mark: EventMark;
  readonly allowed: Permissions;
  readonly nowMs: number;
}

/** Folded now; resolves when it is durable. */
function keep(core: Core, { person, event, mark, allowed, nowMs }: Keeping): Kept {
  const entry = { kind: 'event', event } as const;
  foldEntry(person, entry, mark);
  const keepDays = Math.ceil((event.expiresMs - nowMs) / DAY_MS) + 1;
  const plain = core.world.crypto.utf8(entryText(entry));
  const kept = core.witness.keep({ person, entry, plain, keepDays, nowMs });
  if (isCounted(core, event.kind)) core.touched.add(person);
  if (mayMeasure(allowed, event)) {
    for (const joined of joinOutcomes(person.given, event)) countOutcome(core.tallies, joined, person.key);
  }
  return kept;
}

/** Waits for all. A conflict is a lost race where other engines write too; anything else is thrown. */
async function lostOf(
  core: Core,
  waits: ReadonlyMap<PersonId, Kept>,
): Promise<ReadonlyMap<PersonId, unknown>> {
  await Promise.all(new Set([...waits.values()].map(({ settled }) => settled)));
  const lost = new Map<PersonId, unknown>();
  for (const [person, kept] of waits) {
    if (kept.isKept()) continue;
    await kept.done.catch((fault: unknown) => {
      if (core.config.node === undefined || !isFault(fault, 'conflict')) throw fault;
      lost.set(person, fault);
    });
  }
  return lost;
}

/** Whether this event may be kept, of somebody who allows this. */
export function judgeEvent(
  core: Core,
  event: Event,
  permissions: Permissions,
  notAfterMs: number | undefined,
): AdmittedEvent | Refusal {
  if (event.controller !== core.config.controller)
    return refusalOf('other-controller', 'It was sent under another controller.');
  return admit({ event, source: core.sources.get(event.source), permissions, notAfterMs });
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
export async function peopleOf(
  core: Core,
  events: readonly Event[],
  stranger: Permissions,
): Promise<ReadonlyMap<PersonId, Person | 'erased'>> {
  const out = new Map<PersonId, Person | 'erased'>();
  const unknown = new Set<PersonId>();
  for (const { person } of events) {
    if (out.has(person)) continue;
    const current = core.people.current(person);
    if (current !== undefined) out.set(person, current);
  }
  const others = [...new Set(events.map(({ person }) => person))].filter((id) => !out.has(id));
  if (others.length > 0) {
    const found = await core.people.caughtUp(others);
    for (const id of others) {
      const person = found.get(id);
      if (person === undefined) unknown.add(id);
      else out.set(id, person);
    }
  }
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
  return !isRefusal(judgeEvent(core, event, stranger, undefined));
}
