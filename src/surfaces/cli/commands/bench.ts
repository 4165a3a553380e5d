// `fineline bench`: the figures of the README, measured here. They live in `bench/`, beside the peers they
// are compared with.

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Fault } from '../../../kernel/fault.ts';
import { type Command, JSON_FLAG } from '../command.ts';
import { EXIT } from '../exit-code.ts';

export const bench: Command = {
  name: 'bench',
  about: 'measure this machine: scoring, decisions, HTTP, durable events, learning',
  usage: '[figures …] [--json]',
  words: [0, 0],
  flags: [JSON_FLAG],
  notes: ['Runs bench/main.ts of the checkout; its own flags are passed on.'],
  examples: [{ line: 'fineline bench', about: 'every figure, beside a peer or a limit' }],
  run: () => Promise.resolve(EXIT.usage),
  raw: (argv) => {
    const script = join(fileURLToPath(new URL('../../../..', import.meta.url)), 'bench', 'main.ts');
    if (!existsSync(script))
      throw new Fault('no-file', `${script}: benchmarks are part of the checkout, and not here.`, {
        retry: 'never',
      });
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [script, ...argv], { stdio: 'inherit' });
      child.on('error', reject);
      child.on('exit', (code) => resolve(code ?? EXIT.interrupted));
    });
  },
};
