// What the lines of an event file become: events and answers, one entry each, in the order of the file.

import type { Engine } from '../../../engine/engine.ts';
import { signalsOf } from '../../../engine/intake.ts';
import type { Event } from '../../../facts/event.ts';
import type { PersonId, SourceId } from '../../../facts/ids.ts';
import { problemText } from '../../../facts/parse.ts';
import { type CollectContext, type ConsentLine, collect } from '../../../collect/collect.ts';
import { keyOfLine, lineOfObjection } from './consent-lines.ts';
import type { TextLine } from './lines.ts';
import { type Tally, addBad, addDropped } from './tally.ts';

/**
 * One thing that one person did or said. Plain JSON, so that it can be written down and read back. An
 * objection travelled with an event, as often as there are events; other answers stand for themselves.
 */
export type Entry =
  | {
      readonly kind: 'event';
      readonly event: Event;
      /** Until when its sender lets it be kept. */
      readonly notAfterMs?: number;
    }
  | { readonly kind: 'answer'; readonly line: ConsentLine; readonly isObjection: boolean };

export function contextOf(engine: Engine, source: SourceId | undefined): CollectContext {
  const { config, sources, strings, world } = engine.core;
  return {
    controller: config.controller,
    ...(source === undefined ? {} : { source }),
    channelOf: (id) => sources.get(id)?.channel,
    nowMs: world.clock.nowMs(),
    readSignals: (json) => signalsOf({ secGpc: undefined, json }, strings),
  };
}

interface Read {
  readonly entries: readonly Entry[];
  /** Nothing in the line was wrong. */
  readonly isGood: boolean;
}

/** What is wrong with the line goes into the tally with its number. */
export function readEntries(line: TextLine, context: CollectContext, tally: Tally): Read {
  const { number } = line;
  const read = line.isTooLong ? undefined : readJson(line.text);
  if (read === undefined) {
    const problem = line.isTooLong
      ? 'line: expected at most 1 MB. Split it.'
      : 'line: expected one JSON value. Repair or remove it.';
    addBad(tally, number, problem);
    return { entries: [], isGood: false };
  }
  const found = collect(read.value, context);
  addDropped(tally, found.dropped);
  tally.leftOut += found.ignored;
  tally.events += found.events.length;
  for (const each of found.problems) addBad(tally, number, problemText(each));
  tally.badTotal += found.problemsTotal - found.problems.length;
  const ends = new Map(found.expiries.map(({ event, notAfterMs }) => [event, notAfterMs]));
  const entries: Entry[] = [];
  for (const event of found.events) {
    const notAfterMs = ends.get(event.id);
    entries.push(notAfterMs === undefined ? { kind: 'event', event } : { kind: 'event', event, notAfterMs });
  }
  for (const said of found.consents) entries.push({ kind: 'answer', line: said, isObjection: false });
  const source = context.source ?? found.events[0]?.source;
  for (const objection of found.objections) {
    if (source !== undefined)
      entries.push({ kind: 'answer', line: lineOfObjection(objection, source), isObjection: true });
  }
  return { entries, isGood: found.problemsTotal === 0 };
}

const CONSENT = /"fineline"\s*:\s*"consent"/;

export interface Answered {
  readonly person: PersonId;
  /** `keyOfLine`. */
  readonly key: string;
}

/**
 * Who answers in this line, and what. Also where the line cannot be taken in because nobody registered its
 * source: nothing may then be declared for somebody who did answer.
 */
export function answeredIn(text: string, context: CollectContext): readonly Answered[] {
  if (!CONSENT.test(text)) return [];
  const { consents } = collect(readJson(text)?.value, { ...context, channelOf: () => 'web' });
  return consents.map((line) => ({ person: line.person, key: keyOfLine(line) }));
}

function readJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
