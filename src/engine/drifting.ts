// Whether what was learned moved more than a shop moves: each fitted model beside the one before and beside
// one of a week ago, and how often a decision came to nothing. Nothing is stopped by an alarm; somebody is
// asked to look. Figures are about things that twenty people have, in steps, and about nobody.

import type { ItemModel } from '../facts/model.ts';
import { viewModel } from '../facts/model-view.ts';
import { hex } from '../kernel/bytes.ts';
import { DAY_MS } from '../kernel/time.ts';
import { type Drift, alarmsOf, driftBetween } from '../learn/drift.ts';
import type { Core } from './core.ts';
import type { Against, DriftTold } from './drift-told.ts';
import type { Models } from './models.ts';

/** A week back: the same days of the week lie in between, and what moves by a little each fit adds up. */
const REFERENCE_DAYS = 7;
/** What is told is rounded to this. */
const STEP = 0.05;
/** Fewer decisions tell more of chance: at 1,000 a share is known to within 0.03. */
const DECISIONS_MIN = 1000;
/** Of all decisions so many more come to nothing than before: one in four slots went dark. */
const NOTHING_MORE_MAX = 0.25;

/** After a fit: `before` was in service, `after` is. */
export async function noteDrift(core: Core, before: Models, after: Models): Promise<void> {
  const first = await driftOf(core, 'model', before, after);
  const next = await driftOf(core, 'nextBasket', before, after);
  const click = await driftOf(core, 'nextClick', before, after);
  const because = [
    ...first.because,
    ...next.because.map((name) => `next-basket ${name}`),
    ...click.because.map((name) => `next-click ${name}`),
  ];
  const nothing = nothingSince(core);
  if (nothing.isMore) because.push('nothing');
  const models = {
    models: first.models,
    ...(Object.keys(next.models).length === 0 ? {} : { nextBasket: next.models }),
    ...(Object.keys(click.models).length === 0 ? {} : { nextClick: click.models }),
  };
  const told = { alarm: because.length > 0, because, ...models };
  core.drift.told = nothing.share === undefined ? told : { ...told, nothing: step(nothing.share) };
}

type Drifted = 'model' | 'nextBasket' | 'nextClick';
type Drifts = Pick<DriftTold, 'because' | 'models'>;

async function driftOf(core: Core, kind: Drifted, before: Models, after: Models): Promise<Drifts> {
  const models: Partial<Record<Against, Drift>> = {};
  const because: string[] = [];
  // A model that nobody asks for any more, or not yet, has not drifted.
  if (before[kind].itemIds.length > 0 && after[kind].itemIds.length === 0 && kind !== 'model')
    return { because, models };
  const reference = await modelOfWeekAgo(core, kind, after[kind]);
  for (const [against, model] of [
    ['before', before[kind]],
    ['week', reference],
  ] as const) {
    const drift = model === undefined ? undefined : driftBetween(model, after[kind]);
    if (drift === undefined) continue;
    models[against] = inSteps(drift);
    because.push(...alarmsOf(drift).map((name) => `${against} ${name}`));
  }
  return { because, models };
}

async function modelOfWeekAgo(
  { world }: Core,
  kind: Drifted,
  { builtMs }: ItemModel,
): Promise<ItemModel | undefined> {
  const all = await world.documents.list(kind);
  const old = all
    .filter(({ timeMs }) => timeMs <= builtMs - REFERENCE_DAYS * DAY_MS)
    .sort((a, b) => b.timeMs - a.timeMs);
  const id = old[0]?.id;
  const bytes = id === undefined ? undefined : await world.documents.get(kind, id);
  // By its name it is, byte for byte, what was checked when it was made.
  const isWhole = bytes !== undefined && hex(world.crypto.sha256(bytes)) === id;
  return isWhole ? viewModel(bytes, id) : undefined;
}

function nothingSince({ tallies, drift }: Core): { readonly share?: number; readonly isMore: boolean } {
  const sum = (what: 'decisions' | 'nothing'): number =>
    [...tallies.values()].reduce((total, tally) => total + tally[what], 0);
  const now = { decisions: sum('decisions'), nothing: sum('nothing') };
  const decisions = now.decisions - drift.counted.decisions;
  if (decisions < DECISIONS_MIN) return { isMore: false };
  const share = (now.nothing - drift.counted.nothing) / decisions;
  const isMore = drift.share !== undefined && share - drift.share > NOTHING_MORE_MAX;
  drift.counted = now;
  drift.share = share;
  return { share, isMore };
}

function inSteps({ lists, popularity, lost }: Drift): Drift {
  return { lists: step(lists), popularity: step(popularity), lost: step(lost) };
}

/** `step(0.3125)` is 0.3. */
function step(share: number): number {
  return Math.round(share / STEP) / (1 / STEP);
}
