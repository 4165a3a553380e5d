// Owns: amounts of money as whole numbers of the smallest unit. All arithmetic is on decimal text, because
// 1.15 * 100 is 114.99999999999999 in binary. An amount that is not exact in its currency (`9.999` euro) is
// no amount: it is left out rather than rounded, since nobody here knows which way the shop rounds.

import { LIMITS } from '../kernel/limits.ts';

/** Digits after the point, where they are not 2 (ISO 4217, list one, column "Mnr unts"). */
const EXPONENTS: ReadonlyMap<string, number> = new Map([
  ...[
    'BIF',
    'CLP',
    'DJF',
    'GNF',
    'ISK',
    'JPY',
    'KMF',
    'KRW',
    'PYG',
    'RWF',
    'UGX',
    'UYI',
    'VND',
    'VUV',
    'XAF',
    'XOF',
    'XPF',
  ].map((code): [string, number] => [code, 0]),
  ...['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'].map((code): [string, number] => [code, 3]),
  ...['CLF', 'UYW'].map((code): [string, number] => [code, 4]),
]);

const decimalPattern = /^(\d{1,15})(?:\.(\d{0,12}))?$|^\.(\d{1,12})$/;

/** 2 for euro, 0 for yen, 3 for Kuwaiti dinar; 2 for a currency that is unknown or not named. */
export function currencyExponent(currency: string | undefined): number {
  return currency === undefined ? 2 : (EXPONENTS.get(currency) ?? 2);
}

/** An ISO 4217 code in capitals, or `undefined`: `currencyCode(' eur')` is `'EUR'`. */
export function currencyCode(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const code = value.trim().toUpperCase();
  return /^[A-Z]{3}$/.test(code) ? code : undefined;
}

/**
 * `minorUnits('12.5', 'EUR')` is 1250, `minorUnits('1250', 'JPY')` is 1250, `minorUnits('1.234', 'KWD')` is
 * 1234. Takes plain decimals with a point, not negative; `undefined` for anything else, for an amount that is
 *       not exact in the
 * currency and for one beyond `LIMITS.priceMinorMax`.
 */
export function minorUnits(decimal: string, currency?: string): number | undefined {
  const parts = decimalPattern.exec(decimal);
  if (parts === null) return undefined;
  const exponent = currencyExponent(currency);
  const fraction = (parts[2] ?? parts[3] ?? '').replace(/0+$/, '');
  if (fraction.length > exponent) return undefined;
  const minor = Number((parts[1] ?? '0') + fraction.padEnd(exponent, '0'));
  return minor <= LIMITS.priceMinorMax ? minor : undefined;
}

/**
 * The same for what stands in JSON: a number is taken by its shortest decimal text, which is what its sender
 * wrote.
 */
export function minorUnitsOf(value: unknown, currency?: string): number | undefined {
  if (typeof value === 'number') return minorUnits(String(value), currency);
  return typeof value === 'string' ? minorUnits(value.trim(), currency) : undefined;
}
