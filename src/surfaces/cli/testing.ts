// For the tests of this folder: the real command as a child process on a home of its own, and an Io that
// remembers.

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Io } from './io.ts';
import { createStyle } from './style.ts';

const BIN = join(fileURLToPath(new URL('../../..', import.meta.url)), 'bin', 'fineline.mjs');

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves when the text has appeared on either stream; rejects when the process ended without it. */
  seen(text: string): Promise<void>;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** Blocks of 512 bytes a file may have: a disk that is full. */
  readonly fileBlocksMax?: number;
  readonly uid?: number;
  /** The launcher of another version than this one. */
  readonly bin?: string;
}

export function startCli(
  args: readonly string[],
  { env = {}, input, fileBlocksMax, uid, bin = BIN }: RunOptions = {},
): Running {
  const all = {
    ...process.env,
    NO_COLOR: '1',
    COLUMNS: '80',
    FINELINE_HOME: '',
    FINELINE_DATA: '',
    FINELINE_PORT: '',
    ...env,
  };
  const command = fileBlocksMax === undefined ? process.execPath : 'sh';
  const limited = ['-c', `ulimit -f ${fileBlocksMax}; exec "$0" "$@"`, process.execPath];
  const words = [...(fileBlocksMax === undefined ? [] : limited), bin, ...args];
  const child = spawn(command, words, {
    env: all,
    stdio: 'pipe',
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  let out = '';
  let err = '';
  const waiting = new Set<() => void>();
  const heard = (): void => waiting.forEach((look) => look());
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
    heard();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
    heard();
  });
  child.stdin.end(input ?? '');
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, out, err }));
  });
  const seen = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (!`${out}${err}`.includes(text)) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
      void ended.then((end) =>
        reject(new Error(`ended with ${end.code} before “${text}”:\n${end.out}\n${end.err}`)),
      );
    });
  return { child, ended, seen };
}

/** Runs the command to its end. */
export function cli(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  return startCli(args, options).ended;
}

export interface Place {
  /** A path below a folder that is gone after the test. */
  path(name: string): string;
  file(name: string, text: string | Uint8Array): string;
  dispose(): void;
}

export function tempPlace(): Place {
  const dir = mkdtempSync(join(tmpdir(), 'fineline-cli-'));
  return {
    path: (name) => join(dir, name),
    file: (name, text) => {
      writeFileSync(join(dir, name), text);
      return join(dir, name);
    },
    dispose: () => rmSync(dir, { recursive: true, force: true }),
  };
}

export interface HeardIo extends Io {
  readonly heard: { out: string; err: string };
}

export function heardIo(
  options: Partial<Pick<Io, 'width' | 'isLive' | 'env'>> & { readonly answer?: string } = {},
): HeardIo {
  const heard = { out: '', err: '' };
  return {
    heard,
    out: (text) => void (heard.out += text),
    err: (text) => void (heard.err += text),
    style: createStyle(false),
    errStyle: createStyle(false),
    width: options.width ?? 80,
    isLive: options.isLive ?? false,
    env: options.env ?? {},
    ask: () => Promise.resolve(options.answer),
    stdin: () => Promise.resolve(''),
  };
}

export interface OrdersShape {
  readonly orders: number;
  readonly people: number;
  readonly things: number;
}

/** Order lines of a small shop, three lines per order, things that go together bought together. */
export function orderCsv({ orders, people, things }: OrdersShape): string {
  const rows = ['InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country'];
  for (let order = 0; order < orders; order += 1) {
    const person = order % people;
    const day = String(1 + (order % 28)).padStart(2, '0');
    for (let line = 0; line < 3; line += 1) {
      const thing = (person * 3 + line + Math.floor(order / people)) % things;
      rows.push(
        `${500_000 + order},T${thing},THING ${thing},${1 + line},2011-11-${day} ` +
          `10:0${line},2.5,${10_000 + person},Germany`,
      );
    }
  }
  return `${rows.join('\n')}\n`;
}
