// Goal: after an erasure the world is as if it had never met the person, at once, and whatever goes wrong on
// the way. Method: two shops side by side, one of which never met Eve; and a fault at each call to the store
// in turn.

import { describe, expect, it } from 'vitest';
import {
  type House,
  allowAll,
  buy,
  changes,
  decide,
  look,
  openHouse,
  personId,
  say,
  stock,
} from '../../test/support/house.ts';
import { utf8Text } from '../kernel/bytes.ts';
import { Fault } from '../kernel/fault.ts';

const EVE = personId('eve');

async function meetEve(house: House): Promise<void> {
  await allowAll(house, 'eve');
  await buy(house, 'eve', ['coat-1', 'tea-4', 'lamp-5', 'eves-own-thing']);
  await look(house, 'eve', ['glove-1']);
  await decide(house, 'eve');
}

const statistics = async (house: House): Promise<string> => {
  house.engine.count();
  return utf8Text(await house.world.learner.canonical());
};

const erasedPlain = async (house: House): Promise<void> => {
  const answer = await house.engine.erase(EVE);
  expect(typeof answer).toBe('object');
};

describe('an erasure that is stopped', () => {
  /** Two others have what Eve has besides: without her that is too few people. */
  async function rareFans(house: House): Promise<void> {
    for (const who of ['rae', 'ron']) {
      await say(house, who, changes('given', ['purchases'], ['improve']));
      await buy(house, who, ['rare-a', 'rare-b']);
    }
  }

  async function shop(): Promise<House> {
    const house = await openHouse();
    await stock(house);
    await rareFans(house);
    await meetEve(house);
    await buy(house, 'eve', ['rare-a', 'rare-b']);
    await house.engine.learn();
    await house.engine.maintain();
    return house;
  }

  async function callsOfErasure(): Promise<readonly string[]> {
    const house = await shop();
    house.operations.length = 0;
    await house.engine.erase(EVE);
    return [...house.operations];
  }

  it('[E10] by a crash at any call to the store, is finished after the restart', async () => {
    const calls = await callsOfErasure();
    expect(calls.length).toBeGreaterThan(5);
    const never = await openHouse();
    await stock(never);
    await rareFans(never);
    const clean = await statistics(never);
    for (const at of calls.keys()) {
      const house = await shop();
      let count = 0;
      // From the chosen call on nothing works any more: the process is dead, whatever it still tries.
      house.failing = () => (count++ >= at ? new Fault('closed', 'planted', { retry: 'never' }) : undefined);
      const answer = await house.engine.erase(EVE).catch(() => 'crashed');
      house.failing = undefined;
      expect(answer).toBe('crashed');
      const after = await house.reopen();
      await after.engine.recover();
      const gone = await after.engine.describe(EVE);
      const left = await after.world.people.history(after.engine.core.people.keyOf(EVE), [
        'event',
        'decision',
        'link',
      ]);
      if (gone === 'erased') {
        expect([at, left.length, await statistics(after)]).toEqual([at, 0, clean]);
        const { model } = after.engine.core.shelves.current().shelf;
        const rare = model.itemIds.indexOf('rare-a');
        expect(rare === -1 ? 0 : model.prior[rare]).toBe(0);
        expect(model.itemIds).toContain('coat-1');
      } else {
        // The record was not written: nothing was begun.
        expect(left.length).toBeGreaterThan(0);
        await erasedPlain(after);
        expect(await statistics(after)).toBe(clean);
      }
    }
  });

  it('[E10] by a fault, is finished by the next maintenance, or by being asked for again', async () => {
    for (const operation of ['keys.erase', 'people.erase', 'documents.put']) {
      for (const way of ['maintain', 'again'] as const) {
        const house = await shop();
        let failed = false;
        house.failing = (name) => {
          if (name !== operation || failed) return undefined;
          failed = true;
          return new Fault('disk-full', 'planted', { retry: 'later' });
        };
        const answer = await house.engine.erase(EVE).catch(() => 'failed');
        if (!failed) continue;
        expect([operation, answer]).toEqual([operation, 'failed']);
        expect((await decide(house, 'eve')).record.reads).toEqual([]);
        if (way === 'maintain') await house.engine.maintain();
        else await house.engine.erase(EVE);
        if (way === 'again' && operation !== 'keys.erase') await house.engine.maintain();
        expect(await house.engine.describe(EVE)).toBe('erased');
        expect(
          await house.world.people.history(house.engine.core.people.keyOf(EVE), [
            'event',
            'decision',
            'link',
          ]),
        ).toEqual([]);
        expect(house.engine.core.leaving.size).toBe(0);
      }
    }
  });

  it('[E10] by a fault after it was told what falls, takes it out of the models later', async () => {
    const house = await shop();
    const { learner } = house.world;
    const forget = learner.forget.bind(learner);
    // As for somebody who left through another engine: only the counts say what they had, and only once.
    Object.assign(learner, {
      forget: (...[key, leaving]: Parameters<typeof forget>) => forget(key, { ...leaving, had: [] }),
    });
    const prior = (): number | undefined => {
      const { model } = house.engine.core.shelves.current().shelf;
      return model.prior[model.itemIds.indexOf('rare-a')];
    };
    expect(prior()).toBeGreaterThan(0);
    house.failing = (name) =>
      name === 'documents.put' ? new Fault('disk-full', 'planted', { retry: 'later' }) : undefined;
    await expect(house.engine.erase(EVE)).rejects.toThrow('planted');
    expect(prior()).toBeGreaterThan(0);
    house.failing = undefined;
    await house.engine.maintain();
    expect(house.engine.core.leaving.size).toBe(0);
    expect(prior()).toBe(0);
  });

  it('[E10] and asked for again, is at its end when the answer is "erased before"', async () => {
    const calls = await callsOfErasure();
    for (const at of calls.keys()) {
      const house = await shop();
      let count = 0;
      house.failing = () =>
        count++ === at ? new Fault('disk-full', 'planted', { retry: 'later' }) : undefined;
      const first = await house.engine.erase(EVE).catch(() => 'failed');
      house.failing = undefined;
      if (first === 'failed') await house.engine.erase(EVE);
      const key = house.engine.core.people.keyOf(EVE);
      expect(await house.world.people.history(key, ['event', 'decision', 'link']), calls[at]).toEqual([]);
      const { itemIds } = house.engine.core.shelves.current().shelf.model;
      const named = (await decide(house, 'rae')).result.items.map(({ item }) => item);
      expect(named, `${calls[at]} ${itemIds.length}`).not.toContain('rare-a');
    }
  });

  it('[E10] what a backup brings back of somebody without keys is removed at the start', async () => {
    const house = await shop();
    const key = house.engine.core.people.keyOf(EVE);
    const rows = await house.world.people.history(key);
    await erasedPlain(house);
    // Yesterday's journal under today's keys.
    await house.world.people.purge(key);
    await house.world.people.append(rows.map((row) => ({ ...row, person: key, expiresDay: 0 })));
    const after = await house.reopen();
    expect((await decide(after, 'eve')).record.input.refused).toBe('erased');
    await after.engine.recover();
    expect(await after.world.people.history(key, ['event', 'decision', 'link'])).toEqual([]);
    expect(await after.engine.describe(EVE)).toBe('erased');
  });

  it('[E10] a model from before somebody left does not serve, not even for a moment', async () => {
    for (const comesBack of [false, true]) {
      const house = await shop();
      const { documents } = house.world;
      const { id } = house.engine.core.shelves.current().shelf.model;
      const noted = await documents.pointer('model/erasures');
      const known = ({ engine }: House): readonly string[] => engine.core.shelves.current().shelf.itemIds;
      expect(known(await house.reopen())).toContain('rare-a');
      await erasedPlain(house);
      if (comesBack) await allowAll(house, 'eve');
      // Yesterday's documents under today's keys.
      await documents.point('model/current', id);
      await documents.point('model/erasures', noted ?? '');
      const after = await house.reopen();
      expect(known(after)).toEqual([]);
      expect((await decide(after, 'rae')).result.items).toEqual([]);
      await after.engine.recover();
      expect(known(after)).not.toContain('rare-a');
      expect(known(after)).toContain('tea-4');
      const again = await after.reopen();
      expect(known(again)).toEqual(known(after));
    }
  });
});
