// The clients of the kill test: each has people of its own and does one thing after the other. What was under
// way when the server died is settled after its next start: sent again, or looked up.

import type { Random } from '../../src/kernel/random.ts';
import type { Book } from './e2e-book.ts';
import { type Life, newLife } from './e2e-life.ts';
import type { Running } from './e2e-running.ts';
import { E2E_ITEMS } from './e2e-shop.ts';

/** Something that was begun. `settle` finds out what became of it, with a new server. */
export interface Act {
  run(server: Running): Promise<void>;
  settle(server: Running): Promise<void>;
}

export interface Client {
  readonly random: Random;
  /** People nobody else speaks for. */
  readonly people: Life[];
  /** Things nobody else renames. */
  readonly items: readonly string[];
  unsettled: Act | undefined;
}

/** Client `at` of `count`, each with so many people. */
export function newClient(book: Book, random: Random, { at, count, people }: ClientSize): Client {
  const items = E2E_ITEMS.filter((_, n) => n % count === at);
  return { random, items, people: Array.from({ length: people }, () => born(book)), unsettled: undefined };
}

interface ClientSize {
  readonly at: number;
  readonly count: number;
  readonly people: number;
}

/** A person of whom nobody has heard. */
export function born(book: Book, name?: string): Life {
  book.nextNumber += 1;
  const life = newLife(name ?? `person-${book.nextNumber}`);
  book.lives.push(life);
  return life;
}
