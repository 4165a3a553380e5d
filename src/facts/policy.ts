// What a shop decides once, for everybody: which purposes it uses and with which data, what counts as
// sensitive, who may look on where, how often, and how many people stand behind a number. A policy can only
// narrow what the law and the person allow; where it loosens a default of ours it says why, and that reason
// is committed with it.

import type { Audience } from './audience.ts';
import type { BudgetRules } from './budget.ts';
import type { DataCategory } from './category.ts';
import { CHANNEL_PUBLICITY, type Channel, type Publicity } from './channel.ts';
import type { ContactRules } from './contact.ts';
import type { ItemId } from './ids.ts';
import type { JointRules } from './joint.ts';
import type { ClassName } from './item.ts';
import type { Placement } from './placement.ts';
import type { Purpose } from './purpose.ts';

/** Things of the catalogue: by their ids, or by the beginning of their path. */
export interface Things {
  readonly items: readonly ItemId[];
  /** Beginnings of `Item.path`, compared step by step without regard to case: `['Food', 'Wine']`. */
  readonly paths: readonly (readonly string[])[];
}

/** These things are of this class, whatever the catalogue says of them. */
export interface AddedClass extends Things {
  readonly class: ClassName;
}

/** These things are not of this class, though the catalogue says so. */
export interface ExceptedClass extends Things {
  readonly class: ClassName;
  readonly reason: string;
}

export interface SensitiveRules {
  readonly add: readonly AddedClass[];
  readonly except: readonly ExceptedClass[];
  /** Classes that nothing opens: not even a thing of that class on the person's own screen (SPEC D5). */
  readonly neverInContext: readonly ClassName[];
  /**
   * Unmapped things (unmapped.ts) that somebody looked at and found to be of no class. It takes them off the
   * list, and never takes a class away. Absent in old policies: none.
   */
  readonly reviewed?: Things;
  /** What happens to unmapped things until then; absent in old policies: `show`. */
  readonly unmapped?: UnmappedRule;
}

/**
 * `show`: they are treated like things of no class, and counted. `hold`: nobody is shown them and nothing is
 * learned from them, like things that nobody can judge.
 */
export const UNMAPPED_RULES = ['show', 'hold'] as const;
export type UnmappedRule = (typeof UNMAPPED_RULES)[number];

/**
 * For which leaves of a sensitive class ordinary things are looked for that betray it, and from when on that
 * is known well enough to be used. Absent: none are looked for.
 */
export interface ProxyRules {
  /** Beginnings of paths, as in `Things.paths`; leaves below them with things of a sensitive class count. */
  readonly paths: Things['paths'];
  /**
   * Volunteers before the first list of proxies is made. Few are worse than none: what is left when all that
   * is unknown is held back tells more than what was shown before (docs/the-line.md).
   */
  readonly volunteersMin: number;
  /** Share of false ones among the proxies found. */
  readonly falseRate: number;
  /**
   * Whether what goes with these leaves is taken out of the model as well, where no single thing is sure to
   * betray one (learn/proxies/even-out.ts). Absent in old policies: no.
   */
  readonly erase?: boolean;
}

/** Who may look on at a channel, and why that is less than we assume, if it is. */
export interface ChannelRule {
  readonly publicity: Publicity;
  readonly reason?: string;
}

/** For each purpose the shop uses, the categories it may read. A purpose that is not there is not used. */
export type PurposeRules = Readonly<Partial<Record<Purpose, readonly DataCategory[]>>>;
export type ChannelRules = Readonly<Record<Channel, ChannelRule>>;

/** What the guards look at beside the placement. */
export interface LineRules {
  readonly channels?: ChannelRules;
  readonly sensitive?: SensitiveRules;
  readonly contact?: Pick<ContactRules, 'holdOut'>;
  /** Whom slots are for, by name; absent for none. */
  readonly audiences?: readonly Audience[];
}

/**
 * Everything a shop configures that changes decisions; complete, versioned, committed to the log. Policies of
 * before there was a policy file hold placements and minPeople alone: they narrow no purpose, and channels
 * and classes are as the defaults have them. A decision is replayed under the policy that it names.
 */
export interface Policy extends LineRules {
  /** Hex SHA-256 of the canonical JSON of the rest. */
  readonly version: string;
  readonly placements: readonly Placement[];
  /** People behind any learned number. */
  readonly minPeople: number;
  readonly purposes?: PurposeRules;
  readonly proxies?: ProxyRules;
  /** How often the shop may come to a person; absent in old policies: as often as each placement says. */
  readonly contact?: ContactRules;
  /** With which other sellers the shop learns together; absent: with nobody. */
  readonly joint?: JointRules;
  /** How things that too few people have yet are found beside exploration; absent: in no other way. */
  readonly newThings?: NewThings;
  /** What may be made public; absent in old policies: as the default has it. */
  readonly budget?: BudgetRules;
}

/** By what the catalogue says they are like, or not at all. */
export const NEW_THINGS = ['none', 'likeness'] as const;
export type NewThings = (typeof NEW_THINGS)[number];

/** What is sensitive by the catalogue alone. */
export const NO_RULES: SensitiveRules = { add: [], except: [], neverInContext: [] };

/** Each channel as public as we assume it to be. */
export const DEFAULT_CHANNELS: ChannelRules = {
  web: { publicity: CHANNEL_PUBLICITY.web },
  app: { publicity: CHANNEL_PUBLICITY.app },
  email: { publicity: CHANNEL_PUBLICITY.email },
  push: { publicity: CHANNEL_PUBLICITY.push },
  letter: { publicity: CHANNEL_PUBLICITY.letter },
  till: { publicity: CHANNEL_PUBLICITY.till },
  assistant: { publicity: CHANNEL_PUBLICITY.assistant },
  ar: { publicity: CHANNEL_PUBLICITY.ar },
};

/**
 * The purposes a shop without a policy uses, each with the categories that something in the engine reads for
 * it: weighing and barring (src/decide/weigh.ts, bar.ts), statistics (src/engine/learning.ts), outcomes
 * (src/engine/collecting.ts).
 */
export const DEFAULT_PURPOSES: PurposeRules = {
  recommend: ['purchases', 'browsing', 'basket', 'interactions', 'declared'],
  improve: ['purchases'],
  contact: ['purchases', 'browsing', 'basket', 'interactions', 'declared'],
  measure: ['purchases', 'interactions'],
};
