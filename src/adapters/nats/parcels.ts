// Owns: several messages of one partition in one of the broker's, because the broker's work is for each
// message, however small: three logs, a vote, an answer, and as much again for taking it out.
//
//     PREFIX.events.3.17      one message, of shard 17
//     PREFIX.events.3.p40     a parcel of 40: shard, length of the name, name, length of the body, body, …
//
// The subject says how many, so that what waits can be counted without reading it (pressure.ts).

import type { StreamMessage } from '../../engine/ports.ts';
import type { Names } from './settings.ts';

/** Messages of a parcel, and bytes beyond which no more are added: the broker takes 1 MiB at most. */
export const PARCEL_MAX = 64;
const PARCEL_BYTES_MAX = 2 ** 17;
const HEAD_BYTES = 6;

/** As it goes to the broker, and goes again (recent.ts). */
export interface Sent {
  readonly subject: string;
  /** Of the first message in it. */
  readonly id: string;
  readonly body: Uint8Array;
  /** How many messages it carries. */
  readonly count: number;
}

/** How many of the first of them go together; at least one. */
export function fittingCount(messages: readonly StreamMessage[]): number {
  let bytes = 0;
  const end = messages.findIndex(({ id, body }, at) => {
    bytes += HEAD_BYTES + id.length + body.length;
    return at > 0 && (at >= PARCEL_MAX || bytes > PARCEL_BYTES_MAX);
  });
  return end < 0 ? messages.length : end;
}

/** All of one partition, one at least. */
export function sentAs(names: Names, partition: number, messages: readonly StreamMessage[]): Sent {
  const [first] = messages;
  if (first === undefined) throw new RangeError('a parcel has a message');
  const { id, shard, body } = first;
  const count = messages.length;
  if (count === 1) return { subject: names.eventSubject(shard), id, body, count };
  return { subject: names.parcelSubject(partition, count), id, body: bytesOf(messages), count };
}

function bytesOf(messages: readonly StreamMessage[]): Uint8Array {
  const ids = messages.map(({ id }) => Buffer.from(id));
  const bytes = messages.reduce(
    (sum, { body }, at) => sum + HEAD_BYTES + (ids[at]?.length ?? 0) + body.length,
    0,
  );
  const out = Buffer.allocUnsafe(bytes);
  let to = 0;
  for (const [at, { shard, body }] of messages.entries()) {
    const id = ids[at] ?? Buffer.alloc(0);
    to = out.writeUInt8(shard, to);
    to = out.writeUInt8(id.length, to);
    to = out.writeUInt32BE(body.length, to);
    out.set(id, to);
    out.set(body, to + id.length);
    to += id.length + body.length;
  }
  return out;
}

/** How many messages lie behind a subject of ours. */
export function countIn(subject: string): number {
  const found = /\.p(\d+)$/.exec(subject);
  return found === null ? 1 : Number(found[1]);
}

/**
 * What a message of the broker carries; itself where it is no parcel, `undefined` where it is a damaged one.
 */
export function takenApart(subject: string, body: Uint8Array): readonly StreamMessage[] | undefined {
  const view = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const messages: StreamMessage[] = [];
  let at = 0;
  while (at + HEAD_BYTES <= view.length) {
    const shard = view.readUInt8(at);
    const from = at + HEAD_BYTES;
    const mid = from + view.readUInt8(at + 1);
    at = mid + view.readUInt32BE(at + 2);
    if (at > view.length) return undefined;
    messages.push({ shard, id: view.toString('latin1', from, mid), body: view.subarray(mid, at) });
  }
  return at === view.length && messages.length === countIn(subject) ? messages : undefined;
}

export const isParcel = (subject: string): boolean => countIn(subject) > 1;
