// Owns: what was acknowledged in the last moments, by partition, until it is certain that no leader died upon
// it. A majority that has a message is a promise of the broker's (Raft), and nats-server has broken it when
// leaders were killed one upon another: a successor went on without the last of what was acknowledged. Who
// published it is the only one who still has it then (SPEC, N18).

import type { StreamMessage } from '../../engine/ports.ts';

/** Per partition; the oldest go first. Two seconds of 4,000 a second. */
const RECENT_MAX = 8192;

export interface Recent {
  add(partition: number, message: StreamMessage, atMs: number): void;
  /** Those acknowledged before a moment are safe. */
  settled(partition: number, beforeMs: number): void;
  /** Whether anything was acknowledged before a moment. */
  has(partition: number, beforeMs: number): boolean;
  /** All of a partition, which are none afterwards. */
  take(partition: number): readonly StreamMessage[];
}

export function createRecent(partitions: number): Recent {
  const kept = Array.from({ length: partitions }, (): { message: StreamMessage; atMs: number }[] => []);
  return {
    add: (partition, message, atMs) => {
      const list = kept[partition];
      if (list === undefined) return;
      list.push({ message, atMs });
      // Not for each: to move a long list costs more than a short one too many.
      if (list.length > 2 * RECENT_MAX) list.splice(0, list.length - RECENT_MAX);
    },
    settled: (partition, beforeMs) => {
      const list = kept[partition] ?? [];
      const first = list.findIndex(({ atMs }) => atMs >= beforeMs);
      list.splice(0, first < 0 ? list.length : first);
    },
    has: (partition, beforeMs) => (kept[partition]?.[0]?.atMs ?? Infinity) < beforeMs,
    take: (partition) => kept[partition]?.splice(0).map(({ message }) => message) ?? [],
  };
}

/**
 * A leader is elected after 4 s of silence or more: between two looks that are nearer than two elections none
 * can have gone, been followed and come back.
 */
const GAP_MS = 8000;

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
