// Two identities of one person, or a household that shares: joined only by an act on both sides, undone by
// either.

import { utf8 } from '../kernel/bytes.ts';
import type { LinkEntry } from '../facts/entry.ts';
import type { PersonId } from '../facts/ids.ts';
import { activeJoins, judgeJoin, wantedJoins } from '../profile/joined.ts';
import type { Problem } from '../facts/parse.ts';
import type { Core } from './core.ts';
import { entryText } from './journal.ts';
import { type Person, foldEntry } from './person.ts';
import { raced } from './racing.ts';
import { type Counting, countedFirst, newCounting } from './withdrawal-count.ts';

/** Identities that this person joined and that joined them in turn. */
export async function joinedOf(core: Core, person: Person): Promise<readonly Person[]> {
  const others = new Map<PersonId, Person>();
  for (const id of wantedJoins(person.links)) {
    // What another engine wrote in their journal takes no number in this person's: it has to be looked for.
    const other = core.people.current(id) ?? (await core.people.fresh(id));
    if (other !== undefined && other !== 'erased' && !other.unreadable) others.set(id, other);
  }
  const active = activeJoins({
    person: person.id,
    links: person.links,
    linksOf: (id) => others.get(id)?.links,
  });
  return active.flatMap((id) => others.get(id) ?? []);
}

export interface LinkChange {
  readonly person: PersonId;
  readonly other: PersonId;
  readonly act: LinkEntry['act'];
}

/** One side's act. The join holds once the other side has done the same. Durable when it resolves. */
export function changeLink(core: Core, change: LinkChange): Promise<'kept' | 'no-such-person' | Problem> {
  const counting = newCounting();
  return raced(core, () => linkOnce(core, change, counting));
}

async function linkOnce(core: Core, change: LinkChange, counting: Counting): ReturnType<typeof changeLink> {
  const person = await core.people.fresh(change.person);
  if (person === undefined || person === 'erased' || person.leaving) return 'no-such-person';
  const wrong = change.act === 'join' ? judgeJoin(person.id, person.links, change.other) : undefined;
  if (wrong !== undefined) return wrong;
  const say = (withdrawals?: number) => keepLink(core, person, { ...change, withdrawals });
  // Undoing is a withdrawal: counted outside the backups first, so that no restore brings the join back.
  const done = change.act === 'part' ? await countedFirst(core, { person, counting }, say) : say();
  if (done === undefined) return 'no-such-person';
  await done.kept;
  return 'kept';
}

/**
 * `undefined` when they were erased in the meantime. In an object, because a bare promise would be awaited
 * too early.
 */
function keepLink(
  core: Core,
  person: Person,
  { other, act, withdrawals }: LinkChange & { readonly withdrawals: number | undefined },
): { readonly kept: Promise<unknown> } | undefined {
  if (person.leaving) return undefined;
  const counted = withdrawals === undefined ? {} : { withdrawals };
  const link: LinkEntry = { other, act, timeMs: core.world.clock.nowMs(), ...counted };
  const entry = { kind: 'link', link } as const;
  foldEntry(person, entry);
  core.touched.add(person);
  const plain = utf8(entryText(entry));
  return { kept: core.witness.keep({ person, entry, plain, keepDays: 0, nowMs: link.timeMs }).done };
}
