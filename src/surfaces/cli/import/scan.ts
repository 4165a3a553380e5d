// The first pass over the data: how much there is, who sends it, and when it happened.

import type { Engine } from '../../../engine/engine.ts';
import { Fault } from '../../../kernel/fault.ts';
import { DAY_MS, utcDay } from '../../../kernel/time.ts';
import { count } from '../layout.ts';
import { createProgress } from '../progress.ts';
import { eventLines } from './event-lines.ts';
import { type EventScan, type LineSource, scanEvents } from './events.ts';
import type { Input } from './inputs.ts';
import { type ImportOptions, orderOptions } from './options.ts';
import { type OrderScan, scanOrders } from './orders.ts';
import { type Plan, isOld, shiftToNow } from './plan.ts';

export type Scanned =
  | { readonly kind: 'catalogue'; readonly input: Input }
  | { readonly kind: 'events'; readonly input: Input; readonly lines: LineSource; readonly scan: EventScan }
  | { readonly kind: 'orders'; readonly input: Input; readonly scan: OrderScan };

/** From here on a progress bar says how far the reading is. */
const PROGRESS_BYTES = 32 * 2 ** 20;
const MB = 1e6;

/** Fault `bad-file` when nothing in it can be read, or strict reading met a bad line. */
export async function scan(engine: Engine, input: Input, options: ImportOptions): Promise<Scanned> {
  if (input.kind === 'catalogue') return { kind: 'catalogue', input };
  const reading = input.bytes < PROGRESS_BYTES ? undefined : readingOf(input, options);
  try {
    const { onRead } = reading ?? {};
    if (input.kind === 'orders') return await ordersOf(engine, input, { options, onRead });
    const lines = await eventLines(input);
    return { kind: 'events', input, lines, scan: await scanEvents(lines(onRead)) };
  } finally {
    reading?.end();
  }
}

interface Reading {
  onRead(bytes: number): void;
  end(): void;
}

function readingOf({ name, bytes }: Input, { io, interrupt, howToGoOn }: ImportOptions): Reading {
  const progress = createProgress(io, { label: `Reading ${name}`, unit: 'MB', total: Math.ceil(bytes / MB) });
  return {
    onRead: (done) => {
      progress.update(Math.floor(done / MB));
      interrupt.check(howToGoOn);
    },
    end: () => progress.end(),
  };
}

interface OrderReading {
  readonly options: ImportOptions;
  readonly onRead: Reading['onRead'] | undefined;
}

async function ordersOf(engine: Engine, input: Input, { options, onRead }: OrderReading): Promise<Scanned> {
  const found = await scanOrders(input.file, orderOptions(engine, options), onRead);
  const { stoppedBy } = found;
  if (stoppedBy === undefined) return { kind: 'orders', input, scan: found };
  const hint = options.strict ? ' Leave out --strict to go on without such rows.' : '';
  const message = `${input.file}: line ${stoppedBy.line}: ${stoppedBy.problem}${hint}`;
  throw new Fault('bad-file', message, { retry: 'never' });
}

/** Milliseconds by which the times of this part are to be moved. */
export function shiftOf(part: Scanned, shift: ImportOptions['shift'], nowMs: number): number {
  if (part.kind !== 'orders' || shift === 'never' || Number.isNaN(part.scan.newestMs)) return 0;
  const { newestMs } = part.scan;
  return shift === 'always' || isOld(newestMs, nowMs) ? shiftToNow(newestMs, nowMs) : 0;
}

export function sayShift(part: Scanned, plan: Plan, { say, shift }: ImportOptions): void {
  const shiftMs = plan.shiftsMs[part.input.name] ?? 0;
  if (part.kind !== 'orders' || shiftMs === 0) return;
  const { oldestMs, newestMs } = part.scan;
  const keep = shift === 'old' ? ' --no-shift keeps the dates of the file.' : '';
  say(
    `These lines are of ${utcDay(oldestMs)} to ${utcDay(newestMs)}. All their times are moved by ` +
      `${count(shiftMs / (7 * DAY_MS))} whole weeks, so that they end now and the profiles are ` +
      `not empty.${keep}`,
  );
}
