// Runs the whole suite once and counts it. Progress and failing tests stream to the terminal as they come;
// the numbers are read from a report file, because text for people changes from version to version.

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { binOf } from '../check/tool.ts';
import type { Counted } from './report.ts';
import { countTests } from './report.ts';

export interface SuiteOptions {
  readonly root: string;
  /** Full counts of the long checks (`npm run prove`). */
  readonly full: boolean;
  /** After this long the suite is taken to hang and is stopped, which counts as a failure. */
  readonly minutesMax: number;
}

export async function runSuite(options: SuiteOptions): Promise<Counted> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'fineline-test-'));
  try {
    const file = path.join(folder, 'report.json');
    const exitCode = await runVitest(file, options);
    return countTests(readIfThere(file), exitCode);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runVitest(reportFile: string, options: SuiteOptions): Promise<number> {
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];
  const child = spawn(process.execPath, [binOf(options.root, 'vitest'), ...args], {
    cwd: options.root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      FINELINE_FULL: options.full ? '1' : '0',
      // Tests start some hundred processes. Sources whose types were stripped once are not stripped again: a
      // fifth of the processor time of those that start servers.
      NODE_COMPILE_CACHE: path.join(options.root, 'node_modules', '.cache', 'fineline-tests'),
      ...plainUnlessTerminal(),
    },
  });
  const timer = setTimeout(() => {
    console.log(`The tests still run after ${options.minutesMax} minutes: stopping them.`);
    child.kill('SIGKILL');
  }, options.minutesMax * 60_000);
  return new Promise((resolve) => {
    const end = (code: number): void => {
      clearTimeout(timer);
      resolve(code);
    };
    child.on('error', (error) => {
      console.log(`vitest could not be started: ${error.message}`);
      end(1);
    });
    child.on('close', (code) => end(code ?? 1));
  });
}

/** A log file wants no colours, whatever the variables of the machine say. */
function plainUnlessTerminal(): Readonly<Record<string, string | undefined>> {
  return process.stdout.isTTY ? {} : { NO_COLOR: '1', FORCE_COLOR: undefined };
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
