import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { currencyExponent, minorUnits, minorUnitsOf } from './money.ts';

describe('money', () => {
  it.each([
    ['12.50', 'EUR', 1250],
    ['12.5', 'EUR', 1250],
    ['1.15', undefined, 115],
    ['.5', 'USD', 50],
    ['7.', 'USD', 700],
    ['1250', 'JPY', 1250],
    ['1250.00', 'JPY', 1250],
    ['1.234', 'KWD', 1234],
    ['12.500', 'EUR', 1250],
    ['0', 'EUR', 0],
  ])('[C12] %s %s is %s', (text, currency, minor) => {
    expect(minorUnits(text, currency)).toBe(minor);
  });

  it.each([
    ['9.999', 'EUR'],
    ['0.5', 'JPY'],
    ['-1', 'EUR'],
    ['1e3', 'EUR'],
    ['1,50', 'EUR'],
    ['', 'EUR'],
    ['9999999999999', 'EUR'],
    ['NaN', undefined],
  ])('[C12] %s %s is no exact amount', (text, currency) => {
    expect(minorUnits(text, currency)).toBeUndefined();
  });

  it('[C12] takes a JSON number as it was written', () => {
    expect(minorUnitsOf(1.15)).toBe(115);
    expect(minorUnitsOf(4.35, 'GBP')).toBe(435);
    expect(minorUnitsOf(8.333333333)).toBeUndefined();
    expect(minorUnitsOf(true)).toBeUndefined();
  });

  it('[C12] reads back every amount that can be written', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e12 }),
        fc.constantFrom('EUR', 'JPY', 'KWD', 'CLF'),
        (minor, currency) => {
          const exponent = currencyExponent(currency);
          const digits = String(minor).padStart(exponent + 1, '0');
          const at = digits.length - exponent;
          const text = exponent === 0 ? digits : `${digits.slice(0, at)}.${digits.slice(at)}`;
          expect(minorUnits(text, currency)).toBe(minor);
        },
      ),
    );
  });
});
