// The same orders as a table, one row per order line, as old tills and spreadsheets have them: for whoever
// tries an import or `fineline evaluate` with CSV. What came back has a negative quantity.

import { isoInstant } from '../../src/kernel/time.ts';
import { productOf } from './catalogue.ts';
import type { Act } from './types.ts';

export const ORDER_LINES_HEADER = 'order,item,quantity,time,price,currency,person\n';

/** Rows of one act; none when it is no order. */
export function orderLines(act: Act): string {
  if (act.kind !== 'purchase' && act.kind !== 'return') return '';
  const sign = act.kind === 'return' ? -1 : 1;
  const time = isoInstant(act.timeMs);
  // Ids of the town are small letters, digits and hyphens: nothing needs quotes.
  return act.lines
    .map(({ item, quantity }) => {
      const price = (productOf(item).priceMinor / 100).toFixed(2);
      return `${act.order},${item},${sign * quantity},${time},${price},EUR,${act.person}\n`;
    })
    .join('');
}
