// Owns: exp, log and what is made of them, the same to the last bit in every runtime. ECMAScript leaves the
// precision of Math.exp and its kin to the engine, and engines differ (about one result in ten between two
// common libraries), so a decision could not be replayed elsewhere. Here only + - × ÷ and bit operations
// are used, which IEEE 754 fixes.
//
// Two cores with small tables, computed at load in double-double arithmetic so that no long constant has to
// be trusted. Both give their result as an unevaluated sum of two doubles, good for more than 60 bits:
//   log: x = 2^k m; c = about 1/m, from a table by 7 bits of m; g = m c - 1, exactly;
//        ln x = k ln 2 - ln c + ln(1 + g), |g| < 1/250
//   exp: x = (64 k + j) ln 2/64 + r; e^x = 2^k 2^(j/64) e^r, |r| < 0.0055
// (table-driven reduction: P. T. P. Tang, ACM TOMS 1989 and 1990.)
//
// Error, measured in maths.fuzz.ts against integers of 256 bits: at most 0.52 units in the last place
// (tanh: 0.55), and less than 1 where the result is subnormal. Special values are those of ECMA-262 for the
// Math function of the same name.

import {
  exact,
  expSeries,
  logSeries,
  overDouble,
  productError,
  sumError,
  timesDouble,
} from './double-double.ts';

const scratch = new DataView(new ArrayBuffer(8));

const LN2 = timesDouble(exact(-1), logSeries(exact(0.5)));
const INVERSE_LN2 = overDouble(exact(1), LN2);

/** ln 2 with 11 zero bits at its end, so that k × LN2_HIGH is exact for every exponent k; and the rest. */
const LN2_HIGH = withoutLowBits(LN2.hi, 11);
const LN2_LOW = LN2.hi - LN2_HIGH + LN2.lo;

/** ln 2/64 with 17 zero bits at its end: it is multiplied by integers up to 64 × 1076 < 2^17. */
const STEP_HIGH = withoutLowBits(LN2.hi / 64, 17);
const STEP_LOW = LN2.hi / 64 - STEP_HIGH + LN2.lo / 64;
const STEPS_PER_UNIT = 64 * INVERSE_LN2.hi;

/** Adding 1.5 × 2^52 and taking it away again rounds to an integer. */
const ROUNDER = 1.5 * 2 ** 52;

/** 2^(j/64) as a sum of two doubles. */
const POWER_HIGH = new Float64Array(64);
const POWER_LOW = new Float64Array(64);

/**
 * For m in [1, 2) rounded to 1 + i/128: c, and -ln c as a sum. Above √2 the table is that of m/2, so c ≈
 * 1 near 1.
 */
const INVERSE = new Float64Array(129);
const LOG_HIGH = new Float64Array(129);
const LOG_LOW = new Float64Array(129);
const HALVED_FROM = 54;

fillTables();

function fillTables(): void {
  for (let j = 0; j < 64; j += 1) {
    const power = expSeries(timesDouble(LN2, exact(j / 64)));
    POWER_HIGH[j] = power.hi;
    POWER_LOW[j] = power.lo;
  }
  for (let i = 0; i <= 128; i += 1) {
    const middle = i < HALVED_FROM ? 1 + i / 128 : (1 + i / 128) / 2;
    INVERSE[i] = 1 / middle;
    const minusLog = timesDouble(exact(-1), logSeries(exact(1 / middle)));
    LOG_HIGH[i] = minusLog.hi;
    LOG_LOW[i] = minusLog.lo;
  }
}

function withoutLowBits(x: number, count: number): number {
  scratch.setFloat64(0, x);
  scratch.setUint32(4, (scratch.getUint32(4) >>> count) << count);
  return scratch.getFloat64(0);
}

/** 2^k for -1022 ≤ k ≤ 1023. */
function powerOfTwo(k: number): number {
  scratch.setUint32(0, (k + 1023) << 20);
  scratch.setUint32(4, 0);
  return scratch.getFloat64(0);
}

/** x × 2^k with one rounding, for 1/2 < x < 4 and |k| ≤ 1100. */
function scaled(x: number, k: number): number {
  if (k > -1020 && k < 1023) return x * powerOfTwo(k);
  const half = k >> 1;
  return x * powerOfTwo(half) * powerOfTwo(k - half);
}

// The answers of the two cores: high + low, times 2^exponent for `expCore`. At module level, because
// returning an object costs more than the arithmetic; each is read before the next call of a core.
let coreHigh = 0;
let coreLow = 0;
let coreExponent = 0;

/** Sets coreHigh + coreLow to ln x, for a finite x > 0. */
function logCore(x: number): void {
  scratch.setFloat64(0, x);
  let top = scratch.getUint32(0);
  let k = -1023;
  if (top < 0x0010_0000) {
    // Subnormal: made normal first.
    scratch.setFloat64(0, x * 2 ** 54);
    top = scratch.getUint32(0);
    k -= 54;
  }
  k += top >>> 20;
  const i = ((top & 0x000f_ffff) + 0x1000) >>> 13;
  const halved = i >= HALVED_FROM;
  scratch.setUint32(0, (top & 0x000f_ffff) | (halved ? 0x3fe0_0000 : 0x3ff0_0000));
  const m = scratch.getFloat64(0);
  if (halved) k += 1;

  const c = INVERSE[i]!;
  const product = m * c;
  const g = product - 1;
  const gLow = productError(m, c, product);
  const square = g * g;
  const squareLow = productError(g, g, square);
  const series =
    g * square * (1 / 3 - g * (1 / 4 - g * (1 / 5 - g * (1 / 6 - g * (1 / 7 - g * (1 / 8 - g * (1 / 9)))))));

  const base = k * LN2_HIGH;
  const sum1 = base + LOG_HIGH[i]!;
  const sum2 = sum1 + g;
  const sum3 = sum2 - square / 2;
  const errors =
    sumError(base, LOG_HIGH[i]!, sum1) + sumError(sum1, g, sum2) + sumError(sum2, -square / 2, sum3);
  const low = errors + gLow * (1 - g * (1 - g)) - squareLow / 2 + (k * LN2_LOW + LOG_LOW[i]!) + series;
  coreHigh = sum3 + low;
  coreLow = low - (coreHigh - sum3);
}

/** Sets (coreHigh + coreLow) × 2^coreExponent to e^(x + xLow), for |x| ≤ 746 and a small xLow. */
function expCore(x: number, xLow: number): void {
  const n = x * STEPS_PER_UNIT + ROUNDER - ROUNDER;
  const rHigh = x - n * STEP_HIGH;
  const rLow = xLow - n * STEP_LOW;
  const r = rHigh + rLow;
  const series = r * r * (1 / 2 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720)))));
  const grown = rHigh + (rLow + series);
  const j = n & 63;
  const power = POWER_HIGH[j]!;
  const low = power * grown + POWER_LOW[j]!;
  coreHigh = power + low;
  coreLow = low - (coreHigh - power);
  coreExponent = (n - j) / 64;
}

/** (a + aLow) / (b + bLow) in one rounding and a little. */
function quotient(a: number, aLow: number, b: number, bLow: number): number {
  const first = a / b;
  const product = first * b;
  const rest = a - product - productError(first, b, product) + (aLow - first * bLow);
  return first + rest / b;
}

/** e^x. */
export function exp(x: number): number {
  if (!(x <= 709.79)) return x > 709.79 ? Infinity : NaN;
  if (x < -745.14) return 0;
  expCore(x, 0);
  return scaled(coreHigh, coreExponent);
}

/** The natural logarithm; NaN below 0, -Infinity at 0. */
export function log(x: number): number {
  if (!(x > 0 && x < Infinity)) return x === Infinity ? Infinity : x === 0 ? -Infinity : NaN;
  logCore(x);
  return coreHigh;
}

/** The logarithm to base 2; exact for powers of two. */
export function log2(x: number): number {
  if (!(x > 0 && x < Infinity)) return log(x);
  logCore(x);
  const product = coreHigh * INVERSE_LN2.hi;
  const low = productError(coreHigh, INVERSE_LN2.hi, product);
  return product + (low + (coreHigh * INVERSE_LN2.lo + coreLow * INVERSE_LN2.hi));
}

/** ln(1 + x), also where 1 + x would lose x: `log1p(1e-20)` is 1e-20. */
export function log1p(x: number): number {
  if (!(x > -1 && x < Infinity)) return x === -1 ? -Infinity : x === Infinity ? Infinity : NaN;
  // Below 2^-27 two terms of the series do; beyond, what 1 + x loses is small beside its logarithm.
  if (Math.abs(x) < 2 ** -27) return x - x * x * (1 / 2 - x / 3);
  const whole = 1 + x;
  const lost = sumError(1, x, whole) / whole;
  logCore(whole);
  return coreHigh + (coreLow + (lost - (lost * lost) / 2));
}

/** x^y; like `Math.pow`, NaN for a negative x with a fraction y and for (±1)^±Infinity, and 1 for y = 0. */
export function pow(x: number, y: number): number {
  if (y === 0) return 1;
  if (Number.isNaN(x) || Number.isNaN(y)) return NaN;
  const size = Math.abs(x);
  const odd = isOdd(y);
  const sign = odd && (x < 0 || Object.is(x, -0)) ? -1 : 1;
  if (y === Infinity || y === -Infinity) return size === 1 ? NaN : size > 1 === y > 0 ? Infinity : 0;
  if (size === 0 || size === Infinity) return sign * ((size === 0) === y < 0 ? Infinity : 0);
  if (x < 0 && !Number.isInteger(y)) return NaN;
  if (size === 1) return sign;
  logCore(size);
  const product = y * coreHigh;
  if (product > 709.79) return sign * Infinity;
  if (product < -745.14) return sign < 0 ? -0 : 0;
  expCore(product, productError(y, coreHigh, product) + y * coreLow);
  return sign * scaled(coreHigh, coreExponent);
}

function isOdd(y: number): boolean {
  return Number.isInteger(y) && Math.abs(y % 2) === 1;
}

/** The hyperbolic tangent. */
export function tanh(x: number): number {
  const size = Math.abs(x);
  if (size < 1 / 16) {
    // Taylor's series; the next term is below 2^-70 of the first. Also keeps -0.
    const z = x * x;
    const rest = 62 / 2835 - z * (1382 / 155_925 - z * (21_844 / 6_081_075));
    return x === 0 ? x : x - x * z * (1 / 3 - z * (2 / 15 - z * (17 / 315 - z * rest)));
  }
  // Above 20 the distance to 1 is less than 2^-56.
  if (!(size <= 20)) return size > 20 ? Math.sign(x) : NaN;
  expCore(-2 * size, 0);
  const scale = powerOfTwo(coreExponent);
  const power = coreHigh * scale;
  const powerLow = coreLow * scale;
  const above = 1 - power;
  const below = 1 + power;
  const aboveLow = sumError(1, -power, above) - powerLow;
  return Math.sign(x) * quotient(above, aboveLow, below, sumError(1, power, below) + powerLow);
}

/** 1 / (1 + e^-x), without loss on either side. */
export function sigmoid(x: number): number {
  // There the other term of the sum is less than 2^-57, and 2^-64, of the result.
  if (!(x < 40)) return x >= 40 ? 1 : NaN;
  if (x < -45) return exp(x);
  expCore(-Math.abs(x), 0);
  const scale = powerOfTwo(coreExponent);
  const power = coreHigh * scale;
  const powerLow = coreLow * scale;
  const whole = 1 + power;
  const wholeLow = sumError(1, power, whole) + powerLow;
  return x < 0 ? quotient(power, powerLow, whole, wholeLow) : quotient(1, 0, whole, wholeLow);
}
