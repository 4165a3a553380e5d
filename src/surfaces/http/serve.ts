// The server on Node: a socket around the handler, with the bounds of the wire (header size, time to arrive)
// and an end that lets nobody down.
//
// States: open → stopping (what is under way is finished, what comes is answered 503) → closed.

import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { Fault } from '../../kernel/fault.ts';
import { problemReply } from './answer.ts';
import { CONTRACT } from './contract.ts';
import { type HotRoute, type HttpOptions, type Surface, createHttp } from './http.ts';
import { exchangeOfNode, writeNode } from './node-exchange.ts';
import { type ProblemName, refused } from './problem.ts';

export interface SocketOptions {
  readonly port: number;
  /** Default: this machine only. */
  readonly host?: string;
  /** What is under way may take so long after `close` was called. Default 10 s. */
  readonly graceMs?: number;
}

export interface Listening {
  /** `http://127.0.0.1:8080` */
  readonly url: string;
  readonly port: number;
  /** Finishes what is under way, then closes. Idempotent. */
  close(): Promise<void>;
}

const HEADER_BYTES_MAX = 16_384;
/** Time for a whole request to arrive: a slow sender holds a socket, not more. */
const REQUEST_TIMEOUT_MS = 30_000;
const HEADERS_TIMEOUT_MS = 10_000;
const KEEP_ALIVE_MS = 65_000;
const GRACE_MS = 10_000;
const IDLE_CHECK_MS = 25;

/** A server on one home. Faults as `listenFor`. */
export function listen(options: HttpOptions & SocketOptions): Promise<Listening> {
  return listenFor(createHttp({ processMetrics: true, ...options }), options);
}

/** Faults: `port-in-use`, `port-not-allowed`, `cannot-listen`; all name the port and what to do. */
export async function listenFor(surface: Surface, options: SocketOptions): Promise<Listening> {
  const { port, host = '127.0.0.1', graceMs = GRACE_MS } = options;
  const server = createServer(
    {
      maxHeaderSize: HEADER_BYTES_MAX,
      requestTimeout: REQUEST_TIMEOUT_MS,
      headersTimeout: HEADERS_TIMEOUT_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      noDelay: true,
    },
    requestListener(surface),
  );
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (socket.writable) socket.end(rawProblem(error.code));
    else socket.destroy();
  });
  const address = await startListening(server, port, host);
  let closing: Promise<void> | undefined;
  return {
    url: `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`,
    port: address.port,
    close: () => {
      closing ??= closeServer(server, surface, graceMs);
      return closing;
    },
  };
}

/**
 * Two hot routes go straight to their door; all others through Fetch objects. Both end in the same pipeline.
 */
function requestListener(surface: Surface): (request: IncomingMessage, response: ServerResponse) => void {
  const slow = getRequestListener((request) => surface.fetch(request), { overrideGlobalObjects: false });
  const fast = (name: HotRoute, request: IncomingMessage, response: ServerResponse): void => {
    void surface.hot(name, exchangeOfNode(request)).then((reply) => {
      if (!response.destroyed) writeNode(response, reply);
    });
  };
  return (request, response) => {
    if (surface.stopping()) response.setHeader('connection', 'close');
    if (request.method === 'POST') {
      if (request.url === CONTRACT.decide.path) return fast('decide', request, response);
      if (request.url === CONTRACT.collect.path) return fast('collect', request, response);
    }
    void slow(request, response);
  };
}

function startListening(server: Server, port: number, host: string): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenFault(error, port, host)));
    server.listen({ port, host }, () => {
      const address = server.address();
      if (address !== null && typeof address === 'object') resolve(address);
      else
        reject(new Fault('cannot-listen', `${host}:${port}: the system gave no address`, { retry: 'never' }));
    });
  });
}

function listenFault(error: NodeJS.ErrnoException, port: number, host: string): Fault {
  if (error.code === 'EADDRINUSE') {
    return new Fault(
      'port-in-use',
      `port ${port} is taken: choose another with --port, or stop what uses it`,
      {
        retry: 'never',
        cause: error,
      },
    );
  }
  if (error.code === 'EACCES') {
    return new Fault(
      'port-not-allowed',
      `port ${port} needs more rights: choose one above 1023 with --port`,
      {
        retry: 'never',
        cause: error,
      },
    );
  }
  return new Fault(
    'cannot-listen',
    `${host}:${port} cannot be listened on (${error.code ?? 'unknown'}): check the address`,
    {
      retry: 'never',
      cause: error,
    },
  );
}

async function closeServer(server: Server, surface: Surface, graceMs: number): Promise<void> {
  surface.stop();
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  // A connection becomes idle with the answer that was under way; until then it is left alone.
  const idle = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS);
  const end = setTimeout(() => server.closeAllConnections(), graceMs);
  server.closeIdleConnections();
  await closed;
  clearInterval(idle);
  clearTimeout(end);
}

/** An answer to what is not HTTP enough to have a response object. */
function rawProblem(code: string | undefined): string {
  const names: Readonly<Record<string, ProblemName>> = {
    HPE_HEADER_OVERFLOW: 'headers-too-large',
    ERR_HTTP_REQUEST_TIMEOUT: 'too-slow',
  };
  const name = names[code ?? ''] ?? 'bad-request';
  const { status, headers, body } = problemReply(
    refused(name, 'Send a complete HTTP/1.1 request with small headers.'),
  );
  const text = String(body);
  const all = { ...headers, connection: 'close', 'content-length': Buffer.byteLength(text) };
  const lines = Object.entries(all).map(([key, value]) => `${key}: ${value}\r\n`);
  return `HTTP/1.1 ${status} Refused\r\n${lines.join('')}\r\n${text}`;
}
