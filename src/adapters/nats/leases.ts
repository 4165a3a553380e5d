// Owns: who takes which partition. A lease is the last message of its subject in a stream whose messages live
// as long as a lease does; it is taken, and kept, by publishing on the condition that the last message of the
// subject is the one we know (compare-and-set by sequence). So the broker is the only judge, and a worker
// that is gone is outlived by its leases by `leaseMs` at most.
//
// Each worker also says that it is there, and takes no more than its share. Nothing here has to be exact: for
// a moment two may believe that they hold one partition, and the journal keeps the effect at one (E172).

import { randomUUID } from 'node:crypto';
import type { Broker } from './connect.ts';
import type { Settings } from './settings.ts';

export interface Leases {
  held(): readonly number[];
  /** Gives all back; nothing is taken any more. */
  stop(): Promise<void>;
}

export interface LeaseEvents {
  taken(partition: number): void;
  /** Resolves when nothing of the partition is in hand any more. */
  lost(partition: number): Promise<void>;
}

const EMPTY = new Uint8Array();

/** How a worker is called that reads parcels. Those of before had the name alone. */
const READS_PARCELS = '.parcels';

/** Whether everybody who says that they take messages reads parcels; nobody there: no. */
export async function areAllReading({ jsm, names }: Pick<Broker, 'jsm' | 'names'>): Promise<boolean> {
  const filter = names.leaseSubject('worker.>');
  const { state } = await jsm.streams.info(names.leases, { subjects_filter: filter });
  const workers = Object.keys(state.subjects ?? {});
  return workers.length > 0 && workers.every((worker) => worker.endsWith(READS_PARCELS));
}

export function holdLeases(broker: Broker, settings: Settings, events: LeaseEvents): Leases {
  const holder = new Holder(broker, settings, events);
  holder.start();
  return { held: () => holder.held(), stop: () => holder.stop() };
}

interface Held {
  /** Sequence of our last message. */
  seq: number;
  /** When it was sent: the lease is ours until `leaseMs` after that. */
  sinceMs: number;
}

class Holder {
  readonly #broker: Broker;
  readonly #settings: Settings;
  readonly #events: LeaseEvents;
  readonly #held = new Map<number, Held>();
  /**
   * Partitions whose last batch is still in hand. A worker may wait long with it, and nothing waits for that.
   */
  readonly #leaving = new Map<number, Promise<void>>();
  readonly #worker = `${randomUUID()}${READS_PARCELS}`;
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> | undefined;
  #isStopped = false;

  constructor(broker: Broker, settings: Settings, events: LeaseEvents) {
    this.#broker = broker;
    this.#settings = settings;
    this.#events = events;
  }

  held(): readonly number[] {
    return [...this.#held.keys()].sort((a, b) => a - b);
  }

  start(): void {
    const turn = (): void => {
      this.#round ??= this.#turn()
        .catch(() => undefined)
        .finally(() => {
          this.#round = undefined;
        });
    };
    turn();
    this.#timer = setInterval(turn, this.#settings.leaseMs / 3);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearInterval(this.#timer);
    await this.#round;
    for (const partition of this.held()) this.#leave(partition);
    await Promise.all(this.#leaving.values());
    await this.#forget(`worker.${this.#worker}`).catch(() => undefined);
  }

  async #turn(): Promise<void> {
    const { leaseMs, partitions } = this.#settings;
    await Promise.all(this.held().map((partition) => this.#renew(partition)));
    for (const [partition, { sinceMs }] of this.#held)
      if (Date.now() - sinceMs >= leaseMs) this.#leave(partition);
    await this.#publish(`worker.${this.#worker}`);
    const { workers, taken } = await this.#look();
    const share = Math.ceil(partitions / Math.max(1, workers));
    for (const partition of this.held().slice(share)) this.#leave(partition);
    // Everybody begins elsewhere, so that newcomers do not fight for the same one.
    const start = Number.parseInt(this.#worker.slice(0, 4), 16);
    for (let step = 0; step < partitions && this.#held.size < share; step += 1) {
      const partition = (start + step) % partitions;
      if (!this.#isStopped && !taken.has(partition) && !this.#held.has(partition))
        await this.#take(partition);
    }
  }

  /** Who is there and what is held, by anybody. */
  async #look(): Promise<{ readonly workers: number; readonly taken: ReadonlySet<number> }> {
    const { jsm, names } = this.#broker;
    const info = await jsm.streams.info(names.leases, { subjects_filter: names.leaseSubject('>') });
    const subjects = Object.keys(info.state.subjects ?? {});
    const under = (kind: string): readonly string[] => {
      const start = names.leaseSubject(`${kind}.`);
      return subjects.filter((one) => one.startsWith(start)).map((one) => one.slice(start.length));
    };
    return { workers: under('worker').length, taken: new Set(under('partition').map(Number)) };
  }

  async #take(partition: number): Promise<void> {
    const sinceMs = Date.now();
    try {
      const seq = await this.#publish(`partition.${partition}`, 0);
      this.#held.set(partition, { seq, sinceMs });
    } catch {
      // Somebody was faster, or the broker does not answer: the next turn looks again.
      return;
    }
    this.#events.taken(partition);
  }

  async #renew(partition: number): Promise<void> {
    const held = this.#held.get(partition);
    if (held === undefined) return;
    const sinceMs = Date.now();
    try {
      held.seq = await this.#publish(`partition.${partition}`, held.seq);
      held.sinceMs = sinceMs;
    } catch {
      // The answer may be what was lost: then it ends with its time, and somebody takes it anew.
    }
  }

  /**
   * First the hands are empty, then another may take it; a lease that is not renewed ends by itself
   * meanwhile.
   */
  #leave(partition: number): void {
    const held = this.#held.get(partition);
    this.#held.delete(partition);
    const left = this.#events
      .lost(partition)
      .then(() => this.#forget(`partition.${partition}`, held?.seq))
      .catch(() => undefined)
      .finally(() => this.#leaving.delete(partition));
    this.#leaving.set(partition, left);
  }

  async #publish(name: string, lastSubjectSequence?: number): Promise<number> {
    const { js, names } = this.#broker;
    const expect = lastSubjectSequence === undefined ? {} : { expect: { lastSubjectSequence } };
    const timeout = Math.max(500, this.#settings.leaseMs / 3);
    return (await js.publish(names.leaseSubject(name), EMPTY, { timeout, ...expect })).seq;
  }

  /** With a sequence: only if it is still ours. */
  async #forget(name: string, seq?: number): Promise<void> {
    const { jsm, names } = this.#broker;
    if (seq !== undefined) await jsm.streams.deleteMessage(names.leases, seq, false);
    else await jsm.streams.purge(names.leases, { filter: names.leaseSubject(name) });
  }
}
