// The door of the intake: one JSON value in, events and evidence out. It parses and bounds in memory and
// allows nothing: what may be kept is for `consent` to say. It never throws, whatever the value is, and never
// keeps a field that is not on a list.

import { type Problem, problem } from '../facts/parse.ts';
import { isObject } from './allow.ts';
import { openCloudEvent } from './cloudevents.ts';
import { formatOf, kindInType } from './detect.ts';
import { AT_TOP, type At, forEachMessage, reportAt } from './emit.ts';
import { readConsentLine, readPlainEvent } from './fineline.ts';
import { readDataLayer, readGa4Batch, readGa4Event } from './ga4.ts';
import { type CollectContext, type Collected, type Intake, collected, createIntake } from './intake.ts';
import { readSegment, readSegmentBatch } from './segment.ts';

/**
 * Reads one message, or a list of messages of any of the formats: CloudEvents, Segment, GA4, our own plain
 * events and consent lines. One bad message is a problem with its place; the others go in.
 *
 *     collect({ kind: 'view', person: 'p1', time: 1767225600, lines: [{ item: 'coat' }] },
 *     context).events.length // 1
 */
export function collect(value: unknown, context: CollectContext): Collected {
  const intake = createIntake(context);
  if (isGtagCall(value)) {
    readMessage({ name: value[1], params: value[2] }, intake, AT_TOP);
  } else if (Array.isArray(value)) {
    forEachMessage(value, intake, { at: AT_TOP, field: '' }, (entry, at) => readMessage(entry, intake, at));
  } else {
    readMessage(value, intake, AT_TOP);
  }
  return collected(intake);
}

/** `gtag('event', name, params)` as its arguments. */
function isGtagCall(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value[0] === 'event' && typeof value[1] === 'string';
}

function readMessage(value: unknown, intake: Intake, at: At): void {
  const format = isObject(value) ? formatOf(value) : undefined;
  if (!isObject(value) || format === undefined) return reportAt(intake, at, UNKNOWN);
  if (format === 'cloudevent') readCloudEvent(value, intake, at);
  else READERS[format](value, intake, at);
}

function readCloudEvent(value: Readonly<Record<string, unknown>>, intake: Intake, at: At): void {
  const opened = openCloudEvent(value, intake);
  if (!opened.ok) return reportAt(intake, at, opened.error);
  const { data, envelope, type } = opened.value;
  const format = formatOf(data) ?? 'plain';
  const inside: At = { path: at.path === '' ? 'data' : `${at.path}/data`, envelope };
  // One envelope is one occurrence: what would be many inside it, or a second envelope, cannot share its id.
  if (format === 'cloudevent' || format === 'segment-batch') return reportAt(intake, inside, NESTED);
  if (format === 'plain') readPlainEvent(data, intake, inside, kindInType(type));
  else READERS[format](data, intake, inside);
}

type Reader = (value: Readonly<Record<string, unknown>>, intake: Intake, at: At) => void;

const READERS: Readonly<Record<Exclude<NonNullable<ReturnType<typeof formatOf>>, 'cloudevent'>, Reader>> = {
  consent: readConsentLine,
  'segment-batch': readSegmentBatch,
  segment: readSegment,
  'ga4-batch': readGa4Batch,
  ga4: readGa4Event,
  'data-layer': readDataLayer,
  plain: readPlainEvent,
};

const UNKNOWN: Problem = problem(
  'message',
  'a CloudEvent, Segment message, GA4 event, plain event or consent line',
  'See docs: each is a JSON object; a list of them is a batch.',
);
const NESTED: Problem = problem(
  'data',
  'one event',
  'Send a batch of CloudEvents instead of a batch inside one.',
);

export type { CollectContext, Collected, ConsentLine, Objection } from './intake.ts';
