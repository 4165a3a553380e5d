// The PostgreSQL of the harness: started by hand, so that it can be killed, frozen and starved as a whole.
// Without `fsync`: what dies here is processes, never the machine.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdirSync, openSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { asServerUser, giveToServer, sql } from '../support/postgres.ts';
import { type Disk, mountDisk } from './disk.ts';
import { DATABASE, DATABASE_PORT, type Network } from './network.ts';

const START_TRIES = 60;
/** Room for a round and a little more: full is reached by filling the rest. */
const DISK_MIB = 512;

export interface DatabaseServer {
  /** Folder of its socket. */
  readonly dir: string;
  /** Over the socket, for the harness itself. */
  url(database: string): string;
  start(): Promise<void>;
  /** kill -9 of all its processes. */
  kill(): Promise<void>;
  /** Ends sessions and itself, as a restart for new settings does. */
  stop(): Promise<void>;
  /** Stopped without dying, and on again. */
  freeze(): void;
  thaw(): void;
  /** Absent: this machine lets us mount nothing. */
  readonly disk: Disk | undefined;
  readonly isRunning: () => boolean;
}

/** `dir` belongs to the server's user (`newServerDir`). */
export async function openDatabaseServer(
  dir: string,
  { network, mayMount }: { readonly network: () => Network | undefined; readonly mayMount: boolean },
): Promise<DatabaseServer> {
  const place = join(dir, 'disk');
  mkdirSync(place);
  const disk = mayMount ? mountDisk(place, DISK_MIB) : undefined;
  giveToServer(place);
  const data = join(place, 'data');
  initialise(data);
  let child: ChildProcess | undefined;
  const alive = (): ChildProcess | undefined =>
    child?.exitCode === null && child.signalCode === null ? child : undefined;
  const signalAll = (signal: NodeJS.Signals): void => {
    const pid = alive()?.pid;
    for (const each of pid === undefined ? [] : [pid, ...childrenOf(pid)]) signalTo(each, signal);
  };
  const end = async (signal: () => void): Promise<void> => {
    const dying = alive();
    if (dying === undefined) return;
    const gone = once(dying, 'exit');
    signal();
    await gone;
  };
  const url = (database: string): string =>
    `postgresql://fineline@/${database}?host=${encodeURIComponent(dir)}`;
  const server: DatabaseServer = {
    dir,
    url,
    disk,
    isRunning: () => alive() !== undefined,
    start: async () => {
      for (let tries = 1; ; tries += 1) {
        child = run(dir, data, network());
        if (await answers(url('postgres'), alive)) return;
        // Processes of one that was killed may still be ending; it starts when they have.
        if (tries === START_TRIES) throw new Error(`PostgreSQL does not start: see ${join(dir, 'log')}`);
        await sleep(100);
      }
    },
    kill: () => end(() => signalAll('SIGKILL')),
    stop: () => end(() => alive()?.kill('SIGINT')),
    freeze: () => signalAll('SIGSTOP'),
    thaw: () => signalAll('SIGCONT'),
  };
  await server.start();
  return server;
}

function initialise(data: string): void {
  const options = ['-U', 'fineline', '-E', 'UTF8', '--no-locale', '-A', 'trust', '-N', '--wal-segsize=1'];
  const [command, ...words] = asServerUser('initdb', ['-D', data, ...options]);
  const { status, stderr } = spawnSync(command, words, { encoding: 'utf8', cwd: '/' });
  if (status !== 0) throw new Error(`initdb: ${stderr}`);
  appendFileSync(join(data, 'pg_hba.conf'), 'host all all 10.78.0.0/24 trust\n');
}

function run(dir: string, data: string, network: Network | undefined): ChildProcess {
  const listen = network?.databaseHost ?? '';
  const settings = [
    'fsync=off',
    'max_connections=200',
    `listen_addresses=${listen}`,
    `port=${DATABASE_PORT}`,
  ];
  const options = ['-D', data, '-k', dir, ...settings.flatMap((setting) => ['-c', setting])];
  const [command = '', ...words] = [
    ...(network?.serverWords(DATABASE) ?? []),
    ...asServerUser('postgres', options),
  ];
  const log = openSync(join(dir, 'log'), 'a');
  return spawn(command, words, { cwd: '/', stdio: ['ignore', log, log] });
}

async function answers(url: string, alive: () => unknown): Promise<boolean> {
  while (alive() !== undefined) {
    try {
      await sql(url, 'SELECT 1');
      return true;
    } catch {
      await sleep(50);
    }
  }
  return false;
}

function signalTo(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended in between.
  }
}

function childrenOf(parent: number): readonly number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && parentOf(pid) === parent);
}

function parentOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined;
  }
}

/** Ends it and removes its folder. */
export async function removeDatabaseServer(server: DatabaseServer): Promise<void> {
  server.thaw();
  await server.kill();
  server.disk?.unmount();
  rmSync(server.dir, { recursive: true, force: true });
}
