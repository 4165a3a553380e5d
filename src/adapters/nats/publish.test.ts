// Goal: what is acknowledged was taken in, and the broker is not asked to know repeats. Method: a client that
// answers as servers do between two leaders.

import { once } from 'node:events';
import type { JetStreamClient } from '@nats-io/jetstream';
import type { MsgHdrs } from '@nats-io/transport-node';
import { describe, expect, it } from 'vitest';
import { idIn } from './ids.ts';
import { createPublisher } from './publish.ts';
import { createRecent, watchLeaders } from './recent.ts';
import { namesOf, settingsOf } from './settings.ts';

function publisherOf(answers: readonly ('fine' | 'down')[]) {
  const ids: string[] = [];
  const publish = async (
    _subject: string,
    _body: unknown,
    options: { readonly headers: MsgHdrs; readonly msgID?: string },
  ): Promise<object> => {
    expect(options.msgID, 'the broker judges by no id').toBeUndefined();
    ids.push(idIn(options.headers));
    if (answers[Math.min(ids.length, answers.length) - 1] === 'fine') return {};
    throw new Error('planted');
  };
  const settings = settingsOf({ servers: 'nats://127.0.0.1:1', acknowledgeMs: 700 });
  const client = { publish } as unknown as JetStreamClient;
  return { ids, publisher: createPublisher(client, namesOf(settings), settings) };
}

const message = { shard: 3, id: 'one', body: new Uint8Array(1) };

describe('publishing', () => {
  it('[N10] is tried until it is acknowledged, and when it is not, says so', async () => {
    const { ids, publisher } = publisherOf(['down', 'down', 'fine']);
    expect(await publisher.publish([message])).toEqual(['new']);
    expect(ids).toEqual(['one', 'one', 'one']);
    const { publisher: other } = publisherOf(['down']);
    await expect(other.publish([message])).rejects.toMatchObject({ code: 'stream-down', retry: 'later' });
    expect(other.inFlight()).toBe(0);
  });

  it('[N2] what was acknowledged here is known, and what was not is sent', async () => {
    const { ids, publisher } = publisherOf(['fine']);
    expect(await publisher.publish([message])).toEqual(['new']);
    expect(await publisher.publish([message])).toEqual(['known']);
    expect(ids).toEqual(['one']);
  });

  it('[N18] what was acknowledged lately goes again', async () => {
    const { ids, publisher } = publisherOf(['fine', 'down', 'fine']);
    await publisher.publish([message]);
    expect(await publisher.again(2), 'of another partition').toBe(true);
    expect(ids).toEqual(['one']);
    expect(await publisher.again(3)).toBe(true);
    expect(ids).toEqual(['one', 'one', 'one']);
    expect(await publisher.again(3), 'also the next time').toBe(true);
    expect(ids).toHaveLength(4);
  });

  it('[N18] and what is not acknowledged then is kept for the next time', async () => {
    const { publisher } = publisherOf(['fine', ...Array.from({ length: 8 }, () => 'down' as const), 'fine']);
    await publisher.publish([message]);
    expect(await publisher.again(3)).toBe(false);
    expect(await publisher.again(3)).toBe(true);
  });

  it('[N18] nor do looks take it for safe meanwhile, while more of it is on its way', async () => {
    const settings = settingsOf({ servers: 'nats://127.0.0.1:1', acknowledgeMs: 1 });
    const recent = createRecent(settings.partitions);
    const leaders = watchLeaders(recent);
    const later = new AbortController();
    const untilLater = once(later.signal, 'abort');
    let times = 0;
    /** What is sent at once is not acknowledged, and what follows waits. */
    const answers = async (): Promise<void> => {
      times += 1;
      if (times <= 300) return;
      if (times <= 556) throw new Error('planted');
      await untilLater;
    };
    const client = { publish: answers } as unknown as JetStreamClient;
    const publisher = createPublisher(client, namesOf(settings), settings, { recent });
    await publisher.publish(Array.from({ length: 300 }, (_, n) => ({ ...message, id: `m${n}` })));
    const sent = publisher.again(3);
    await expect.poll(() => times).toBe(600);
    const steady = Array.from({ length: settings.partitions }, () => 'a');
    for (const aheadMs of [1000, 2000, 3000]) leaders.seen(steady, Date.now() + aheadMs);
    later.abort();
    expect(await sent).toBe(false);
    // Those that failed, and those that were acknowledged just now.
    expect(new Set(recent.take(3).map(({ id }) => id)).size).toBe(300);
  });
});
