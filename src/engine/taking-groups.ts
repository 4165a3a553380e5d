// Owns: which messages of a batch one call of the engine's collect path can carry, and as what.

import { assert } from '../kernel/assert.ts';
import type { Event } from '../facts/event.ts';
import type { EventId } from '../facts/ids.ts';
import type { CollectRequest } from './collecting.ts';
import type { Carried } from './stream-envelope.ts';
import { ADMITTED_UNKNOWN, type Waited } from './taken-back.ts';

export interface Waiting {
  readonly at: number;
  readonly carried: Carried;
  /** Evidence key of whoever's keys opened it. */
  readonly life: Uint8Array;
}

/**
 * Messages that one call can carry: place, signals and end of the request are the same. A person's messages
 * keep their order, so one that differs goes into a later group, and what follows it into none before that.
 */
export function groupsOf(waiting: readonly Waiting[]): readonly (readonly Waiting[])[] {
  const groups: { readonly context: string; readonly members: Waiting[] }[] = [];
  const lastOf = new Map<string, number>();
  for (const one of waiting) {
    const { event, place, signals, notAfterMs } = one.carried;
    const context = JSON.stringify([place, signals, notAfterMs]);
    const from = lastOf.get(event.person) ?? 0;
    let at = groups.findIndex((group, index) => index >= from && group.context === context);
    if (at < 0) at = groups.push({ context, members: [] }) - 1;
    groups[at]?.members.push(one);
    lastOf.set(event.person, at);
  }
  return groups.map(({ members }) => members);
}

export function requestOf(group: readonly Waiting[]): CollectRequest {
  const events = group.map(({ carried }) => carried.event);
  const first = group[0]?.carried;
  assert(first !== undefined, 'a group has a member');
  const { notAfterMs, place, signals } = first;
  const admitted = group.map(({ carried: { event, admitted: as }, life }): [Event, Waited] => [
    event,
    { ...(as ?? ADMITTED_UNKNOWN), life },
  ]);
  const ends = notAfterMs === undefined ? [] : events.map(({ id }): [EventId, number] => [id, notAfterMs]);
  return {
    events,
    signals,
    notAfterMs: new Map(ends),
    admitted: new Map(admitted),
    ...(place === undefined ? {} : { place }),
  };
}
