// CDNOW, a tenth of the people who first bought in the first quarter of 1997: purchases, in weeks.

import { readText } from '../data/convert.ts';
import type { Repeats } from '../../src/learn/models/bg-nbd.ts';

/** Repeats, last purchase and time observed of 2,357 people in their first 39 weeks. */
export function cdnowRepeats(): readonly Repeats[] {
  const rows = readText('cdnow/cdnow_customers_summary.csv.gz').trim().split('\n').slice(1);
  return rows.map((row) => {
    const [, repeats = NaN, lastAt = NaN, observed = NaN] = row.split(',').map(Number);
    return { repeats, lastAt, observed, people: 1 };
  });
}
