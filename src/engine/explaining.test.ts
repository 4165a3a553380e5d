// Goal: a decision can be decided again to the very same bytes, and says truthfully what made it. Method: the
// whole engine, with models, catalogues and policies that change in between.

import { describe, expect, it } from 'vitest';
import {
  DAY,
  SETTINGS,
  allowAll,
  buy,
  decide,
  item,
  itemsOf,
  look,
  openHouse,
  personId,
  placementId,
  sourceId,
  stock,
  SHOP,
} from '../../test/support/house.ts';
import { Fault } from '../kernel/fault.ts';

describe('replay', () => {
  it('[E21] gives the same bytes after new models, catalogues and a restart', async () => {
    const house = await openHouse();
    const first = await decide(house, undefined);
    expect(first.result.nothing).toBe('no-model');
    await stock(house);
    await allowAll(house, 'ann');
    await buy(house, 'ann', ['coat-1']);
    const names = [first.decision];
    for (let n = 0; n < 4; n += 1) {
      house.advance(1000);
      names.push((await decide(house, 'ann')).decision);
      await buy(house, `customer-${n}`, ['tea-1', 'lamp-6']);
      await house.engine.putItems([item(`coat-${n + 2}`, undefined, { available: false })]);
      await house.engine.learn();
    }
    await house.engine.flush();
    for (const of of [house, await house.reopen()]) {
      for (const name of names) {
        const found = await of.engine.find(name);
        expect((await of.engine.replay(found!)).same).toBe(true);
      }
    }
  });

  it('[E21] says when a decision was made from something that is no longer kept', async () => {
    const house = await openHouse();
    await stock(house);
    await allowAll(house, 'ann');
    const { decision } = await decide(house, 'ann');
    const found = await house.engine.find(decision);
    const { model } = house.engine.core.shelves.current().shelf;
    await buy(house, 'customer-1', ['tea-1']);
    await house.engine.learn();
    await house.world.documents.remove('model', model.id);
    await expect(house.engine.replay(found!)).rejects.toMatchObject({ code: 'not-kept' });
    const wrong = { ...found!, record: { ...found!.record, input: { ...found!.record.input, policy: 'x' } } };
    await expect(house.engine.replay(wrong)).rejects.toBeInstanceOf(Fault);
  });

  it('[E21] follows the policy of then', async () => {
    const house = await openHouse();
    await stock(house);
    await allowAll(house, 'ann');
    const { decision, result } = await decide(house, 'ann', { limit: 6 });
    await house.engine.flush();
    const { engine } = await openHouse({ settings: SETTINGS.replace('itemsMax: 20', 'itemsMax: 2') });
    expect(
      (await engine.decide({
        placement: placementId('home'),
        channel: 'web',
        limit: 6,
        context: [],
        signals: { gpc: false },
      })) !== 'unknown-placement',
    ).toBe(true);
    const found = await house.engine.find(decision);
    const policy = await house.engine.core.shelves.pastPolicy(found!.record.input.policy);
    expect(policy.placements.find(({ id }) => id === 'home')?.itemsMax).toBe(20);
    expect(result.items).toHaveLength(6);
  });
});

describe('why', () => {
  it('[E21] is faithful: without a fact the list changes exactly as it says', async () => {
    const house = await openHouse();
    await stock(house);
    await allowAll(house, 'ann');
    await buy(house, 'ann', ['coat-1']);
    await look(house, 'ann', ['tea-2', 'lamp-4']);
    const decided = await decide(house, 'ann');
    const why = await house.engine.why((await house.engine.find(decided.decision))!);
    expect(why.result).toEqual(decided.result);
    expect(why.without.map(({ fact }) => fact)).toEqual(decided.record.input.facts.map(({ key }) => key));
    const kept = itemsOf(decided);
    let changing = 0;
    for (const { fact, gone, instead } of why.without) {
      // The same question of somebody of whom this fact is not known.
      const twin = await openHouse();
      await stock(twin);
      await allowAll(twin, 'ann');
      if (fact !== 'bought|till|coat-1') await buy(twin, 'ann', ['coat-1']);
      await look(
        twin,
        'ann',
        ['tea-2', 'lamp-4'].filter((thing) => !fact.endsWith(thing)),
      );
      const bytes = twin.world.entropy.bytes;
      const seed = Buffer.from(decided.record.input.seed, 'hex');
      twin.dice.bytes = (count) => (count === 16 ? new Uint8Array(seed) : bytes(count));
      const without = itemsOf(await decide(twin, 'ann'));
      expect([fact, gone]).toEqual([fact, kept.filter((thing) => !without.includes(thing))]);
      expect([fact, instead]).toEqual([fact, without.filter((thing) => !kept.includes(thing))]);
      if (gone.length + instead.length > 0) changing += 1;
    }
    expect(changing).toBeGreaterThan(0);
  });

  it('[E21] tells what was held back', async () => {
    const house = await openHouse();
    await stock(house);
    await allowAll(house, 'ann');
    await buy(house, 'ann', ['coat-1', 'glove-1']);
    const decided = await decide(house, 'ann');
    const why = await house.engine.why((await house.engine.find(decided.decision))!);
    expect(why.held).toContainEqual({ item: 'coat-1', guard: 'bought', number: 1 });
  });
});

describe('what replays need', () => {
  it('[E23] a model is kept as long as any decision that names it', async () => {
    const house = await openHouse();
    await stock(house);
    const models: string[] = [];
    const kept = async (): Promise<readonly string[]> => {
      const there = (await house.world.documents.list('model')).map(({ id }) => id);
      return models.filter((id) => there.includes(id));
    };
    models.push(house.engine.core.shelves.current().shelf.model.id);
    house.advance(40 * DAY);
    const { decision } = await decide(house, undefined);
    await buy(house, 'customer-1', ['tea-1']);
    models.push((await house.engine.learn())?.id ?? '');
    await house.engine.maintain();
    expect(await kept()).toEqual(models);
    expect((await house.engine.replay((await house.engine.find(decision))!)).same).toBe(true);
    house.advance(31 * DAY);
    await house.engine.maintain();
    expect(await kept()).toEqual(models.slice(1));
    house.advance(99 * DAY);
    await house.engine.maintain();
    expect(await kept()).toEqual(models.slice(1));
  });

  it('[E23] a fit that takes its time counts who changed meanwhile for the next one', async () => {
    const house = await openHouse();
    await stock(house);
    expect(house.engine.changedSinceFit()).toBe(0);
    const { learner } = house.world;
    const fit = learner.fit.bind(learner);
    learner.fit = async (options) => {
      const fitted = await fit(options);
      await buy(house, 'customer-1', ['lamp-5']);
      house.engine.count();
      return fitted;
    };
    await house.engine.learn();
    expect(house.engine.changedSinceFit()).toBe(1);
  });

  it('[E20] a source that is registered again replaces the one before, also after a restart', async () => {
    const house = await openHouse();
    const base = {
      id: sourceId('import'),
      controller: SHOP,
      origin: 'first-party',
      channel: 'web',
      basis: 'consent',
      noticeId: 'notice-1',
    } as const;
    for (const description of ['one', 'two', 'one', 'one']) {
      await house.engine.registerSource({ ...base, description });
      house.advance(1);
    }
    expect(house.engine.core.sources.get(base.id)?.description).toBe('one');
    const after = await house.reopen();
    expect(after.engine.core.sources.get(base.id)?.description).toBe('one');
    expect((await house.world.documents.list('source')).length).toBe(3);
    expect(await after.engine.describe(personId('nobody-here'))).toBe('no-such-person');
  });
});
