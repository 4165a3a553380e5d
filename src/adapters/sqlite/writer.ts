// Owns: the main thread's end of the writer. What comes while the writer is busy gathers in a group, so that
// one wait for the disk serves all of it (group commit).
//
//     append, submit ─▶ group-queue.ts ─▶ in flight ─▶ answers ─▶ (erasures) wait until the log is empty

import { Worker } from 'node:worker_threads';
import { assert, Bug } from '../../kernel/assert.ts';
import { Fault } from '../../kernel/fault.ts';
import { closedFault } from './faults.ts';
import { GroupQueue, type Gathering, type Waiter } from './group-queue.ts';
import { needsScrub } from './operations.ts';

import type { Append } from '../../engine/ports.ts';
import type { FromWriter, Operation, Outcome, ToWriter, Value, WriterSetup } from './operations.ts';

/** Starts the worker; resolves when the file is open and migrated, otherwise throws the worker's `Fault`. */
export async function openWriter(setup: WriterSetup): Promise<Writer> {
  const worker = new Worker(new URL('./writer-worker.ts', import.meta.url), {
    workerData: setup,
    // Not the flags of this process: some (`--input-type`, `--test`) mean its main module and stop a worker.
    execArgv: [],
  });
  await new Promise<void>((resolve, reject) => {
    worker.once('error', reject);
    // The other end is writer-worker.ts, which sends exactly this.
    worker.once('message', (message: FromWriter) => {
      if (message.kind === 'open') resolve();
      else reject(message.kind === 'refused' ? errorOf(message.outcome) : new Bug('the writer opens first'));
    });
  });
  worker.removeAllListeners('error');
  return new Writer(worker);
}

function errorOf(outcome: Outcome): Error {
  assert(outcome.kind !== 'done', 'only what failed has an error');
  return outcome.kind === 'fault'
    ? new Fault(outcome.code, outcome.message, { retry: outcome.retry })
    : new Bug(outcome.message);
}

export class Writer {
  readonly #worker: Worker;
  readonly #queue = new GroupQueue();
  #inFlight: Gathering | undefined;
  #scrubbing: { readonly waiter: Waiter; readonly value: Value }[] = [];
  #sendPlanned = false;
  #state: 'open' | 'closing' | 'closed' = 'open';
  #closing: Promise<void> | undefined;
  #onIdle: (() => void) | undefined;

  constructor(worker: Worker) {
    this.#worker = worker;
    worker.on('message', (message: FromWriter) => this.#receive(message));
    worker.on('error', (error) =>
      this.#fail(new Fault('closed', `the writer ended: ${String(error)}`, { retry: 'never' })),
    );
    worker.on('exit', () => this.#fail(closedFault()));
    // An idle store does not keep the process alive; one with work in flight does.
    worker.unref();
  }

  /**
   * Each person's rows all or nothing; resolves when they are on disk. Answers the position of a row of each
   * person whose number was taken. The bytes are copied before this returns.
   */
  async append(batch: readonly Append[]): Promise<readonly number[]> {
    if (this.#state !== 'open') throw closedFault();
    if (batch.length === 0) return [];
    const refused = await this.#wait(false, (waiter) => this.#queue.addBatch(batch, waiter));
    return typeof refused === 'object' ? refused : [];
  }

  /**
   * Resolves with what the operation answers when it is on disk, and for erasures when the old bytes are off
   * it. `bytes`: its size, roughly, for the bound of the queue.
   */
  async submit(operation: Operation, bytes: number): Promise<Value> {
    if (this.#state !== 'open') throw closedFault();
    return this.#wait(needsScrub(operation), (waiter) => this.#queue.add(operation, bytes, waiter));
  }

  /** Waits for everything that was handed in. Idempotent. */
  async close(): Promise<void> {
    if (this.#state === 'open') {
      this.#state = 'closing';
      this.#closing = this.#shut();
    }
    await this.#closing;
  }

  async #wait(scrub: boolean, enqueue: (waiter: Waiter) => void): Promise<Value> {
    return new Promise<Value>((resolve, reject) => {
      enqueue({ resolve, reject, scrub });
      if (this.#sendPlanned || this.#inFlight !== undefined) return;
      // At the end of this turn, so that what is handed in together is committed together.
      this.#sendPlanned = true;
      queueMicrotask(() => this.#send());
    });
  }

  #send(): void {
    this.#sendPlanned = false;
    if (this.#inFlight !== undefined) return;
    const next = this.#queue.take();
    if (next === undefined) return;
    this.#inFlight = next;
    this.#worker.ref();
    const { buffer } = next.buffer;
    this.#post({ kind: 'group', buffer, operations: next.operations }, [buffer]);
  }

  #receive(message: FromWriter): void {
    if (message.kind === 'answer') {
      const group = this.#inFlight;
      assert(group !== undefined, 'an answer belongs to the group in flight');
      this.#inFlight = undefined;
      this.#queue.settle(group, message.buffer);
      // First the next group, then the answers: the writer works while callers are told.
      this.#send();
      this.#settle(group, message.outcomes);
    } else if (message.kind === 'scrubbed' || message.kind === 'unscrubbed') {
      const done = this.#scrubbing;
      this.#scrubbing = [];
      for (const { waiter, value } of done) {
        if (message.kind === 'scrubbed') waiter.resolve(value);
        else waiter.reject(errorOf(message.outcome));
      }
    }
    if (this.#inFlight !== undefined || !this.#queue.isEmpty) return;
    // While it closes, the process waits for it.
    if (this.#state === 'open' && this.#scrubbing.length === 0) this.#worker.unref();
    this.#onIdle?.();
  }

  #settle(group: Gathering, outcomes: readonly Outcome[] | undefined): void {
    for (const [index, waiter] of group.waiters.entries()) {
      const outcome = outcomes?.[index];
      const value = outcome?.kind === 'done' ? outcome.value : undefined;
      if (outcome !== undefined && outcome.kind !== 'done') waiter.reject(errorOf(outcome));
      else if (waiter.scrub) this.#scrubbing.push({ waiter, value });
      else waiter.resolve(value);
    }
  }

  #fail(reason: Error): void {
    this.#state = 'closed';
    const inFlight = this.#inFlight?.waiters ?? [];
    const scrubbing = this.#scrubbing.map(({ waiter }) => waiter);
    this.#inFlight = undefined;
    this.#scrubbing = [];
    for (const waiter of [...inFlight, ...this.#queue.clear(), ...scrubbing]) waiter.reject(reason);
    this.#onIdle?.();
  }

  async #shut(): Promise<void> {
    if (this.#inFlight !== undefined || !this.#queue.isEmpty) {
      await new Promise<void>((resolve) => {
        this.#onIdle = resolve;
      });
    }
    if (this.#state === 'closed') return;
    const ended = new Promise<void>((resolve) => {
      this.#worker.once('exit', () => resolve());
    });
    this.#worker.ref();
    this.#post({ kind: 'close' }, []);
    await ended;
  }

  #post(message: ToWriter, transfer: ArrayBuffer[]): void {
    this.#worker.postMessage(message, transfer);
  }
}
