// Owns: the names and settings of what lies in NATS. Both sides, the check of a cluster and the tests read
// them here.

import { AckPolicy, DeliverPolicy, DiscardPolicy, RetentionPolicy, StorageType } from '@nats-io/jetstream';
import type { ConsumerConfig, StreamConfig } from '@nats-io/jetstream';
import type { NodeConnectionOptions } from '@nats-io/transport-node';

export interface NatsOptions {
  /** `nats://10.0.0.1:4222`, one or several of the cluster. */
  readonly servers: string | readonly string[];
  /** The text of a file of credentials (credentials.ts), asked for at each connection. */
  readonly credentials?: () => string;
  /** User, token, certificate and the like, as the client takes them. */
  readonly connection?: Omit<NodeConnectionOptions, 'servers'>;
  /** First part of every name, so that shops can share a cluster. Lower-case letters. Default `fineline`. */
  readonly prefix?: string;
  /** Servers that keep each message. Default 3; fewer is for a trial on one machine. */
  readonly replicas?: number;
  /** Parts in which the 64 shards are taken, hence the most workers at once. Default 8, for good. */
  readonly partitions?: number;
  /** Deliveries after which a message that is thrown back becomes a dead letter. Default 10. */
  readonly triesMax?: number;
  /** A worker that was silent so long has lost its partitions. Default 15 s. */
  readonly leaseMs?: number;
  /** Messages that may wait before the intake asks senders to wait. Default 1,000,000. */
  readonly waitingMax?: number;
  /** Bytes of all partitions on each server; beyond its part one is refused by the broker. Default 8 GiB. */
  readonly bytesMax?: number;
  /** Messages under way to the broker from this process. Default 16,384. */
  readonly inFlightMax?: number;
  /** Time within which the broker acknowledges, tries and a new leader included. Default 12 s. */
  readonly acknowledgeMs?: number;
}

export type Settings = Required<Omit<NatsOptions, 'connection' | 'credentials'>> & {
  readonly credentials?: () => string;
  readonly connection: Omit<NodeConnectionOptions, 'servers'>;
};

export function settingsOf(options: NatsOptions): Settings {
  return {
    connection: {},
    prefix: 'fineline',
    replicas: 3,
    partitions: 8,
    triesMax: 10,
    leaseMs: 15_000,
    waitingMax: 1_000_000,
    bytesMax: 8 * 2 ** 30,
    inFlightMax: 16_384,
    acknowledgeMs: 12_000,
    ...options,
  };
}

/** Nanoseconds, as the broker counts. */
const NANOS = 1_000_000;
const DAY_NANOS = 86_400_000 * NANOS;
/** What no worker has taken for so long is gone, and long before that the intake takes in nothing more. */
export const EVENT_DAYS_MAX = 7;
const DEAD_DAYS_MAX = 30;
/** Repeats within it are known by their id where they were acknowledged; all others by the journal. */
export const REPEAT_WINDOW_MS = 120_000;
/** A reader of ours that nobody asks any more is forgotten by the broker. */
const READER_IDLE_MS = 60_000;

export interface Names {
  /** The stream of a partition. */
  events(partition: number): string;
  readonly dead: string;
  readonly leases: string;
  eventSubject(shard: number): string;
  /** Several of one partition in one message (parcels.ts). */
  parcelSubject(partition: number, count: number): string;
  /** All subjects of a partition's events. */
  partitionSubject(partition: number): string;
  /** What has been taken from a partition (passed.ts); it lies in the partition's own stream. */
  passedSubject(partition: number): string;
  deadSubject(shard: number): string;
  leaseSubject(name: string): string;
}

export function namesOf({ prefix, partitions }: Pick<Settings, 'prefix' | 'partitions'>): Names {
  const upper = prefix.toUpperCase();
  return {
    events: (partition) => `${upper}_EVENTS_${partition}`,
    dead: `${upper}_DEAD`,
    leases: `${upper}_LEASES`,
    eventSubject: (shard) => `${prefix}.events.${shard % partitions}.${shard}`,
    parcelSubject: (partition, count) => `${prefix}.events.${partition}.p${count}`,
    partitionSubject: (partition) => `${prefix}.events.${partition}.*`,
    passedSubject: (partition) => `${prefix}.passed.${partition}`,
    deadSubject: (shard) => `${prefix}.dead.${shard}`,
    leaseSubject: (name) => `${prefix}.lease.${name}`,
  };
}

/** The one stream of before each partition had its own; its subjects would be theirs. */
export function formerStreamOf({ prefix }: Pick<Settings, 'prefix'>): string {
  return `${prefix.toUpperCase()}_EVENTS`;
}

type Stream = Pick<
  StreamConfig,
  'name' | 'subjects' | 'num_replicas' | 'storage' | 'discard' | 'retention' | 'max_age'
> &
  Partial<StreamConfig>;

const describedAs = (partition: number, partitions: number): string =>
  `events of Fineline, partition ${partition} of ${partitions}`;

/** In how many partitions the events are, as the stream of one of them says; `undefined`: it is not ours. */
export function partitionsSaid(description = ''): number | undefined {
  const found = /^events of Fineline, partition \d+ of (\d+)$/.exec(description);
  return found === null ? undefined : Number(found[1]);
}

/** The streams, by what has to be so: one for each partition, then dead letters and leases. */
export function streamsOf(settings: Settings): readonly Stream[] {
  const { prefix, replicas, bytesMax, leaseMs, partitions } = settings;
  const names = namesOf(settings);
  const kept = { num_replicas: replicas, storage: StorageType.File, discard: DiscardPolicy.New } as const;
  const events = Array.from({ length: partitions }, (_, partition): Stream => ({
    ...kept,
    name: names.events(partition),
    // Nodes that disagree about it would put messages where nobody takes them: each compares it at its
    // start.
    description: describedAs(partition, partitions),
    subjects: [names.partitionSubject(partition), names.passedSubject(partition)],
    // Nothing goes because a consumer of the broker believes that it was acknowledged (SPEC, N17).
    retention: RetentionPolicy.Limits,
    max_age: EVENT_DAYS_MAX * DAY_NANOS,
    max_bytes: Math.ceil(bytesMax / partitions),
    duplicate_window: REPEAT_WINDOW_MS * NANOS,
  }));
  return [
    ...events,
    {
      ...kept,
      name: names.dead,
      subjects: [`${prefix}.dead.*`],
      retention: RetentionPolicy.Limits,
      max_age: DEAD_DAYS_MAX * DAY_NANOS,
      max_bytes: Math.ceil(bytesMax / 8),
      duplicate_window: REPEAT_WINDOW_MS * NANOS,
    },
    {
      ...kept,
      name: names.leases,
      subjects: [`${prefix}.lease.>`],
      discard: DiscardPolicy.Old,
      retention: RetentionPolicy.Limits,
      max_age: leaseMs * NANOS,
      max_msgs_per_subject: 1,
      duplicate_window: Math.min(leaseMs, REPEAT_WINDOW_MS) * NANOS,
    },
  ];
}

/**
 * Whoever reads a partition asks the broker for what lies from a place on. It acknowledges nothing, is kept
 * in memory on one server, and what it believes is checked (reading.ts).
 */
export function readerFrom(seq: number): Partial<ConsumerConfig> {
  return {
    ack_policy: AckPolicy.None,
    deliver_policy: DeliverPolicy.StartSequence,
    opt_start_seq: Math.max(1, seq),
    inactive_threshold: READER_IDLE_MS * NANOS,
    num_replicas: 1,
    mem_storage: true,
  };
}
