// A client as a shop's server is one: some kept connections to each node, a request on each at a time.

import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Asked {
  readonly url: URL;
  readonly path: string;
  readonly key: string;
  readonly body: string;
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** Rejects unless the answer is a 2xx. */
export async function post(asked: Asked): Promise<string> {
  for (;;) {
    const answer = await posted(asked);
    if (answer !== undefined) return answer;
  }
}

/** `undefined`: on a connection that was idle for five seconds, so that the node closed it meanwhile. */
function posted({ url, path, key, body }: Asked): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      authorization: `Bearer ${key}`,
    };
    const options = { host: url.hostname, port: url.port, path, method: 'POST', agent, headers };
    const sent = request(options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        if (response.statusCode !== undefined && response.statusCode < 300) resolve(text);
        else reject(new Error(`status ${response.statusCode}: ${text}`));
      });
    });
    sent.on('error', (error: NodeJS.ErrnoException) => {
      if (sent.reusedSocket && error.code === 'ECONNRESET') resolve(undefined);
      else reject(error);
    });
    sent.end(body);
  });
}

/** `hands` at a time take the next number and do `work` with it, `count` times in all. */
export async function eachOf(
  count: number,
  hands: number,
  work: (n: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const hand = async (): Promise<void> => {
    while (next < count) {
      const n = next;
      next += 1;
      await work(n);
    }
  };
  await Promise.all(Array.from({ length: hands }, hand));
}

/** The same until the time is over. */
export async function whileOf(
  isOver: () => boolean,
  hands: number,
  work: (n: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const hand = async (): Promise<void> => {
    while (!isOver()) {
      const n = next;
      next += 1;
      await work(n);
    }
  };
  await Promise.all(Array.from({ length: hands }, hand));
}

/** `work` with each number, so many begun in a second whatever becomes of those before. */
export async function pacedOf(
  count: number,
  perSecond: number,
  work: (n: number) => Promise<void>,
): Promise<void> {
  const start = performance.now();
  const all: Promise<void>[] = [];
  for (let n = 0; n < count; n += 1) {
    const early = start + (n * 1000) / perSecond - performance.now();
    if (early > 1) await sleep(early);
    const one = work(n);
    // One that fails is told at the end; until then nobody waits for it.
    one.catch(() => {});
    all.push(one);
  }
  await Promise.all(all);
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
