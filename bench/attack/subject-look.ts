// What the engine sees of a person for one decision (engine/viewing.ts, seen.ts): model and shelf,
// permissions, the door, weights, bars, and what a slot asks besides.

import type { ConsentChain } from '../../src/facts/consent-state.ts';
import type { Permissions } from '../../src/facts/permissions.ts';
import type { Profile } from '../../src/facts/fact.ts';
import type { View } from '../../src/facts/view.ts';
import { BEFORE_NOTICES } from '../../src/consent/testing.ts';
import { type Case, type DrawnPolicy, type Life, SHOP_ID, SOURCES, looksBy, placesOf } from './case.ts';
import { complementsOf, modelOf, nextModelsOf, pullsOf } from './model.ts';
import { itemOf, shadowOf } from './shop-items.ts';
import type { Loaded, Seen } from './subject-input.ts';
import type { Stages } from './stages.ts';

export const NOTHING_SEEN = {
  facts: [],
  barred: [],
  reads: [],
  answers: { lastMs: Number.NEGATIVE_INFINITY, dismissedMs: [] },
  declared: [],
} as const;

/** Model and shelf of a shop under a policy, made once. */
export function loaderOf(stages: Stages): (one: Case) => Loaded {
  const loadedOf = new WeakMap<DrawnPolicy, Loaded>();
  return ({ shop, policy }) => {
    const known = loadedOf.get(policy);
    if (known?.shop === shop) return known;
    const model = modelOf(stages, shop, policy);
    const items = shop.things.filter(({ listed }) => listed).map(itemOf);
    const complements = complementsOf(stages, shop);
    const next = nextModelsOf(stages, shop);
    const shelf = stages.shelf.buildShelf(model, 7, items, {
      rules: policy.sensitive,
      ...shadowOf(shop),
      ...(complements === undefined ? {} : { complements }),
      ...next,
    });
    const loaded = {
      shop,
      shelf,
      scratch: stages.score.createScratch(shelf),
      pulls: pullsOf(model, { complements, ...next }),
      ...(complements === undefined ? {} : { complements: complements.id }),
      listed: new Set<string>(items.map(({ id }) => id)),
    };
    loadedOf.set(policy, loaded);
    return loaded;
  };
}

export type Permit = (life: Life, one: Case) => Permissions;

export function permitterOf(stages: Stages): Permit {
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

export interface Looking {
  readonly one: Case;
  readonly loaded: Loaded;
  readonly permissionsOf: Permit;
}

/** The door opened, facts weighed, bars found. */
export function look(stages: Stages, { one, loaded, permissionsOf }: Looking): Seen {
  const [first, ...others] = one.lives;
  const identity = (life: Life) => ({
    profile: profileOf(life, one.ask),
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
  const { strategy } = one.ask.placement;
  const facts = weighed(stages, view, strategy);
  const barred = strategy === 'next-basket' ? stages.bar.barNotDue(view) : stages.bar.barFacts(view);
  const answers = stages.pressure.answersIn(view);
  const declared = permissions.pack.sensitiveByDeclaration ? opened : [];
  const asked = askedBesides(stages, view, { one, loaded, permissions });
  return { facts, barred, answers, declared, ...asked, reads: view.reads() };
}

function profileOf(life: Life, ask: Case['ask']): Profile {
  return {
    facts: new Map(life.facts.map((fact) => [fact.key, fact])),
    seen: new Set<string>(),
    boughtAt: new Map(Object.entries(life.boughtAt)),
    looks: looksBy(life, ask),
  };
}

function weighed(
  { weigh }: Stages,
  view: View,
  strategy: Case['ask']['placement']['strategy'],
): Seen['facts'] {
  if (strategy === 'next-basket') return weigh.weighOrders(view);
  return strategy === 'next-click' ? weigh.weighSession(view) : weigh.weigh(view);
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
