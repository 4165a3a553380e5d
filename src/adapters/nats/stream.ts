// The event stream on NATS JetStream. What lies there, for how long, and what an acknowledgement means stands
// in SPEC.md.
//
//     PREFIX_EVENTS_0 …   what waits for a worker, by partition, and a note of what has been taken
//     PREFIX_DEAD         what nobody could use, for thirty days
//     PREFIX_LEASES       which worker takes which partition

import { JetStreamApiError, type JetStreamManager, jetstream, jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { setTimeout as sleep } from 'node:timers/promises';
import { Fault, isFault } from '../../kernel/fault.ts';
import { connectTo, foundStream } from './connect.ts';
import { type Taker, takePartition } from './consume.ts';
import { deadLettersOf } from './dead-letters.ts';
import { isPassing, streamClosed, streamDown } from './faults.ts';
import { areAllReading, holdLeases } from './leases.ts';
import { createPublisher } from './publish.ts';
import { type Leaders, type Recent, createRecent, untilSettled, watchLeaders } from './recent.ts';
import { lookAt, waitSecondsFor } from './pressure.ts';
import { type NatsOptions, type Settings, namesOf, settingsOf, streamsOf } from './settings.ts';

import type { EventStream, Lag, StreamConsumer, StreamHandler } from '../../engine/ports.ts';

/** How long opening waits for a cluster that is just starting. */
const OPEN_MS = 20_000;
const LOOK_MS = 1000;
/** How long a close waits for what it said last to reach the servers. */
const FLUSH_MS = 2000;
/**
 * Connects, and makes what is not there yet. Faults: `stream-down` (no server, or no quorum),
 * `stream-refused` (user or password), `wrong-stream` (there is a stream of that name with settings that
 * promise less), `closed` (ended before it was open).
 */
export async function openNatsStream(options: NatsOptions, ending?: AbortSignal): Promise<EventStream> {
  const settings = settingsOf(options);
  const connection = await connectTo(settings);
  try {
    const jsm = await patiently(() => jetstreamManager(connection, { timeout: 5000 }), ending);
    await prepare(jsm, settings, ending);
    return new NatsStream(connection, jsm, settings);
  } catch (error) {
    await connection.close();
    throw refusalOf(error);
  }
}

/** An answer of the broker says more than that nothing works; it is about streams, never about people. */
function refusalOf(error: unknown): Fault {
  if (isFault(error)) return error;
  if (!(error instanceof JetStreamApiError)) return streamDown(error);
  const message = `The broker does not make the stream: ${error.message}. See “fineline cluster check”.`;
  return new Fault('wrong-stream', message, { retry: 'never', cause: error });
}

/** Again and again while a cluster finds its leaders, or until nobody waits for it any more. */
async function patiently<T>(work: () => Promise<T>, ending: AbortSignal | undefined): Promise<T> {
  const untilMs = Date.now() + OPEN_MS;
  for (;;) {
    if (ending?.aborted === true) throw streamClosed();
    try {
      return await work();
    } catch (error) {
      if (error instanceof Fault || !isPassing(error) || Date.now() > untilMs) throw error;
      await sleep(200);
    }
  }
}

async function prepare(
  jsm: JetStreamManager,
  settings: Settings,
  ending: AbortSignal | undefined,
): Promise<void> {
  for (const wanted of streamsOf(settings)) {
    await patiently(async () => {
      const found = await foundStream(jsm, wanted.name);
      if (found === undefined) {
        await jsm.streams.add({ ...wanted });
        return;
      }
      const { num_replicas, storage, retention, discard, description } = found.config;
      const isRight =
        (wanted.description ?? description) === description &&
        num_replicas >= wanted.num_replicas &&
        storage === wanted.storage &&
        retention === wanted.retention &&
        discard === wanted.discard;
      if (isRight) return;
      const message = `The stream ${wanted.name} promises less than is needed: see “fineline cluster check”.`;
      throw new Fault('wrong-stream', message, { retry: 'never' });
    }, ending);
  }
}

class NatsStream implements EventStream {
  readonly dead: EventStream['dead'];
  readonly #connection: NatsConnection;
  readonly #jsm: JetStreamManager;
  readonly #settings: Settings;
  readonly #names: ReturnType<typeof namesOf>;
  readonly #js: ReturnType<typeof jetstream>;
  readonly #publisher: ReturnType<typeof createPublisher>;
  readonly #consumers = new Set<StreamConsumer>();
  readonly #look: NodeJS.Timeout;
  readonly #recent: Recent;
  readonly #leaders: Leaders;
  #waitSeconds = 0;
  #mayBundle = false;
  #isLooking = false;
  #isClosed = false;

  constructor(connection: NatsConnection, jsm: JetStreamManager, settings: Settings) {
    this.#connection = connection;
    this.#jsm = jsm;
    this.#settings = settings;
    this.#names = namesOf(settings);
    this.#js = jetstream(connection, { timeout: 5000 });
    this.#recent = createRecent(settings.partitions);
    this.#leaders = watchLeaders(this.#recent);
    this.#publisher = createPublisher(this.#js, this.#names, settings, {
      recent: this.#recent,
      mayBundle: () => this.#mayBundle,
    });
    this.dead = deadLettersOf({ js: this.#js, jsm, names: this.#names });
    this.#look = setInterval(() => void this.#lookNow(), LOOK_MS);
    this.#look.unref();
    void this.#lookNow();
  }

  async publish(messages: Parameters<EventStream['publish']>[0]): ReturnType<EventStream['publish']> {
    if (this.#isClosed) throw streamClosed();
    return this.#publisher.publish(messages);
  }

  async consume(handle: StreamHandler): Promise<StreamConsumer> {
    if (this.#isClosed) throw streamClosed();
    const hands = { js: this.#js, jsm: this.#jsm, names: this.#names, handle };
    const takers = new Map<number, Taker>();
    const leases = holdLeases({ js: this.#js, jsm: this.#jsm, names: this.#names }, this.#settings, {
      taken: (partition) => {
        takers.set(partition, takePartition(hands, this.#settings, partition));
      },
      lost: async (partition) => {
        const taker = takers.get(partition);
        takers.delete(partition);
        await taker?.stop();
      },
    });
    const consumer: StreamConsumer = {
      partitions: () => leases.held(),
      stop: async () => {
        this.#consumers.delete(consumer);
        await leases.stop();
      },
    };
    this.#consumers.add(consumer);
    return consumer;
  }

  async lag(): Promise<Lag> {
    if (this.#isClosed) throw streamClosed();
    return (await lookAt(this.#jsm, this.#settings)).lag;
  }

  pressure(coming = 1): number {
    const inFlight = this.#publisher.inFlight();
    if (inFlight > 0 && inFlight + coming > this.#settings.inFlightMax) return 1;
    return this.#waitSeconds;
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await Promise.all([...this.#consumers].map((consumer) => consumer.stop()));
    await untilSettled(this.#recent, () => this.#lookNow());
    clearInterval(this.#look);
    // What is said last, acknowledgements among it, is on its way before the connection goes.
    const flushed = this.#connection.flush().catch(() => undefined);
    // Of servers that are silent, and not gone, the client would know after 30 s.
    await Promise.race([flushed, sleep(FLUSH_MS, undefined, { ref: false })]);
    await this.#connection.close();
  }

  async #sendAgain(partition: number): Promise<void> {
    if (!(await this.#publisher.again(partition))) this.#leaders.missed();
  }

  /** What cannot be looked at stays as it was: publishing itself will tell. */
  async #lookNow(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    try {
      const atMs = Date.now();
      const { lag, leaders } = await lookAt(this.#jsm, this.#settings);
      this.#waitSeconds = waitSecondsFor(lag, this.#settings);
      for (const partition of this.#leaders.seen(leaders, atMs)) void this.#sendAgain(partition);
      this.#mayBundle = await areAllReading({ jsm: this.#jsm, names: this.#names });
    } catch {
      // See above.
    } finally {
      this.#isLooking = false;
    }
  }
}
