// Owns: taking the messages of one partition to a handler: batch by batch, in order, until it is stopped.
//
//     delivered ─▶ buffer ─▶ in hand ─▶ verdict ─▶ acknowledged, or put aside and then acknowledged
//                    └──────────┴─ thrown back (the handler threw, or we stop) ─▶ delivered again
//
// While something lies here the broker is told so every third of `ackWaitMs`: a worker that waits for its
// database for an hour keeps what it has, and one that is dead is noticed.

import { type ConsumerMessages, type JetStreamClient, type JsMsg, PubHeaders } from '@nats-io/jetstream';
import { headers } from '@nats-io/transport-node';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Names, Settings } from './settings.ts';

import type { Delivered, StreamHandler, Verdict } from '../../engine/ports.ts';

export const DEAD_HEADERS = {
  reason: 'Fineline-Reason',
  tries: 'Fineline-Tries',
  id: 'Fineline-Id',
  /** Where it came from, and goes when it is sent again. */
  subject: 'Fineline-Subject',
} as const;

const BATCH_MAX = 500;
/**
 * Pulls end after it; a consumer whose leader is gone is noticed after two missed heartbeats, half as long.
 */
const PULL_MS = 5000;
/** From this delivery on a message is handed over alone: what it may do to a process it does alone. */
const ALONE_FROM = 3;
const BACK_MS = 200;
const DEAD_ATTEMPT_MS = 5000;

export interface Taker {
  /** Milliseconds since something was in hand, or waited to be. */
  quietMs(): number;
  /** Resolves when nothing is in hand any more; what was not handed over goes back at once. */
  stop(): Promise<void>;
}

interface Hands {
  readonly js: JetStreamClient;
  readonly names: Names;
  readonly handle: StreamHandler;
}

export function takePartition(hands: Hands, settings: Settings, partition: number): Taker {
  const taking = new PartitionTaking(hands, settings, partition);
  const ended = taking.run();
  return {
    quietMs: () => taking.quietMs(),
    stop: async () => {
      taking.stop();
      await ended;
    },
  };
}

class PartitionTaking {
  readonly #hands: Hands;
  readonly #settings: Settings;
  readonly #partition: number;
  readonly #buffer: JsMsg[] = [];
  readonly #inHand = new Set<JsMsg>();
  #isStopped = false;
  #busyMs = performance.now();
  #wake: () => void = () => undefined;

  constructor(hands: Hands, settings: Settings, partition: number) {
    this.#hands = hands;
    this.#settings = settings;
    this.#partition = partition;
  }

  quietMs(): number {
    if (this.#buffer.length + this.#inHand.size > 0) this.#busyMs = performance.now();
    return performance.now() - this.#busyMs;
  }

  stop(): void {
    this.#isStopped = true;
    this.#wake();
  }

  async run(): Promise<void> {
    const pulled = await this.#pull();
    const alive = setInterval(() => {
      for (const message of [...this.#buffer, ...this.#inHand]) message.working();
    }, this.#settings.ackWaitMs / 3);
    alive.unref();
    while (!this.#isStopped) {
      if (this.#buffer.length === 0) {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
          if (this.#isStopped || this.#buffer.length > 0) resolve();
        });
        continue;
      }
      await this.#hand(this.#next());
    }
    await pulled?.close();
    for (const message of this.#buffer.splice(0)) message.nak();
    clearInterval(alive);
  }

  /** Until it works: a broker that elects a leader has no consumer for a while. */
  async #pull(): Promise<ConsumerMessages | undefined> {
    const { js, names } = this.#hands;
    while (!this.#isStopped) {
      try {
        const consumer = await js.consumers.get(names.events, names.consumer(this.#partition));
        return await consumer.consume({
          max_messages: BATCH_MAX,
          expires: PULL_MS,
          callback: (message) => {
            this.#buffer.push(message);
            this.#busyMs = performance.now();
            this.#wake();
          },
        });
      } catch {
        await sleep(BACK_MS);
      }
    }
    return undefined;
  }

  #next(): readonly JsMsg[] {
    const [first] = this.#buffer;
    if (first !== undefined && first.info.deliveryCount >= ALONE_FROM) return this.#buffer.splice(0, 1);
    const until = this.#buffer.findIndex(({ info }) => info.deliveryCount >= ALONE_FROM);
    return this.#buffer.splice(0, Math.min(BATCH_MAX, until < 0 ? BATCH_MAX : until));
  }

  async #hand(batch: readonly JsMsg[]): Promise<void> {
    for (const message of batch) this.#inHand.add(message);
    const fresh = batch.filter(({ info }) => info.deliveryCount <= this.#settings.triesMax);
    const tired = batch.filter((message) => !fresh.includes(message));
    for (const message of tired) await this.#putAside(message, 'it was thrown back too often');
    try {
      const verdicts = fresh.length === 0 ? [] : await this.#hands.handle(fresh.map(deliveredOf));
      for (const [at, message] of fresh.entries()) await this.#settle(message, verdicts[at]);
    } catch {
      for (const message of fresh) message.nak(BACK_MS * message.info.deliveryCount);
    } finally {
      for (const message of batch) this.#inHand.delete(message);
    }
  }

  async #settle(message: JsMsg, verdict: Verdict | undefined): Promise<void> {
    if (verdict === 'done') message.ack();
    else await this.#putAside(message, verdict?.dead ?? 'nobody said what became of it');
  }

  /** First it is durable there, then it goes here. */
  async #putAside(message: JsMsg, reason: string): Promise<void> {
    const { js, names } = this.#hands;
    const { id, shard, body, attempt } = deliveredOf(message);
    const told = headers();
    told.set(DEAD_HEADERS.reason, reason);
    told.set(DEAD_HEADERS.tries, String(attempt));
    told.set(DEAD_HEADERS.id, id);
    told.set(DEAD_HEADERS.subject, message.subject);
    try {
      const msgID = `${id}.${message.info.streamSequence}`;
      await js.publish(names.deadSubject(shard), body, { msgID, headers: told, timeout: DEAD_ATTEMPT_MS });
      message.ack();
    } catch {
      message.nak(DEAD_ATTEMPT_MS);
    }
  }
}

function deliveredOf(message: JsMsg): Delivered {
  return {
    shard: shardIn(message.subject),
    id: message.headers?.get(PubHeaders.MsgIdHdr) ?? '',
    body: message.data,
    attempt: message.info.deliveryCount,
  };
}

/** The last part of a subject of ours. */
export function shardIn(subject: string): number {
  return Number(subject.slice(subject.lastIndexOf('.') + 1));
}
