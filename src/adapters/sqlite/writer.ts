// Owns: the main thread's end of the writer: a queue that gathers what comes while the writer is busy, so that one wait
// for the disk serves all of it (group commit).
//
//     append, submit ─▶ [gathering group] ─▶ [ready groups …] ─▶ in flight ─▶ answers
//
// Bounded in bytes: beyond it new operations are refused with `overloaded`, because memory is worse a queue than the
// caller's own.

import { Worker } from 'node:worker_threads';
import { assert, Bug } from '../../kernel/assert.ts';
import { Fault } from '../../kernel/fault.ts';
import { SQLITE } from './bounds.ts';
import { closedFault } from './faults.ts';
import { needsScrub } from './operations.ts';
import { pack, packedBytes } from './wire.ts';

import type { Append } from '../../engine/ports.ts';
import type { FromWriter, Operation, Outcome, ToWriter, Value, WriterSetup } from './operations.ts';

export interface Writer {
  /** All or nothing; resolves when it is on disk. The bytes are copied before this returns. */
  append(batch: readonly Append[]): Promise<void>;
  /** Resolves with what the operation answers when it is on disk, and for erasures when the old bytes are off it. */
  submit(operation: Operation, bytes: number): Promise<Value>;
  /** Waits for everything that was handed in. Idempotent. */
  close(): Promise<void>;
}

interface Waiter {
  readonly resolve: (value: Value) => void;
  readonly reject: (reason: Error) => void;
  readonly scrub: boolean;
}

interface Gathering {
  buffer: Buffer;
  used: number;
  bytes: number;
  readonly operations: (number | Operation)[];
  readonly waiters: Waiter[];
}

const BUFFER_BYTES_MIN = 65_536;

/** Starts the worker; resolves when the file is open and migrated, otherwise throws the worker's `Fault`. */
export async function openWriter(setup: WriterSetup): Promise<Writer> {
  const worker = new Worker(new URL('./writer-worker.ts', import.meta.url), { workerData: setup });
  await new Promise<void>((resolve, reject) => {
    worker.once('error', reject);
    // The other end is writer-worker.ts, which sends exactly this.
    worker.once('message', (message: FromWriter) => {
      if (message.kind === 'open') resolve();
      else reject(message.kind === 'refused' ? errorOf(message.outcome) : new Bug('the writer opens first'));
    });
  });
  worker.removeAllListeners('error');
  return createWriter(worker);
}

function errorOf(outcome: Outcome): Error {
  assert(outcome.kind !== 'done', 'only what failed has an error');
  return outcome.kind === 'fault'
    ? new Fault(outcome.code, outcome.message, { retry: outcome.retry })
    : new Bug(outcome.message);
}

function createWriter(worker: Worker): Writer {
  let spare: Buffer | undefined;
  const newGathering = (): Gathering => {
    const buffer = spare ?? Buffer.from(new ArrayBuffer(BUFFER_BYTES_MIN));
    spare = undefined;
    return { buffer, used: 0, bytes: 0, operations: [], waiters: [] };
  };
  let gathering = newGathering();
  let ready: Gathering[] = [];
  let inFlight: Gathering | undefined;
  let scrubbing: { readonly waiter: Waiter; readonly value: Value }[] = [];
  let queuedBytes = 0;
  let sendPlanned = false;
  let state: 'open' | 'closing' | 'closed' = 'open';
  let closing: Promise<void> | undefined;
  let onIdle: (() => void) | undefined;

  // An idle store does not keep the process alive; one with work in flight does.
  worker.unref();

  const isIdle = (): boolean =>
    inFlight === undefined && ready.length === 0 && gathering.waiters.length === 0 && scrubbing.length === 0;
  const post = (message: ToWriter, transfer: ArrayBuffer[]): void => worker.postMessage(message, transfer);

  const send = (): void => {
    sendPlanned = false;
    if (inFlight !== undefined) return;
    let next = ready.shift();
    if (next === undefined) {
      if (gathering.waiters.length === 0) return;
      next = gathering;
      gathering = newGathering();
    }
    inFlight = next;
    const buffer = next.buffer.buffer;
    assert(buffer instanceof ArrayBuffer, 'a group is packed into memory that can be handed over');
    worker.ref();
    post({ kind: 'group', buffer, operations: next.operations }, [buffer]);
  };
  const plan = (): void => {
    if (sendPlanned || inFlight !== undefined) return;
    sendPlanned = true;
    queueMicrotask(send);
  };

  const admit = (bytes: number): void => {
    if (state !== 'open') throw closedFault();
    if (queuedBytes > 0 && queuedBytes + bytes > SQLITE.queueBytesMax) {
      throw new Fault('overloaded', 'more is waiting to be written than fits: send less at once, then try again', {
        retry: 'later',
      });
    }
    if (gathering.bytes > 0 && gathering.bytes + bytes > SQLITE.groupBytesMax) {
      ready.push(gathering);
      gathering = newGathering();
    }
  };
  const makeRoom = (bytes: number): void => {
    const needed = gathering.used + bytes;
    if (needed <= gathering.buffer.length) return;
    const larger = Buffer.from(new ArrayBuffer(Math.max(needed, 2 * gathering.buffer.length)));
    larger.set(gathering.buffer.subarray(0, gathering.used));
    gathering.buffer = larger;
  };
  const wait = async (operation: number | Operation, bytes: number): Promise<Value> => {
    queuedBytes += bytes;
    gathering.bytes += bytes;
    const scrub = typeof operation !== 'number' && needsScrub(operation);
    gathering.operations.push(operation);
    const waiters = gathering.waiters;
    plan();
    return new Promise<Value>((resolve, reject) => {
      waiters.push({ resolve, reject, scrub });
    });
  };

  const settle = (group: Gathering, outcomes: readonly Outcome[] | undefined): void => {
    for (const [index, waiter] of group.waiters.entries()) {
      const outcome = outcomes?.[index];
      const value = outcome?.kind === 'done' ? outcome.value : undefined;
      if (outcome !== undefined && outcome.kind !== 'done') waiter.reject(errorOf(outcome));
      else if (waiter.scrub) scrubbing.push({ waiter, value });
      else waiter.resolve(value);
    }
  };
  const rest = (): void => {
    if (!isIdle()) return;
    worker.unref();
    onIdle?.();
  };
  const fail = (reason: Error): void => {
    state = 'closed';
    const groups = [...(inFlight === undefined ? [] : [inFlight]), ...ready, gathering];
    const waiters = [...groups.flatMap((group) => group.waiters), ...scrubbing.map(({ waiter }) => waiter)];
    inFlight = undefined;
    ready = [];
    scrubbing = [];
    gathering = newGathering();
    for (const waiter of waiters) waiter.reject(reason);
    onIdle?.();
  };

  worker.on('message', (message: FromWriter) => {
    if (message.kind === 'answer') {
      const group = inFlight;
      assert(group !== undefined, 'an answer belongs to the group in flight');
      inFlight = undefined;
      queuedBytes -= group.bytes;
      // A buffer that grew for one large batch is not kept.
      if (message.buffer.byteLength <= SQLITE.groupBytesMax) spare = Buffer.from(message.buffer);
      send();
      settle(group, message.outcomes);
      rest();
    } else if (message.kind === 'scrubbed') {
      const done = scrubbing;
      scrubbing = [];
      for (const { waiter, value } of done) waiter.resolve(value);
      rest();
    }
  });
  worker.on('error', (error) => fail(new Fault('closed', `the writer ended: ${String(error)}`, { retry: 'never' })));
  worker.on('exit', () => fail(closedFault()));

  const shut = async (): Promise<void> => {
    if (!isIdle()) {
      await new Promise<void>((resolve) => {
        onIdle = resolve;
      });
    }
    if (state === 'closed') return;
    const ended = new Promise<void>((resolve) => {
      worker.once('exit', () => resolve());
    });
    worker.ref();
    post({ kind: 'close' }, []);
    await ended;
  };

  return {
    async append(batch): Promise<void> {
      if (batch.length === 0) return;
      const bytes = packedBytes(batch);
      admit(bytes);
      makeRoom(bytes);
      gathering.used = pack(gathering.buffer, gathering.used, batch);
      await wait(bytes, bytes);
    },
    async submit(operation, bytes): Promise<Value> {
      admit(bytes);
      return wait(operation, bytes);
    },
    async close(): Promise<void> {
      if (state === 'open') {
        state = 'closing';
        closing = shut();
      }
      await closing;
    },
  };
}
