// Which model and which catalogue decide now, and which decided then. A swap replaces one reference: a
// decision sees one shelf from beginning to end. Old shelves are rebuilt from stored artefacts when a
// decision is replayed.

import { Fault } from '../kernel/fault.ts';
import { utf8, utf8Text } from '../kernel/bytes.ts';
import { sha256Hex } from '../kernel/sha256.ts';
import { type Scratch, createScratch } from '../decide/score.ts';
import { type Shelf, buildShelf, classOf } from '../decide/shelf.ts';
import type { SensitiveLookup } from '../facts/fact.ts';
import type { Item } from '../facts/item.ts';
import { type ItemModel, decodeModel, emptyModel } from '../facts/model.ts';
import type { Policy, SensitiveRules } from '../facts/policy.ts';
import type { World } from './ports.ts';

export interface Loaded {
  readonly shelf: Shelf;
  readonly scratch: Scratch;
}

export interface Shelves {
  /** The shelf that decides now; empty until there is a model. */
  current(): Loaded;
  /**
   * A model is stored that may rest on somebody who was erased since, or that learned under a policy that
   * learns from other data (a backup was put back, a crash came in between, the policy is another): one has
   * to be made anew.
   */
  readonly isOutdated: boolean;
  items(): ReadonlyMap<string, Item>;
  readonly sensitiveOf: SensitiveLookup;
  /** Takes a new model into service, with `learnedFrom` of the policy that it was learned under. */
  useModel(model: ItemModel, under: string): void;
  learnedUnder(): string;
  /** Adds or changes items and takes the new revision into service. */
  putItems(items: readonly Item[]): Promise<number>;
  /** The shelf a past decision was made from. Fault `not-kept` when it is no longer there. */
  past(model: string, revision: number, policy: Policy): Promise<Loaded>;
  /** Takes another policy's word on what is sensitive. */
  usePolicy(policy: Policy): void;
  pastPolicy(version: string): Promise<Policy>;
}

export const MODEL_POINTER = 'model/current';
/** What vouches for the model in service. */
const VOUCHER_POINTER = 'model/voucher';
/** Rebuilt shelves kept for further replays; each is as large as the current one. */
const PAST_KEPT = 2;

export async function openShelves(world: World, policy: Policy): Promise<Shelves> {
  let rules = policy.sensitive;
  let catalogue = await world.catalogue.load();
  let items = new Map<string, Item>(catalogue.items.map((item) => [item.id, item]));
  const stored = await storedModel(world);
  const vouched = stored === undefined ? undefined : await voucherOf(world, stored.id);
  const mayKnowErased = vouched?.erasures !== (await world.keys.erasures());
  let { minPeople } = policy;
  let under = vouched?.policy ?? learnedFrom(policy);
  let model = stored === undefined || mayKnowErased ? emptyModel() : allowed(stored);
  let current = load({ model, ...catalogue, rules });
  const past = new Map<string, Loaded>();

  function rebuild(): void {
    current = load({ model, ...catalogue, rules });
  }

  /** A model of smaller groups than the policy allows gives way to none. */
  function allowed(next: ItemModel): ItemModel {
    return next.minPeople < minPeople ? emptyModel() : next;
  }

  async function rebuildPast(modelId: string, revision: number, of: Policy): Promise<Loaded> {
    const { items: then } = await world.catalogue.load(revision);
    return load({ model: await keptModel(world, modelId), revision, items: then, rules: of.sensitive });
  }

  return {
    current: () => current,
    isOutdated: stored !== undefined && (mayKnowErased || vouched.policy !== learnedFrom(policy)),
    items: () => items,
    // The shelf has judged each thing once; a door asks for every fact.
    sensitiveOf: (id) => (items.has(id) ? classOf(current.shelf, id) : 'unknown'),
    useModel: (next, policyOfNext) => {
      model = allowed(next);
      under = policyOfNext;
      rebuild();
    },
    learnedUnder: () => under,
    putItems: async (changed) => {
      await world.catalogue.put(changed);
      catalogue = await world.catalogue.load();
      items = new Map(catalogue.items.map((item) => [item.id, item]));
      rebuild();
      return catalogue.revision;
    },
    usePolicy: (next) => {
      rules = next.sensitive;
      ({ minPeople } = next);
      model = allowed(model);
      rebuild();
    },
    past: async (modelId, revision, of) => {
      const isNow = current.shelf.model.id === modelId && current.shelf.revision === revision;
      const said = JSON.stringify(of.sensitive);
      if (isNow && said === JSON.stringify(rules)) return current;
      const name = `${modelId}@${revision}@${said}`;
      const kept = past.get(name) ?? (await rebuildPast(modelId, revision, of));
      past.delete(name);
      past.set(name, kept);
      if (past.size > PAST_KEPT) past.delete([...past.keys()][0] ?? '');
      return kept;
    },
    pastPolicy: (version) => keptPolicy(world, version),
  };
}

async function keptPolicy(world: World, version: string): Promise<Policy> {
  const bytes = await world.documents.get('policy', version);
  if (bytes === undefined)
    throw new Fault('not-kept', 'The policy of that decision is no longer kept.', { retry: 'never' });
  return JSON.parse(utf8Text(bytes)) as Policy;
}

interface Loading {
  readonly model: ItemModel;
  readonly revision: number;
  readonly items: readonly Item[];
  readonly rules: SensitiveRules | undefined;
}

function load({ model, revision, items, rules }: Loading): Loaded {
  const shelf = buildShelf(model, revision, items, rules);
  return { shelf, scratch: createScratch(shelf) };
}

/** The model of that name. The empty one, which every shop begins with, is kept nowhere. */
async function keptModel(world: World, id: string): Promise<ItemModel> {
  const empty = emptyModel();
  if (id === empty.id) return empty;
  const bytes = await world.documents.get('model', id);
  const decoded = bytes === undefined ? undefined : decodeModel(bytes);
  if (decoded?.ok === true) return decoded.value;
  throw new Fault('not-kept', 'The model of that decision is no longer kept.', { retry: 'never' });
}

async function storedModel(world: World): Promise<ItemModel | undefined> {
  const id = await world.documents.pointer(MODEL_POINTER);
  const bytes = id === undefined ? undefined : await world.documents.get('model', id);
  const decoded = bytes === undefined ? undefined : decodeModel(bytes);
  return decoded?.ok === true ? decoded.value : undefined;
}

/** What a model was made under. */
export interface Voucher {
  /** Erasures that it accounts for. */
  readonly erasures: number;
  /** `learnedFrom` of the policy. */
  readonly policy: string;
}

/**
 * Vouches for the model of that name. Before it goes into service: a crash in between leaves a model that
 * nothing vouches for, and that does not serve.
 */
export function vouchFor(world: World, model: string, { erasures, policy }: Voucher): Promise<void> {
  return world.documents.point(VOUCHER_POINTER, `${model} ${erasures} ${policy}`);
}

async function voucherOf(world: World, model: string): Promise<Voucher | undefined> {
  const [name, erasures, policy] = (await world.documents.pointer(VOUCHER_POINTER))?.split(' ') ?? [];
  if (name !== model || erasures === undefined || policy === undefined) return undefined;
  return { erasures: Number(erasures), policy };
}

/** What the statistics and the model depend on, in 64 characters. */
export function learnedFrom({ minPeople, purposes, sensitive }: Policy): string {
  const categories = purposes === undefined ? 'all' : (purposes.improve ?? 'none');
  return sha256Hex(utf8(JSON.stringify([minPeople, categories, sensitive ?? null])));
}
