// Goal: whatever a consumer of the broker leaves out, each place of a partition is read, once and in order.
// Method: a broker that has the messages and hands them over as wrongly as one does that was killed.

import type { JetStreamClient, JetStreamManager } from '@nats-io/jetstream';
import { JetStreamApiError } from '@nats-io/jetstream';
import { afterEach, describe, expect, it } from 'vitest';
import { WITHIN } from '../../../test/support/nats-streams.ts';
import { type Reading, readPartition } from './reading.ts';
import { namesOf } from './settings.ts';

/** What lies in the stream, by its place. */
type Places = Map<number, string>;

const NAMES = namesOf({ prefix: 'fineline', partitions: 1 });

/** Hands over what `handed` names of the places from `from` on, and knows itself what lies there. */
function brokerWith(places: Places, handed: (from: number, made: number) => readonly number[]) {
  let made = 0;
  const header = { get: () => 'id' };
  const one = (seq: number) => ({
    seq,
    subject: 'fineline.events.0.3',
    headers: header,
    header,
    data: new TextEncoder().encode(places.get(seq)),
    time: new Date(seq),
  });
  const state = () => ({ first_seq: Math.min(...places.keys()), last_seq: Math.max(...places.keys()) });
  let from = 1;
  const jsm = {
    streams: {
      info: async () => ({ state: state() }),
      getMessage: async (_stream: string, { seq }: { readonly seq: number }) => {
        if (places.has(seq)) return one(seq);
        throw new JetStreamApiError({ code: 404, err_code: 10037, description: 'no message found' });
      },
    },
    consumers: {
      add: async (_stream: string, { opt_start_seq = 1 }: { readonly opt_start_seq?: number }) => {
        from = opt_start_seq;
        made += 1;
        return { name: `reader-${made}` };
      },
      delete: async () => true,
    },
  };
  const fetch = async () => {
    await new Promise((resolve) => setTimeout(resolve, 2));
    const now = handed(from, made).filter((seq) => seq >= from && places.has(seq));
    from = Math.max(from, ...now.map((seq) => seq + 1));
    return now.map(one);
  };
  const info = async () => ({ name: `reader-${made}` });
  const js = { consumers: { get: async () => ({ fetch, info }) } };
  return { js: js as unknown as JetStreamClient, jsm: jsm as unknown as JetStreamManager, names: NAMES };
}

let reading: Reading | undefined;
afterEach(() => reading?.stop());

const textOf = (all: readonly { readonly body: Uint8Array }[]): string =>
  all.map(({ body }) => new TextDecoder().decode(body)).join('');
const lying = (text: string, from = 1): Places => new Map(text.split('').map((one, at) => [from + at, one]));

async function readUntil(long: number): Promise<string> {
  let text = '';
  const more = (): number => {
    text += textOf(reading?.take(100) ?? []);
    return text.length;
  };
  await expect.poll(more, WITHIN).toBeGreaterThanOrEqual(long);
  await reading?.wait(50);
  more();
  return text;
}

describe('reading a partition', () => {
  it('[N17] a consumer that runs ahead leaves nothing out', async () => {
    const ahead = (from: number): readonly number[] => [from, from + 3, from + 4];
    reading = readPartition(brokerWith(lying('abcdefghijkl'), ahead), 0, 1);
    expect(await readUntil(12)).toBe('abcdefghijkl');
  });

  it('[N17] a place where there is nothing is passed over, on the word of the leader', async () => {
    const places = lying('abcdef');
    places.delete(3);
    places.delete(4);
    const all = (): readonly number[] => [1, 2, 5, 6];
    reading = readPartition(brokerWith(places, all), 0, 1);
    expect(await readUntil(4)).toBe('abef');
  });

  it('[N17] a consumer that hands over nothing, or what was handed over, is made anew', async () => {
    const places = lying('abcdef');
    const silent = (from: number, made: number): readonly number[] => (made < 3 ? [2] : [from]);
    reading = readPartition(brokerWith(places, silent), 0, 1);
    expect(await readUntil(6)).toBe('abcdef');
  });

  it('[N17] a stream that went back is read from its beginning', async () => {
    const places = lying('abcdef', 50);
    const next = (from: number): readonly number[] => [from];
    reading = readPartition(brokerWith(places, next), 0, 50);
    expect(await readUntil(6)).toBe('abcdef');
    for (const seq of [...places.keys()]) places.delete(seq);
    for (const [seq, text] of lying('xyz', 7)) places.set(seq, text);
    expect(await readUntil(3)).toBe('xyz');
  });

  it('[N17] places that end before us, or begin after us, are where it goes on', async () => {
    const next = (from: number): readonly number[] => [from];
    reading = readPartition(brokerWith(lying('abc', 20), next), 0, 5);
    expect(await readUntil(3)).toBe('abc');
  });
});
