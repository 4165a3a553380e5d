// Goal: the stream is handed what was admitted, sealed, and nothing else. Method: the whole engine over a
// small shop in memory, the stream in memory, and a look at what it was handed.

import { describe, expect, it } from 'vitest';
import { HOUR, allowAll, changes, event, must, openHouse, personId, say } from '../../test/support/house.ts';
import { envelopesOf, journalIds, send } from '../../test/support/streamed.ts';
import { memoryEventStream } from '../adapters/memory/event-stream.ts';
import { parseControllerId } from '../facts/ids.ts';
import { NO_SIGNALS } from '../facts/signals.ts';
import { fromHex, utf8 } from '../kernel/bytes.ts';
import { Fault } from '../kernel/fault.ts';
import type { EventStream, StreamMessage } from './ports.ts';
import { streamedIntake } from './streaming.ts';
import { takeEvents } from './taking.ts';

const FOREIGN = must(parseControllerId('another'));

/** A stream that remembers what it was handed. */
function listening(): { readonly stream: EventStream; readonly handed: StreamMessage[] } {
  const handed: StreamMessage[] = [];
  const inner = memoryEventStream();
  const publish = (messages: readonly StreamMessage[]): ReturnType<EventStream['publish']> => {
    handed.push(...messages);
    return inner.publish(messages);
  };
  const stream: EventStream = {
    publish,
    consume: (handle) => inner.consume(handle),
    lag: () => inner.lag(),
    pressure: () => inner.pressure(),
    dead: inner.dead,
    close: () => inner.close(),
  };
  return { stream, handed };
}

function holds(body: Uint8Array, part: Uint8Array): boolean {
  return Buffer.from(body).includes(Buffer.from(part));
}

describe('the intake of the stream', () => {
  it('[E170] admits and refuses as without one, and hands over nothing that is refused', async () => {
    const house = await openHouse();
    await allowAll(house, 'ann');
    const { stream, handed } = listening();
    const keysBefore = await house.world.keys.counts();
    const answer = await send(house, stream, [
      event(house, 'view', 'stranger', ['tea-1']),
      event(house, 'purchase', 'other', ['tea-1'], { source: 'bought-list' }),
      { ...event(house, 'purchase', 'third', ['tea-1']), controller: FOREIGN },
      event(house, 'view', 'ann', ['tea-1'], { timeMs: house.nowMs() + HOUR }),
    ]);
    expect(answer.admitted).toBe(0);
    expect(Object.values(answer.refused).reduce((sum, n) => sum + n, 0)).toBe(4);
    expect(handed).toEqual([]);
    expect(await house.world.keys.counts()).toEqual(keysBefore);
    expect((await send(house, stream, [event(house, 'view', 'ann', ['tea-1'])])).admitted).toBe(1);
    expect(handed).toHaveLength(1);
  });

  it('[E170] knows a repeat, in a batch, in the stream and in the journal', async () => {
    const house = await openHouse();
    const { stream } = listening();
    const one = event(house, 'purchase', 'ann', ['coat-1']);
    const told = await send(house, stream, [one, one]);
    expect(told).toEqual({ admitted: 1, repeated: 1, refused: {}, waiting: 2 });
    expect(await send(house, stream, [one])).toEqual({ admitted: 0, repeated: 1, refused: {}, waiting: 1 });
    const two = event(house, 'purchase', 'ann', ['coat-2']);
    await house.engine.collect({ events: [two], signals: NO_SIGNALS });
    expect(await send(house, stream, [two])).toEqual({ admitted: 0, repeated: 1, refused: {} });
    expect((await stream.lag()).waiting).toBe(1);
  });

  it('[E176] asks for room before it does anything, with what is judged already', async () => {
    const house = await openHouse();
    const asked: number[] = [];
    const { stream, handed } = listening();
    const pressure = (coming = 1): number => {
      asked.push(coming);
      return coming > 3 ? 1 : 0;
    };
    const intake = streamedIntake(house.engine, { publish: stream.publish, pressure });
    const two = () => [
      event(house, 'purchase', 'ann', ['tea-1']),
      event(house, 'purchase', 'bob', ['tea-2']),
    ];
    const collect = () => intake.collect({ events: two(), signals: NO_SIGNALS });
    const first = collect();
    await expect(collect()).rejects.toMatchObject({ code: 'stream-full', retry: 'later', afterSeconds: 1 });
    expect((await first).admitted).toBe(2);
    expect((await collect()).admitted).toBe(2);
    expect(asked).toEqual([2, 4, 2]);
    expect(handed).toHaveLength(4);
  });

  it('[E170] a no said between intake and worker is a no', async () => {
    const house = await openHouse();
    await allowAll(house, 'ann');
    const stream = memoryEventStream();
    expect((await send(house, stream, [event(house, 'view', 'ann', ['coat-1'])])).admitted).toBe(1);
    await say(house, 'ann', changes('withdrawn'));
    const worker = await takeEvents(house.engine, stream);
    await stream.drained();
    expect(worker.figures()).toMatchObject({ taken: 1, admitted: 0, dead: 0 });
    expect(Object.values(worker.figures().refused)).toEqual([1]);
    expect(await journalIds(house, 'ann')).toEqual([]);
  });

  it('[E170] a yes after that no does not bring back what waited, and all else stays', async () => {
    const house = await openHouse();
    await allowAll(house, 'ann');
    const stream = memoryEventStream();
    const sent = [
      event(house, 'view', 'ann', ['coat-1']),
      event(house, 'purchase', 'ann', ['coat-1'], { source: 'till' }),
      event(house, 'basket-add', 'ann', ['coat-2']),
    ];
    expect((await send(house, stream, sent)).admitted).toBe(3);
    house.advance(1000);
    await say(house, 'ann', changes('withdrawn', ['browsing']));
    await say(house, 'ann', changes('given', ['browsing']));
    const after = event(house, 'view', 'ann', ['tea-1']);
    await send(house, stream, [after]);
    const worker = await takeEvents(house.engine, stream);
    await stream.drained();
    expect(worker.figures()).toMatchObject({ taken: 4, admitted: 3, refused: { 'no-grant': 1 }, dead: 0 });
    const kept = [...sent.slice(1), after].map(({ id }) => id);
    expect([...(await journalIds(house, 'ann'))].sort()).toEqual(kept.sort());
  });

  it('[E170] of what does not say when it was admitted only orders stay', async () => {
    const house = await openHouse();
    await allowAll(house, 'ann');
    const person = await house.engine.core.people.fresh(personId('ann'));
    if (person === undefined || person === 'erased') throw new Error('gone');
    const events = [
      event(house, 'view', 'ann', ['coat-1']),
      event(house, 'purchase', 'ann', ['coat-1'], { source: 'till' }),
    ];
    const stream = memoryEventStream();
    const envelopes = envelopesOf(house);
    await stream.publish(
      events.map((one) => envelopes.seal(person, { event: one, signals: NO_SIGNALS }, house.nowMs())),
    );
    const worker = await takeEvents(house.engine, stream);
    await stream.drained();
    expect(worker.figures()).toMatchObject({ taken: 2, admitted: 1, refused: { 'no-grant': 1 }, dead: 0 });
    expect(await journalIds(house, 'ann')).toEqual([events[1]!.id]);
  });

  it('[E170] passes on when the stream is full or down, and acknowledges nothing', async () => {
    const house = await openHouse();
    const stream = memoryEventStream({ waitingMax: 1 });
    await send(house, stream, [event(house, 'purchase', 'ann', ['coat-1'])]);
    const full = send(house, stream, [event(house, 'purchase', 'ann', ['coat-2'])]);
    await expect(full).rejects.toMatchObject({ code: 'stream-full', retry: 'later', afterSeconds: 1 });
    // A batch of choices alone does not need the stream.
    await expect(send(house, stream, [])).resolves.toMatchObject({ admitted: 0 });
    const other = memoryEventStream();
    other.failing = new Fault('stream-down', 'planted', { retry: 'later' });
    const down = send(house, other, [event(house, 'purchase', 'ann', ['coat-3'])]);
    await expect(down).rejects.toMatchObject({ code: 'stream-down' });
  });
});

describe('what lies in the stream', () => {
  it('[E171] tells neither who nor what, and the same event has the same name', async () => {
    const house = await openHouse();
    const { stream, handed } = listening();
    const one = event(house, 'purchase', 'ann-the-buyer', ['coat-1'], { id: 'order:1001:purchase' });
    await send(house, stream, [one]);
    await send(house, stream, [one]);
    await send(house, stream, [{ ...one, person: personId('bob') }]);
    const [first, again, other] = handed;
    if (first === undefined || again === undefined || other === undefined) throw new Error('nothing handed');
    expect(again.id).toBe(first.id);
    expect(other.id).not.toBe(first.id);
    expect(first.id).toMatch(/^[0-9a-f]{32}$/);
    expect(first.shard).toBeLessThan(64);
    const key = house.engine.core.people.keyOf(personId('ann-the-buyer'));
    for (const secret of ['ann-the-buyer', 'coat-1', '1001', 'purchase', key])
      expect(holds(first.body, utf8(secret)), secret).toBe(false);
    expect(holds(first.body, fromHex(key) ?? utf8('?'))).toBe(false);
    expect(envelopesOf(house).open(first.body)?.person).toBe(key);
  });

  it('[E171] an erasure makes noise of it, and the worker drops it', async () => {
    const house = await openHouse();
    const { stream, handed } = listening();
    await send(house, stream, [event(house, 'purchase', 'ann', ['coat-1'])]);
    const keys = await house.world.keys.get(house.engine.core.people.keyOf(personId('ann')));
    expect(typeof keys).toBe('object');
    await house.engine.erase(personId('ann'));
    const worker = await takeEvents(house.engine, stream);
    await expect.poll(async () => (await stream.lag()).waiting).toBe(0);
    expect(worker.figures()).toMatchObject({ taken: 1, admitted: 0, refused: { suppressed: 1 }, dead: 0 });
    expect(await house.world.keys.get(house.engine.core.people.keyOf(personId('ann')))).toBe('erased');
    // Back by their own act, with new keys: nothing of the old opens.
    await say(house, 'ann', changes('given'), { byPerson: true, method: 'centre' });
    const [message] = handed;
    const back = await house.engine.core.people.get(personId('ann'));
    const outer = message === undefined ? undefined : envelopesOf(house).open(message.body);
    if (outer === undefined || typeof back !== 'object') throw new Error('ann is not back');
    expect(envelopesOf(house).openInner(outer, back.keys)).toBeUndefined();
  });

  it('[E171] a changed byte, another version, other keys: nothing is opened', async () => {
    const house = await openHouse();
    const { stream, handed } = listening();
    await send(house, stream, [event(house, 'purchase', 'ann', ['coat-1'])]);
    const body = handed[0]?.body ?? new Uint8Array();
    const envelopes = envelopesOf(house);
    for (let at = 0; at < body.length; at += 1) {
      const changed = body.slice();
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(envelopes.open(changed), `byte ${at}`).toBeUndefined();
    }
    expect(envelopes.open(body.subarray(0, 20))).toBeUndefined();
    expect(envelopesOf(await openHouse({ seed: 2 })).open(body)).toBeUndefined();
  });
});
