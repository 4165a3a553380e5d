// Owns: one row of CSV: where it ends and what its fields are. The plain row is cut with `indexOf`; the
// quoted one is walked field by field.

export const CR = 13;

/** The row has not ended within the text. */
export const UNFINISHED = -1;
/** Something else than a separator stands behind a closing quote. */
export const BEHIND_QUOTE = -2;

/**
 * Fills `fields` with the row between `from` and `to`, in which no quote counts. `next` is the first
 * separator at or behind `from` (-1: none in the text); answers the first one behind the row, so that no
 * stretch is searched twice.
 */
export function plainRow(
  text: string,
  row: { readonly from: number; readonly to: number; readonly next: number },
  target: { readonly fields: string[]; readonly separator: string },
): number {
  const { from, to } = row;
  const { fields, separator } = target;
  let count = 0;
  let at = from;
  let next = row.next;
  while (next !== -1 && next < to) {
    fields[count++] = text.slice(at, next);
    at = next + 1;
    next = text.indexOf(separator, at);
  }
  fields[count++] = text.slice(at, to);
  fields.length = count;
  return next;
}

/**
 * Fills `fields` with the row at `from`; answers where its line break stands (or the end of the text), or
 * what is wrong.
 */
export function quotedRow(
  text: string,
  from: number,
  options: { readonly fields: string[]; readonly separator: string; readonly last: boolean },
): number {
  const { fields, separator, last } = options;
  let count = 0;
  let at = from;
  for (;;) {
    const quoted = text.charAt(at) === '"';
    const closing = quoted ? closingQuote(text, at + 1) : 0;
    if (closing === -1) return UNFINISHED;
    const stop = quoted ? closing + 1 : fieldEnd(text, at, separator);
    // CR belongs to the line break only when LF follows; at the end of a piece LF may still come.
    const end =
      text.charCodeAt(stop) === CR && (text.charAt(stop + 1) === '\n' || stop + 1 === text.length)
        ? stop + 1
        : stop;
    if (end >= text.length && !last) return UNFINISHED;
    if (quoted) fields[count++] = text.slice(at + 1, closing).replaceAll('""', '"');
    else
      fields[count++] = text.slice(
        at,
        text.charAt(end) === '\n' && text.charCodeAt(end - 1) === CR ? end - 1 : stop,
      );
    fields.length = count;
    if (end >= text.length || text.charAt(end) === '\n') return end;
    if (text.charAt(end) !== separator) return BEHIND_QUOTE;
    at = end + 1;
  }
}

function closingQuote(text: string, from: number): number {
  let at = text.indexOf('"', from);
  while (at !== -1 && text.charAt(at + 1) === '"') at = text.indexOf('"', at + 2);
  return at;
}

function fieldEnd(text: string, from: number, separator: string): number {
  let at = from;
  while (at < text.length && text.charAt(at) !== separator && text.charAt(at) !== '\n') at += 1;
  return at;
}

/** Line breaks of a row that ends at `to`, its own included. */
export function countLines(text: string, from: number, to: number): number {
  let lines = 1;
  for (let at = text.indexOf('\n', from); at !== -1 && at < to; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}
