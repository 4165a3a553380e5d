// The one door to personal data. `open` lets through the facts of one person that may be read now, for one
// purpose, in this place; consent, law, age, signals (all inside `Permissions`), provenance, controller,
// retention and sensitivity are applied here, once. It is the only file that mints a `View`, and the only
// one that hands out facts.

import { DAY_MS } from '../kernel/time.ts';
import { DATA_CATEGORIES, type DataCategory } from '../facts/category.ts';
import type { Fact, Profile, SensitiveLookup } from '../facts/fact.ts';
import type { ControllerId, SourceId } from '../facts/ids.ts';
import type { ClassName } from '../facts/item.ts';
import type { Permissions } from '../facts/permissions.ts';
import { type Purpose, SLOT_PURPOSES } from '../facts/purpose.ts';
import { type Refusal, refuse } from '../facts/refusal.ts';
import type { Source } from '../facts/source.ts';
import type { HeldFact, Order, Session, View } from '../facts/view.ts';
import { categoryOf } from './merge.ts';
import { ordersOf } from './orders.ts';
import { sessionsOf } from './sessions.ts';

/** One identity behind the door: the person, or another that they joined by their own act. */
export interface Identity {
  readonly profile: Profile;
  readonly permissions: Permissions;
  /** Keys of facts they set aside: these pass for the contract alone (restricted.ts). */
  readonly restricted: ReadonlySet<string>;
}

export interface OpenInput {
  /**
   * The person first, then joined identities. Each is judged by its own grants; a joined one never widens
   * the first.
   */
  readonly identities: readonly [Identity, ...Identity[]];
  readonly purpose: Purpose;
  readonly controller: ControllerId;
  /** Registered sources by id; a fact whose source is gone is not read. */
  readonly sources: ReadonlyMap<SourceId, Source>;
  readonly sensitiveOf: SensitiveLookup;
  /**
   * Classes the first person opened by an explicit declaration for this purpose. Opens nothing of a joined
   * identity.
   */
  readonly declaredClasses: ReadonlySet<ClassName>;
}

/** Opens the door, or says why it stays shut: when no category at all may be read for this purpose. */
export function open(input: OpenInput): View | Refusal {
  const [first, ...joined] = input.identities;
  const own = judgeCategories(first.permissions, input.purpose);
  const shut = shutReason(own);
  if (shut !== undefined) return shut;
  const passed: Fact[] = [];
  const held: HeldFact[] = [];
  for (const fact of first.profile.facts.values()) {
    const refusal = judgeFact(fact, { identity: first, answers: own, input, own: true });
    if (refusal === undefined) passed.push(fact);
    else held.push({ key: fact.key, refusal });
  }
  for (const [index, identity] of joined.entries()) {
    // Joined with oneself: the facts are there already.
    if (identity.profile === first.profile) continue;
    const theirs = judgeCategories(identity.permissions, input.purpose);
    // What the first one set aside are facts of their own, of the same key perhaps.
    const asFirst = { ...first, restricted: NOTHING };
    for (const fact of identity.profile.facts.values()) {
      const refusal =
        judgeFact(fact, { identity: asFirst, answers: own, input, own: false }) ??
        judgeFact(fact, { identity, answers: theirs, input, own: false });
      // What stays behind of a joined identity is not even listed: "held back: a test" would tell one what
      // the other bought.
      if (refusal === undefined) passed.push({ ...fact, key: joinedKey(index, fact.key) });
    }
  }
  return makeView(input, passed, held);
}

/**
 * Facts of the n-th joined identity: two people may well have a fact of the same key, and reads must name
 * one.
 */
function joinedKey(index: number, key: string): string {
  return `joined ${index + 1}|${key}`;
}

/**
 * The answers of `permissions` for one purpose. Asked once per category, because a profile has up to 2,000
 * facts.
 */
type Answers = ReadonlyMap<DataCategory, Refusal | undefined>;

function judgeCategories(permissions: Permissions, purpose: Purpose): Answers {
  return new Map(DATA_CATEGORIES.map((category) => [category, permissions.refusal(category, purpose)]));
}

/**
 * `undefined` when at least one category is open; otherwise the refusal that says most: silence only if
 * there is nothing else.
 */
function shutReason(answers: Answers): Refusal | undefined {
  let said: Refusal | undefined;
  for (const refusal of answers.values()) {
    if (refusal === undefined) return undefined;
    if (said === undefined || said.refused === 'no-grant') said = refusal;
  }
  return said;
}

interface Judging {
  readonly identity: Identity;
  readonly answers: Answers;
  readonly input: OpenInput;
  /** The fact is the first person's own. */
  readonly own: boolean;
}

function judgeFact(fact: Fact, { identity, answers, input, own }: Judging): Refusal | undefined {
  const { permissions, restricted } = identity;
  return (
    judgeCategory(fact, answers) ??
    judgeRestricted(fact, input.purpose, restricted) ??
    judgeOrigin(fact, input) ??
    judgeAge(fact, input.purpose, permissions) ??
    judgeSensitivity(fact, { own, permissions, input })
  );
}

/** The category follows from what the fact is; one that says otherwise was not made by the fold. */
function judgeCategory(fact: Fact, answers: Answers): Refusal | undefined {
  if (fact.category !== categoryOf(fact.kind, fact.name)) {
    return refuse('data-unreadable', 'The fact does not belong to the category that it names.');
  }
  return answers.has(fact.category)
    ? answers.get(fact.category)
    : refuse('unknown-category', 'No such category.');
}

function judgeRestricted(
  { key }: Fact,
  purpose: Purpose,
  restricted: ReadonlySet<string>,
): Refusal | undefined {
  if (purpose === 'serve' || !restricted.has(key)) return undefined;
  return refuse('restricted', 'The person set this fact aside.');
}

function judgeOrigin(fact: Fact, { controller, sources }: OpenInput): Refusal | undefined {
  if (fact.controller !== controller)
    return refuse('other-controller', 'The fact belongs to another controller.');
  const source = sources.get(fact.source);
  if (source === undefined || source.id !== fact.source)
    return refuse('source-unregistered', 'Its source is not registered (any more).');
  if (source.origin !== 'first-party')
    return refuse('source-not-first-party', `Its source is ${source.origin}.`);
  if (source.controller === controller) return undefined;
  return refuse('source-other-controller', 'Its source belongs to another controller.');
}

/** What the contract keeps for years serves other purposes only as long as the pack lets a profile live. */
function judgeAge(fact: Fact, purpose: Purpose, { pack, nowMs }: Permissions): Refusal | undefined {
  const profileEndMs = fact.lastMs + pack.profileDaysMax * DAY_MS;
  const endMs = purpose === 'serve' ? fact.expiresMs : Math.min(fact.expiresMs, profileEndMs);
  // A fact without readable times, or without an end, was not made by the fold.
  if (!Number.isFinite(fact.lastMs) || !Number.isFinite(fact.expiresMs)) {
    return refuse('data-unreadable', 'Its times cannot be read.');
  }
  return nowMs < endMs ? undefined : refuse('expired', 'It has been kept as long as this purpose allows.');
}

/**
 * A thing of a sensitive class passes for the person's own order, and where the person opened its class, or
 * all for the purpose `guard`, and the law lets them. Of a joined identity it never passes: nobody else's
 * word, and no contract, opens it to the one they share with.
 */
function judgeSensitivity(
  fact: Fact,
  { own, permissions, input }: Pick<Judging, 'own' | 'input'> & { readonly permissions: Permissions },
): Refusal | undefined {
  const sensitive = fact.item === undefined ? undefined : input.sensitiveOf(fact.item);
  if (sensitive === undefined || (own && input.purpose === 'serve')) return undefined;
  if (sensitive === 'unknown') {
    return refuse('sensitive', 'The catalogue does not know this thing, so it may tell too much.');
  }
  // A volunteer for `guard` has said so in express words, for things of these classes above all; nothing else
  // may read what is learned from it.
  const isSaid = input.purpose === 'guard' || input.declaredClasses.has(sensitive);
  const declared = permissions.pack.sensitiveByDeclaration && isSaid;
  if (own && declared) return undefined;
  return refuse('sensitive', `Things of the class ${sensitive} tell too much.`);
}

const NONE: readonly Fact[] = Object.freeze([]);
const NOTHING: ReadonlySet<string> = new Set();
/**
 * To learn what goes together, and to fill a slot with what is bought again; and to measure, which asks when
 * somebody bought and not what.
 */
const ORDERS_FOR: readonly Purpose[] = SLOT_PURPOSES;
const withoutItems = ({ timeMs }: Order): Order => Object.freeze({ timeMs, items: NO_ITEMS, keys: NO_KEYS });
const NO_ITEMS: Order['items'] = Object.freeze([]);
const NO_KEYS: Order['keys'] = Object.freeze([]);
const NO_ORDERS: readonly Order[] = Object.freeze([]);
/** To learn what is looked at next, and to fill a slot with it. */
const SESSIONS_FOR: readonly Purpose[] = SLOT_PURPOSES.filter((purpose) => purpose !== 'measure');
const NO_SESSIONS: readonly Session[] = Object.freeze([]);

function makeView(input: OpenInput, passed: readonly Fact[], held: readonly HeldFact[]): View {
  const byCategory = new Map<DataCategory, Fact[]>();
  for (const fact of passed.toSorted((a, b) => (a.key < b.key ? -1 : 1))) {
    const list = byCategory.get(fact.category);
    if (list === undefined) byCategory.set(fact.category, [fact]);
    else list.push(fact);
  }
  // A View may be kept for many decisions; whoever reads it cannot change what the next one sees.
  for (const list of byCategory.values()) Object.freeze(list);
  const read = new Set<DataCategory>();
  const [{ permissions, profile }] = input.identities;
  const afterMs = permissions.nowMs - permissions.pack.profileDaysMax * DAY_MS;
  const view = {
    purpose: input.purpose,
    controller: input.controller,
    place: permissions.place,
    nowMs: permissions.nowMs,
    read: (category: DataCategory): readonly Fact[] => {
      const list = byCategory.get(category);
      if (list === undefined) return NONE;
      read.add(category);
      return list;
    },
    orders: (): readonly Order[] => {
      const list = ORDERS_FOR.includes(input.purpose) ? byCategory.get('purchases') : undefined;
      if (list === undefined) return NO_ORDERS;
      read.add('purchases');
      const orders = ordersOf(list, profile, afterMs);
      return input.purpose === 'measure' ? orders.map(withoutItems) : orders;
    },
    sessions: (): readonly Session[] => {
      const list = SESSIONS_FOR.includes(input.purpose) ? byCategory.get('browsing') : undefined;
      if (list === undefined) return NO_SESSIONS;
      read.add('browsing');
      return sessionsOf(list, profile, afterMs);
    },
    reads: (): readonly string[] =>
      [...read].flatMap((category) => (byCategory.get(category) ?? NONE).map(({ key }) => key)).sort(),
    held: (): readonly HeldFact[] => held,
  };
  // The only mint of the brand.
  return view as unknown as View;
}
