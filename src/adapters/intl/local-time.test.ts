// Goal: the minute is the one on the wall, wherever that is; what nobody knows gives none. Method: places
// whose clocks are known by heart, on both sides of a change of summer time, and a naive count of offsets.

import { expect, it } from 'vitest';
import { parsePlace } from '../../facts/place.ts';
import { must } from '../../../test/support/house.ts';
import { intlLocalTime } from './local-time.ts';

const at = (text: string): number => Date.parse(text);
const country = (code: string) => must(parsePlace({ country: code }));
const { minutesOfDay } = intlLocalTime();

it.each([
  ['Europe/Berlin', '2026-03-29T00:59:00Z', '01:59'],
  ['Europe/Berlin', '2026-03-29T01:00:00Z', '03:00'],
  ['Asia/Taipei', '2026-07-01T16:00:00Z', '00:00'],
  ['Asia/Kathmandu', '2026-07-01T00:00:00Z', '05:45'],
  ['America/New_York', '2026-11-01T05:30:00Z', '01:30'],
  ['America/New_York', '2026-11-01T06:30:00Z', '01:30'],
  ['UTC', '2026-07-01T23:59:59.999Z', '23:59'],
])('[E48] in %s at %s it is %s', (zone, time, wall) => {
  const [hour, minute] = wall.split(':').map(Number);
  expect(minutesOfDay({ zone }, at(time))).toEqual([(hour ?? 0) * 60 + (minute ?? 0)]);
});

it('[E48] of a country every zone is told, once and in order', () => {
  const noon = at('2026-07-01T12:00:00Z');
  expect(minutesOfDay({ place: country('DE') }, noon)).toEqual([14 * 60]);
  const states = minutesOfDay({ place: country('US') }, noon);
  expect(states).toEqual([...new Set(states)].toSorted((a, b) => a - b));
  // From Hawaii, 2:00, to New York, 8:00.
  expect(states).toEqual([2, 3, 4, 5, 6, 7, 8].map((hour) => hour * 60));
});

it('[E48] a zone goes before a country, and one that nobody knows leaves the country', () => {
  const noon = at('2026-07-01T12:00:00Z');
  const place = country('DE');
  expect(minutesOfDay({ zone: 'Asia/Tokyo', place }, noon)).toEqual([21 * 60]);
  expect(minutesOfDay({ zone: 'Mars/Olympus', place }, noon)).toEqual([14 * 60]);
  expect(minutesOfDay({ zone: 'Mars/Olympus' }, noon)).toEqual([]);
  expect(minutesOfDay({}, noon)).toEqual([]);
  // No country has such a code, and none of its zones.
  expect(minutesOfDay({ place: country('ZZ') }, noon)).toEqual([]);
});
