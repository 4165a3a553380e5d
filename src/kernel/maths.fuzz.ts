// Goal: the error bound that maths.ts states. Method: results are compared with a naive reference in
// integers of 256 bits (Taylor's series of exp, artanh series of log), and the difference is counted in
// units in the last place of the result. Inputs come from a printed seed; FINELINE_FULL=1 runs the full
// count, FINELINE_SEED another seed.

import { describe, expect, test } from 'vitest';

import { exp, log, log1p, log2, pow, sigmoid, tanh } from './maths.ts';
import { seededRandom } from './random.ts';

const full = process.env['FINELINE_FULL'] === '1';
const seed = Number(process.env['FINELINE_SEED'] ?? 20_260_101);
const count = full ? 250_000 : 20_000;

const BITS = 256n;
const ONE = 1n << BITS;

/** The number mantissa × 2^exponent. */
type Big = { readonly mantissa: bigint; readonly exponent: number };

const scratch = new DataView(new ArrayBuffer(8));

/** A finite double, exactly, with 53 bits of mantissa also when it is subnormal. */
function bigOf(x: number): Big {
  scratch.setFloat64(0, Math.abs(x));
  const bits = scratch.getBigUint64(0);
  const biased = Number(bits >> 52n);
  const fraction = bits & 0xfffffffffffffn;
  const mantissa = biased === 0 ? fraction : fraction | (1n << 52n);
  return { mantissa: x < 0 ? -mantissa : mantissa, exponent: Math.max(biased, 1) - 1075 };
}

function shift(value: bigint, places: number): bigint {
  return places >= 0 ? value << BigInt(places) : value >> BigInt(-places);
}

function fixedOf(big: Big): bigint {
  return shift(big.mantissa, big.exponent + Number(BITS));
}

/** ln of a fixed-point number between 1/2 and 2. */
function lnNearOne(x: bigint): bigint {
  const quotient = ((x - ONE) << BITS) / (x + ONE);
  const square = (quotient * quotient) >> BITS;
  let sum = 0n;
  let power = quotient;
  for (let n = 1n; power !== 0n && power !== -1n; n += 2n) {
    sum += power / n;
    power = (power * square) >> BITS;
  }
  return 2n * sum;
}

const LN2 = -lnNearOne(ONE / 2n);

/** ln in fixed point. */
function lnBig(x: Big): bigint {
  const size = x.mantissa.toString(2).length;
  const k = size + x.exponent;
  const fraction = shift(x.mantissa, Number(BITS) - size);
  return 3n * fraction > 2n * ONE
    ? lnNearOne(fraction) + BigInt(k) * LN2
    : lnNearOne(2n * fraction) + BigInt(k - 1) * LN2;
}

/** e^x of a fixed-point x, as a mantissa between 1/2 and 2 in fixed point. */
function expBig(x: bigint): Big {
  const k = (2n * x + LN2) / (2n * LN2) - (x < 0n ? 1n : 0n);
  const small = (x - k * LN2) >> 8n;
  let term = ONE;
  let sum = ONE;
  for (let n = 1n; term !== 0n && term !== -1n; n += 1n) {
    term = ((term * small) >> BITS) / n;
    sum += term;
  }
  for (let i = 0; i < 8; i += 1) sum = (sum * sum) >> BITS;
  return { mantissa: sum, exponent: Number(k - BITS) };
}

function expFixed(x: bigint): bigint {
  const power = expBig(x);
  return shift(power.mantissa, power.exponent + Number(BITS));
}

function ratio(above: Big, below: bigint): Big {
  return { mantissa: (above.mantissa << BITS) / below, exponent: above.exponent };
}

function fixed(mantissa: bigint): Big {
  return { mantissa, exponent: -Number(BITS) };
}

/** How far `actual` is from `expected`, in units in the last place of `actual`. */
function ulps(actual: number, expected: Big): number {
  const big = bigOf(actual);
  const places = big.exponent - expected.exponent;
  const difference = shift(big.mantissa, places) - expected.mantissa;
  // 60 bits after the point are kept, so that the difference fits a double whatever the exponents.
  return Math.abs(Number(shift(difference, 60 - places))) / 2 ** 60;
}

const random = seededRandom(seed);

/** A double of either sign whose exponent is drawn evenly from `low` to `high`. */
function spread(low: number, high: number): number {
  const size = (1 + random.unit()) * 2 ** (low + random.below(high - low + 1));
  return random.below(2) === 0 ? size : -size;
}

function between(low: number, high: number): number {
  return low + (high - low) * random.unit();
}

/** The larger half of the draws spreads over the exponents, the rest lies where the function bends. */
const CASES: readonly {
  readonly name: string;
  readonly bound: number;
  readonly actual: (x: number) => number;
  readonly draw: () => number;
  readonly reference: (x: number) => Big;
}[] = [
  {
    name: 'exp',
    bound: 0.52,
    actual: exp,
    draw: () => (random.below(2) === 0 ? spread(-60, 8) : between(-708, 709.7)),
    reference: (x) => expBig(fixedOf(bigOf(x))),
  },
  {
    name: 'log',
    bound: 0.52,
    actual: log,
    draw: () => (random.below(2) === 0 ? Math.abs(spread(-1074, 1023)) : between(0.4, 2.5)),
    reference: (x) => fixed(lnBig(bigOf(x))),
  },
  {
    name: 'log2',
    bound: 0.52,
    actual: log2,
    draw: () => (random.below(2) === 0 ? Math.abs(spread(-1074, 1023)) : between(0.4, 2.5)),
    reference: (x) => fixed((lnBig(bigOf(x)) << BITS) / LN2),
  },
  {
    name: 'log1p',
    bound: 0.52,
    actual: log1p,
    draw: () => (random.below(2) === 0 ? Math.max(spread(-70, 60), -0.999) : between(-0.9999, 3)),
    reference: (x) => fixed(lnBig(fixed(fixedOf(bigOf(x)) + ONE))),
  },
  {
    name: 'tanh',
    bound: 0.55,
    actual: tanh,
    draw: () => (random.below(2) === 0 ? spread(-60, 5) : between(-3, 3)),
    reference: (x) => {
      const power = expFixed(fixedOf(bigOf(-2 * Math.abs(x))));
      const size = ratio(fixed(ONE - power), ONE + power);
      return x < 0 ? { mantissa: -size.mantissa, exponent: size.exponent } : size;
    },
  },
  {
    name: 'sigmoid',
    bound: 0.52,
    actual: sigmoid,
    draw: () => (random.below(2) === 0 ? spread(-60, 8) : between(-50, 50)),
    reference: (x) => {
      const power = expBig(fixedOf(bigOf(-Math.abs(x))));
      const whole = ONE + shift(power.mantissa, power.exponent + Number(BITS));
      return ratio(x < 0 ? power : fixed(ONE), whole);
    },
  },
];

describe(`maths against 256-bit integers, ${count} inputs each, seed ${seed}`, () => {
  for (const { name, bound, actual, draw, reference } of CASES) {
    test(`[K11] ${name} is within ${bound} units in the last place`, () => {
      let worst = { ulps: 0, x: 0 };
      for (let i = 0; i < count; i += 1) {
        const x = draw();
        const error = ulps(actual(x), reference(x));
        if (error > worst.ulps) worst = { ulps: error, x };
      }
      expect(worst.ulps, `${name}(${worst.x})`).toBeLessThan(bound);
      // A reference that agreed with everything would be no reference: rounding alone comes near 1/2.
      expect(worst.ulps).toBeGreaterThan(0.49);
    });
  }

  test('[K11] pow is within 0.52 units in the last place', () => {
    let worst = { ulps: 0, x: 0, y: 0 };
    for (let i = 0; i < count; i += 1) {
      const x = random.below(2) === 0 ? Math.abs(spread(-1074, 1023)) : between(0.4, 2.5);
      // The power's logarithm is drawn first, so that results fill the whole range of normal doubles.
      const y = between(-707, 709) / log(x);
      const whole = bigOf(y);
      const power = expBig(shift(lnBig(bigOf(x)) * whole.mantissa, whole.exponent));
      const error = ulps(pow(x, y), power);
      if (error > worst.ulps) worst = { ulps: error, x, y };
    }
    expect(worst.ulps, `pow(${worst.x}, ${worst.y})`).toBeLessThan(0.52);
    expect(worst.ulps).toBeGreaterThan(0.49);
  });

  test('[K11] subnormal results of exp and sigmoid are within 1 unit in the last place', () => {
    let worst = 0;
    for (let i = 0; i < count / 10; i += 1) {
      const x = between(-745.1, -708.3);
      const expected = expBig(fixedOf(bigOf(x)));
      worst = Math.max(worst, ulps(exp(x), expected), ulps(sigmoid(x), expected));
    }
    expect(worst).toBeLessThan(1);
    expect(worst).toBeGreaterThan(0.4);
  });
});
