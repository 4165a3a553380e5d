// Goal: the shop stands where a newcomer looks for it, and nowhere else. That it works is shown in a browser
// (test/browser).

import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { readArgs } from './args.ts';
import { start } from './commands/start.ts';
import { shopPortOf } from './shop.ts';
import { cli, tempPlace } from './testing.ts';

const place = tempPlace();
afterAll(() => place.dispose());

function portOf(words: readonly string[], port: number): number | undefined {
  const args = readArgs(start, words, {});
  if (args === 'help') throw new Error('no help was asked for');
  return shopPortOf(args, port);
}

test('[Q30] the port is the next one, the one that was named, or none', () => {
  expect(portOf([], 8787)).toBe(8788);
  expect(portOf([], 0), 'the system picks both').toBe(0);
  expect(portOf(['--shop-port', '9001'], 8787)).toBe(9001);
  expect(portOf(['--no-shop'], 8787)).toBeUndefined();
  expect(portOf(['--data', 'orders.csv'], 8787), 'not over other data').toBeUndefined();
  expect(() => portOf(['--shop-port', '70000'], 8787)).toThrow(/--shop-port/);
});

test('[Q30] a port that is taken is known before the import', async () => {
  const holder = createServer();
  const port = await new Promise<number>((resolve) => {
    holder.listen(0, '127.0.0.1', () => {
      const address = holder.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  const home = place.path('shop');
  const { code, err } = await cli(['start', '--port', '0', '--shop-port', String(port), '--home', home]);
  holder.close();
  expect([code, existsSync(home)]).toEqual([3, false]);
  expect(err).toContain('choose another with --shop-port');
});
