// Child process of bench/freshness/main.ts: a whole shop behind its HTTP face, which learns when it is told
// to, and says how long its event loop stood still and when an event reached the counts.

import { pooledEntropy } from '../../src/adapters/node-crypto/entropy.ts';
import type { PersonId } from '../../src/facts/ids.ts';
import type { ProxyQuestion } from '../../src/learn/proxies/find-proxies.ts';
import { createKeys } from '../../src/surfaces/http/http.ts';
import { listen } from '../../src/surfaces/http/serve.ts';
import { openBenchWorld } from '../world.ts';

export type Ask =
  | { readonly kind: 'learn' | 'standstill' | 'close'; readonly id: number }
  /** Answered when the next change of this person has been counted. */
  | { readonly kind: 'counted'; readonly id: number; readonly person: string };

export type Answer = { readonly kind: 'answer'; readonly id: number; readonly value: number };

/** A question that costs nothing, because nobody can be enough. */
const BARRIER: ProxyQuestion = {
  domain: { items: [], leaves: [] },
  falseRate: 0.05,
  volunteersMin: Number.MAX_SAFE_INTEGER,
  erase: false,
};
const plenty = { perSecond: 1e9, burst: 1e9 };
const world = await openBenchWorld({ people: Number(process.argv[2] ?? 3000), seed: 1 });
const { engine, tokenSecret } = world.embedded;
const keys = createKeys(pooledEntropy());
const server = await listen({ engine, keys: keys.hashed, tokenSecret, port: 0, rates: { key: plenty } });
let longest = 0;
watchTurns();
const waiting = new Map<string, () => void>();
watchCounts();
process.on('message', (ask: Ask) => void answer(ask));
process.send?.({ kind: 'ready', port: server.port, keys: keys.plain });

async function answer(ask: Ask): Promise<void> {
  const start = process.hrtime.bigint();
  let value = 0;
  if (ask.kind === 'learn') await engine.learn();
  else if (ask.kind === 'counted') await counted(ask.person);
  else if (ask.kind === 'standstill') value = takeStandstill();
  else await close();
  if (ask.kind !== 'standstill') value = Number(process.hrtime.bigint() - start) / 1e6;
  process.send?.({ kind: 'answer', id: ask.id, value } satisfies Answer);
  if (ask.kind === 'close') process.exit(0);
}

/** The longest work in one piece since it was asked last, in ms of this thread's processor time. */
function takeStandstill(): number {
  const taken = longest;
  longest = 0;
  return taken;
}

/** By processor time: on a machine that does other work the clock tells of that, too. */
function watchTurns(): void {
  let last = usedMs();
  setInterval(() => {
    const now = usedMs();
    longest = Math.max(longest, now - last);
    last = now;
  }, 1);
}

function usedMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

function counted(person: string): Promise<void> {
  const key = engine.core.people.keyOf(person as PersonId);
  return new Promise((resolve) => {
    waiting.set(key, resolve);
  });
}

/** The worker answers in the order in which it is asked: when it answers, the change before is counted. */
function watchCounts(): void {
  const { learner } = engine.core.world;
  const { change } = learner;
  learner.change = (person, share) => {
    change(person, share);
    const resolve = waiting.get(person);
    if (resolve === undefined) return;
    waiting.delete(person);
    void learner.proxies(BARRIER).then(() => resolve());
  };
}

async function close(): Promise<void> {
  await server.close();
  await world.close();
}
