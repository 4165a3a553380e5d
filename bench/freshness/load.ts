// A steady open-loop load of decisions, and people who buy what they are shown.

import { Agent, request } from 'node:http';

export type Post = (body: unknown) => Promise<unknown>;

/** What was seen in one phase. */
export interface Phase {
  /** ms from when a request was due. */
  readonly latencies: readonly number[];
  /** The longest work in one piece of the shop's serving thread, in ms of processor time. */
  readonly standstillMs: number;
  /** From the acknowledgement of a purchase to an answer that knows it. */
  readonly seenMs: readonly number[];
  /** Answers after an acknowledgement that did not know it. */
  readonly notSeen: number;
  /** From the acknowledgement to the counts. */
  readonly countedMs: readonly number[];
}

export interface Buyers {
  /** One person is shown a list, buys the first thing of it, and is asked again. */
  buy(): void;
  /** Forgets what was seen. */
  take(): void;
  /** What was seen, once nobody is on their way any more. */
  settled(): Promise<Pick<Phase, 'seenMs' | 'notSeen' | 'countedMs'>>;
}

const agent = new Agent({ keepAlive: true, maxSockets: 256 });

export function createPost({
  port,
  path,
  key,
}: {
  readonly port: number;
  readonly path: string;
  readonly key: string;
}): Post {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` };
  const options = { port, host: '127.0.0.1', path, method: 'POST', agent, headers };
  return (body) =>
    new Promise((resolve, reject) => {
      const sent = request(options, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          if ((response.statusCode ?? 500) < 300) resolve(JSON.parse(text));
          else reject(new Error(`status ${response.statusCode}: ${text}`));
        });
      });
      sent.on('error', reject);
      sent.end(JSON.stringify(body));
    });
}

function question(person: string): unknown {
  return { person, placement: 'home', channel: 'web', limit: 10 };
}

export interface Load {
  /** Sends nothing more, waits for what is under way, and says how long each took. */
  stop(): Promise<readonly number[]>;
}

/** Every tenth request's turn somebody buys besides. */
export function steadyLoad(options: {
  readonly post: Post;
  readonly people: number;
  readonly perSecond: number;
  readonly buyers: Buyers;
}): Load {
  const { post, people, perSecond, buyers } = options;
  const latencies: number[] = [];
  const underWay = new Set<Promise<void>>();
  const startMs = performance.now();
  let sent = 0;
  const send = async (dueMs: number, n: number): Promise<void> => {
    await post(question(`person-${(n * 7919) % people}`));
    latencies.push(performance.now() - dueMs);
  };
  const timer = setInterval(() => {
    for (;;) {
      const dueMs = startMs + (1000 * sent) / perSecond;
      if (dueMs > performance.now()) return;
      const one = send(dueMs, sent);
      underWay.add(one);
      void one.finally(() => underWay.delete(one));
      if (sent % Math.max(1, Math.round(perSecond / 5)) === 0) buyers.buy();
      sent += 1;
    }
  }, 1);
  return {
    stop: async () => {
      clearInterval(timer);
      await Promise.all(underWay);
      return latencies;
    },
  };
}

export function createBuyers(options: {
  readonly decide: Post;
  readonly collect: Post;
  readonly counted: (person: string) => Promise<number>;
  readonly people: number;
}): Buyers {
  const { decide, collect, counted, people } = options;
  const underWay = new Set<Promise<void>>();
  let seen = { seenMs: [] as number[], notSeen: 0, countedMs: [] as number[] };
  let bought = 0;
  const buyOne = async (person: string, n: number): Promise<void> => {
    const [thing] = listOf(await decide(question(person)));
    if (thing === undefined) return;
    const inCounts = counted(person);
    const sentMs = performance.now();
    await collect([{ kind: 'purchase', id: `bought-${n}`, person, lines: [{ item: thing, quantity: 1 }] }]);
    const ackMs = performance.now();
    const next = listOf(await decide(question(person)));
    if (next.includes(thing)) seen.notSeen += 1;
    else seen.seenMs.push(performance.now() - ackMs);
    // The clock of the counts began when it was asked for, a moment before the purchase was sent.
    seen.countedMs.push(Math.max(0, (await inCounts) - (ackMs - sentMs)));
  };
  return {
    buy: () => {
      bought += 1;
      const one = buyOne(`person-${(bought * 4801) % people}`, bought);
      underWay.add(one);
      void one.finally(() => underWay.delete(one));
    },
    take: () => {
      seen = { seenMs: [], notSeen: 0, countedMs: [] };
    },
    settled: async () => {
      await Promise.all(underWay);
      return seen;
    },
  };
}

function listOf(answer: unknown): readonly string[] {
  // The shop of this run wrote it a moment ago.
  const { items = [] } = answer as { readonly items?: readonly { readonly item: string }[] };
  return items.map(({ item }) => item);
}

/** `share` 0 to 1. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
