// Making things durable and promised. What is to be kept in one micro-batch (about 5 ms) is written in one
// transaction and signed with one signature; each caller gets its own path in the batch's tree. Nothing is
// acknowledged before it is on disk.
//
// States of a batch: open (collecting) → sent (signed, handed to the store) → settled: for each person kept
// or failed. One batch is under way at a time: when somebody's part fails, what came after it for the same
// person fails with it, so that no journal ever has a gap; others are not touched. Whoever still holds a copy
// of such a person is told to begin again.

import { DAY_MS } from '../kernel/time.ts';
import type { Entry } from '../facts/entry.ts';
import type { PromiseReceipt } from '../facts/receipt.ts';
import type { Signers } from '../prove/signing.ts';
import { signPromises } from '../prove/promise.ts';
import { sealEntry } from './journal.ts';
import { type Batch, type Kept, KeptInBatch, keptNothing, newBatch } from './micro-batch.ts';
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

export interface Witness {
  /**
   * Gives the entry its place in the person's journal at once, and keeps it. The caller has folded it
   * already.
   */
  keep(entry: Keep): Kept;
  /**
   * Resolves when everything handed over so far is durable, or has failed (then those who handed it over were
   * told). What others handed over meanwhile may still be under way, and what waits behind a failure may not
   * have been told yet.
   */
  flush(): Promise<void>;
  /** Resolves when nothing is under way, nor waits: for whoever lets go of people, or of the engine. */
  idle(): Promise<void>;
}

export interface WitnessOptions {
  /** Those of the log, as they are now; the key in use may be replaced. */
  readonly signers: () => Signers;
  readonly microBatchMs: number;
  readonly dueMs: number;
  /** Entries that close a batch at once: about 1 MB of sealed bytes. */
  readonly batchEntriesMax: number;
  /** What is allowed now (`Look.epoch`); absent where the engine is alone. */
  readonly epoch?: () => number;
  /** Called for people whose entries could not be written: what is in memory was never said. */
  readonly lose: (person: Person) => void;
  /** Called for people whose journal has grown so long that a snapshot is due. */
  readonly grown: (person: Person) => void;
}

export function createWitness(world: World, options: WitnessOptions): Witness {
  let open = newBatch();
  let sending: { readonly batch: Batch; readonly ended: Promise<void> } | undefined;
  let timed = false;

  function keep(item: Keep): Kept {
    const [batch, { person }] = [open, item];
    if (person.lost) return keptNothing();
    const append = appendOf(world, item, options.epoch?.());
    setOut(person, append);
    batch.appends.push(append);
    batch.people.push(person);
    const index = item.commitment === undefined ? -1 : batch.commitments.push(item.commitment) - 1;
    if (batch.appends.length >= options.batchEntriesMax) start();
    else if (!timed) {
      timed = true;
      world.timer.after(options.microBatchMs, () => {
        timed = false;
        start();
      });
    }
    return new KeptInBatch(append.seq, batch, person, index);
  }

  /** Sends the open batch unless one is under way; that one sends the next when it is done. */
  function start(): void {
    if (sending !== undefined || open.appends.length === 0) return;
    const batch = open;
    open = newBatch();
    const ended = send(world, options, batch).then((failed) => {
      sending = undefined;
      if (failed.size > 0) failBehind(failed);
      if (open.appends.length > 0) start();
    });
    sending = { batch, ended };
  }

  return {
    keep,
    flush: async () => {
      start();
      // What is handed over meanwhile is for others to wait for: with several batches under way nobody would
      // be told before all are, and this thread would stand still while the store writes.
      await (open.appends.length > 0 ? open : sending?.batch)?.settled;
    },
    idle: async () => {
      start();
      while (sending !== undefined) {
        await sending.ended;
        start();
      }
    },
  };

  /** After a failure: what waits behind it for the same people fails too. */
  function failBehind(failed: ReadonlyMap<Person, unknown>): void {
    const isKept = open.people.map((person) => !failed.has(person));
    for (const person of open.people) {
      if (!failed.has(person)) continue;
      failPart(options, open, person, failed.get(person));
    }
    open.appends = open.appends.filter((_, index) => isKept[index]);
    open.people = open.people.filter((_, index) => isKept[index]);
    if (open.appends.length > 0) return;
    open.settle([]);
    open = newBatch();
  }
}

/** An entry of theirs is on its way. */
function setOut(person: Person, { sealed }: Append): void {
  person.nextSeq += 1;
  person.pending += 1;
  person.underWay.push(sealed);
}

/** The oldest entry of theirs is in the store, or never will be. */
function arrived(person: Person): void {
  person.pending -= 1;
  person.underWay.shift();
}

/** One entry of somebody whose part of the batch was not kept. */
function failPart(options: WitnessOptions, batch: Batch, person: Person, fault: unknown): void {
  arrived(person);
  batch.failed.set(person, fault);
  options.lose(person);
}

/** Hands the batch to the store; returns whose part failed. */
async function send(
  world: World,
  options: WitnessOptions,
  batch: Batch,
): Promise<ReadonlyMap<Person, unknown>> {
  try {
    // Asked first: where the key in use is not at hand nothing is written that is answered with a fault.
    const signers = batch.commitments.length === 0 ? undefined : options.signers();
    const written = world.people.append(batch.appends);
    // Heard below; until then a fault of signing must not make this one an unheard one.
    written.catch(() => undefined);
    // Signing overlaps with the write; the answer waits for both.
    const signed =
      signers === undefined ? [] : sign(world, { dueMs: options.dueMs, signers }, batch.commitments);
    const unkept = await written;
    for (const person of batch.people) {
      const fault = unkept.get(person.key);
      if (fault !== undefined) failPart(options, batch, person, fault);
      else {
        arrived(person);
        if (person.nextSeq - person.snapshotSeq > ENTRIES_BEFORE_SNAPSHOT) options.grown(person);
      }
    }
    batch.settle(signed);
  } catch (fault) {
    for (const person of batch.people) failPart(options, batch, person, fault);
    batch.settle([]);
  }
  return batch.failed;
}

function appendOf(world: World, item: Keep, epoch: number | undefined): Append {
  const { person, entry } = item;
  const seq = person.nextSeq;
  const sealed = sealEntry(
    world.crypto,
    person.keys,
    { person: person.key, seq, kind: entry.kind },
    item.plain,
  );
  const expiresDay = item.keepDays === 0 ? 0 : Math.floor(item.nowMs / DAY_MS) + item.keepDays;
  const decidedUnder = epoch === undefined ? {} : { epoch };
  const append = { person: person.key, seq, kind: entry.kind, sealed, expiresDay, ...decidedUnder };
  return item.leaf === undefined ? append : { ...append, leaf: item.leaf };
}

function sign(
  world: World,
  { signers, dueMs }: Pick<WitnessOptions, 'dueMs'> & { readonly signers: Signers },
  commitments: readonly Uint8Array[],
): readonly PromiseReceipt[] {
  const timeMs = world.clock.nowMs();
  return signPromises({ signers, commitments, timeMs, dueMs: timeMs + dueMs });
}
