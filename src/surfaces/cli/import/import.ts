// An import from beginning to end: plan, catalogue, events, order lines. The same way for `start --data`, `import` and the town;
// they differ in what they declare and in where times are put.

import type { Engine } from '../../../engine/engine.ts';
import { type PersonId, type SourceId, parseSourceId } from '../../../facts/ids.ts';
import type { Channel } from '../../../facts/channel.ts';
import type { NoticeRef } from '../../../facts/grant.ts';
import type { Purpose } from '../../../facts/purpose.ts';
import type { Basis } from '../../../facts/source.ts';
import { Fault } from '../../../kernel/fault.ts';
import { DAY_MS, utcDay } from '../../../kernel/time.ts';
import { usage } from '../command.ts';
import type { Interrupt } from '../interrupt.ts';
import type { Io } from '../io.ts';
import { count } from '../layout.ts';
import { createProgress } from '../progress.ts';
import { type PeopleSample, createSample } from '../demo-person.ts';
import { importCatalogue } from './catalogue.ts';
import { createDeclarer } from './declare.ts';
import { type EventScan, type LineSource, importEvents, scanEvents } from './events.ts';
import { eventLines } from './event-lines.ts';
import type { Input } from './inputs.ts';
import { type OrderScan, importOrders, scanOrders } from './orders.ts';
import { textPieces } from './pieces.ts';
import { type Plan, beginPlan, isOld, shiftToNow } from './plan.ts';
import { channelOfName, registerClaim } from './sources.ts';
import { type Tally, createTally } from './tally.ts';

/** What the importer vouches for, for the data as a whole. */
export interface Claim {
  /** Source of lines that name none. */
  readonly source: string;
  readonly description: string;
  readonly channel: Channel;
  readonly basis: Basis;
  readonly notice: NoticeRef;
  /** Purposes for which consent is declared; none when the data rest on the contract. */
  readonly purposes: readonly Purpose[];
  /** Also for people in event files who answered nothing there; else such files speak for themselves. */
  readonly forEvents: boolean;
}

export interface ImportOptions {
  readonly claim: Claim;
  readonly currency?: string;
  readonly strict: boolean;
  /** `old`: move data that ended long ago so that they end now; `always`: move whatever ended; `never`. */
  readonly shift: 'never' | 'old' | 'always';
  /** Sources that event lines name and nobody registered are registered under the claim, instead of being refused. */
  readonly adoptSources: boolean;
  readonly howToGoOn: string;
  readonly interrupt: Interrupt;
  readonly io: Io;
  /** Hears what a reader should know: sources, shifts, bases. */
  readonly say: (text: string) => void;
}

export interface Imported {
  readonly tally: Tally;
  readonly plan: Plan;
  /** Sources registered under the claim. */
  readonly sources: readonly SourceId[];
  /** A few of the people in the data, the same ones each time. */
  readonly people: readonly PersonId[];
  /** Strict reading ended at a bad line. */
  readonly stopped: boolean;
}

type Scanned =
  | { readonly kind: 'catalogue'; readonly input: Input }
  | { readonly kind: 'events'; readonly input: Input; readonly lines: LineSource; readonly scan: EventScan }
  | { readonly kind: 'orders'; readonly input: Input; readonly scan: OrderScan };

/** Reads everything twice: what is there, then in it goes. Idempotent, so an interrupted import is simply run again. */
export async function importInputs(
  engine: Engine,
  named: { readonly id: string; readonly label: string; readonly inputs: readonly Input[] },
  options: ImportOptions,
): Promise<Imported> {
  const { io, interrupt, howToGoOn } = options;
  const tally = createTally();
  const parts: Scanned[] = [];
  for (const input of named.inputs) {
    if (io.isLive) io.err(`\rReading ${input.name} …\u001b[K`);
    parts.push(await scan(engine, input, options));
    interrupt.check(howToGoOn);
  }
  if (io.isLive) io.err('\r\u001b[K');
  const nowMs = engine.core.world.clock.nowMs();
  const plan = await beginPlan(engine, {
    id: named.id,
    label: named.label,
    startedMs: nowMs,
    shiftsMs: Object.fromEntries(parts.map((part) => [part.input.name, shiftOf(part, options.shift, nowMs)])),
  });
  for (const part of parts) sayShift(part, plan, options);
  const sources = await claimSources(engine, parts, options);
  const sample = createSample();
  let known: ReadonlySet<string> = new Set(engine.items().keys());
  for (const part of parts) {
    if (part.kind === 'catalogue') {
      const pieces = textPieces(part.input.file);
      const { currency } = options;
      known = await importCatalogue(engine, {
        pieces,
        name: part.input.file,
        tally,
        ...(currency === undefined ? {} : { currency }),
      });
    } else {
      await importPart(engine, part, { options, tally, plan, known, sample });
    }
    interrupt.check(howToGoOn);
  }
  const stopped = options.strict && tally.badTotal > 0;
  return { tally, plan, sources, people: sample.people, stopped };
}

async function scan(engine: Engine, input: Input, options: ImportOptions): Promise<Scanned> {
  if (input.kind === 'catalogue') return { kind: 'catalogue', input };
  if (input.kind === 'events') {
    const lines = await eventLines(input);
    const source = parseSourceId(options.claim.source);
    const scanned = await scanEvents(engine, lines, source.ok ? source.value : undefined);
    return { kind: 'events', input, lines, scan: scanned };
  }
  const found = await scanOrders(input.file, orderOptions(engine, options));
  const { stoppedBy } = found;
  if (stoppedBy !== undefined) {
    const hint = options.strict ? ' Leave out --strict to go on without such rows.' : '';
    throw new Fault('bad-file', `${input.file}: line ${stoppedBy.line}: ${stoppedBy.problem}${hint}`, {
      retry: 'never',
    });
  }
  return { kind: 'orders', input, scan: found };
}

function orderOptions(engine: Engine, { claim, currency, strict }: ImportOptions) {
  const source = parseSourceId(claim.source);
  if (!source.ok) throw usage(`--source: ${source.error.expected}`);
  const { controller } = engine.core.config;
  const options = { controller, source: source.value, channel: claim.channel, strict };
  return currency === undefined ? options : { ...options, currency };
}

function shiftOf(part: Scanned, shift: ImportOptions['shift'], nowMs: number): number {
  if (part.kind !== 'orders' || shift === 'never' || Number.isNaN(part.scan.newestMs)) return 0;
  const { newestMs } = part.scan;
  return shift === 'always' || isOld(newestMs, nowMs) ? shiftToNow(newestMs, nowMs) : 0;
}

function sayShift(part: Scanned, plan: Plan, { say, shift }: ImportOptions): void {
  const shiftMs = plan.shiftsMs[part.input.name] ?? 0;
  if (part.kind !== 'orders' || shiftMs === 0) return;
  const { oldestMs, newestMs } = part.scan;
  const keep = shift === 'old' ? ' --no-shift keeps the dates of the file.' : '';
  say(
    `These lines are of ${utcDay(oldestMs)} to ${utcDay(newestMs)}. All their times are moved by ` +
      `${count(shiftMs / (7 * DAY_MS))} whole weeks, so that they end now and the profiles are not empty.${keep}`,
  );
}

/** Registers what the data need. Sources that stand in the settings are left as they are. */
async function claimSources(
  engine: Engine,
  parts: readonly Scanned[],
  options: ImportOptions,
): Promise<readonly SourceId[]> {
  const { claim } = options;
  const registered = [await registerClaim(engine, { ...claim, id: claim.source, noticeId: claim.notice.id })];
  if (!options.adoptSources) return registered;
  for (const part of parts) {
    if (part.kind !== 'events') continue;
    for (const name of part.scan.sources) {
      const id = parseSourceId(name);
      if (!id.ok || engine.core.sources.has(id.value)) continue;
      const description = `${name}, as named in ${part.input.name}`;
      const made = {
        id: name,
        channel: channelOfName(name),
        basis: claim.basis,
        noticeId: claim.notice.id,
        description,
      };
      registered.push(await registerClaim(engine, made));
    }
  }
  return registered;
}

interface Doing {
  readonly options: ImportOptions;
  readonly tally: Tally;
  readonly plan: Plan;
  /** Items the catalogue knows: what order lines say about them counts less. */
  readonly known: ReadonlySet<string>;
  readonly sample: PeopleSample;
}

async function importPart(
  engine: Engine,
  part: Exclude<Scanned, { kind: 'catalogue' }>,
  doing: Doing,
): Promise<void> {
  const { options, tally, plan, known, sample } = doing;
  const { claim, io, interrupt, howToGoOn } = options;
  const total = part.kind === 'events' ? part.scan.lines : part.scan.rows;
  const progress = createProgress(io, { label: 'Importing', unit: 'lines', total });
  const categories = part.kind === 'events' ? (['purchases', 'browsing'] as const) : (['purchases'] as const);
  const declarer = createDeclarer(
    engine,
    { notice: claim.notice, categories, purposes: claim.purposes },
    tally,
  );
  try {
    if (part.kind === 'events') {
      const source = parseSourceId(claim.source);
      const common = {
        lines: part.lines,
        strict: options.strict,
        declarer,
        sample,
        tally,
        progress,
        interrupt,
        howToGoOn,
      };
      await importEvents(engine, source.ok ? { ...common, source: source.value } : common);
      return;
    }
    const items = part.scan.items.filter(({ id }) => !known.has(id));
    if (items.length > 0) await engine.putItems(items);
    tally.items += items.length;
    tally.sensitiveItems += items.filter(({ sensitive }) => sensitive !== undefined).length;
    const shiftMs = plan.shiftsMs[part.input.name] ?? 0;
    const { file } = part.input;
    const work = {
      file,
      options: orderOptions(engine, options),
      shiftMs,
      declarer,
      sample,
      tally,
      progress,
      interrupt,
      howToGoOn,
    };
    await importOrders(engine, work);
  } finally {
    progress.end();
  }
}

/** Fault `bad-file` when nothing of the data could be used, for reasons that lie in the data. */
export function assertUseful(tally: Tally, label: string): void {
  if (tally.admitted + tally.repeated > 0) return;
  const [first] = tally.bad;
  if (tally.lines === 0)
    throw new Fault('bad-file', `${label}: there is not one line of data in it.`, { retry: 'never' });
  if (first === undefined || tally.badTotal < tally.lines) return;
  const where = first.line > 0 ? `line ${first.line}: ` : '';
  throw new Fault('bad-file', `${label}: not one line could be used. First: ${where}${first.problem}`, {
    retry: 'never',
  });
}
