// Owns: bringing messages to the broker. One attempt may fall between two leaders, so each is tried until the
// time is over; a copy too many has its effect once. Repeats are known here and not by the broker: each
// replica of nats-server 2.9.10 judges by the ids that it happens to know, leaves out what it takes for a
// repeat, and is then another stream than the others (SPEC, N12).

import type { JetStreamClient } from '@nats-io/jetstream';
import { setTimeout as sleep } from 'node:timers/promises';
import { isFault } from '../../kernel/fault.ts';
import { isFull, isPassing, streamDown, streamFull } from './faults.ts';
import { createIds, headersFor } from './ids.ts';
import { createLanes } from './lanes.ts';
import type { Sent } from './parcels.ts';
import { type Recent, createRecent } from './recent.ts';
import type { Names, Settings } from './settings.ts';

import type { StreamAck, StreamMessage } from '../../engine/ports.ts';

/** A leader that was killed has a successor after 1 to 5 s; asking more often costs nothing then. */
const ATTEMPT_MS = 2000;
const PAUSE_MS = 100;
const AGAIN_AT_ONCE = 256;

export interface Publisher {
  publish(messages: readonly StreamMessage[]): Promise<readonly StreamAck[]>;
  /** Messages that wait for their acknowledgement. */
  inFlight(): number;
  /** Sends what was acknowledged lately once more; answers whether all of it is acknowledged again. */
  again(partition: number): Promise<boolean>;
}

export interface PublisherOptions {
  readonly recent?: Recent;
  /** Asked before each sending: whether everybody who takes messages reads parcels. Nobody is known to. */
  readonly mayBundle?: () => boolean;
}

export function createPublisher(
  js: JetStreamClient,
  names: Names,
  { inFlightMax, acknowledgeMs, partitions }: Settings,
  { recent = createRecent(partitions), mayBundle = () => false }: PublisherOptions = {},
): Publisher {
  let inFlight = 0;
  const ids = createIds();

  async function send(partition: number, sent: Sent, untilMs: number): Promise<void> {
    for (;;) {
      try {
        const timeout = Math.max(1, Math.min(ATTEMPT_MS, untilMs - Date.now()));
        await js.publish(sent.subject, sent.body, { headers: headersFor(sent.id), timeout });
        recent.add(partition, sent, Date.now());
        return;
      } catch (error) {
        if (isFull(error)) throw streamFull(5);
        if (!isPassing(error) || Date.now() + PAUSE_MS >= untilMs) throw streamDown(error);
        await sleep(PAUSE_MS);
      }
    }
  }
  const publishOne = createLanes({ names, partitions, mayBundle, send });

  async function publishNew(message: StreamMessage, untilMs: number): Promise<StreamAck> {
    if (ids.has(message.id)) return 'known';
    await publishOne(message, untilMs);
    ids.add(message.id);
    return 'new';
  }

  return {
    inFlight: () => inFlight,
    publish: async (messages) => {
      // A batch that is larger than the bound goes when it is alone.
      if (inFlight > 0 && inFlight + messages.length > inFlightMax) throw streamFull(1);
      inFlight += messages.length;
      try {
        const untilMs = Date.now() + acknowledgeMs;
        const acks = await Promise.allSettled(messages.map((message) => publishNew(message, untilMs)));
        return acks.map((ack) => {
          if (ack.status === 'fulfilled') return ack.value;
          throw isFault(ack.reason) ? ack.reason : streamDown(ack.reason);
        });
      } finally {
        inFlight -= messages.length;
      }
    },
    again: sendAgain(recent, (partition, sent) => send(partition, sent, Date.now() + acknowledgeMs)),
  };
}

function sendAgain(
  recent: Recent,
  send: (partition: number, sent: Sent) => Promise<void>,
): Publisher['again'] {
  return async (partition) => {
    const failed: Sent[] = [];
    const lately = recent.take(partition);
    for (let from = 0; from < lately.length; from += AGAIN_AT_ONCE) {
      const some = lately.slice(from, from + AGAIN_AT_ONCE);
      const acks = await Promise.allSettled(some.map((sent) => send(partition, sent)));
      failed.push(...some.filter((_, at) => acks[at]?.status === 'rejected'));
    }
    // All at the end: what was put back while others wait, two looks would take for safe before anybody knew.
    for (const sent of failed) recent.add(partition, sent, Date.now());
    return failed.length === 0;
  };
}
