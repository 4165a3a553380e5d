// Owns: what the clock on the wall says somewhere, from the time zone data that come with the runtime
// (ECMA-402). What it says is recorded with the decision it made: another runtime may know other data.

import type { Place } from '../../facts/place.ts';
import type { LocalTime } from '../../engine/ports.ts';

/** Formatters cost 50 µs and 30 KB each to make; the world has about 400 zones. */
const FORMATS_MAX = 600;

/** Minutes of the day by zone and by country, through `Intl`. Names nobody knows give no minute. */
export function intlLocalTime(): LocalTime {
  const formats = new Map<string, Intl.DateTimeFormat | undefined>();
  const zonesOf = new Map<string, readonly string[]>();

  function formatOf(zone: string): Intl.DateTimeFormat | undefined {
    if (formats.has(zone)) return formats.get(zone);
    if (formats.size >= FORMATS_MAX) formats.clear();
    const made = makeFormat(zone);
    formats.set(zone, made);
    return made;
  }

  function zonesIn({ country }: Place): readonly string[] {
    let zones = zonesOf.get(country);
    if (zones === undefined) zonesOf.set(country, (zones = countryZones(country)));
    return zones;
  }

  const minuteIn = (zone: string, nowMs: number): number | undefined => {
    const parts = formatOf(zone)?.formatToParts(nowMs);
    if (parts === undefined) return undefined;
    const of = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
    const minute = of('hour') * 60 + of('minute');
    return Number.isInteger(minute) ? minute : undefined;
  };

  return {
    minutesOfDay: ({ zone, place }, nowMs) => {
      const own = zone === undefined ? undefined : minuteIn(zone, nowMs);
      if (own !== undefined) return [own];
      const minutes = new Set<number>();
      for (const each of place === undefined ? [] : zonesIn(place)) {
        const minute = minuteIn(each, nowMs);
        // One that cannot be told may be the one where it is night.
        if (minute === undefined) return [];
        minutes.add(minute);
      }
      return [...minutes].sort((a, b) => a - b);
    },
  };
}

function makeFormat(timeZone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat('en-GB', {
      timeZone,
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
  } catch {
    // Not a zone that this runtime knows: whoever asks learns nothing, and is quiet.
    return undefined;
  }
}

/** Newer than the types we compile with: ECMA-402 2024, Intl Locale Info. */
interface LocaleWithZones {
  getTimeZones?: () => readonly string[] | undefined;
}

function countryZones(country: string): readonly string[] {
  const locale = new Intl.Locale('und', { region: country }) as Intl.Locale & LocaleWithZones;
  return locale.getTimeZones?.() ?? [];
}
