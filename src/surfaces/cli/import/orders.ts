// Order lines into the engine, in two passes over the file: the first counts, finds the time range and the
// table of things; the second imports. Memory is bounded by the things and people, not by the lines.

import type { Engine } from '../../../engine/engine.ts';
import type { Event } from '../../../facts/event.ts';
import type { PersonId } from '../../../facts/ids.ts';
import type { Item } from '../../../facts/item.ts';
import type { Place } from '../../../facts/place.ts';
import { NO_SIGNALS } from '../../../facts/signals.ts';
import { problemText } from '../../../facts/parse.ts';
import { LIMITS } from '../../../kernel/limits.ts';
import { type OrderLines, createOrderLines } from '../../../collect/order-lines.ts';
import type { ImportedOrder, OrderLinesOptions } from '../../../collect/order-events.ts';
import type { PeopleSample } from '../demo-person.ts';
import type { Interrupt } from '../interrupt.ts';
import type { Progress } from '../progress.ts';
import type { Declarer } from './declare.ts';
import { textPieces } from './pieces.ts';
import { type Tally, addBad, addCollected } from './tally.ts';

/** Orders handed over at once: about 10,000 lines of wholesale, some 100 ms of the engine. */
const BATCH_ORDERS = 512;

export interface OrderScan {
  readonly rows: number;
  readonly orders: number;
  /** Range of the orders' times; NaN when there is none. */
  readonly oldestMs: number;
  readonly newestMs: number;
  readonly items: readonly Item[];
  /** Why nothing can be read at all: the first bad row of a file that was stopped. */
  readonly stoppedBy?: { readonly line: number; readonly problem: string };
}

export async function scanOrders(
  file: string,
  options: OrderLinesOptions,
  onRead?: (bytes: number) => void,
): Promise<OrderScan> {
  const lines = createOrderLines(options);
  let orders = 0;
  let oldestMs = Number.NaN;
  let newestMs = Number.NaN;
  const look = (found: readonly ImportedOrder[]): void => {
    for (const { event } of found) {
      orders += 1;
      if (!(event.timeMs >= oldestMs)) oldestMs = event.timeMs;
      if (!(event.timeMs <= newestMs)) newestMs = event.timeMs;
    }
  };
  for await (const piece of textPieces(file, onRead)) look(lines.push(piece));
  look(lines.end());
  const { rows, stopped, bad } = lines.summary();
  const items = lines.catalogueFromLines(LIMITS.peopleInsideMin);
  const scan = { rows, orders, oldestMs, newestMs, items };
  const [first] = bad;
  if (!stopped || first === undefined) return scan;
  return { ...scan, stoppedBy: { line: first.line, problem: problemText(first.problem) } };
}

export interface OrderImport {
  readonly file: string;
  readonly options: OrderLinesOptions;
  /** Milliseconds added to every time. */
  readonly shiftMs: number;
  readonly declarer: Declarer;
  readonly sample: PeopleSample;
  readonly tally: Tally;
  readonly progress: Progress;
  readonly interrupt: Interrupt;
  readonly howToGoOn: string;
}

export async function importOrders(engine: Engine, work: OrderImport): Promise<void> {
  const { file, progress, interrupt, tally } = work;
  const lines = createOrderLines(work.options);
  let waiting: ImportedOrder[] = [];
  let sending: Promise<void> = Promise.resolve();
  const send = async (): Promise<void> => {
    // One batch is being written while the next is being read.
    await sending;
    progress.update(lines.summary().rows);
    const batch = waiting;
    waiting = [];
    sending = sendOrders(engine, batch, work);
    // Awaited by the next turn or at the end; until then nobody looks, which must not count as unhandled.
    sending.catch(() => undefined);
  };
  try {
    for await (const piece of textPieces(file)) {
      for (const order of lines.push(piece)) {
        waiting.push(order);
        if (waiting.length < BATCH_ORDERS) continue;
        await send();
        interrupt.check(work.howToGoOn);
      }
    }
    waiting.push(...lines.end());
    await send();
  } finally {
    await sending;
    addSummary(tally, lines);
  }
}

async function sendOrders(engine: Engine, batch: readonly ImportedOrder[], work: OrderImport): Promise<void> {
  const people = new Map<PersonId, Place | undefined>();
  const byCountry = new Map<string, { readonly place: Place | undefined; readonly events: Event[] }>();
  for (const { event, place } of batch) {
    if (!people.has(event.person)) people.set(event.person, place);
    work.sample.offer(event.person);
    const country = place?.country ?? '';
    const group = byCountry.get(country) ?? { place, events: [] };
    group.events.push(work.shiftMs === 0 ? event : { ...event, timeMs: event.timeMs + work.shiftMs });
    byCountry.set(country, group);
  }
  await work.declarer.declare(people);
  // The place decides which law holds when an order is admitted.
  const collected = [...byCountry.values()].map(({ place, events }) =>
    engine.collect({ events, signals: NO_SIGNALS, ...(place === undefined ? {} : { place }) }),
  );
  for (const each of await Promise.all(collected)) addCollected(work.tally, each);
}

function addSummary(tally: Tally, lines: OrderLines): void {
  const { rows, events, anonymous, leftOut, bad, badTotal } = lines.summary();
  tally.lines += rows;
  tally.events += events;
  tally.anonymous += anonymous;
  tally.leftOut += leftOut;
  for (const { line, problem } of bad) addBad(tally, line, problemText(problem));
  tally.badTotal += badTotal - bad.length;
}
