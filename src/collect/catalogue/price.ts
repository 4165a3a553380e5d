// Owns: prices as catalogues write them for people and machines: `12.50 EUR`, `EUR 12,50`, `€12.50`,
// `1.234,56 €`, `¥1250`. A text that can be read in two ways (`12.345`) is no price: a wrong price is worse
// than none.

import { currencyCode, minorUnits } from '../money.ts';

export interface Price {
  readonly priceMinor: number;
  readonly currency?: string;
}

/**
 * Signs that mean one currency. `$` and `¥` mean several and count only beside a currency that is known
 * otherwise.
 */
const SIGNS: ReadonlyMap<string, string> = new Map([
  ['€', 'EUR'],
  ['£', 'GBP'],
  ['₺', 'TRY'],
  ['₪', 'ILS'],
  ['₹', 'INR'],
  ['₩', 'KRW'],
  ['NT$', 'TWD'],
  ['US$', 'USD'],
]);

const pricePattern =
  /^(NT\$|US\$|[$€£¥₺₪₹₩]|[A-Za-z]{3})? ?([\d.,' ]+?) ?(NT\$|US\$|[$€£¥₺₪₹₩]|[A-Za-z]{3})?$/;

/**
 * `parsePrice('1.234,56 EUR')` is `{ priceMinor: 123456, currency: 'EUR' }`. `currency` stands in where none
 * is written.
 */
export function parsePrice(text: string, currency?: string): Price | undefined {
  const parts = pricePattern.exec(
    text
      .slice(0, 64)
      .replaceAll(/[\s\u00a0\u202f]+/g, ' ')
      .replaceAll('’', "'")
      .trim(),
  );
  if (parts === null) return undefined;
  const mark = parts[1] ?? parts[3];
  if (parts[1] !== undefined && parts[3] !== undefined) return undefined;
  const written = mark === undefined ? undefined : (SIGNS.get(mark) ?? currencyCode(mark));
  const code = written ?? currency;
  const decimal = plainDecimal(parts[2] ?? '');
  const priceMinor = decimal === undefined ? undefined : minorUnits(decimal, code);
  if (priceMinor === undefined) return undefined;
  return code === undefined ? { priceMinor } : { priceMinor, currency: code };
}

/**
 * Digits with marks → digits with at most one point. The last of two different marks is the point; one mark
 * is the point when other than three digits follow. A lone comma before three digits groups thousands
 * (`1,234`); a lone point before three digits is left as a point, and the currency decides whether that is
 * exact.
 */
function plainDecimal(text: string): string | undefined {
  const digits = text.replaceAll(/[' ](?=\d{3}(?:\D|$))/g, '');
  if (/^\d+$/.test(digits)) return digits;
  const groupedComma = /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/;
  const groupedPoint = /^\d{1,3}(?:(?:\.\d{3})+,\d+|(?:\.\d{3}){2,})$/;
  if (groupedComma.test(digits)) return digits.replaceAll(',', '');
  if (groupedPoint.test(digits)) return digits.replaceAll('.', '').replace(',', '.');
  return /^\d+[.,]\d+$/.test(digits) ? digits.replace(',', '.') : undefined;
}
