// Order lines with a catalogue, split in time: what is learned from, and what is asked for.

import { parse } from 'csv-parse/sync';
import type { Catalogued } from '../../src/learn/serve-model.ts';
import { readText } from '../data/convert.ts';

export interface Line {
  readonly person: string;
  readonly item: string;
  readonly basket: string;
  readonly time: string;
  /** What is known of anybody. */
  readonly place: string;
}

export interface Shop {
  readonly name: string;
  readonly lines: readonly Line[];
  readonly catalogue: ReadonlyMap<string, Catalogued>;
}

/** The first line that names a thing gives its title; the shop has no categories. */
export function onlineRetail(): Shop {
  const catalogue = new Map<string, Catalogued>();
  const lines = rows('online_retail/online_retail.csv.gz').flatMap((row) => {
    const { InvoiceNo: basket = '', StockCode: item = '', Description: title = '' } = row;
    const { CustomerID: person = '', Quantity, InvoiceDate: time = '', Country: place = '' } = row;
    if (person === '' || title === '' || !/^\d{5}/.test(item) || !(Number(Quantity) > 0)) return [];
    if (!catalogue.has(item)) catalogue.set(item, { title, path: [], available: true });
    return [{ person, item, basket, time, place }];
  });
  return { name: 'Online Retail', lines, catalogue };
}

/** Titles are kinds and sizes; three steps of categories. */
export function completeJourney(): Shop {
  const catalogue = new Map<string, Catalogued>();
  for (const row of rows('completejourney/products.csv.gz')) {
    const { product_id: id = '', department = '', product_category = '', product_type = '' } = row;
    const path = [department, product_category, product_type].filter((step) => step !== '');
    const title = `${product_type} ${row['package_size'] ?? ''}`;
    catalogue.set(id, { title, path, brand: `${row['brand']} ${row['manufacturer_id']}`, available: true });
  }
  const lines = rows('completejourney/transactions_sample.csv.gz').flatMap((row) => {
    const { household_id: person = '', product_id: item = '', basket_id: basket = '' } = row;
    if (!catalogue.has(item)) return [];
    return [{ person, item, basket, time: row['transaction_timestamp'] ?? '', place: row['store_id'] ?? '' }];
  });
  return { name: 'Complete Journey', lines, catalogue };
}

export interface Split {
  readonly train: readonly Line[];
  readonly test: readonly Line[];
}

/** The last fifth of the lines is asked for. */
export function inTime(lines: readonly Line[]): Split {
  const sorted = lines.toSorted((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
  const cut = sorted[Math.floor(sorted.length * 0.8)]!.time;
  return {
    train: sorted.filter(({ time }) => time < cut),
    test: sorted.filter(({ time }) => time >= cut),
  };
}

function rows(path: string): Record<string, string>[] {
  return parse(readText(path), { columns: true, relax_quotes: true });
}
