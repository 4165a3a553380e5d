// A server on a home, from listening to the last answer. It says where it listens, notes it for other commands, and ends on
// Ctrl-C or SIGTERM after what is under way.

import { type Embedded } from '../../presets/embedded.ts';
import { type Listening, listen } from '../http/serve.ts';
import type { Log } from '../http/log.ts';
import type { ApiKeys } from './home/api-keys.ts';
import { removeServerFile, writeServerFile } from './home/server-file.ts';

export interface ServeOptions {
  readonly embedded: Embedded;
  readonly keys: ApiKeys;
  readonly port: number;
  readonly host?: string;
  readonly log?: Log;
}

/** Listens. Faults as `listen`. */
export async function serveHome({ embedded, keys, port, host, log }: ServeOptions): Promise<Listening> {
  const { engine, tokenSecret, paths } = embedded;
  const listening = await listen({
    engine,
    keys: keys.hashed,
    tokenSecret,
    port,
    ...(host === undefined ? {} : { host }),
    ...(log === undefined ? {} : { log }),
  });
  writeServerFile(paths.home, { address: listening.url, pid: process.pid });
  return {
    ...listening,
    close: async () => {
      removeServerFile(paths.home);
      await listening.close();
    },
  };
}
