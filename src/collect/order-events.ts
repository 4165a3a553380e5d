// Owns: the order that is being gathered, and the events it becomes. An order that is longer than an event
// may be is cut into parts; one whose rows come back later in the file goes on as a further part, because an
// event with the same id would count as a repeat. The names depend on the file alone, so a second import
// changes nothing.

import type { Channel } from '../facts/channel.ts';
import type { Event, Line } from '../facts/event.ts';
import type { ControllerId, PersonId, SourceId } from '../facts/ids.ts';
import type { Place } from '../facts/place.ts';
import { assert } from '../kernel/assert.ts';
import { utf8 } from '../kernel/bytes.ts';
import { LIMITS } from '../kernel/limits.ts';
import { sha256Hex } from '../kernel/sha256.ts';
import { orderEventId } from './draft.ts';
import { ownCopy } from './item-table.ts';

export interface OrderLinesOptions {
  readonly controller: ControllerId;
  readonly source: SourceId;
  readonly channel: Channel;
  /** ISO 4217; a currency column wins. Decides how many digits a price may have behind its point. */
  readonly currency?: string;
  /** Stop at the first bad row instead of going on without it. */
  readonly strict: boolean;
}

/**
 * An order that was read, with the country it named: that decides which law holds, and is no fact about the
 * person.
 */
export interface ImportedOrder {
  readonly event: Event;
  readonly place?: Place;
}

/** The order that is being gathered. */
export interface OpenOrder {
  /** Its number; empty when the file has none: then it is what one person does at one time. */
  readonly order: string;
  readonly person: PersonId;
  readonly timeMs: number;
  readonly country: string | undefined;
  readonly purchase: Line[];
  readonly return: Line[];
}

/** Orders remembered, to know one that comes back. Files are sorted by order or nearly so. */
const ORDERS_REMEMBERED = 65_536;

export interface OrderNames {
  /** 1 for the first part of an order's purchases or returns, then 2, 3, … */
  nextPart(name: string): number;
}

export function createOrderNames(): OrderNames {
  const parts = new Map<string, number>();
  return {
    nextPart(name) {
      const part = (parts.get(name) ?? 0) + 1;
      parts.set(part === 1 ? ownCopy(name) : name, part);
      if (parts.size > ORDERS_REMEMBERED)
        for (const oldest of parts.keys()) return forget(parts, oldest, part);
      return part;
    },
  };
}

function forget(parts: Map<string, number>, oldest: string, part: number): number {
  parts.delete(oldest);
  return part;
}

/** The events of an order: its purchases, then its returns. */
export function eventsOf(
  open: OpenOrder,
  options: OrderLinesOptions,
  names: OrderNames,
): readonly ImportedOrder[] {
  const number = open.order === '' ? unnumbered(open) : open.order;
  const orders: ImportedOrder[] = [];
  for (const kind of ['purchase', 'return'] as const) {
    const lines = merged(open[kind]);
    for (let at = 0; at < lines.length; at += LIMITS.linesPerEventMax) {
      const part = names.nextPart(`${number}:${kind}`);
      const plain = number.length > NUMBER_LENGTH_MAX ? undefined : orderEventId(number, kind, part);
      const id = plain?.ok === true ? plain : orderEventId(hashed(number), kind, part);
      assert(id.ok, 'a hash makes an id');
      const event: Event = {
        id: id.value,
        kind,
        person: open.person,
        controller: options.controller,
        source: options.source,
        channel: options.channel,
        timeMs: open.timeMs,
        lines: lines.slice(at, at + LIMITS.linesPerEventMax),
      };
      orders.push(open.country === undefined ? { event } : { event, place: { country: open.country } });
    }
  }
  return orders;
}

/** Leaves room for `order:`, the kind and the part within `LIMITS.idLengthMax`. */
const NUMBER_LENGTH_MAX = 100;

function unnumbered(open: OpenOrder): string {
  return hashed(`${open.timeMs} ${open.person}`);
}

function hashed(text: string): string {
  return sha256Hex(utf8(text)).slice(0, 32);
}

/** Lines of one thing at one price are one line. */
function merged(lines: readonly Line[]): readonly Line[] {
  if (lines.length < 2) return lines;
  const byKey = new Map<string, Line>();
  for (const line of lines) {
    const key = `${line.priceMinor ?? ''} ${line.item}`;
    const known = byKey.get(key);
    const quantity = Math.min(line.quantity + (known?.quantity ?? 0), LIMITS.quantityMax);
    byKey.set(key, known === undefined ? line : { ...known, quantity });
  }
  return [...byKey.values()];
}
