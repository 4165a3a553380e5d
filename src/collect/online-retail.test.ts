// Goal: the real orders go in whole. Method: the published counts of the UCI Online Retail file (541,909
// rows, 9,288 cancelled, 4,372 customers, 135,080 rows without one) against what comes out, and every event
// against the bounds.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { LIMITS } from '../kernel/limits.ts';
import { type ImportedOrder, type OrderLines, createOrderLines } from './order-lines.ts';
import { controllerId, sourceId } from './testing.ts';

const FILE = join(process.env['FINELINE_DATA'] ?? '../shared/data', 'online_retail', 'online_retail.csv.gz');

function load(): { readonly lines: OrderLines; readonly orders: readonly ImportedOrder[] } {
  if (!existsSync(FILE)) {
    throw new Error(`${FILE} is missing: get "Online Retail" from the UCI repository, or set FINELINE_DATA.`);
  }
  const text = gunzipSync(readFileSync(FILE)).toString('utf8');
  const lines = createOrderLines({
    controller: controllerId('shop'),
    source: sourceId('orders'),
    channel: 'web',
    currency: 'GBP',
    strict: true,
  });
  const orders: ImportedOrder[] = [];
  for (let at = 0; at < text.length; at += 65_536) orders.push(...lines.push(text.slice(at, at + 65_536)));
  orders.push(...lines.end());
  return { lines, orders };
}

describe('the real orders', () => {
  let loaded: ReturnType<typeof load>;
  beforeAll(() => {
    loaded = load();
  });

  it('[C14] have no bad row', () => {
    expect(loaded.lines.summary()).toMatchObject({
      rows: 541_909,
      badTotal: 0,
      stopped: false,
      events: 21_792,
    });
  });

  it('[C16] lack a customer in the rows that are published as such, services apart', () => {
    // 135,080 rows have none; 1,030 of these are services, which are left out first.
    expect(loaded.lines.summary().anonymous).toBe(134_050);
    expect(loaded.lines.summary().leftOut).toBe(2946);
  });

  it('[C15] become events of distinct ids within the bounds', () => {
    const { orders } = loaded;
    expect(new Set(orders.map(({ event }) => event.id)).size).toBe(orders.length);
    expect(
      orders.every(({ event }) => event.lines.length >= 1 && event.lines.length <= LIMITS.linesPerEventMax),
    ).toBe(true);
    expect(orders.every(({ event }) => event.lines.every((line) => line.quantity > 0))).toBe(true);
    expect(
      orders
        .filter(({ event }) => event.kind === 'return')
        .every(({ event }) => event.id.startsWith('order:C')),
    ).toBe(true);
  });

  it('[C15] name customers and countries', () => {
    const { orders } = loaded;
    // 4,372 published customers, less those who have only service rows.
    const people = new Set(orders.map(({ event }) => event.person)).size;
    expect([people > 4330, people <= 4372]).toEqual([true, true]);
    const countries = new Set(orders.map(({ place }) => place?.country ?? 'none'));
    expect(countries).toContain('GB');
    expect(countries).toContain('IE');
    expect(countries).toContain('ZA');
    expect(countries).toContain('none');
    expect(countries.size).toBe(35);
  });

  it('[C18] tell their catalogue', () => {
    const items = loaded.lines.catalogueFromLines(20);
    const byId = new Map(items.map((item) => [item.id as string, item]));
    expect(byId.get('85123A')).toMatchObject({
      title: 'WHITE HANGING HEART T-LIGHT HOLDER',
      priceMinor: 295,
      currency: 'GBP',
    });
    expect(items.length).toBe(2399);
    expect(items.some((item) => /^(damaged|check|\?+|lost|thrown away)$/i.test(item.title))).toBe(false);
  });

  it('[C22] are homeware: few titles are of a sensitive class, and those are right', () => {
    const found = loaded.lines.catalogueFromLines(1).filter((item) => item.sensitive !== undefined);
    expect(found.map((item) => `${item.sensitive ?? ''}: ${item.title}`).toSorted()).toEqual([
      'addiction: CANNABIS LEAF BEAD CURTAIN',
      'addiction: RASTA IN BATH W SPLIFF ASHTRAY',
      'addiction: RETRO BROWN BALL ASHTRAY',
      'addiction: RETRO PINK BALL ASHTRAY',
      'addiction: RETRO TIN ASHTRAY,REVOLUTIONARY',
      'pregnancy-baby: CAROUSEL PONIES BABY BIB',
      'pregnancy-baby: CIRCUS PARADE BABY GIFT SET',
      'pregnancy-baby: DOLLY GIRL BABY GIFT SET',
      'pregnancy-baby: I LOVE LONDON BABY GIFT SET',
      'pregnancy-baby: PINK BABY BUNTING',
      'pregnancy-baby: RED BABY BUNTING',
      'pregnancy-baby: SCOTTIE DOGS BABY BIB',
      'pregnancy-baby: SPACEBOY BABY GIFT SET',
      'religion: SET OF 6 NATIVITY MAGNETS',
    ]);
  });
});
