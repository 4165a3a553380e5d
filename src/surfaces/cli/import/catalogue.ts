// A catalogue file into the engine: CSV, merchant feed or JSON-LD, told by its first character.

import type { Engine } from '../../../engine/engine.ts';
import type { Item } from '../../../facts/item.ts';
import { problemText } from '../../../facts/parse.ts';
import { createCatalogueReader } from '../../../collect/catalogue/catalogue.ts';
import { Fault } from '../../../kernel/fault.ts';
import { type Tally, addBad } from './tally.ts';

/** Items handed over at once. */
const BATCH_ITEMS = 10_000;

export interface CatalogueImport {
  readonly pieces: AsyncIterable<string> | Iterable<string>;
  readonly name: string;
  readonly currency?: string;
  readonly tally: Tally;
}

/** Ids of the items read. Fault `bad-file` when not one could be. */
export async function importCatalogue(engine: Engine, work: CatalogueImport): Promise<ReadonlySet<string>> {
  const { tally } = work;
  const reader = createCatalogueReader(work.currency === undefined ? {} : { currency: work.currency });
  const ids = new Set<string>();
  let waiting: Item[] = [];
  const take = async (items: readonly Item[], isLast: boolean): Promise<void> => {
    for (const item of items) ids.add(item.id);
    waiting.push(...items);
    if (waiting.length === 0 || (waiting.length < BATCH_ITEMS && !isLast)) return;
    const batch = waiting;
    waiting = [];
    await engine.putItems(batch);
  };
  for await (const piece of work.pieces) await take(reader.push(piece), false);
  await take(reader.end(), true);
  const { items, sensitive, problems, problemsTotal, stopped } = reader.summary();
  if (items === 0 && (stopped || problemsTotal > 0)) {
    const [first] = problems;
    const why = first === undefined ? 'it has no items' : problemText(first);
    throw new Fault('bad-file', `${work.name}: not one item could be read. ${why}`, { retry: 'never' });
  }
  tally.items += items;
  tally.sensitiveItems += sensitive;
  tally.unmappedItems = engine.review().unmapped;
  for (const found of problems) addBad(tally, lineOf(found.field), problemText(found));
  tally.badTotal += problemsTotal - problems.length;
  return ids;
}

/** `line 12/price` → 12; 0 for formats without lines. */
function lineOf(field: string): number {
  return Number(/^line (\d+)/.exec(field)?.[1] ?? 0);
}
