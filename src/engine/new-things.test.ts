// Goal: where the policy says so, a thing that nobody bought yet is shown to those who like its kind, because
// of what they have; and never one of a sensitive class, or without being asked for. Method: a small shop.

import { describe, expect, it } from 'vitest';
import {
  type House,
  allowAll,
  buy,
  changes,
  decide,
  item,
  itemsOf,
  openHouse,
  say,
} from '../../test/support/house.ts';
import { policyIn } from '../../test/support/policies.ts';
import { explained } from '../facts/decision.ts';
import type { Item } from '../facts/item.ts';
import { learnedFrom } from './shelves.ts';

const named = (id: string, title: string, more: Partial<Item> = {}): Item => ({
  ...item(id, ['Things', title.split(/[, ]/).slice(0, 2).join(' ')]),
  title,
  ...more,
});

async function openShop(policy: object): Promise<House> {
  const house = await openHouse();
  await house.engine.usePolicy(policyIn(policy));
  const kinds = ['Wool coat', 'Oak table'];
  await house.engine.putItems([
    ...kinds.flatMap((kind, at) =>
      Array.from({ length: 8 }, (_, n) => named(`kind-${at}-${n}`, `${kind} ${n}x`)),
    ),
    named('new-coat', 'Wool coat, collar'),
    named('new-shame', 'Wool coat, telling', { sensitive: 'health' }),
    named('new-gone', 'Wool coat, gone', { available: false }),
  ]);
  for (let n = 0; n < 240; n += 1) {
    await say(house, `person-${n}`, changes('given'));
    await buy(
      house,
      `person-${n}`,
      [0, 1, 2].map((x) => `kind-${n % 2}-${(n + x * x) % 8}`),
    );
  }
  return house;
}

describe('new things', () => {
  it('[E195] are shown to whoever has what they are like, and the reason adds up', async () => {
    const house = await openShop({ newThings: 'likeness' });
    const model = await house.engine.learn();
    expect(model?.itemIds).toContain('new-coat');
    expect(model?.itemIds).not.toContain('new-shame');
    expect(model?.itemIds).not.toContain('new-gone');
    await allowAll(house, 'ada');
    await allowAll(house, 'bob');
    await buy(house, 'ada', ['kind-0-0']);
    await buy(house, 'bob', ['kind-1-0']);
    const made = await decide(house, 'ada');
    const at = itemsOf(made).indexOf('new-coat');
    expect(at).toBeGreaterThanOrEqual(0);
    const { contributions, score } = explained(made.result)[at]!;
    expect(contributions.reduce((sum, { value }) => sum + value, 0)).toBe(score);
    expect(itemsOf(await decide(house, 'bob'))).not.toContain('new-coat');
    const found = await house.engine.find(made.decision);
    expect((await house.engine.replay(found!)).same).toBe(true);
    // The same lists with everybody's things still there.
    expect(model?.people[model.itemIds.indexOf('new-coat')]).toBe(0);
  });

  it('[E195] are not, where the policy does not say so; who says so has a model made anew', async () => {
    const house = await openShop({});
    const model = await house.engine.learn();
    expect(model?.itemIds).not.toContain('new-coat');
    const { policy, shelves } = house.engine.core;
    const other = policyIn({ newThings: 'likeness' });
    expect(learnedFrom(other, shelves.shadow())).not.toBe(learnedFrom(policy, shelves.shadow()));
    expect(learnedFrom(policyIn({ newThings: 'none' }), shelves.shadow())).toBe(
      learnedFrom(policyIn({}), shelves.shadow()),
    );
  });
});
