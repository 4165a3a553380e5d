// The stages put together for one decision, as the engine does it (engine/deciding.ts, viewing.ts, seen.ts):
// permissions, door, weights, bars, caps, decision, answer. What the engine keeps between two decisions is
// kept here as well, as long as nothing has changed, because that is where an old answer could slip through.

import type { AdmittedEvent } from '../../src/facts/event.ts';
import type { ConsentChain } from '../../src/facts/consent-state.ts';
import type { Barred, DecidedItem, DecisionInput, DecisionResult } from '../../src/facts/decision.ts';
import type { DecisionId, ItemId } from '../../src/facts/ids.ts';
import type { Permissions } from '../../src/facts/permissions.ts';
import type { Refusal } from '../../src/facts/refusal.ts';
import type { View } from '../../src/facts/view.ts';
import type { PlainReason } from '../../src/deliver/slot.ts';
import { type Arrival, type Case, type DrawnPolicy, type Life, SHOP_ID, SOURCES, placesOf } from './case.ts';
import { complementsOf, modelOf, pullsOf } from './model.ts';
import type { Pulls } from './oracle-things.ts';
import { itemOf, shadowOf } from './shop-items.ts';
import { type Loaded, type Seen, inputOf } from './subject-input.ts';
import type { Stages } from './stages.ts';
import { BEFORE_NOTICES } from '../../src/consent/testing.ts';

/** All that came of one decision, in plain lists. */
export interface Answer {
  readonly pulls: Pulls;
  readonly reads: readonly string[];
  /** Keys of the facts that the decision was given. */
  readonly scored: readonly string[];
  readonly barred: readonly Barred[];
  readonly items: readonly ItemId[];
  readonly nothing: string | undefined;
  readonly propensity: number;
  readonly subject: string | undefined;
  /** Keys of facts that are named as reasons. */
  readonly reasons: readonly string[];
  /** For each reason the thing behind it: that of the fact, or that of the context. */
  readonly because: readonly Because[];
  readonly shown: readonly {
    readonly item: ItemId;
    readonly score: number;
    readonly reasons: readonly number[];
    readonly told: readonly string[];
    /** What the shop added. */
    readonly favour: number;
  }[];
  /** What a page is handed. */
  readonly page: {
    readonly items: readonly { readonly item: string; readonly reasons: readonly object[] }[];
  };
  readonly held: number;
}

interface Because {
  readonly item: ItemId;
  readonly kind: 'fact' | 'context';
  readonly because: ItemId;
}

export interface Subject {
  answer(one: Case): Answer;
  admit(one: Case, arrival: Arrival): AdmittedEvent | Refusal;
}

const NOTHING_SEEN = {
  facts: [],
  barred: [],
  reads: [],
  answers: { lastMs: Number.NEGATIVE_INFINITY, dismissedMs: [] },
  declared: [],
} as const;

export function createSubject(stages: Stages): Subject {
  const load = loaderOf(stages);
  const permissionsOf = permitterOf(stages);
  let kept: { readonly of: readonly unknown[]; readonly seen: Seen } | undefined;

  /** As of a moment ago, when nothing is different that the door looks at. */
  function see(one: Case, loaded: Loaded): Seen {
    const { lives, declared, policy, shop, ask } = one;
    if (ask.nobody) return { ...NOTHING_SEEN, refused: 'no-such-person' };
    const { placement, channel, gpc, place, nowMs } = ask;
    const isAlone = stages.context.isAloneAt({ placement, channel, line: policy });
    const of = [lives, declared, policy, shop, placement, isAlone, gpc, place, nowMs];
    if (kept?.of.every((value, at) => value === of[at]) === true) return kept.seen;
    kept = { of, seen: look(stages, { one, loaded, permissionsOf }) };
    return kept.seen;
  }

  return {
    answer: (one) => {
      const loaded = load(one);
      const seen = see(one, loaded);
      const input = inputOf(stages, { one, seen, loaded });
      const { placement } = one.ask;
      const { shelf, scratch } = loaded;
      const result = stages.decide.decide({ input, placement, line: one.policy, shelf, scratch });
      return answerOf(stages, { input, result, seen, pulls: loaded.pulls });
    },
    admit: (one, { event, notAfterMs }) =>
      stages.admit.admit({
        event,
        source: SOURCES.find(({ id }) => id === event.source),
        permissions: permissionsOf(one.lives[0], one),
        notAfterMs,
      }),
  };
}

/** Model and shelf of a shop under a policy, made once. */
function loaderOf(stages: Stages): (one: Case) => Loaded {
  const loadedOf = new WeakMap<DrawnPolicy, Loaded>();
  return ({ shop, policy }) => {
    const known = loadedOf.get(policy);
    if (known?.shop === shop) return known;
    const model = modelOf(stages, shop, policy);
    const items = shop.things.filter(({ listed }) => listed).map(itemOf);
    const complements = complementsOf(stages, shop);
    const shelf = stages.shelf.buildShelf(model, 7, items, {
      rules: policy.sensitive,
      ...shadowOf(shop),
      ...(complements === undefined ? {} : { complements }),
    });
    const loaded = {
      shop,
      shelf,
      scratch: stages.score.createScratch(shelf),
      pulls: pullsOf(model, complements),
      ...(complements === undefined ? {} : { complements: complements.id }),
      listed: new Set<string>(items.map(({ id }) => id)),
    };
    loadedOf.set(policy, loaded);
    return loaded;
  };
}

type Permit = (life: Life, one: Case) => Permissions;

function permitterOf(stages: Stages): Permit {
  const chains = new WeakMap<Life, ConsentChain>();
  return (life, { ask, policy }) => {
    let chain = chains.get(life);
    if (chain === undefined) chains.set(life, (chain = chainOf(stages, life)));
    const places = placesOf(life, ask);
    return stages.permit.permit({
      notices: BEFORE_NOTICES,
      chain,
      revocations: life.forgotten === 'unknown' ? undefined : chain.withdrawals + life.forgotten,
      pack: stages.packs.resolvePack(places),
      place: places[0],
      signals: { gpc: ask.gpc },
      ageYears: life.age,
      nowMs: ask.nowMs,
      purposes: policy.purposes,
    });
  };
}

interface Looking {
  readonly one: Case;
  readonly loaded: Loaded;
  readonly permissionsOf: Permit;
}

/** The door opened, facts weighed, bars found. */
function look(stages: Stages, { one, loaded, permissionsOf }: Looking): Seen {
  const [first, ...others] = one.lives;
  const identity = (life: Life) => ({
    profile: { facts: new Map(life.facts.map((fact) => [fact.key, fact])), seen: new Set<string>() },
    permissions: permissionsOf(life, one),
    restricted: new Set(life.setAside),
  });
  const permissions = permissionsOf(first, one);
  const opened = openedIn(stages, one);
  const view = stages.door.open({
    identities: [identity(first), ...others.map(identity)],
    purpose: one.ask.placement.purpose,
    controller: SHOP_ID,
    sources: new Map(SOURCES.map((source) => [source.id, source])),
    sensitiveOf: (id) => (loaded.listed.has(id) ? stages.shelf.classOf(loaded.shelf, id) : 'unknown'),
    // What the law does not open has to fail at the door as well, which is asked here without it.
    declaredClasses: new Set(opened),
  });
  if ('refused' in view) return { ...NOTHING_SEEN, refused: view.refused };
  const facts = stages.weigh.weigh(view);
  const barred = stages.bar.barFacts(view);
  const answers = stages.pressure.answersIn(view);
  const declared = permissions.pack.sensitiveByDeclaration ? opened : [];
  const asked = askedBesides(stages, view, { one, loaded, permissions });
  return { facts, barred, answers, declared, ...asked, reads: view.reads() };
}

/** What the slot asks of the person besides. */
function askedBesides(
  { audience: stage }: Stages,
  view: View,
  { one, loaded, permissions }: Pick<Looking, 'one' | 'loaded'> & { readonly permissions: Permissions },
): Pick<Seen, 'grounds' | 'language'> {
  const { placement } = one.ask;
  const audience = one.policy.audiences?.find(({ name }) => name === placement.audience);
  const mayReadPurchases = permissions.refusal('purchases', placement.purpose) === undefined;
  const { shelf } = loaded;
  const hasTexts = Object.keys(placement.subject?.texts ?? {}).length > 0;
  const language = hasTexts ? stage.languageIn(view) : undefined;
  return {
    ...(audience === undefined
      ? {}
      : { grounds: stage.groundsIn(view, { audience, shelf, mayReadPurchases }) }),
    ...(language === undefined ? {} : { language }),
  };
}

/** Of what the person declared what is open there; that their yes is in force is taken as given. */
function openedIn({ context }: Stages, { ask, policy, declared }: Case): Seen['declared'] {
  const { placement, channel } = ask;
  return context.openByDeclaration([...new Set(declared)].sort(), { placement, channel, line: policy });
}

/** What was said, as the journal holds it. */
function chainOf({ chain: stage, packs }: Stages, { said, torn }: Life): ConsentChain {
  let whole = stage.EMPTY_CHAIN;
  let journal = stage.EMPTY_CHAIN;
  for (const [at, { changes, timeMs, afterLoss }] of said.entries()) {
    const takesBack = changes.some(({ state }) => state !== 'given') ? 1 : 0;
    const record = stage.nextConsentRecord(whole, {
      controller: SHOP_ID,
      notice: { id: 'n1', language: 'en' },
      method: 'centre',
      pack: packs.EU,
      changes,
      timeMs,
      withdrawals: whole.withdrawals + takesBack + (afterLoss ? 1 : 0),
    });
    whole = stage.foldConsent(whole, record);
    if (torn !== 'gap' || at > 0) journal = stage.foldConsent(journal, record);
  }
  return torn === 'flag' ? { ...journal, broken: true } : journal;
}

interface Made {
  readonly input: DecisionInput;
  readonly result: DecisionResult;
  readonly seen: Seen;
  readonly pulls: Pulls;
}

function answerOf({ decision, slot }: Stages, { input, result, seen, pulls }: Made): Answer {
  const thingOf = new Map(input.facts.map(({ key, item }) => [key, item]));
  const items = decision.explained(result);
  const { items: slots, ...rest } = slot.slot('a-decision' as DecisionId, result);
  const page = { ...rest, items: slots.map(slot.plainItem) };
  return {
    pulls,
    reads: seen.reads,
    scored: input.facts.map(({ key }) => key),
    barred: input.barred,
    items: result.items.map(({ item }) => item),
    nothing: result.nothing,
    propensity: result.propensity,
    subject: page.subject,
    reasons: items.flatMap(({ contributions }) =>
      contributions.filter(({ kind }) => kind === 'fact').map(({ of }) => of),
    ),
    because: items.flatMap((item) => behindOf(item, thingOf)),
    shown: items.map(({ item, score, contributions }, at) => ({
      item,
      score,
      reasons: contributions.map(({ value }) => value),
      told: (page.items[at]?.reasons ?? []).map(worded),
      favour: contributions.find(({ kind }) => kind === 'merchandising')?.value ?? 0,
    })),
    page,
    held: result.held.length,
  };
}

function behindOf(
  { item, contributions }: DecidedItem,
  thingOf: ReadonlyMap<string, ItemId>,
): Answer['because'] {
  return contributions.flatMap(({ kind, of }) => {
    // No shop that is drawn asks for next baskets, so nothing is a repeat.
    if (kind === 'prior' || kind === 'merchandising' || kind === 'repeat') return [];
    const because = kind === 'fact' ? thingOf.get(of) : (of as ItemId);
    return because === undefined ? [] : [{ item, kind, because }];
  });
}

function worded({ kind, did, item }: PlainReason): string {
  return [kind, did, item].filter((word) => word !== undefined).join(' ');
}
