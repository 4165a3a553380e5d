// Goal: no rotation makes a log that checkers cannot follow any more. Method: a folder of keys whose table
// tells of many rotations.

import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { logKey } from '../../test/support/log-key.ts';
import { openLogKeyTable } from '../adapters/sqlite/log-keys.ts';
import { LOG_ORIGIN } from './embedded.ts';
import { openLogKeysActs } from './log-keys.ts';

const vkeyOf = (n: number): string => logKey(LOG_ORIGIN, n).vkey;

it('[Y36] no key takes its place beside eight old ones, nor after 64 rotations', async () => {
  const home = mkdtempSync(join(tmpdir(), 'fineline-log-keys-'));
  const keysDir = join(home, 'keys');
  mkdirSync(keysDir);
  const table = openLogKeyTable(keysDir);
  await table.first({ vkey: vkeyOf(1), madeMs: 1 });
  const rotate = async (n: number): Promise<void> => {
    expect(await table.announce({ vkey: vkeyOf(n), madeMs: n })).toBe(true);
    expect(await table.use(vkeyOf(n), { follows: vkeyOf(n - 1), note: `note ${n}` })).toBe(true);
    await table.prove(vkeyOf(n), `proof ${n}`);
  };
  const made = async (): Promise<unknown> => {
    const acts = await openLogKeysActs({ home });
    const answer = await acts.make().catch((error: unknown) => error);
    await acts.close();
    return answer;
  };
  for (let n = 2; n <= 9; n += 1) await rotate(n);
  expect(String(await made())).toContain('8 older keys still sign');
  for (let n = 1; n <= 8; n += 1) expect(await table.end(vkeyOf(n))).toBe(true);
  for (let n = 10; n <= 64; n += 1) {
    await rotate(n);
    expect(await table.end(vkeyOf(n - 1))).toBe(true);
  }
  expect(await made()).toMatchObject({ file: expect.stringContaining('log-') });
  await rotate(65);
  expect(String(await made())).toContain('64 rotations');
  table.close();
});
