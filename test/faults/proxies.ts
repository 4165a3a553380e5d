// Where there are no namespaces: between each node and each server stands a proxy that can stop reading.
// Then senders wait as behind a cut cable, and what they sent arrives after the healing.

import { once } from 'node:events';
import { type Server, type Socket, connect, createServer } from 'node:net';
import { join } from 'node:path';
import { type NatsPlace, placesHere } from '../support/nats-servers.ts';
import { type Cut, DATABASE, DATABASE_PORT, type Network, STREAM_FIRST, STREAM_SERVERS } from './network.ts';

interface Way {
  readonly node: number;
  /** Number of the server it leads to. */
  readonly to: number;
  readonly open: () => Socket;
  readonly server: Server;
  readonly pairs: Set<Pair>;
  cut: Cut | undefined;
}

interface Pair {
  readonly client: Socket;
  /** Absent: came while the way was cut. */
  upstream: Socket | undefined;
}

export interface Proxying {
  readonly nodes: number;
  /** Folder of the database's socket. */
  readonly dir: string;
  readonly stream: boolean;
}

export async function openProxies({ nodes, dir, stream }: Proxying): Promise<Network> {
  const streamPlaces = stream ? await placesHere(STREAM_SERVERS) : [];
  const ways = await openWays(nodes, [
    () => connect(join(dir, `.s.PGSQL.${DATABASE_PORT}`)),
    ...streamPlaces.map(
      ({ host, clientPort }: NatsPlace) =>
        () =>
          connect(clientPort, host),
    ),
  ]);
  const lost = new Set<number>();
  const cuts = new Map<number, Cut>();
  const settleAll = (): void => {
    for (const way of ways) {
      way.cut = lost.has(way.to) ? 'both' : cuts.get(way.node);
      for (const pair of way.pairs) settle(pair, way);
    }
  };
  const after =
    <Args extends readonly unknown[]>(change: (...args: Args) => unknown) =>
    (...args: Args): void => {
      change(...args);
      settleAll();
    };
  return {
    kind: 'proxies',
    nodeWords: () => [],
    serverWords: () => [],
    nodeHost: () => '127.0.0.1',
    databaseHost: undefined,
    streamPlaces,
    databaseOf: (at) => addressOf(ways, at, DATABASE),
    streamOf: (at) => streamPlaces.map((_, n) => addressOf(ways, at, STREAM_FIRST + n)),
    cut: after((at, how) => cuts.set(at, how)),
    heal: after((at) => cuts.delete(at)),
    cutServer: after((at) => lost.add(at)),
    healServer: after((at) => lost.delete(at)),
    close: async () => {
      for (const { server, pairs } of ways) {
        for (const { client, upstream } of pairs) for (const each of [client, upstream]) each?.destroy();
        server.close();
        await once(server, 'close');
      }
    },
  };
}

function addressOf(ways: readonly Way[], node: number, to: number): string {
  const address = ways.find((way) => way.node === node && way.to === to)?.server.address();
  if (address === null || typeof address !== 'object') throw new Error('the proxy does not listen');
  return `127.0.0.1:${address.port}`;
}

function openWays(nodes: number, servers: readonly (() => Socket)[]): Promise<readonly Way[]> {
  const all = Array.from({ length: nodes }, (_, node) => node);
  return Promise.all(all.flatMap((node) => servers.map((open, to) => openWay({ node, to, open }))));
}

async function openWay(ends: Pick<Way, 'node' | 'to' | 'open'>): Promise<Way> {
  const pairs = new Set<Pair>();
  const server = createServer({ pauseOnConnect: true }, (client) => {
    const pair: Pair = { client, upstream: undefined };
    pairs.add(pair);
    const end = (): void => {
      pairs.delete(pair);
      pair.upstream?.destroy();
    };
    client.on('error', end).on('close', end);
    client.on('data', (piece) => pair.upstream?.write(piece));
    settle(pair, way);
  });
  const way: Way = { ...ends, server, pairs, cut: undefined };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return way;
}

/** Lets each direction run or stand, as the way is now. */
function settle(pair: Pair, { cut, open }: Way): void {
  if (cut === 'both') pair.client.pause();
  else {
    pair.upstream ??= upstreamOf(pair, open());
    pair.client.resume();
  }
  if (cut === undefined) pair.upstream?.resume();
  else pair.upstream?.pause();
}

function upstreamOf({ client }: Pair, upstream: Socket): Socket {
  const end = (): void => void client.destroy();
  upstream.on('error', end).on('close', end);
  upstream.on('data', (piece) => client.write(piece));
  return upstream;
}
