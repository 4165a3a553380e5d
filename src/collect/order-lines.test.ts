import { describe, expect, it } from 'vitest';
import { LIMITS } from '../kernel/limits.ts';
import { type ImportedOrder, type OrderLines, createOrderLines } from './order-lines.ts';
import { controllerId, sourceId } from './testing.ts';

const HEADER = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n';

function reader(strict = false): OrderLines {
  return createOrderLines({
    controller: controllerId('shop'),
    source: sourceId('orders'),
    channel: 'web',
    currency: 'GBP',
    strict,
  });
}

function all(text: string, lines = reader()): readonly ImportedOrder[] {
  return [...lines.push(text), ...lines.end()];
}

const row = (order: string, item: string, quantity: number, person: string): string =>
  `${order},${item},TITLE ${item},${quantity},2011-12-09 12:50,2.55,${person},EIRE\n`;

describe('order lines', () => {
  it('[C15] makes one purchase of the rows of an order', () => {
    const [order, ...rest] = all(`${HEADER}${row('1', 'a', 2, '17')}${row('1', 'k', 1, '17')}`);
    expect(rest).toEqual([]);
    expect(order?.place).toEqual({ country: 'IE' });
    expect(order?.event).toEqual({
      id: 'order:1:purchase',
      kind: 'purchase',
      person: '17',
      controller: 'shop',
      source: 'orders',
      channel: 'web',
      timeMs: Date.UTC(2011, 11, 9, 12, 50),
      lines: [
        { item: 'a', quantity: 2, priceMinor: 255 },
        { item: 'k', quantity: 1, priceMinor: 255 },
      ],
    });
  });

  it('[C15] makes returns of cancelled invoices and of negative quantities, with positive quantities', () => {
    const orders = all(
      `${HEADER}${row('C2', 'a', -2, '17')}${row('3', 'a', 1, '17')}${row('3', 'k', -4, '17')}`,
    );
    expect(
      orders.map(({ event }) => [event.id, event.kind, event.lines.map((line) => line.quantity)]),
    ).toEqual([
      ['order:C2:return', 'return', [2]],
      ['order:3:purchase', 'purchase', [1]],
      ['order:3:return', 'return', [4]],
    ]);
  });

  it('[C15] takes C before a number for a cancellation in invoice files only', () => {
    const orders = all('order_id,sku,quantity,price,time,user_id\nC1001,a,1,2.50,2026-01-31,u1\n');
    expect(orders.map(({ event }) => event.kind)).toEqual(['purchase']);
  });

  it('[C15] gives the same ids on a second import, in any pieces', () => {
    const text = `${HEADER}${row('1', 'a', 2, '17')}${row('2', 'k', 1, '18')}${row('1', 'c', 1, '17')}`;
    const pieces = reader();
    const cut = text.split('').flatMap((letter) => pieces.push(letter));
    expect([...cut, ...pieces.end()]).toEqual(all(text));
    expect(all(text).map(({ event }) => event.id)).toEqual([
      'order:1:purchase',
      'order:2:purchase',
      'order:1:purchase:2',
    ]);
  });

  it('[C15] cuts an order that is too long for one event', () => {
    const many = Array.from({ length: LIMITS.linesPerEventMax + 1 }, (_, index) =>
      row('1', `i${index}`, 1, '17'),
    ).join('');
    const orders = all(HEADER + many);
    expect(orders.map(({ event }) => [event.id, event.lines.length])).toEqual([
      ['order:1:purchase', LIMITS.linesPerEventMax],
      ['order:1:purchase:2', 1],
    ]);
  });

  it('[C15] without a number, an order is what one person buys at one time', () => {
    const text = 'person,item,time\np1,a,2026-01-31\np1,b,2026-01-31\np1,a,2026-02-01\np2,a,2026-02-01\n';
    const orders = all(text);
    expect(orders.map(({ event }) => event.lines.length)).toEqual([2, 1, 1]);
    expect(new Set(orders.map(({ event }) => event.id)).size).toBe(3);
  });

  it('[C15] joins rows of one thing at one price', () => {
    const [order] = all(`${HEADER}${row('1', 'a', 2, '17')}${row('1', 'a', 3, '17')}`);
    expect(order?.event.lines).toEqual([{ item: 'a', quantity: 5, priceMinor: 255 }]);
  });

  it('[C14] reports bad rows with their lines while the rest goes in', () => {
    const lines = reader();
    const text = [
      HEADER,
      row('1', 'a', 1, '17'),
      '1,k,K,none,2011-12-09 12:50,1,17,X\n',
      '1,k,K,1,9/12/2011 12:50,1,17,X\n',
      '1,k,K\n',
      '1,"k"x,K,1,2011-12-09,1,17,X\n',
      row('2', 'a', 0, '17'),
      '3,a,A,1,2011-12-09,1,alice@example.com,X\n',
      row('4', 'a', 1, '18'),
    ].join('');
    const orders = all(text, lines);
    expect(orders.map(({ event }) => event.id)).toEqual(['order:1:purchase', 'order:4:purchase']);
    const { bad, badTotal, rows } = lines.summary();
    expect(bad.map((entry) => [entry.line, entry.problem.field])).toEqual([
      [3, 'quantity'],
      [4, 'time'],
      [5, 'row'],
      [6, 'row'],
      [7, 'quantity'],
      [8, 'person'],
    ]);
    expect([badTotal, rows]).toEqual([6, 8]);
  });

  it('[C14] stops at the first bad row when strict, keeping the orders before it', () => {
    const lines = reader(true);
    const orders = all(`${HEADER}${row('1', 'a', 1, '17')}bad\n${row('2', 'a', 1, '18')}`, lines);
    expect(orders.map(({ event }) => event.id)).toEqual(['order:1:purchase']);
    expect(lines.summary()).toMatchObject({ stopped: true, badTotal: 1 });
  });

  it('[C14] lists a hundred bad rows and counts all', () => {
    const lines = reader();
    all(HEADER + 'bad\n'.repeat(250), lines);
    expect([lines.summary().bad.length, lines.summary().badTotal]).toEqual([100, 250]);
  });

  it('[C14] refuses a file whose columns it cannot tell, and an empty one', () => {
    const lines = reader();
    expect(all('a,b,c\n1,2,3\n', lines)).toEqual([]);
    expect(lines.summary()).toMatchObject({ stopped: true, badTotal: 1, rows: 0 });
    expect(lines.summary().bad[0]?.problem.expected).toContain('a column for the item');
    const empty = reader();
    all('', empty);
    expect(empty.summary().badTotal).toBe(1);
  });

  it('[C16] counts rows without a customer and puts them into nobody', () => {
    const lines = reader();
    expect(all(`${HEADER}${row('1', 'a', 1, '')}${row('1', 'k', 1, '')}`, lines)).toEqual([]);
    expect(lines.summary()).toMatchObject({ anonymous: 2, events: 0, items: 2 });
  });

  it('[C17] leaves services out and keeps things with odd codes', () => {
    const codes = [
      'POST',
      'DOT',
      'M',
      'm',
      'D',
      'S',
      'B',
      'C2',
      'BANK CHARGES',
      'AMAZONFEE',
      'CRUK',
      'gift_0001_20',
    ];
    const lines = reader();
    const text = codes.map((code) => row('1', code, 1, '17')).join('');
    const orders = all(HEADER + text + row('1', 'PADS', 1, '17') + row('1', 'DCGSSGIRL', 1, '17'), lines);
    expect(orders[0]?.event.lines.map((line) => line.item)).toEqual(['PADS', 'DCGSSGIRL']);
    expect(lines.summary().leftOut).toBe(codes.length);
  });

  it('[C17] reads single letters as items where the column is not a stock code', () => {
    const orders = all('order_id,item,time,person\n1,M,2026-01-31,p\n');
    expect(orders[0]?.event.lines).toEqual([{ item: 'M', quantity: 1 }]);
  });

  it('[C18] releases what enough people bought, with its commonest title and median price', () => {
    const lines = reader();
    const sale = (order: number, title: string, price: string, person: string): string =>
      `${order},a,${title},1,2011-12-09,${price},${person},X\n`;
    const text = [
      HEADER,
      sale(1, 'RED MUG', '1.00', 'p1'),
      sale(2, 'RED  MUG', '9.00', 'p2'),
      sale(3, 'RED MUG', '2.00', 'p3'),
      sale(4, 'damaged', '0', 'p4'),
      sale(5, 'RED MUG', '2.00', 'p1'),
      '6,k,FOR ALICE,1,2011-12-09,5,p1,X\n7,k,FOR ALICE,1,2011-12-09,5,p1,X\n',
      ...['p1', 'p2', 'p3'].map((person) => `8,c,BACK,-1,2011-12-09,5,${person},X\n`),
    ].join('');
    all(text, lines);
    expect(lines.catalogueFromLines(3)).toEqual([
      { id: 'a', title: 'RED MUG', path: [], available: true, priceMinor: 200, currency: 'GBP' },
    ]);
    expect(lines.catalogueFromLines(1).map((item) => item.id)).toEqual(['a', 'k']);
  });
});
