// The event stream of a serving node: what comes in goes into it, and workers of this node take their share
// of what lies there. Both are one role, `collect`: whoever promises also works, so no choice of roles makes
// a cluster that takes events in and never writes them down.
//
// It opens beside the node. Servers that do not answer hold up nothing: the node decides, obeys and answers
// events with 503 until they do. What waiting does not mend (a wrong password, a stream that promises less)
// is said at the start, and the node does not open.
//
//     away ─▶ opened, workers begin ─▶ open ⇄ full ⇄ away ─▶ stopping: workers give back, then it closes

import { setTimeout as sleep } from 'node:timers/promises';
import { streamAway, streamClosed, streamDown } from '../adapters/nats/faults.ts';
import { type NatsStream, openNatsStream } from '../adapters/nats/stream.ts';
import type { NatsOptions } from '../adapters/nats/settings.ts';
import type { IntakeHost } from '../engine/intake.ts';
import { hasRole } from '../engine/others.ts';
import type { EventStream, Lag } from '../engine/ports.ts';
import type { StreamTold } from '../engine/stream-told.ts';
import { streamedIntake } from '../engine/streaming.ts';
import { type StreamWorker, takeEvents } from '../engine/taking.ts';
import { isFault } from '../kernel/fault.ts';
import type { Embedded } from './embedded.ts';
import { natsOf } from './event-stream.ts';
import { createPressed } from './pressed.ts';
import { lookUpSettings } from './settings-file.ts';

export interface NodeStream {
  /** Where events and choices go in. */
  readonly intake: IntakeHost;
  told(): StreamTold;
  /** After the last request was answered: workers end after the batch in hand and give back the rest. */
  close(): Promise<void>;
}

export interface NodeStreamOptions {
  /** Hears what failed and is tried again, and what was put aside; never a person. */
  readonly failed: (what: string, error: unknown) => void;
}

type Home = Pick<Embedded, 'engine' | 'paths'>;

/** A start waits so long for a stream to open, to hear what is wrong with it. */
const BEGIN_MS = 5000;
/** Workers may take so long to give back what they hold. */
const STOP_MS = 10_000;
const PAUSE_MS = 500;
const PAUSE_MS_MAX = 15_000;
/** How often what waits is looked at, and how old the last look may be. */
const LOOK_MS = 2000;
const LOOK_MS_MAX = 10_000;
/** So long workers give way to the intake. */
const GIVE_WAY_MS_MAX = 60_000;
/** A publishing that was not confirmed is told so long: longer than one that waits for it takes (12 s). */
const UNCONFIRMED_MS = 15_000;

/**
 * `undefined` where the settings name no stream, or this node takes nothing in. Faults: `bad-settings`,
 * `stream-refused`, `wrong-stream`; all name what to do.
 */
export async function openNodeStream(
  embedded: Home,
  options: NodeStreamOptions,
): Promise<NodeStream | undefined> {
  const nats = lookUpSettings(embedded.paths).cluster?.nats;
  if (nats === undefined || !hasRole(embedded.engine.core, 'collect')) return undefined;
  const stream = new Opening(embedded, natsOf(nats, embedded.paths), options);
  try {
    await stream.begin();
    return stream;
  } catch (error) {
    await stream.close();
    throw error;
  }
}

interface Opened {
  readonly stream: NatsStream;
  readonly worker: StreamWorker;
}

class Opening implements NodeStream {
  readonly intake: IntakeHost;
  readonly #embedded: Home;
  readonly #nats: NatsOptions;
  readonly #failed: NodeStreamOptions['failed'];
  readonly #stopping = new AbortController();
  readonly #pressed = createPressed();
  #opened: Opened | undefined;
  #running: Promise<void> = Promise.resolve();
  #looking: NodeJS.Timeout | undefined;
  #isLooking = false;
  #lag: Lag | undefined;
  #lookedAtMs = -Infinity;
  #unconfirmedAtMs = -Infinity;

  constructor(embedded: Home, nats: NatsOptions, { failed }: NodeStreamOptions) {
    this.#embedded = embedded;
    this.#nats = nats;
    this.#failed = failed;
    const intake = streamedIntake(embedded.engine, {
      publish: (messages) => this.#publish(messages),
      pressure: (coming) => this.#opened?.stream.pressure(coming) ?? 0,
    });
    this.intake = { ...intake, collect: (request) => this.#pressed.during(() => intake.collect(request)) };
  }

  /** Resolves when it is open, or has not opened in time and goes on trying. */
  async begin(): Promise<void> {
    let isStarting = true;
    const running = this.#run(() => isStarting);
    this.#running = running.catch(() => undefined);
    await Promise.race([running, this.#pause(BEGIN_MS)]);
    isStarting = false;
  }

  told(): StreamTold {
    const { stream, worker } = this.#opened ?? {};
    const isFull = (stream?.pressure() ?? 0) > 0;
    return {
      state: this.#isAway() || this.#wasUnconfirmed() ? 'away' : isFull ? 'full' : 'open',
      partitions: worker?.partitions().length ?? 0,
      ...(this.#lag === undefined ? {} : { lag: this.#lag }),
      ...(worker === undefined ? {} : { worker: worker.figures() }),
    };
  }

  async close(): Promise<void> {
    this.#stopping.abort();
    clearInterval(this.#looking);
    await this.#running;
    if (this.#opened === undefined) return;
    const { stream, worker } = this.#opened;
    // Servers that do not answer must not hold up the stop: then leases end by themselves, and what was in
    // hand is handed over again.
    await Promise.race([worker.stop(), sleep(STOP_MS, undefined, { ref: false })]);
    await stream.close();
  }

  /**
   * Of servers that have not answered for long nobody waits for an acknowledgement: a sender is told at once.
   */
  #open(): EventStream {
    if (this.#stopping.signal.aborted) throw streamClosed();
    if (this.#opened === undefined || this.#isSilent()) throw streamAway(undefined);
    if (this.#isAway()) throw streamDown(undefined);
    return this.#opened.stream;
  }

  /** What has waited for a minute is not kept waiting any more: then senders are slowed down with us. */
  #isPressed(): boolean {
    return (this.#lag?.oldestMs ?? 0) < GIVE_WAY_MS_MAX && this.#pressed.isPressed();
  }

  async #publish(messages: Parameters<EventStream['publish']>[0]): ReturnType<EventStream['publish']> {
    const stream = this.#open();
    try {
      return await stream.publish(messages);
    } catch (error) {
      if (isFault(error, 'stream-down')) this.#unconfirmedAtMs = performance.now();
      throw error;
    }
  }

  /** Nobody answers, or nothing that is published would be confirmed. */
  #isAway(): boolean {
    return this.#isSilent() || this.#opened?.stream.confirms() !== true;
  }

  #isSilent(): boolean {
    return performance.now() - this.#lookedAtMs > LOOK_MS_MAX;
  }

  /** Looks may be answered while publishing is not: what became of it is the truth. */
  #wasUnconfirmed(): boolean {
    return performance.now() - this.#unconfirmedAtMs < UNCONFIRMED_MS;
  }

  async #run(isStarting: () => boolean): Promise<void> {
    for (let pauseMs = PAUSE_MS; !this.#stopping.signal.aborted;) {
      try {
        this.#opened = await this.#openNow();
        await this.#look();
        this.#looking = setInterval(() => void this.#look(), LOOK_MS);
        this.#looking.unref();
        return;
      } catch (error) {
        const isLasting = !isFault(error) || error.retry === 'never';
        // Later somebody may mend it, and nobody is there to be told but the log.
        if (isLasting && isStarting()) throw error;
        this.#failed('event stream', toldIn(error));
        await this.#pause(pauseMs);
        pauseMs = isLasting ? PAUSE_MS_MAX : Math.min(2 * pauseMs, PAUSE_MS_MAX);
      }
    }
  }

  async #openNow(): Promise<Opened> {
    const ending = this.#stopping.signal;
    const told = (says: string): void => this.#failed('event stream', new Error(says));
    const stream = await openNatsStream(this.#nats, { ending, told });
    try {
      const taking = { failed: this.#failed, isPressed: () => this.#isPressed() };
      return { stream, worker: await takeEvents(this.#embedded.engine, stream, taking) };
    } catch (error) {
      await stream.close();
      throw error;
    }
  }

  async #look(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    try {
      this.#lag = await this.#opened?.stream.lag();
      this.#lookedAtMs = performance.now();
    } catch {
      // How old the last look is says it.
    } finally {
      this.#isLooking = false;
    }
  }

  #pause(ms: number): Promise<void> {
    return sleep(ms, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
  }
}

/** For the log of a server: what is answered meanwhile belongs to it. */
function toldIn(error: unknown): Error {
  const says = error instanceof Error ? error.message : 'It failed.';
  return new Error(`${says} It is tried again; until then events are answered with 503, all else goes on.`);
}
