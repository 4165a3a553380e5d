// Owns: arithmetic on unevaluated sums of two doubles (about 106 bits), with which maths.ts makes its
// tables at load. Slow and allocating on purpose: these few hundred operations run once.
//
// Sources: T. J. Dekker, "A floating-point technique for extending the available precision" (1971); D. E.
// Knuth, TAOCP 2, §4.2.2 (two-sum); Y. Hida, X. S. Li, D. H. Bailey, "Library for Double-Double and
// Quad-Double Arithmetic" (2007).

/** The number hi + lo, where |lo| is at most half a unit in the last place of hi. */
export type DoubleDouble = { readonly hi: number; readonly lo: number };

/** 2^27 + 1 splits a 53-bit significand into two halves whose products are exact. */
const SPLITTER = 134_217_729;

/** The rounding error of a × b, exactly, when `product` is the rounded a × b. No overflow below 2^996. */
export function productError(a: number, b: number, product: number): number {
  const aWide = a * SPLITTER;
  const aHigh = aWide - (aWide - a);
  const aLow = a - aHigh;
  const bWide = b * SPLITTER;
  const bHigh = bWide - (bWide - b);
  const bLow = b - bHigh;
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
}

/** The rounding error of a + b, exactly, when `sum` is the rounded a + b. */
export function sumError(a: number, b: number, sum: number): number {
  const bPart = sum - a;
  return a - (sum - bPart) + (b - bPart);
}

/** A double as it is. */
export function exact(x: number): DoubleDouble {
  return { hi: x, lo: 0 };
}

function addDouble(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const high = a.hi + b.hi;
  const low = a.lo + b.lo;
  const sum = renormalised(high, sumError(a.hi, b.hi, high) + low);
  return renormalised(sum.hi, sum.lo + sumError(a.lo, b.lo, low));
}

export function timesDouble(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const high = a.hi * b.hi;
  return renormalised(high, productError(a.hi, b.hi, high) + (a.hi * b.lo + a.lo * b.hi));
}

export function overDouble(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const first = a.hi / b.hi;
  const rest = addDouble(a, timesDouble(b, exact(-first)));
  const second = rest.hi / b.hi;
  const rest2 = addDouble(rest, timesDouble(b, exact(-second)));
  return addDouble(renormalised(first, second), exact(rest2.hi / b.hi));
}

function renormalised(high: number, low: number): DoubleDouble {
  const hi = high + low;
  return { hi, lo: low - (hi - high) };
}

/** e^x by Taylor's series, for |x| ≤ 1: the first term left out is below 2^-112. */
export function expSeries(x: DoubleDouble): DoubleDouble {
  let sum = exact(1);
  for (let n = 30; n >= 1; n -= 1) sum = addDouble(exact(1), overDouble(timesDouble(x, sum), exact(n)));
  return sum;
}

/**
 * ln x = 2 artanh((x - 1) / (x + 1)), for 1/2 ≤ x ≤ 2: the quotient is at most 1/3, and 36 terms reach
 * 2^-117.
 */
export function logSeries(x: DoubleDouble): DoubleDouble {
  const quotient = overDouble(addDouble(x, exact(-1)), addDouble(x, exact(1)));
  const square = timesDouble(quotient, quotient);
  let sum = exact(0);
  for (let n = 36; n >= 0; n -= 1) {
    sum = addDouble(timesDouble(sum, square), overDouble(exact(1), exact(2 * n + 1)));
  }
  return timesDouble(exact(2), timesDouble(quotient, sum));
}
