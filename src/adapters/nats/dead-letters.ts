// Owns: looking at dead letters, sending them again, forgetting them. What is told of one is what stands in
// its headers, which are words and numbers of ours; the sealed body is never shown.

import { type StoredMsg, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { Fault, isFault } from '../../kernel/fault.ts';
import { type Broker, connectTo, foundStream } from './connect.ts';
import { orNothing, streamDown } from './faults.ts';
import { headersFor } from './ids.ts';
import { DEAD_HEADERS, shardIn } from './putting-aside.ts';
import { lookAt } from './pressure.ts';
import { type NatsOptions, namesOf, partitionsSaid, settingsOf } from './settings.ts';

import type { DeadLetter, DeadLetters, Lag } from '../../engine/ports.ts';

export function deadLettersOf({ js, jsm, names }: Broker): DeadLetters {
  async function one(seq: number): Promise<StoredMsg | undefined> {
    return orNothing(() => jsm.streams.getMessage(names.dead, { seq }));
  }
  /** Overwritten with noise where it stands. */
  const drop = (seq: number): Promise<boolean> => jsm.streams.deleteMessage(names.dead, seq, true);

  return {
    list: async ({ after = 0, limit }) => {
      const letters: DeadLetter[] = [];
      const { state } = await jsm.streams.info(names.dead, { deleted_details: true });
      const gone = new Set(state.deleted ?? []);
      for (let seq = Math.max(after + 1, state.first_seq); seq <= state.last_seq; seq += 1) {
        if (letters.length >= limit) break;
        const found = gone.has(seq) ? undefined : await one(seq);
        if (found !== undefined) letters.push(letterOf(found));
      }
      return letters;
    },
    get: async (seq) => {
      const found = await one(seq);
      return found === undefined ? undefined : letterOf(found);
    },
    replay: async (seq) => {
      const found = await one(seq);
      if (found === undefined) return false;
      const { id } = letterOf(found);
      const subject = found.header.get(DEAD_HEADERS.subject);
      await js.publish(subject, found.data, { headers: headersFor(`${id}.again.${seq}`) });
      return drop(seq);
    },
    drop: async (seq) => ((await one(seq)) === undefined ? false : drop(seq)),
  };
}

export interface OpenedLetters {
  readonly letters: DeadLetters;
  lag(): Promise<Lag>;
  close(): Promise<void>;
}

/**
 * To look at them without taking part: makes no stream and takes no lease. Faults: `stream-down`, and
 * `not-found` where there are no streams of ours.
 */
export async function openDeadLetters(options: NatsOptions): Promise<OpenedLetters> {
  const settings = settingsOf(options);
  const names = namesOf(settings);
  const connection = await connectTo(settings);
  try {
    const jsm = await jetstreamManager(connection, { timeout: 5000 });
    if ((await foundStream(jsm, names.dead)) === undefined) {
      const message = 'There is no event stream on these servers; a node that uses one makes it.';
      throw new Fault('not-found', message, { retry: 'never' });
    }
    const letters = deadLettersOf({ js: jetstream(connection, { timeout: 5000 }), jsm, names });
    // As they were made, which is not always as we would make them.
    const first = await foundStream(jsm, names.events(0));
    const partitions = partitionsSaid(first?.config.description) ?? settings.partitions;
    const lag = async (): Promise<Lag> => (await lookAt(jsm, { ...settings, partitions })).lag;
    return { letters, lag, close: () => connection.close() };
  } catch (error) {
    await connection.close();
    throw isFault(error) ? error : streamDown(error);
  }
}

function letterOf({ seq, subject, header, data, time }: StoredMsg): DeadLetter {
  return {
    seq,
    shard: shardIn(subject),
    id: header.get(DEAD_HEADERS.id),
    reason: header.get(DEAD_HEADERS.reason),
    tries: Number(header.get(DEAD_HEADERS.tries)),
    sinceMs: time.getTime(),
    bytes: data.length,
  };
}
