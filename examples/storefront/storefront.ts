// The storefront: a made-up department store, and an example of how a shop uses Fineline. It is a server of
// its own and knows the engine only through the public HTTP API.
//
//     const shop = await openStorefront({ api: 'http://127.0.0.1:8787', keys, port: 8788 });

import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { type Keys, createApi } from './api.ts';
import { createApp } from './app.ts';
import { createSessions } from './session.ts';
import { createTraces } from './traces.ts';

export interface StorefrontOptions {
  /** Where Fineline listens. */
  readonly api: string;
  readonly keys: Keys;
  /** 0 picks one. */
  readonly port: number;
}

export interface Storefront {
  readonly url: string;
  close(): Promise<void>;
}

/** This machine only: whoever opens the shop can be anybody in it. */
const HOST = '127.0.0.1';
const HEADER_BYTES_MAX = 16_384;

export async function openStorefront({ api, keys, port }: StorefrontOptions): Promise<Storefront> {
  const app = createApp({
    api: createApi({ url: api, keys }),
    sessions: createSessions(),
    traces: createTraces(),
  });
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const server = createServer({ maxHeaderSize: HEADER_BYTES_MAX, noDelay: true }, (request, response) => {
    void listener(request, response);
  });
  const address = await listen(server, port);
  return {
    url: `http://${HOST}:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host: HOST }, () => {
      const address = server.address();
      if (address !== null && typeof address === 'object') resolve(address);
      else reject(new Error(`${HOST}:${port}: the system gave no address`));
    });
  });
}
