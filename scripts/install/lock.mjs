// One install at a time. `npm ci` empties node_modules first, so two at once destroy each other's work. The
// lock is a file created exclusively, outside the checkout (npm would delete it inside node_modules), holding
// the owner's process id; the lock of a process that is gone is taken over.

import { createHash } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 200;
const WAIT_MS_MAX = 15 * 60_000;

/**
 * Lock file of this checkout and this user.
 * @param {string} root
 */
export function lockFile(root) {
  const key = createHash('sha256').update(`${os.userInfo().username}\n${root}`).digest('hex').slice(0, 16);
  return path.join(os.tmpdir(), `fineline-install-${key}.lock`);
}

/**
 * Runs `work` while holding the lock; says once that it waits when another process holds it.
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 * @param {(line: string) => void} say
 * @returns {Promise<T>}
 */
export async function withLock(file, work, say) {
  let waitedMs = 0;
  while (!tryLock(file)) {
    const owner = ownerOf(file);
    if (owner !== undefined && !isAlive(owner)) {
      takeAway(file, owner);
      continue;
    }
    if (waitedMs === 0)
      say(`Another install is running${owner === undefined ? '' : ` (process ${owner})`}; waiting for it.`);
    if (waitedMs >= WAIT_MS_MAX) {
      throw new Error(
        `Waited ${WAIT_MS_MAX / 60_000} minutes for another install. If none is running, delete ${file}.`,
      );
    }
    await sleep(POLL_MS);
    waitedMs += POLL_MS;
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

/** @param {string} file */
function tryLock(file) {
  try {
    writeFileSync(file, `${process.pid}\n`, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** @param {string} file */
function ownerOf(file) {
  try {
    const owner = Number.parseInt(readFileSync(file, 'utf8'), 10);
    return Number.isSafeInteger(owner) && owner > 0 ? owner : undefined;
  } catch {
    return undefined; // released meanwhile
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/**
 * Removes the lock of a dead owner. Renaming is atomic, so of several waiters one wins; and if the winner
 * finds that it has moved somebody's fresh lock instead of the dead one, it puts it back.
 * @param {string} file
 * @param {number} deadOwner
 */
function takeAway(file, deadOwner) {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch {
    return; // another waiter was quicker
  }
  if (ownerOf(aside) === deadOwner) rmSync(aside, { force: true });
  else renameSync(aside, file);
}
