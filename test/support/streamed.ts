// A house with an event stream: events go in at the intake and come out at workers, for tests.

import type { Collected } from '../../src/engine/collecting.ts';
import { createEnvelopes, type Envelopes } from '../../src/engine/stream-envelope.ts';
import type { EventStream } from '../../src/engine/ports.ts';
import { streamedIntake } from '../../src/engine/streaming.ts';
import type { Event } from '../../src/facts/event.ts';
import { NO_SIGNALS } from '../../src/facts/signals.ts';
import { type House, personId } from './house.ts';

export const envelopesOf = (house: House): Envelopes => createEnvelopes(house.world);

export function send(house: House, stream: EventStream, events: readonly Event[]): Promise<Collected> {
  return streamedIntake(house.engine, stream).collect({ events, signals: NO_SIGNALS });
}

/** Events of somebody's journal, by id, as often as they stand there. */
export async function journalIds(house: House, who: string): Promise<readonly string[]> {
  const { core } = house.engine;
  const key = core.people.keyOf(personId(who));
  const person = await core.people.byKey(key);
  if (typeof person !== 'object') return [];
  const entries = await core.world.people.history(key, ['event']);
  return entries.map((entry) => {
    const place = core.world.crypto.utf8(`${key}|${entry.seq}|${entry.kind}`);
    const plain = core.world.crypto.open(person.keys.profile, entry.sealed, place);
    if (plain === undefined) throw new Error('an entry of the journal cannot be opened');
    return (JSON.parse(core.world.crypto.text(plain)) as Event).id;
  });
}
