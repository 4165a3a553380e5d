// Which identities stand together behind the door: a guest's device and the account they signed in to, two
// people who share a household. A join is an act of each side, written in each side's own journal, and
// either side undoes it alone. Nothing is joined by inference: no fingerprint, no "same address, so same
// person" (promise L5).
//
//   A's journal: join B ──────────────── part B        A and B stand together only while both say "join",
//   B's journal: ────────── join A ────────────        whatever the order; and only the two of them: who B is
//                          └─ together ─┘              joined with does not come along.

import { LIMITS } from '../kernel/limits.ts';
import type { LinkEntry } from '../facts/entry.ts';
import type { PersonId } from '../facts/ids.ts';
import { type Problem, problem } from '../facts/parse.ts';

/**
 * The joins one journal asks for, oldest first: the latest word about each other counts, in the order of
 * the journal and not of the clocks. At most `LIMITS.linksPerPersonMax`; a join beyond that is as if it had
 * not been said (see `judgeJoin`).
 */
export function foldLink(links: readonly LinkEntry[], entry: LinkEntry): readonly LinkEntry[] {
  const known = links.some((link) => link.other === entry.other);
  if (entry.act === 'join') {
    return known || links.length >= LIMITS.linksPerPersonMax ? links : [...links, entry];
  }
  // Whatever is not a join ends one.
  return known ? links.filter((link) => link.other !== entry.other) : links;
}

/** Whom this journal asks to be joined with: what the engine has to load before it can ask `activeJoins`. */
export function wantedJoins(journal: readonly LinkEntry[]): readonly PersonId[] {
  let links: readonly LinkEntry[] = [];
  for (const entry of journal) links = foldLink(links, entry);
  return links.map((link) => link.other);
}

export interface JoinInput {
  readonly person: PersonId;
  /** Link entries of this person's journal, all of them or folded by `foldLink`. */
  readonly links: readonly LinkEntry[];
  /**
   * The same of another's journal; `undefined` when there is none or it cannot be read: then there is no
   * join.
   */
  readonly linksOf: (other: PersonId) => readonly LinkEntry[] | undefined;
}

/**
 * Whom this person stands together with now: those they joined and who joined them. Oldest join of this
 * person first.
 */
export function activeJoins({ person, links, linksOf }: JoinInput): readonly PersonId[] {
  return wantedJoins(links).filter((other) => {
    const theirs = other === person ? undefined : linksOf(other);
    return theirs !== undefined && wantedJoins(theirs).includes(person);
  });
}

/**
 * Why this join cannot be written into the journal, if it cannot: so that nobody believes in a join that
 * never counts.
 */
export function judgeJoin(
  person: PersonId,
  journal: readonly LinkEntry[],
  other: PersonId,
): Problem | undefined {
  if (person === other) {
    return problem('other', 'another identity than your own', 'Name the one to be joined with.');
  }
  const wanted = wantedJoins(journal);
  if (wanted.includes(other) || wanted.length < LIMITS.linksPerPersonMax) return undefined;
  const expected = `at most ${LIMITS.linksPerPersonMax} joined identities`;
  return problem('other', expected, 'Undo a join that is no longer needed.');
}
