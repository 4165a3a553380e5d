// Goal: no acknowledged event is lost or doubled in effect, whatever the stream and the store do. Method: by
// seed, two workers over one store, a stream that repeats, reorders, forgets acknowledgements and changes
// hands, a store that fails now and then, senders who send again; a naive list of what was acknowledged.

import { describe, expect, it } from 'vitest';
import { event, openHouse, personId } from '../../test/support/house.ts';
import { journalIds, send } from '../../test/support/streamed.ts';
import { memoryEventStream } from '../adapters/memory/event-stream.ts';
import type { Event } from '../facts/event.ts';
import { Fault } from '../kernel/fault.ts';
import { seededRandom } from '../kernel/random.ts';
import { takeEvents } from './taking.ts';

const ROUNDS = process.env['FINELINE_FULL'] === '1' ? 200 : 6;
const PEOPLE = ['ann', 'bob', 'cem', 'dee', 'eve', 'fay'];

async function checkRound(seed: number): Promise<void> {
  const random = seededRandom(seed);
  const house = await openHouse({ seed: seed + 1000 });
  const other = await house.reopen();
  const stream = memoryEventStream({
    trouble: { random, crash: 0.2, duplicate: 0.1, reorder: 0.3, leaseChange: 0.2 },
    triesMax: 10_000,
    batchMax: 1 + random.below(20),
    partitions: 1 + random.below(8),
  });
  const workers = [
    await takeEvents(house.engine, stream, { pauseMs: 1 }),
    await takeEvents(other.engine, stream, { pauseMs: 1 }),
  ];
  house.failing = (operation) =>
    operation === 'people.append' && random.below(8) === 0
      ? new Fault('disk-full', 'planted', { retry: 'later' })
      : undefined;
  const acknowledged = new Map<string, Set<string>>(PEOPLE.map((who) => [who, new Set()]));
  const sent: Event[] = [];
  for (let n = 0; n < 60; n += 1) {
    const fresh = Array.from({ length: 1 + random.below(4) }, () => {
      const who = PEOPLE[random.below(PEOPLE.length)] ?? 'ann';
      return event(house, 'purchase', who, [`tea-${1 + random.below(3)}`]);
    });
    const again = sent.length > 0 && random.below(3) === 0 ? [sent[random.below(sent.length)]] : [];
    const batch = [...fresh, ...again].filter((one) => one !== undefined);
    await send(house, stream, batch);
    sent.push(...fresh);
    for (const { person, id } of batch) acknowledged.get(person)?.add(id);
  }
  await stream.drained();
  for (const worker of workers) await worker.stop();
  house.failing = undefined;
  expect((await stream.lag()).dead).toBe(0);
  const after = await house.reopen();
  for (const who of PEOPLE) {
    const ids = [...(acknowledged.get(who) ?? [])].sort();
    expect([...(await journalIds(after, who))].sort(), `seed ${seed}, ${who}`).toEqual(ids);
    const person = await after.engine.core.people.get(personId(who));
    const facts = typeof person === 'object' ? [...person.profile.facts.values()] : [];
    const bought = facts.reduce((sum, { count }) => sum + count, 0);
    expect(bought, `seed ${seed}, ${who}`).toBe(ids.length);
  }
}

describe('a stream in trouble', () => {
  it(`[E172] loses and doubles nothing: ${ROUNDS} seeds`, async () => {
    for (let seed = 1; seed <= ROUNDS; seed += 1) await checkRound(seed);
  });
});
