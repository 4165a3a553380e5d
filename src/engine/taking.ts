// The worker side of the event stream: takes what waits and gives it to the engine's own collect path, where
// it is admitted once more, by what its person allows now, and folded and kept as if it had just been sent.
//
// The effect is once by the event's id, whatever the stream does: the journal knows the ids that it has, and
// two workers who hold the same person for a moment meet in the journal's compare-and-set, where one of them
// begins again. So a verdict is given after the effect is durable, and a message that comes again is a
// repeat.
//
//     opened ─▶ collected ─▶ done              the world failed ─▶ wait, again, the batch stays in hand
//        └─ not ours ─▶ dead       it throws ─▶ each alone ─▶ the one that throws again is dead

import { Fault, isFault } from '../kernel/fault.ts';
import type { RefusalReason } from '../facts/refusal.ts';
import type { Engine } from './engine.ts';
import type { Person } from './person.ts';
import type { PersonKey } from './person-key.ts';
import type { Delivered, EventStream, StreamConsumer, Verdict } from './event-stream.ts';
import { type Waiting, groupsOf, requestOf } from './taking-groups.ts';
import { type Envelopes, type Outer, createEnvelopes } from './stream-envelope.ts';

/** What a worker did since it began. */
export interface WorkerFigures {
  readonly taken: number;
  readonly admitted: number;
  /** Had their effect already. */
  readonly repeated: number;
  /** Not kept: allowed at the intake and not any more. */
  readonly refused: Readonly<Partial<Record<RefusalReason, number>>>;
  readonly dead: number;
  /** Times the world failed and a batch was tried again. */
  readonly waits: number;
}

export interface StreamWorker {
  figures(): WorkerFigures;
  /** Partitions of the stream held now. */
  partitions(): readonly number[];
  /** Ends after the batch in hand. */
  stop(): Promise<void>;
}

export interface TakingOptions {
  /** Hears what was put aside, or failed and will be tried again; never a person. */
  readonly failed?: (what: string, error: unknown) => void;
  /** First pause when the world failed; it doubles up to 30 s. */
  readonly pauseMs?: number;
  /**
   * Whether whoever promises needs the processor more than whoever keeps: asked before each batch, which then
   * waits nine times as long as the one before took, 5 s at most. Nobody does by default.
   */
  readonly isPressed?: () => boolean;
}

type Host = Pick<Engine, 'core' | 'collect'>;
/** People of a batch who are being read. */
type Reading = Map<PersonKey, Promise<Person | 'erased' | undefined>>;

const PAUSE_MS = 500;
const PAUSE_MS_MAX = 30_000;
/** A tenth of the time: at a fifth it was 8,700 acknowledged a second on two cores, and so 11,200. */
const GIVE_WAY = 9;
const GIVE_WAY_MS_MAX = 5000;
/** Lost races in a row that are tried again at once. */
const RACES_MAX = 10;

export async function takeEvents(
  engine: Host,
  stream: EventStream,
  options: TakingOptions = {},
): Promise<StreamWorker> {
  const worker = new Taking(engine, options);
  const consumer = await stream.consume((batch) => worker.handle(batch));
  return {
    figures: () => worker.figures(),
    partitions: () => consumer.partitions(),
    stop: () => worker.stop(consumer),
  };
}

class Taking {
  readonly #engine: Host;
  readonly #options: TakingOptions;
  readonly #envelopes: Envelopes;
  readonly #refused: Partial<Record<RefusalReason, number>> = {};
  readonly #counts = { taken: 0, admitted: 0, repeated: 0, dead: 0, waits: 0 };
  #stopping = false;
  /** How long the last batch was in hand. */
  #tookMs = 0;
  /** Ends the pauses that are under way. */
  readonly #wakes = new Set<() => void>();

  constructor(engine: Host, options: TakingOptions) {
    this.#engine = engine;
    this.#options = options;
    this.#envelopes = createEnvelopes(engine.core.world);
  }

  figures(): WorkerFigures {
    return { ...this.#counts, refused: { ...this.#refused } };
  }

  async stop(consumer: StreamConsumer): Promise<void> {
    this.#stopping = true;
    for (const wake of this.#wakes) wake();
    await consumer.stop();
  }

  async handle(batch: readonly Delivered[]): Promise<readonly Verdict[]> {
    if (this.#options.isPressed?.() === true)
      await this.#pause(Math.min(GIVE_WAY * this.#tookMs, GIVE_WAY_MS_MAX));
    const { clock } = this.#engine.core.world;
    const beganMs = clock.nowMs();
    const verdicts = await this.#take(batch);
    this.#tookMs = Math.max(0, clock.nowMs() - beganMs);
    return verdicts;
  }

  async #take(batch: readonly Delivered[]): Promise<readonly Verdict[]> {
    const verdicts: Verdict[] = batch.map(() => 'done');
    const waiting: Waiting[] = [];
    // Together, so that those who are not in memory are read together, each once.
    const all = await this.#lasting(() => {
      const reading: Reading = new Map();
      return Promise.all(batch.map((message) => this.#open(message, reading)));
    });
    for (const [at, opened] of all.entries()) {
      if (typeof opened === 'object') waiting.push({ at, ...opened });
      else if (opened === 'gone') this.#refuse('suppressed', 1);
      else verdicts[at] = { dead: 'it cannot be opened' };
    }
    for (const group of groupsOf(waiting)) {
      for (const { at, reason } of await this.#collect(group)) verdicts[at] = { dead: reason };
    }
    this.#counts.taken += batch.length;
    for (const verdict of verdicts) {
      if (verdict === 'done') continue;
      this.#counts.dead += 1;
      this.#options.failed?.('event put aside', new Error(verdict.dead));
    }
    return verdicts;
  }

  /** Whoever left took the key along: what still lies in the stream of them is nobody's any more. */
  async #open({ body }: Delivered, reading: Reading): Promise<Omit<Waiting, 'at'> | 'gone' | 'unreadable'> {
    const outer = this.#envelopes.open(body);
    if (outer === undefined) return 'unreadable';
    const { people } = this.#engine.core;
    // Keys are all that is needed here; whether the person is still there is asked for all of them at once.
    const known = people.peek(outer.person);
    const opened = known === undefined ? undefined : this.#openWith(outer, known);
    if (opened !== undefined) return opened;
    // Whoever left and came back has other keys than those in memory, where nobody is replaced of whom
    // something is on its way.
    const isBusy = known !== undefined && (known.pending > 0 || known.withdrawing > 0);
    const read = reading.get(outer.person) ?? (isBusy ? people.stored(known) : people.byKey(outer.person));
    reading.set(outer.person, read);
    const person = await read;
    if (person === undefined || person === 'erased') return 'gone';
    return this.#openWith(outer, person) ?? 'unreadable';
  }

  #openWith(outer: Outer, { keys }: Pick<Person, 'keys'>): Omit<Waiting, 'at'> | undefined {
    const carried = this.#envelopes.openInner(outer, keys);
    return carried === undefined ? undefined : { carried, life: keys.evidenceRaw };
  }

  /** Those of the group that nothing can be done with. */
  async #collect(
    group: readonly Waiting[],
  ): Promise<readonly { readonly at: number; readonly reason: string }[]> {
    try {
      const patience = newPatience();
      const kept = await this.#lasting(() =>
        this.#engine.collect({ ...requestOf(group), isPatient: patience() }),
      );
      this.#counts.admitted += kept.admitted;
      this.#counts.repeated += kept.repeated;
      for (const [reason, times] of Object.entries(kept.refused))
        this.#refuse(reason as RefusalReason, times);
      return [];
    } catch (error) {
      if (this.#stopping) throw error;
      await this.#forget(group);
      if (group.length === 1) return group.map(({ at }) => ({ at, reason: reasonOf(error) }));
      const dead: { at: number; reason: string }[] = [];
      for (const one of group) dead.push(...(await this.#collect([one])));
      return dead;
    }
  }

  /**
   * Does it again while the world fails: an hour without a database must not make dead letters of an hour's
   * events. Passes on what trying again does not mend.
   */
  async #lasting<T>(work: () => Promise<T>): Promise<T> {
    let pauseMs = this.#options.pauseMs ?? PAUSE_MS;
    for (let races = 0; ;) {
      if (this.#stopping) throw new Fault('closed', 'The worker is stopping.', { retry: 'later' });
      try {
        return await work();
      } catch (error) {
        if (!isFault(error) || error.retry === 'never') throw error;
        this.#counts.waits += 1;
        races += 1;
        if (error.retry === 'now' && races <= RACES_MAX) continue;
        this.#options.failed?.('taking in events', error);
        await this.#pause(pauseMs);
        pauseMs = Math.min(2 * pauseMs, PAUSE_MS_MAX);
      }
    }
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#wakes.delete(wake);
        resolve();
      };
      this.#wakes.add(wake);
      this.#engine.core.world.timer.after(ms, wake);
    });
  }

  /**
   * What threw half-way may have left something in memory that is in no journal: those people are read again.
   */
  async #forget(group: readonly Waiting[]): Promise<void> {
    const { people, witness } = this.#engine.core;
    // Nobody is read again while an entry of theirs is on its way: both would take the same place.
    await witness.idle();
    for (const { carried } of group) {
      const person = people.cached(carried.event.person);
      if (person !== undefined) people.lose(person);
    }
  }

  #refuse(reason: RefusalReason, times: number): void {
    this.#refused[reason] = (this.#refused[reason] ?? 0) + times;
  }
}

/**
 * How often a batch waits for noes that are under way: about half a minute, longer than any that is still
 * being written. One that was counted and never written denies everything, and so it stays.
 */
const PATIENCE = 14;

/** Answers, at each try of a batch, whether that try waits. */
function newPatience(): () => () => boolean {
  let waits = 0;
  return () => {
    let hasWaited = false;
    return () => {
      if (!hasWaited && waits < PATIENCE) {
        hasWaited = true;
        waits += 1;
      }
      return hasWaited;
    };
  };
}

/** A fault speaks for itself; of other errors the kind, because their words may quote what they choked on. */
function reasonOf(error: unknown): string {
  if (isFault(error)) return `it fails with ${error.code}`;
  return `it fails with ${error instanceof Error ? error.name : 'something'}`;
}
