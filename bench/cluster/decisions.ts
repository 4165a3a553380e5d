// Seconds of processor time of a decision: the same requests to the embedded shop and to one, two and four
// nodes, in short rounds by turns, so that what else the machine does hits all alike. Each arrangement has
// people of its own, so that none finds what another left in memory behind.

import { type Asked, eachOf, median, pacedOf, post } from './ask.ts';
import type { Node } from './nodes.ts';
import { cpuSecondsOf, familyCpuSeconds } from './processes.ts';
import type { BenchCluster } from './shop.ts';

/** Requests under way at once. */
const HANDS = 64;
/**
 * A second to each node, so that one has as much to do as each of four: what is written and signed together
 * depends on it.
 */
const RATE = 25;
/** Of a round of those. */
const ROUND_SECONDS = 6;

/** `kept`: a balancer sends a person to the same node again; `any`: wherever it is. */
export type Routing = 'kept' | 'any';

export interface Arrangement {
  readonly name: string;
  readonly nodes: readonly Node[];
  readonly routing: Routing;
  readonly isCluster: boolean;
  /** Requests a second to each node; absent: as fast as they are answered. */
  readonly rate?: number;
}

/** Milliseconds of processor time for a thousand decisions, by who spent them. */
export interface Spent {
  readonly nodes: number;
  readonly postgres: number;
  readonly nats: number;
  readonly perSecond: number;
}

export interface DecisionRow extends Spent {
  readonly name: string;
  /** Processes that were asked. */
  readonly count: number;
  /** Of the nodes' time to that of the embedded shop, and its middle half over the rounds. */
  readonly toEmbedded: readonly [number, number, number];
  /** The same to one node with as much to do. */
  readonly toOneNode: readonly [number, number, number];
}

function arrangements({ embedded, nodes }: BenchCluster): readonly Arrangement[] {
  const first = (count: number): readonly Node[] => nodes.slice(0, count);
  const paced = { isCluster: true, rate: RATE } as const;
  return [
    { name: 'embedded', nodes: [embedded], routing: 'kept', isCluster: false },
    { name: '1 node', nodes: first(1), routing: 'kept', isCluster: true },
    { name: `1 node, ${RATE}/s`, nodes: first(1), routing: 'kept', ...paced },
    { name: `2 nodes, ${RATE}/s each`, nodes: first(2), routing: 'kept', ...paced },
    { name: `4 nodes, ${RATE}/s each`, nodes: first(4), routing: 'kept', ...paced },
    { name: `4 nodes, ${RATE}/s each, anybody anywhere`, nodes: first(4), routing: 'any', ...paced },
  ];
}

export interface DecisionsOptions {
  readonly people: number;
  readonly rounds: number;
  /** Of each round. */
  readonly requests: number;
  /** Requests to each node before anything is counted: until then code is compiled, and people are read. */
  readonly warmUp: number;
  /** Names of arrangements; absent: all. */
  readonly only?: readonly string[] | undefined;
}

export async function benchDecisions(
  cluster: BenchCluster,
  options: DecisionsOptions,
): Promise<readonly DecisionRow[]> {
  const all = arrangements(cluster).filter(({ name }) => options.only?.includes(name) ?? true);
  const each = Math.floor(options.people / all.length);
  const rounds: Spent[][] = all.map(() => []);
  const asked = all.map(() => 0);
  const run = async (at: number, requests: number, rate?: number): Promise<Spent> => {
    const arrangement = all[at];
    if (arrangement === undefined) throw new Error('there is no such arrangement');
    const from = asked[at] ?? 0;
    asked[at] = from + requests;
    return decide(cluster, arrangement, { requests, from, rate, people: each, firstPerson: at * each });
  };
  for (const [at, { nodes }] of all.entries()) await run(at, options.warmUp * nodes.length);
  for (let round = 0; round < options.rounds; round += 1) {
    for (const [at, { rate, nodes }] of all.entries()) {
      const perSecond = rate === undefined ? undefined : rate * nodes.length;
      const requests = perSecond === undefined ? options.requests : perSecond * ROUND_SECONDS;
      rounds[at]?.push(await run(at, requests, perSecond));
    }
  }
  const firstOf = (rate: number | undefined): readonly Spent[] =>
    rounds[all.findIndex((one) => one.isCluster && one.rate === rate)] ?? [];
  return all.map(({ name, nodes, rate }, at) => ({
    name,
    count: nodes.length,
    ...mediansOf(rounds[at] ?? []),
    toEmbedded: spreadOf(rounds[at] ?? [], rounds[0] ?? []),
    toOneNode: spreadOf(rounds[at] ?? [], firstOf(rate)),
  }));
}

interface Load {
  readonly requests: number;
  /** Number of the first request, so that rounds go on where the one before ended. */
  readonly from: number;
  /** A second; absent: as fast as they are answered. */
  readonly rate: number | undefined;
  readonly people: number;
  readonly firstPerson: number;
}

async function decide(cluster: BenchCluster, to: Arrangement, load: Load): Promise<Spent> {
  const before = usedOf(cluster, to);
  const start = process.hrtime.bigint();
  const ask = async (n: number): Promise<void> => {
    await post(askedOf(cluster, to, { ...load, from: load.from + n }));
  };
  if (load.rate === undefined) await eachOf(load.requests, HANDS, ask);
  else await pacedOf(load.requests, load.rate, ask);
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  const after = usedOf(cluster, to);
  // Seconds for so many requests are milliseconds for a thousand of them, times a million.
  const each = (used: number, had: number): number => ((used - had) * 1e6) / load.requests;
  return {
    nodes: each(after.nodes, before.nodes),
    postgres: each(after.postgres, before.postgres),
    nats: each(after.nats, before.nats),
    perSecond: load.requests / seconds,
  };
}

function askedOf({ keys }: BenchCluster, to: Arrangement, { from: n, people, firstPerson }: Load): Asked {
  // A step that shares no divisor with the number of people visits all of them before it begins again.
  const person = (n * 7919) % people;
  const turn = to.routing === 'kept' ? person : n * 5 + Math.floor(n / people);
  const node = to.nodes[turn % to.nodes.length];
  if (node === undefined) throw new Error('an arrangement has nodes');
  const asks = { person: `person-${firstPerson + person}`, placement: 'home', channel: 'web', limit: 10 };
  return { url: node.url, path: '/v1/decide', key: keys.decide, body: JSON.stringify(asks) };
}

function usedOf(
  { postgresPid, nats }: BenchCluster,
  { nodes, isCluster }: Arrangement,
): Omit<Spent, 'perSecond'> {
  return {
    nodes: nodes.reduce((sum, { pid }) => sum + cpuSecondsOf(pid), 0),
    // Of nodes that stand by it is a look twice a second.
    postgres: isCluster ? familyCpuSeconds(postgresPid) : 0,
    nats: isCluster ? nats.cpuSeconds() : 0,
  };
}

function mediansOf(rounds: readonly Spent[]): Spent {
  return {
    nodes: median(rounds.map(({ nodes }) => nodes)),
    postgres: median(rounds.map(({ postgres }) => postgres)),
    nats: median(rounds.map(({ nats }) => nats)),
    perSecond: median(rounds.map(({ perSecond }) => perSecond)),
  };
}

/** Round by round: the median, and between what the middle half lies. */
function spreadOf(ours: readonly Spent[], theirs: readonly Spent[]): readonly [number, number, number] {
  const ratios = ours
    .map(({ nodes }, at) => nodes / (theirs[at]?.nodes ?? Number.NaN))
    .toSorted((a, b) => a - b);
  const part = (share: number): number => ratios[Math.floor(ratios.length * share)] ?? Number.NaN;
  return [part(0.5), part(0.25), part(0.75)];
}
