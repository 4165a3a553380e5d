// Runs `npm ci` quietly and turns its failure into a sentence that says what to do; and gives the checkout
// its own command.

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, lstatSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bundledNode, isNewEnough, NODE_MAJOR_MIN } from './runtime.mjs';

const OUTPUT_CHARS_MAX = 4000;
const CAUSE_LINES_MAX = 8;

/**
 * Installs exactly what package-lock.json says. Install scripts of packages do not run.
 * @param {string} root
 * @returns {Promise<string | undefined>} a message on failure
 */
export async function npmCi(root) {
  const isWindows = process.platform === 'win32';
  const child = spawn(
    isWindows ? 'npm.cmd' : 'npm',
    [
      'ci',
      '--no-audit',
      '--no-fund',
      '--ignore-scripts',
      '--include=dev',
      '--include=optional',
      '--loglevel=error',
    ],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: isWindows,
    },
  );
  let output = '';
  const keep = (/** @type {Buffer} */ part) => {
    // The beginning is kept: npm names the cause first and prints its usage after it.
    output = (output + part.toString()).slice(0, OUTPUT_CHARS_MAX);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  return new Promise((resolve) => {
    child.on('error', (error) =>
      resolve(`npm could not be started (${error.message}). Install npm, then try again.`),
    );
    child.on('close', (code) => resolve(code === 0 ? undefined : npmFailure(output)));
  });
}

/**
 * What npm's output means for the person at the keyboard.
 * @param {string} output
 */
export function npmFailure(output) {
  const cause = output.trim().split('\n').slice(0, CAUSE_LINES_MAX).join('\n');
  if (
    /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET|ENETUNREACH|ERR_SOCKET_TIMEOUT)\b/.test(output)
  ) {
    return `npm could not reach its registry: is the machine offline? Connect it and try again.\n${cause}`;
  }
  if (/\b(ENOSPC)\b/.test(output)) return `The disk is full: free about 500 MB and try again.\n${cause}`;
  if (/\b(EACCES|EPERM|EROFS)\b/.test(output)) {
    return `The checkout is not writable for this user: npm could not fill node_modules.\n${cause}`;
  }
  if (/\bEUSAGE\b/.test(output)) {
    return `package.json and package-lock.json disagree: run \`npm install\`, commit the result.\n${cause}`;
  }
  return `npm ci failed:\n${cause}`;
}

/**
 * Whether the Node that npm brought runs here at all: a binary for glibc does not run on a musl system such
 * as Alpine.
 * @param {string} root
 */
export function bundledNodeProblem(root) {
  const node = bundledNode(root);
  if (node === undefined || !existsSync(node)) return undefined; // runtimeProblem() speaks about that
  const answer = spawnSync(node, ['--version'], { encoding: 'utf8' });
  if (answer.status === 0 && isNewEnough(answer.stdout.trim())) return undefined;
  if (isNewEnough(process.version)) return undefined;
  return (
    'The Node that came with the packages does not run on this system ' +
    `(${answer.error?.message ?? answer.stderr.trim()}). ` +
    `Install Node ${NODE_MAJOR_MIN} or later yourself and try again.`
  );
}

/**
 * Makes `npx fineline` work in the checkout itself: npm links the commands of dependencies, never the
 * checkout's own.
 * @param {string} root
 */
export function linkCommand(root) {
  const link = path.join(root, 'node_modules/.bin/fineline');
  if (process.platform === 'win32') {
    writeFileSync(`${link}.cmd`, '@node "%~dp0\\..\\..\\bin\\fineline.mjs" %*\r\n');
    return;
  }
  const target = '../../bin/fineline.mjs';
  if (lstatSync(link, { throwIfNoEntry: false }) !== undefined) {
    if (lstatSync(link).isSymbolicLink() && readlinkSync(link) === target) return;
    rmSync(link);
  }
  symlinkSync(target, link);
}
