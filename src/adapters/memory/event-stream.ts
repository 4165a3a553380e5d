// Owns: the event stream in memory, for tests and the simulator, and the model that a broker is compared
// with. It can be troubled by seed: a worker that dies between effect and acknowledgement, a message that is
// handed over again although it was acknowledged, a batch out of order, a lease that changes hands in the
// middle of a batch. A broker does all of that, only not when a test looks.

import { Fault } from '../../kernel/fault.ts';
import { type Aside, createAside } from './aside.ts';
import type { Random } from '../../kernel/random.ts';

import type {
  Clock,
  DeadLetters,
  Delivered,
  EventStream,
  Lag,
  StreamAck,
  StreamConsumer,
  StreamHandler,
  StreamMessage,
  Verdict,
} from '../../engine/ports.ts';

/** How often each thing happens, 0 to 1, per batch or, for `duplicate`, per message. */
export interface Trouble {
  readonly random: Random;
  /** The worker dies after the effect and before the acknowledgement. */
  readonly crash?: number;
  readonly duplicate?: number;
  readonly reorder?: number;
  /** Another consumer is given the partition while this one has a batch in hand. */
  readonly leaseChange?: number;
}

export interface MemoryStreamOptions {
  readonly clock?: Clock;
  readonly partitions?: number;
  /** Messages that may wait. */
  readonly waitingMax?: number;
  /** Deliveries before a message that is thrown back becomes a dead letter. */
  readonly triesMax?: number;
  /** Ids remembered against repeats, the newest. */
  readonly idsMax?: number;
  readonly batchMax?: number;
  readonly trouble?: Trouble;
}

export interface MemoryStream extends EventStream {
  /** What publishing fails with from now on; `undefined`: it works. */
  failing: Fault | undefined;
  /** Resolves when nothing waits. */
  drained(): Promise<void>;
}

interface Waiting extends StreamMessage {
  readonly sinceMs: number;
  tries: number;
  inHand: boolean;
}

interface Partition {
  readonly waiting: Waiting[];
  holder: Holder | undefined;
}

interface Holder {
  readonly handle: StreamHandler;
  readonly busy: Set<Partition>;
  /** Batches in hand. */
  readonly work: Set<Promise<void>>;
}

export function memoryEventStream(options: MemoryStreamOptions = {}): MemoryStream {
  return new InMemory(options);
}

class InMemory implements MemoryStream {
  failing: Fault | undefined;
  readonly dead: DeadLetters;
  readonly #options: Required<Omit<MemoryStreamOptions, 'trouble'>> & { readonly trouble?: Trouble };
  readonly #partitions: readonly Partition[];
  readonly #holders: Holder[] = [];
  readonly #ids = new Set<string>();
  readonly #aside: Aside;
  #drained: (() => void)[] = [];
  #isClosed = false;

  constructor(options: MemoryStreamOptions) {
    this.#options = {
      clock: { nowMs: () => 0 },
      partitions: 8,
      waitingMax: 100_000,
      triesMax: 5,
      idsMax: 100_000,
      batchMax: 500,
      ...options,
    };
    this.#partitions = Array.from({ length: this.#options.partitions }, () => ({
      waiting: [],
      holder: undefined,
    }));
    this.#aside = createAside((message) => this.#add(message));
    this.dead = this.#aside.letters;
  }

  async publish(messages: readonly StreamMessage[]): Promise<readonly StreamAck[]> {
    this.#open();
    if (this.failing !== undefined) throw this.failing;
    if (this.#waiting() + messages.length > this.#options.waitingMax) {
      throw new Fault('stream-full', 'the stream in memory is full', { retry: 'later', afterSeconds: 1 });
    }
    return messages.map((message) => {
      if (this.#ids.has(message.id)) return 'known';
      this.#remember(message.id);
      this.#add(message);
      return 'new';
    });
  }

  async consume(handle: StreamHandler): Promise<StreamConsumer> {
    this.#open();
    const holder: Holder = { handle, busy: new Set(), work: new Set() };
    this.#holders.push(holder);
    this.#share();
    return {
      partitions: () => this.#partitions.flatMap((one, at) => (one.holder === holder ? [at] : [])),
      stop: async () => {
        this.#holders.splice(this.#holders.indexOf(holder), 1);
        for (const one of this.#partitions) if (one.holder === holder) one.holder = undefined;
        await Promise.all(holder.work);
        this.#share();
      },
    };
  }

  async lag(): Promise<Lag> {
    const oldest = Math.min(...this.#partitions.flatMap(({ waiting }) => waiting.map((one) => one.sinceMs)));
    const waiting = this.#waiting();
    const oldestMs = waiting === 0 ? 0 : this.#options.clock.nowMs() - oldest;
    return { waiting, oldestMs, dead: this.#aside.count() };
  }

  pressure(): number {
    return this.#waiting() >= this.#options.waitingMax ? 1 : 0;
  }

  drained(): Promise<void> {
    if (this.#waiting() === 0) return Promise.resolve();
    return new Promise((resolve) => this.#drained.push(resolve));
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const one of this.#partitions) one.holder = undefined;
    await Promise.all(this.#holders.flatMap(({ work }) => [...work]));
  }

  #open(): void {
    if (this.#isClosed) throw new Fault('closed', 'the stream is closed', { retry: 'never' });
  }

  #waiting(): number {
    return this.#partitions.reduce((sum, { waiting }) => sum + waiting.length, 0);
  }

  #remember(id: string): void {
    this.#ids.add(id);
    if (this.#ids.size <= this.#options.idsMax) return;
    for (const oldest of this.#ids) {
      this.#ids.delete(oldest);
      break;
    }
  }

  #add({ shard, id, body }: StreamMessage): void {
    const partition = this.#partitions[shard % this.#partitions.length];
    const sinceMs = this.#options.clock.nowMs();
    partition?.waiting.push({ shard, id, body: body.slice(), sinceMs, tries: 0, inHand: false });
    if (partition !== undefined) this.#pump(partition);
  }

  /** Every partition to somebody, round and round; who holds one that another is due loses it. */
  #share(): void {
    for (const [at, one] of this.#partitions.entries()) {
      one.holder = this.#holders[at % Math.max(1, this.#holders.length)];
      this.#pump(one);
    }
  }

  #pump(partition: Partition): void {
    const { holder } = partition;
    if (holder === undefined || holder.busy.has(partition)) return;
    const batch = partition.waiting.filter(({ inHand }) => !inHand).slice(0, this.#options.batchMax);
    if (batch.length === 0) return;
    holder.busy.add(partition);
    for (const one of batch) one.inHand = true;
    const work = this.#hand(partition, holder, batch).finally(() => {
      holder.busy.delete(partition);
      holder.work.delete(work);
      this.#pump(partition);
    });
    holder.work.add(work);
  }

  async #hand(partition: Partition, holder: Holder, batch: readonly Waiting[]): Promise<void> {
    const order = this.#happens('reorder') ? this.#shuffled(batch) : batch;
    const handed = order.map((one): Delivered => {
      one.tries += 1;
      return { shard: one.shard, id: one.id, body: one.body.slice(), attempt: one.tries };
    });
    // Like a broker: never in the same turn as the publishing.
    await Promise.resolve();
    if (this.#happens('leaseChange')) this.#changeHands(partition, batch);
    let verdicts: readonly Verdict[];
    try {
      verdicts = await holder.handle(handed);
    } catch {
      this.#throwBack(partition, batch);
      return;
    }
    if (this.#happens('crash')) {
      this.#throwBack(partition, batch);
      return;
    }
    for (const [at, one] of order.entries()) this.#settle(partition, one, verdicts[at] ?? { dead: 'none' });
    this.#tellDrained();
  }

  /** The other gets what this one has in hand as well: it knows nothing of it. */
  #changeHands(partition: Partition, batch: readonly Waiting[]): void {
    const others = this.#holders.filter((one) => one !== partition.holder);
    if (others.length === 0) return;
    partition.holder = others[this.#options.trouble?.random.below(others.length) ?? 0];
    for (const one of batch) one.inHand = false;
    this.#pump(partition);
  }

  #throwBack(partition: Partition, batch: readonly Waiting[]): void {
    for (const one of batch) {
      one.inHand = false;
      if (one.tries >= this.#options.triesMax && partition.waiting.includes(one))
        this.#settle(partition, one, { dead: 'it was thrown back too often' });
    }
    this.#tellDrained();
  }

  #settle(partition: Partition, one: Waiting, verdict: Verdict): void {
    const at = partition.waiting.indexOf(one);
    // Settled already by whoever held the partition meanwhile.
    if (at < 0) return;
    if (verdict === 'done' && this.#happens('duplicate')) {
      one.inHand = false;
      one.tries = 1;
      return;
    }
    partition.waiting.splice(at, 1);
    if (verdict === 'done') return;
    this.#aside.put({ ...one, reason: verdict.dead, sinceMs: this.#options.clock.nowMs() });
  }

  #happens(what: keyof Omit<Trouble, 'random'>): boolean {
    const { trouble } = this.#options;
    return trouble !== undefined && trouble.random.below(1000) < 1000 * (trouble[what] ?? 0);
  }

  #shuffled(batch: readonly Waiting[]): readonly Waiting[] {
    const random = this.#options.trouble?.random;
    const out = [...batch];
    for (let last = out.length - 1; last > 0; last -= 1) {
      const at = random?.below(last + 1) ?? last;
      [out[last], out[at]] = [out[at]!, out[last]!];
    }
    return out;
  }

  #tellDrained(): void {
    if (this.#waiting() > 0) return;
    const told = this.#drained;
    this.#drained = [];
    for (const tell of told) tell();
  }
}
