// Owns: instants and days as numbers, and their ISO 8601 forms. Own arithmetic on the proleptic Gregorian
// calendar instead of `Date.parse`, which reads text that is not ISO differently per engine and takes a
// date-time without an offset as local time: the same file would then mean different instants on different
// machines.

import { assert } from './assert.ts';

export const SECOND_MS = 1000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** 0001-01-01T00:00:00.000Z and 9999-12-31T23:59:59.999Z: what four digits of a year can write. */
export const INSTANT_MS_MIN = -62_135_596_800_000;
export const INSTANT_MS_MAX = 253_402_300_799_999;

/** Numbers below are seconds: as seconds 1e11 is the year 5138, as milliseconds it is March 1973. */
const SECONDS_BELOW = 1e11;

/** No clock on earth is further from UTC (Kiribati, +14:00). */
const OFFSET_MINUTES_MAX = 14 * 60;

const isoPattern =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(Z|[+-]\d\d(?::?\d\d)?)?)?$/;
const epochPattern = /^-?\d{1,16}(?:\.\d{1,9})?$/;
const compactDatePattern = /^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/;
const periodPattern =
  /^P(?=\d|T\d)(?:(\d{1,4})Y)?(?:(\d{1,5})M)?(?:(\d{1,5})W)?(?:(\d{1,6})D)?(?:T(\d{1,7})H)?$/;

/**
 * Milliseconds since 1970-01-01T00:00:00Z, an integer, or `undefined` if this is no instant between the
 * years 1 and 9999.
 *
 * Takes a date (`2026-01-31`, midnight UTC), a date-time with `T` or a space, seconds and fraction optional
 * (`2026-01-31 09:30`, `2026-01-31T09:30:15.25+02:00`; without an offset UTC; a fraction is cut after
 * milliseconds), or epoch time as a number or digits: below 1e11 seconds, otherwise milliseconds.
 * Impossible dates (30 February), leap seconds and 24:00 are refused; so is `20260131`, which could be
 * meant either way.
 */
export function parseInstant(input: string | number): number | undefined {
  if (typeof input === 'number') return instantOfEpoch(input);
  const iso = isoPattern.exec(input);
  if (iso !== null) return instantOfIso(iso);
  if (!epochPattern.test(input) || compactDatePattern.test(input)) return undefined;
  return instantOfEpoch(Number(input));
}

function instantOfEpoch(epoch: number): number | undefined {
  return inRange(Math.round(Math.abs(epoch) < SECONDS_BELOW ? epoch * SECOND_MS : epoch));
}

function instantOfIso(parts: RegExpExecArray): number | undefined {
  const year = Number(parts[1]);
  const month = Number(parts[2]);
  const day = Number(parts[3]);
  const hour = Number(parts[4] ?? 0);
  const minute = Number(parts[5] ?? 0);
  const second = Number(parts[6] ?? 0);
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const offset = offsetMinutes(parts[8] ?? 'Z');
  if (offset === undefined) return undefined;
  const millis = Number((parts[7] ?? '').slice(0, 3).padEnd(3, '0'));
  const clock = hour * HOUR_MS + (minute - offset) * MINUTE_MS + second * SECOND_MS + millis;
  return inRange(dayNumber(year, month, day) * DAY_MS + clock);
}

function inRange(ms: number): number | undefined {
  // `+ 0` turns the -0 of a rounded small negative into 0.
  return ms >= INSTANT_MS_MIN && ms <= INSTANT_MS_MAX ? ms + 0 : undefined;
}

function offsetMinutes(text: string): number | undefined {
  if (text === 'Z') return 0;
  const digits = text.slice(1).replace(':', '').padEnd(4, '0');
  const minutes = Number(digits.slice(2));
  const total = Number(digits.slice(0, 2)) * 60 + minutes;
  if (minutes > 59 || total > OFFSET_MINUTES_MAX) return undefined;
  return text.startsWith('-') ? -total : total;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/**
 * Days since 1970-01-01. Years are counted from March, so that the leap day comes last and the days before
 * month m are floor((153 m + 2) / 5); an era of 400 years has 146,097 days (E. M. Reingold and N.
 * Dershowitz, "Calendrical Calculations"; H. Hinnant, "chrono-Compatible Low-Level Date Algorithms").
 */
function dayNumber(year: number, month: number, day: number): number {
  const marchYear = month > 2 ? year : year - 1;
  const marchMonth = month > 2 ? month - 3 : month + 9;
  const leapDays = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  // 719,468 days lie between 0000-03-01 and 1970-01-01.
  return 365 * marchYear + leapDays + Math.floor((153 * marchMonth + 2) / 5) + day - 1 - 719_468;
}

/** `2026-01-31T09:30:15.250Z`: always UTC, always milliseconds, so that text order is time order. */
export function isoInstant(ms: number): string {
  const day = Math.floor(ms / DAY_MS);
  const clock = ms - day * DAY_MS;
  const hour = Math.floor(clock / HOUR_MS);
  const minute = Math.floor((clock % HOUR_MS) / MINUTE_MS);
  const second = Math.floor((clock % MINUTE_MS) / SECOND_MS);
  return `${utcDay(ms)}T${pad(hour, 2)}:${pad(minute, 2)}:${pad(second, 2)}.${pad(clock % SECOND_MS, 3)}Z`;
}

let lastDay = Number.NaN;
let lastDayText = '';

/**
 * `2026-01-31`, the day in UTC on which the instant falls. The last one asked for is remembered: each
 * decision asks for today, and three padded numbers cost it more than its salt.
 */
export function utcDay(ms: number): string {
  assert(
    Number.isInteger(ms) && ms >= INSTANT_MS_MIN && ms <= INSTANT_MS_MAX,
    'an instant is a whole number of milliseconds between the years 1 and 9999',
  );
  const day = Math.floor(ms / DAY_MS);
  if (day !== lastDay) {
    lastDayText = dayText(day);
    lastDay = day;
  }
  return lastDayText;
}

/** `dayOf1970` days after 1970-01-01, written out. */
function dayText(dayOf1970: number): string {
  // The inverse of `dayNumber`: era of 400 years, year of the era, day of the year counted from March.
  const days = dayOf1970 + 719_468;
  const era = Math.floor(days / 146_097);
  const dayOfEra = days - era * 146_097;
  const leapsBefore =
    Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leapsBefore) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const year = 400 * era + yearOfEra + (month <= 2 ? 1 : 0);
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}

/**
 * The days of an ISO 8601 period such as `P30D`, `P6M`, `P1Y6M`, `P2W`, `PT72H`, or `undefined`. A year is
 * 365 days, a month 30, and twelve months a year (`P12M` is 365, `P6M` 180, `P25M` 760): at most two days
 * more than the shortest calendar period of that name. Hours become a fraction of a day.
 */
export function parsePeriodDays(text: string): number | undefined {
  const parts = periodPattern.exec(text);
  if (parts === null) return undefined;
  const months = Number(parts[2] ?? 0);
  const years = Number(parts[1] ?? 0) + Math.floor(months / 12);
  const weeks = Number(parts[3] ?? 0);
  return 365 * years + 30 * (months % 12) + 7 * weeks + Number(parts[4] ?? 0) + Number(parts[5] ?? 0) / 24;
}
