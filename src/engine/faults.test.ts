// Goal: a world that fails leaves nothing half-said, and the engine goes on when it is back. Method: a disk that is full at chosen
// moments, slow stores, a cache that is too small, many hands on one person.

import { describe, expect, it } from 'vitest';
import { type House, SETTINGS, allowAll, buy, changes, collect, decide, event, look, openHouse, personId, say, stock } from '../../test/support/house.ts';
import { readSettings } from '../presets/settings-file.ts';
import { FAST } from '../presets/timing.ts';
import { utf8Text } from '../kernel/bytes.ts';
import { Fault } from '../kernel/fault.ts';
import { openEngine } from './engine.ts';
import { createCache } from './cache.ts';
import { readyKeys } from './people.ts';
import { newPerson } from './person.ts';
import type { PersonKey } from './ports.ts';
import { createQueue } from './queue.ts';

const full = new Fault('disk-full', 'planted', { retry: 'later' });
const failAppends = (operation: string): Fault | undefined => (operation === 'people.append' ? full : undefined);

const stateOf = async (house: House, who: string): Promise<unknown> => house.engine.describe(personId(who));

describe('a full disk', () => {
  it('[E14] fails whoever said something, and what they said was never said', async () => {
    const house = await openHouse();
    await stock(house);
    await allowAll(house, 'ann');
    await buy(house, 'ann', ['coat-1']);
    house.engine.count();
    const before = await stateOf(house, 'ann');
    const counted = utf8Text(await house.world.learner.canonical());
    house.failing = failAppends;
    await expect(collect(house, [event(house, 'purchase', 'ann', ['tea-1'])])).rejects.toThrow('planted');
    await expect(say(house, 'ann', changes('given'))).rejects.toThrow('planted');
    const decided = await decide(house, 'ann');
    await expect(decided.receipt()).rejects.toThrow('planted');
    await expect(house.engine.erase(personId('ann'))).rejects.toThrow('planted');
    house.failing = undefined;
    expect(await stateOf(house, 'ann')).toEqual(before);
    expect(await house.engine.find(decided.decision)).toBeUndefined();
    await house.engine.maintain();
    expect(utf8Text(await house.world.learner.canonical())).toBe(counted);
    await buy(house, 'ann', ['tea-1']);
    expect((await decide(house, 'ann')).record.input.facts.map(({ item }) => item)).toEqual(['coat-1', 'tea-1']);
    expect(await stateOf(await house.reopen(), 'ann')).toMatchObject({ facts: [{ item: 'coat-1' }, { item: 'tea-1' }] });
  });

  it('[E14] takes with it what waited behind for the same person, so that no journal has a gap', async () => {
    const house = await openHouse();
    await stock(house);
    await allowAll(house, 'ann');
    const { people } = house.world;
    const append = people.append.bind(people);
    let first = true;
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    people.append = async (batch) => {
      if (!first) return append(batch);
      first = false;
      await held;
      throw full;
    };
    const one = say(house, 'ann', changes('given', ['reviews'], ['benefit']));
    const flushed = house.engine.flush();
    await Promise.resolve();
    const two = say(house, 'ann', changes('given', ['devices'], ['benefit']));
    release();
    const answers = await Promise.allSettled([one, two, flushed]);
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
    await say(house, 'ann', changes('given', ['messages'], ['benefit']));
    const person = await (await house.reopen()).engine.core.people.get(personId('ann'));
    expect(person).toMatchObject({ unreadable: false, nextSeq: 2, chain: { seq: 1, broken: false } });
  });

  it('[E14] whoever holds a copy across the fault is told to begin again', async () => {
    const house = await openHouse();
    await allowAll(house, 'ann');
    const person = await house.engine.core.people.get(personId('ann'));
    if (typeof person !== 'object') throw new Error('no ann');
    house.failing = failAppends;
    await expect(buy(house, 'ann', ['tea-1'])).rejects.toThrow('planted');
    house.failing = undefined;
    expect(person.lost).toBe(true);
    const entry = { kind: 'link', link: { other: personId('bob'), act: 'join', timeMs: 1 } } as const;
    const kept = house.engine.core.witness.keep({ person, entry, plain: new Uint8Array(1), keepDays: 0, nowMs: 1 });
    await expect(kept.done).rejects.toMatchObject({ code: 'conflict', retry: 'now' });
    expect(await house.engine.core.people.get(personId('ann'))).not.toBe(person);
  });

  it('[E14, E15] leaves decisions open that a digest could not be written for; they are in the next one', async () => {
    const house = await openHouse();
    await stock(house);
    await allowAll(house, 'ann');
    const decided = await decide(house, 'ann');
    await decided.receipt();
    house.advance(2000);
    house.failing = failAppends;
    await house.engine.maintain();
    house.failing = undefined;
    await house.engine.maintain();
    expect(await house.engine.proof((await house.engine.find(decided.decision))!)).toBeDefined();
  });

  it('[E14] at any call of a busy minute, in turn: what was acknowledged is there, what failed is not, and all goes on', async () => {
    for (let at = 0; at < 60; at += 3) {
      const house = await openHouse({ seed: at });
      await stock(house, 6);
      let count = 0;
      house.failing = () => {
        count += 1;
        return count > at && count <= at + 3 ? full : undefined;
      };
      const told = new Map<string, boolean>();
      const work = Array.from({ length: 12 }, async (_, n) => {
        const who = `p${n % 3}`;
        const thing = `own-${n}`;
        const done = n % 4 === 3 ? say(house, who, changes(n % 8 === 3 ? 'given' : 'withdrawn', ['reviews'])) : buy(house, who, [thing]);
        await done.then(
          () => told.set(thing, true),
          () => told.set(thing, false),
        );
        if (n % 5 === 0) await house.engine.maintain().catch(() => undefined);
        await decide(house, who).then((decided) => decided.receipt()).catch(() => undefined);
      });
      await Promise.all(work);
      house.failing = undefined;
      await house.engine.maintain();
      const after = await house.reopen();
      for (const who of ['p0', 'p1', 'p2']) {
        const now = await stateOf(house, who);
        expect(await stateOf(after, who)).toEqual(now);
        await buy(after, who, ['last']);
      }
      for (const [thing, isTold] of told) {
        const n = Number(thing.slice(4));
        if (n % 4 === 3) continue;
        const person = await after.engine.core.people.get(personId(`p${n % 3}`));
        const has = typeof person === 'object' && person.profile.facts.has(`bought|till|${thing}`);
        expect([at, thing, has]).toEqual([at, thing, isTold]);
      }
    }
  });
});

describe('one person in many hands', () => {
  it('[E12] events, words, decisions and an erasure at once never break the journal', async () => {
    for (let round = 0; round < 12; round += 1) {
      const house = await openHouse({ seed: round });
      await stock(house, 6);
      await allowAll(house, 'ann');
      const work = Array.from({ length: 40 }, (_, n) => {
        switch ((n * 7 + round) % 6) {
          case 0:
            return buy(house, 'ann', [`tea-${1 + (n % 6)}`]);
          case 1:
            return look(house, 'ann', [`lamp-${1 + (n % 6)}`]);
          case 2:
            return say(house, 'ann', changes(n % 2 === 0 ? 'given' : 'withdrawn', ['browsing'], ['recommend']));
          case 3:
            return house.engine.link({ person: personId('ann'), other: personId(`o${n % 3}`), act: n % 2 === 0 ? 'join' : 'part' });
          case 4:
            return house.engine.maintain();
          default:
            return decide(house, 'ann').then((decided) => decided.receipt());
        }
      });
      if (round % 3 === 2) work.splice(round, 0, house.engine.erase(personId('ann')));
      const settled = await Promise.allSettled(work);
      expect(settled.filter(({ status }) => status === 'rejected')).toEqual([]);
      const after = await house.reopen();
      const now = await stateOf(house, 'ann');
      expect(await stateOf(after, 'ann')).toEqual(now);
      if (round % 3 === 2) expect(now).toBe('erased');
      else expect(await after.engine.core.people.get(personId('ann'))).toMatchObject({ unreadable: false, chain: { broken: false } });
    }
  });

  it('[E12] is one copy, also when fewer people fit into memory than are being served', async () => {
    const house = await openHouse();
    const { controller, sources, policy } = readSettings(SETTINGS, 'settings');
    const config = { controller, sources, policy, replayDays: 30, ...FAST, microBatchMs: 0, peopleCachedMax: 3 };
    const engine = await openEngine(house.world, config);
    const tight: House = Object.assign(Object.create(house) as House, { engine });
    const people = Array.from({ length: 12 }, (_, n) => `p${n}`);
    await Promise.all(people.map((who) => allowAll(tight, who)));
    const work = Array.from({ length: 120 }, (_, n) => {
      const who = people[(n * 5) % people.length] ?? '';
      if (n % 3 === 0) return buy(tight, who, [`thing-${n}`]);
      if (n % 3 === 1) return decide(tight, who).then((decided) => decided.receipt());
      return say(tight, who, changes(n % 2 === 0 ? 'given' : 'withdrawn', ['reviews'], ['benefit']));
    });
    work.push(collect(tight, people.map((who) => event(tight, 'purchase', who, [`batch-${who}`]))) as Promise<never>);
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

  it('[E12] who fell out of the cache and is still held is found again, and not made twice', async () => {
    const house = await openHouse();
    const raw = { profile: new Uint8Array(32), evidence: new Uint8Array(32), revocations: 0 };
    const person = (name: string) => newPerson(name as PersonKey, personId(name), readyKeys(house.world.crypto, raw), 0);
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
    const work = (name: string, fails = false) => async (): Promise<string> => {
      seen.push(`${name} begins`);
      await Promise.resolve();
      seen.push(`${name} ends`);
      if (fails) throw new Error(name);
      return name;
    };
    const answers = await Promise.allSettled([queue(work('a')), queue(work('b', true)), queue(work('c'))]);
    expect(answers.map((answer) => (answer.status === 'fulfilled' ? answer.value : 'failed'))).toEqual(['a', 'failed', 'c']);
    expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });
});
