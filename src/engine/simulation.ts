// The counts of a simulation. A count says how many decisions or things, and never stands for fewer than
// twenty people: who narrows a policy and sees "1" would know whose list it was. Nor is it exact: who
// subtracts two simulations would know it as well.

import type { DecisionResult, GuardName, NothingReason } from '../facts/decision.ts';
import { GUARD_NAMES, NOTHING_REASONS } from '../facts/decision.ts';
import { DATA_CATEGORIES } from '../facts/category.ts';
import { comparePolicies } from '../facts/compare-policies.ts';
import { type Policy, NO_RULES } from '../facts/policy.ts';
import { GRANTABLE_PURPOSES } from '../facts/purpose.ts';
import type { TellOnce } from './figures.ts';

/** A count, roughly; `few`: none, or not surely `LIMITS.peopleOutsideMin` people behind it. */
export type Figure = number | 'few';

export interface Change<Name extends string> {
  readonly name: Name;
  /** Only under the other policy. */
  readonly more: Figure;
  /** Only as it was. */
  readonly less: Figure;
}

export interface Simulated {
  /** Newest decisions that were looked at. */
  readonly decisions: Figure;
  /** Of these: model, catalogue or policy of then are gone. */
  readonly notKept: Figure;
  /** Of these: their slot has another purpose now, so what would have been read is not known. */
  readonly otherPurpose: Figure;
  /** Decided again both ways. */
  readonly compared: Figure;
  /** Other things, or another order; a slot that would not be there counts. */
  readonly changedLists: Figure;
  /** Decisions whose slot or channel would not have been there. */
  readonly noSlot: Figure;
  /** Things held back before the list was full, by guard. */
  readonly held: readonly Change<GuardName>[];
  /** Answers with nothing in them, by reason. */
  readonly nothing: readonly Change<NothingReason>[];
  /** What the other policy changes and the records cannot show. */
  readonly cannotShow: readonly string[];
}

export interface Compared {
  readonly whose: string;
  readonly was: DecisionResult;
  readonly would: DecisionResult | 'no-slot' | 'other-purpose';
}

export interface Simulation {
  add(compared: Compared): void;
  notKept(whose: string): void;
  told(): Simulated;
}

/** `tell`: what may be said of a count, by how many people stand behind it. */
export function createSimulation(before: Policy, after: Policy, tell: TellOnce): Simulation {
  const tally = createTally(tell);
  return {
    notKept: (whose) => {
      tally.count('decisions', whose);
      tally.count('not-kept', whose);
    },
    add: ({ whose, was, would }) => {
      tally.count('decisions', whose);
      if (would === 'other-purpose') {
        tally.count('other-purpose', whose);
        return;
      }
      tally.count('compared', whose);
      if (would === 'no-slot') tally.count('no-slot', whose);
      const list = would === 'no-slot' ? [] : would.items.map(({ item }) => item);
      if (was.items.map(({ item }) => item).join('\n') !== list.join('\n')) tally.count('changed', whose);
      if (would !== 'no-slot') countChanges(tally, { whose, was, would });
    },
    told: () => ({
      decisions: tally.figure('decisions'),
      notKept: tally.figure('not-kept'),
      otherPurpose: tally.figure('other-purpose'),
      compared: tally.figure('compared'),
      changedLists: tally.figure('changed'),
      noSlot: tally.figure('no-slot'),
      held: changes(GUARD_NAMES, 'held', tally),
      nothing: changes(NOTHING_REASONS, 'nothing', tally),
      cannotShow: cannotShow(before, after),
    }),
  };
}

function countChanges(
  tally: Tally,
  { whose, was, would }: Compared & { readonly would: DecisionResult },
): void {
  const names = ({ held }: DecisionResult): Set<string> =>
    new Set(held.map(({ item, guard }) => `${guard} ${item}`));
  const [a, b] = [names(was), names(would)];
  for (const name of b) if (!a.has(name)) tally.count(`held more ${name.split(' ')[0]}`, whose);
  for (const name of a) if (!b.has(name)) tally.count(`held less ${name.split(' ')[0]}`, whose);
  if (was.nothing === would.nothing) return;
  if (would.nothing !== undefined) tally.count(`nothing more ${would.nothing}`, whose);
  if (was.nothing !== undefined) tally.count(`nothing less ${was.nothing}`, whose);
}

interface Tally {
  count(name: string, whose: string): void;
  figure(name: string): Figure;
}

function createTally(tell: TellOnce): Tally {
  const counts = new Map<string, { count: number; readonly people: Set<string> }>();
  return {
    count: (name, whose) => {
      const kept = counts.get(name) ?? { count: 0, people: new Set() };
      kept.count += 1;
      kept.people.add(whose);
      counts.set(name, kept);
    },
    figure: (name) => {
      const kept = counts.get(name);
      return tell(kept?.count ?? 0, kept?.people.size ?? 0);
    },
  };
}

/** Those where something changed, as far as that may be told: a line that says "few" twice says somebody. */
function changes<Name extends string>(
  names: readonly Name[],
  of: 'held' | 'nothing',
  tally: Tally,
): readonly Change<Name>[] {
  return names
    .map((name) => ({
      name,
      more: tally.figure(`${of} more ${name}`),
      less: tally.figure(`${of} less ${name}`),
    }))
    .filter(({ more, less }) => [more, less].some((one) => typeof one === 'number' && one > 0));
}

function cannotShow(before: Policy, after: Policy): readonly string[] {
  const out: string[] = [];
  const read = ({ purposes }: Policy, purpose: (typeof GRANTABLE_PURPOSES)[number]): readonly string[] =>
    purposes === undefined ? DATA_CATEGORIES : (purposes[purpose] ?? []);
  const wider = GRANTABLE_PURPOSES.filter((purpose) =>
    read(after, purpose).some((category) => !read(before, purpose).includes(category)),
  );
  if (wider.length > 0)
    out.push(`what would be read in addition for ${wider.join(', ')}: it stayed behind the door`);
  const { sensitive: a = NO_RULES } = before;
  const { sensitive: b = NO_RULES } = after;
  const changed = comparePolicies(before, after).filter(({ field }) => field.startsWith('sensitive/'));
  if (changed.some(({ effect }) => effect !== 'stricter') || b.except.length > a.except.length)
    out.push('facts about things that are no longer sensitive: they stayed behind the door');
  if (comparePolicies(before, after).some(({ field }) => field.startsWith('proxies/')))
    out.push('other proxies: lists were held back by those of then');
  const contact = comparePolicies(before, after).filter(({ field }) => /^contact\/(quiet|back)/.test(field));
  if (contact.length > 0)
    out.push('other quiet hours or another back-off: contacts were stopped as they were then');
  const audiences = comparePolicies(before, after).filter(({ field }) => /audience/.test(field));
  if (audiences.length > 0) out.push('who is in other audiences: their slots are taken as empty');
  if (before.minPeople !== after.minPeople || changed.length > 0)
    out.push('the model of the other policy: lists were made with the models of then');
  return out;
}
