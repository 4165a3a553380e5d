// Owns: what has been taken from a partition, said in a note that lies in the partition's own stream, and
// taking out what the note says has been passed.
//
//     … event 7 │ event 8 │ note: passed 7 │ event 10 …        then 1 to 7 are taken out
//
// One log of the broker so orders events, notes and removals. A note that says 7 has a place above 7: if a
// server that was killed brings the stream back to where it stood before, note and events go back together,
// and a note can never speak of events that come later. The last note is not taken out, so the stream is
// never empty: nats-server 2.9.10 may begin to count anew when it is killed with an empty stream.

import type { JetStreamManager, StoredMsg } from '@nats-io/jetstream';
import type { Broker } from './connect.ts';
import { isFull, isPassing, orNothing } from './faults.ts';
import { idIn } from './ids.ts';

export interface Note {
  /** Everything up to this place has had its verdict. */
  readonly passed: number;
  /** So many of the parcel at the next place have, too. */
  readonly parts: number;
  /** Times in a row that somebody began behind `passed` and did not come further. */
  readonly begun: number;
}

/** A message of the broker that has been taken, as we were handed it. */
export interface Taken {
  readonly seq: number;
  readonly id: string;
  readonly sinceMs: number;
}

const WITHIN_MS = 5000;
/** Removals under way at once, and in one go: what is left goes with the next. */
const AT_ONCE = 250;
const TAKEN_OUT_MAX = 20_000;
const NOTHING: Note = { passed: 0, parts: 0, begun: 0 };

/** The last note; what cannot be read, or speaks of places above its own, says nothing. */
export async function readNote({ jsm, names }: Broker, partition: number): Promise<Note> {
  const query = { last_by_subj: names.passedSubject(partition) };
  const found = await orNothing(() => jsm.streams.getMessage(names.events(partition), query));
  return found === undefined ? NOTHING : noteIn(found);
}

/** `7 1 0`; notes of before there were parcels have two numbers. */
function noteIn({ data, seq }: Pick<StoredMsg, 'data' | 'seq'>): Note {
  const numbers = new TextDecoder().decode(data).split(' ').map(Number);
  const [passed = Number.NaN, begun = Number.NaN, parts = 0] = numbers;
  const isRight = [passed, begun, parts].every((one) => Number.isSafeInteger(one));
  if (!isRight || passed < 0 || parts < 0 || passed + Math.sign(parts) >= seq) return NOTHING;
  return { passed, parts, begun: Math.max(0, begun) };
}

/**
 * Its place in the stream. `undefined`: there is no room for it, and what is known by the removal alone is
 * enough.
 */
export async function writeNote(
  { js, names }: Broker,
  partition: number,
  { passed, parts, begun }: Note,
): Promise<number | undefined> {
  const body = new TextEncoder().encode(`${passed} ${begun} ${parts}`);
  try {
    return (await js.publish(names.passedSubject(partition), body, { timeout: WITHIN_MS })).seq;
  } catch (error) {
    if (isFull(error)) return undefined;
    throw error;
  }
}

/**
 * Whether the leader has, at that place, what we were handed from there, or it is out already because it has
 * passed: a removal that was under way, or another holder's.
 */
export async function isStill({ jsm, names }: Broker, partition: number, taken: Taken): Promise<boolean> {
  const query = { seq: taken.seq };
  const found = await orNothing(() => jsm.streams.getMessage(names.events(partition), query));
  if (found !== undefined) return idIn(found.header) === taken.id && found.time.getTime() === taken.sinceMs;
  return (await jsm.streams.info(names.events(partition))).state.first_seq > taken.seq;
}

/**
 * Takes out, one by one, what lies up to a place; at most `TAKEN_OUT_MAX`, the oldest first. Answers whether
 * nothing is left there. The broker's own purge is not asked for: when nats-server 2.9.10 starts again after
 * it was killed and repeats its log, it takes a purge with a bound for one of everything that lay there then.
 */
export async function takeOutUpTo({ jsm, names }: Broker, partition: number, to: number): Promise<boolean> {
  const stream = names.events(partition);
  const { state } = await jsm.streams.info(stream);
  const end = Math.min(to, state.first_seq + TAKEN_OUT_MAX - 1);
  for (let from = state.first_seq; from <= end; from += AT_ONCE) {
    const count = Math.min(AT_ONCE, end - from + 1);
    const asked = Array.from({ length: count }, (_, at) => takeOut(jsm, stream, from + at));
    await Promise.all(asked);
  }
  return end >= to;
}

/** What is not there any more is out. */
async function takeOut(jsm: JetStreamManager, stream: string, seq: number): Promise<void> {
  try {
    await jsm.streams.deleteMessage(stream, seq, false);
  } catch (error) {
    if (isPassing(error)) throw error;
  }
}
