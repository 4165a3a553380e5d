// Real baskets in the columns of the town: households of Complete Journey with product types as things, and
// customers of Online Retail. Nobody planted a class there: a member is whoever bought a thing that the
// catalogue's own words put into one, and the attackers are told that.

import { parse } from 'csv-parse/sync';
import { classify } from '../../src/collect/catalogue/classify.ts';
import { parseItemId } from '../../src/facts/ids.ts';
import type { Item } from '../../src/facts/item.ts';
import { assert } from '../../src/kernel/assert.ts';
import { readText } from '../data/convert.ts';
import { type Deed, END_MS, KINDS, SOURCE_IDS, type TownLog } from './town-log.ts';

export const BASKETS = ['completejourney', 'online-retail'] as const;

/** A class with fewer members is not attacked: its interval would say nothing. */
const MEMBERS_MIN = 100;

/** One thing in one basket. */
interface Row {
  readonly person: string;
  readonly basket: string;
  readonly timeMs: number;
  readonly quantity: number;
  readonly thing: Thing;
}

interface Thing {
  readonly id: string;
  readonly title: string;
  readonly path: readonly string[];
}

/** The newest purchase is moved to the end of the bench's time, the others with it. */
export function readBaskets(name: (typeof BASKETS)[number]): TownLog {
  const rows = [...(name === 'completejourney' ? completeJourney() : onlineRetail())];
  const newestMs = rows.reduce((newest, { timeMs }) => Math.max(newest, timeMs), 0);
  const things = new Map<string, number>();
  const items: Item[] = [];
  const people = new Map<string, { readonly deeds: Deed[]; readonly baskets: Set<string> }>();
  for (const row of rows.sort((a, b) => a.timeMs - b.timeMs)) {
    const known = things.get(row.thing.id) ?? items.length;
    if (known === items.length) {
      things.set(row.thing.id, known);
      items.push(itemOf(row.thing));
    }
    const person = people.get(row.person) ?? { deeds: [], baskets: new Set<string>() };
    people.set(row.person, person);
    person.baskets.add(row.basket);
    person.deeds.push({
      timeMs: row.timeMs + END_MS - 1 - newestMs,
      thing: known,
      kind: KINDS.indexOf('purchase'),
      source: SOURCE_IDS.indexOf('town-till'),
      quantity: row.quantity,
    });
  }
  const lives = [...people.values()];
  const members = membersOf(lives, items);
  const classes = [...members].filter(([, who]) => who.size >= MEMBERS_MIN).map(([of]) => of);
  const truth = new Uint8Array(lives.length);
  for (const [bit, of] of classes.entries())
    for (const person of members.get(of) ?? []) truth[person]! |= 1 << bit;
  return {
    people: lives.length,
    items,
    classes,
    deedsOf: (person) => lives[person]?.deeds ?? [],
    orders: Uint16Array.from(lives, ({ baskets }) => baskets.size),
    truth,
  };
}

function itemOf({ id, title, path }: Thing): Item {
  const named = parseItemId(id);
  assert(named.ok, `${id} can be the name of a thing`);
  const sensitive = classify({ title, path });
  return { id: named.value, title, path, available: true, ...(sensitive === undefined ? {} : { sensitive }) };
}

function membersOf(
  lives: readonly { readonly deeds: readonly Deed[] }[],
  items: readonly Item[],
): ReadonlyMap<string, ReadonlySet<number>> {
  const members = new Map<string, Set<number>>();
  for (const [person, { deeds }] of lives.entries()) {
    for (const { thing } of deeds) {
      const of = items[thing]?.sensitive;
      if (of !== undefined) members.set(of, (members.get(of) ?? new Set()).add(person));
    }
  }
  return members;
}

/** 84.51°, Complete Journey 2.0, the sample of 75,000 lines: 2,374 households over the year 2017. */
function* completeJourney(): Generator<Row> {
  const typeOf = new Map<string, Thing>();
  for (const row of sheet('completejourney/products.csv.gz')) {
    const [category = '', title = ''] = [row['product_category'], row['product_type']];
    if (title === '') continue;
    const id = `${category} > ${title}`;
    typeOf.set(row['product_id'] ?? '', { id, title, path: [row['department'] ?? '', category] });
  }
  for (const row of sheet('completejourney/transactions_sample.csv.gz')) {
    const thing = typeOf.get(row['product_id'] ?? '');
    const quantity = Math.min(1000, Math.round(Number(row['quantity'])));
    const timeMs = Date.parse(`${row['transaction_timestamp']?.replace(' ', 'T')}Z`);
    if (thing === undefined || !(quantity > 0)) continue;
    yield { person: row['household_id'] ?? '', basket: row['basket_id'] ?? '', timeMs, quantity, thing };
  }
}

/**
 * UCI Online Retail (D. Chen, 2012): what customers with a number bought of a British gift shop in a year. It
 * has no categories; the last word of a description (bag, holder, lantern) stands for one, and the things of
 * a class stand on one shelf, as an officer would put them.
 */
function* onlineRetail(): Generator<Row> {
  for (const row of sheet('online_retail/online_retail.csv.gz')) {
    const [title = '', id = ''] = [row['Description']?.trim(), row['StockCode']];
    const [basket = '', person = ''] = [row['InvoiceNo'], row['CustomerID']];
    const quantity = Math.min(1000, Number(row['Quantity']));
    // Cancelled invoices begin with C; codes without a number are postage and fees.
    if (person === '' || basket.startsWith('C') || !(quantity > 0) || !/^\d/.test(id)) continue;
    const timeMs = Date.parse(`${row['InvoiceDate']?.replace(' ', 'T')}:00Z`);
    const shelf = classify({ title, path: [] }) ?? title.split(/[\s,]+/).at(-1) ?? 'thing';
    yield { person, basket, timeMs, quantity, thing: { id, title, path: ['Gifts', shelf] } };
  }
}

function sheet(path: string): readonly Readonly<Record<string, string>>[] {
  return parse(readText(path), { columns: true });
}
