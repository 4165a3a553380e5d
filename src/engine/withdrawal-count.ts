// Counting a withdrawal where no backup reaches, before it is said: a restored backup cannot bring back a
// yes.

import { Fault } from '../kernel/fault.ts';
import type { Core } from './core.ts';
import type { Person } from './person.ts';

/** What one no was counted as, over all its tries: a lost race must not count it twice. */
export interface Counting {
  count?: number;
  /** Tries that it still leaves to words counted before it; none where nobody tries again. */
  patience: number;
}

/** Of the tries of `raced`: about a third of a second, and half of them are left for races. */
const PATIENCE = 6;

export function newCounting(): Counting {
  return { patience: PATIENCE };
}

interface Counted {
  readonly person: Person;
  readonly counting: Counting;
}

/**
 * Counts a withdrawal where no backup reaches, and then says it: a crash between the two denies everything,
 * until the person speaks again. Nobody was told that it had been said; another engine that has the person in
 * memory hears of it when it reads their keys anew, within a minute where it takes events (E210). While it is
 * on its way nothing is allowed. `say` runs in the very turn in which the count is known, so that no other
 * word comes between the two.
 *
 * A try that lost its race left a count that no word stands for; the next try is that word. Counted again,
 * the first count would pass for a no that was lost, and everything would be denied. Where another word has
 * come to stand for it meanwhile, this one is counted anew. `say` is told the count that it stands for.
 *
 * Of one engine one at a time of each person: answers of a store may come in another order than they were
 * asked for. Words that were counted before this one and are not said yet may be on their way at another
 * engine, too: said after this one they would pass for lost. So with others it lets them go first, for a
 * while.
 */
export async function countedFirst<T>(
  core: Core,
  { person, counting }: Counted,
  say: (count: number) => T,
): Promise<T> {
  person.withdrawing += 1;
  const previous = person.counting;
  let done: () => void = () => undefined;
  person.counting = new Promise((resolve) => {
    done = resolve;
  });
  try {
    await previous;
    // Erased meanwhile: there is no key any more to count at, and nothing is said.
    if (person.leaving) return say(person.revocations);
    const before = counting.count;
    const isFree = before !== undefined && before > person.chain.withdrawals;
    const count = isFree ? before : await countWithdrawal(core, person);
    counting.count = count;
    person.revocations = Math.max(person.revocations, count);
    letOthersFirst(core, { person, counting }, count);
    return say(count);
  } finally {
    person.withdrawing -= 1;
    done();
  }
}

/** Whether `count` is the next to be said. Fault `conflict`: not yet, read again, and say it then. */
export function letOthersFirst({ config }: Core, { person, counting }: Counted, count: number): void {
  const isNext = count <= person.chain.withdrawals + 1;
  if (isNext || config.node === undefined || counting.patience === 0) return;
  counting.patience -= 1;
  const message = 'Something else that was taken back is being written; this comes after it.';
  throw new Fault('conflict', message, { retry: 'now' });
}

/**
 * A store may have done what it reports as failed. Then a start would find a count that the journal does not
 * know, and deny; so the count is read again, and denies at once.
 */
async function countWithdrawal(core: Core, person: Person): Promise<number> {
  const { keys } = core.world;
  try {
    return await keys.revoke(person.key);
  } catch (error) {
    const kept = await keys.get(person.key).catch(() => undefined);
    if (typeof kept === 'object') {
      person.revocations = Math.max(person.revocations, kept.revocations);
      core.touched.add(person);
    } else {
      // Whoever asks next reads everything again, and is refused while that fails.
      core.people.lose(person);
      core.lost.add(person.key);
    }
    throw error;
  }
}
