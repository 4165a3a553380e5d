// The weather of a place on a day, and what it does to appetites. It follows from the seed, the place and the
// day: no day needs another one to be computed first.

import { concatBytes, u32, u64, utf8 } from '../../src/kernel/bytes.ts';
import { type Random, seededRandom } from '../../src/kernel/random.ts';

export interface Weather {
  /** Warmest of the day. */
  readonly celsius: number;
  readonly rain: boolean;
  /** Rain below freezing. */
  readonly snow: boolean;
}

interface Climate {
  readonly meanCelsius: number;
  /** From the mean to the warmest week. */
  readonly swingCelsius: number;
  /** Chance of rain in winter and in summer. */
  readonly rainWinter: number;
  readonly rainSummer: number;
}

/** Yearly means and swings of daily highs, rounded from what travel guides say of the town's places. */
const CLIMATES: Readonly<Record<string, Climate>> = {
  DE: { meanCelsius: 14, swingCelsius: 11, rainWinter: 0.45, rainSummer: 0.35 },
  AT: { meanCelsius: 15, swingCelsius: 12, rainWinter: 0.35, rainSummer: 0.35 },
  IT: { meanCelsius: 18, swingCelsius: 11, rainWinter: 0.35, rainSummer: 0.2 },
  TR: { meanCelsius: 18, swingCelsius: 10, rainWinter: 0.5, rainSummer: 0.1 },
  GB: { meanCelsius: 15, swingCelsius: 8, rainWinter: 0.5, rainSummer: 0.4 },
  US: { meanCelsius: 23, swingCelsius: 11, rainWinter: 0.3, rainSummer: 0.02 },
  IL: { meanCelsius: 25, swingCelsius: 7, rainWinter: 0.35, rainSummer: 0 },
  TW: { meanCelsius: 27, swingCelsius: 8, rainWinter: 0.45, rainSummer: 0.5 },
  AE: { meanCelsius: 33, swingCelsius: 9, rainWinter: 0.07, rainSummer: 0 },
};
const ELSEWHERE: Climate = { meanCelsius: 16, swingCelsius: 9, rainWinter: 0.4, rainSummer: 0.3 };

/** How much of a warm or cold spell is left a day later, and how long it is felt. */
const SPELL = 0.7;
const SPELL_DAYS = 8;

/** `day`: days since 1970. */
export function weatherOf(seed: number, country: string, day: number): Weather {
  const climate = CLIMATES[country] ?? ELSEWHERE;
  const summer = warmth(day);
  let spell = 0;
  let share = 1;
  for (let back = 0; back < SPELL_DAYS; back += 1) {
    spell += share * drawn(seed, country, day - back).normal();
    share *= SPELL;
  }
  const celsius = Math.round(climate.meanCelsius + climate.swingCelsius * summer + 2.2 * spell);
  const rainChance = climate.rainWinter + ((1 + summer) / 2) * (climate.rainSummer - climate.rainWinter);
  const rain = drawn(seed, country, day, 'rain').unit() < rainChance;
  return { celsius, rain, snow: rain && celsius <= 1 };
}

function drawn(seed: number, country: string, day: number, what = 'spell'): Random {
  return seededRandom(concatBytes(utf8(`town/weather/${what}\0${country}\0`), u64(seed), u32(day)));
}

/**
 * −1 in the middle of January, 1 in the middle of July: two parabolas instead of a cosine, whose last bits
 * differ from machine to machine.
 */
export function warmth(day: number): number {
  const x = ((((day - 15) % 365.25) + 365.25) % 365.25) / 365.25;
  const u = x < 0.5 ? x * 2 : 2 - x * 2;
  return u < 0.5 ? 4 * u * u - 1 : 1 - 4 * (1 - u) * (1 - u);
}

/**
 * How many times likelier than on a mild dry day something of this leaf is wanted, by weather; 1 for most.
 * Fixed here before anything was measured on it.
 */
export function weatherFactor(leaf: string, { celsius, rain, snow }: Weather): number {
  const hot = Math.max(0, celsius - 22) / 8;
  const cold = Math.max(0, 8 - celsius) / 8;
  switch (leaf) {
    case 'Ice cream':
      return Math.max(0.25, 1 + 1.5 * hot - 0.6 * cold);
    case 'Juices and water':
    case 'Sun and insects':
    case 'Swimming':
      return Math.max(0.4, 1 + hot - 0.4 * cold);
    case 'Umbrellas':
    case 'Rainwear':
      return rain ? 3 : 0.6;
    case 'Coats':
    case 'Gloves':
    case 'Hats':
    case 'Scarves':
    case 'Thermal wear':
    case 'Winter boots':
      return 1 + cold + (snow ? 0.5 : 0) - Math.min(0.7, 0.5 * hot);
    case 'Skating and sledging':
    case 'Skiing':
      return snow ? 3 : 1 + 0.5 * cold;
    case 'Tea':
    case 'Cold and flu':
      return 1 + 0.5 * cold;
    case 'Cycling':
    case 'Camping':
    case 'Garden machines':
      return rain ? 0.6 : Math.max(0.4, 1 - 0.6 * cold);
    default:
      return 1;
  }
}
