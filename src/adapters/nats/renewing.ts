// Owns: the event stream over as many connections as it takes, one after the other. A connection on which
// leaders are not heard any more (hearing.ts) is replaced by a new one, which has other subscriptions:
//
//     deaf for 10 s ─▶ a new connection is opened ─not heard either▶ thrown away; again in half a minute
//       └─▶ senders go over the new one, what was acknowledged lately is sent again there
//             └─▶ workers give back what they hold, and take anew ─▶ the old one is closed
//
// What had no acknowledgement on the old one has none: its sender is told so and sends it again. What is in
// hand there when it closes is handed over again, and has its effect once (E172).

import { setTimeout as sleep } from 'node:timers/promises';
import { streamClosed } from './faults.ts';
import type { Kept, OneConnection } from './one-connection.ts';

import type { EventStream, Lag, StreamConsumer, StreamHandler } from '../../engine/ports.ts';

export interface NatsStream extends EventStream {
  /** False while leaders have not been heard for long, though servers answer: nothing is confirmed then. */
  confirms(): boolean;
}

export interface Patience {
  /** A connection that heard no leader for so long is replaced. Default 10 s: an election is over by then. */
  readonly deafMsMax?: number;
  /** From one try to the next. Default 30 s: to each, workers may lose a lease. */
  readonly renewMsMin?: number;
  /** Hears that a connection was replaced, or could not be. */
  readonly told?: (says: string) => void;
}

export interface Renewal extends Patience {
  /** Opens another connection. Faults as the opening of a stream; `ending` gives it up. */
  readonly open: (ending: AbortSignal) => Promise<OneConnection>;
  readonly kept: Kept;
}

const DEAF_MS = 10_000;
const RENEW_MS = 30_000;
const WATCH_MS = 500;
/** Workers may take so long to give back; then leases end by themselves. */
const STOP_MS = 10_000;

const NOT_HEARD = 'What the servers of the event stream confirm does not arrive';
const RENEWED = `${NOT_HEARD}: a new connection took the place of the one of before.`;
const NOT_RENEWED =
  `${NOT_HEARD}, and a new connection does not change it: look at their logs and “fineline cluster check”. ` +
  'It is tried again; until then events are answered with 503.';

interface Worker {
  readonly handle: StreamHandler;
  consumer: StreamConsumer | undefined;
  isStopped: boolean;
}

export class RenewingStream implements NatsStream {
  readonly #renewal: Renewal;
  readonly #watch: NodeJS.Timeout;
  readonly #ending = new AbortController();
  readonly #workers = new Set<Worker>();
  #now: OneConnection;
  #renewing: Promise<void> | undefined;
  #triedAtMs = -Infinity;

  constructor(first: OneConnection, renewal: Renewal) {
    this.#now = first;
    this.#renewal = renewal;
    first.begin();
    this.#watch = setInterval(() => this.#renewWhenDeaf(), WATCH_MS);
    this.#watch.unref();
  }

  get dead(): EventStream['dead'] {
    return this.#now.dead;
  }

  confirms(): boolean {
    return this.#now.deafMs() < (this.#renewal.deafMsMax ?? DEAF_MS);
  }

  async publish(messages: Parameters<EventStream['publish']>[0]): ReturnType<EventStream['publish']> {
    return this.#now.publish(messages);
  }

  lag(): Promise<Lag> {
    return this.#now.lag();
  }

  pressure(coming?: number): number {
    return this.#now.pressure(coming);
  }

  async consume(handle: StreamHandler): Promise<StreamConsumer> {
    // Begun over a connection that is being left, it would end with that.
    await this.#renewing;
    if (this.#ending.signal.aborted) throw streamClosed();
    const worker: Worker = { handle, consumer: undefined, isStopped: false };
    worker.consumer = await this.#now.consume(handle);
    this.#workers.add(worker);
    return {
      partitions: () => worker.consumer?.partitions() ?? [],
      stop: async () => {
        worker.isStopped = true;
        this.#workers.delete(worker);
        await worker.consumer?.stop();
      },
    };
  }

  async close(): Promise<void> {
    this.#ending.abort();
    clearInterval(this.#watch);
    await this.#renewing;
    await this.#now.close();
  }

  #renewWhenDeaf(): void {
    if (this.#renewing !== undefined || this.confirms()) return;
    if (performance.now() - this.#triedAtMs < (this.#renewal.renewMsMin ?? RENEW_MS)) return;
    this.#triedAtMs = performance.now();
    this.#renewing = this.#renew()
      // No server lets us in just now, or no leader answers: the next turn tries again.
      .catch(() => false)
      .then((isRenewed) => {
        this.#renewing = undefined;
        if (!this.#ending.signal.aborted) this.#renewal.told?.(isRenewed ? RENEWED : NOT_RENEWED);
      });
  }

  async #renew(): Promise<boolean> {
    const { open, kept } = this.#renewal;
    const next = await open(this.#ending.signal);
    if (this.#ending.signal.aborted || !(await next.hears())) {
      await next.closeRetired();
      return false;
    }
    const before = this.#now;
    this.#now = next;
    // Then nothing is put back over there that a look over here would take for safe.
    await Promise.race([before.retire(), sleep(STOP_MS, undefined, { ref: false })]);
    // The next look takes every leader for a new one, and all that was kept is sent again.
    kept.leaders.missed();
    next.begin();
    await Promise.all([...this.#workers].map((worker) => this.#moved(worker, next)));
    await before.closeRetired();
    return true;
  }

  async #moved(worker: Worker, next: OneConnection): Promise<void> {
    const before = worker.consumer;
    await Promise.race([before?.stop(), sleep(STOP_MS, undefined, { ref: false })]);
    if (!worker.isStopped) worker.consumer = await next.consume(worker.handle);
  }
}
