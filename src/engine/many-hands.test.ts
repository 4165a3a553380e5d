// Goal: a world that fails leaves nothing half-said, and the engine goes on when it is back. Method: a disk
// that is full at chosen moments, slow stores, a cache that is too small, many hands on one person.

import { describe, expect, it } from 'vitest';
import {
  type House,
  SETTINGS,
  allowAll,
  buy,
  changes,
  collect,
  decide,
  event,
  look,
  openHouse,
  personId,
  say,
  stock,
} from '../../test/support/house.ts';
import { readSettings } from '../presets/settings-file.ts';
import { FAST } from '../presets/timing.ts';
import { openEngine } from './engine.ts';
import { createCache } from './cache.ts';
import { readyKeys } from './replaying.ts';
import { newPerson } from './person.ts';
import type { PersonKey } from './ports.ts';
import { createQueue } from './queue.ts';
import { compact } from './snapshot.ts';

const stateOf = async (house: House, who: string): Promise<unknown> => house.engine.describe(personId(who));

describe('one person in many hands', () => {
  it('[E12] events, words, decisions and an erasure at once never break the journal', async () => {
    for (let round = 0; round < 12; round += 1) {
      const house = await openHouse({ seed: round });
      await stock(house, 6);
      await allowAll(house, 'ann');
      const work = Array.from({ length: 40 }, (_, n): Promise<unknown> => {
        switch ((n * 7 + round) % 6) {
          case 0:
            return buy(house, 'ann', [`tea-${1 + (n % 6)}`]);
          case 1:
            return look(house, 'ann', [`lamp-${1 + (n % 6)}`]);
          case 2:
            return say(
              house,
              'ann',
              changes(n % 2 === 0 ? 'given' : 'withdrawn', ['browsing'], ['recommend']),
            );
          case 3:
            return house.engine.link({
              person: personId('ann'),
              other: personId(`o${n % 3}`),
              act: n % 2 === 0 ? 'join' : 'part',
            });
          case 4:
            return house.engine.maintain();
          default:
            return decide(house, 'ann').then((decided) => decided.receipt());
        }
      });
      if (round % 3 === 2) work.push(house.engine.erase(personId('ann')), look(house, 'ann', ['tea-1']));
      const settled = await Promise.allSettled(work);
      expect(settled.filter(({ status }) => status === 'rejected')).toEqual([]);
      const after = await house.reopen();
      const now = await stateOf(house, 'ann');
      expect(await stateOf(after, 'ann')).toEqual(now);
      if (round % 3 === 2) expect(now).toBe('erased');
      else
        expect(await after.engine.core.people.get(personId('ann'))).toMatchObject({
          unreadable: false,
          chain: { broken: false },
        });
    }
  });

  it('[E12] is one copy, also when fewer people fit into memory than are being served', async () => {
    const house = await openHouse();
    const { controller, sources, notices, policy } = readSettings(SETTINGS, 'settings');
    const config = {
      controller,
      sources,
      notices,
      policy,
      replayDays: 30,
      ...FAST,
      microBatchMs: 0,
      peopleCachedMax: 3,
    };
    const engine = await openEngine(house.world, config);
    const tight: House = Object.assign(Object.create(house) as House, { engine });
    const people = Array.from({ length: 12 }, (_, n) => `p${n}`);
    await Promise.all(people.map((who) => allowAll(tight, who)));
    const work = Array.from({ length: 120 }, (_, n): Promise<unknown> => {
      const who = people[(n * 5) % people.length] ?? '';
      if (n % 3 === 0) return buy(tight, who, [`thing-${n}`]);
      if (n % 3 === 1) return decide(tight, who).then((decided) => decided.receipt());
      return say(tight, who, changes(n % 2 === 0 ? 'given' : 'withdrawn', ['reviews'], ['benefit']));
    });
    work.push(
      collect(
        tight,
        people.map((who) => event(tight, 'purchase', who, [`batch-${who}`])),
      ),
    );
    const settled = await Promise.allSettled(work);
    expect(settled.filter(({ status }) => status === 'rejected')).toEqual([]);
    house.advance(2000);
    await engine.maintain();
    expect(engine.core.people.inMemory()).toBeLessThanOrEqual(4);
    const after = await house.reopen();
    for (const who of people) {
      const person = await after.engine.core.people.get(personId(who));
      expect(person).toMatchObject({ unreadable: false, open: undefined, chain: { broken: false } });
      if (typeof person === 'object') expect(person.profile.facts.has(`bought|till|batch-${who}`)).toBe(true);
    }
  });

  it('[E12] is one copy, also when somebody reads them while they are being made', async () => {
    const house = await openHouse();
    const { keys, people } = house.world;
    const create = keys.create.bind(keys);
    const load = people.load.bind(people);
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    people.load = async (key) => {
      await held;
      return load(key);
    };
    let reading: Promise<unknown> | undefined;
    keys.create = async (list) => {
      const made = await create(list);
      // The keys are there, the person is not in memory yet.
      reading = house.engine.core.people.get(personId('ann'));
      await Promise.resolve();
      return made;
    };
    const said = allowAll(house, 'ann');
    await said;
    release();
    const { core } = house.engine;
    expect(await reading).toBe(core.people.cached(personId('ann')));
    people.load = load;
    await buy(house, 'ann', ['tea-1']);
    expect(await (await house.reopen()).engine.core.people.get(personId('ann'))).toMatchObject({
      nextSeq: 2,
    });
  });

  it('[E12, E17] a snapshot waits for what is on its way to the store', async () => {
    const house = await openHouse();
    await allowAll(house, 'ann');
    const person = await house.engine.core.people.get(personId('ann'));
    if (typeof person !== 'object') throw new Error('no ann');
    const bought = buy(house, 'ann', ['tea-1']);
    while (person.pending === 0) await Promise.resolve();
    expect(await compact(house.world, person)).toBe(false);
    expect((await house.world.people.load(person.key))?.snapshot).toBeUndefined();
    await bought;
    expect(await compact(house.world, person)).toBe(true);
    expect((await house.world.people.load(person.key))?.snapshotSeq).toBe(1);
  });

  it('[E12] who fell out of the cache and is still held is found again, and not made twice', async () => {
    const house = await openHouse();
    const raw = { profile: new Uint8Array(32), evidence: new Uint8Array(32), revocations: 0 };
    const person = (name: string) =>
      newPerson(name as PersonKey, personId(name), readyKeys(house.world.crypto, raw), 0);
    const cache = createCache(2);
    const [a, b, c, d] = [person('a'), person('b'), person('c'), person('d')];
    b.pending = 1;
    for (const one of [a, b, c, d]) cache.remember(one);
    expect(cache.size()).toBe(2);
    expect(cache.find(a.key)).toBe(a);
    expect(cache.keyOf(a.id)).toBeUndefined();
    // Whoever has something on the way to the store stays.
    expect(cache.keyOf(b.id)).toBe(b.key);
    cache.remember(a);
    expect(cache.keyOf(a.id)).toBe(a.key);
    cache.forget(a.key);
    expect(cache.find(a.key)).toBeUndefined();
  });
});

describe('a queue', () => {
  it('[E23] runs one after the other, in order, and goes on after a failure', async () => {
    const queue = createQueue();
    const seen: string[] = [];
    const work =
      (name: string, fails = false) =>
      async (): Promise<string> => {
        seen.push(`${name} begins`);
        await Promise.resolve();
        seen.push(`${name} ends`);
        if (fails) throw new Error(name);
        return name;
      };
    const answers = await Promise.allSettled([queue(work('a')), queue(work('b', true)), queue(work('c'))]);
    expect(answers.map((answer) => (answer.status === 'fulfilled' ? answer.value : 'failed'))).toEqual([
      'a',
      'failed',
      'c',
    ]);
    expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });
});
