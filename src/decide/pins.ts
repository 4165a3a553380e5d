// Things that the shop places. They pass the guards of single things like any other, before the others, and
// then stand where the shop wants them; what is earned stands around them.

import type { Held } from '../facts/decision.ts';
import { pinsMax } from '../facts/merchandising.ts';
import type { GuardContext } from './guards.ts';
import type { PinnedPlace } from './merchandise.ts';
import { countChosen, judge } from './walk.ts';

export interface Pinned {
  readonly pins: readonly PinnedPlace[];
  /** Pins that a guard held back. */
  readonly held: readonly Held[];
}

/** Those pins that every guard lets pass, at most half of the list. They take part in the count of leaves. */
export function placePins(pins: readonly PinnedPlace[], limit: number, context: GuardContext): Pinned {
  const most = pinsMax(limit);
  const placed: PinnedPlace[] = [];
  const held: Held[] = [];
  for (const pin of pins) {
    if (placed.length === most || pin.place > limit) break;
    const taken = judge(pin.index, context);
    if (taken !== undefined) {
      held.push(taken);
      continue;
    }
    countChosen(context, pin.index);
    context.placed.add(pin.index);
    placed.push(pin);
  }
  return { pins: placed, held };
}

/** Pins at their places and the others around them, in their order; where these end, pins move up. */
export function arrange(list: readonly number[], pins: readonly PinnedPlace[]): readonly number[] {
  if (pins.length === 0) return list;
  const earned = list.filter((index) => pins.every((pin) => pin.index !== index));
  const out: number[] = [];
  let next = 0;
  for (const { index, place } of pins) {
    if (!list.includes(index)) continue;
    while (out.length < place - 1 && next < earned.length) out.push(earned[next++]!);
    out.push(index);
  }
  return [...out, ...earned.slice(next)];
}
