// `fineline serve` as a process that is counted: started, asked for its address, stopped.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { z } from 'zod';

const MAIN = join(import.meta.dirname, '..', '..', 'src', 'surfaces', 'cli', 'main.ts');
const READY_MS = 120_000;

export interface Node {
  readonly pid: number;
  readonly url: URL;
  readonly home: string;
  stop(): Promise<void>;
}

const ready = z.object({ address: z.string() });

/** Resolves when it serves; `number` where it is one of several. */
export async function startNode(home: string, number?: number, profile?: string): Promise<Node> {
  const flags = profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`];
  const which = number === undefined ? [] : ['--node', String(number)];
  const words = [...flags, MAIN, 'serve', '--home', home, '--port', '0', '--json', ...which];
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'pipe'] });
  const url = new URL(await addressOf(child));
  return {
    pid: child.pid ?? 0,
    url,
    home,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let out = '';
    let said = '';
    const over = setTimeout(() => reject(new Error(`a node did not start: ${said}`)), READY_MS);
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      out += text;
      if (!out.includes('"address"') || !out.includes('\n')) return;
      clearTimeout(over);
      resolve(ready.parse(JSON.parse(out)).address);
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text));
    child.once('exit', (code) => reject(new Error(`a node ended with ${code}: ${said}`)));
  });
}
