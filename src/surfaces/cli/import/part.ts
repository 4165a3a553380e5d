// The second pass: one file into the engine, with its progress.

import type { Engine } from '../../../engine/engine.ts';
import type { PeopleSample } from '../demo-person.ts';
import { type Progress, createProgress } from '../progress.ts';
import { SIZES, bucketsFor, importByPerson } from './by-person.ts';
import { createDeclarer } from './declare.ts';
import { type EventImport, importEvents } from './events.ts';
import { unpackedBytes } from './inputs.ts';
import { type ImportOptions, orderOptions, sourceOf } from './options.ts';
import { importOrders } from './orders.ts';
import type { Plan } from './plan.ts';
import { reachedOf } from './reached.ts';
import type { Scanned } from './scan.ts';
import type { Tally } from './tally.ts';

export interface PartImport {
  readonly options: ImportOptions;
  readonly tally: Tally;
  readonly plan: Plan;
  /** Items the catalogue knows: what order lines say about them counts less. */
  readonly known: ReadonlySet<string>;
  readonly sample: PeopleSample;
}

type Events = Extract<Scanned, { kind: 'events' }>;
type Orders = Extract<Scanned, { kind: 'orders' }>;

export async function importPart(engine: Engine, part: Events | Orders, doing: PartImport): Promise<void> {
  const { options, tally, sample } = doing;
  const { claim, interrupt, howToGoOn } = options;
  const categories = part.kind === 'events' ? (['purchases', 'browsing'] as const) : (['purchases'] as const);
  const purposes = part.kind === 'events' && !claim.forEvents ? [] : claim.purposes;
  const declarer = createDeclarer(engine, { notice: claim.notice, categories, purposes }, tally);
  const common = { declarer, sample, tally, interrupt, howToGoOn };
  if (part.kind === 'events') {
    const source = sourceOf(claim);
    await importEventPart(engine, part, {
      doing,
      work: { ...common, lines: part.lines, source, strict: options.strict },
    });
    return;
  }
  await keepItems(engine, part, doing);
  const shiftMs = doing.plan.shiftsMs[part.input.name] ?? 0;
  const { file } = part.input;
  const progress = createProgress(options.io, { label: 'Importing', unit: 'lines', total: part.scan.rows });
  try {
    const order = { file, options: orderOptions(engine, options), shiftMs };
    await importOrders(engine, { ...common, ...order, progress });
  } finally {
    progress.end();
  }
}

/** A small file in its own order, a large one by person. */
async function importEventPart(
  engine: Engine,
  { input, scan }: Events,
  { doing, work }: { readonly doing: PartImport; readonly work: EventImport },
): Promise<void> {
  const { options, plan } = doing;
  const { io, claim } = options;
  const progressOf = (label: string, unit: string, total: number): Progress =>
    createProgress(io, { label, unit, total });
  const bytes = unpackedBytes(input);
  const { sizes = SIZES } = options;
  if (bytes < sizes.fromBytes) {
    const progress = progressOf('Importing', 'lines', scan.lines);
    try {
      await importEvents(engine, work, progress);
    } finally {
      progress.end();
    }
    return;
  }
  const buckets = bucketsFor(bytes, sizes);
  const reached = reachedOf(engine, { planId: plan.id, input, buckets, claim });
  const by = { dir: options.spillDir, buckets, lines: scan.lines, progressOf };
  await importByPerson(engine, work, { ...by, reached: await reached.read(), keep: reached.keep });
  await reached.forget();
}

/** What the order lines say about things that no catalogue names. */
async function keepItems(engine: Engine, part: Orders, { known, tally }: PartImport): Promise<void> {
  const items = part.scan.items.filter(({ id }) => !known.has(id));
  if (items.length > 0) await engine.putItems(items);
  tally.items += items.length;
  tally.sensitiveItems += items.filter(({ sensitive }) => sensitive !== undefined).length;
  if (items.length > 0) tally.unmappedItems = engine.review().unmapped;
}
