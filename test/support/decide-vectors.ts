// Writes vectors/decide.json: `npx node test/support/decide-vectors.ts > vectors/decide.json`. The file is
// golden: a change in it means that decisions of yesterday no longer replay, so it needs a new version of the
// input, not a new file.

import { decide } from '../../src/decide/decide.ts';
import { createScratch } from '../../src/decide/score.ts';
import { buildShelf } from '../../src/decide/shelf.ts';
import { drawInput, drawPlacement, drawShelf } from '../../src/decide/testing.ts';
import { type Item, SENSITIVE_CLASSES } from '../../src/facts/item.ts';
import { encodeModel } from '../../src/facts/model.ts';
import { base64 } from '../../src/kernel/bytes.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { type DecideVectors, resultText } from './decide-vectors-check.ts';

/** Seeds whose shops have some twenty things. */
const SHOPS = 4;
const CASES = 8;

export function decideVectors(): DecideVectors {
  const shops: DecideVectors['shops'][number][] = [];
  for (let seed = 0; shops.length < SHOPS; seed += 1) {
    const random = seededRandom(seed);
    const drawn = drawShelf(random);
    if (drawn.itemIds.length < 12 || drawn.itemIds.length > 24 || drawn.model.targets.length < 60) continue;
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
    const shelf = buildShelf(drawn.model, drawn.revision, items);
    const cases = Array.from({ length: CASES }, (_, at) => {
      const drawnPlacement = drawPlacement(random);
      const drawnInput = drawInput(random, shelf);
      // The first has nothing in front of it, where only complements belong.
      const placement = at === 0 ? { ...drawnPlacement, strategy: 'complements' as const } : drawnPlacement;
      const input = at === 0 ? { ...drawnInput, shown: 0, context: [], facts: [] } : drawnInput;
      const result = decide({ input, placement, shelf, scratch: createScratch(shelf) });
      return { placement, input, result: resultText(result) };
    });
    shops.push({ model: base64(encodeModel(shelf.model)), revision: shelf.revision, items, cases });
  }
  const about = 'Golden cases of src/decide: from model, catalogue and input to the bytes of the result.';
  return { v: 1, about, shops };
}

if (import.meta.main) process.stdout.write(`${JSON.stringify(decideVectors())}\n`);
