// What a checker is: something that looks at a running world from outside and says what is wrong. One idea,
// one file; each keeps its own memory and shares no code with what it checks.

import type { Decided } from '../../src/engine/deciding.ts';
import type { Engine } from '../../src/engine/engine.ts';
import type { Taken } from '../../src/engine/intake.ts';
import type { PromiseReceipt } from '../../src/facts/receipt.ts';
import type { Random } from '../../src/kernel/random.ts';
import type { Asking, Book, Life, Where, Word } from './book.ts';
import type { Machine } from './machine.ts';
import type { PlacementName } from './settings.ts';

/** What is wrong, or nothing. */
export type Verdict = string | undefined;

export interface Scene {
  readonly book: Book;
  readonly machine: Machine;
  /** Chance for samples, of the checkers alone: to look changes nothing. */
  readonly random: Random;
}

export interface SeenDecision {
  readonly life: Life;
  readonly placement: PlacementName;
  readonly asking: Asking;
  readonly decided: Decided;
  /** The text that the page gets. */
  readonly answer: string;
  readonly engine: Engine;
}

export interface Checker {
  readonly name: string;
  /** Numbers of ARCHITECTURE.md that it watches. */
  readonly invariants: string;
  /** A word was answered for. */
  said?(life: Life, words: readonly Word[], receipt: PromiseReceipt | undefined, scene: Scene): Verdict;
  /** A word is on its way. */
  speaks?(life: Life, words: readonly Word[]): void;
  /** Events were taken in, or refused. */
  taken?(life: Life, event: SeenEvent, taken: Taken, scene: Scene): Verdict;
  /** A decision as it was made, before anybody else had a turn. */
  decided?(seen: SeenDecision, scene: Scene): Verdict;
  /** The same once it was acknowledged. */
  acknowledged?(seen: SeenDecision, scene: Scene): Verdict;
  /** Somebody asked to be erased. */
  leaving?(life: Life): void;
  erased?(life: Life, scene: Scene): Promise<Verdict>;
  /** Maintenance went through. */
  maintained?(scene: Scene): Promise<Verdict>;
  /** A new engine is up and has recovered. */
  recovered?(engine: Engine, scene: Scene): Promise<Verdict>;
  /** A backup of then was put back. */
  restored?(backupMs: number): void;
  ended?(engine: Engine, scene: Scene): Promise<Verdict>;
}

export interface SeenEvent {
  readonly kind: string;
  readonly items: readonly string[];
  readonly place: Where;
  readonly gpc: boolean;
  readonly nowMs: number;
}
