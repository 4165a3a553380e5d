// Making things durable and promised. What is to be kept in one micro-batch (about 5 ms) is written in one transaction and signed
// with one signature; each caller gets its own path in the batch's tree. Nothing is acknowledged before it is on disk.
//
// States of a batch: open (collecting) → sealed (signed, handed to the store) → kept or failed. Batches go to the store in order.

import { DAY_MS } from '../kernel/time.ts';
import type { Entry } from '../facts/entry.ts';
import type { PromiseReceipt } from '../facts/receipt.ts';
import type { NoteSigner } from '../prove/note.ts';
import { signPromises } from '../prove/promise.ts';
import { sealEntry } from './journal.ts';
import { ENTRIES_BEFORE_SNAPSHOT, type Person } from './person.ts';
import type { Append, World } from './ports.ts';

export interface Keep {
  readonly person: Person;
  readonly entry: Entry;
  /** `entryText(entry)` as bytes: callers have hashed it already. */
  readonly plain: Uint8Array;
  /** Days after which the store may delete it; 0 = never. */
  readonly keepDays: number;
  readonly nowMs: number;
  /** Commitment to be promised now; absent for entries without a receipt. */
  readonly commitment?: Uint8Array;
  /** Leaf to be logged with the next checkpoint. */
  readonly leaf?: Uint8Array;
}

export interface Kept {
  readonly seq: number;
  /** Resolves when it is durable. */
  readonly done: Promise<PromiseReceipt | undefined>;
}

export interface Witness {
  /** Gives the entry its place in the person's journal at once, and keeps it. The caller has folded it already. */
  keep(entry: Keep): Kept;
  /** Resolves when everything handed over so far is durable. */
  flush(): Promise<void>;
}

interface Waiting {
  readonly append: Append;
  readonly person: Person;
  readonly promiseIndex: number;
  readonly resolve: (receipt: PromiseReceipt | undefined) => void;
  readonly reject: (fault: unknown) => void;
}

export interface WitnessOptions {
  readonly signer: NoteSigner;
  readonly microBatchMs: number;
  readonly dueMs: number;
  /** Entries that close a batch at once: about 1 MB of sealed bytes. */
  readonly batchEntriesMax: number;
  /** Called for people whose entries could not be written: what is in memory was never said. */
  readonly forget: (person: Person) => void;
  /** Called for people whose journal has grown so long that a snapshot is due. */
  readonly grown: (person: Person) => void;
}

export function createWitness(world: World, options: WitnessOptions): Witness {
  let waiting: Waiting[] = [];
  let commitments: Uint8Array[] = [];
  let timed = false;
  let last: Promise<void> = Promise.resolve();

  function keep(item: Keep): Kept {
    const { person, entry } = item;
    const seq = person.nextSeq;
    person.nextSeq += 1;
    person.pending += 1;
    const sealed = sealEntry(world.crypto, person.keys, { person: person.key, seq, kind: entry.kind }, item.plain);
    const expiresDay = item.keepDays === 0 ? 0 : Math.floor(item.nowMs / DAY_MS) + item.keepDays;
    const promiseIndex = item.commitment === undefined ? -1 : commitments.push(item.commitment) - 1;
    const append: Append = {
      person: person.key,
      seq,
      kind: entry.kind,
      sealed,
      expiresDay,
      ...(item.leaf === undefined ? {} : { leaf: item.leaf }),
    };
    const done = new Promise<PromiseReceipt | undefined>((resolve, reject) => {
      waiting.push({ append, person, promiseIndex, resolve, reject });
    });
    if (waiting.length >= options.batchEntriesMax) send();
    else if (!timed) {
      timed = true;
      world.timer.after(options.microBatchMs, send);
    }
    return { seq, done };
  }

  function send(): void {
    timed = false;
    if (waiting.length === 0) return;
    const batch = waiting;
    const promised = commitments;
    waiting = [];
    commitments = [];
    const written = world.people.append(batch.map(({ append }) => append));
    // Signing overlaps with the write; the answer waits for both.
    const signed = promised.length === 0 ? [] : sign(world, options, promised);
    last = settle(batch, written, signed);
  }

  async function settle(batch: readonly Waiting[], written: Promise<void>, signed: readonly PromiseReceipt[]): Promise<void> {
    try {
      await written;
    } catch (fault) {
      for (const { person } of batch) options.forget(person);
      for (const { person, reject } of batch) {
        person.pending -= 1;
        reject(fault);
      }
      return;
    }
    for (const { person, promiseIndex, resolve } of batch) {
      person.pending -= 1;
      if (person.nextSeq - person.snapshotSeq > ENTRIES_BEFORE_SNAPSHOT) options.grown(person);
      resolve(signed[promiseIndex]);
    }
  }

  return {
    keep,
    flush: async () => {
      send();
      await last;
    },
  };
}

function sign(world: World, options: WitnessOptions, commitments: readonly Uint8Array[]): readonly PromiseReceipt[] {
  const timeMs = world.clock.nowMs();
  return signPromises({ signer: options.signer, commitments, timeMs, dueMs: timeMs + options.dueMs });
}
