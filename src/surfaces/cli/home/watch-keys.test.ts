// Goal: no state of the disk ends a server that looks after its keys, and what is mended is taken up.

import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { HashedKeys } from '../../http/keys.ts';
import { tempPlace } from '../testing.ts';
import { newKeys } from './api-keys.ts';
import { type KeptKeys, keyFileOf, writeKeyFile } from './key-file.ts';
import { readServerFile, writeServerFile } from './server-file.ts';
import { watchKeys } from './watch-keys.ts';

function fresh(): KeptKeys {
  const { hashed } = newKeys();
  const of = (role: keyof HashedKeys) => hashed[role].map((hash) => ({ hash }));
  return { collect: of('collect'), decide: of('decide'), officer: of('officer'), admin: of('admin') };
}

it('[Q80] a key file that cannot be read, or a full disk, is told once and tried again', async () => {
  const place = tempPlace();
  onTestFinished(() => place.dispose());
  const home = place.path('home');
  const paths = { home, keys: join(home, 'keys') };
  mkdirSync(paths.keys, { recursive: true });
  writeServerFile(home, { address: 'http://127.0.0.1:1', pid: 1 });
  const [first, second] = [fresh(), fresh()];
  writeKeyFile(paths, first);
  const used: (readonly string[])[] = [];
  const told: string[] = [];
  const say = (_: object, message: string): void => void told.push(message);
  // Where the note would be written first there is no room.
  const draft = join(home, `server.json.${process.pid}.new`);
  mkdirSync(draft);
  const stop = watchKeys({
    paths,
    use: ({ admin }) => used.push(admin),
    log: { debug: say, info: say, error: say },
  });
  onTestFinished(stop);
  const admins = (kept: KeptKeys): readonly string[] => kept.admin.map(({ hash }) => hash);
  expect(used).toEqual([admins(first)]);
  rmSync(keyFileOf(paths));
  mkdirSync(keyFileOf(paths));
  await expect.poll(() => told.includes('keys: those before stay'), { timeout: 10_000 }).toBe(true);
  rmSync(keyFileOf(paths), { recursive: true });
  rmSync(draft, { recursive: true });
  writeKeyFile(paths, second);
  await expect.poll(() => used, { timeout: 10_000 }).toEqual([admins(first), admins(second)]);
  await expect.poll(() => readServerFile(home)?.keys, { timeout: 10_000 }).toBeDefined();
  expect(told.filter((message) => message === 'keys: those before stay')).toHaveLength(1);
});
