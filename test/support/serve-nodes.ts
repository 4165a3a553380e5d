// Processes of `fineline serve` as nodes of one cluster: homes with the same settings and keys, started,
// killed and asked over HTTP.

import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Place, type Running, startCli } from '../../src/surfaces/cli/testing.ts';
import { E2E_SETTINGS } from './e2e-shop.ts';
import { newDatabase } from './postgres.ts';

export interface ServedNode {
  readonly home: string;
  readonly running: Running;
  readonly url: string;
  /** kill -9. */
  kill(): Promise<void>;
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>;
}

export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly retryAfter: string | null;
}

export type Ask = (method: string, path: string, key: keyof Keys, body?: unknown) => Promise<Answer>;

const ready = z.object({ address: z.string() });
const keysFile = z.object({
  collect: z.string(),
  decide: z.string(),
  officer: z.string(),
  admin: z.string(),
});
export type Keys = z.infer<typeof keysFile>;

const OLD_FIELDS = /^(?:minPeople|placements):[\s\S]*?(?=^\w|(?![\s\S]))/gm;
/** What the first home says; the others take what rules. */
export const servedPolicy = (minPeople: number): string => `policy: 1
minPeople: ${minPeople}
placements:
  - { id: steady, purpose: recommend, channels: [web], strategy: for-you, itemsMax: 5, exploreRate: 0,
      perLeafMax: 5 }
`;

/** Homes 1 to `count` on two new databases; `beside` stands under `cluster` as well, as YAML in one line. */
export async function newHomes(place: Place, count: number, beside = ''): Promise<void> {
  const cluster = `data: '${await newDatabase()}', keys: '${await newDatabase()}'`;
  for (let n = 1; n <= count; n += 1) {
    mkdirSync(place.path(`home-${n}`));
    const text = `${E2E_SETTINGS.replaceAll(OLD_FIELDS, '')}cluster: { ${cluster}${beside} }\n`;
    writeFileSync(join(place.path(`home-${n}`), 'fineline.yaml'), text);
  }
  writeFileSync(join(place.path('home-1'), 'fineline.policy.yaml'), servedPolicy(3));
}

/** The keys that home 1 has after its first start, for all others. */
export function shareKeys(place: Place, count: number): Keys {
  const from = join(place.path('home-1'), 'keys');
  for (let n = 2; n <= count; n += 1)
    cpSync(from, join(place.path(`home-${n}`), 'keys'), { recursive: true });
  return keysFile.parse(JSON.parse(readFileSync(join(place.path('home-1'), 'keys.json'), 'utf8')));
}

export function startNode(place: Place, n: number, ...flags: readonly string[]): Promise<ServedNode> {
  return startNodeOf(undefined, place, n, ...flags);
}

/** The same of another version, by its launcher. */
export async function startNodeOf(
  bin: string | undefined,
  place: Place,
  n: number,
  ...flags: readonly string[]
): Promise<ServedNode> {
  const home = place.path(`home-${n}`);
  const words = ['serve', '--home', home, '--port', '0', '--json', '--node', String(n), ...flags];
  const running = startCli(words, bin === undefined ? {} : { bin });
  let out = '';
  running.child.stdout?.on('data', (text: string) => (out += text));
  await running.seen('"address"');
  const end = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> => {
    running.child.kill(signal);
    return (await running.ended).code;
  };
  return {
    home,
    running,
    url: ready.parse(JSON.parse(out)).address,
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
  };
}

/** Rejects when the node is not there, or goes before it has answered. */
export function asker({ url }: ServedNode, keys: Keys): Ask {
  return async (method, path, key, body) => {
    const headers = { authorization: `Bearer ${keys[key]}`, 'content-type': 'application/json' };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const signal = AbortSignal.timeout(60_000);
    const answer = await fetch(`${url}${path}`, { method, headers, ...sent, signal });
    return {
      status: answer.status,
      text: await answer.text(),
      retryAfter: answer.headers.get('retry-after'),
    };
  };
}
