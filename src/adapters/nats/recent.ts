// Owns: what was acknowledged in the last moments, by partition, until it is certain that no leader died upon
// it. A majority that has a message is a promise of the broker's (Raft), and nats-server has broken it when
// leaders were killed one upon another: a successor went on without the last of what was acknowledged. Who
// published it is the only one who still has it then (SPEC, N18).

import { setTimeout as sleep } from 'node:timers/promises';

import type { Sent } from './parcels.ts';

/** Messages of a partition; the oldest go first. Two seconds of 4,000 a second. */
const RECENT_MAX = 8192;

export interface Recent {
  add(partition: number, sent: Sent, atMs: number): void;
  /** Those acknowledged before a moment are safe. */
  settled(partition: number, beforeMs: number): void;
  /** Whether anything was acknowledged before a moment. */
  has(partition: number, beforeMs: number): boolean;
  /** All of a partition, which are none afterwards. */
  take(partition: number): readonly Sent[];
  /** Of all partitions. */
  size(): number;
}

interface Kept {
  readonly list: { readonly sent: Sent; readonly atMs: number }[];
  /** Messages in what was sent. */
  count: number;
}

export function createRecent(partitions: number): Recent {
  const kept = Array.from({ length: partitions }, (): Kept => ({ list: [], count: 0 }));
  const drop = (of: Kept, first: number): readonly Sent[] => {
    const dropped = of.list.splice(0, first).map(({ sent }) => sent);
    of.count -= dropped.reduce((sum, { count }) => sum + count, 0);
    return dropped;
  };
  return {
    add: (partition, sent, atMs) => {
      const of = kept[partition];
      if (of === undefined) return;
      of.list.push({ sent, atMs });
      of.count += sent.count;
      // Not for each: to move a long list costs more than a short one too many.
      if (of.count > 2 * RECENT_MAX) drop(of, beyond(of));
    },
    settled: (partition, beforeMs) => {
      const of = kept[partition];
      if (of === undefined) return;
      const first = of.list.findIndex(({ atMs }) => atMs >= beforeMs);
      drop(of, first < 0 ? of.list.length : first);
    },
    has: (partition, beforeMs) => (kept[partition]?.list[0]?.atMs ?? Infinity) < beforeMs,
    take: (partition) => {
      const of = kept[partition];
      return of === undefined ? [] : drop(of, of.list.length);
    },
    size: () => kept.reduce((sum, { count }) => sum + count, 0),
  };
}

/** How many of the oldest have to go until as many as may stay are left. */
function beyond({ list, count }: Kept): number {
  let left = count;
  let first = 0;
  for (; left > RECENT_MAX && first < list.length; first += 1) left -= list[first]?.sent.count ?? 0;
  return first;
}

/**
 * A leader is elected after 4 s without a heartbeat, of which one comes each second: between two looks that
 * are nearer none can have gone and been followed, nor have come back and been elected itself.
 */
const GAP_MS = 2500;

/** Who leads each partition, look by look. */
export interface Leaders {
  /** What a look found, begun at `atMs`; answers the partitions whose leader may have changed. */
  seen(leaders: readonly string[], atMs: number): readonly number[];
  /** Something was not sent again: the next look asks for all. */
  missed(): void;
}

export function watchLeaders(recent: Recent): Leaders {
  let known: readonly string[] | undefined;
  let hasMissed = false;
  let beforeMs = 0;
  return {
    seen: (leaders, atMs) => {
      const former = known;
      const isUncertain = hasMissed || atMs - beforeMs >= GAP_MS;
      // Before the first look nobody knows who led: what was acknowledged until then is sent again.
      const changed = [...leaders.keys()].filter((at) =>
        former === undefined ? recent.has(at, atMs) : isUncertain || former[at] !== leaders[at],
      );
      // What was there at the last look, and no leader changed between that and this.
      for (const at of leaders.keys()) if (!changed.includes(at)) recent.settled(at, beforeMs);
      known = leaders;
      hasMissed = false;
      beforeMs = atMs;
      return changed;
    },
    missed: () => {
      hasMissed = true;
    },
  };
}

/** How long a close stays for what was acknowledged last, and how often it looks then. */
const SETTLE_MS = 6000;
const SETTLE_LOOK_MS = 100;

/**
 * Looks until nothing is left that a leader could take along, or the time is over: servers that do not answer
 * must not hold up a stop.
 */
export async function untilSettled(
  recent: Pick<Recent, 'size'>,
  look: () => Promise<void>,
  withinMs = SETTLE_MS,
): Promise<void> {
  const over = AbortSignal.timeout(withinMs);
  const end = new Promise<void>((resolve) => {
    over.addEventListener('abort', () => resolve());
  });
  while (recent.size() > 0 && !over.aborted) {
    await Promise.race([look(), end]);
    if (recent.size() > 0) await Promise.race([sleep(SETTLE_LOOK_MS), end]);
  }
}
