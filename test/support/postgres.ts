// A PostgreSQL of the tests' own: one server for the whole run, started by whoever needs it first, in a
// temporary folder, reached by a unix socket only; a database for each that asks. test/support/global.ts
// makes the folder and stops the server.

import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

/** Where Debian puts one folder per version. */
const VERSIONS = '/usr/lib/postgresql';
const VERSION_MIN = 15;
/** The environment variable that carries the folder of this run to the workers. */
export const POSTGRES_DIR = 'FINELINE_TEST_POSTGRES';
const START_MS_MAX = 60_000;

export interface Server {
  readonly dir: string;
  /** Of the database; its user may do everything. */
  url(database: string): string;
  stop(how: 'fast' | 'immediate'): void;
  start(): void;
}

/** The folder of programs of the newest version that is there; throws what to do when there is none. */
function programs(): string {
  const versions = existsSync(VERSIONS) ? readdirSync(VERSIONS).map(Number).filter(Number.isInteger) : [];
  const newest = Math.max(0, ...versions);
  if (newest >= VERSION_MIN) return join(VERSIONS, String(newest), 'bin');
  throw new Error(
    `These tests need PostgreSQL ${VERSION_MIN} or later below ${VERSIONS}, and found none. ` +
      'Run as root: apt-get install -y --no-install-recommends postgresql',
  );
}

/** A program of PostgreSQL, as its user where we are root: it refuses to run as root. */
export function asServerUser(name: string, args: readonly string[]): readonly [string, ...string[]] {
  const program = join(programs(), name);
  if (process.getuid?.() !== 0) return [program, ...args];
  return ['setpriv', '--reuid=postgres', '--regid=postgres', '--clear-groups', program, ...args];
}

function runProgram(name: string, args: readonly string[]): void {
  const [command, ...all] = asServerUser(name, args);
  const { status, stderr, error } = spawnSync(command, all, {
    encoding: 'utf8',
    cwd: '/',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  if (status !== 0) throw new Error(`${name} ended with ${status}: ${error?.message ?? stderr}`);
}

function userId(): { readonly uid: number; readonly gid: number } {
  const { stdout } = spawnSync('id', ['-u', 'postgres'], { encoding: 'utf8' });
  const group = spawnSync('id', ['-g', 'postgres'], { encoding: 'utf8' }).stdout;
  return { uid: Number(stdout), gid: Number(group) };
}

/** A folder that the server's user may write. */
export function newServerDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'fineline-pg-'));
  giveToServer(dir);
  return dir;
}

/** Makes the server's user the owner of a folder, where we are root. */
export function giveToServer(dir: string): void {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = userId();
  if (Number.isInteger(uid) && Number.isInteger(gid) && uid > 0) chownSync(dir, uid, gid);
}

/**
 * A server in `dir` (from `newServerDir`), started. `settings`: lines of postgresql.conf. Without `fsync`:
 * what a test kills is a process, never the machine.
 */
export function startServer(dir: string, settings: readonly string[] = []): Server {
  const data = join(dir, 'data');
  runProgram('initdb', ['-D', data, '-U', 'fineline', '-E', 'UTF8', '--no-locale', '-A', 'trust', '-N']);
  const all = ['fsync=off', 'shared_buffers=32MB', 'max_connections=300', 'listen_addresses=', ...settings];
  const options = [`-k ${dir}`, ...all.map((setting) => `-c ${setting}`)].join(' ');
  const server: Server = {
    dir,
    url: (database) => `postgresql://fineline@/${database}?host=${encodeURIComponent(dir)}`,
    stop: (how) => runProgram('pg_ctl', ['-D', data, '-m', how, '-w', 'stop']),
    start: () =>
      runProgram('pg_ctl', ['-D', data, '-w', '-s', '-l', join(dir, 'log'), '-o', options, 'start']),
  };
  server.start();
  return server;
}

/** Ends a server of an earlier `startServer` and removes its folder. */
export function removeServer(dir: string): void {
  const data = join(dir, 'data');
  if (existsSync(join(data, 'postmaster.pid'))) runProgram('pg_ctl', ['-D', data, '-m', 'immediate', 'stop']);
  rmSync(dir, { recursive: true, force: true });
}

/** The server of this run; the first to ask starts it. */
async function sharedServer(): Promise<string> {
  const dir = process.env[POSTGRES_DIR];
  if (dir === undefined) throw new Error('test/support/global.ts did not run: start the tests with vitest');
  const ready = join(dir, 'ready');
  try {
    // Whoever makes the folder starts the server; this is atomic between processes.
    mkdirSync(join(dir, 'starting'));
  } catch {
    const began = statSync(join(dir, 'starting')).mtimeMs;
    while (!existsSync(ready)) {
      if (Date.now() - began > START_MS_MAX) throw new Error(`no PostgreSQL after a minute: see ${dir}/log`);
      await pause(20);
    }
    return dir;
  }
  startServer(dir);
  mkdirSync(ready);
  return dir;
}

let made = 0;

/** A new, empty database on the server of this run. */
export async function newDatabase(): Promise<string> {
  const dir = await sharedServer();
  const urlOf = (name: string): string => `postgresql://fineline@/${name}?host=${encodeURIComponent(dir)}`;
  made += 1;
  const name = `t_${process.pid}_${made}`;
  await sql(urlOf('postgres'), `CREATE DATABASE ${name}`);
  return urlOf(name);
}

/** Runs statements as they are, on a connection of their own. */
export async function sql(url: string, text: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(text);
    return rows;
  } finally {
    await client.end();
  }
}
