// A running server in a process of its own, as a test holds it: ask it over HTTP, ask it in private, stop it,
// kill it.

import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import type { Question } from './e2e-server.ts';

/** "Hangs", never "slow today". */
const HANGS_MS = 60_000;

export interface Answer {
  readonly status: number;
  readonly text: string;
}

export interface Asking {
  /** A service key or a person's token. */
  readonly key?: string;
  /** Sent as JSON. */
  readonly body?: unknown;
}

export interface Running {
  readonly url: string;
  readonly keys: z.infer<typeof keysFile>;
  /** Rejects when the server goes away before it has answered. */
  http(method: string, path: string, asking?: Asking): Promise<Answer>;
  bytes(path: string): Promise<Uint8Array | undefined>;
  token(person: string): Promise<string>;
  /** What no route tells (e2e-server.ts). */
  inPrivate(question: Question, about?: string): Promise<unknown>;
  /** Milliseconds since it began to listen. */
  sinceStartMs(): number;
  /** Everything it wrote to standard output and standard error. */
  said(): string;
  kill(): Promise<void>;
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>;
}

const keysFile = z.object({
  collect: z.string(),
  decide: z.string(),
  officer: z.string(),
  admin: z.string(),
});
const readyMessage = z.object({ url: z.string() });
const privateAnswer = z.object({ id: z.int(), value: z.unknown(), error: z.string().optional() });

/** A temporary folder that goes when the test has ended. Call it inside a test. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'fineline-e2e-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The command line, as a person would call it. */
export async function fineline(...words: readonly string[]): Promise<Ended> {
  const bin = fileURLToPath(new URL('../../bin/fineline.mjs', import.meta.url));
  const child = spawn(process.execPath, [bin, ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_OPTIONS: '', NO_COLOR: '1', FINELINE_HOME: '', FINELINE_DATA: '' },
  });
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.err += text));
  await once(child, 'close');
  return { code: child.exitCode, ...said };
}

/**
 * A process on `home` that was just started, and the word that it listens. For tests that kill before it
 * does.
 */
export function spawnServer(home: string): { readonly child: ChildProcess; readonly said: () => string } {
  const child = fork(fileURLToPath(new URL('./e2e-server.ts', import.meta.url)), [home], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    execArgv: [],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  const closed = once(child, 'close');
  // A test that failed leaves no process behind, which would write into the folder while it is removed.
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await closed;
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  }
  return { child, said: () => said };
}

export async function startServer(home: string): Promise<Running> {
  const { child, said } = spawnServer(home);
  const closed = once(child, 'close');
  const first = await Promise.race([once(child, 'message'), closed.then(() => undefined), sleep(HANGS_MS)]);
  if (first === undefined) throw new Error(`the server did not start: ${said()}`);
  const { url } = readyMessage.parse(first[0]);
  const startedMs = performance.now();
  const keys = keysFile.parse(JSON.parse(readFileSync(join(home, 'keys.json'), 'utf8')));
  const inPrivate = privateLine(child);
  const http: Running['http'] = async (method, path, { key, body } = {}) => {
    const headers = {
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const signal = AbortSignal.timeout(HANGS_MS);
    const response = await fetch(`${url}${path}`, { method, headers, ...sent, signal });
    return { status: response.status, text: await response.text() };
  };
  return {
    url,
    keys,
    http,
    inPrivate,
    sinceStartMs: () => performance.now() - startedMs,
    said,
    bytes: async (path) => {
      const response = await fetch(`${url}${path}`, { signal: AbortSignal.timeout(HANGS_MS) });
      return response.ok ? new Uint8Array(await response.arrayBuffer()) : undefined;
    },
    token: async (person) => {
      const path = `/v1/people/${encodeURIComponent(person)}/token`;
      const { text } = await http('POST', path, { key: keys.admin, body: { ttlMinutes: 600 } });
      return z.object({ token: z.string() }).parse(JSON.parse(text)).token;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await closed;
    },
    stop: async () => {
      child.kill('SIGTERM');
      await closed;
      return child.exitCode;
    },
  };
}

function privateLine(child: ChildProcess): Running['inPrivate'] {
  const open = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let nextId = 0;
  child.on('message', (message) => {
    const { id, value, error } = privateAnswer.parse(message);
    if (error === undefined) open.get(id)?.resolve(value);
    else open.get(id)?.reject(new Error(error));
    open.delete(id);
  });
  child.on('close', () => {
    for (const { reject } of open.values()) reject(new Error('the server is gone'));
    open.clear();
  });
  return (question, about = '') =>
    new Promise((resolve, reject) => {
      nextId += 1;
      open.set(nextId, { resolve, reject });
      child.send({ id: nextId, question, about }, (error) => {
        if (error !== null) reject(error);
      });
    });
}
