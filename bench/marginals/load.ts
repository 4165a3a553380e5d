// Orders of the town and of two real shops, as baskets in order of time.

import { parse } from 'csv-parse/sync';
import { generateTown } from '../../data/town/generate.ts';
import { readTaFeng, readText } from '../data/convert.ts';
import type { Basket } from './measure.ts';

export function townBaskets(people: number): readonly Basket[] {
  const town = generateTown({ seed: 1, people, endMs: Date.UTC(2026, 1, 1) });
  const baskets: Basket[] = [];
  for (const act of town.acts()) {
    if (act.kind !== 'purchase') continue;
    baskets.push({ person: act.person, timeMs: act.timeMs, items: act.lines.map(({ item }) => item) });
  }
  return baskets;
}

/**
 * Online Retail (UCI 352): lines of one invoice are one basket; cancellations and lines without customer stay
 * out.
 */
export function onlineRetailBaskets(): readonly Basket[] {
  const rows: Record<string, string>[] = parse(readText('online_retail/online_retail.csv.gz'), {
    columns: true,
  });
  const byInvoice = new Map<string, { person: string; timeMs: number; items: string[] }>();
  for (const row of rows) {
    const { InvoiceNo = '', StockCode = '', Quantity = '', InvoiceDate = '', CustomerID = '' } = row;
    if (CustomerID === '' || Number(Quantity) <= 0) continue;
    const timeMs = Date.parse(`${InvoiceDate.replace(' ', 'T')}:00Z`);
    const basket = byInvoice.get(InvoiceNo) ?? { person: CustomerID, timeMs, items: [] };
    basket.items.push(StockCode);
    byInvoice.set(InvoiceNo, basket);
  }
  return [...byInvoice.values()].sort((a, b) => a.timeMs - b.timeMs);
}

/** Ta-Feng as published for next-basket research: order without times. */
export function taFengBaskets(): readonly Basket[] {
  return Object.entries(readTaFeng('tafeng_history')).flatMap(([person, baskets]) =>
    baskets.map((items) => ({ person, timeMs: undefined, items: items.map(String) })),
  );
}
