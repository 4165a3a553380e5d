// One fact set aside, or set free again, by the person it is about: it rules the very next decision, and the
// statistics follow within a second.

import { utf8 } from '../kernel/bytes.ts';
import type { RestrictionEntry } from '../facts/entry.ts';
import type { PersonId } from '../facts/ids.ts';
import type { Problem } from '../facts/parse.ts';
import { judgeRestriction } from '../profile/restricted.ts';
import type { Core } from './core.ts';
import { entryText } from './journal.ts';
import { type Person, foldEntry } from './person.ts';
import { raced } from './racing.ts';
import { type Counting, countedFirst, newCounting } from './withdrawal-count.ts';

export interface RestrictionChange {
  readonly person: PersonId;
  /** The fact's key, as `describe` gives it. */
  readonly fact: string;
  readonly act: RestrictionEntry['act'];
}

/** Durable when it resolves. */
export function changeRestriction(
  core: Core,
  change: RestrictionChange,
): Promise<'kept' | 'no-such-person' | Problem> {
  const counting = newCounting();
  return raced(core, () => restrictOnce(core, change, counting));
}

async function restrictOnce(
  core: Core,
  change: RestrictionChange,
  counting: Counting,
): ReturnType<typeof changeRestriction> {
  const person = core.people.current(change.person) ?? (await core.people.fresh(change.person));
  if (person === undefined || person === 'erased' || person.leaving) return 'no-such-person';
  // What is counted is said, whatever became of the fact: nobody would say it any more, and all be denied.
  const isCounted = counting.count !== undefined;
  const wrong = isCounted ? undefined : judgeRestriction(person.profile.facts, person.restricted, change);
  if (wrong !== undefined) return wrong;
  const say = (withdrawals?: number) => keepRestriction(core, person, { ...change, withdrawals });
  // Setting aside is a withdrawal: counted outside the backups first, so that no restore brings the fact
  // back.
  const done = change.act === 'restrict' ? await countedFirst(core, { person, counting }, say) : say();
  if (done === undefined) return 'no-such-person';
  await done.kept;
  return 'kept';
}

/**
 * `undefined` when they were erased in the meantime. In an object, because a bare promise would be awaited
 * too early.
 */
function keepRestriction(
  core: Core,
  person: Person,
  { fact, act, withdrawals }: RestrictionChange & { readonly withdrawals: number | undefined },
): { readonly kept: Promise<unknown> } | undefined {
  if (person.leaving) return undefined;
  const counted = withdrawals === undefined ? {} : { withdrawals };
  const restriction: RestrictionEntry = { fact, act, timeMs: core.world.clock.nowMs(), ...counted };
  const entry = { kind: 'restriction', restriction } as const;
  foldEntry(person, entry);
  core.touched.add(person);
  const plain = utf8(entryText(entry));
  return { kept: core.witness.keep({ person, entry, plain, keepDays: 0, nowMs: restriction.timeMs }).done };
}
