// Node's own request and response as an exchange: for the two hot routes, where the objects of the Fetch
// standard would be a good part of the cost.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { type BodyFailure, type Exchange, type Reply, declaredBytes } from './exchange.ts';

export function exchangeOfNode(request: IncomingMessage): Exchange {
  const { headers, url = '' } = request;
  const at = url.indexOf('?');
  return {
    query: at < 0 ? '' : url.slice(at + 1),
    header: (name) => {
      const value = headers[name];
      return typeof value === 'object' ? value.join(', ') : value;
    },
    body: (bytesMax) => readNodeBody(request, bytesMax),
  };
}

function readNodeBody(request: IncomingMessage, bytesMax: number): Promise<Uint8Array | BodyFailure> {
  if (declaredBytes(request.headers['content-length']) > bytesMax) return Promise.resolve('too-large');
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    let length = 0;
    request.on('data', (part: Buffer) => {
      length += part.length;
      if (length <= bytesMax) parts.push(part);
      else {
        // What still comes is neither kept nor waited for; the connection ends with the answer.
        request.pause();
        resolve('too-large');
      }
    });
    request.on('end', () => {
      const only = parts[0];
      resolve(parts.length === 1 && only !== undefined ? only : Buffer.concat(parts));
    });
    // After `end` this changes nothing any more. Without a listener for it, Node keeps the error of an
    // aborted request to itself.
    request.on('close', () => resolve('broken'));
  });
}

export function writeNode(response: ServerResponse, { status, headers, body }: Reply): void {
  const length = typeof body === 'string' ? Buffer.byteLength(body) : body.length;
  const close = status === 413 ? { connection: 'close' } : undefined;
  response.writeHead(status, { ...headers, ...close, 'content-length': length });
  // As many bytes as letters: ASCII, which goes out as it lies instead of being measured and encoded again.
  if (length === body.length) response.end(body, 'latin1');
  else response.end(body);
}
