// What goes wrong in a round, drawn from its seed: three faults, each of another machine, which overlap.
// Every round begins with another kind, so that as many rounds as there are kinds have seen all.

import { type Random, seededRandom } from '../../src/kernel/random.ts';
import { STREAM_SERVERS } from './network.ts';

export const NODE_FAULTS = ['killed', 'frozen', 'cut', 'unheard', 'disk-full', 'clock'] as const;
export const DATABASE_FAULTS = ['killed', 'restarted', 'frozen', 'slow', 'disk-full', 'lost'] as const;
export const STREAM_FAULTS = [
  'leader-killed',
  'meta-killed',
  'frozen',
  'cut',
  'slow',
  'disk-full',
  'halted',
] as const;
export type FaultKind =
  | `node-${(typeof NODE_FAULTS)[number]}`
  | `database-${(typeof DATABASE_FAULTS)[number]}`
  | `stream-${(typeof STREAM_FAULTS)[number]}`;

export interface PlannedFault {
  readonly kind: FaultKind;
  /** The node, or server of the stream, or its partition; of a fault of the database: nothing. */
  readonly node: number;
  /** From the beginning of the load. */
  readonly atMs: number;
  readonly forMs: number;
  /** Of a clock: forward or back. */
  readonly skewMs: number;
}

export interface RoundPlan {
  readonly round: number;
  readonly seed: number;
  readonly faults: readonly PlannedFault[];
  /** Nodes from the last one on that have neither log nor learning. */
  readonly plainNodes: number;
}

/** Neighbouring rounds have unrelated draws. */
const ROUNDS_MAX = 100_000;
const FIRST_MS = 700;
/** Longer than the log's lease, so that duties move, and short enough for a hundred rounds. */
const FOR_MS = { min: 600, max: 7000 } as const;
/**
 * Nodes may be ten minutes apart (G3), so that is the most of one back and another forward together; and
 * little forward, for a round does not wait for what a node says ahead of time.
 */
const SKEW_MS_MAX = { back: 580_000, forward: 15_000 } as const;

/** All that can be drawn; the first ones are those without a stream, whose rounds so stay what they are. */
export const KINDS: readonly FaultKind[] = [
  ...NODE_FAULTS.map((kind) => `node-${kind}` as const),
  ...DATABASE_FAULTS.map((kind) => `database-${kind}` as const),
  ...STREAM_FAULTS.map((kind) => `stream-${kind}` as const),
];

export interface Planning {
  readonly seed: number;
  readonly round: number;
  readonly nodes: number;
  /** What this machine permits: no full disks where nothing can be mounted. */
  readonly mayMount: boolean;
  readonly stream: boolean;
  /** The first fault, in place of what the round would draw. */
  readonly first?: FaultKind | undefined;
}

const MACHINES = ['node', 'database', 'stream'] as const;
const machineOf = (kind: FaultKind): (typeof MACHINES)[number] =>
  MACHINES.find((machine) => kind.startsWith(machine)) ?? 'node';

export function planRound({ seed, round, nodes, mayMount, stream, first }: Planning): RoundPlan {
  const random = randomOf({ seed, round });
  const kinds = KINDS.filter(
    (kind) => (mayMount || !kind.endsWith('disk-full')) && (stream || machineOf(kind) !== 'stream'),
  );
  const chosen: FaultKind[] = [first ?? kinds[(seed + round) % kinds.length]!];
  while (chosen.length < 3) chosen.push(kinds[random.below(kinds.length)]!);
  const free = {
    node: shuffled(random, nodes),
    database: [0],
    stream: stream ? [random.below(STREAM_SERVERS)] : [],
  };
  const faults = chosen.flatMap((kind): PlannedFault[] => {
    const node = free[machineOf(kind)].pop();
    if (node === undefined) return [];
    const isAhead = random.below(2) === 0;
    const skewMs = 1000 + random.below(SKEW_MS_MAX[isAhead ? 'forward' : 'back']);
    return [
      {
        kind,
        node,
        atMs: FIRST_MS + random.below(2500),
        forMs: FOR_MS.min + random.below(FOR_MS.max - FOR_MS.min),
        skewMs: isAhead ? skewMs : -skewMs,
      },
    ];
  });
  return { round, seed, faults, plainNodes: random.below(2) };
}

function shuffled(random: Random, count: number): number[] {
  const all = Array.from({ length: count }, (_, at) => at);
  random.shuffle(all);
  return all;
}

/** The chance of a round: `of` tells apart who draws. */
export function randomOf({ seed, round, of = 0 }: { seed: number; round: number; of?: number }): Random {
  return seededRandom((seed * ROUNDS_MAX + round) * 100 + of);
}

/** Of a server by its number; the others find theirs when the moment has come. */
const SERVER_FAULTS: ReadonlySet<FaultKind> = new Set([
  'stream-frozen',
  'stream-cut',
  'stream-slow',
  'stream-disk-full',
]);

/** A line for people: `node 1 cut 1.0 s`. */
export function faultText({ kind, node, forMs, skewMs }: PlannedFault): string {
  const [machine, ...what] = kind.split('-');
  const isNumbered = machine === 'node' || (machine === 'stream' && SERVER_FAULTS.has(kind));
  const who = `${machine}${isNumbered ? ` ${node}` : ''} ${what.join('-')}`;
  const how =
    kind === 'node-clock' ? ` ${skewMs > 0 ? '+' : '−'}${Math.abs(Math.round(skewMs / 1000))} s` : '';
  return `${who}${how} ${(forMs / 1000).toFixed(1)} s`;
}
