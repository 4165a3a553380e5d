// One micro-batch: what is written together, and what whoever waits for a part of it is told. States: open
// (collecting) → sent → settled, when of each person it is known whether their part was kept (witness.ts).

import { assert } from '../kernel/assert.ts';
import { Fault } from '../kernel/fault.ts';
import type { PromiseReceipt } from '../facts/receipt.ts';
import type { Person } from './person.ts';
import type { Append } from './ports.ts';

export interface Kept {
  readonly seq: number;
  /** Resolves when it is durable. One promise for all that the batch holds of this person. */
  readonly done: Promise<unknown>;
  /**
   * Resolves when it is known what became of the whole batch; never rejects. For whoever keeps for many: a
   * promise for each of a thousand people costs a fifth of an intake.
   */
  readonly settled: Promise<unknown>;
  /** Known once `settled` resolves. */
  isKept(): boolean;
  /** The promise receipt, for entries with a commitment; resolves when durable. */
  receipt(): Promise<PromiseReceipt>;
}

export interface Batch {
  appends: Append[];
  /** Of each append. */
  people: Person[];
  readonly commitments: Uint8Array[];
  /** Whose part failed, and why. Complete when `settled` resolves. */
  readonly failed: Map<Person, unknown>;
  /** For each person somebody waits for. */
  readonly done: Map<Person, Promise<unknown>>;
  /** Never rejects. */
  readonly settled: Promise<readonly PromiseReceipt[]>;
  readonly settle: (receipts: readonly PromiseReceipt[]) => void;
}

export function newBatch(): Batch {
  const { promise, resolve } = deferred<readonly PromiseReceipt[]>();
  const lists = { appends: [], people: [], commitments: [], failed: new Map(), done: new Map() };
  return { ...lists, settled: promise, settle: resolve };
}

/** Resolves when what the batch holds of `person` is durable. */
function doneOf(batch: Batch, person: Person): Promise<unknown> {
  const known = batch.done.get(person);
  if (known !== undefined) return known;
  const done = batch.settled.then(() => assertKept(batch, person));
  // Entries nobody waits for may fail unheard; whoever waits hears it.
  done.catch(() => undefined);
  batch.done.set(person, done);
  return done;
}

/** A class, because an event makes one: an object of functions of its own takes ten times the memory. */
export class KeptInBatch implements Kept {
  readonly seq: number;
  readonly #batch: Batch;
  readonly #person: Person;
  /** Of its commitment in the batch; -1: it has none. */
  readonly #index: number;

  constructor(seq: number, batch: Batch, person: Person, index: number) {
    this.seq = seq;
    this.#batch = batch;
    this.#person = person;
    this.#index = index;
  }

  get done(): Promise<unknown> {
    return doneOf(this.#batch, this.#person);
  }

  get settled(): Promise<unknown> {
    return this.#batch.settled;
  }

  isKept(): boolean {
    return !this.#batch.failed.has(this.#person);
  }

  async receipt(): Promise<PromiseReceipt> {
    return receiptOf(this.#batch, this.#person, this.#index);
  }
}

function assertKept(batch: Batch, person: Person): void {
  if (batch.failed.has(person)) throw batch.failed.get(person);
}

const NOTHING_WRITTEN = Promise.resolve();

/** Somebody's hands held a person, across a wait, whose earlier entry could not be written. */
export function keptNothing(): Kept {
  const fault = new Fault('conflict', 'Something said just before could not be written. Say it again.', {
    retry: 'now',
  });
  const done = Promise.reject(fault);
  done.catch(() => undefined);
  return { seq: -1, done, settled: NOTHING_WRITTEN, isKept: () => false, receipt: () => done };
}

async function receiptOf(batch: Batch, person: Person, index: number): Promise<PromiseReceipt> {
  const receipt = (await batch.settled)[index];
  assertKept(batch, person);
  assert(receipt !== undefined, 'a receipt is asked for entries with a commitment');
  return receipt;
}

interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
}

function deferred<T>(): Deferred<T> {
  let settle: ((value: T) => void) | undefined;
  const promise = new Promise<T>((resolve) => {
    settle = resolve;
  });
  assert(settle !== undefined, 'the executor of a promise runs at once');
  return { promise, resolve: settle };
}
