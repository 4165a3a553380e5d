// Goal: whoever keeps nodes running sees that the log falls behind, also while its store does not answer, and
// nobody can count acts of people by it. Method: a shop in memory whose log tells what the test says.

import { expect, it } from 'vitest';
import { openMemory } from '../../presets/memory.ts';
import { createHttp } from './http.ts';
import { createKeys } from './keys.ts';

type Behind = () => Promise<{ readonly waiting: number; readonly ageMs: number }>;

async function opened(behind?: Behind) {
  const memory = await openMemory();
  const { plain, hashed } = createKeys(memory.world.entropy);
  const { engine, tokenSecret } = memory;
  if (behind !== undefined) Object.assign(engine.core.world.log, { behind });
  const http = createHttp({ engine, keys: hashed, tokenSecret });
  const headers = { authorization: `Bearer ${plain.admin}` };
  const metrics = async (): Promise<string> =>
    (await http.fetch(new Request('http://shop.test/metrics', { headers }))).text();
  return { engine, metrics };
}

const figure = (text: string, name: string): number =>
  Number(new RegExp(`^fineline_log_${name} (.*)$`, 'm').exec(text)?.[1]);

it('[H64] figures tell how far the log is behind, and of few leaves nothing', async () => {
  let told = { waiting: 7, ageMs: 119_500 };
  const { metrics } = await opened(async () => told);
  const text = await metrics();
  expect([119, 120, 121]).toContain(figure(text, 'behind_seconds'));
  expect(figure(text, 'waiting')).toBe(0);
  told = { waiting: 1007, ageMs: 7_200_000 };
  const later = await metrics();
  expect(figure(later, 'behind_seconds')).toBeGreaterThanOrEqual(7200);
  expect(figure(later, 'waiting') % 20).toBe(0);
  expect(Math.abs(figure(later, 'waiting') - 1007)).toBeLessThanOrEqual(40);
});

it('[H64] a store that fails or says nothing holds up no figures, and the seconds go on', async () => {
  let ask: Behind = async () => ({ waiting: 40, ageMs: 300_000 });
  const { metrics } = await opened(() => ask());
  const before = figure(await metrics(), 'behind_seconds');
  for (const other of [
    () => Promise.reject(new Error('planted')),
    () => new Promise<never>(() => undefined),
  ]) {
    ask = other;
    const text = await metrics();
    expect(figure(text, 'behind_seconds')).toBeGreaterThanOrEqual(before);
    expect(text).toContain('fineline_people');
  }
});

it('[H64] a node that is alone tells of its own log', async () => {
  const { engine, metrics } = await opened();
  await engine.maintain();
  expect(figure(await metrics(), 'behind_seconds')).toBeLessThan(86_400);
  expect(figure(await metrics(), 'waiting')).toBe(0);
});
