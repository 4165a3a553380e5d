#!/usr/bin/env node
// The command `fineline`. Its sources are TypeScript, run directly by Node 24; on an older Node this launcher
// starts the pinned Node that came with the packages, passes signals on to it, and ends the way it ends.

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import * as modules from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundledNode, isNewEnough, runtimeProblem } from '../scripts/install/runtime.mjs';

const here = fileURLToPath(import.meta.url);
const root = path.dirname(path.dirname(here));

const problem = existsSync(path.join(root, 'node_modules'))
  ? runtimeProblem(root)
  : 'The packages of Fineline are not installed. Run `npm ci` in the checkout.';

if (problem !== undefined) {
  console.error(problem);
  process.exitCode = 1;
} else if (isNewEnough(process.version)) {
  // Sources whose types were stripped once are not stripped again: half of what a command costs. The folder
  // belongs to whoever installed the packages; where it cannot be written, nothing is kept.
  modules.enableCompileCache(path.join(root, 'node_modules', '.cache', 'fineline'));
  await import('../src/surfaces/cli/main.ts');
} else {
  restart(/** @type {string} */ (bundledNode(root)));
}

/** @param {string} node */
function restart(node) {
  const argv = process.argv.slice(2);
  // Threads that learn together free what another took: with a heap for each of them, which glibc gives them,
  // a tenth of the memory stays unused.
  const env = argv[0] === 'evaluate' ? { MALLOC_ARENA_MAX: '1', ...process.env } : process.env;
  const child = spawn(node, [...process.execArgv, here, ...argv], { stdio: 'inherit', env });
  // A terminal sends Ctrl-C to both processes; passing it on as well would reach the child twice.
  const atTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGHUP'])) {
    const isSentToBoth = atTerminal && (signal === 'SIGINT' || signal === 'SIGQUIT');
    process.on(signal, () => (isSentToBoth ? undefined : child.kill(signal)));
  }
  child.on('error', (error) => {
    console.error(
      `The Node that came with the packages cannot be started (${error.message}). Run \`npm ci\` again.`,
    );
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}
