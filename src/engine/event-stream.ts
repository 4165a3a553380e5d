// The port of the event stream: what stands between the intake, where an event is admitted, and the worker
// that writes it into its person's journal. A shop that sends faster than journals are written for a minute
// is heard all the same, and one that does so for an hour is told to wait.
//
// The stream is handed shards, names and sealed bytes (stream-envelope.ts); it can tell neither who did
// something nor what. Its promise is small, so that several brokers can keep it: what `publish` acknowledged
// is handed to a worker until a worker has said what became of it.

/** Shards of the stream, by the pseudonym. A fixed number: where a person's events lie may never change. */
export const STREAM_SHARDS = 64;

/** One sealed event on its way. */
export interface StreamMessage {
  /** 0 to 63. Messages of one person have one shard. */
  readonly shard: number;
  /** Names the event and tells nothing: letters, digits, at most 64. The same event has the same name. */
  readonly id: string;
  readonly body: Uint8Array;
}

/** `known`: a message of this id came before, within the adapter's window, and nothing was added. */
export type StreamAck = 'new' | 'known';

export interface Delivered extends StreamMessage {
  /** 1 when it is handed over for the first time. */
  readonly attempt: number;
}

/** What became of a message: it had its effect or needs none, or nobody will ever be able to use it. */
export type Verdict = 'done' | { readonly dead: string };

/** One verdict for each message of the batch, in its order. A throw means: none of it, hand it over again. */
export type StreamHandler = (batch: readonly Delivered[]) => Promise<readonly Verdict[]>;

/** Somebody who takes messages from the stream. */
export interface StreamConsumer {
  /** Partitions held now; other consumers hold the others. */
  partitions(): readonly number[];
  /** Ends after the batch in hand; what waits goes to others. */
  stop(): Promise<void>;
}

export interface Lag {
  /** Messages that no verdict was given on yet. */
  readonly waiting: number;
  /** Age of the oldest of them; 0 when there is none. */
  readonly oldestMs: number;
  readonly dead: number;
}

/** A message that nobody could use, put aside so that it holds up nobody. */
export interface DeadLetter {
  readonly seq: number;
  readonly shard: number;
  readonly id: string;
  /** Why, in words of ours: never out of the message. */
  readonly reason: string;
  readonly tries: number;
  readonly sinceMs: number;
  readonly bytes: number;
}

export interface DeadLetters {
  /** By `seq`, after `after`; at most `limit`. */
  list(options: { readonly after?: number; readonly limit: number }): Promise<readonly DeadLetter[]>;
  get(seq: number): Promise<DeadLetter | undefined>;
  /** Puts it into the stream again and takes it out of here; `false` when it is not here. */
  replay(seq: number): Promise<boolean>;
  /** Forgets it, bytes overwritten where the broker can; `false` when it is not here. */
  drop(seq: number): Promise<boolean>;
}

export interface EventStream {
  /**
   * Resolves when every message is durable on the replicas that the adapter's SPEC.md names. Faults:
   * `stream-full` (later, with seconds: nothing is lost, it has to be sent again) and `stream-down` (later:
   * not acknowledged in time; some of it may be there, and sending it again adds nothing twice).
   */
  publish(messages: readonly StreamMessage[]): Promise<readonly StreamAck[]>;
  /**
   * Hands over what waits, at least once, batch by batch; one batch at a time for each partition. A partition
   * is a fixed set of shards and has one holder, so that a person's events arrive in the order in which they
   * were published; only redelivery, and a moment when a lease changes hands, may disturb that order. A
   * message that was thrown back too often becomes a dead letter.
   */
  consume(handle: StreamHandler): Promise<StreamConsumer>;
  lag(): Promise<Lag>;
  /**
   * Seconds after which the intake may take in `coming` more; 0: now. Asked for each request before anything
   * is done for it, so it does not wait.
   */
  pressure(coming?: number): number;
  readonly dead: DeadLetters;
  close(): Promise<void>;
}
