// Where there are no namespaces: between each node and the database stands a proxy that can stop reading.
// Then senders wait as behind a cut cable, and what they sent arrives after the healing.

import { once } from 'node:events';
import { type Server, type Socket, connect, createServer } from 'node:net';
import { join } from 'node:path';
import { type Cut, DATABASE_PORT, type Network } from './network.ts';

interface Way {
  readonly server: Server;
  readonly pairs: Set<Pair>;
  cut: Cut | undefined;
}

interface Pair {
  readonly client: Socket;
  /** Absent: came while the way was cut. */
  upstream: Socket | undefined;
}

/** `dir`: folder of the database's socket. */
export async function openProxies({ nodes, dir }: { nodes: number; dir: string }): Promise<Network> {
  const socket = join(dir, `.s.PGSQL.${DATABASE_PORT}`);
  const ways = await Promise.all(Array.from({ length: nodes }, () => openWay(socket)));
  const wayOf = (at: number): Way => ways[at]!;
  const set = (at: number, cut: Cut | undefined): void => {
    const way = wayOf(at);
    way.cut = cut;
    for (const pair of way.pairs) settle(pair, way, socket);
  };
  return {
    kind: 'proxies',
    nodeWords: () => [],
    serverWords: () => [],
    nodeHost: () => '127.0.0.1',
    serverHost: () => undefined,
    databaseOf: (at) => {
      const address = wayOf(at).server.address();
      if (address === null || typeof address === 'string') throw new Error('the proxy does not listen');
      return `127.0.0.1:${address.port}`;
    },
    cut: set,
    heal: (at) => set(at, undefined),
    close: async () => {
      for (const { server, pairs } of ways) {
        for (const { client, upstream } of pairs) for (const each of [client, upstream]) each?.destroy();
        server.close();
        await once(server, 'close');
      }
    },
  };
}

async function openWay(socket: string): Promise<Way> {
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
    settle(pair, way, socket);
  });
  const way: Way = { server, pairs, cut: undefined };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return way;
}

/** Lets each direction run or stand, as the way is now. */
function settle(pair: Pair, { cut }: Way, socket: string): void {
  if (cut === 'both') pair.client.pause();
  else {
    pair.upstream ??= upstreamOf(pair, socket);
    pair.client.resume();
  }
  if (cut === undefined) pair.upstream?.resume();
  else pair.upstream?.pause();
}

function upstreamOf({ client }: Pair, socket: string): Socket {
  const upstream = connect(socket);
  const end = (): void => void client.destroy();
  upstream.on('error', end).on('close', end);
  upstream.on('data', (piece) => client.write(piece));
  return upstream;
}
