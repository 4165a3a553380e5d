// Goal: what waits in a stream is judged by what was said before and after it, whatever the clocks of the
// nodes that wrote it down. Method: the whole engine over a small shop in memory, and a clock that is put
// forward and back between two words.

import { describe, expect, it } from 'vitest';
import { type House, allowAll, changes, event, openHouse, personId, say } from '../../test/support/house.ts';
import { journalIds, send } from '../../test/support/streamed.ts';
import { type MemoryStream, memoryEventStream } from '../adapters/memory/event-stream.ts';
import { decodeSnapshot, encodeSnapshot } from '../profile/snapshot.ts';
import { takeEvents } from './taking.ts';

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
  it('[E170] stays by a yes of before, which a node wrote down whose clock is ahead', async () => {
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

  it('[E170] does not come back by a yes after a no, which a node wrote down whose clock is behind', async () => {
    const house = await openHouse();
    const stream = memoryEventStream();
    await allowAll(house, 'ann');
    const view = event(house, 'view', 'ann', ['coat-1']);
    await send(house, stream, [view]);
    await say(house, 'ann', changes('withdrawn', ['browsing']));
    await elsewhere(house, -AHEAD_MS, () => say(house, 'ann', changes('given', ['browsing'])));
    expect(await kept(house, stream)).toEqual([]);
  });

  it('[E170] is judged the same by who read the state from a snapshot', async () => {
    const house = await openHouse();
    const stream = memoryEventStream();
    await allowAll(house, 'ann');
    const view = event(house, 'view', 'ann', ['coat-1']);
    await send(house, stream, [view]);
    await say(house, 'ann', changes('withdrawn', ['browsing']));
    await say(house, 'ann', changes('given', ['browsing']));
    const person = await house.engine.core.people.fresh(personId('ann'));
    if (typeof person !== 'object') throw new Error('ann is not there');
    const read = decodeSnapshot(encodeSnapshot(person));
    expect(read.ok && read.value.chain).toEqual(person.chain);
    expect([...person.chain.grants.values()].map(({ withdrawals = 0 }) => withdrawals)).toContain(1);
    expect(await kept(house, stream)).toEqual([]);
  });
});
