// Child process of bench/http.ts: either the whole of Fineline behind its HTTP face, or a bare node:http JSON
// echo. Its parent counts CPU-seconds of this process alone.

import { createServer } from 'node:http';
import { listen } from '../src/surfaces/http/serve.ts';
import { createKeys } from '../src/surfaces/http/http.ts';
import { openBenchWorld } from './world.ts';
import { pooledEntropy } from '../src/adapters/node-crypto/entropy.ts';

/** An answer of the size that /v1/decide gives, so that both write the same bytes. */
const ECHO_BYTES = Number(process.argv[4] ?? 1200);

type Ask = { readonly kind: 'cpu' } | { readonly kind: 'close' };

async function main(): Promise<void> {
  const started = process.argv[2] === 'echo' ? await echo() : await fineline(Number(process.argv[3] ?? 2000));
  process.on('message', (ask: Ask) => {
    if (ask.kind === 'cpu') process.send?.({ kind: 'cpu', micros: usedMicros() });
    else void started.close().then(() => process.exit(0));
  });
  process.send?.({ kind: 'ready', port: started.port, key: started.key });
}

function usedMicros(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

interface Started {
  readonly port: number;
  readonly key: string;
  close(): Promise<void>;
}

async function fineline(people: number): Promise<Started> {
  const world = await openBenchWorld({ people, seed: 1 });
  const keys = createKeys(pooledEntropy());
  const { engine, tokenSecret } = world.embedded;
  const server = await listen({ engine, keys: keys.hashed, tokenSecret, port: 0, rates: unlimited });
  const close = async (): Promise<void> => {
    await server.close();
    await world.close();
  };
  return { port: server.port, key: keys.plain.decide, close };
}

const plenty = { perSecond: 1e9, burst: 1e9 };
const unlimited = { key: plenty };

/** Parses the body and answers with JSON of the given size: what any JSON service must do at least. */
async function echo(): Promise<Started> {
  const padding = 'x'.repeat(ECHO_BYTES);
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body: unknown = JSON.parse(Buffer.concat(chunks).toString());
      const text = JSON.stringify({ body, padding });
      response.writeHead(200, {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(text),
      });
      response.end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { port, key: '', close: async () => void server.close() };
}

await main();
