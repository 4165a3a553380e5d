// Owns: product feeds in XML: RSS 2.0 `<item>` and Atom `<entry>` with Google's `g:` elements, which most
// shops can export.

import { problem } from '../../facts/parse.ts';
import { LIMITS } from '../../kernel/limits.ts';
import { feedField } from './feed-fields.ts';
import type { ItemDraft } from './item-draft.ts';
import type { CatalogueFormat, CatalogueSheet } from './sheet.ts';
import { createXmlReader } from './xml.ts';

/** Of one element: a description may be long and is cut later, a feed of one element is no feed. */
const TEXT_MAX = 8 * LIMITS.textLengthMax;

export function createXmlFeed(sheet: CatalogueSheet): CatalogueFormat {
  let draft: { -readonly [field in keyof ItemDraft]: string } | undefined;
  let item = '';
  // Elements open inside the item; only those directly in it are fields.
  let depth = 0;
  let field: keyof ItemDraft | undefined;
  let text = '';
  let count = 0;
  // Plain RSS elements give way to Google's of the same name.
  let google = new Set<string>();

  const reader = createXmlReader({
    onOpen(name) {
      if (draft === undefined) {
        if (name !== 'item' && name !== 'entry') return;
        draft = {};
        google = new Set();
        item = name;
        depth = 0;
        count += 1;
        return;
      }
      depth += 1;
      if (depth !== 1) return;
      const found = feedField(name)?.field;
      const taken =
        found !== undefined && (google.has(found) || (draft[found] !== undefined && !name.startsWith('g:')));
      field = taken ? undefined : found;
      if (found !== undefined && name.startsWith('g:')) google.add(found);
      text = '';
    },
    onText(piece) {
      if (field !== undefined && depth === 1 && text.length < TEXT_MAX) text += piece.slice(0, TEXT_MAX);
    },
    onClose(name) {
      if (draft === undefined) return;
      if (depth === 0 && name === item) {
        sheet.add(draft, `item ${count}`);
        draft = undefined;
        return;
      }
      if (depth === 1 && field !== undefined) {
        draft[field] = text;
        field = undefined;
      }
      depth -= 1;
    },
  });

  const check = (expected: string | undefined): void => {
    if (expected !== undefined) sheet.refuse(problem('xml', expected, 'The feed was read up to this place.'));
  };
  return { push: (piece) => check(reader.push(piece)), end: () => check(reader.end()) };
}
