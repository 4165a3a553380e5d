// A recorded decision as it would have been asked under another policy: what that one would not have let be
// read is taken out, what it caps otherwise is counted again. What it would have let be read in addition is
// not in the record: the door kept it back, and nobody wrote down what stayed behind.

import { type Exposure, barShown, shownBefore } from '../decide/caps.ts';
import { contextFor } from '../decide/next-click.ts';
import { capsOn } from '../decide/pressure.ts';
import { type Shelf, classAt, leafOn } from '../decide/shelf.ts';
import type { DataCategory } from '../facts/category.ts';
import type { ContactRules, Pressure } from '../facts/contact.ts';
import type { DecisionInput, DecisionRecord, GuardName, WeighedFact } from '../facts/decision.ts';
import { factName } from '../facts/fact-key.ts';
import { FACT_CATEGORY, FACT_KINDS } from '../facts/fact.ts';
import type { ItemId } from '../facts/ids.ts';
import type { Placement } from '../facts/placement.ts';
import type { Policy } from '../facts/policy.ts';

/** Lists shown to one person before, in their order; grown by whoever reads the journal. */
export type Exposures = Exposure[];

export type Rewritten =
  /** The slot, or the channel of it, is not there any more: nothing would have been asked. */
  | { readonly kind: 'no-slot' }
  /** The slot has another purpose: what may be read for that one is not in the record. */
  | { readonly kind: 'other-purpose' }
  | { readonly kind: 'input'; under(shelf: Shelf): DecisionInput };

export interface Rewriting {
  readonly before: Policy;
  readonly after: Policy;
  readonly exposures: Exposures;
}

export function rewrite({ input }: DecisionRecord, { before, after, exposures }: Rewriting): Rewritten {
  const slot = after.placements.find(({ id }) => id === input.placement);
  if (slot === undefined || !slot.channels.includes(input.channel)) return { kind: 'no-slot' };
  if (slot.purpose !== input.purpose) return { kind: 'other-purpose' };
  const old = before.placements.find(({ id }) => id === input.placement) ?? slot;
  const categories = after.purposes === undefined ? undefined : (after.purposes[input.purpose] ?? []);
  const { audience, ...rest } = { ...input, policy: after.version };
  // Who is in another audience is not in the record, so nobody is.
  const kept = audience !== undefined && isSameAudience({ before, after, old, slot }) ? { audience } : {};
  // A next click alone has a context in the order of looking.
  const context = old.strategy === slot.strategy ? rest.context : contextFor(itemsIn(rest), slot);
  const named: DecisionInput = { ...rest, ...kept, context };
  if (input.refused !== undefined) return { kind: 'input', under: () => named };
  if (categories?.length === 0) {
    const shut: DecisionInput = { ...named, refused: 'not-in-policy', facts: [], barred: [], shown: 0 };
    return { kind: 'input', under: () => shut };
  }
  const mayRead = (category: DataCategory): boolean => categories?.includes(category) ?? true;
  const facts = input.facts.filter((fact) => mayRead(categoryOf(fact)));
  // Caps that stay as they are stay as they were counted; others are counted now, before more is shown.
  const shown = { exposures, placement: slot, nowMs: input.timeMs };
  // More is shown before the shelf is there.
  const past = [...exposures];
  const base = input.barred.filter(({ guard }) => guard !== 'item-cap');
  const capped = sameCap(old, slot, 'capPerItem') ? input.barred : barShown(base, shown);
  const rewritten: DecisionInput = {
    ...named,
    facts,
    barred: capped.filter(({ guard }) => barsUnder(guard, mayRead)),
    shown: sameCap(old, slot, 'capPerPerson') ? input.shown : shownBefore(shown),
  };
  return {
    kind: 'input',
    under: (shelf) => withoutSensitive(underPressure(rewritten, { after, exposures: past, shelf }), shelf),
  };
}

function itemsIn({ context }: Pick<DecisionInput, 'context'>): readonly ItemId[] {
  return context.map(({ item }) => item);
}

/**
 * Caps are counted again, over this identity alone; what time it was there and what had been answered is
 * taken as it was.
 */
function underPressure(
  input: DecisionInput,
  {
    after,
    exposures,
    shelf,
  }: { readonly after: Policy; readonly exposures: Exposures; readonly shelf: Shelf },
): DecisionInput {
  const { pressure: then, ...rest } = input;
  if (after.contact === undefined) return rest;
  const { leaves, stop = stopThen(then, after.contact, input) } = capsOn(after.contact, {
    own: exposures,
    joined: [],
    forgottenMs: Number.NEGATIVE_INFINITY,
    channel: input.channel,
    campaign: input.campaign,
    nowMs: input.timeMs,
    leafOf: (item) => leafOn(shelf, item),
  });
  if (stop === undefined && leaves.length === 0) return rest;
  return { ...rest, pressure: stop === undefined ? { leaves } : { stop, leaves } };
}

function stopThen(
  then: Pressure | undefined,
  { holdOut }: ContactRules,
  { channel }: DecisionInput,
): Pressure['stop'] {
  const by = then?.stop?.by;
  if (by === 'backed-off' || by === 'quiet-hours') return then?.stop;
  // For whom a campaign is, and how much of it there was, is taken as it was.
  if (by === 'not-newcomer' || by === 'campaign-full') return then?.stop;
  const isByLot = by === 'held-out' || by === 'learned-stop';
  return isByLot && holdOut?.channels.includes(channel) === true ? then?.stop : undefined;
}

function isSameAudience({
  before,
  after,
  old,
  slot,
}: Pick<Rewriting, 'before' | 'after'> & Readonly<Record<'old' | 'slot', Placement>>): boolean {
  const meant = ({ audiences = [] }: Policy, { audience }: Placement): string =>
    JSON.stringify(audiences.find(({ name }) => name === audience) ?? null);
  return meant(before, old) === meant(after, slot);
}

/** Of a joined identity as of one's own. A key that names no kind belongs to what is never weighed. */
function categoryOf({ key }: WeighedFact): DataCategory {
  const kind = FACT_KINDS.find((name) => name === factName(key).kind);
  return kind === undefined ? 'demographics' : FACT_CATEGORY[kind];
}

/** A bar that a fact made is gone when the fact may not be read; a cap rests on no fact. */
function barsUnder(guard: GuardName, mayRead: (category: DataCategory) => boolean): boolean {
  if (guard === 'bought' || guard === 'returned') return mayRead('purchases');
  // A no is said or clicked, and the record does not tell which.
  if (guard === 'disliked') return mayRead('declared') || mayRead('interactions');
  return true;
}

/** Facts about things of a class do not pass the door; bars on them change nothing, as they are not shown. */
function withoutSensitive(input: DecisionInput, shelf: Shelf): DecisionInput {
  const isSensitive = (item: WeighedFact['item']): boolean => {
    const index = shelf.indexOf.get(item);
    const found = index === undefined ? shelf.others.get(item)?.sensitive : classAt(shelf, index);
    return found !== undefined;
  };
  const facts = input.facts.filter(({ item }) => !isSensitive(item));
  return facts.length === input.facts.length ? input : { ...input, facts };
}

function sameCap(a: Placement, b: Placement, name: 'capPerItem' | 'capPerPerson'): boolean {
  return a[name].impressionsMax === b[name].impressionsMax && a[name].windowHours === b[name].windowHours;
}
