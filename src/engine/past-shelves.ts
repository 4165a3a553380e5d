// The shelf a past decision was made from, built again from what is kept: model, catalogue, shadow, policy.

import { utf8Text } from '../kernel/bytes.ts';
import { Fault } from '../kernel/fault.ts';
import { type Scratch, createScratch } from '../decide/score.ts';
import { type Shelf, buildShelf } from '../decide/shelf.ts';
import type { DecisionInput } from '../facts/decision.ts';
import type { Item } from '../facts/item.ts';
import { type ItemModel, emptyModel } from '../facts/model.ts';
import type { Policy, SensitiveRules } from '../facts/policy.ts';
import type { Shadow } from '../facts/shadow.ts';
import { type ModelKind, type Models, keptJoint, keptModels } from './models.ts';
import type { World } from './ports.ts';
import { pastShadow } from './shadows.ts';

export interface Loaded {
  readonly shelf: Shelf;
  readonly scratch: Scratch;
}

/** What a decision says of the shelf it was made from. */
export type Named = Pick<DecisionInput, ModelKind | 'joint' | 'catalogue' | 'shadow'>;

/** Rebuilt shelves kept for further replays; each is as large as the current one. */
const PAST_KEPT = 2;

/** Fault `not-kept` when something of it is gone. */
export function pastShelves(world: World): (named: Named, of: Policy) => Promise<Loaded> {
  const past = new Map<string, Loaded>();
  return async (named, of) => {
    const name = JSON.stringify([
      named.model,
      named.complements,
      named.nextBasket,
      named.nextClick,
      named.joint,
      named.catalogue,
      named.shadow,
      of.sensitive,
    ]);
    const rebuilt = past.get(name) ?? (await rebuild(world, named, of));
    past.delete(name);
    past.set(name, rebuilt);
    if (past.size > PAST_KEPT) past.delete([...past.keys()][0] ?? '');
    return rebuilt;
  };
}

async function rebuild(world: World, named: Named, { sensitive }: Policy): Promise<Loaded> {
  const { items } = await world.catalogue.load(named.catalogue);
  const models = await keptModels(world, named);
  const shadow = await pastShadow(world, named.shadow);
  const joint = await keptJoint(world, named.joint);
  return load({ models, joint, revision: named.catalogue, items, rules: sensitive, shadow });
}

export function isOf(
  { model, complements, nextBasket, nextClick, joint, revision, shadow }: Shelf,
  named: Named,
): boolean {
  if (model.id !== named.model || revision !== named.catalogue) return false;
  if (named.complements !== undefined && complements.id !== named.complements) return false;
  if (named.nextBasket !== undefined && nextBasket?.model.id !== named.nextBasket) return false;
  if (named.nextClick !== undefined && nextClick?.model.id !== named.nextClick) return false;
  return shadow === (named.shadow ?? '') && joint === (named.joint ?? '');
}

interface Loading {
  readonly models: Models;
  /** Absent: nothing is learned together with anybody. */
  readonly joint?: ItemModel | undefined;
  readonly revision: number;
  readonly items: readonly Item[];
  readonly rules: SensitiveRules | undefined;
  readonly shadow: Shadow;
}

export function load({ models, joint = emptyModel(), revision, items, rules, shadow }: Loading): Loaded {
  const { model, ...others } = models;
  const shelf = buildShelf(model, revision, items, { rules, shadow, ...others, joint });
  return { shelf, scratch: createScratch(shelf) };
}

export async function keptPolicy(world: World, version: string): Promise<Policy> {
  const bytes = await world.documents.get('policy', version);
  if (bytes === undefined)
    throw new Fault('not-kept', 'The policy of that decision is no longer kept.', { retry: 'never' });
  return JSON.parse(utf8Text(bytes)) as Policy;
}
