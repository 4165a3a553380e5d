// Owns: catalogues in rows: CSV with comma or semicolon, and the tab-separated merchant feed. Columns are
// known by name.

import { type Problem, problem } from '../../facts/parse.ts';
import { createCsvParser } from '../csv.ts';
import { separatorOf } from '../order-columns.ts';
import { feedColumns } from './feed-fields.ts';
import type { ItemDraft } from './item-draft.ts';
import type { CatalogueFormat, CatalogueSheet } from './sheet.ts';

/** Reads rows; `firstLine` decides the separator. */
export function createTableCatalogue(sheet: CatalogueSheet, firstLine: string): CatalogueFormat {
  const separator = separatorOf(firstLine);
  let columns: readonly (keyof ItemDraft | undefined)[] | undefined;
  // Shopify's export goes on below a product with its variants and pictures: rows with its handle and no
  // title.
  let handles = false;
  let product: string | undefined;
  return createCsvParser({
    separator,
    // The tab-separated feed may quote as well; a quote inside a field is taken as it is.
    quotes: true,
    onRow: (fields, line) => {
      if (columns === undefined) {
        columns = feedColumns(fields);
        handles = fields.some(
          (name, index) => columns?.[index] === 'id' && /^(?:url )?handle$/i.test(name.trim()),
        );
        const missing = (['id', 'title'] as const).find((field) => !columns?.includes(field));
        if (missing !== undefined)
          sheet.refuse(problem('header', `a column ${missing}`, 'Name the columns in the first line.'));
        return;
      }
      if (fields.length !== columns.length) {
        return sheet.report(
          at(line, problem('row', `${columns.length} fields, got ${fields.length}`, 'Quote separators.')),
        );
      }
      const draft: { -readonly [field in keyof ItemDraft]: string } = {};
      for (const [index, field] of columns.entries())
        if (field !== undefined) draft[field] = fields[index] ?? '';
      if (handles && (draft.title ?? '').trim() === '' && draft.id === product) return;
      product = draft.id;
      sheet.add(draft, `line ${line}`);
    },
    onBadRow: (line, expected) =>
      sheet.report(at(line, problem('row', expected, 'Repair this row; it was not read.'))),
  });
}

function at(line: number, found: Problem): Problem {
  return { ...found, field: `line ${line}/${found.field}` };
}
