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
import type { Event } from '../facts/event.ts';
import type { PersonId } from '../facts/ids.ts';
import { raced } from './racing.ts';
import type { Core } from './core.ts';
import type { EventStream, StreamMessage } from './event-stream.ts';
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
}

/**
 * The intake of an engine whose events go through a stream: a preset chooses it, surfaces see no difference.
 */
export function streamedIntake(engine: Engine, stream: IntakeStream): IntakeHost {
  const to = { stream, envelopes: createEnvelopes(engine.core.world) };
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
function streamEvents(core: Core, to: StreamIntake, request: CollectRequest): Promise<Collected> {
  return raced(core, () => streamOnce(core, to, request));
}

/**
 * As the store has them now. Somebody of whom something is on its way is not read over it, and may be behind
 * a no that was said elsewhere; the journal would notice that at the write, and a stream does not.
 */
async function peopleNow(
  core: Core,
  events: readonly Event[],
  stranger: Permissions,
): Promise<ReadonlyMap<PersonId, Person | 'erased'>> {
  const people = await peopleOf(core, events, stranger);
  const isOnItsWay = (person: Person | 'erased'): boolean => person !== 'erased' && person.pending > 0;
  if (core.config.node === undefined || ![...people.values()].some(isOnItsWay)) return people;
  await core.witness.flush();
  const settled = await peopleOf(core, events, stranger);
  if (![...settled.values()].some(isOnItsWay)) return settled;
  const message = 'Something of this person is being written; what it stands on is not known yet.';
  throw new Fault('conflict', message, { retry: 'now' });
}

async function streamOnce(core: Core, to: StreamIntake, request: CollectRequest): Promise<Collected> {
  const waitSeconds = request.events.length === 0 ? 0 : to.stream.pressure();
  if (waitSeconds > 0) throw streamFull(waitSeconds);
  const refused: Partial<Record<RefusalReason, number>> = {};
  const refuse = (reason: RefusalReason): void => {
    refused[reason] = (refused[reason] ?? 0) + 1;
  };
  const asked = askedNow(core, request);
  const people = await peopleNow(core, request.events, permissionsOfStranger(core, asked));
  const permissions = new Map<Person, Permissions>();
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
    let allowed = permissions.get(person);
    if (allowed === undefined) permissions.set(person, (allowed = permissionsOf(core, person, asked)));
    const notAfterMs = request.notAfterMs?.get(event.id);
    const verdict = judgeEvent(core, event, allowed, notAfterMs);
    if (isRefusal(verdict)) {
      refuse(verdict.refused);
      continue;
    }
    const carried = {
      event,
      signals: request.signals,
      admitted: { withdrawals: person.chain.withdrawals },
      ...(request.place === undefined ? {} : { place: request.place }),
      ...(notAfterMs === undefined ? {} : { notAfterMs }),
    };
    messages.push(to.envelopes.seal(person, carried, asked.nowMs));
  }
  const acks = messages.length === 0 ? [] : await to.stream.publish(messages);
  const admitted = acks.filter((ack) => ack === 'new').length;
  const waiting = acks.length === 0 ? {} : { waiting: acks.length };
  return { admitted, repeated: repeated + acks.length - admitted, refused, ...waiting };
}

/** More waits than is being taken in: the sender keeps it a while longer. */
function streamFull(afterSeconds: number): Fault<'stream-full'> {
  const message = 'More events wait in the stream than may wait. Send them again after the pause.';
  return new Fault('stream-full', message, { retry: 'later', afterSeconds });
}
