// Two identities of one person, or a household that shares: joined only by an act on both sides, undone by either.

import { utf8 } from '../kernel/bytes.ts';
import type { LinkEntry } from '../facts/entry.ts';
import type { PersonId } from '../facts/ids.ts';
import { activeJoins, judgeJoin, wantedJoins } from '../profile/joined.ts';
import type { Problem } from '../facts/parse.ts';
import type { Core } from './core.ts';
import { entryText } from './journal.ts';
import { type Person, foldEntry } from './person.ts';

/** Identities that this person joined and that joined them in turn. */
export async function joinedOf(core: Core, person: Person): Promise<readonly Person[]> {
  const others = new Map<PersonId, Person>();
  for (const id of wantedJoins(person.links)) {
    const other = core.people.cached(id) ?? (await core.people.get(id));
    if (other !== undefined && other !== 'erased' && !other.unreadable) others.set(id, other);
  }
  const active = activeJoins({ person: person.id, links: person.links, linksOf: (id) => others.get(id)?.links });
  return active.flatMap((id) => others.get(id) ?? []);
}

export interface LinkChange {
  readonly person: PersonId;
  readonly other: PersonId;
  readonly act: LinkEntry['act'];
}

/** One side's act. The join holds once the other side has done the same. Durable when it resolves. */
export async function changeLink(core: Core, change: LinkChange): Promise<'kept' | 'no-such-person' | Problem> {
  const person = await core.people.get(change.person);
  if (person === undefined || person === 'erased') return 'no-such-person';
  const wrong = change.act === 'join' ? judgeJoin(person.id, person.links, change.other) : undefined;
  if (wrong !== undefined) return wrong;
  const parts = change.act === 'part';
  // Undoing is a withdrawal: counted outside the backups first, so that no restore brings the join back.
  if (parts) person.revocations = await core.world.keys.revoke(person.key);
  const { other, act } = change;
  const counted = parts ? { withdrawals: person.revocations } : {};
  const link: LinkEntry = { other, act, timeMs: core.world.clock.nowMs(), ...counted };
  const entry = { kind: 'link', link } as const;
  foldEntry(person, entry);
  core.touched.add(person);
  await core.witness.keep({ person, entry, plain: utf8(entryText(entry)), keepDays: 0, nowMs: link.timeMs }).done;
  return 'kept';
}
