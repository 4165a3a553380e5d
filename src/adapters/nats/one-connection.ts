// The event stream over one connection to the servers, from its opening to its end. Whoever needs it for
// longer than a connection may last has renewing.ts.

import { type JetStreamManager, jetstream } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Taker, takePartition } from './consume.ts';
import { deadLettersOf } from './dead-letters.ts';
import { streamClosed } from './faults.ts';
import { isHeard, type Listening, listen } from './hearing.ts';
import { areAllReading, holdLeases } from './leases.ts';
import { lookAt, waitSecondsFor } from './pressure.ts';
import { createPublisher } from './publish.ts';
import { createRecent, type Leaders, type Recent, untilSettled, watchLeaders } from './recent.ts';
import { namesOf, type Settings } from './settings.ts';

import type { EventStream, Lag, StreamConsumer, StreamHandler } from '../../engine/ports.ts';

const LOOK_MS = 1000;
/** How long a close waits for what it said last to reach the servers. */
const FLUSH_MS = 2000;

/** What was acknowledged and may be lost with a leader; it outlives a connection. */
export interface Kept {
  readonly recent: Recent;
  readonly leaders: Leaders;
}

export function createKept({ partitions }: Pick<Settings, 'partitions'>): Kept {
  const recent = createRecent(partitions);
  return { recent, leaders: watchLeaders(recent) };
}

export interface Connected {
  readonly connection: NatsConnection;
  readonly jsm: JetStreamManager;
  readonly settings: Settings;
}

export class OneConnection implements EventStream {
  readonly dead: EventStream['dead'];
  readonly #connection: NatsConnection;
  readonly #jsm: JetStreamManager;
  readonly #settings: Settings;
  readonly #names: ReturnType<typeof namesOf>;
  readonly #js: ReturnType<typeof jetstream>;
  readonly #publisher: ReturnType<typeof createPublisher>;
  readonly #consumers = new Set<StreamConsumer>();
  readonly #kept: Kept;
  #look: NodeJS.Timeout | undefined;
  #listening: Listening | undefined;
  #seenAtMs = -Infinity;
  #waitSeconds = 0;
  #mayBundle = false;
  #isLooking = false;
  #isClosed = false;
  #isRetired = false;
  readonly #resending = new Set<Promise<void>>();

  constructor({ connection, jsm, settings }: Connected, kept: Kept) {
    this.#connection = connection;
    this.#jsm = jsm;
    this.#settings = settings;
    this.#names = namesOf(settings);
    this.#js = jetstream(connection, { timeout: 5000 });
    this.#kept = kept;
    this.#publisher = createPublisher(this.#js, this.#names, settings, {
      recent: kept.recent,
      mayBundle: () => this.#mayBundle,
    });
    this.dead = deadLettersOf({ js: this.#js, jsm, names: this.#names });
  }

  /** From here on it looks at what waits, who leads and whether it is heard; one at a time does. */
  begin(): void {
    this.#look = setInterval(() => void this.#lookNow(), LOOK_MS);
    this.#look.unref();
    void this.#lookNow();
    this.#listening = listen(
      () => this.hears(),
      (sinceMs) => this.#seenAtMs >= sinceMs,
    );
  }

  /** Looks no more; resolves when nothing is being sent again here. */
  async retire(): Promise<void> {
    this.#isRetired = true;
    clearInterval(this.#look);
    this.#listening?.stop();
    await Promise.all(this.#resending);
  }

  hears(): Promise<boolean> {
    return isHeard({ js: this.#js, names: this.#names }, this.#settings);
  }

  /** As `Listening`. */
  deafMs(): number {
    return this.#listening?.deafMs() ?? 0;
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
    await untilSettled(this.#kept.recent, () => this.#lookNow());
    await this.#end();
  }

  /** Without a wait for what was acknowledged last: that goes on with another connection. */
  async closeRetired(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#end();
  }

  async #end(): Promise<void> {
    void this.retire();
    // What is said last, acknowledgements among it, is on its way before the connection goes.
    const flushed = this.#connection.flush().catch(() => undefined);
    // Of servers that are silent, and not gone, the client would know after 30 s.
    await Promise.race([flushed, sleep(FLUSH_MS, undefined, { ref: false })]);
    await this.#connection.close();
  }

  #sendAgain(partition: number): void {
    const sent = this.#publisher.again(partition).then((isAll) => {
      if (!isAll) this.#kept.leaders.missed();
      this.#resending.delete(sent);
    });
    this.#resending.add(sent);
  }

  /** What cannot be looked at stays as it was: publishing itself will tell. */
  async #lookNow(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    try {
      const atMs = Date.now();
      const { lag, leaders } = await lookAt(this.#jsm, this.#settings);
      if (this.#isRetired) return;
      this.#seenAtMs = performance.now();
      this.#waitSeconds = waitSecondsFor(lag, this.#settings);
      for (const partition of this.#kept.leaders.seen(leaders, atMs)) this.#sendAgain(partition);
      this.#mayBundle = await areAllReading({ jsm: this.#jsm, names: this.#names });
    } catch {
      // See above.
    } finally {
      this.#isLooking = false;
    }
  }
}
