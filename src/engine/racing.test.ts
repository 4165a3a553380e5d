// Goal: several engines over one store are as one: what one acknowledged rules every later answer of all,
// nothing is lost or counted twice, and a cap holds over all of them. Method: two or three engines over one
// store in memory, with people in the memory of each.

import { describe, expect, it } from 'vitest';
import {
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
  placementId,
  say,
  stock,
} from '../../test/support/house.ts';
import { factsOf, shown, three } from '../../test/support/racing.ts';
import { Fault } from '../kernel/fault.ts';
import { seededRandom } from '../kernel/random.ts';

describe('several engines over one store', () => {
  it('[E160] what one acknowledged rules the next decision of another, from memory or not', async () => {
    const [one, two] = await three();
    await allowAll(one, 'ann');
    await buy(one, 'ann', ['tea-1']);
    expect(factsOf(await shown(two, 'ann'))).toBe(1);
    await look(one, 'ann', ['lamp-2']);
    expect(factsOf(await shown(two, 'ann'))).toBe(2);
    await say(one, 'ann', changes('withdrawn'));
    const after = await shown(two, 'ann');
    expect([factsOf(after), after.record.input.refused]).toEqual([0, 'no-grant']);
    await say(two, 'ann', changes('given'));
    expect(factsOf(await shown(one, 'ann')), 'what was withdrawn is gone, the order stays').toBe(1);
    await one.engine.restrict({
      person: personId('ann'),
      fact: 'bought|till|tea-1',
      act: 'restrict',
    });
    expect(factsOf(await shown(two, 'ann'))).toBe(0);
    await two.engine.erase(personId('ann'));
    expect((await shown(one, 'ann')).record.input.refused).toBe('erased');
    expect(await one.engine.describe(personId('ann'))).toBe('erased');
    await say(one, 'ann', changes('given'), { byPerson: true });
    expect((await shown(two, 'ann')).record.input.refused, 'back by their own act').toBeUndefined();
  });

  it('[E160] a yes that one heard lets the other keep what comes next', async () => {
    const [one, two] = await three();
    expect((await collect(two, [event(two, 'view', 'bo', ['tea-1'])])).admitted).toBe(0);
    await say(one, 'bo', changes('given', ['purchases']));
    await shown(two, 'bo');
    await say(one, 'bo', changes('given', ['browsing']));
    expect((await collect(two, [event(two, 'view', 'bo', ['tea-1'])])).admitted).toBe(1);
  });

  it('[E160] an identity that another engine parted is not read any more', async () => {
    const [one, two] = await three();
    for (const who of ['phone', 'till']) await allowAll(one, who);
    await buy(one, 'till', ['tea-1']);
    await one.engine.link({ person: personId('phone'), other: personId('till'), act: 'join' });
    await two.engine.link({ person: personId('till'), other: personId('phone'), act: 'join' });
    expect(factsOf(await shown(two, 'phone'))).toBe(1);
    await one.engine.link({ person: personId('till'), other: personId('phone'), act: 'part' });
    expect(factsOf(await shown(two, 'phone')), 'parted in the journal of the other').toBe(0);
  });

  it('[E160] what an engine tells of a decision of somebody who left elsewhere is nothing', async () => {
    const [one, two] = await three();
    await allowAll(one, 'jan');
    await buy(one, 'jan', ['tea-1']);
    const { decision } = await shown(one, 'jan');
    expect(await one.engine.find(decision)).toBeDefined();
    await two.engine.erase(personId('jan'));
    expect(await one.engine.find(decision)).toBeUndefined();
  });

  it('[E161] a cap holds over all of them, however many ask at once', async () => {
    const houses = await three();
    await allowAll(houses[0], 'cat');
    await buy(houses[0], 'cat', ['tea-1']);
    for (let round = 0; round < 3; round += 1) {
      const asked = Array.from({ length: 60 }, (_, n) =>
        decide(houses[n % 3]!, 'cat', { placement: placementId('capped'), limit: 1 }).then(
          async (decided) => {
            await decided.receipt();
            return itemsOf(decided).length;
          },
          (error: unknown) => {
            // Who lost too many races was shown nothing.
            if (error instanceof Fault && error.code === 'conflict') return 0;
            throw error;
          },
        ),
      );
      const lists = (await Promise.all(asked)).reduce((sum, count) => sum + count, 0);
      expect(lists).toBe(round === 0 ? 7 : 0);
    }
  });

  it('[E162] events that come to several at once are each kept once, and counted as new once', async () => {
    for (let seed = 1; seed <= 5; seed += 1) {
      const houses = await three(seed);
      const random = seededRandom(seed);
      await allowAll(houses[0], 'dan');
      const events = Array.from({ length: 30 }, (_, n) =>
        event(houses[0], 'view', 'dan', [`tea-${1 + (n % 6)}`], { id: `seen-${seed}-${n}` }),
      );
      // Each event twice, by engines of chance, in batches of chance.
      const sent = [...events, ...events];
      random.shuffle(sent);
      const batches: (typeof sent)[] = [];
      while (sent.length > 0) batches.push(sent.splice(0, 1 + random.below(5)));
      const answers = await Promise.all(batches.map((batch) => collect(houses[random.below(3)]!, batch)));
      const total = (of: 'admitted' | 'repeated'): number => answers.reduce((sum, one) => sum + one[of], 0);
      expect([total('admitted'), total('repeated')]).toEqual([30, 30]);
      for (const house of houses) {
        const told = await house.engine.describe(personId('dan'));
        const facts = (told as { readonly facts: readonly { readonly count: number }[] }).facts;
        expect(facts.reduce((sum, { count }) => sum + count, 0)).toBe(30);
      }
    }
  });

  it('[E160] words and decisions at once: none that began after a no rests on a fact', async () => {
    for (let seed = 1; seed <= 4; seed += 1) {
      const houses = await three(seed);
      const random = seededRandom(seed);
      await allowAll(houses[0], 'eve');
      await buy(houses[0], 'eve', ['tea-1']);
      let isAllowed = true;
      let changing = false;
      const failures: string[] = [];
      const talk = async (): Promise<void> => {
        for (let turn = 0; turn < 10; turn += 1) {
          changing = true;
          await say(houses[random.below(3)]!, 'eve', changes(isAllowed ? 'withdrawn' : 'given'));
          isAllowed = !isAllowed;
          changing = false;
          for (let wait = 0; wait < 3; wait += 1) await shown(houses[random.below(3)]!, 'eve');
        }
      };
      const watch = async (): Promise<void> => {
        for (let turn = 0; turn < 25; turn += 1) {
          const wasDenied = !isAllowed && !changing;
          const decided = await shown(houses[random.below(3)]!, 'eve');
          if (wasDenied && !isAllowed && !changing && factsOf(decided) > 0) failures.push(`turn ${turn}`);
        }
      };
      await Promise.all([talk(), watch(), watch()]);
      expect(failures).toEqual([]);
    }
  });

  it('[E163] strangers do not race: each has a nobody of its own, and no count holds one', async () => {
    const [one, two, other] = await three();
    const houses = [one, two, other];
    const asked = Array.from({ length: 90 }, (_, n) => decide(houses[n % 3]!, undefined));
    const decided = await Promise.all(asked);
    for (const each of decided) await each.receipt();
    expect(new Set(decided.map((each) => each.decision)).size).toBe(90);
    const { nobody } = one.engine.core;
    expect([nobody, two.engine.core.nobody].map(({ keys }) => keys.size)).toEqual([64, 64]);
    const stored = await one.world.people.people(undefined, 1000);
    expect(stored.filter((key) => nobody.keys.has(key))).toHaveLength(3);
  });

  it('[E160] an engine that is alone tells of a conflict and does not try again', async () => {
    const house = await openHouse();
    await stock(house, 6);
    await allowAll(house, 'flo');
    house.failing = (operation) =>
      operation === 'people.append'
        ? new Fault('conflict', 'somebody was faster', { retry: 'now' })
        : undefined;
    const decided = await decide(house, 'flo');
    await expect(decided.receipt()).rejects.toMatchObject({ code: 'conflict' });
  });
});
