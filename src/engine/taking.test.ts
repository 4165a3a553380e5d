// Goal: an acknowledged event has its effect once, and a bad one harms nobody but itself. Method: the whole
// engine over a small shop in memory, and a stream that does on purpose what brokers do now and then.

import { describe, expect, it } from 'vitest';
import { type House, allowAll, event, itemId, openHouse, personId } from '../../test/support/house.ts';
import { envelopesOf, journalIds, send } from '../../test/support/streamed.ts';
import { type MemoryStream, memoryEventStream } from '../adapters/memory/event-stream.ts';
import type { Event } from '../facts/event.ts';
import { NO_SIGNALS } from '../facts/signals.ts';
import { Fault } from '../kernel/fault.ts';
import { seededRandom } from '../kernel/random.ts';
import { takeEvents } from './taking.ts';

const full = new Fault('disk-full', 'planted', { retry: 'later' });

/** Puts an event into the stream past the door, as a fault of ours would have made it. */
async function plant(house: House, stream: MemoryStream, planted: Event): Promise<void> {
  const person = await house.engine.core.people.get(planted.person);
  if (typeof person !== 'object') throw new Error('nobody of that name');
  const carried = { event: planted, signals: NO_SIGNALS };
  await stream.publish([envelopesOf(house).seal(person, carried, house.nowMs())]);
}

describe('a worker', () => {
  it('[E172] keeps what was sent, in the order in which it was sent', async () => {
    const house = await openHouse();
    await allowAll(house, 'ann');
    const stream = memoryEventStream();
    const events = [1, 2, 3, 4].map((n) =>
      event(house, n % 2 === 0 ? 'view' : 'purchase', 'ann', [`tea-${n}`]),
    );
    for (const one of events) await send(house, stream, [one]);
    const worker = await takeEvents(house.engine, stream);
    await stream.drained();
    expect(worker.figures()).toMatchObject({ taken: 4, admitted: 4, repeated: 0, dead: 0, refused: {} });
    expect(await journalIds(house, 'ann')).toEqual(events.map(({ id }) => id));
    await worker.stop();
    await send(house, stream, [event(house, 'purchase', 'ann', ['tea-5'])]);
    expect((await stream.lag()).waiting).toBe(1);
  });

  it('[E172] that dies between effect and acknowledgement leaves a repeat, also for another', async () => {
    const house = await openHouse();
    const trouble = { random: seededRandom(3), crash: 0.5 };
    const stream = memoryEventStream({ trouble, triesMax: 1000 });
    const first = await takeEvents(house.engine, stream);
    const ids: string[] = [];
    for (let n = 0; n < 30; n += 1) {
      const one = event(house, 'purchase', 'ann', ['tea-1']);
      ids.push(one.id);
      await send(house, stream, [one]);
      await stream.drained();
    }
    expect(first.figures().repeated).toBeGreaterThan(5);
    expect(await journalIds(house, 'ann')).toEqual(ids);
    const after = await house.reopen();
    const described = await after.engine.describe(personId('ann'));
    expect(described).toMatchObject({ facts: [{ key: 'bought|till|tea-1', quantity: 30, count: 30 }] });
  });

  it('[E172] and another on the same shard, after a lease has changed hands, keep one of each', async () => {
    const house = await openHouse();
    const other = await house.reopen();
    const stream = memoryEventStream({
      trouble: { random: seededRandom(5), leaseChange: 0.5 },
      triesMax: 1000,
      batchMax: 4,
    });
    const workers = [await takeEvents(house.engine, stream), await takeEvents(other.engine, stream)];
    const ids: string[] = [];
    for (let n = 0; n < 60; n += 1) {
      const one = event(house, 'purchase', n % 3 === 0 ? 'bob' : 'ann', ['tea-1']);
      if (n % 3 !== 0) ids.push(one.id);
      await send(house, stream, [one]);
    }
    await stream.drained();
    expect(workers.every((worker) => worker.figures().taken > 0)).toBe(true);
    const kept = await journalIds(await house.reopen(), 'ann');
    expect([...kept].sort()).toEqual(ids.sort());
    for (const worker of workers) await worker.stop();
  });

  it('[E173] puts aside what cannot be opened or read, and keeps the rest of the batch', async () => {
    const house = await openHouse();
    const stream = memoryEventStream();
    const good = event(house, 'purchase', 'ann', ['tea-1']);
    const later = event(house, 'purchase', 'ann', ['tea-2']);
    await house.engine.core.people.getOrCreate([personId('ann'), personId('bob')]);
    await send(house, stream, [good]);
    await stream.publish([{ shard: 0, id: 'strange', body: Uint8Array.of(9, 9, 9) }]);
    // An event that no parser made: folding it throws.
    const lines = [{ item: itemId('secret-thing') }, undefined] as unknown as Event['lines'];
    await plant(house, stream, { ...event(house, 'purchase', 'ann', []), lines });
    await send(house, stream, [later, event(house, 'purchase', 'bob', ['tea-3'])]);
    const told: string[] = [];
    const worker = await takeEvents(house.engine, stream, {
      failed: (what, error) => told.push(`${what}: ${String(error)}`),
    });
    await stream.drained();
    expect(worker.figures()).toMatchObject({ taken: 5, dead: 2 });
    const { admitted, repeated } = worker.figures();
    expect(admitted + repeated).toBe(3);
    expect(await journalIds(house, 'ann')).toEqual([good.id, later.id]);
    expect(await journalIds(house, 'bob')).toHaveLength(1);
    const dead = await stream.dead.list({ limit: 10 });
    expect(dead.map(({ reason }) => reason).sort()).toEqual(['it cannot be opened', 'it fails with Bug']);
    expect(JSON.stringify([dead, told])).not.toMatch(/\bann\b|secret|\btea/);
    expect(told).toHaveLength(2);
  });

  it('[E173] a replayed letter has its effect once what was wrong is mended', async () => {
    const house = await openHouse();
    const stream = memoryEventStream();
    const one = event(house, 'purchase', 'ann', ['tea-1']);
    await send(house, stream, [one]);
    let isBroken = true;
    const host = {
      core: house.engine.core,
      collect: (request: Parameters<typeof house.engine.collect>[0]) =>
        isBroken ? Promise.reject(new TypeError('planted')) : house.engine.collect(request),
    };
    await takeEvents(host, stream);
    await stream.drained();
    const [letter] = await stream.dead.list({ limit: 1 });
    isBroken = false;
    expect(await stream.dead.replay(letter?.seq ?? 0)).toBe(true);
    await stream.drained();
    expect(await journalIds(house, 'ann')).toEqual([one.id]);
    expect(await stream.dead.list({ limit: 1 })).toEqual([]);
    expect(await stream.dead.replay(letter?.seq ?? 0)).toBe(false);
  });

  it('[E174] waits while the store fails, and makes no dead letter of it', async () => {
    const house = await openHouse();
    const stream = memoryEventStream();
    const worker = await takeEvents(house.engine, stream, { pauseMs: 1 });
    const one = event(house, 'purchase', 'ann', ['tea-1']);
    await house.engine.core.people.getOrCreate([personId('ann')]);
    house.failing = (operation) => (operation === 'people.append' ? full : undefined);
    await send(house, stream, [one]);
    await expect.poll(() => worker.figures().waits).toBeGreaterThan(5);
    expect(await stream.lag()).toMatchObject({ waiting: 1, dead: 0 });
    house.failing = undefined;
    await stream.drained();
    expect(worker.figures()).toMatchObject({ admitted: 1, dead: 0 });
    expect(await journalIds(house, 'ann')).toEqual([one.id]);
  });

  it('[E175] gives way before each batch while pressed, nine times as long as the last took', async () => {
    const house = await openHouse();
    const stream = memoryEventStream({ partitions: 1, batchMax: 1 });
    await house.engine.core.people.getOrCreate([personId('ann')]);
    const paused: number[] = [];
    const after = (ms: number, run: () => void): void => {
      paused.push(ms);
      queueMicrotask(run);
    };
    const core = { ...house.engine.core, world: { ...house.engine.core.world, timer: { after } } };
    const tookMs = [100, 0, 3000, 100];
    const collect = (request: Parameters<typeof house.engine.collect>[0]) => {
      house.advance(tookMs.shift() ?? 0);
      return house.engine.collect(request);
    };
    let isPressed = true;
    const options = { isPressed: () => isPressed };
    await takeEvents({ core, collect }, stream, options);
    const buy = (id: string) => send(house, stream, [event(house, 'purchase', 'ann', [id])]);
    for (const id of ['tea-1', 'tea-2', 'tea-3', 'coat-1']) await buy(id);
    await stream.drained();
    expect(paused).toEqual([0, 900, 0, 5000]);
    isPressed = false;
    await buy('coat-2');
    await stream.drained();
    expect(paused).toHaveLength(4);
    expect(await journalIds(house, 'ann')).toHaveLength(5);
  });

  it('[E174] that is stopped while it waits gives back what it has in hand', async () => {
    const house = await openHouse();
    const stream = memoryEventStream();
    const worker = await takeEvents(house.engine, stream, { pauseMs: 60_000 });
    const one = event(house, 'purchase', 'ann', ['tea-1']);
    await house.engine.core.people.getOrCreate([personId('ann')]);
    house.failing = (operation) => (operation === 'people.append' ? full : undefined);
    await send(house, stream, [one]);
    await expect.poll(() => worker.figures().waits).toBe(1);
    await worker.stop();
    house.failing = undefined;
    expect(await stream.lag()).toMatchObject({ waiting: 1, dead: 0 });
    await takeEvents((await house.reopen()).engine, stream);
    await stream.drained();
    expect(await journalIds(await house.reopen(), 'ann')).toEqual([one.id]);
  });
});
