import { describe, expect, it } from 'vitest';
import { parsePrice } from './price.ts';

describe('prices', () => {
  it.each([
    ['12.50 EUR', 1250, 'EUR'],
    ['EUR 12,50', 1250, 'EUR'],
    ['€12.50', 1250, 'EUR'],
    ['1.234,56 €', 123_456, 'EUR'],
    ['1,234.56 USD', 123_456, 'USD'],
    ['1,234 USD', 123_400, 'USD'],
    ['1 234,50 EUR', 123_450, 'EUR'],
    ["1'234.50 CHF", 123_450, 'CHF'],
    ['NT$1,250', 125_000, 'TWD'],
    ['1250 JPY', 1250, 'JPY'],
    ['1.250 KWD', 1250, 'KWD'],
    ['₪ 49.90', 4990, 'ILS'],
  ])('[C12] the price %s is %s %s', (text, priceMinor, currency) => {
    expect(parsePrice(text)).toEqual({ priceMinor, currency });
  });

  it.each([
    '12.345 EUR',
    '12.50 JPY',
    'free',
    'EUR 12 EUR',
    '1,23,456 EUR',
    '-5 EUR',
    '1.2.3 EUR',
    '',
    '1e3 EUR',
  ])('[C12] %s is no price', (text) => {
    expect(parsePrice(text)).toBeUndefined();
  });
});
