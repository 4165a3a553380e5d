// What lies in front of the person right now: the product page that is open, the things in the basket. Used
// for this answer only. A thing of a sensitive class may speak on a screen of the person's own, there and
// then; where others look on it is as if it were not there, because what goes with it would tell.

import { CHANNEL_PUBLICITY, type Publicity, isMorePublic } from '../facts/channel.ts';
import type { ContextItem, DecisionInput } from '../facts/decision.ts';
import type { ClassName } from '../facts/item.ts';
import type { Placement } from '../facts/placement.ts';
import { DEFAULT_CHANNELS, type LineRules } from '../facts/policy.ts';
import { type Shelf, classAt } from './shelf.ts';

export interface SeenContext {
  /** Context that may score. */
  readonly scoring: readonly ContextItem[];
  /** Shelf indices of all its things. */
  readonly indices: ReadonlySet<number>;
  readonly leaves: ReadonlySet<number>;
  /** Classes that the person is looking at, or declared, on a screen of their own: open in this answer. */
  readonly openClasses: ReadonlySet<ClassName>;
}

/**
 * Who may look on: what the policy says of the channel or, if that is more public, the placement. A placement
 * never makes a letter private.
 */
export function publicityOf(
  placement: Placement,
  channel: DecisionInput['channel'],
  { channels = DEFAULT_CHANNELS }: LineRules = {},
): Publicity {
  const ofChannel = channels[channel].publicity;
  const said = placement.publicity ?? ofChannel;
  return isMorePublic(said, ofChannel) ? said : ofChannel;
}

/** Where something would be shown. */
export interface Where {
  readonly placement: Placement;
  readonly channel: DecisionInput['channel'];
  readonly line?: LineRules | undefined;
}

/**
 * Whether it is a screen of one's own by our default as well as by the policy: the notice says “never in a
 * mail, in a letter or at the till”, and no policy can make that untrue.
 */
export function isAloneAt({ placement, channel, line }: Where): boolean {
  return (
    CHANNEL_PUBLICITY[channel] === 'own-screen' && publicityOf(placement, channel, line) === 'own-screen'
  );
}

/**
 * Of the classes that a person declared those that are open there; what the policy never shows stays closed.
 */
export function openByDeclaration(
  declared: readonly ClassName[],
  { placement, channel, line = {} }: Where,
): readonly ClassName[] {
  const never = line.sensitive?.neverInContext ?? [];
  return isAloneAt({ placement, channel, line }) ? declared.filter((name) => !never.includes(name)) : [];
}

export interface Seeing {
  readonly placement: Placement;
  readonly line?: LineRules;
  readonly input: Pick<DecisionInput, 'channel' | 'context' | 'declared'>;
}

/** Of the context what counts; things of a class that is not open here speak for nothing. */
export function seeContext(shelf: Shelf, { placement, line, input }: Seeing): SeenContext {
  const ownScreen = publicityOf(placement, input.channel, line) === 'own-screen';
  const never = line?.sensitive?.neverInContext ?? [];
  const scoring: ContextItem[] = [];
  const indices = new Set<number>();
  const leaves = new Set<number>();
  const openClasses = new Set(
    openByDeclaration(input.declared ?? [], { placement, channel: input.channel, line }),
  );
  for (const entry of input.context) {
    const index = shelf.indexOf.get(entry.item);
    const other = index === undefined ? shelf.others.get(entry.item) : undefined;
    const leaf = index === undefined ? other?.leaf : shelf.leaves[index];
    // What nobody knows may tell anything: where others look on it must not even fade what else was looked
    // at.
    const unplaced = other === undefined ? 'unknown' : other.sensitive;
    const sensitive = index === undefined ? unplaced : classAt(shelf, index);
    if (leaf !== undefined) leaves.add(leaf);
    const place = index ?? other?.index;
    if (place !== undefined) indices.add(place);
    const isOpen = ownScreen && sensitive !== undefined && !never.some((name) => name === sensitive);
    // A proxy speaks for itself there and then, and for nothing that its class holds.
    const isProxy = index === undefined ? other?.isProxy === true : shelf.proxies[index] === 1;
    if (isOpen && !isProxy && sensitive !== 'unknown') openClasses.add(sensitive);
    if (sensitive === undefined || isOpen) scoring.push(entry);
  }
  return { scoring, indices, leaves, openClasses };
}
