// Event lines (any format the intake knows, one JSON value per line) into the engine. One bad line costs that
// line.

import type { Engine } from '../../../engine/engine.ts';
import type { EventId, PersonId, SourceId } from '../../../facts/ids.ts';
import { NO_SIGNALS } from '../../../facts/place.ts';
import { problemText } from '../../../facts/parse.ts';
import { type CollectContext, collect } from '../../../collect/collect.ts';
import type { PeopleSample } from '../demo-person.ts';
import type { Interrupt } from '../interrupt.ts';
import type { Progress } from '../progress.ts';
import {
  type Answers,
  type ConsentImporter,
  createConsentImporter,
  keyOfLine,
  lineOfObjection,
} from './consent-lines.ts';
import type { Declarer } from './declare.ts';
import { type Layers, createLayers } from './layers.ts';
import type { TextLine } from './lines.ts';
import { type Tally, addBad, addCollected, addDropped } from './tally.ts';

/** Messages handed over at once. */
const BATCH_MESSAGES = 4096;

/** The lines of one file; each call begins anew. */
export type LineSource = () => AsyncIterable<TextLine> | Iterable<TextLine>;

export interface EventScan {
  readonly lines: number;
  /** Names of sources that lines give. */
  readonly sources: ReadonlySet<string>;
  /** What people answered in these lines. */
  readonly answers: Answers;
}

/** Counts lines, who sends them, and who answered what; nothing is kept yet. */
export async function scanEvents(engine: Engine, lines: LineSource, source?: SourceId): Promise<EventScan> {
  const sources = new Set<string>();
  const answers = new Map<PersonId, string[]>();
  const shared = new Map<string, string>();
  // A source that is not registered yet makes a yes unreadable, but an import may be about to register it.
  const context = { ...contextOf(engine, source), channelOf: () => 'web' as const };
  let count = 0;
  for await (const { text } of lines()) {
    count += 1;
    const named = sourceOf(text);
    if (named !== undefined) sources.add(named);
    if (!CONSENT.test(text)) continue;
    for (const line of collect(readJson(text)?.value, context).consents) {
      // Most people answer what many did: one text for all of them.
      const made = keyOfLine(line);
      const key = shared.get(made) ?? made;
      shared.set(key, key);
      const said = answers.get(line.person);
      if (said === undefined) answers.set(line.person, [key]);
      else said.push(key);
    }
  }
  return { lines: count, sources, answers };
}

const CONSENT = /"fineline"\s*:\s*"consent"/;

/** Fields before `source` that hold no object or list; beyond those a name may be that of something else. */
const FLAT_FIELD = String.raw`\s*"[^"\\]*"\s*:\s*(?:"[^"\\]*"|[\d.eE+-]+|true|false|null)\s*,`;
const SOURCE = new RegExp(String.raw`^\s*\{(?:${FLAT_FIELD})*?\s*"source"\s*:\s*"([^"\\]{1,128})"`);

/**
 * The value of a field `source` at the top of the object; looking at the text is much cheaper than parsing
 * it.
 */
function sourceOf(text: string): string | undefined {
  return SOURCE.exec(text)?.[1];
}

export interface EventImport {
  readonly lines: LineSource;
  readonly answers: Answers;
  /** Where lines come from that do not say. */
  readonly source?: SourceId;
  readonly strict: boolean;
  readonly declarer: Declarer;
  readonly sample: PeopleSample;
  readonly tally: Tally;
  readonly progress: Progress;
  readonly interrupt: Interrupt;
  readonly howToGoOn: string;
}

export async function importEvents(engine: Engine, work: EventImport): Promise<void> {
  const { tally, progress, interrupt } = work;
  const consents = createConsentImporter(engine, work.answers, tally);
  const layers = createLayers();
  const ends = new Map<EventId, number>();
  const context = contextOf(engine, work.source);
  let done = 0;
  let stopped = false;
  for await (const line of work.lines()) {
    done += 1;
    stopped = !takeLine(line, { context, layers, ends, tally }) && work.strict;
    if (layers.size >= BATCH_MESSAGES || stopped) {
      await sendLayers(engine, { layers, ends, consents, work });
      progress.update(done);
      interrupt.check(work.howToGoOn);
    }
    if (stopped) break;
  }
  await sendLayers(engine, { layers, ends, consents, work });
  progress.update(done);
  tally.lines += done;
}

function contextOf(engine: Engine, source: SourceId | undefined): CollectContext {
  const { config, sources, world } = engine.core;
  return {
    controller: config.controller,
    ...(source === undefined ? {} : { source }),
    channelOf: (id) => sources.get(id)?.channel,
    nowMs: world.clock.nowMs(),
  };
}

interface Taking {
  readonly context: CollectContext;
  readonly layers: Layers;
  /** Until when a sender lets an event be kept. */
  readonly ends: Map<EventId, number>;
  readonly tally: Tally;
}

/** `false` when something in the line was wrong. */
function takeLine({ number, text, isTooLong }: TextLine, { context, layers, ends, tally }: Taking): boolean {
  const read = isTooLong ? undefined : readJson(text);
  if (read === undefined) {
    addBad(
      tally,
      number,
      isTooLong
        ? 'line: expected at most 1 MB. Split it.'
        : 'line: expected one JSON value. Repair or remove it.',
    );
    return false;
  }
  const found = collect(read.value, context);
  addDropped(tally, found.dropped);
  tally.leftOut += found.ignored;
  tally.events += found.events.length;
  for (const each of found.problems) addBad(tally, number, problemText(each));
  tally.badTotal += found.problemsTotal - found.problems.length;
  for (const event of found.events) layers.addEvent(event);
  for (const { event, notAfterMs } of found.expiries) ends.set(event, notAfterMs);
  for (const line of found.consents) layers.addConsent(line);
  for (const objection of found.objections) {
    if (context.source !== undefined) layers.addConsent(lineOfObjection(objection, context.source));
    else if (found.events[0] !== undefined)
      layers.addConsent(lineOfObjection(objection, found.events[0].source));
  }
  return found.problemsTotal === 0;
}

function readJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

interface Sending {
  readonly layers: Layers;
  readonly ends: Map<EventId, number>;
  readonly consents: ConsentImporter;
  readonly work: EventImport;
}

async function sendLayers(engine: Engine, { layers, ends, consents, work }: Sending): Promise<void> {
  for (const layer of layers.take()) {
    if (layer.kind === 'consents') {
      await consents.keep(layer.consents);
      continue;
    }
    for (const { person } of layer.events) work.sample.offer(person);
    const silent = layer.events.filter(({ person }) => !work.answers.has(person));
    await work.declarer.declare(new Map(silent.map(({ person }) => [person, undefined])));
    addCollected(
      work.tally,
      await engine.collect({ events: layer.events, signals: NO_SIGNALS, notAfterMs: ends }),
    );
  }
  ends.clear();
}
