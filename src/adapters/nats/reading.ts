// Owns: reading a partition place by place. The places of a stream have no gaps but at its beginning, so
// whoever reads can tell whether the broker left something out: what should come next is known.
//
//     handed the next place ─▶ buffer
//     handed a later place ──▶ the leader is asked for each place between, and then read on from there
//     handed nothing ────────▶ the leader is asked where the stream ends
//                                 behind us: nothing new          before us: it went back, begin at its first
//                                 still more, twice: the reader on the server is lost or wrong, make another
//
// What serves the reading is a consumer in the memory of one server, made for us and thrown away; it
// acknowledges nothing, and nothing is taken out because of what it believes.

import type { Consumer } from '@nats-io/jetstream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Broker } from './connect.ts';
import { orNothing } from './faults.ts';
import { idIn } from './ids.ts';
import { isParcel, takenApart } from './parcels.ts';
import { type Taken, isStill } from './passed.ts';
import { readerFrom } from './settings.ts';

/** What lies at a place of the stream; of a parcel, one of its messages. */
export interface Read {
  readonly seq: number;
  /** Where in its parcel, from 0 on; everything before it has come before it. */
  readonly part: number;
  /** Nothing else lies at that place. */
  readonly isLast: boolean;
  /** The broker's message that it lies in. */
  readonly of: Taken;
  /** Of the message by itself: there it may be sent again. */
  readonly subject: string;
  readonly id: string;
  readonly body: Uint8Array;
}

/** A message of the broker's. */
interface Found extends Taken {
  readonly subject: string;
  readonly body: Uint8Array;
}

export interface Reading {
  /** What came next, in the order of its places and parcels; at most `max`, none when nothing waits. */
  take(max: number): readonly Read[];
  /** Resolves when something waits, after `ms` or at the stop. */
  wait(ms: number): Promise<void>;
  /** Begins anew with the oldest message there is. */
  again(): void;
  stop(): Promise<void>;
}

/** Messages that wait here before more are asked for. */
const WAITING_MAX = 500;
/** Asked for at once: in parcels some thousands of messages, 16 MiB at most. */
const PULL_MAX = 128;
/** How long the broker waits for a message before it says that there is none; the least it takes. */
const PULL_MS = 1000;
const BACK_MS = 200;

export function readPartition(broker: Broker, partition: number, from: number): Reading {
  const reader = new Reader(broker, partition, from);
  const ended = reader.run();
  return {
    take: (max) => reader.take(max),
    wait: (ms) => reader.wait(ms),
    again: () => reader.again(),
    stop: async () => {
      reader.stop();
      await ended;
    },
  };
}

class Reader {
  readonly #broker: Broker;
  readonly #stream: string;
  readonly #partition: number;
  /** What was handed to us last. */
  #before: Taken | undefined;
  #buffer: Read[] = [];
  /** The place that comes next. */
  #next: number;
  #consumer: Consumer | undefined;
  /** Where we stood when the leader last knew of more than we were handed. */
  #behindAt = 0;
  #isAgain = false;
  #isStopped = false;
  readonly #wakes = new Set<() => void>();

  constructor(broker: Broker, partition: number, from: number) {
    this.#broker = broker;
    this.#stream = broker.names.events(partition);
    this.#partition = partition;
    this.#next = from;
  }

  take(max: number): readonly Read[] {
    const taken = this.#buffer.splice(0, max);
    this.#wake();
    return taken;
  }

  wait(ms: number): Promise<void> {
    if (this.#buffer.length > 0) return Promise.resolve();
    return this.#woken(ms);
  }

  again(): void {
    this.#isAgain = true;
    this.#buffer = [];
    this.#wake();
  }

  stop(): void {
    this.#isStopped = true;
    this.#wake();
  }

  async run(): Promise<void> {
    while (!this.#isStopped) {
      try {
        if (this.#isAgain) await this.#begin();
        else if (this.#buffer.length >= WAITING_MAX) await this.#woken(PULL_MS);
        else if (!(await this.#pull())) await this.#look();
      } catch {
        // A broker that elects a leader has no consumer, and no answer, for a while.
        this.#consumer = undefined;
        await sleep(BACK_MS);
      }
    }
    const name = (await this.#consumer?.info(true).catch(() => undefined))?.name;
    if (name !== undefined)
      await this.#broker.jsm.consumers.delete(this.#stream, name).catch(() => undefined);
  }

  async #begin(): Promise<void> {
    this.#isAgain = false;
    try {
      const { state } = await this.#broker.jsm.streams.info(this.#stream);
      if (!this.#isAgain) this.#readFrom(state.first_seq);
    } catch (error) {
      this.#isAgain = true;
      throw error;
    }
  }

  #readFrom(seq: number): void {
    this.#next = Math.max(1, seq);
    this.#consumer = undefined;
  }

  /** Whether anything was handed to us. */
  async #pull(): Promise<boolean> {
    const { js, jsm } = this.#broker;
    if (this.#consumer === undefined) {
      const last = this.#before;
      // A stream that went back may have been filled again, and then its end tells nothing.
      if (last?.seq === this.#next - 1 && !(await isStill(this.#broker, this.#partition, last))) {
        this.again();
        return true;
      }
      const { name } = await jsm.consumers.add(this.#stream, readerFrom(this.#next));
      this.#consumer = await js.consumers.get(this.#stream, name);
    }
    const before = this.#next;
    const messages = await this.#consumer.fetch({ max_messages: PULL_MAX, expires: PULL_MS });
    for await (const { seq, subject, headers, data, time } of messages) {
      if (this.#isStopped || this.#isAgain) break;
      // The server began at the end of a stream that had gone back: what comes stands in places that were
      // read.
      if (seq < this.#next) {
        this.again();
        break;
      }
      if (seq > this.#next) {
        await this.#fill(seq);
        break;
      }
      this.#add({ seq, subject, id: idIn(headers), body: data, sinceMs: time.getTime() });
    }
    return this.#next > before;
  }

  /** Between what was expected and what came: what the leader has there, or where there is nothing. */
  async #fill(came: number): Promise<void> {
    this.#consumer = undefined;
    const { state } = await this.#broker.jsm.streams.info(this.#stream);
    if (state.first_seq > this.#next) this.#next = state.first_seq;
    while (this.#next < came && !this.#isStopped && !this.#isAgain) {
      const query = { seq: this.#next };
      const found = await orNothing(() => this.#broker.jsm.streams.getMessage(this.#stream, query));
      if (found === undefined) this.#next += 1;
      else {
        const { seq, subject, header, data, time } = found;
        this.#add({ seq, subject, id: idIn(header), body: data, sinceMs: time.getTime() });
      }
    }
  }

  async #look(): Promise<void> {
    const { state } = await this.#broker.jsm.streams.info(this.#stream);
    const { first_seq, last_seq } = state;
    if (last_seq < this.#next - 1) this.#readFrom(first_seq);
    else if (first_seq > this.#next) this.#readFrom(first_seq);
    else if (last_seq >= this.#next) {
      // Once may be a message that came while we asked.
      if (this.#behindAt === this.#next) this.#consumer = undefined;
      this.#behindAt = this.#next;
    }
  }

  #add({ subject, body, ...of }: Found): void {
    if (this.#isAgain) return;
    const { seq, id } = of;
    this.#before = of;
    this.#next = seq + 1;
    const parts = isParcel(subject) ? takenApart(subject, body) : undefined;
    // A parcel that cannot be taken apart is handed over as it is: whoever opens it says that it is none.
    if (parts === undefined) this.#buffer.push({ seq, part: 0, isLast: true, of, subject, id, body });
    for (const [part, { shard, ...message }] of parts?.entries() ?? []) {
      const isLast = part + 1 === parts?.length;
      this.#buffer.push({
        seq,
        part,
        isLast,
        of,
        subject: this.#broker.names.eventSubject(shard),
        ...message,
      });
    }
    this.#wake();
  }

  #woken(ms: number): Promise<void> {
    if (this.#isStopped) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(() => wake(), ms);
      const wake = (): void => {
        clearTimeout(timer);
        this.#wakes.delete(wake);
        resolve();
      };
      this.#wakes.add(wake);
    });
  }

  #wake(): void {
    for (const wake of [...this.#wakes]) wake();
  }
}
