// Goal: a text means one instant or none. Method: Date (UTC functions only) is the naive model.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { Bug } from './assert.ts';
import { systemNowMs } from './clock.ts';
import {
  DAY_MS,
  HOUR_MS,
  INSTANT_MS_MAX,
  INSTANT_MS_MIN,
  isoInstant,
  MINUTE_MS,
  parseInstant,
  parsePeriodDays,
  utcDay,
} from './time.ts';

const instant = fc.integer({ min: INSTANT_MS_MIN, max: INSTANT_MS_MAX });

describe('instants as text', () => {
  test('[K16] isoInstant is Date.toISOString, and parses back', () => {
    fc.assert(
      fc.property(instant, (ms) => {
        const text = new Date(ms).toISOString();
        expect(isoInstant(ms)).toBe(text);
        expect(utcDay(ms)).toBe(text.slice(0, 10));
        expect(parseInstant(text)).toBe(ms);
      }),
      { numRuns: 5000 },
    );
  });

  test('[K16] every day from 1890 to 2110, and those beside the turns of centuries', () => {
    const days: number[] = [INSTANT_MS_MIN, INSTANT_MS_MAX - (INSTANT_MS_MAX % DAY_MS)];
    for (let day = Date.UTC(1890, 0, 1); day < Date.UTC(2110, 0, 1); day += DAY_MS) days.push(day);
    for (let year = 100; year < 9999; year += 100) days.push(Date.UTC(year, 1, 28), Date.UTC(year, 2, 1) - 1);
    for (const ms of days) {
      const expected = new Date(ms).toISOString().slice(0, 10);
      if (utcDay(ms) !== expected) expect(utcDay(ms)).toBe(expected);
      const start = Math.floor(ms / DAY_MS) * DAY_MS;
      if (parseInstant(expected) !== start) expect(parseInstant(expected)).toBe(start);
    }
    expect(days.length).toBeGreaterThan(80_000);
  });

  test('[K16] the forms that are read', () => {
    const at = (text: string): string | undefined => {
      const ms = parseInstant(text);
      return ms === undefined ? undefined : new Date(ms).toISOString();
    };
    expect(at('2026-01-31')).toBe('2026-01-31T00:00:00.000Z');
    expect(at('2010-12-01 08:26')).toBe('2010-12-01T08:26:00.000Z');
    expect(at('2010-12-01 08:26:59')).toBe('2010-12-01T08:26:59.000Z');
    expect(at('2026-01-31T09:30')).toBe('2026-01-31T09:30:00.000Z');
    expect(at('2026-01-31T09:30:15.25+02:00')).toBe('2026-01-31T07:30:15.250Z');
    expect(at('2026-01-31T09:30:15,123456789-0330')).toBe('2026-01-31T13:00:15.123Z');
    expect(at('2026-01-01T00:30+14')).toBe('2025-12-31T10:30:00.000Z');
    expect(at('2024-02-29T23:59:59.999Z')).toBe('2024-02-29T23:59:59.999Z');
    expect(at('1969-12-31T23:59:59.9999Z')).toBe('1969-12-31T23:59:59.999Z');
    expect(at('0001-01-01')).toBe('0001-01-01T00:00:00.000Z');
  });

  test('[K16] what is no instant, or not certainly one, is refused', () => {
    const wrongs = [
      ...[
        '',
        ' ',
        '2026-01',
        '2026-1-31',
        '26-01-31',
        '2026-02-30',
        '2025-02-29',
        '1900-02-29',
        '2026-04-31',
      ],
      ...[
        '2026-00-10',
        '2026-13-10',
        '2026-01-00',
        '2026-01-32',
        '0000-12-31',
        '2026-01-31T',
        '2026-01-31T24:00',
      ],
      ...['2026-01-31T09', '2026-01-31T09:60', '2026-01-31T09:30:60', '2026-01-31T9:30', '2026-01-31  09:30'],
      ...['2026-01-31T09:30+15:00', '2026-01-31T09:30+14:01', '2026-01-31T09:30+02:60', '2026-01-31T09:30z'],
      ...[
        '2026-01-31T09:30:15.',
        '2026-01-31Z',
        '2026/01/31',
        '31.01.2026',
        '01/31/2026',
        'Jan 31 2026',
        'now',
      ],
      ...[
        ' 2026-01-31',
        '2026-01-31 ',
        '2026-01-31\n',
        '٢٠٢٦-٠١-٣١',
        '+002026-01-31',
        '9999-12-31T23:59-14:00',
      ],
    ];
    for (const text of wrongs) expect(parseInstant(text), JSON.stringify(text)).toBeUndefined();
  });

  test('[K16] never throws, and what it reads is in range and a whole number', () => {
    const piece = fc.constantFrom(
      '2026',
      '-',
      '01',
      '31',
      'T',
      ' ',
      ':',
      '09',
      '30',
      '.',
      '5',
      'Z',
      '+',
      '02',
      'e',
      '1',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece).map((list) => list.join('')),
          fc.double(),
        ),
        (input) => {
          const ms = parseInstant(input);
          if (ms === undefined) return;
          expect(Number.isInteger(ms)).toBe(true);
          expect(parseInstant(isoInstant(ms))).toBe(ms);
        },
      ),
      { numRuns: 5000 },
    );
  });

  test('[K16] writing what is no instant is a bug', () => {
    for (const ms of [NaN, 0.5, INSTANT_MS_MIN - 1, INSTANT_MS_MAX + 1]) {
      expect(() => isoInstant(ms), String(ms)).toThrow(Bug);
      expect(() => utcDay(ms), String(ms)).toThrow(Bug);
    }
  });

  test('[K17] epoch numbers: seconds below 1e11, milliseconds from there, as number or digits', () => {
    const ms = Date.UTC(2021, 0, 1);
    for (const input of [ms, ms / 1000, `${ms}`, `${ms / 1000}`, `${ms / 1000}.0`]) {
      expect(parseInstant(input), String(input)).toBe(ms);
    }
    expect(parseInstant(1_609_459_200.123)).toBe(1_609_459_200_123);
    expect(parseInstant('1609459200.5')).toBe(1_609_459_200_500);
    expect(parseInstant(0)).toBe(0);
    expect(parseInstant(-1)).toBe(-1000);
    expect(parseInstant(-0.0001)).toBe(0);
    expect(parseInstant(1e11 - 1)).toBe((1e11 - 1) * 1000);
    expect(parseInstant(1e11)).toBe(1e11);
    expect(parseInstant(-1e11)).toBe(-1e11);
    for (const wrong of [
      NaN,
      Infinity,
      -Infinity,
      1e15,
      -1e14,
      '1e9',
      '0x10',
      '+5',
      '12345678901234567',
      '-',
    ]) {
      expect(parseInstant(wrong), String(wrong)).toBeUndefined();
    }
  });

  test('[K17] eight digits that could be a date are refused, others are seconds', () => {
    expect(parseInstant('20260131')).toBeUndefined();
    expect(parseInstant('19991231')).toBeUndefined();
    expect(parseInstant('20261331')).toBe(20_261_331_000);
    expect(parseInstant('12345678')).toBe(12_345_678_000);
    expect(parseInstant(20_260_131), 'a number is meant as a number').toBe(20_260_131_000);
  });
});

describe('periods', () => {
  test('[K18] years, months, weeks, days and hours as days', () => {
    const periods: Record<string, number> = {
      ...{
        P30D: 30,
        P6M: 180,
        P12M: 365,
        P13M: 395,
        P25M: 760,
        P1Y6M: 545,
        P3Y: 1095,
        P2W: 14,
        P0D: 0,
        P1M: 30,
      },
      ...{ PT72H: 3, PT12H: 0.5, P1DT12H: 1.5, P1Y2M3W4DT24H: 365 + 60 + 21 + 4 + 1, P24M: 730 },
    };
    for (const [text, days] of Object.entries(periods)) expect(parsePeriodDays(text), text).toBe(days);
  });

  test('[K18] what is no period is refused', () => {
    for (const text of [
      '',
      'P',
      'PT',
      'P1',
      '1D',
      'p1d',
      'P1D ',
      'P-1D',
      'P1.5D',
      'P1DT',
      'PT5M',
      'P1D1M',
      'P6M [M]',
    ]) {
      expect(parsePeriodDays(text), text).toBeUndefined();
    }
  });

  test('[K18] are at most two days longer than the shortest calendar period of that name', () => {
    for (let months = 1; months <= 60; months += 1) {
      let shortest = Infinity;
      for (let start = 0; start < 48; start += 1) {
        const days = (Date.UTC(2025, start + months, 1) - Date.UTC(2025, start, 1)) / DAY_MS;
        shortest = Math.min(shortest, days);
      }
      expect(parsePeriodDays(`P${months}M`)! - shortest, `${months} months`).toBeLessThanOrEqual(2);
    }
  });
});

describe('the clock', () => {
  test('[K22] tells whole milliseconds of the present', () => {
    const before = Date.now();
    const now = systemNowMs();
    expect(Number.isInteger(now)).toBe(true);
    expect(Math.abs(now - before)).toBeLessThan(HOUR_MS + MINUTE_MS);
  });
});
