// Goal: what is acknowledged is kept by a majority, also where a broker takes a repeat for one. Method: a
// client that answers as servers do between two leaders.

import type { JetStreamClient } from '@nats-io/jetstream';
import { describe, expect, it } from 'vitest';
import { createPublisher } from './publish.ts';
import { namesOf, settingsOf } from './settings.ts';

type Answer = { readonly seq: number; readonly duplicate: boolean };

function publisherOf(answers: readonly Answer[]) {
  const ids: string[] = [];
  const publish = (
    _subject: string,
    _body: unknown,
    { msgID }: { readonly msgID: string },
  ): Promise<Answer> => {
    ids.push(msgID);
    return Promise.resolve(answers[Math.min(ids.length, answers.length) - 1]!);
  };
  const settings = settingsOf({ servers: 'nats://127.0.0.1:1', acknowledgeMs: 700 });
  const client = { publish } as unknown as JetStreamClient;
  return { ids, publisher: createPublisher(client, namesOf(settings), settings) };
}

const message = { shard: 3, id: 'one', body: new Uint8Array(1) };

describe('publishing', () => {
  it('[N10] a repeat that has no place yet is no acknowledgement', async () => {
    const staged = { seq: 0, duplicate: true };
    const { ids, publisher } = publisherOf([staged, staged, { seq: 7, duplicate: false }]);
    expect(await publisher.publish([message])).toEqual(['new']);
    expect(ids).toEqual(['one', 'one.1', 'one.2']);
  });

  it('[N10] and when it gets none, nothing is acknowledged', async () => {
    const { publisher } = publisherOf([{ seq: 0, duplicate: true }]);
    await expect(publisher.publish([message])).rejects.toMatchObject({ code: 'stream-down', retry: 'later' });
    expect(publisher.inFlight()).toBe(0);
  });

  it('[N2] a repeat that has its place is known', async () => {
    const { ids, publisher } = publisherOf([{ seq: 7, duplicate: true }]);
    expect(await publisher.publish([message])).toEqual(['known']);
    expect(ids).toEqual(['one']);
  });

  it('[N18] what was acknowledged lately goes again, under a name of its own', async () => {
    const fine = { seq: 7, duplicate: false };
    const { ids, publisher } = publisherOf([
      fine,
      { seq: 0, duplicate: true },
      { seq: 0, duplicate: true },
      fine,
    ]);
    await publisher.publish([message]);
    expect(await publisher.again(2), 'of another partition').toBe(true);
    expect(ids).toEqual(['one']);
    expect(await publisher.again(3)).toBe(true);
    expect(ids).toEqual(['one', 'one.after.2', 'one.after.2.1', 'one.after.2.2']);
    expect(await publisher.again(3), 'also the next time').toBe(true);
    expect(ids.at(-1)).toBe('one.after.3');
  });

  it('[N18] and what is not acknowledged then is kept for the next time', async () => {
    const staged = { seq: 0, duplicate: true };
    const fine = { seq: 7, duplicate: false };
    const { ids, publisher } = publisherOf([fine, ...Array.from({ length: 8 }, () => staged), fine]);
    await publisher.publish([message]);
    expect(await publisher.again(3)).toBe(false);
    expect(await publisher.again(3)).toBe(true);
    expect(ids.at(-1)).toMatch(/^one\.after\.2/);
  });
});
