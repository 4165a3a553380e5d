// The real command on a home of its own: what a newcomer types, with ports that the system picks.

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const BIN = join(fileURLToPath(new URL('../..', import.meta.url)), 'bin', 'fineline.mjs');

const keysSchema = z.object({ officer: z.string() });
const readySchema = z.object({ address: z.string(), shop: z.string(), readySeconds: z.number() });

export interface RunningShop {
  readonly api: string;
  readonly shop: string;
  readonly startedMs: number;
  /** The key of the officer, as the home's owner has it. */
  readonly officerKey: string;
  /** Ctrl-C; the exit code. */
  stop(): Promise<number | null>;
}

export async function startShop(): Promise<RunningShop> {
  const home = mkdtempSync(join(tmpdir(), 'fineline-shop-'));
  const startedMs = performance.now();
  const words = ['start', '--json', '--home', join(home, 'home'), '--port', '0', '--shop-port', '0'];
  const child = spawn(process.execPath, [BIN, ...words], {
    env: { ...process.env, NO_COLOR: '1', FINELINE_DATA: '', FINELINE_HOME: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => {
    child.on('close', (code) => {
      rmSync(home, { recursive: true, force: true });
      resolve(code);
    });
  });
  let err = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const line = await new Promise<string>((resolve, reject) => {
    let out = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
      const end = out.indexOf('\n');
      if (end >= 0) resolve(out.slice(0, end));
    });
    void ended.then((code) => reject(new Error(`ended with ${code}: ${err}`)));
  });
  const { address, shop } = readySchema.parse(JSON.parse(line));
  return {
    api: address,
    shop,
    startedMs,
    officerKey: keysSchema.parse(JSON.parse(readFileSync(join(home, 'home', 'keys.json'), 'utf8'))).officer,
    stop: () => {
      child.kill('SIGINT');
      return ended;
    },
  };
}
