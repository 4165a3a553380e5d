// Owns: public text of a catalogue made fit to store and to show: one line, no markup, no control characters,
// bounded. Unlike in events nothing is refused here: a title that is too long is cut, because the shop wrote
// it for people.

import { LIMITS } from '../../kernel/limits.ts';

const unprintable = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]+/gu;

/** One line of at most `lengthMax` UTF-16 units; never cut inside a pair. */
export function cleanText(text: string, lengthMax: number): string {
  const line = text
    .slice(0, 4 * lengthMax)
    .replaceAll(unprintable, ' ')
    .replaceAll(/ {2,}/g, ' ')
    .trim();
  if (line.length <= lengthMax) return line;
  const cut = line.slice(0, lengthMax);
  return (/[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut).trimEnd();
}

/** The same without HTML tags, for descriptions. */
export function cleanProse(text: string, lengthMax: number): string {
  return cleanText(text.slice(0, 8 * lengthMax).replaceAll(/<[^<>]{0,500}>/g, ' '), lengthMax);
}

/** A web address that is safe to put into a page: http or https, or a path on the shop's own site. */
export function cleanLink(text: string): string | undefined {
  const link = text.trim();
  if (link.length === 0 || link.length > LIMITS.urlLengthMax || /[\s"'<>\\^`{|}]|\p{Cc}/u.test(link))
    return undefined;
  return /^https?:\/\/[^/]/i.test(link) || /^\/(?!\/)/.test(link) ? link : undefined;
}

/** `Clothing > Winter > Coats` → its steps; `›`, `»` and `|` are read as well. */
export function pathSteps(text: string): readonly string[] {
  return text
    .slice(0, LIMITS.categoryDepthMax * LIMITS.titleLengthMax)
    .split(/[>›»|]/)
    .map((step) => cleanText(step, LIMITS.titleLengthMax))
    .filter((step) => step !== '')
    .slice(0, LIMITS.categoryDepthMax);
}

/**
 * Words for "can be bought", without spaces, underscores and the address of schema.org. Unknown words are
 * `undefined`.
 */
export function availability(text: string): boolean | undefined {
  // Sold more often than it is there.
  if (/^\s*-\s*\d/.test(text)) return false;
  const word = text
    .toLowerCase()
    .replace(/^.*[/:#]/, '')
    .replaceAll(/[^a-z0-9]/g, '');
  if (/^\d+$/.test(word)) return /[1-9]/.test(word);
  if (CAN_BE_BOUGHT.has(word)) return true;
  return CANNOT_BE_BOUGHT.has(word) ? false : undefined;
}

const CAN_BE_BOUGHT: ReadonlySet<string> = new Set([
  ...[
    'instock',
    'available',
    'yes',
    'true',
    'limitedavailability',
    'limitedstock',
    'lowstock',
    'instoreonly',
    'onlineonly',
  ],
  ...['preorder', 'presale', 'backorder', 'madetoorder', 'availablefororder'],
]);
const CANNOT_BE_BOUGHT: ReadonlySet<string> = new Set([
  ...['outofstock', 'soldout', 'discontinued', 'unavailable', 'notavailable', 'no', 'false', 'reserved'],
]);
