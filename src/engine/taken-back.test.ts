// Goal: what waits in a stream is judged by what was said before and after it, whatever the clocks of the
// nodes that wrote it down. Method: the whole engine over a small shop in memory, and a clock that is put
// forward and back between two words.

import { describe, expect, it } from 'vitest';
import { type House, allowAll, changes, event, openHouse, personId, say } from '../../test/support/house.ts';
import { journalIds, send } from '../../test/support/streamed.ts';
import { overtaken, shown, three } from '../../test/support/racing.ts';
import { type MemoryStream, memoryEventStream } from '../adapters/memory/event-stream.ts';
import { decodeSnapshot, encodeSnapshot } from '../profile/snapshot.ts';
import { compact } from './snapshot.ts';
import type { Collected } from './collecting.ts';
import { type StreamWorker, takeEvents } from './taking.ts';

const WITHIN = { timeout: 20_000, interval: 5 };
const AHEAD_MS = 12_000;

/** Written down by a node whose clock differs by so much. */
async function elsewhere<T>(house: House, aheadMs: number, work: () => Promise<T>): Promise<T> {
  house.advance(aheadMs);
  try {
    return await work();
  } finally {
    house.advance(-aheadMs);
  }
}

async function kept(house: House, stream: MemoryStream): Promise<readonly string[]> {
  const worker = await takeEvents(house.engine, stream);
  await stream.drained();
  await worker.stop();
  return journalIds(house, 'ann');
}

describe('what waited in a stream', () => {
  it('[E170] stays by a yes of before, of a node whose clock is ahead', async () => {
    const house = await openHouse();
    const stream = memoryEventStream();
    await elsewhere(house, AHEAD_MS, () => allowAll(house, 'ann'));
    const view = event(house, 'view', 'ann', ['coat-1']);
    expect((await send(house, stream, [view])).admitted).toBe(1);
    await say(house, 'ann', changes('withdrawn', ['interactions']));
    expect(await kept(house, stream)).toEqual([view.id]);
  });

  it('[E170] stays by a yes that was said twice, also after a no to something else', async () => {
    const house = await openHouse();
    const stream = memoryEventStream();
    await allowAll(house, 'ann');
    const view = event(house, 'view', 'ann', ['coat-1']);
    await send(house, stream, [view]);
    house.advance(1000);
    await allowAll(house, 'ann');
    await say(house, 'ann', changes('withdrawn', ['interactions']));
    expect(await kept(house, stream)).toEqual([view.id]);
  });

  it('[E170] stays by a yes that is said again after a no to something else', async () => {
    const house = await openHouse();
    const stream = memoryEventStream();
    await allowAll(house, 'ann');
    const sent = [event(house, 'view', 'ann', ['coat-1']), event(house, 'click', 'ann', ['coat-2'])];
    expect((await send(house, stream, sent)).admitted).toBe(2);
    await say(house, 'ann', changes('withdrawn', ['interactions']));
    await allowAll(house, 'ann');
    expect(await kept(house, stream)).toEqual([sent[0]!.id]);
  });

  it('[E170] does not come back by a yes after a no, of a node whose clock is behind', async () => {
    const house = await openHouse();
    const stream = memoryEventStream();
    await allowAll(house, 'ann');
    const view = event(house, 'view', 'ann', ['coat-1']);
    await send(house, stream, [view]);
    await say(house, 'ann', changes('withdrawn', ['browsing']));
    await elsewhere(house, -AHEAD_MS, () => say(house, 'ann', changes('given', ['browsing'])));
    expect(await kept(house, stream)).toEqual([]);
  });

  it('[E170] is judged the same from a snapshot, also from one of a version before', async () => {
    for (const isBefore of [false, true]) {
      const house = await openHouse();
      const stream = memoryEventStream();
      await allowAll(house, 'ann');
      const view = event(house, 'view', 'ann', ['coat-1']);
      await send(house, stream, [view]);
      await say(house, 'ann', changes('withdrawn', ['browsing']));
      await say(house, 'ann', changes('given', ['browsing']));
      const { people } = house.engine.core;
      const person = await people.fresh(personId('ann'));
      if (typeof person !== 'object') throw new Error('ann is not there');
      const { chain } = person;
      expect([...chain.grants.values()].map(({ withdrawals = 0 }) => withdrawals)).toContain(1);
      const { crypto } = house.world;
      const utf8 = crypto.utf8.bind(crypto);
      if (isBefore) crypto.utf8 = (text) => utf8(text.replace(/,"counts":\{[^}]*\}/, ''));
      expect(decodeSnapshot(encodeSnapshot(person)).ok, 'read by a version of before').toBe(true);
      await compact(house.world, person);
      people.forget(person.key);
      const read = await people.fresh(personId('ann'));
      if (!isBefore) expect(typeof read === 'object' && read.chain).toEqual(chain);
      expect(await kept(house, stream)).toEqual([]);
    }
  });
});

describe('a no that is under way while', () => {
  it('[E170] an event waits takes what it says, and not what it leaves', async () => {
    const [one, two] = await three();
    const stream = memoryEventStream();
    await allowAll(one, 'ann');
    const view = event(one, 'view', 'ann', ['coat-1']);
    await send(one, stream, [view]);
    let worker: StreamWorker | undefined;
    overtaken(one, async () => {
      const taking = await takeEvents(two.engine, stream);
      const begun = (): number => taking.figures().taken + taking.figures().waits;
      await expect.poll(begun, WITHIN).toBeGreaterThan(0);
      worker = taking;
    });
    await say(one, 'ann', changes('withdrawn', ['interactions']));
    await stream.drained();
    expect(worker?.figures()).toMatchObject({ taken: 1, admitted: 1, refused: {} });
    expect(await journalIds(one, 'ann')).toEqual([view.id]);
  });

  it('[E170] its node dies denies everything, and holds up nobody for ever', async () => {
    const house = await openHouse();
    const stream = memoryEventStream();
    await allowAll(house, 'ann');
    await send(house, stream, [event(house, 'view', 'ann', ['coat-1'])]);
    await house.world.keys.revoke(house.engine.core.people.keyOf(personId('ann')));
    const worker = await takeEvents((await house.reopen()).engine, stream, { pauseMs: 1 });
    await stream.drained();
    expect(worker.figures()).toMatchObject({ taken: 1, admitted: 0, dead: 0 });
    expect(worker.figures().waits).toBeGreaterThan(10);
    expect(Object.values(worker.figures().refused)).toEqual([1]);
  });

  it('[E170] another entry is written elsewhere is heard before the next event is admitted', async () => {
    const [one, two] = await three();
    const stream = memoryEventStream();
    await allowAll(one, 'ann');
    await shown(two, 'ann');
    let sending: Promise<Collected> | undefined;
    overtaken(two, async () => {
      await say(one, 'ann', changes('withdrawn'));
      sending = send(two, stream, [event(two, 'view', 'ann', ['coat-1'])]);
      await new Promise((resolve) => setTimeout(resolve, 20));
    });
    await shown(two, 'ann');
    expect(await sending).toMatchObject({ admitted: 0, refused: { 'no-grant': 1 } });
    expect((await stream.lag()).waiting).toBe(0);
  });
});

describe('an order', () => {
  it('[E170] of somebody whose no was never said waits for nothing', async () => {
    const house = await openHouse();
    await allowAll(house, 'ann');
    await house.world.keys.revoke(house.engine.core.people.keyOf(personId('ann')));
    const after = await house.reopen();
    const stream = memoryEventStream();
    const order = event(after, 'purchase', 'ann', ['coat-1']);
    await send(after, stream, [order]);
    const worker = await takeEvents(after.engine, stream, { pauseMs: 1 });
    await stream.drained();
    expect(worker.figures()).toMatchObject({ admitted: 1, waits: 0 });
  });
});
