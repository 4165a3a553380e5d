// Owns: the last step of every format: from fields that were picked out of a message to one bounded `Event`.
// Formats differ in names only; the bounds, the id and the time are decided here, once.

import type { Event, EventKind, Line, Traits } from '../facts/event.ts';
import {
  type EventId,
  type PersonId,
  type SourceId,
  parseDecisionId,
  parseEventId,
  parseItemId,
} from '../facts/ids.ts';
import { type Parsed, parseList, problem } from '../facts/parse.ts';
import { utf8 } from '../kernel/bytes.ts';
import { type Json, canonicalJson } from '../kernel/canonical.ts';
import { LIMITS } from '../kernel/limits.ts';
import { err, ok } from '../kernel/result.ts';
import { sha256Hex } from '../kernel/sha256.ts';
import { MINUTE_MS, parseInstant } from '../kernel/time.ts';
import { countDropped } from './allow.ts';
import type { Intake } from './intake.ts';
import { minorUnitsOf } from './money.ts';
import { idText } from './people.ts';

export interface LineDraft {
  readonly item?: unknown;
  readonly quantity?: unknown;
  /** In the currency's main unit, as number or decimal text. */
  readonly price?: unknown;
  readonly priceMinor?: unknown;
}

export interface Draft {
  /** Whatever the sender calls its id; absent → derived from the content. */
  readonly id?: unknown;
  /** Number of the order: names purchases over all formats, so that two tags on one page count once. */
  readonly order?: unknown;
  readonly kind: EventKind;
  readonly person: PersonId;
  readonly source?: SourceId;
  /** ISO 8601, epoch seconds or milliseconds; absent → now. */
  readonly time?: unknown;
  readonly lines: readonly LineDraft[];
  readonly currency?: string;
  readonly decision?: unknown;
  readonly traits?: Traits;
}

/** Kinds that are about the person alone. All others are nothing without a thing. */
const KINDS_WITHOUT_LINES: ReadonlySet<EventKind> = new Set(['declare']);

/**
 * Makes the event, or says what is wrong. `path` is where the lines stood, for messages and for the tally.
 */
export function parseDraft(draft: Draft, intake: Intake, path = 'lines'): Parsed<Event> {
  const { context } = intake;
  const source = draft.source ?? context.source;
  const channel = source === undefined ? undefined : context.channelOf(source);
  if (source === undefined || channel === undefined) {
    return err(problem('source', 'a registered source', 'Register where the data comes from, then name it.'));
  }
  const time = isAbsent(draft.time) ? ok(context.nowMs) : parseTime(draft.time, 'time');
  if (!time.ok) return time;
  const lines = parseLines(draft, intake, path);
  if (!lines.ok) return lines;
  if (lines.value.length === 0 && !KINDS_WITHOUT_LINES.has(draft.kind)) {
    return err(problem(path, 'at least one item', 'Name the items the event is about.'));
  }
  const decision = isAbsent(draft.decision) ? undefined : parseDecisionId(draft.decision);
  if (decision?.ok === false) return decision;
  const body = {
    kind: draft.kind,
    person: draft.person,
    controller: context.controller,
    source,
    channel,
    timeMs: time.value,
    lines: lines.value,
    ...(decision === undefined ? {} : { decision: decision.value }),
    ...(draft.traits === undefined ? {} : { traits: draft.traits }),
  };
  const id = eventId(draft, body);
  return id.ok ? ok({ id: id.value, ...body }) : id;
}

/** An instant from text or number, with a message for people. */
export function parseTime(value: unknown, field: string): Parsed<number> {
  const ms = typeof value === 'string' || typeof value === 'number' ? parseInstant(value) : undefined;
  if (ms === undefined) {
    return err(
      problem(field, 'an ISO 8601 instant or epoch time', 'Send for instance "2026-01-31T09:30:00Z".'),
    );
  }
  return ok(ms);
}

/** `order:<number>:<kind>`: the same name from every format and from CSV files. */
export function orderEventId(order: string, kind: 'purchase' | 'return', part = 1): Parsed<EventId> {
  return parseEventId(part === 1 ? `order:${order}:${kind}` : `order:${order}:${kind}:${part}`, 'order');
}

function eventId(draft: Draft, body: Omit<Event, 'id'>): Parsed<EventId> {
  const order = idText(draft.order);
  if (draft.kind === 'purchase' && typeof order === 'string' && order !== '')
    return orderEventId(order, 'purchase');
  if (!isAbsent(draft.id)) return parseEventId(idText(draft.id));
  // Without id and time a repeat can be known only by coming soon: the minute stands in for the time.
  const timeMs = isAbsent(draft.time) ? Math.floor(body.timeMs / MINUTE_MS) * MINUTE_MS : body.timeMs;
  const lines: Json = body.lines.map((line) => ({ ...line }));
  const traits: Json = { ...body.traits };
  return parseEventId(`sha256:${sha256Hex(utf8(canonicalJson({ ...body, timeMs, lines, traits })))}`);
}

function parseLines(draft: Draft, intake: Intake, path: string): Parsed<readonly Line[]> {
  return parseList(draft.lines, {
    field: path,
    countMax: LIMITS.linesPerEventMax,
    read: (entry) =>
      parseLine(entry as LineDraft, draft.currency, (name) => countDropped(intake.tally, `${path}/*`, name)),
  });
}

function parseLine(
  line: LineDraft,
  currency: string | undefined,
  drop: (field: string) => void,
): Parsed<Line> {
  const item = parseItemId(idText(line.item));
  if (!item.ok) return item;
  const quantity = parseQuantity(line.quantity);
  if (!quantity.ok) return quantity;
  const minor = isAbsent(line.priceMinor) ? minorUnitsOf(line.price, currency) : exactMinor(line.priceMinor);
  if (minor !== undefined) return ok({ item: item.value, quantity: quantity.value, priceMinor: minor });
  // A price that is not exact is not worth an order: the line stays, the price goes.
  if (!isAbsent(line.price) || !isAbsent(line.priceMinor)) drop('price');
  return ok({ item: item.value, quantity: quantity.value });
}

/** Whole pieces, 1 if absent. A part of a piece (0.35 kg of cheese) counts as one. */
function parseQuantity(value: unknown): Parsed<number> {
  if (isAbsent(value)) return ok(1);
  const number = typeof value === 'string' && /^\d{1,9}(\.\d{1,9})?$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !(number > 0) || number > LIMITS.quantityMax) {
    return err(
      problem(
        'quantity',
        `a number above 0, at most ${LIMITS.quantityMax}`,
        'Send pieces; returns are a kind.',
      ),
    );
  }
  return ok(Math.ceil(number));
}

function exactMinor(value: unknown): number | undefined {
  const whole = typeof value === 'number' && Number.isInteger(value);
  return whole && value >= 0 && value <= LIMITS.priceMinorMax ? value : undefined;
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}
