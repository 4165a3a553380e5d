// Goal: one process per home, and no lock outlives its holder. Method: real processes.

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { faultOf } from '../../../test/contracts/samples.ts';
import { lockHome } from './lock.ts';
import { newHome } from './testing.ts';

const lockModule = JSON.stringify(new URL('./lock.ts', import.meta.url).href);

function programOf(dir: string, then: string): readonly string[] {
  const program = `
    const { lockHome } = await import(${lockModule});
    try {
      lockHome(${JSON.stringify(dir)});
      console.log('held');
    } catch (error) {
      console.log(error.code + ': ' + error.message);
    }
    ${then}
  `;
  return ['--input-type=module', '-e', program];
}

describe('lock', () => {
  it('[S21] a second process is told who holds the home', () => {
    const home = newHome();
    const lock = lockHome(home.dataDir);
    const second = spawnSync(process.execPath, programOf(home.dataDir, ''), { encoding: 'utf8' });
    expect(second.stdout).toMatch(new RegExp(`^home-in-use: .*process ${process.pid}:`));
    lock.release();
    const third = spawnSync(process.execPath, programOf(home.dataDir, ''), { encoding: 'utf8' });
    expect(third.stdout).toBe('held\n');
    home.remove();
  });

  it('[S21] the same process cannot open a home twice; a failed opening leaves no lock behind', async () => {
    const home = newHome();
    const store = await home.open();
    expect(await faultOf(home.open())).toBe('home-in-use');
    await store.close();
    expect(await faultOf(home.open({ masterKey: 'bad' }))).toBe('bad-master-key');
    await (await home.open()).close();
    home.remove();
  });

  it('[S21] kill -9 of the holder frees the home', async () => {
    const home = newHome();
    const holder = spawn(
      process.execPath,
      ['--expose-gc', ...programOf(home.dataDir, 'globalThis.gc(); setInterval(() => globalThis.gc(), 5);')],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    await once(holder.stdout, 'data');
    const ended = once(holder, 'close');
    try {
      expect(() => lockHome(home.dataDir)).toThrow(`process ${holder.pid}`);
    } finally {
      holder.kill('SIGKILL');
    }
    await ended;
    lockHome(home.dataDir).release();
    home.remove();
  });
});
