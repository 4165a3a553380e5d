// Runs a tool that came with the packages, on the Node that runs this script. The files in node_modules/.bin
// are not called by path: their first line would pick the machine's own Node, which may be too old.

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Verdict } from './check.ts';

/**
 * Runs a tool to its end; it holds when the exit code is 0. Its whole output is the report.
 * `packagesRoot` is the checkout whose node_modules has the tool, where that is not the folder it works in.
 */
export async function runTool(
  folder: string,
  packageName: string,
  args: readonly string[],
  packagesRoot = folder,
): Promise<Verdict> {
  const child = spawn(process.execPath, [binOf(packagesRoot, packageName), ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
  });
  let report = '';
  const keep = (part: Buffer): void => {
    report += part.toString();
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ ok: false, report: error.message }));
    child.on('close', (code, signal) => {
      resolve({ ok: code === 0, report: signal === null ? report : `${report}\nended by ${signal}` });
    });
  });
}

/** The file behind a package's command of the same name (typescript: tsc). */
export function binOf(root: string, packageName: string): string {
  const folder = path.join(root, 'node_modules', packageName);
  const manifest: unknown = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const bin: unknown =
    typeof manifest === 'object' && manifest !== null && 'bin' in manifest ? manifest.bin : undefined;
  const command = packageName === 'typescript' ? 'tsc' : packageName;
  const file: unknown =
    typeof bin === 'object' && bin !== null ? new Map(Object.entries(bin)).get(command) : bin;
  if (typeof file !== 'string') throw new Error(`${packageName} has no command ${command}; run npm ci`);
  return path.join(folder, file);
}
