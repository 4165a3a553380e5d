// The door of the catalogue: text in pieces in, items out. The format is told by its first character: `<` is
// an XML feed, `{` and `[` are JSON-LD, anything else is a table. Items are public data about things; what is
// wrong with one is reported with its place, and the others go in.

import type { Item } from '../../facts/item.ts';
import { type Problem, problem } from '../../facts/parse.ts';
import { LIMITS } from '../../kernel/limits.ts';
import { type ItemDraft, readItem } from './item-draft.ts';
import { createJsonLd } from './json-ld.ts';
import type { CatalogueFormat, CatalogueSheet } from './sheet.ts';
import { createTableCatalogue } from './table-catalogue.ts';
import { createXmlFeed } from './xml-feed.ts';

export interface CatalogueSummary {
  readonly items: number;
  /** Items with a sensitive class. */
  readonly sensitive: number;
  /** The first `CATALOGUE_PROBLEMS_MAX`; `problemsTotal` counts all. */
  readonly problems: readonly Problem[];
  readonly problemsTotal: number;
  /** The rest of the text was not read. */
  readonly stopped: boolean;
}

export interface CatalogueReader {
  /**
   * Reads on; answers the items that became complete. An id that comes twice comes out twice: the later one
   * holds.
   */
  push(text: string): readonly Item[];
  end(): readonly Item[];
  summary(): CatalogueSummary;
}

const CATALOGUE_PROBLEMS_MAX = 100;

/** `currency` (ISO 4217) holds where prices name none. */
export function createCatalogueReader(options: { readonly currency?: string } = {}): CatalogueReader {
  const problems: Problem[] = [];
  const counts = { items: 0, sensitive: 0, problemsTotal: 0 };
  let stopped = false;
  let items: Item[] = [];
  let format: CatalogueFormat | undefined;
  let head = '';

  const report = (found: Problem): void => {
    counts.problemsTotal += 1;
    if (problems.length < CATALOGUE_PROBLEMS_MAX) problems.push(found);
  };
  const refuse = (found: Problem): void => {
    if (!stopped) report(found);
    stopped = true;
  };
  const add = (draft: ItemDraft, place: string): void => {
    if (stopped) return;
    const read = readItem(draft, options.currency);
    for (const found of read.problems) report({ ...found, field: `${place}/${found.field}` });
    if (read.item === undefined) return;
    if (counts.items >= LIMITS.catalogueItemsMax) {
      return refuse(problem(place, `at most ${LIMITS.catalogueItemsMax} items`, 'The rest was not read.'));
    }
    counts.items += 1;
    if (read.item.sensitive !== undefined) counts.sensitive += 1;
    items.push(read.item);
  };
  const sheet: CatalogueSheet = { add, report, refuse };

  function start(text: string, last: boolean): string {
    head += text;
    const body = readyText(head, last);
    if (body === undefined) return '';
    head = '';
    format = formatFor(sheet, body);
    return body;
  }

  function flush(): readonly Item[] {
    const done = items;
    items = [];
    return done;
  }

  return {
    push(text) {
      if (!stopped) {
        const ready = format === undefined ? start(text, false) : text;
        format?.push(ready);
      }
      return flush();
    },
    end() {
      if (!stopped) {
        const ready = format === undefined ? start('', true) : '';
        format?.push(ready);
        format?.end();
        if (counts.items === 0 && counts.problemsTotal === 0)
          refuse(problem('catalogue', 'at least one item', 'It is empty.'));
      }
      return flush();
    },
    summary: () => ({ ...counts, problems: [...problems], stopped }),
  };
}

/** Text is held back until its first line is there, because that decides how the rest is read. */
function readyText(head: string, last: boolean): string | undefined {
  const body = head.replace(/^[\ufeff\s]+/, '');
  const known = /^[<[{]/.test(body) || body.includes('\n') || head.length > LIMITS.csvLineBytesMax;
  return last || (body !== '' && known) ? body : undefined;
}

function formatFor(sheet: CatalogueSheet, body: string): CatalogueFormat {
  if (body.startsWith('<')) return createXmlFeed(sheet);
  if (/^[[{]/.test(body)) return createJsonLd(sheet);
  return createTableCatalogue(sheet, body.split('\n', 1)[0] ?? '');
}
