// What lies in front of the person right now: the product page that is open, the things in the basket. Used
// for this answer only. A thing of a sensitive class may speak on a screen of the person's own, there and
// then; where others look on it is as if it were not there, because what goes with it would tell.

import { CHANNEL_PUBLICITY, type Publicity } from '../facts/channel.ts';
import type { ContextItem, DecisionInput } from '../facts/decision.ts';
import type { SensitiveClass } from '../facts/item.ts';
import type { Placement } from '../facts/placement.ts';
import { type Shelf, classAt } from './shelf.ts';

export interface SeenContext {
  /** Context that may score. */
  readonly scoring: readonly ContextItem[];
  /** Shelf indices of all its things. */
  readonly indices: ReadonlySet<number>;
  readonly leaves: ReadonlySet<number>;
  /** Classes that the person is looking at on a screen of their own: open in this answer. */
  readonly openClasses: ReadonlySet<SensitiveClass>;
}

/** From private to public. */
const PUBLICITIES: readonly Publicity[] = ['own-screen', 'shared-screen', 'open'];

/**
 * Who may look on: what the channel says or, if that is more public, the placement. A setting never makes a
 * letter private.
 */
export function publicityOf(placement: Placement, channel: DecisionInput['channel']): Publicity {
  const ofChannel = CHANNEL_PUBLICITY[channel];
  const said = placement.publicity ?? ofChannel;
  return PUBLICITIES.indexOf(said) > PUBLICITIES.indexOf(ofChannel) ? said : ofChannel;
}

export function seeContext(shelf: Shelf, placement: Placement, input: DecisionInput): SeenContext {
  const ownScreen = publicityOf(placement, input.channel) === 'own-screen';
  const scoring: ContextItem[] = [];
  const indices = new Set<number>();
  const leaves = new Set<number>();
  const openClasses = new Set<SensitiveClass>();
  for (const entry of input.context) {
    const index = shelf.indexOf.get(entry.item);
    const other = index === undefined ? shelf.others.get(entry.item) : undefined;
    const leaf = index === undefined ? other?.leaf : shelf.leaves[index];
    const sensitive = index === undefined ? other?.sensitive : classAt(shelf, index);
    if (leaf !== undefined) leaves.add(leaf);
    if (index !== undefined) indices.add(index);
    if (sensitive !== undefined && ownScreen) openClasses.add(sensitive);
    if (sensitive === undefined || ownScreen) scoring.push(entry);
  }
  return { scoring, indices, leaves, openClasses };
}
