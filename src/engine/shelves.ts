// Which model and which catalogue decide now, and which decided then. A swap replaces one reference: a
// decision sees one shelf from beginning to end.

import { utf8 } from '../kernel/bytes.ts';
import { sha256Hex } from '../kernel/sha256.ts';
import { classOf, ownClassOf } from '../decide/shelf.ts';
import type { SensitiveLookup } from '../facts/fact.ts';
import type { Item } from '../facts/item.ts';
import { type ItemModel, emptyModel } from '../facts/model.ts';
import type { Strategy } from '../facts/placement.ts';
import type { Policy } from '../facts/policy.ts';
import { type LeafTilt, NO_SHADOW, type Shadow } from '../facts/shadow.ts';
import { rulesInForce } from '../facts/unmapped.ts';
import { type Models, nameOf, namedModels, noModels } from './models.ts';
import type { World } from './ports.ts';
import { type Loaded, type Named, isOf, keptPolicy, load, pastShelves } from './past-shelves.ts';
import { type Kept, keptShadow } from './shadows.ts';

export interface Shelves {
  /** The shelf that decides now; empty until there is a model. */
  current(): Loaded;
  /** What that shelf was built from. */
  models(): Models;
  /**
   * A model is stored that may rest on somebody who was erased since, or that learned under a policy that
   * learns from other data (a backup was put back, a crash came in between, the policy is another): one has
   * to be made anew.
   */
  readonly isOutdated: boolean;
  items(): ReadonlyMap<string, Item>;
  readonly sensitiveOf: SensitiveLookup;
  /** The same without the shadow, for the purpose `guard` alone. */
  readonly ownClassOf: SensitiveLookup;
  /** Takes new models into service, with `learnedFrom` of the policy that they were learned under. */
  useModels(models: Models, under: string): void;
  learnedUnder(): string;
  /**
   * Takes what was learned together with others into service; `undefined`: nothing is, from now on. They make
   * it anew after every start.
   */
  useJoint(joint: ItemModel | undefined): void;
  joint(): ItemModel | undefined;
  /** Adds or changes items and takes the new revision into service. */
  putItems(items: readonly Item[]): Promise<number>;
  /** Takes the catalogue into service as it is in the store. */
  reloadItems(): Promise<void>;
  /** The shelf a past decision was made from. Fault `not-kept` when it is no longer there. */
  past(named: Named, policy: Policy): Promise<Loaded>;
  /** Takes another policy's word on what is sensitive. */
  usePolicy(policy: Policy): void;
  pastPolicy(version: string): Promise<Policy>;
  /** The shadow that lies over the catalogue now; none while the policy asks for none. */
  shadow(): Shadow;
  /** The shadow that is kept, whether or not the policy asks for it, with what it was made under. */
  keptShadow(): Kept | undefined;
  /** What is taken out of a model that is fitted now; nothing unless policy and release say so. */
  tilts(): readonly LeafTilt[] | undefined;
  useShadow(next: Kept): void;
}

export const MODEL_POINTER = 'model/current';
/** What vouches for the model in service. */
export const VOUCHER_POINTER = 'model/voucher';

export async function openShelves(world: World, policy: Policy): Promise<Shelves> {
  let { catalogue, items } = await loadItems(world);
  const { stored, vouched, mayKnowErased } = await found(world);
  let { minPeople, proxies, sensitive: rules } = policy;
  let kept = await keptShadow(world);
  let under = vouched?.policy ?? learnedFrom(policy, shadow());
  let models = stored === undefined || mayKnowErased ? noModels() : allowedBy(minPeople, stored);
  let joint: ItemModel | undefined;
  let current = load({ models, ...catalogue, rules, shadow: shadow() });
  const past = pastShelves(world);

  async function reloadItems(): Promise<void> {
    ({ catalogue, items } = await loadItems(world));
    rebuild();
  }

  function rebuild(): void {
    current = load({ models, joint, ...catalogue, rules, shadow: shadow() });
  }

  function shadow(): Shadow {
    return proxies !== undefined && kept !== undefined ? kept.shadow : NO_SHADOW;
  }

  return {
    current: () => current,
    models: () => models,
    isOutdated: stored !== undefined && (mayKnowErased || vouched?.policy !== learnedFrom(policy, shadow())),
    items: () => items,
    // The shelf has judged each thing once; a door asks for every fact.
    sensitiveOf: (id) => (items.has(id) ? classOf(current.shelf, id) : 'unknown'),
    ownClassOf: (id) => (items.has(id) ? ownClassOf(current.shelf, id) : 'unknown'),
    useModels: (next, policyOfNext) => {
      models = allowedBy(minPeople, next);
      under = policyOfNext;
      rebuild();
    },
    learnedUnder: () => under,
    useJoint: (next) => {
      const isAnother = next?.id !== joint?.id;
      joint = next;
      if (isAnother) rebuild();
    },
    joint: () => joint,
    putItems: async (changed) => {
      await world.catalogue.put(changed);
      await reloadItems();
      return catalogue.revision;
    },
    reloadItems,
    usePolicy: (next) => {
      ({ sensitive: rules, minPeople, proxies } = next);
      models = allowedBy(minPeople, models);
      rebuild();
    },
    past: async (named, of) => {
      const isNow = isOf(current.shelf, named) && JSON.stringify(of.sensitive) === JSON.stringify(rules);
      return isNow ? current : past(named, of);
    },
    pastPolicy: (version) => keptPolicy(world, version),
    shadow,
    keptShadow: () => kept,
    tilts: () => (proxies?.erase === true ? kept?.release?.tilts : undefined),
    useShadow: (next) => {
      const isAnother = next.shadow.id !== kept?.shadow.id;
      kept = next;
      if (isAnother) rebuild();
    },
  };
}

async function loadItems({ catalogue: store }: World) {
  const catalogue = await store.load();
  return { catalogue, items: new Map<string, Item>(catalogue.items.map((item) => [item.id, item])) };
}

/** A model of smaller groups than the policy allows gives way to none. */
function allowedBy(minPeople: number, { model, complements, nextBasket, nextClick }: Models): Models {
  const narrow = (one: ItemModel): ItemModel => (one.minPeople < minPeople ? emptyModel() : one);
  if (model.minPeople < minPeople) return noModels();
  return {
    model,
    complements: narrow(complements),
    nextBasket: narrow(nextBasket),
    nextClick: narrow(nextClick),
  };
}

/** Models of before this start, what vouches for them, and whether somebody was erased since. */
async function found(world: World) {
  const stored = await storedModels(world);
  const vouched = stored === undefined ? undefined : await voucherOf(world, nameOf(stored));
  return { stored, vouched, mayKnowErased: vouched?.erasures !== (await world.keys.erasures()) };
}

async function storedModels(world: World): Promise<Models | undefined> {
  const name = await world.documents.pointer(MODEL_POINTER);
  return name === undefined ? undefined : namedModels(world, name);
}

/** What models were made under. */
export interface Voucher {
  /** Erasures that it accounts for. */
  readonly erasures: number;
  /** `learnedFrom` of the policy. */
  readonly policy: string;
}

/**
 * Vouches for these models. Before they go into service: a crash in between leaves models that nothing
 * vouches for, and that do not serve.
 */
export function vouchFor(world: World, models: Models, { erasures, policy }: Voucher): Promise<void> {
  return world.documents.point(VOUCHER_POINTER, `${nameOf(models)} ${erasures} ${policy}`);
}

async function voucherOf(world: World, models: string): Promise<Voucher | undefined> {
  const [name, erasures, policy] = (await world.documents.pointer(VOUCHER_POINTER))?.split(' ') ?? [];
  if (name !== models || erasures === undefined || policy === undefined) return undefined;
  return { erasures: Number(erasures), policy };
}

/** The models in service elsewhere, when something vouches for just these. */
export async function vouchedModels(
  world: World,
): Promise<{ readonly models: Models; readonly under: string } | undefined> {
  const models = await storedModels(world);
  const vouched = models === undefined ? undefined : await voucherOf(world, nameOf(models));
  return models === undefined || vouched === undefined ? undefined : { models, under: vouched.policy };
}

/** Whether the stored models account for so many erasures and were learned under what rules now. */
export async function isVouched(world: World, { erasures, policy }: Voucher): Promise<boolean> {
  const name = await world.documents.pointer(MODEL_POINTER);
  const vouched = name === undefined ? undefined : await voucherOf(world, name);
  return vouched?.erasures === erasures && vouched.policy === policy;
}

/** What the statistics and the model depend on, in 64 characters. */
export function learnedFrom(policy: Policy, { id }: Shadow): string {
  const { minPeople, purposes, sensitive, proxies } = policy;
  const categories = purposes === undefined ? 'all' : (purposes.improve ?? 'none');
  const erasing = proxies?.erase === true ? ['erase'] : [];
  const shaded = proxies === undefined ? [] : [proxies.paths, purposes?.guard ?? 'none', id, ...erasing];
  const asked = [
    ...(asksFor(policy, 'next-basket') ? ['next-basket'] : []),
    ...(asksFor(policy, 'next-click') ? ['next-click'] : []),
  ];
  if (policy.newThings === 'likeness') asked.push('new-things');
  const parts = [minPeople, categories, rulesInForce(sensitive) ?? null, ...shaded, ...asked];
  return sha256Hex(utf8(JSON.stringify(parts)));
}

/** Only then its model is made; and only then sessions are counted. */
export function asksFor({ placements }: Policy, strategy: Strategy): boolean {
  return placements.some((placement) => placement.strategy === strategy);
}
