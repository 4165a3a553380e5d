// Owns: what goes into `collect` and what comes out of it, and the sheet on which the formats write while one
// value is read. Nothing here is allowed yet: `consent` decides what may be kept. Links and objections are
// evidence that is handed on; `collect` itself joins nobody and grants nothing.

import type { Channel } from '../facts/channel.ts';
import type { Event } from '../facts/event.ts';
import type { GrantChange, NoticeRef } from '../facts/grant.ts';
import type { ControllerId, EventId, PersonId, SourceId } from '../facts/ids.ts';
import type { Problem } from '../facts/parse.ts';
import type { Place } from '../facts/place.ts';
import type { Signals } from '../facts/signals.ts';
import type { Purpose } from '../facts/purpose.ts';
import { LIMITS } from '../kernel/limits.ts';
import { type Tally, createTally } from './allow.ts';

export interface CollectContext {
  /** Whose key sent it. A payload cannot choose another. */
  readonly controller: ControllerId;
  /** Where it comes from when it does not say. */
  readonly source?: SourceId;
  /** Channel of a registered source, `undefined` for one that is not registered. */
  readonly channelOf: (source: SourceId) => Channel | undefined;
  readonly nowMs: number;
  /** What a JSON object with `gpc` and `signals` objects to: that is for `consent` to say. */
  readonly readSignals: (json: Readonly<Record<string, unknown>>) => Signals;
}

/** What a person chose, as a consent line says it. */
export interface ConsentLine {
  readonly person: PersonId;
  readonly source: SourceId;
  readonly timeMs: number;
  readonly changes: readonly GrantChange[];
  /** Always there when one of the changes is `given`. */
  readonly notice?: NoticeRef;
  readonly place?: Place;
  readonly signals: Signals;
}

/** One message named both; whether they may be joined is for the person to say. */
export interface LinkEvidence {
  readonly known: PersonId;
  readonly guest: PersonId;
  readonly timeMs: number;
}

/** A "no" of a consent tool, a browser or a phone that travelled with an event. */
export interface Objection {
  readonly person: PersonId;
  readonly purposes: readonly Purpose[];
  readonly timeMs: number;
  /** Privacy signals that travelled with it. */
  readonly signals?: Signals;
}

/** The sender says the event is of no use after this; retention must not be longer. */
export interface Expiry {
  readonly event: EventId;
  readonly notAfterMs: number;
}

export interface Collected {
  readonly events: readonly Event[];
  readonly consents: readonly ConsentLine[];
  readonly links: readonly LinkEvidence[];
  readonly objections: readonly Objection[];
  readonly expiries: readonly Expiry[];
  /** Path of a dropped field → how often. At most `DROPPED_PATHS_MAX` paths and `(other)`. */
  readonly dropped: Readonly<Record<string, number>>;
  /** The first `PROBLEMS_MAX`; `problemsTotal` counts all. */
  readonly problems: readonly Problem[];
  readonly problemsTotal: number;
  /** Messages that were understood and have nothing for us, e.g. a page without a product. */
  readonly ignored: number;
}

/** Problems listed; whoever sees a hundred knows enough. */
export const PROBLEMS_MAX = 100;

/** The sheet for one call. */
export interface Intake {
  readonly context: CollectContext;
  readonly tally: Tally;
  readonly events: Event[];
  readonly consents: ConsentLine[];
  readonly links: LinkEvidence[];
  readonly objections: Objection[];
  readonly expiries: Expiry[];
  readonly problems: Problem[];
  problemsTotal: number;
  ignored: number;
  /** Messages read so far; bounds batches inside batches. */
  messages: number;
}

export function createIntake(context: CollectContext): Intake {
  return {
    context,
    tally: createTally(),
    events: [],
    consents: [],
    links: [],
    objections: [],
    expiries: [],
    problems: [],
    problemsTotal: 0,
    ignored: 0,
    messages: 0,
  };
}

export function report(intake: Intake, found: Problem): void {
  intake.problemsTotal += 1;
  if (intake.problems.length < PROBLEMS_MAX) intake.problems.push(found);
}

/** Counts one more message; `false` once a call holds more than `LIMITS.eventsPerBatchMax`. */
export function admitMessage(intake: Intake): boolean {
  intake.messages += 1;
  return intake.messages <= LIMITS.eventsPerBatchMax;
}

export function collected(intake: Intake): Collected {
  const { events, consents, links, objections, expiries, problems, problemsTotal, ignored } = intake;
  const dropped = Object.fromEntries(intake.tally.counts);
  return { events, consents, links, objections, expiries, dropped, problems, problemsTotal, ignored };
}
