// What goes wrong in a round, drawn from its seed: three faults, each of another machine, which overlap.
// Every round begins with another kind, so that as many rounds as there are kinds have seen all.

import { type Random, seededRandom } from '../../src/kernel/random.ts';

export const NODE_FAULTS = ['killed', 'frozen', 'cut', 'unheard', 'disk-full', 'clock'] as const;
export const DATABASE_FAULTS = ['killed', 'restarted', 'frozen', 'slow', 'disk-full', 'lost'] as const;
export type FaultKind =
  | `node-${(typeof NODE_FAULTS)[number]}`
  | `database-${(typeof DATABASE_FAULTS)[number]}`;

export interface PlannedFault {
  readonly kind: FaultKind;
  /** The node; of a fault of the database: nothing. */
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
 * Far back, and little forward: what a node says ahead of time counts elsewhere when its time has come, and a
 * round does not wait ten minutes for a yes.
 */
const SKEW_MS_MAX = { back: 600_000, forward: 15_000 } as const;

const KINDS: readonly FaultKind[] = [
  ...NODE_FAULTS.map((kind) => `node-${kind}` as const),
  ...DATABASE_FAULTS.map((kind) => `database-${kind}` as const),
];

export interface Planning {
  readonly seed: number;
  readonly round: number;
  readonly nodes: number;
  /** What this machine permits: no full disks where nothing can be mounted. */
  readonly mayMount: boolean;
}

export function planRound({ seed, round, nodes, mayMount }: Planning): RoundPlan {
  const random = randomOf({ seed, round });
  const kinds = KINDS.filter((kind) => mayMount || !kind.endsWith('disk-full'));
  const chosen: FaultKind[] = [kinds[(seed + round) % kinds.length]!];
  while (chosen.length < 3) chosen.push(kinds[random.below(kinds.length)]!);
  const free = Array.from({ length: nodes }, (_, at) => at);
  random.shuffle(free);
  let isDatabaseFree = true;
  const faults = chosen.flatMap((kind): PlannedFault[] => {
    const isNode = kind.startsWith('node-');
    const node = isNode ? free.pop() : 0;
    if (node === undefined || (!isNode && !isDatabaseFree)) return [];
    if (!isNode) isDatabaseFree = false;
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

/** The chance of a round: `of` tells apart who draws. */
export function randomOf({ seed, round, of = 0 }: { seed: number; round: number; of?: number }): Random {
  return seededRandom((seed * ROUNDS_MAX + round) * 100 + of);
}

export function faultText({ kind, node, forMs, skewMs }: PlannedFault): string {
  const who = kind.startsWith('node-') ? kind.replace('node-', `node ${node} `) : kind.replace('-', ' ');
  const how =
    kind === 'node-clock' ? ` ${skewMs > 0 ? '+' : '−'}${Math.abs(Math.round(skewMs / 1000))} s` : '';
  return `${who}${how} ${(forMs / 1000).toFixed(1)} s`;
}
