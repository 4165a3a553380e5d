// Goal: a policy rules from the next decision on, leaves its trace in the log first, and old decisions are
// decided again under the old one. Method: the whole engine in memory; policies as a shop would write them.

import { describe, expect, it } from 'vitest';
import {
  type House,
  allowAll,
  buy,
  changes,
  collect,
  decide,
  event,
  itemsOf,
  look,
  openHouse,
  personId,
  say,
  stock,
} from '../../test/support/house.ts';
import { GLOVES, HOME_SLOT, policyIn } from '../../test/support/policies.ts';
import type { Policy } from '../facts/policy.ts';
import { utf8 } from '../kernel/bytes.ts';
import { documentLeafOf } from '../prove/leaf.ts';
import { openShelves } from './shelves.ts';

async function withAnn(): Promise<House> {
  const house = await openHouse();
  await stock(house);
  await allowAll(house, 'ann');
  await buy(house, 'ann', ['coat-1']);
  await look(house, 'ann', ['tea-2']);
  return house;
}

describe('a policy', () => {
  it('[E30] rules from the next decision on, by its name', async () => {
    const house = await withAnn();
    const before = await decide(house, 'ann', { limit: 20 });
    expect(itemsOf(before).some((id) => id.startsWith('glove'))).toBe(true);
    const policy = policyIn(GLOVES);
    await house.engine.usePolicy(policy);
    const after = await decide(house, 'ann', { limit: 20 });
    expect(after.record.input.policy).toBe(policy.version);
    expect(itemsOf(after).length).toBeGreaterThan(0);
    expect(itemsOf(after).some((id) => id.startsWith('glove'))).toBe(false);
  });

  it('[E30] is kept, and its hash is in the log', async () => {
    const house = await openHouse();
    const policy = policyIn();
    await house.engine.usePolicy(policy);
    await house.engine.maintain();
    const leaf = documentLeafOf(house.world.crypto.sha256(utf8(JSON.stringify(policy))));
    expect(await house.world.log.inclusion(leaf)).toBeDefined();
    expect(await house.engine.core.shelves.pastPolicy(policy.version)).toEqual(policy);
  });

  it('[E30] that could not be kept does not rule', async () => {
    const house = await withAnn();
    const { version } = house.engine.core.policy;
    house.world.documents.put = () => Promise.reject(new Error('planted'));
    await expect(house.engine.usePolicy(policyIn(GLOVES))).rejects.toThrow('planted');
    expect((await decide(house, 'ann')).record.input.policy).toBe(version);
  });

  it('[E30] narrows what is read at once, also of what was seen a moment ago', async () => {
    const house = await withAnn();
    const kinds = async (): Promise<readonly string[]> =>
      (await decide(house, 'ann')).record.reads.map((key) => key.split('|')[0] ?? '');
    expect((await kinds()).toSorted()).toEqual(['bought', 'viewed']);
    await house.engine.usePolicy(policyIn({ purposes: { recommend: ['purchases'] } }));
    expect(await kinds()).toEqual(['bought']);
  });

  it('[E30] what its purposes do not use is not kept', async () => {
    const house = await openHouse();
    await house.engine.usePolicy(policyIn({ purposes: { recommend: ['purchases'] } }));
    await say(house, 'ann', changes('given'));
    const { admitted, refused } = await collect(house, [event(house, 'view', 'ann', ['tea-1'])]);
    expect({ admitted, refused }).toEqual({ admitted: 0, refused: { 'not-in-policy': 1 } });
  });

  it('[E30] what becomes sensitive leaves the statistics, and a model is made without it', async () => {
    const house = await withAnn();
    const modelled = (): readonly string[] => house.engine.core.shelves.current().shelf.itemIds;
    expect(modelled()).toContain('glove-1');
    await (
      await house.engine.usePolicy(policyIn(GLOVES))
    ).settled;
    expect(modelled().some((id) => id.startsWith('glove'))).toBe(false);
    expect(modelled()).toContain('coat-1');
  });

  it('[E30] also when it changed between two starts', async () => {
    const house = await withAnn();
    await (
      await house.engine.usePolicy(policyIn(GLOVES))
    ).settled;
    const again = await house.reopen();
    await again.engine.recover();
    expect(again.engine.core.shelves.current().shelf.itemIds).toContain('glove-1');
  });

  it('[E30] a decision is replayed under the policy of then, byte for byte', async () => {
    const house = await withAnn();
    const early = await decide(house, 'ann', { limit: 20 });
    const policy = policyIn(GLOVES);
    await house.engine.usePolicy(policy);
    const late = await decide(house, 'ann', { limit: 20 });
    await house.engine.usePolicy(policyIn());
    for (const { decision } of [early, late]) {
      const found = await house.engine.find(decision);
      if (found === undefined) throw new Error('the record is there');
      expect((await house.engine.replay(found)).same).toBe(true);
    }
  });

  it('[E30] a question on its way when the policy changed is answered under the new one', async () => {
    const house = await withAnn();
    const next = policyIn({ placements: [{ ...HOME_SLOT, itemsMax: 1 }] });
    const { people } = house.engine.core;
    const fresh = people.fresh.bind(people);
    people.cached = () => undefined;
    people.fresh = async (id) => {
      people.fresh = fresh;
      await house.engine.usePolicy(next);
      return fresh(id);
    };
    const decided = await decide(house, 'ann', { person: personId('ann') });
    expect(decided.record.input.policy).toBe(next.version);
    expect(itemsOf(decided)).toHaveLength(1);
  });

  it('[E30] a model of smaller groups than it allows names nothing, from the first moment', async () => {
    const house = await withAnn();
    const known = (): readonly string[] => house.engine.core.shelves.current().shelf.itemIds;
    const { settled } = await house.engine.usePolicy(policyIn({ minPeople: 4 }));
    expect(known()).toEqual([]);
    expect((await decide(house, 'ann')).result).toMatchObject({ items: [], nothing: 'no-model' });
    await settled;
    expect(known()).toContain('coat-1');
  });

  it('[E30] what it changes in the model is not forgotten when that could not be made at once', async () => {
    const house = await withAnn();
    const { policy } = house.engine.core;
    const isOutdated = async (under: Policy): Promise<boolean> =>
      (await openShelves(house.world, under)).isOutdated;
    house.world.learner.fit = () => Promise.reject(new Error('planted'));
    await expect((await house.engine.usePolicy(policyIn(GLOVES))).settled).rejects.toThrow('planted');
    expect([await isOutdated(policyIn(GLOVES)), await isOutdated(policy)]).toEqual([true, false]);
  });
});
