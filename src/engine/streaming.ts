// The intake side of the event stream: events are admitted or refused as without a stream, and what is
// admitted goes sealed into the stream instead of into the journal. Nothing unadmitted is ever stored, there
// neither. Choices of people do not come this way: a word rules the next decision, so it is in the journal
// before anything else of its batch (intake.ts).
//
// Here nothing is folded: an event that declares an age or a place changes what is allowed when a worker has
// taken it in. Until then the intake knows only what the journal knows. Worker and intake both ask, so
// between the two answers the narrower one holds.

import type { Permissions } from '../facts/permissions.ts';
import type { RefusalReason } from '../facts/refusal.ts';
import { isRefusal } from '../facts/refusal.ts';
import { Fault } from '../kernel/fault.ts';
import { eventMark } from '../profile/fold.ts';
import { type CollectRequest, type Collected, judgeEvent, peopleOf } from './collecting.ts';
import type { Core } from './core.ts';
import type { EventStream, StreamMessage } from './event-stream.ts';
import type { PersonId } from '../facts/ids.ts';
import type { Person } from './person.ts';
import { type Envelopes, createEnvelopes } from './stream-envelope.ts';
import type { Engine } from './engine.ts';
import type { IntakeHost } from './intake.ts';
import { askedNow, permissionsOf, permissionsOfStranger } from './viewing.ts';

/** What the intake needs of a stream. */
export type IntakeStream = Pick<EventStream, 'publish' | 'pressure'>;

interface StreamIntake {
  readonly stream: IntakeStream;
  readonly envelopes: Envelopes;
  /** Events of requests that are judged now: they have to find room when they are. */
  judged: number;
}

/**
 * The intake of an engine whose events go through a stream: a preset chooses it, surfaces see no difference.
 */
export function streamedIntake(engine: Engine, stream: IntakeStream): IntakeHost {
  const to = { stream, envelopes: createEnvelopes(engine.core.world), judged: 0 };
  return {
    core: engine.core,
    consent: (change) => engine.consent(change),
    collect: (request) => streamEvents(engine.core, to, request),
  };
}

/**
 * Resolves when every admitted event is durable in the stream. Faults of the stream: `stream-full`,
 * `stream-down`; the same batch again adds nothing twice.
 */
async function streamEvents(core: Core, to: StreamIntake, request: CollectRequest): Promise<Collected> {
  const coming = request.events.length;
  const waitSeconds = coming === 0 ? 0 : to.stream.pressure(to.judged + coming);
  if (waitSeconds > 0) throw streamFull(waitSeconds);
  to.judged += coming;
  const { messages, repeated, refused } = await judged(core, to, request).finally(() => {
    to.judged -= coming;
  });
  const acks = messages.length === 0 ? [] : await to.stream.publish(messages);
  const admitted = acks.filter((ack) => ack === 'new').length;
  const waiting = acks.length === 0 ? {} : { waiting: acks.length };
  return { admitted, repeated: repeated + acks.length - admitted, refused, ...waiting };
}

interface Judged {
  readonly messages: readonly StreamMessage[];
  readonly repeated: number;
  readonly refused: Partial<Record<RefusalReason, number>>;
}

/** What is admitted, sealed. */
async function judged(core: Core, to: StreamIntake, request: CollectRequest): Promise<Judged> {
  const refused: Partial<Record<RefusalReason, number>> = {};
  const refuse = (reason: RefusalReason): void => {
    refused[reason] = (refused[reason] ?? 0) + 1;
  };
  const asked = askedNow(core, request);
  // Asked before anything is waited for: what is on its way now may have arrived by the time it is asked
  // again.
  const busy = request.events.filter(({ person }) => (core.people.cached(person)?.pending ?? 0) > 0);
  const people = await peopleOf(core, request.events, permissionsOfStranger(core, asked));
  const behind = await storedOf(core, people, new Set(busy.map(({ person }) => person)));
  const permissions = new Map<Person, Permissions>();
  const allowedBy = (person: Person): Permissions => {
    const allowed = permissions.get(person) ?? permissionsOf(core, person, asked);
    permissions.set(person, allowed);
    return allowed;
  };
  const messages: StreamMessage[] = [];
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
    if (person.pending === 0 && person.profile.seen.has(eventMark(event.id))) {
      repeated += 1;
      continue;
    }
    const stored = behind.get(person);
    if (stored === 'gone') {
      refuse('suppressed');
      continue;
    }
    const notAfterMs = request.notAfterMs?.get(event.id);
    // What is known here, and what the store knows where that may be more: the narrower holds.
    const known = stored === undefined ? [person] : [person, stored];
    const verdicts = known.map((one) => judgeEvent(core, event, allowedBy(one), notAfterMs));
    const refusal = verdicts.find((verdict) => isRefusal(verdict));
    if (refusal !== undefined) {
      refuse(refusal.refused);
      continue;
    }
    const withdrawals = Math.max(...known.map(({ chain }) => chain.withdrawals));
    const carried = {
      event,
      signals: request.signals,
      admitted: { withdrawals },
      ...(request.place === undefined ? {} : { place: request.place }),
      ...(notAfterMs === undefined ? {} : { notAfterMs }),
    };
    messages.push(to.envelopes.seal(stored ?? person, carried, asked.nowMs));
  }
  return { messages, repeated, refused };
}

/**
 * People of whom something is on its way into the store are not read over it, and may be behind a no that was
 * said elsewhere. The journal notices that at the write; a stream does not, so they are read beside it.
 */
async function storedOf(
  core: Core,
  people: ReadonlyMap<PersonId, Person | 'erased'>,
  wereBusy: ReadonlySet<PersonId>,
): Promise<ReadonlyMap<Person, Person | 'gone'>> {
  const out = new Map<Person, Person | 'gone'>();
  if (core.config.node === undefined) return out;
  const read = async ([id, person]: readonly [PersonId, Person | 'erased']): Promise<void> => {
    if (person === 'erased' || !(person.pending > 0 || person.lost || wereBusy.has(id))) return;
    // Mostly what is on its way is all there is, and one question for all of them tells so.
    if (!(await core.people.mayBeBehind(person))) return;
    const stored = await core.people.stored(person);
    out.set(person, typeof stored === 'object' && !stored.leaving ? stored : 'gone');
  };
  await Promise.all([...people].map(read));
  return out;
}

/** More waits than is being taken in: the sender keeps it a while longer. */
function streamFull(afterSeconds: number): Fault<'stream-full'> {
  const message = 'More events wait in the stream than may wait. Send them again after the pause.';
  return new Fault('stream-full', message, { retry: 'later', afterSeconds });
}
