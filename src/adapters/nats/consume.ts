// Owns: taking the messages of one partition to a handler: batch by batch, in order, until it is stopped; and
// saying what has been taken.
//
//     begin behind the last note ─▶ read ─▶ in hand (handing.ts) ─▶ passed
//     passed ─▶ once a second: is the last one still there? ─▶ note ─▶ taken out
//
// A message has passed when its verdict is durable and everything before it has passed. Nothing else moves
// the note, and nothing above it is taken out. So whatever a broker forgets, doubles or leaves out, the worst
// is that something is handed over again, and the journal keeps the effect at one (E172).

import { setTimeout as sleep } from 'node:timers/promises';
import { ALONE_FROM, type Handing, type Hands, handOver } from './handing.ts';
import { type Taken, isStill, readNote, takeOutUpTo, writeNote } from './passed.ts';
import { type Read, type Reading, readPartition } from './reading.ts';
import type { Settings } from './settings.ts';

const BATCH_MAX = 500;
const BACK_MS = 200;
/** What has been taken in the last moment may be handed over again when a worker dies. */
const NOTE_MS = 1000;
/**
 * A server that was killed may bring back what was taken out, and a note ends with its stream's messages: so
 * both are done again now and then.
 */
const TIDY_MS = 30_000;

export interface Taker {
  /** Resolves when nothing is in hand any more and what has been taken is said. */
  stop(): Promise<void>;
}

export function takePartition(hands: Hands, settings: Settings, partition: number): Taker {
  const taking = new PartitionTaking(hands, settings, partition);
  const ended = taking.run();
  return {
    stop: async () => {
      taking.stop();
      await ended;
    },
  };
}

class PartitionTaking {
  readonly #hands: Hands;
  readonly #settings: Settings;
  readonly #partition: number;
  readonly #stopping = new AbortController();
  readonly #handing: Handing;
  #reading: Reading | undefined;
  /** The last place that has passed, and how many messages of the parcel at the next. */
  #passed = 0;
  #parts = 0;
  /** What the last event lies in that passed since the last note. */
  #last: Taken | undefined;
  #isNoted = true;
  #notedAtMs = 0;
  /** When what lies below was last looked at, and taken out. */
  #wholeAtMs = 0;
  /** Times in a row that somebody, we included, had in hand what comes first here. */
  #begun = 0;
  #isCounted = false;
  #cameFurther = false;
  #isInHand = false;
  #takingOut: Promise<void> | undefined;
  /** Something that has passed may still lie there. */
  #isLeft = false;
  /** Messages that are handed over alone because they may be what ended whoever held them before. */
  #alone = 0;

  constructor(hands: Hands, settings: Settings, partition: number) {
    this.#hands = hands;
    this.#settings = settings;
    this.#partition = partition;
    const isStopped = (): boolean => this.#isStopped();
    this.#handing = { hands, triesMax: settings.triesMax, isStopped, pause: (ms) => this.#pause(ms) };
  }

  stop(): void {
    this.#stopping.abort();
    if (this.#reading === undefined) return;
    void this.#reading.stop();
    // Whoever waits with what is in hand may do so for long, and ended nobody.
    if (this.#isInHand) void this.#note(this.#reading);
  }

  async run(): Promise<void> {
    await this.#begin();
    const reading = this.#reading;
    if (reading === undefined) return;
    while (!this.#isStopped()) {
      const batch = reading.take(this.#alone > 0 ? 1 : BATCH_MAX);
      this.#isInHand = batch.length > 0;
      if (this.#isInHand) await this.#pass(batch);
      else await reading.wait(this.#isNoted ? NOTE_MS : Math.max(1, NOTE_MS - this.#sinceNoteMs()));
      if (this.#isDue()) await this.#note(reading);
    }
    await reading.stop();
    await this.#takingOut;
    await this.#note(reading);
    await this.#takingOut;
  }

  #isStopped(): boolean {
    return this.#stopping.signal.aborted;
  }

  /** Until it works: a broker that elects a leader does not answer for a while. */
  async #begin(): Promise<void> {
    const { jsm, names } = this.#hands;
    while (!this.#isStopped()) {
      try {
        const { passed, parts, begun } = await readNote(this.#hands, this.#partition);
        const { state } = await jsm.streams.info(names.events(this.#partition));
        const from = Math.max(passed + 1, state.first_seq);
        this.#passed = from - 1;
        this.#parts = from === passed + 1 ? parts : 0;
        this.#begun = begun;
        if (begun + 1 >= ALONE_FROM) this.#alone = BATCH_MAX;
        await this.#writeNote(begun);
        this.#reading = readPartition(this.#hands, this.#partition, from);
        return;
      } catch {
        await this.#pause(BACK_MS);
      }
    }
  }

  async #pass(batch: readonly Read[]): Promise<void> {
    const note = this.#hands.names.passedSubject(this.#partition);
    const events = batch.filter((one) => one.subject !== note && !this.#hasPassed(one));
    if (events.length > 0 && !(await this.#isBlamed())) return;
    const settled = events.length === 0 ? 0 : await handOver(this.#handing, events, this.#tries());
    const last = events[settled - 1];
    const end = settled === events.length ? batch.at(-1) : last;
    if (end === undefined) return;
    // Those of a parcel that passed before are read once more, and move nothing.
    const parts = this.#hasPassed(end) ? this.#parts : end.part + 1;
    this.#passed = end.isLast ? end.seq : end.seq - 1;
    this.#parts = end.isLast ? 0 : parts;
    this.#last = last?.of ?? this.#last;
    this.#alone = Math.max(0, this.#alone - settled);
    if (settled === 0) return;
    this.#cameFurther = true;
    this.#isNoted = false;
  }

  /** Only of the parcel in which whoever was here before came to an end. */
  #hasPassed({ seq, part }: Read): boolean {
    return seq === this.#passed + 1 && part < this.#parts;
  }

  /**
   * Before the first is handed over it is noted that somebody has it: who only began, and died for another
   * reason, had nothing in hand. Answers whether to go on.
   */
  async #isBlamed(): Promise<boolean> {
    while (!this.#isCounted && !this.#isStopped()) {
      try {
        const begun = this.#begun + 1;
        await this.#writeNote(begun);
        this.#begun = begun;
        this.#isCounted = true;
      } catch {
        await this.#pause(BACK_MS);
      }
    }
    return this.#isCounted;
  }

  /** Which delivery the next one is, as far as the notes tell. */
  #tries(): number {
    if (!this.#cameFurther) return this.#begun;
    return this.#alone > 0 ? Math.min(ALONE_FROM, this.#settings.triesMax) : 1;
  }

  #sinceNoteMs(): number {
    return performance.now() - this.#notedAtMs;
  }

  #isDue(): boolean {
    if (this.#isNoted) return this.#sinceNoteMs() >= (this.#isLeft ? NOTE_MS : TIDY_MS);
    return this.#alone > 0 || this.#sinceNoteMs() >= NOTE_MS;
  }

  /** What cannot be said now is said with the next note: until then it may only be handed over again. */
  async #note(reading: Reading): Promise<void> {
    try {
      // While each message goes alone each has its note, and is taken out once a second.
      const isWhole =
        this.#alone === 0 || this.#isStopped() || performance.now() - this.#wholeAtMs >= NOTE_MS;
      if (!(await this.#isWhereItWas())) {
        this.#again(reading);
        return;
      }
      const passed = this.#passed;
      const seq = await this.#writeNote(this.#begunNoted());
      if (seq !== undefined && seq <= passed) {
        this.#again(reading);
        return;
      }
      this.#isNoted = seq !== undefined;
      this.#isLeft = true;
      if (!isWhole) return;
      // Without a note the last one stays: a stream is never empty.
      this.#takeOut(seq === undefined ? passed - 1 : passed);
      this.#wholeAtMs = performance.now();
    } catch {
      // See above.
    } finally {
      this.#notedAtMs = performance.now();
    }
  }

  #writeNote(begun: number): Promise<number | undefined> {
    const [passed, parts] = [this.#passed, this.#parts];
    return writeNote(this.#hands, this.#partition, { passed, parts, begun });
  }

  /** A hole may be of our own making: while removals are under way the last one may be out before others. */
  async #isWhereItWas(): Promise<boolean> {
    const last = this.#last;
    if (last === undefined || (await isStill(this.#hands, this.#partition, last))) return true;
    if (this.#takingOut === undefined) return false;
    await this.#takingOut;
    return isStill(this.#hands, this.#partition, last);
  }

  /** Beside the handing over; what is left goes with the next. */
  #takeOut(to: number): void {
    this.#takingOut ??= takeOutUpTo(this.#hands, this.#partition, to)
      .then((isDone) => {
        this.#isLeft = !isDone || (this.#last?.seq ?? 0) > to;
      })
      .catch(() => {
        this.#isLeft = true;
      })
      .finally(() => {
        this.#takingOut = undefined;
      });
  }

  /** Who is told to stop takes the blame for nothing. */
  #begunNoted(): number {
    if (this.#isStopped()) return this.#cameFurther ? 0 : this.#begun - (this.#isCounted ? 1 : 0);
    if (this.#alone > 0) return ALONE_FROM - 1;
    return this.#cameFurther ? 1 : this.#begun;
  }

  /** Places mean something else now: the stream went back, and counts on from where it was. */
  #again(reading: Reading): void {
    this.#passed = 0;
    this.#parts = 0;
    this.#last = undefined;
    this.#isNoted = true;
    reading.again();
  }

  #pause(ms: number): Promise<void> {
    return sleep(ms, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
  }
}
