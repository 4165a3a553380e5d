// Owns: how a format puts what it read on the sheet: one event, its evidence, or the problem with its place
// in the message.

import { parseSourceId } from '../facts/ids.ts';
import { type Parsed, type Problem, problem } from '../facts/parse.ts';
import { GRANTABLE_PURPOSES, type Purpose } from '../facts/purpose.ts';
import { NO_SIGNALS, type Signals } from '../facts/signals.ts';
import { ok } from '../kernel/result.ts';
import { isObject } from './allow.ts';
import { type Draft, parseDraft, parseTime } from './draft.ts';
import { type Intake, admitMessage, report } from './intake.ts';
import type { Who } from './people.ts';

/** What a wrapping CloudEvent already said; it wins over the payload. */
export interface Envelope {
  readonly id?: string;
  readonly time?: number;
  readonly source?: Draft['source'];
  readonly notAfterMs?: number;
}

/** Where a message stands in the call, and in what it was wrapped. */
export interface At {
  readonly path: string;
  readonly envelope: Envelope;
}

export const AT_TOP: At = { path: '', envelope: {} };

/** `at(parent, 'batch/3')`: the same envelope, one step deeper. */
function below(at: At, step: string): At {
  return { ...at, path: at.path === '' ? step : `${at.path}/${step}` };
}

/**
 * The source a message names itself, where no envelope did. Whether it is registered is asked when the event
 * is made.
 */
export function withSource(at: At, value: unknown): Parsed<At> {
  if (at.envelope.source !== undefined || value === undefined || value === null) return ok(at);
  const source = parseSourceId(value);
  return source.ok ? ok({ ...at, envelope: { ...at.envelope, source: source.value } }) : source;
}

export function reportAt(intake: Intake, at: At, found: Problem): void {
  report(intake, at.path === '' ? found : { ...found, field: `${at.path}/${found.field}` });
}

/** Reads every entry of a batch until the bound; what is beyond it is one problem, not thousands. */
export function forEachMessage(
  entries: readonly unknown[],
  intake: Intake,
  at: { readonly at: At; readonly field: string },
  read: (entry: unknown, at: At) => void,
): void {
  for (const [index, entry] of entries.entries()) {
    const place = below(at.at, at.field === '' ? String(index) : `${at.field}/${index}`);
    if (!admitMessage(intake)) {
      report(
        intake,
        problem(place.path, 'a smaller batch', 'Split the request; the messages from here on were not read.'),
      );
      return;
    }
    read(entry, place);
  }
}

export type Occurrence = Omit<Draft, 'person' | 'source'>;

/** Finishes a draft and writes it down. `linesPath` is where the lines stood in the sender's words. */
export function emit(
  intake: Intake,
  at: At,
  made: { readonly who: Who; readonly occurrence: Occurrence; readonly linesPath: string },
): void {
  const { envelope } = at;
  const draft: Draft = {
    ...made.occurrence,
    person: made.who.person,
    ...(envelope.id === undefined ? {} : { id: envelope.id }),
    ...(envelope.time === undefined ? {} : { time: envelope.time }),
    ...(envelope.source === undefined ? {} : { source: envelope.source }),
  };
  const event = parseDraft(draft, intake, made.linesPath);
  if (!event.ok) return reportAt(intake, at, event.error);
  intake.events.push(event.value);
  if (envelope.notAfterMs !== undefined) {
    intake.expiries.push({ event: event.value.id, notAfterMs: envelope.notAfterMs });
  }
}

/** Hands on that one message named a known person and a guest. */
export function noteLink(intake: Intake, who: Who, time: unknown): void {
  if (who.guest === undefined || who.guest === who.person) return;
  intake.links.push({ known: who.person, guest: who.guest, timeMs: timeOr(intake, time) });
}

/** Hands on a "no". An empty list without a signal is none. */
export function noteObjection(
  intake: Intake,
  who: Who,
  objection: {
    readonly purposes: readonly Purpose[];
    readonly time: unknown;
    readonly signals?: Signals;
  },
): void {
  const { purposes, time, signals = NO_SIGNALS } = objection;
  if (purposes.length === 0 && signals === NO_SIGNALS) return;
  intake.objections.push({
    person: who.person,
    purposes,
    timeMs: timeOr(intake, time),
    ...(signals === NO_SIGNALS ? {} : { signals }),
  });
}

function timeOr(intake: Intake, time: unknown): number {
  const parsed = parseTime(time, 'time');
  return parsed.ok ? parsed.value : intake.context.nowMs;
}

/** Words that consent tools use for their categories, beginning of the lower-case name → our purposes. */
const CATEGORY_PURPOSES: readonly (readonly [string, readonly Purpose[]])[] = [
  ['advert', ['advertise']],
  ['target', ['advertise']],
  ['market', ['advertise', 'contact']],
  ['analytic', ['measure', 'improve']],
  ['performance', ['measure', 'improve']],
  ['statistic', ['measure', 'improve']],
  ['personal', ['recommend', 'benefit']],
  ['preference', ['recommend', 'benefit']],
  ['functional', ['recommend']],
];

/**
 * Purposes refused by a map of consent categories (`{ Advertising: false, Analytics: true }`). Only `true` is
 * not a no; a category of unknown name, and anything that is no map at all, refuses every purpose. A `true`
 * says nothing: it was not given to us, for our notice, and can never become a grant.
 */
export function refusedPurposes(preferences: unknown): readonly Purpose[] {
  if (preferences === undefined) return [];
  if (!isObject(preferences)) return GRANTABLE_PURPOSES;
  const refused = new Set<Purpose>();
  for (const [category, answer] of Object.entries(preferences)) {
    if (answer === true) continue;
    const name = category.toLowerCase();
    const known = CATEGORY_PURPOSES.find(([start]) => name.startsWith(start));
    for (const purpose of known?.[1] ?? GRANTABLE_PURPOSES) refused.add(purpose);
  }
  return GRANTABLE_PURPOSES.filter((purpose) => refused.has(purpose));
}
