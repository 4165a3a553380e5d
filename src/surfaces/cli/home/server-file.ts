// `HOME/server.json`: where the server of this home listens, so that other commands find it. It is a hint,
// not a lock: what counts is whether somebody answers there.

import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseObject } from '../../../facts/parse.ts';
import { readJson } from './json-file.ts';

export interface ServerFile {
  /** `http://127.0.0.1:8787`. */
  readonly address: string;
  readonly pid: number;
  /** Version of the policy in force, of a server that reads it again on SIGHUP. */
  readonly policy?: string;
  /** What opens something at it (watch-keys.ts). */
  readonly keys?: string;
}

const FILE = 'server.json';
/** A server on this machine answers at once; one that hangs is not asked. */
const ANSWER_MS_MAX = 1500;

export function writeServerFile(home: string, server: ServerFile): void {
  const file = join(resolve(home), FILE);
  const draft = `${file}.${process.pid}.new`;
  writeFileSync(draft, `${JSON.stringify(server)}\n`, { mode: 0o600 });
  renameSync(draft, file);
}

export function removeServerFile(home: string): void {
  rmSync(join(resolve(home), FILE), { force: true });
}

/** What the note says, whoever listens there. */
export function readServerFile(home: string): ServerFile | undefined {
  const fields = parseObject(readJson(join(resolve(home), FILE)), FILE);
  if (!fields.ok) return undefined;
  const { address, pid, policy, keys } = fields.value;
  if (typeof address !== 'string' || typeof pid !== 'number') return undefined;
  const texts = { ...(typeof policy === 'string' ? { policy } : {}) };
  return { address, pid, ...texts, ...(typeof keys === 'string' ? { keys } : {}) };
}

/** The server of this home, if one answers. */
export async function liveServer(home: string): Promise<ServerFile | undefined> {
  const server = readServerFile(home);
  if (server === undefined || !isRunning(server.pid)) return undefined;
  try {
    const answer = await fetch(`${server.address}/healthz`, { signal: AbortSignal.timeout(ANSWER_MS_MAX) });
    return answer.ok ? server : undefined;
  } catch {
    return undefined;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It lives, under another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
