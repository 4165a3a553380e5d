/*
 * The catalogue of an evaluation: further things, and what is said of them.
 */
import { feedColumns } from '../../../collect/catalogue/feed-fields.ts';
import { cleanText, pathSteps } from '../../../collect/catalogue/clean.ts';
import { LIMITS } from '../../../kernel/limits.ts';
import type { Described } from '../../../learn/models/likeness.ts';
import { badFile, readCsv, type RowSink } from './csv.ts';
import { type Ids, idIn } from './events.ts';

/** What is said of things, by their number in the interner. */
export type Catalogue = ReadonlyMap<number, Described>;

/** What is read beside the id, under any name that a catalogue of the shop may give it. */
type Said = 'title' | 'category' | 'brand';

/**
 * Reads `item` and, where there are any, title, category (`A > B > C`) and brand. Of a thing that stands
 * there twice the first row counts that says something.
 */
export async function readCatalogue(file: string, ids: Ids): Promise<Catalogue> {
  const catalogue = new Map<number, Described>();
  await readCsv(file, (header): RowSink => {
    const place = header.indexOf('item');
    if (place < 0) throw badFile(`${file}, line 1: no column "item" among ${header.join(', ')}`);
    const columns = feedColumns(header);
    return (fields, line) => {
      const thing = ids.items.numberOf(idIn(fields, place, 'item', file, line));
      const described = describedIn((said) => fields[columns.indexOf(said)] ?? '');
      if (described !== undefined && !catalogue.has(thing)) catalogue.set(thing, described);
    };
  });
  return catalogue;
}

function describedIn(textOf: (said: Said) => string): Described | undefined {
  const title = cleanText(textOf('title'), LIMITS.titleLengthMax);
  const path = pathSteps(textOf('category'));
  const brand = cleanText(textOf('brand'), LIMITS.titleLengthMax);
  if (title === '' && path.length === 0 && brand === '') return undefined;
  return { title, path, ...(brand !== '' && { brand }) };
}
