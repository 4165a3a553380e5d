// What the parts of a running simulation share: world, book, checkers, chance, and the trace that tells two
// runs apart.

import { type Hash, createHash } from 'node:crypto';
import type { Random } from '../../src/kernel/random.ts';
import type { Book } from './book.ts';
import type { Checker, Scene, Verdict } from './checker.ts';
import type { Machine } from './machine.ts';
import type { Sabotage } from './sabotage.ts';
import type { SimulatedTown } from './town.ts';

const LAST_STEPS = 20;

export interface Failure {
  readonly checker: string;
  readonly what: string;
  readonly time: string;
  readonly steps: readonly string[];
}

export class Stage {
  readonly scene: Scene;
  readonly town: SimulatedTown;
  /** Chance of what people do. */
  readonly random: Random;
  readonly sabotage: Sabotage;
  failure: Failure | undefined;
  /** How often each thing happened. */
  readonly counts = new Map<string, number>();
  readonly #checkers: readonly Checker[];
  readonly #trace: Hash = createHash('sha256');
  #last: string[] = [];

  constructor(options: {
    readonly scene: Scene;
    readonly town: SimulatedTown;
    readonly random: Random;
    readonly sabotage: Sabotage;
    readonly checkers: readonly Checker[];
  }) {
    this.scene = options.scene;
    this.town = options.town;
    this.random = options.random;
    this.sabotage = options.sabotage;
    this.#checkers = options.checkers;
  }

  get machine(): Machine {
    return this.scene.machine;
  }
  get book(): Book {
    return this.scene.book;
  }

  /** Something happened; part of the trace. */
  tell(what: string): void {
    const line = `${new Date(this.machine.timeline.nowMs()).toISOString()} ${what}`;
    this.#trace.update(`${line}\n`);
    this.#last.push(line);
    if (this.#last.length > 2 * LAST_STEPS) this.#last = this.#last.slice(-LAST_STEPS);
    const kind = what.split(' ', 1)[0] ?? '';
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1);
  }

  /** Lets every checker look; the first that finds something ends the run. */
  check(look: (checker: Checker) => Verdict): void {
    for (const checker of this.#checkers) this.#judge(checker, look(checker));
  }

  async checkSlowly(look: (checker: Checker) => Promise<Verdict> | undefined): Promise<void> {
    for (const checker of this.#checkers) this.#judge(checker, await look(checker));
  }

  /** What should not happen at all: an error that is no fault of the world. */
  broke(error: unknown): void {
    this.#fail('no-bug', error instanceof Error ? (error.stack ?? error.message) : String(error));
  }

  hash(): string {
    return this.#trace.copy().digest('hex');
  }

  #judge(checker: Checker, verdict: Verdict): void {
    if (verdict !== undefined) this.#fail(checker.name, verdict);
  }

  #fail(checker: string, what: string): void {
    const time = new Date(this.machine.timeline.nowMs()).toISOString();
    this.failure ??= { checker, what, time, steps: this.#last.slice(-LAST_STEPS) };
  }
}
