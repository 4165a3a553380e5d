// What every EventStream must do. Goal: what was acknowledged is handed over until somebody has said what
// became of it, and one bad message holds up nobody.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bytesOf } from './samples.ts';

import type { Delivered, EventStream, StreamMessage, Verdict } from '../../src/engine/ports.ts';

export interface StreamHarness {
  /** An empty stream with these bounds; 4 partitions. */
  open(options: { readonly triesMax: number; readonly waitingMax: number }): Promise<EventStream>;
  close(): Promise<void>;
}

let count = 0;

/** A message of a new name. */
function message(shard: number, size = 200): StreamMessage {
  count += 1;
  return { shard, id: `m${count}`, body: bytesOf(count, size) };
}

const messages = (n: number, shard?: number): readonly StreamMessage[] =>
  Array.from({ length: n }, (_, at) => message(shard ?? at % 64));

const all = (batch: readonly Delivered[]): readonly Verdict[] => batch.map(() => 'done');

/** Long enough for a broker that elects a leader; a test never waits for it when all is well. */
const WITHIN = { timeout: 30_000, interval: 20 };

async function untilEmpty(stream: EventStream): Promise<void> {
  await expect.poll(async () => (await stream.lag()).waiting, WITHIN).toBe(0);
}

type Open = (bounds?: Partial<{ triesMax: number; waitingMax: number }>) => Promise<EventStream>;

export function runEventStream(name: string, make: () => Promise<StreamHarness>): void {
  describe(`EventStream: ${name}`, () => {
    let harness: StreamHarness;
    const open: Open = (bounds = {}) => harness.open({ triesMax: 3, waitingMax: 1000, ...bounds });
    beforeAll(async () => {
      harness = await make();
    });
    afterAll(() => harness.close());

    runHandingOver(open);
    runSharing(open);
    runDeadLetters(open);
    runBounds(open);
  });
}

function runHandingOver(open: Open): void {
  it('[N1] hands over what was acknowledged, whole and in the order of its shard', async () => {
    const stream = await open();
    const sent = messages(200);
    expect(await stream.publish(sent)).toEqual(sent.map(() => 'new'));
    expect(await stream.lag()).toMatchObject({ waiting: 200, dead: 0 });
    const got: Delivered[] = [];
    const consumer = await stream.consume(async (batch) => {
      got.push(...batch);
      return all(batch);
    });
    await untilEmpty(stream);
    const bodyOf = new Map(sent.map(({ id, body }) => [id, Buffer.from(body)]));
    for (const { id, body, attempt } of got) {
      expect(Buffer.from(body).equals(bodyOf.get(id) ?? Buffer.of())).toBe(true);
      expect(attempt).toBe(1);
    }
    const ofShard = (list: readonly StreamMessage[], shard: number): readonly string[] =>
      list.filter((one) => one.shard === shard).map(({ id }) => id);
    for (let shard = 0; shard < 64; shard += 1) expect(ofShard(got, shard)).toEqual(ofShard(sent, shard));
    await consumer.stop();
    await stream.close();
  });

  it('[N2] a repeat adds nothing, in one call and later, and says so', async () => {
    const stream = await open();
    const [one, two] = [message(1), message(2)];
    await stream.publish([one]);
    expect(await stream.publish([one, two])).toEqual(['known', 'new']);
    expect((await stream.lag()).waiting).toBe(2);
    const got: string[] = [];
    await stream.consume(async (batch) => {
      got.push(...batch.map(({ id }) => id));
      return all(batch);
    });
    await untilEmpty(stream);
    expect(await stream.publish([one])).toEqual(['known']);
    expect([...got].sort()).toEqual([one.id, two.id].sort());
    await stream.close();
  });
}

function runSharing(open: Open): void {
  it('[N3] one batch of a partition is out at a time, and consumers share the partitions', async () => {
    const stream = await open();
    const busy = new Set<number>();
    const by = [0, 0];
    const handler = (which: number) => async (batch: readonly Delivered[]) => {
      const parts = new Set(batch.map(({ shard }) => shard % 4));
      for (const part of parts) {
        expect(busy.has(part)).toBe(false);
        busy.add(part);
      }
      await new Promise((resolve) => setTimeout(resolve, 5));
      for (const part of parts) busy.delete(part);
      by[which] = (by[which] ?? 0) + batch.length;
      return all(batch);
    };
    const consumers = [await stream.consume(handler(0)), await stream.consume(handler(1))];
    const held = (): readonly number[] => consumers.flatMap((one) => one.partitions());
    await expect.poll(() => [...held()].sort((a, b) => a - b), WITHIN).toEqual([0, 1, 2, 3]);
    await expect.poll(() => consumers.map((one) => one.partitions().length), WITHIN).toEqual([2, 2]);
    for (let n = 0; n < 10; n += 1) await stream.publish(messages(40));
    await untilEmpty(stream);
    expect(by[0]).toBeGreaterThan(0);
    expect(by[1]).toBeGreaterThan(0);
    expect((by[0] ?? 0) + (by[1] ?? 0)).toBe(400);
    for (const one of consumers) await one.stop();
    await stream.close();
  });

  it('[N3] what a consumer leaves behind is taken by another', async () => {
    const stream = await open();
    const first = await stream.consume(async (batch) => all(batch));
    await stream.publish(messages(20));
    await untilEmpty(stream);
    await first.stop();
    await stream.publish(messages(20));
    const got = new Set<string>();
    await stream.consume(async (batch) => {
      for (const { id } of batch) got.add(id);
      return all(batch);
    });
    await untilEmpty(stream);
    expect(got.size).toBe(20);
    await stream.close();
  });
}

function runDeadLetters(open: Open): void {
  it('[N4] what is thrown back comes again, counted, and in the end is put aside', async () => {
    const stream = await open();
    const [bad, good] = [message(5), message(6)];
    await stream.publish([bad, good]);
    const attempts: number[] = [];
    await stream.consume(async (batch) => {
      if (!batch.some(({ id }) => id === bad.id)) return all(batch);
      attempts.push(...batch.filter(({ id }) => id === bad.id).map(({ attempt }) => attempt));
      throw new Error('planted');
    });
    await untilEmpty(stream);
    expect(attempts).toEqual([1, 2, 3]);
    const dead = await stream.dead.list({ limit: 10 });
    expect(dead).toMatchObject([{ id: bad.id, shard: 5, reason: 'it was thrown back too often' }]);
    await stream.close();
  });

  it('[N5] a dead letter says why, holds up nobody, and can be sent again or forgotten', async () => {
    const stream = await open();
    const bad = [message(7), message(7), message(7)];
    const badIds = new Set(bad.map(({ id }) => id));
    await stream.publish([...bad, ...messages(5, 7)]);
    let isMended = false;
    const done: string[] = [];
    await stream.consume(async (batch) =>
      batch.map(({ id }) => {
        const isBad = badIds.has(id.replace(/\..*/, '')) && !isMended;
        if (!isBad) done.push(id);
        return isBad ? { dead: 'planted' } : 'done';
      }),
    );
    await untilEmpty(stream);
    expect(done).toHaveLength(5);
    expect((await stream.lag()).dead).toBe(3);
    const letters = await stream.dead.list({ limit: 10 });
    expect(letters.map(({ id }) => id)).toEqual(bad.map(({ id }) => id));
    for (const one of letters) expect(one).toMatchObject({ reason: 'planted', tries: 1, bytes: 200 });
    expect(Object.keys(letters[0] ?? {})).not.toContain('body');
    const [first = 0, second = 0, third = 0] = letters.map(({ seq }) => seq);
    expect(await stream.dead.list({ after: first, limit: 1 })).toEqual([letters[1]]);
    expect(await stream.dead.drop(second)).toBe(true);
    expect(await stream.dead.get(second)).toBeUndefined();
    isMended = true;
    expect(await stream.dead.replay(first)).toBe(true);
    await expect.poll(() => done.length, WITHIN).toBe(6);
    await untilEmpty(stream);
    expect(await stream.dead.list({ limit: 10 })).toEqual([letters[2]]);
    expect(await stream.dead.get(third)).toEqual(letters[2]);
    expect([await stream.dead.replay(first), await stream.dead.drop(99_999)]).toEqual([false, false]);
    await stream.close();
  });
}

function runBounds(open: Open): void {
  it('[N6] a stream that is full says so with a time, loses nothing and goes on', async () => {
    const stream = await open({ waitingMax: 60 });
    const sent: string[] = [];
    let refusal: unknown;
    for (let n = 0; n < 400 && refusal === undefined; n += 1) {
      const batch = messages(20, n);
      if (stream.pressure() > 0) refusal = { code: 'stream-full', retry: 'later', afterSeconds: 1 };
      else
        await stream.publish(batch).then(
          () => sent.push(...batch.map(({ id }) => id)),
          (error: unknown) => {
            refusal = error;
          },
        );
      if (n % 10 === 9) await new Promise((resolve) => setTimeout(resolve, 300));
    }
    expect(refusal).toMatchObject({ code: 'stream-full', retry: 'later' });
    expect(refusal).toHaveProperty('afterSeconds');
    const got = new Set<string>();
    await stream.consume(async (batch) => {
      for (const { id } of batch) got.add(id);
      return all(batch);
    });
    await untilEmpty(stream);
    expect(sent.filter((id) => !got.has(id))).toEqual([]);
    await expect.poll(() => stream.pressure(), WITHIN).toBe(0);
    expect(await stream.publish([message(1)])).toEqual(['new']);
    await stream.close();
  });

  it('[N7] closed means closed', async () => {
    const stream = await open();
    await stream.close();
    await expect(stream.publish([message(1)])).rejects.toMatchObject({ code: 'closed' });
    await expect(stream.consume(async (batch) => all(batch))).rejects.toMatchObject({ code: 'closed' });
    await stream.close();
  });
}
