// Writes vectors/decide.json: `npx node test/support/decide-vectors.ts > vectors/decide.json`. The file is
// golden: a change in it means that decisions of yesterday no longer replay, so it needs a new version of the
// input, not a new file.

import { decide } from '../../src/decide/decide.ts';
import { createScratch } from '../../src/decide/score.ts';
import { type Shelf, buildShelf } from '../../src/decide/shelf.ts';
import { drawComplements, drawInput, drawPlacement, drawShelf } from '../../src/decide/testing.ts';
import { type Item, SENSITIVE_CLASSES } from '../../src/facts/item.ts';
import { encodeModel } from '../../src/facts/model.ts';
import { base64 } from '../../src/kernel/bytes.ts';
import { type Random, seededRandom } from '../../src/kernel/random.ts';
import { type DecideVectors, resultText } from './decide-vectors-check.ts';

/** Seeds whose shops have some twenty things. */
const SHOPS = 4;
const CASES = 8;
const FIRST_WITH_COMPLEMENTS = 1000;

export function decideVectors(): DecideVectors {
  const shops = [...drawnShops(0, SHOPS, false), ...drawnShops(FIRST_WITH_COMPLEMENTS, SHOPS, true)];
  const about = 'Golden cases of src/decide: from model, catalogue and input to the bytes of the result.';
  return { v: 1, about, shops };
}

/** Those of before there was a complements model stay as they were: their decisions still replay. */
function drawnShops(firstSeed: number, count: number, isComplemented: boolean): DecideVectors['shops'] {
  const shops: DecideVectors['shops'][number][] = [];
  for (let seed = firstSeed; shops.length < count; seed += 1) {
    const random = seededRandom(seed);
    const shelf = drawShelf(random);
    if (shelf.itemIds.length < 12 || shelf.itemIds.length > 24 || shelf.model.targets.length < 60) continue;
    const drawn = isComplemented ? drawComplements(random, shelf) : shelf;
    shops.push(shopOf(random, drawn, isComplemented));
  }
  return shops;
}

function shopOf(random: Random, drawn: Shelf, isComplemented: boolean): DecideVectors['shops'][number] {
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
  const shelf = buildShelf(drawn.model, drawn.revision, items, { complements: drawn.complements });
  const named = isComplemented ? { complements: shelf.complements.id } : {};
  const cases = Array.from({ length: CASES }, (_, at) => {
    const drawnPlacement = drawPlacement(random);
    const drawnInput = { ...drawInput(random, shelf), ...named };
    // The first has nothing in front of it, where only complements belong; of the others with complements
    // every second asks for some.
    const isAsked = at === 0 || (isComplemented && at % 2 === 1);
    const placement = isAsked ? { ...drawnPlacement, strategy: 'complements' as const } : drawnPlacement;
    const input = at === 0 ? { ...drawnInput, shown: 0, context: [], facts: [] } : drawnInput;
    const result = decide({ input, placement, shelf, scratch: createScratch(shelf) });
    return { placement, input, result: resultText(result) };
  });
  return {
    model: base64(encodeModel(shelf.model)),
    ...(isComplemented ? { complements: base64(encodeModel(shelf.complements)) } : {}),
    revision: shelf.revision,
    items,
    cases,
  };
}

if (import.meta.main) process.stdout.write(`${JSON.stringify(decideVectors())}\n`);
