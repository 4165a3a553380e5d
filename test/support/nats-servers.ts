// Real NATS servers for tests and bench: a cluster of three with JetStream, each with a store of its own in a
// temporary folder and free ports. They are killed and started by number. A machine without `nats-server`
// fails the test and says what to install.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { jetstreamManager } from '@nats-io/jetstream';
import { type NatsConnection, connect } from '@nats-io/transport-node';

export interface NatsServers {
  readonly urls: readonly string[];
  /** kill -9. */
  kill(at: number): Promise<void>;
  /** Stopped without dying, like a machine that hangs, and on again. */
  freeze(at: number): void;
  thaw(at: number): void;
  start(at: number): Promise<void>;
  /** Reads its settings in again, as they are now, without ending: `nats-server --signal reload`. */
  reload(at: number): void;
  /** The server that leads a stream. */
  leaderOf(stream: string): Promise<number>;
  /** Seconds of processor time that all have used so far. */
  cpuSeconds(): number;
  /** What the servers wrote, for a test that failed. */
  log(at: number): string;
  close(): Promise<void>;
}

export interface NatsServersOptions {
  readonly count?: number;
  readonly user?: string;
  readonly password?: string;
  readonly jetstream?: boolean;
  /** More lines of the settings, and the environment they name. */
  readonly lines?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Where each of them is, as many as there are to be; absent: on this host, on ports that are free. */
  readonly places?: readonly NatsPlace[];
}

export interface NatsPlace {
  readonly host: string;
  readonly clientPort: number;
  readonly routePort: number;
  /** Words before the command. */
  readonly words: readonly string[];
  /** Absent: on the disk of the temporary folder. */
  readonly storeDir?: string;
}

const MISSING =
  'nats-server is not installed. Run as root: apt-get install -y --no-install-recommends nats-server';

export function assertNatsServer(): void {
  if (spawnSync('nats-server', ['--version']).status !== 0) throw new Error(MISSING);
}

export async function startNats(options: NatsServersOptions = {}): Promise<NatsServers> {
  assertNatsServer();
  const root = mkdtempSync(join(tmpdir(), 'fineline-nats-'));
  const places = options.places ?? (await placesHere(options.count ?? 3));
  const processes: (ChildProcess | undefined)[] = [];
  const urls = places.map(({ host, clientPort }) => `nats://${host}:${clientPort}`);
  const auth = { user: options.user, pass: options.password };
  const login = options.user === undefined ? {} : auth;
  const dir = (at: number): string => join(root, `n${at}`);

  const write = (at: number): string => {
    const file = join(dir(at), 'server.conf');
    writeFileSync(file, configOf({ at, places, dir: dir(at), options }));
    return file;
  };
  const start = async (at: number): Promise<void> => {
    mkdirSync(dir(at), { recursive: true });
    const file = write(at);
    const env = { ...process.env, ...options.env };
    const place = places[at]!;
    const [command, ...words] = [...place.words, 'nats-server', '-c', file];
    const child = spawn(command, words, { stdio: 'ignore', env });
    processes[at] = child;
    await untilAnswers(place, child);
  };
  const servers: NatsServers = {
    urls,
    start,
    kill: async (at) => {
      const child = processes[at];
      processes[at] = undefined;
      if (child?.exitCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
    freeze: (at) => freeze(processes[at]),
    thaw: (at) => void processes[at]?.kill('SIGCONT'),
    reload: (at) => {
      write(at);
      processes[at]?.kill('SIGHUP');
    },
    leaderOf: async (stream) => {
      for (let tries = 0; ; tries += 1) {
        try {
          return await leaderOf(stream, urls, login);
        } catch (error) {
          // A cluster that elects its own leader answers nobody for some seconds.
          if (tries >= 300) throw error;
          await sleep(200);
        }
      }
    },
    cpuSeconds: () => processes.reduce((sum, child) => sum + cpuSecondsOf(child?.pid), 0),
    log: (at) => readFileSync(join(dir(at), 'log'), 'utf8'),
    close: async () => {
      for (const at of places.keys()) await servers.kill(at);
      rmSync(root, { recursive: true, force: true });
    },
  };
  try {
    await Promise.all(places.map((_, at) => start(at)));
    return servers;
  } catch (error) {
    await servers.close();
    throw error;
  }
}

function leaderOf(stream: string, urls: readonly string[], login: Login): Promise<number> {
  return asking(urls, login, async (connection) => {
    const jsm = await jetstreamManager(connection, { timeout: 2000 });
    const leader = (await jsm.streams.info(stream)).cluster?.leader;
    if (leader === undefined || leader === '') throw new Error('the stream has no leader now');
    return Number(leader.replace('n', ''));
  });
}

interface Login {
  readonly user?: string | undefined;
  readonly pass?: string | undefined;
}

interface One {
  readonly at: number;
  readonly places: readonly NatsPlace[];
  readonly dir: string;
  readonly options: NatsServersOptions;
}

function configOf({ at, places, dir, options }: One): string {
  const { user, password, jetstream = true, lines = [] } = options;
  const { host, clientPort, routePort, storeDir = join(dir, 'store') } = places[at]!;
  const others = places.map((each) => `nats-route://${each.host}:${each.routePort}`).join(', ');
  // Clients know the addresses that they were given, and no way past what stands in between.
  const routes = `listen: "${host}:${routePort}", routes: [${others}], no_advertise: true`;
  return [
    `server_name: n${at}`,
    `listen: "${host}:${clientPort}"`,
    `log_file: "${join(dir, 'log')}"`,
    ...(jetstream ? [`jetstream { store_dir: "${storeDir}", max_file_store: 4G }`] : []),
    ...(places.length > 1 ? [`cluster { name: test, ${routes} }`] : []),
    ...lines,
    ...(user === undefined ? [] : [`authorization { user: ${user}, password: ${password} }`]),
  ].join('\n');
}

/** On this host, on ports that were free a moment ago. */
export async function placesHere(count: number): Promise<readonly NatsPlace[]> {
  const ports = await freePorts(2 * count);
  return Array.from({ length: count }, (_, at) => ({
    host: '127.0.0.1',
    clientPort: ports[at]!,
    routePort: ports[count + at]!,
    words: [],
  }));
}

async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer().listen(0, '127.0.0.1');
      await once(server, 'listening');
      return server;
    }),
  );
  const ports = servers.map((server) => {
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  });
  for (const server of servers) server.close();
  return ports;
}

async function untilAnswers({ host, clientPort }: NatsPlace, child: ChildProcess): Promise<void> {
  for (let waited = 0; waited < 600; waited += 1) {
    if (child.exitCode !== null) throw new Error(`nats-server ended with ${child.exitCode}`);
    if (await fetchInfo(host, clientPort)) return;
    await sleep(50);
  }
  throw new Error(`nats-server does not answer on port ${clientPort}`);
}

async function fetchInfo(host: string, port: number): Promise<boolean> {
  const { connect: dial } = await import('node:net');
  return new Promise((resolve) => {
    const socket = dial(port, host);
    socket.once('data', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

async function asking<T>(
  urls: readonly string[],
  login: Login,
  ask: (connection: NatsConnection) => Promise<T>,
): Promise<T> {
  const known = Object.fromEntries(Object.entries(login).filter(([, value]) => value !== undefined));
  const connection = await connect({ servers: [...urls], ...known });
  try {
    return await ask(connection);
  } finally {
    await connection.close();
  }
}

/** User and system time of a process, from /proc; Linux counts 100 ticks a second. */
function cpuSecondsOf(pid: number | undefined): number {
  if (pid === undefined) return 0;
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Returns when no thread of it runs any more: on a busy machine some go on for a while after the signal. */
function freeze(process: ChildProcess | undefined): void {
  if (process?.pid === undefined) return;
  process.kill('SIGSTOP');
  const tasks = `/proc/${process.pid}/task`;
  const isStopped = (task: string): boolean =>
    / [TtZX] /.test(readFileSync(`${tasks}/${task}/stat`, 'utf8').replace(/^.*\)/u, ''));
  const pause = new Int32Array(new SharedArrayBuffer(4));
  while (!readdirSync(tasks).every(isStopped)) Atomics.wait(pause, 0, 0, 1);
}
