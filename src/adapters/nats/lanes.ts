// Owns: which messages go together. Each partition has a lane; what comes while two of its sendings wait for
// their acknowledgement goes with the next, as one parcel. So nobody waits for a parcel to fill, and the
// busier it is the less each message costs.

import { PARCEL_MAX, type Sent, fittingCount, sentAs } from './parcels.ts';
import type { Names } from './settings.ts';

import type { StreamMessage } from '../../engine/ports.ts';

const UNDER_WAY_MAX = 2;

interface Waiting {
  readonly message: StreamMessage;
  readonly untilMs: number;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

interface Lane {
  readonly waiting: Waiting[];
  underWay: number;
  isWoken: boolean;
}

interface Bundle {
  readonly partition: number;
  readonly group: readonly Waiting[];
  readonly sent: Sent;
}

export interface LanesOptions {
  readonly names: Names;
  readonly partitions: number;
  /** Whether everybody who takes messages can read parcels. Until that is known each goes by itself. */
  readonly mayBundle: () => boolean;
  readonly send: (partition: number, sent: Sent, untilMs: number) => Promise<void>;
}

/** Resolves when the message is acknowledged; those of a parcel are together, or fail together. */
export type Lanes = (message: StreamMessage, untilMs: number) => Promise<void>;

export function createLanes({ names, partitions, mayBundle, send }: LanesOptions): Lanes {
  const lanes = Array.from({ length: partitions }, (): Lane => ({
    waiting: [],
    underWay: 0,
    isWoken: false,
  }));

  function go(lane: Lane, partition: number): void {
    lane.isWoken = false;
    while (lane.waiting.length > 0 && (lane.underWay < UNDER_WAY_MAX || !mayBundle())) {
      const next = lane.waiting.slice(0, mayBundle() ? PARCEL_MAX : 1).map(({ message }) => message);
      const count = fittingCount(next);
      const group = lane.waiting.splice(0, count);
      const sent = sentAs(names, partition, next.slice(0, count));
      void sendOne(lane, { partition, group, sent });
    }
  }

  async function sendOne(lane: Lane, { partition, group, sent }: Bundle): Promise<void> {
    lane.underWay += 1;
    try {
      // The first of them has waited longest.
      await send(partition, sent, group[0]?.untilMs ?? 0);
      for (const { done } of group) done();
    } catch (error) {
      for (const { failed } of group) failed(error);
    } finally {
      lane.underWay -= 1;
      go(lane, partition);
    }
  }

  return (message, untilMs) =>
    new Promise((done, failed) => {
      const partition = message.shard % partitions;
      const lane = lanes[partition];
      if (lane === undefined) throw new RangeError('a shard is a whole number from 0 on');
      lane.waiting.push({ message, untilMs, done, failed });
      if (lane.isWoken) return;
      // All messages of a batch are in their lanes before the first goes.
      lane.isWoken = true;
      queueMicrotask(() => go(lane, partition));
    });
}
