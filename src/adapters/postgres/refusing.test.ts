// Goal: a server that gives no connection is told as one that cannot be reached, whatever it says. Method: a
// socket that answers each start of a session as PostgreSQL 15 does when its disk is full.

import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createRing } from '../sqlite/ring.ts';
import { openPostgresStore } from './store.ts';

/** An ErrorResponse of the protocol, version 3. */
function refusal(fields: Readonly<Record<string, string>>): Buffer {
  const texts = Object.entries(fields).map(([kind, text]) => `${kind}${text}\0`);
  const body = Buffer.from(`${texts.join('')}\0`);
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from('E'), length, body]);
}

describe('a server that gives no connection', () => {
  it('[PG5] is unreachable, also where it says that something is wrong with itself', async () => {
    const said = { S: 'FATAL', V: 'FATAL', C: 'XX000', M: 'could not write init file' };
    const server = createServer((socket) => {
      socket.on('error', () => undefined).once('data', () => socket.end(refusal(said)));
    }).listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('it does not listen');
    const url = `postgresql://fineline@127.0.0.1:${address.port}/data`;
    const ring = () => createRing(() => [new Uint8Array(32).fill(7)]);
    await expect(openPostgresStore({ dataUrl: url, keysUrl: url, ring })).rejects.toMatchObject({
      code: 'unreachable',
      retry: 'later',
      message: expect.stringContaining('could not write init file'),
    });
  });
});
