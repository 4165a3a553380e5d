// Goal: whoever keeps a node running sees how its event stream is, and nobody can count acts of people by it.
// Method: a shop in memory that is told how its stream is.

import { expect, it } from 'vitest';
import type { StreamTold } from '../../engine/stream-told.ts';
import { openMemory } from '../../presets/memory.ts';
import { readyAnswer } from './answers.ts';
import { createHttp } from './http.ts';
import { createKeys } from './keys.ts';

const WORKER = { taken: 41, admitted: 40, repeated: 1, refused: {}, dead: 0, waits: 2 };

async function opened(told?: () => StreamTold) {
  const memory = await openMemory();
  const { plain, hashed } = createKeys(memory.world.entropy);
  const { engine, tokenSecret } = memory;
  const stream = told === undefined ? {} : { stream: told };
  const http = createHttp({ engine, keys: hashed, tokenSecret, ...stream });
  return async (path: string): Promise<string> => {
    const headers = { authorization: `Bearer ${plain.admin}` };
    return (await http.fetch(new Request(`http://shop.test${path}`, { headers }))).text();
  };
}

const figure = (text: string, name: string): number =>
  Number(new RegExp(`^fineline_stream_${name} (.*)$`, 'm').exec(text)?.[1]);

it('[H61] readiness says in a word how the stream is, and stays ready while it is away', async () => {
  for (const state of ['open', 'full', 'away'] as const) {
    const ask = await opened(() => ({ state, partitions: 1 }));
    const told = readyAnswer.parse(JSON.parse(await ask('/readyz')));
    expect(told).toEqual({ ready: true, recovered: expect.any(Boolean), events: state });
  }
  const ask = await opened();
  expect(JSON.parse(await ask('/readyz'))).not.toHaveProperty('events');
  expect(await ask('/metrics')).not.toContain('fineline_stream');
});

it('[H61] figures tell servers as they are, events of people and the age of few roughly', async () => {
  let waiting = 7;
  const lag = (): StreamTold => ({
    state: waiting > 50 ? 'full' : 'open',
    partitions: 3,
    lag: { waiting, oldestMs: 119_500, dead: 2 },
    worker: WORKER,
  });
  const ask = await opened(lag);
  const text = await ask('/metrics');
  const told = ['up', 'full', 'oldest_seconds', 'dead_letters', 'partitions', 'waits'];
  expect(told.map((name) => figure(text, name))).toEqual([1, 0, 60, 2, 3, 2]);
  // Fewer than a step are none; others are whole steps, up to one beside the truth.
  expect(figure(text, 'waiting')).toBe(0);
  waiting = 1007;
  const later = await ask('/metrics');
  expect(figure(later, 'full')).toBe(1);
  expect(figure(later, 'oldest_seconds')).toBe(119);
  for (const [name, truth] of [
    ['waiting', 1007],
    ['taken', WORKER.taken],
  ] as const) {
    expect(figure(later, name) % 20, name).toBe(0);
    expect(Math.abs(figure(later, name) - truth), name).toBeLessThanOrEqual(40);
  }
  const away = await (await opened(() => ({ state: 'away', partitions: 0 })))('/metrics');
  expect([figure(away, 'up'), figure(away, 'waiting')]).toEqual([0, 0]);
});
