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
import { emptyModel } from '../facts/model.ts';
import type { DecisionInput } from '../facts/decision.ts';
import type { Policy, SensitiveRules } from '../facts/policy.ts';
import { type Models, keptModels, nameOf, namedModels, noModels } from './models.ts';
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
  /** Takes new models into service, with `learnedFrom` of the policy that they were learned under. */
  useModels(models: Models, under: string): void;
  learnedUnder(): string;
  /** Adds or changes items and takes the new revision into service. */
  putItems(items: readonly Item[]): Promise<number>;
  /** The shelf a past decision was made from. Fault `not-kept` when it is no longer there. */
  past(made: Made, policy: Policy): Promise<Loaded>;
  /** Takes another policy's word on what is sensitive. */
  usePolicy(policy: Policy): void;
  pastPolicy(version: string): Promise<Policy>;
}

/** What of a decision's input names its shelf. */
type Made = Pick<DecisionInput, 'model' | 'complements' | 'catalogue'>;

export const MODEL_POINTER = 'model/current';
/** What vouches for the model in service. */
const VOUCHER_POINTER = 'model/voucher';
/** Rebuilt shelves kept for further replays; each is as large as the current one. */
const PAST_KEPT = 2;

export async function openShelves(world: World, policy: Policy): Promise<Shelves> {
  let rules = policy.sensitive;
  let catalogue = await world.catalogue.load();
  let items = new Map<string, Item>(catalogue.items.map((item) => [item.id, item]));
  const stored = await storedModels(world);
  const vouched = stored === undefined ? undefined : await voucherOf(world, nameOf(stored));
  const mayKnowErased = vouched?.erasures !== (await world.keys.erasures());
  let { minPeople } = policy;
  let under = vouched?.policy ?? learnedFrom(policy);
  let models = stored === undefined || mayKnowErased ? noModels() : allowed(stored);
  let current = load({ models, ...catalogue, rules });
  const past = new Map<string, Loaded>();

  function rebuild(): void {
    current = load({ models, ...catalogue, rules });
  }

  /** A model of smaller groups than the policy allows gives way to none. */
  function allowed(next: Models): Models {
    if (next.model.minPeople < minPeople) return noModels();
    return next.complements.minPeople < minPeople ? { ...next, complements: emptyModel() } : next;
  }

  async function rebuildPast(made: Made, of: Policy): Promise<Loaded> {
    const { items: then } = await world.catalogue.load(made.catalogue);
    const kept = await keptModels(world, made);
    return load({ models: kept, revision: made.catalogue, items: then, rules: of.sensitive });
  }

  return {
    current: () => current,
    isOutdated: stored !== undefined && (mayKnowErased || vouched.policy !== learnedFrom(policy)),
    items: () => items,
    // The shelf has judged each thing once; a door asks for every fact.
    sensitiveOf: (id) => (items.has(id) ? classOf(current.shelf, id) : 'unknown'),
    useModels: (next, policyOfNext) => {
      models = allowed(next);
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
      models = allowed(models);
      rebuild();
    },
    past: async (made, of) => {
      const said = JSON.stringify(of.sensitive);
      if (isMadeFrom(current.shelf, made) && said === JSON.stringify(rules)) return current;
      const name = `${made.model}+${made.complements}@${made.catalogue}@${said}`;
      const kept = past.get(name) ?? (await rebuildPast(made, of));
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

function isMadeFrom({ model, complements, revision }: Shelf, made: Made): boolean {
  if (made.model !== model.id || made.catalogue !== revision) return false;
  return made.complements === undefined || made.complements === complements.id;
}

interface Loading {
  readonly models: Models;
  readonly revision: number;
  readonly items: readonly Item[];
  readonly rules: SensitiveRules | undefined;
}

function load({ models, revision, items, rules }: Loading): Loaded {
  const shelf = buildShelf(models.model, revision, items, rules, models.complements);
  return { shelf, scratch: createScratch(shelf) };
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

/** What the statistics and the model depend on, in 64 characters. */
export function learnedFrom({ minPeople, purposes, sensitive }: Policy): string {
  const categories = purposes === undefined ? 'all' : (purposes.improve ?? 'none');
  return sha256Hex(utf8(JSON.stringify([minPeople, categories, sensitive ?? null])));
}
