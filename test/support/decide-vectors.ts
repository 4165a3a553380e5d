// Writes vectors/decide.json: `npx node test/support/decide-vectors.ts > vectors/decide.json`. The file is
// golden: a change in it means that decisions of yesterday no longer replay, so it needs a new version of the
// input, not a new file.

import { decide } from '../../src/decide/decide.ts';
import { createScratch } from '../../src/decide/score.ts';
import { type Shelf, buildShelf } from '../../src/decide/shelf.ts';
import { drawComplements, drawInput, drawPlacement, drawShelf } from '../../src/decide/testing.ts';
import { drawBaskets, drawClicks, drawLooks, drawOrders } from '../../src/decide/testing-next.ts';
import type { DecisionInput } from '../../src/facts/decision.ts';
import { type Item, SENSITIVE_CLASSES } from '../../src/facts/item.ts';
import type { Placement } from '../../src/facts/placement.ts';
import { type ItemModel, encodeModel } from '../../src/facts/model.ts';
import { base64 } from '../../src/kernel/bytes.ts';
import { type Random, seededRandom } from '../../src/kernel/random.ts';
import { type DecideVectors, resultText } from './decide-vectors-check.ts';

/** Seeds whose shops have some twenty things. */
const SHOPS = 4;
const CASES = 8;
/** Where seeds of shops with each model beside the first begin; shops of before it stay as they were. */
const FIRST_WITH = { nothing: 0, complements: 1000, nextBasket: 2000, nextClick: 3000 } as const;
type Beside = keyof typeof FIRST_WITH;

export function decideVectors(): DecideVectors {
  const shops = (Object.keys(FIRST_WITH) as Beside[]).flatMap((beside) => drawnShops(SHOPS, beside));
  const about = 'Golden cases of src/decide: from model, catalogue and input to the bytes of the result.';
  return { v: 1, about, shops };
}

function drawnShops(count: number, beside: Beside): DecideVectors['shops'] {
  const shops: DecideVectors['shops'][number][] = [];
  for (let seed: number = FIRST_WITH[beside]; shops.length < count; seed += 1) {
    const random = seededRandom(seed);
    const shelf = drawShelf(random);
    if (shelf.itemIds.length < 12 || shelf.itemIds.length > 24 || shelf.model.targets.length < 60) continue;
    shops.push(shopOf(random, DRAWN[beside](random, shelf), beside));
  }
  return shops;
}

const DRAWN: Readonly<Record<Beside, (random: Random, shelf: Shelf) => Shelf>> = {
  nothing: (_, shelf) => shelf,
  complements: drawComplements,
  nextBasket: drawBaskets,
  nextClick: drawClicks,
};

function shopOf(random: Random, drawn: Shelf, beside: Beside): DecideVectors['shops'][number] {
  const items = drawn.itemIds.map((id, index): Item => {
    const sensitive = SENSITIVE_CLASSES[drawn.classes[index]! - 1];
    const base = {
      id,
      title: id,
      path: [`leaf ${drawn.leaves[index]!}`],
      available: drawn.sellable[index] === 1,
    };
    return sensitive === undefined ? base : { ...base, sensitive };
  });
  const { [beside]: model } = modelsBeside(drawn);
  const shelf = buildShelf(drawn.model, drawn.revision, items, model && { [beside]: model });
  const cases = Array.from({ length: CASES }, (_, at) => {
    const { placement, input } = caseOf(random, { shelf, beside, at });
    const result = decide({ input, placement, shelf, scratch: createScratch(shelf) });
    return { placement, input, result: resultText(result) };
  });
  return {
    model: base64(encodeModel(shelf.model)),
    ...(model && { [beside]: base64(encodeModel(model)) }),
    revision: shelf.revision,
    items,
    cases,
  };
}

function modelsBeside({ complements, nextBasket, nextClick }: Shelf): Partial<Record<Beside, ItemModel>> {
  return {
    complements,
    ...(nextBasket && { nextBasket: nextBasket.model }),
    ...(nextClick && { nextClick: nextClick.model }),
  };
}

interface Asking {
  readonly shelf: Shelf;
  readonly beside: Beside;
  readonly at: number;
}

function caseOf(
  random: Random,
  { shelf, beside, at }: Asking,
): { readonly placement: Placement; readonly input: DecisionInput } {
  const drawnPlacement = drawPlacement(random);
  const model = modelsBeside(shelf)[beside];
  const drawnInput = { ...drawInput(random, shelf), ...(model && { [beside]: model.id }) };
  if (beside === 'nextBasket') {
    const input = { ...drawnInput, facts: drawOrders(random, shelf) };
    return { placement: { ...drawnPlacement, strategy: 'next-basket' }, input };
  }
  if (beside === 'nextClick') {
    // The first as before a look spoke for its own thing.
    const rules = at === 0 ? (4 as const) : (5 as const);
    const input = { ...drawnInput, ...drawLooks(random, shelf), rules };
    return { placement: { ...drawnPlacement, strategy: 'next-click' }, input };
  }
  // The first has nothing in front of it, where only complements belong; of the others with complements every
  // second asks for some.
  const isAsked = at === 0 || (beside === 'complements' && at % 2 === 1);
  return {
    placement: isAsked ? { ...drawnPlacement, strategy: 'complements' } : drawnPlacement,
    input: at === 0 ? { ...drawnInput, shown: 0, context: [], facts: [] } : drawnInput,
  };
}

if (import.meta.main) process.stdout.write(`${JSON.stringify(decideVectors())}\n`);
