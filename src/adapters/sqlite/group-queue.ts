// Owns: the groups that wait for the writer, bounded in bytes. Beyond the bound new operations are refused
// with `overloaded`, because memory is a worse queue than the caller's own.

import { Fault } from '../../kernel/fault.ts';
import { SQLITE } from './bounds.ts';
import { pack, packedBytes } from './wire.ts';

import type { Append } from '../../engine/ports.ts';
import type { Operation, Value } from './operations.ts';

/** Who waits for the outcome of one operation. */
export interface Waiter {
  readonly resolve: (value: Value) => void;
  readonly reject: (reason: Error) => void;
  /** Answered only when old bytes are off the disk. */
  readonly scrub: boolean;
}

/** Operations that will be committed together. */
export interface Gathering {
  /** Packed batches, one behind the other. */
  buffer: Buffer<ArrayBuffer>;
  used: number;
  /** Of everything in it, for the bounds. */
  bytes: number;
  readonly operations: (number | Operation)[];
  readonly waiters: Waiter[];
}

const BUFFER_BYTES_MIN = 65_536;

export class GroupQueue {
  #spare: Buffer<ArrayBuffer> | undefined;
  #gathering = this.#newGathering();
  #ready: Gathering[] = [];
  #bytes = 0;

  /** Copies `batch` into the group that gathers. */
  addBatch(batch: readonly Append[], waiter: Waiter): void {
    const bytes = packedBytes(batch);
    this.#admit(bytes);
    const gathering = this.#gathering;
    const needed = gathering.used + bytes;
    if (needed > gathering.buffer.length) {
      const larger = Buffer.from(new ArrayBuffer(Math.max(needed, 2 * gathering.buffer.length)));
      larger.set(gathering.buffer.subarray(0, gathering.used));
      gathering.buffer = larger;
    }
    // May stop with a `Bug`; nothing is counted yet.
    gathering.used = pack(gathering.buffer, gathering.used, batch);
    this.#count(bytes, bytes, waiter);
  }

  add(operation: Operation, bytes: number, waiter: Waiter): void {
    this.#admit(bytes);
    this.#count(operation, bytes, waiter);
  }

  get isEmpty(): boolean {
    return this.#ready.length === 0 && this.#gathering.waiters.length === 0;
  }

  /** The next group for the writer. Its bytes count until `settle`. */
  take(): Gathering | undefined {
    const next = this.#ready.shift();
    if (next !== undefined) return next;
    if (this.#gathering.waiters.length === 0) return undefined;
    const gathered = this.#gathering;
    this.#gathering = this.#newGathering();
    return gathered;
  }

  /** A group was answered; its buffer is used again, unless it grew for one large batch. */
  settle(group: Gathering, buffer: ArrayBuffer): void {
    this.#bytes -= group.bytes;
    if (buffer.byteLength <= SQLITE.groupBytesMax) this.#spare = Buffer.from(buffer);
  }

  /** Everybody who waits, in order; the queue is empty afterwards. */
  clear(): readonly Waiter[] {
    const groups = [...this.#ready, this.#gathering];
    this.#ready = [];
    this.#gathering = this.#newGathering();
    return groups.flatMap((group) => group.waiters);
  }

  #admit(bytes: number): void {
    if (this.#bytes > 0 && this.#bytes + bytes > SQLITE.queueBytesMax) {
      const message = 'more is waiting to be written than fits: send less at once, then try again';
      throw new Fault('overloaded', message, { retry: 'later' });
    }
    if (this.#gathering.bytes > 0 && this.#gathering.bytes + bytes > SQLITE.groupBytesMax) {
      this.#ready.push(this.#gathering);
      this.#gathering = this.#newGathering();
    }
  }

  #count(operation: number | Operation, bytes: number, waiter: Waiter): void {
    this.#bytes += bytes;
    this.#gathering.bytes += bytes;
    this.#gathering.operations.push(operation);
    this.#gathering.waiters.push(waiter);
  }

  #newGathering(): Gathering {
    const buffer = this.#spare ?? Buffer.from(new ArrayBuffer(BUFFER_BYTES_MIN));
    this.#spare = undefined;
    return { buffer, used: 0, bytes: 0, operations: [], waiters: [] };
  }
}
