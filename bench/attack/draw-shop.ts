// A small shop: few leaves and few classes, so that things meet; some sold out, some gone from the catalogue,
// some that no model knows.

import type { ItemId } from '../../src/facts/ids.ts';
import type { SensitiveClass } from '../../src/facts/item.ts';
import type { Random } from '../../src/kernel/random.ts';
import type { Learned, NextLearned, Pull, Shop, Thing } from './case.ts';
import { between, oneIn, pick, some, times } from './draw.ts';

export const CLASSES: readonly SensitiveClass[] = ['health', 'alcohol', 'religion'];

export const PATHS: readonly (readonly string[])[] = [
  ['Food', 'Wine', 'Red'],
  ['Food', 'Wine', 'White'],
  ['Food', 'Tea'],
  ['Clothing', 'Coats'],
  ['Clothing', 'Hats'],
  ['Home', 'Lamps'],
  ['Home'],
];

export function drawShop(random: Random): Shop {
  const leaves = some(random, PATHS, 0.6);
  const shaded = oneIn(random, 3);
  const things = times(between(random, 4, oneIn(random, 10) ? 60 : 26), (at) =>
    drawThing(random, { at, leaves, shaded }),
  );
  const ids = things.map(({ id }) => id);
  const learned = oneIn(random, 6) ? drawBaskets(random, ids) : drawModel(random, ids);
  return { shaded, things: things.length % 2 === 0 ? things : things.map(withProduct), learned };
}

/** By its place alone, so that everything else is drawn as it was before there were variants. */
function withProduct(thing: Thing, at: number): Thing {
  return at % 3 === 2 ? thing : { ...thing, variantOf: `p${Math.floor(at / 3) % 2}` };
}

interface Drawing {
  readonly at: number;
  readonly leaves: readonly (readonly string[])[];
  readonly shaded: boolean;
}

function drawThing(random: Random, { at, leaves, shaded }: Drawing): Thing {
  const id = `t${String(at).padStart(2, '0')}` as ItemId;
  const path = leaves.length === 0 || oneIn(random, 10) ? [] : pick(random, leaves);
  return {
    id,
    path: oneIn(random, 12) ? path.map((step) => step.toUpperCase()) : path,
    available: !oneIn(random, 12),
    listed: !oneIn(random, 14),
    ...(oneIn(random, 5) ? { sensitive: pick(random, CLASSES) } : {}),
    ...(shaded && oneIn(random, 4) ? { shadow: pick(random, [...CLASSES, 'unjudged'] as const) } : {}),
  };
}

/** One model in sixty knows nothing yet. */
function drawModel(random: Random, ids: readonly ItemId[]): Learned {
  const known = oneIn(random, 60) ? [] : some(random, ids, 0.9);
  const degree = random.unit() * 0.5;
  const pulls = known.flatMap((from) =>
    some(random, known, degree)
      .filter((to) => to !== from)
      .map((to) => ({ from, to, weight: drawWeight(random) })),
  );
  const hasPriors = !oneIn(random, 3);
  const priors = Object.fromEntries(known.map((id) => [id, hasPriors ? random.unit() / 64 : 0]));
  const complements = oneIn(random, 2) ? undefined : drawComplements(random, known);
  // One in six has not learned them yet.
  const nextBasket = oneIn(random, 6) ? undefined : drawNext(random, known, { itself: true });
  const clicked = some(random, ids, 0.8);
  const nextClick =
    oneIn(random, 6) || clicked.length === 0 ? undefined : drawNext(random, clicked, { itself: false });
  return {
    kind: 'made-up',
    known,
    pulls,
    priors,
    ...(complements === undefined ? {} : { complements }),
    ...(nextBasket === undefined || known.length === 0 ? {} : { nextBasket }),
    ...(nextClick === undefined ? {} : { nextClick: { ...nextClick, known: clicked } }),
  };
}

/** Of next clicks not drawn but counted off, so that what is drawn after them stays as it was. */
const OWN_WEIGHTS = [0, 0.25, 1];

/** What comes next: few things for each, itself among them where things are bought again. */
function drawNext(
  random: Random,
  known: readonly ItemId[],
  { itself }: { readonly itself: boolean },
): Omit<NextLearned, 'known'> {
  const degree = random.unit() * 0.5;
  const pulls = known.flatMap((from) =>
    some(random, known, degree)
      .filter((to) => itself || to !== from)
      .map((to) => ({ from, to, weight: drawWeight(random) })),
  );
  const hasPriors = !oneIn(random, 3);
  return {
    pulls,
    priors: Object.fromEntries(known.map((id) => [id, hasPriors ? random.unit() / 64 : 0])),
    fades: {
      decay: pick(random, [0.5, 0.8, 0.95, 1]),
      sharePower: pick(random, [0, 0.5, 1]),
      ownDecay: pick(random, [0.5, 0.9, 1]),
      ownWeight: itself ? pick(random, OWN_WEIGHTS) : OWN_WEIGHTS[known.length % OWN_WEIGHTS.length]!,
      learnDecay: 0.9,
    },
  };
}

/** Few for each thing, the strongest of 1, some hardly there. */
function drawComplements(random: Random, known: readonly ItemId[]): readonly Pull[] {
  return known.flatMap((from) =>
    some(random, known, 0.2)
      .filter((to) => to !== from)
      .map((to, at) => ({ from, to, weight: at === 0 ? 1 : pick(random, [2 ** -20, 0.02, 0.3, 0.9]) })),
  );
}

/** Weak ones, strong ones, equal ones, and now and then one that speaks against. */
function drawWeight(random: Random): number {
  if (oneIn(random, 14)) return -random.unit();
  if (oneIn(random, 4)) return pick(random, [0.02, 0.04, 0.05, 0.25, 0.5, 1]);
  return oneIn(random, 4) ? random.unit() / 10 : random.unit();
}

function drawBaskets(random: Random, ids: readonly ItemId[]): Learned {
  const baskets = times(between(random, 3, 14), () => {
    const size = random.unit() * 0.5;
    return some(random, ids, size);
  });
  return { kind: 'baskets', baskets };
}
