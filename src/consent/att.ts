// What App Tracking Transparency takes away (developer.apple.com, ATTrackingManager.AuthorizationStatus). A
// person who has not allowed tracking is not followed from one context into another and not advertised to
// from a profile. What a shop's own app recommends from what was done in it is no tracking, and goes on.

import { type Signals, NO_SIGNALS } from '../facts/signals.ts';

/** Its name, and its number on the phone (0 not determined, 1 restricted, 2 denied). */
const AUTHORIZED: readonly unknown[] = ['authorized', 3];

/** `status` as it came: anything but the one yes objects. */
export function signalsOfAtt(status: unknown): Signals {
  if (AUTHORIZED.includes(status)) return NO_SIGNALS;
  return { gpc: false, ends: ['advertise'], apart: true };
}
