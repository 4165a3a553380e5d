// Which model and which catalogue decide now, and which decided then. A swap replaces one reference: a
// decision sees one shelf from beginning to end. Old shelves are rebuilt from stored artefacts when a
// decision is replayed.

import { Fault } from '../kernel/fault.ts';
import { utf8Text } from '../kernel/bytes.ts';
import { type Scratch, createScratch } from '../decide/score.ts';
import { type Shelf, buildShelf } from '../decide/shelf.ts';
import { classifierOf } from '../facts/classify-item.ts';
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
   * A model is stored that may rest on somebody who was erased since (a backup was put back, or a crash came
   * in between): it does not serve, and one has to be made anew.
   */
  readonly isStale: boolean;
  items(): ReadonlyMap<string, Item>;
  readonly sensitiveOf: SensitiveLookup;
  /** Takes a new model into service. */
  useModel(model: ItemModel): void;
  /** Adds or changes items and takes the new revision into service. */
  putItems(items: readonly Item[]): Promise<number>;
  /** The shelf a past decision was made from. Fault `not-kept` when it is no longer there. */
  past(model: string, revision: number, policy: Policy): Promise<Loaded>;
  /** Takes another policy's word on what is sensitive. */
  usePolicy(policy: Policy): void;
  pastPolicy(version: string): Promise<Policy>;
}

export const MODEL_POINTER = 'model/current';
/** The model in service, and how many erasures it accounts for. */
const ERASURES_POINTER = 'model/erasures';
/** Rebuilt shelves kept for further replays; each is as large as the current one. */
const PAST_KEPT = 2;

export async function openShelves(world: World, policy: Policy): Promise<Shelves> {
  let rules = policy.sensitive;
  let classOf = classifierOf(rules);
  let catalogue = await world.catalogue.load();
  let items = new Map<string, Item>(catalogue.items.map((item) => [item.id, item]));
  const stored = await storedModel(world);
  const isStale = stored !== undefined && !(await accountsForAll(world, stored.id));
  let model = stored === undefined || isStale ? emptyModel() : stored;
  let current = load({ model, ...catalogue, rules });
  const past = new Map<string, Loaded>();

  function rebuild(): void {
    current = load({ model, ...catalogue, rules });
  }

  async function rebuildPast(modelId: string, revision: number, of: Policy): Promise<Loaded> {
    const { items: then } = await world.catalogue.load(revision);
    return load({ model: await keptModel(world, modelId), revision, items: then, rules: of.sensitive });
  }

  return {
    current: () => current,
    isStale,
    items: () => items,
    sensitiveOf: (id) => {
      const item = items.get(id);
      return item === undefined ? 'unknown' : classOf(item);
    },
    useModel: (next) => {
      model = next;
      rebuild();
    },
    putItems: async (changed) => {
      await world.catalogue.put(changed);
      catalogue = await world.catalogue.load();
      items = new Map(catalogue.items.map((item) => [item.id, item]));
      rebuild();
      return catalogue.revision;
    },
    usePolicy: (next) => {
      rules = next.sensitive;
      classOf = classifierOf(rules);
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
    pastPolicy: async (version) => {
      const bytes = await world.documents.get('policy', version);
      if (bytes === undefined)
        throw new Fault('not-kept', 'The policy of that decision is no longer kept.', { retry: 'never' });
      return JSON.parse(utf8Text(bytes)) as Policy;
    },
  };
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

/**
 * Says how many erasures the model of that name accounts for. Before it goes into service: a crash in between
 * leaves a model that nothing vouches for, and that does not serve.
 */
export function noteErasures(world: World, model: string, seen: number): Promise<void> {
  return world.documents.point(ERASURES_POINTER, `${model} ${seen}`);
}

async function accountsForAll(world: World, model: string): Promise<boolean> {
  const noted = await world.documents.pointer(ERASURES_POINTER);
  return noted === `${model} ${await world.keys.erasures()}`;
}
