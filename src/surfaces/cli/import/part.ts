// The second pass: one file into the engine, with its progress.

import type { Engine } from '../../../engine/engine.ts';
import type { PeopleSample } from '../demo-person.ts';
import { createProgress } from '../progress.ts';
import { createDeclarer } from './declare.ts';
import { importEvents } from './events.ts';
import { type ImportOptions, orderOptions, sourceOf } from './options.ts';
import { importOrders } from './orders.ts';
import type { Plan } from './plan.ts';
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
  const { claim, io, interrupt, howToGoOn } = options;
  const total = part.kind === 'events' ? part.scan.lines : part.scan.rows;
  const progress = createProgress(io, { label: 'Importing', unit: 'lines', total });
  const categories = part.kind === 'events' ? (['purchases', 'browsing'] as const) : (['purchases'] as const);
  const purposes = part.kind === 'events' && !claim.forEvents ? [] : claim.purposes;
  const declarer = createDeclarer(engine, { notice: claim.notice, categories, purposes }, tally);
  const common = { declarer, sample, tally, progress, interrupt, howToGoOn };
  try {
    if (part.kind === 'events') {
      const { lines, scan } = part;
      const source = sourceOf(claim);
      await importEvents(engine, { ...common, lines, answers: scan.answers, source, strict: options.strict });
    } else {
      await keepItems(engine, part, doing);
      const shiftMs = doing.plan.shiftsMs[part.input.name] ?? 0;
      const { file } = part.input;
      await importOrders(engine, { ...common, file, options: orderOptions(engine, options), shiftMs });
    }
  } finally {
    progress.end();
  }
}

/** What the order lines say about things that no catalogue names. */
async function keepItems(engine: Engine, part: Orders, { known, tally }: PartImport): Promise<void> {
  const items = part.scan.items.filter(({ id }) => !known.has(id));
  if (items.length > 0) await engine.putItems(items);
  tally.items += items.length;
  tally.sensitiveItems += items.filter(({ sensitive }) => sensitive !== undefined).length;
}
