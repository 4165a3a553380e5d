// A server on a home, from listening to the last answer. It says where it listens, notes it for other
// commands, and ends on Ctrl-C or SIGTERM after what is under way.

import type { Embedded } from '../../presets/embedded.ts';
import type { NodeStream } from '../../presets/node-stream.ts';
import { createHttp } from '../http/http.ts';
import { type Listening, listenFor } from '../http/serve.ts';
import { type Log, NO_LOG } from '../http/log.ts';
import { createServer } from 'node:net';
import { Fault } from '../../kernel/fault.ts';
import type { ApiKeys } from './home/api-keys.ts';
import { removeServerFile, writeServerFile } from './home/server-file.ts';
import { watchKeys } from './home/watch-keys.ts';

export interface ServeOptions {
  readonly embedded: Embedded;
  readonly keys: ApiKeys;
  readonly port: number;
  readonly host?: string;
  readonly log?: Log;
  /** What events go through, where there is one; closed by whoever opened it. */
  readonly stream?: NodeStream;
  /** It reads its policy again when it is asked to (reloading.ts). */
  readonly reloads?: boolean;
}

/** Listens. Faults as `listen`. */
export async function serveHome({
  embedded,
  keys,
  port,
  host,
  log,
  stream,
  reloads,
}: ServeOptions): Promise<Listening> {
  const { engine, tokenSecret, tokenSecrets, paths, traces } = embedded;
  const http = createHttp({
    engine,
    keys: keys.hashed,
    tokenSecret,
    tokenSecrets,
    processMetrics: true,
    traces,
    ...(log === undefined ? {} : { log }),
    ...(stream === undefined ? {} : { intake: stream.intake, stream: () => stream.told() }),
  });
  const listening = await listenFor(http, { port, ...(host === undefined ? {} : { host }) });
  const policy = reloads === true ? { policy: engine.core.policy.version } : {};
  writeServerFile(paths.home, { address: listening.url, pid: process.pid, ...policy });
  const use = http.house.gate.keys.use;
  const unwatch = watchKeys({ paths, use, log: log ?? NO_LOG });
  return {
    ...listening,
    close: async () => {
      unwatch();
      removeServerFile(paths.home);
      await listening.close();
    },
  };
}

/** Before the long part of a start: a port that is taken is better known now. Fault `port-in-use`. */
export async function assertPortFree(
  port: number,
  { host = '127.0.0.1', flag = 'port' }: { readonly host?: string; readonly flag?: string } = {},
): Promise<void> {
  const server = createServer();
  const problem = await new Promise<NodeJS.ErrnoException | undefined>((resolve) => {
    server.once('error', resolve);
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
  // Whatever else is wrong with it, listening will say.
  if (problem?.code !== 'EADDRINUSE') return;
  const message = `port ${port} is taken: choose another with --${flag}, or stop what uses it`;
  throw new Fault('port-in-use', message, { retry: 'never', cause: problem });
}
