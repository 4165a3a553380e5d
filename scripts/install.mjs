// Makes the checkout ready to run: `npm start` and `npm test` call it first. It installs the npm packages
// when they are missing or another lock file is checked out, makes sure of a Node that runs TypeScript, and
// with `--test` of what only the tests need. Nothing to do costs well under 0.1 s. It runs on the machine's
// own Node (20 or later) and has no dependency.

import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { DEBIAN_NEEDS, ensureDebian, THIS_MACHINE } from './install/debian.mjs';
import { lockFile, withLock } from './install/lock.mjs';
import { bundledNodeProblem, linkCommand, npmCi } from './install/npm.mjs';
import { runtimeProblem } from './install/runtime.mjs';
import { isInstalledByHand, isStamped, lockHash, writeStamp } from './install/state.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** @param {string} line */
function say(line) {
  console.error(line);
}

/** Installs the packages if needed; returns a message on failure. */
async function ensurePackages() {
  const hash = lockHash(root);
  if (isStamped(root, hash)) return undefined;
  return withLock(lockFile(root), async () => install(hash), say);
}

/** @param {string} hash */
async function install(hash) {
  if (isStamped(root, hash)) return undefined; // whoever held the lock before us has done it
  if (!isInstalledByHand(root)) {
    say('Installing packages (npm ci) …');
    const failure = await npmCi(root);
    if (failure !== undefined) return failure;
  }
  const unusable = bundledNodeProblem(root);
  if (unusable !== undefined) return unusable;
  linkCommand(root);
  writeStamp(root, hash);
  return undefined;
}

const problem =
  (await ensurePackages()) ??
  runtimeProblem(root) ??
  (process.argv.includes('--test') ? ensureDebian(DEBIAN_NEEDS, THIS_MACHINE, say) : undefined);

if (problem !== undefined) {
  say(problem);
  process.exitCode = 1;
}
