// Owns: which column of an order file is which. Names are compared without case, spaces and punctuation, so
// that `InvoiceNo`, `invoice_no` and `Invoice No` are one. A file whose columns cannot be told is refused
// before its first row.

import { type Parsed, problem } from '../facts/parse.ts';
import { err, ok } from '../kernel/result.ts';

export type OrderColumn =
  | 'order'
  | 'item'
  | 'title'
  | 'quantity'
  | 'time'
  | 'price'
  | 'person'
  | 'country'
  | 'currency';

/** Known names, the surest first. `date` alone comes after `time`, because a file may have both. */
const NAMES: Readonly<Record<OrderColumn, readonly string[]>> = {
  order: [
    'invoiceno',
    'invoice',
    'orderid',
    'ordernumber',
    'orderno',
    'order',
    'transactionid',
    'basketid',
    'basket',
  ],
  item: ['stockcode', 'itemid', 'sku', 'productid', 'articleid', 'item', 'product', 'article'],
  title: ['description', 'title', 'itemname', 'productname', 'producttitle', 'name'],
  quantity: ['quantity', 'qty', 'pieces'],
  time: ['invoicedate', 'orderdate', 'time', 'datetime', 'timestamp', 'createdat', 'date'],
  price: ['unitprice', 'price', 'itemprice'],
  person: ['customerid', 'userid', 'personid', 'memberid', 'person', 'customer', 'user'],
  country: ['country', 'countrycode', 'shippingcountry'],
  currency: ['currency', 'currencycode'],
};

export interface OrderColumns {
  /** Position of each column, -1 if the file has none. */
  readonly at: Readonly<Record<OrderColumn, number>>;
  readonly count: number;
  /** Invoice files (Online Retail and its kin) mark cancellations with a `C` before the number. */
  readonly cancelledByC: boolean;
  /** Stock codes of such files are partly services in one letter: `M` manual, `D` discount, … */
  readonly letterCodes: boolean;
}

/**
 * Reads the header. Needed are item, time and person; quantity defaults to 1, an order is else what one
 * person buys at one time.
 */
export function parseOrderColumns(header: readonly string[]): Parsed<OrderColumns> {
  const names = header.map((name) => name.toLowerCase().replaceAll(/[^a-z0-9]/g, ''));
  const find = (column: OrderColumn): number => {
    const name = NAMES[column].find((candidate) => names.includes(candidate));
    return name === undefined ? -1 : names.indexOf(name);
  };
  const at = {
    order: find('order'),
    item: find('item'),
    title: find('title'),
    quantity: find('quantity'),
    time: find('time'),
    price: find('price'),
    person: find('person'),
    country: find('country'),
    currency: find('currency'),
  };
  for (const column of ['item', 'time', 'person'] as const) {
    if (at[column] === -1) {
      return err(
        problem(
          'header',
          `a column for the ${column}`,
          `Name it for instance ${NAMES[column][0] ?? column}.`,
        ),
      );
    }
  }
  const orderName = names[at.order];
  return ok({
    at,
    count: header.length,
    cancelledByC: orderName === 'invoiceno' || orderName === 'invoice',
    letterCodes: names[at.item] === 'stockcode',
  });
}

/**
 * The separator of a file, by its first line: whichever of comma, semicolon and tab stands there most often.
 */
export function separatorOf(firstLine: string): ',' | ';' | '\t' {
  const count = (mark: string): number => firstLine.split(mark).length;
  if (count('\t') > count(',')) return '\t';
  return count(';') > count(',') ? ';' : ',';
}

/** Words that stand where an item code should and mean postage, fees, discounts, vouchers, corrections. */
const SERVICE_CODES: ReadonlySet<string> = new Set([
  ...[
    'POST',
    'POSTAGE',
    'DOT',
    'CARRIAGE',
    'SHIPPING',
    'DELIVERY',
    'FREIGHT',
    'BANK CHARGES',
    'AMAZONFEE',
    'FEE',
    'FEES',
  ],
  ...[
    'DISCOUNT',
    'VOUCHER',
    'GIFTCARD',
    'GIFT CARD',
    'MANUAL',
    'ADJUST',
    'ADJUST2',
    'ADJUSTMENT',
    'SAMPLES',
    'CRUK',
    'TIP',
  ],
]);
/**
 * B bad debt, C2 and C3 carriage, D discount, M manual, S samples. `PADS` is a thing (cushion pads) and
 * stays.
 */
const LETTER_CODES: ReadonlySet<string> = new Set(['B', 'C2', 'C3', 'D', 'M', 'S']);
const servicePattern = /^(?:GIFT_\d+_\d+|TEST\d*)$/;

/** True for lines that are part of an order's money but no thing anybody wanted. */
export function isServiceCode(code: string, letterCodes: boolean): boolean {
  // Nearly all codes begin with a digit; no service does.
  const first = code.charCodeAt(0);
  if (first >= 48 && first <= 57) return false;
  const upper = code.trim().toUpperCase();
  return SERVICE_CODES.has(upper) || servicePattern.test(upper) || (letterCodes && LETTER_CODES.has(upper));
}
