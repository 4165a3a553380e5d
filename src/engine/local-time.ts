// A port of its own: the only thing the engine asks about the world outside the machine.

import type { Place } from '../facts/place.ts';

/** What the clock on the wall says where somebody is. */
export interface LocalTime {
  /**
   * Minutes of the day, 0–1439, ascending: one when the zone is known (IANA name), else one for each zone of
   * the country; none when nobody knows.
   */
  minutesOfDay(
    where: { readonly zone?: string | undefined; readonly place?: Place | undefined },
    nowMs: number,
  ): readonly number[];
}
