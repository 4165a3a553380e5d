// Goal: who left and came back between two looks adds nothing of the life before. Method: two nodes on one
// PostgreSQL; one erases and brings back before the one that learns looks again.
import { afterEach, expect, it } from 'vitest';
import type { Node } from '../support/cluster-nodes.ts';
import { THINGS, allowAll, buy, changes, item, openHouse, personId, say } from '../support/house.ts';
import { type Pair, newPair } from '../support/postgres-pair.ts';
import { ALL_LEARNED, openTwo, settled } from '../support/shared-learning.ts';

let pair: Pair;
const open: Node[] = [];
afterEach(async () => {
  for (const node of open.splice(0)) await node.close();
  await pair.end();
});

it('[E222] who left and came back at once adds nothing of before', async () => {
  pair = await newPair();
  open.push(...(await openTwo(pair)));
  const alone = await openHouse({ settings: ALL_LEARNED });
  for (const house of [alone, open[0]!]) await house.engine.putItems(THINGS.map((id) => item(id)));
  const act = async (house: typeof alone | Node, step: number): Promise<void> => {
    if (step === 0) {
      for (const who of ['ann', 'bob']) {
        await allowAll(house, who);
        await buy(house, who, ['tea-1', 'tea-2']);
      }
      return;
    }
    await house.engine.erase(personId('ann'));
    await say(house, 'ann', changes('given', ['reviews'], ['benefit']), { byPerson: true });
  };
  const canonical = async ({ engine }: { engine: Node['engine'] }): Promise<string> => {
    engine.count();
    return Buffer.from(await engine.core.world.learner.canonical()).toString();
  };
  await act(alone, 0);
  await act(open[0]!, 0);
  const learner = await settled(open);
  expect(await canonical(learner)).toBe(await canonical(alone));
  const other = open.find((node) => node !== learner)!;
  await act(alone, 1);
  await act(other, 1);
  const again = await settled(open);
  expect(again).toBe(learner);
  expect(await canonical(again)).toBe(await canonical(alone));
}, 240_000);
