// The model of a drawn shop: made up edge by edge, or learned by the stage from what people bought together.

import type { ItemModel, ModelParts } from '../../src/facts/model.ts';
import type { ItemId } from '../../src/facts/ids.ts';
import { type DrawnPolicy, NOW, type NextLearned, type Shop } from './case.ts';
import type { NextPulls } from './oracle-next.ts';
import type { Pulls } from './oracle-things.ts';
import type { Stages } from './stages.ts';

type Makers = Pick<Stages, 'model' | 'counts' | 'contribution' | 'serveModel' | 'form'>;

export function modelOf(stages: Makers, { learned }: Shop, { minPeople }: DrawnPolicy): ItemModel {
  if (learned.kind === 'made-up') return stages.model.makeModel(madeUp(learned));
  const counts = stages.counts.createCounts();
  for (const basket of learned.baskets) {
    const contribution = stages.contribution.contributionOf(basket.map((item) => ({ item, lastMs: 0 })));
    if (contribution !== undefined) counts.add(contribution);
  }
  const options = { minPeople, nowMs: NOW };
  return stages.form.finish(stages.serveModel.serveModelSteps(counts.snapshot(), options));
}

/** What goes with what, over the same things; `undefined`: the shop has not learned it. */
export function complementsOf(stages: Makers, { learned }: Shop): ItemModel | undefined {
  if (learned.kind !== 'made-up' || learned.complements === undefined) return undefined;
  const priors = Object.fromEntries(learned.known.map((id) => [id, 0]));
  return stages.model.makeModel(madeUp({ ...learned, pulls: learned.complements, priors }));
}

/** What comes next, of shops that have learned it. */
export function nextModelsOf(
  { model }: Pick<Makers, 'model'>,
  { learned }: Shop,
): { readonly nextBasket?: ItemModel; readonly nextClick?: ItemModel } {
  if (learned.kind !== 'made-up') return {};
  const { known, nextBasket, nextClick } = learned;
  const made = (next: NextLearned): ItemModel => model.makeModel({ ...madeUp(next), fades: next.fades });
  return {
    ...(nextBasket === undefined ? {} : { nextBasket: made({ ...nextBasket, known }) }),
    ...(nextClick === undefined ? {} : { nextClick: made(nextClick) }),
  };
}

type MadeUp = Extract<Shop['learned'], { readonly kind: 'made-up' }>;

/** Weights as an artefact may hold them: multiples of 2^-20, priors of 2^-30. */
function madeUp({ known, pulls, priors }: Pick<MadeUp, 'known' | 'pulls' | 'priors'>): ModelParts {
  const place = new Map<string, number>(known.map((id, at) => [id, at]));
  const rows = known.map((id) =>
    pulls
      .filter(({ from }) => from === id)
      .map(({ to, weight }) => ({ to: place.get(to) ?? 0, weight }))
      .toSorted((a, b) => a.to - b.to),
  );
  const offsets = new Uint32Array(known.length + 1);
  for (const [at, row] of rows.entries()) offsets[at + 1] = (offsets[at] ?? 0) + row.length;
  const flat = rows.flat();
  return {
    kind: 'made-up/1',
    itemIds: known,
    offsets,
    targets: Uint32Array.from(flat, ({ to }) => to),
    weights: Float32Array.from(flat, ({ weight }) => Math.round(weight * 2 ** 20) / 2 ** 20),
    prior: Float64Array.from(known, (id) => Math.round((priors[id] ?? 0) * 2 ** 30) / 2 ** 30),
    people: new Uint32Array(known.length).fill(9),
    peopleTotal: 99,
    minPeople: 3,
    builtMs: NOW,
  };
}

interface MoreModels {
  readonly complements?: ItemModel | undefined;
  readonly nextBasket?: ItemModel;
  readonly nextClick?: ItemModel;
}

/** The numbers of the models, by name. */
export function pullsOf(model: ItemModel, { complements, nextBasket, nextClick }: MoreModels): Pulls {
  const known = model.itemIds as readonly ItemId[];
  const of = weightsOf(model);
  return {
    known,
    of,
    ...(complements === undefined ? {} : { goesWith: weightsOf(complements) }),
    ...(nextBasket === undefined ? {} : { nextBasket: nextPullsOf(nextBasket) }),
    ...(nextClick === undefined ? {} : { nextClick: nextPullsOf(nextClick) }),
    prior: priorsOf(model),
  };
}

function nextPullsOf(model: ItemModel): NextPulls {
  const { fades, itemIds } = model;
  if (fades === undefined) throw new Error('unreachable: made with its fades');
  return { known: itemIds as readonly ItemId[], of: weightsOf(model), prior: priorsOf(model), fades };
}

function priorsOf({ itemIds, prior }: ItemModel): Pulls['prior'] {
  return new Map(itemIds.map((id, at) => [id as ItemId, prior[at] ?? 0]));
}

function weightsOf(model: ItemModel): Pulls['of'] {
  const known = model.itemIds;
  const rows = new Map<string, ReadonlyMap<string, number>>();
  for (const [at, id] of known.entries()) {
    const row = new Map<string, number>();
    for (let n = model.offsets[at] ?? 0; n < (model.offsets[at + 1] ?? 0); n += 1)
      row.set(known[model.targets[n] ?? 0] ?? '', model.weights[n] ?? 0);
    rows.set(id, row);
  }
  return (from, to) => rows.get(from)?.get(to);
}
