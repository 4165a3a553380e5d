// Owns: bringing messages to the broker. One attempt may fall between two leaders, so each is tried until the
// time is over, under the same message id: a second copy is known to the broker and adds nothing.

import type { JetStreamClient } from '@nats-io/jetstream';
import { setTimeout as sleep } from 'node:timers/promises';
import { isFault } from '../../kernel/fault.ts';
import { isFull, isPassing, streamDown, streamFull } from './faults.ts';
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

export function createPublisher(
  js: JetStreamClient,
  names: Names,
  { inFlightMax, acknowledgeMs, partitions }: Settings,
  recent: Recent = createRecent(partitions),
): Publisher {
  let inFlight = 0;

  async function publishOne(message: StreamMessage, untilMs: number, id = message.id): Promise<StreamAck> {
    const subject = names.eventSubject(message.shard);
    let msgID = id;
    for (let attempt = 1; ; attempt += 1) {
      try {
        const timeout = Math.max(1, Math.min(ATTEMPT_MS, untilMs - Date.now()));
        const { duplicate, seq } = await js.publish(subject, message.body, { msgID, timeout });
        // After a second attempt a repeat may be one of our own.
        if (!duplicate || seq > 0) {
          recent.add(message.shard % partitions, message, Date.now());
          return duplicate && attempt === 1 ? 'known' : 'new';
        }
        if (Date.now() + PAUSE_MS >= untilMs) throw streamDown(undefined);
        // A leader knows an id as soon as it proposes the message, before a majority has it: a repeat without
        // a place is no promise, and dies with that leader. The next attempt stands for itself; a copy too
        // many has its effect once.
        msgID = `${id}.${attempt}`;
        await sleep(PAUSE_MS);
      } catch (error) {
        if (isFault(error)) throw error;
        if (isFull(error)) throw streamFull(5);
        if (!isPassing(error) || Date.now() + PAUSE_MS >= untilMs) throw streamDown(error);
        await sleep(PAUSE_MS);
      }
    }
  }

  return {
    inFlight: () => inFlight,
    publish: async (messages) => {
      // A batch that is larger than the bound goes when it is alone.
      if (inFlight > 0 && inFlight + messages.length > inFlightMax) throw streamFull(1);
      inFlight += messages.length;
      try {
        const untilMs = Date.now() + acknowledgeMs;
        const acks = await Promise.allSettled(messages.map((message) => publishOne(message, untilMs)));
        return acks.map((ack) => {
          if (ack.status === 'fulfilled') return ack.value;
          throw isFault(ack.reason) ? ack.reason : streamDown(ack.reason);
        });
      } finally {
        inFlight -= messages.length;
      }
    },
    again: sendAgain(recent, (message, id) => publishOne(message, Date.now() + acknowledgeMs, id)),
  };
}

/** Under names of their own: a leader may know a name and have lost what it named. */
function sendAgain(
  recent: Recent,
  publish: (message: StreamMessage, id: string) => Promise<StreamAck>,
): Publisher['again'] {
  let times = 0;
  return async (partition) => {
    times += 1;
    const name = `after.${times}`;
    let isAll = true;
    const messages = recent.take(partition);
    for (let from = 0; from < messages.length; from += AGAIN_AT_ONCE) {
      const some = messages.slice(from, from + AGAIN_AT_ONCE);
      const acks = await Promise.allSettled(some.map((one) => publish(one, `${one.id}.${name}`)));
      for (const [at, ack] of acks.entries()) {
        const message = some[at];
        if (ack.status === 'fulfilled' || message === undefined) continue;
        recent.add(partition, message, Date.now());
        isAll = false;
      }
    }
    return isAll;
  };
}
