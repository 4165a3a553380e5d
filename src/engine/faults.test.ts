// Goal: a world that fails leaves nothing half-said, and the engine goes on when it is back. Method: a disk
// that is full at chosen moments, slow stores, a cache that is too small, many hands on one person.

import { describe, expect, it } from 'vitest';
import {
  type House,
  allowAll,
  buy,
  changes,
  collect,
  decide,
  event,
  openHouse,
  personId,
  say,
  stock,
} from '../../test/support/house.ts';
import { faultOf } from '../../test/contracts/samples.ts';
import { utf8Text } from '../kernel/bytes.ts';
import { Fault } from '../kernel/fault.ts';
import { signingOfOne } from '../prove/signing.ts';

const full = new Fault('disk-full', 'planted', { retry: 'later' });
const failAppends = (operation: string): Fault | undefined =>
  operation === 'people.append' ? full : undefined;

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
    // What was never said is not counted either, not even until the next maintenance.
    house.engine.count();
    expect(utf8Text(await house.world.learner.canonical())).toBe(counted);
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
    expect((await decide(house, 'ann')).record.input.facts.map(({ item }) => item)).toEqual([
      'coat-1',
      'tea-1',
    ]);
    expect(await stateOf(await house.reopen(), 'ann')).toMatchObject({
      facts: [{ item: 'coat-1' }, { item: 'tea-1' }],
    });
  });

  it('[E14] nothing is written of what cannot be promised, where the log key is not at hand', async () => {
    const house = await openHouse();
    await stock(house);
    await allowAll(house, 'ann');
    const { log, crypto } = house.world;
    const { signers } = signingOfOne({ origin: log.origin, crypto });
    let isMissing = false;
    Object.assign(log, {
      signers: () => {
        if (isMissing) throw new Fault('no-log-key', 'planted', { retry: 'later' });
        return signers();
      },
    });
    const again = await house.reopen();
    const before = await stateOf(again, 'ann');
    isMissing = true;
    again.operations.length = 0;
    await expect(say(again, 'ann', changes('given'))).rejects.toThrow('planted');
    const decided = await decide(again, 'ann');
    await expect(decided.receipt()).rejects.toThrow('planted');
    expect(again.operations).not.toContain('people.append');
    isMissing = false;
    expect(await stateOf(again, 'ann')).toEqual(before);
    await say(again, 'ann', changes('given'));
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

  it('[E14] fails nobody else: who shares a batch with somebody not kept is kept', async () => {
    const house = await openHouse();
    await stock(house);
    await allowAll(house, 'ann');
    await allowAll(house, 'bob');
    const { people } = house.world;
    const ann = house.engine.core.people.keyOf(personId('ann'));
    const append = people.append.bind(people);
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    people.append = async (batch) => {
      people.append = append;
      await held;
      await append(batch.filter(({ person }) => person !== ann));
      return new Map([[ann, full]]);
    };
    const told = async (work: Promise<unknown>): Promise<string> => (await faultOf(work)) ?? 'kept';
    const words = ['ann', 'bob'].map((who) =>
      told(say(house, who, changes('given', ['reviews'], ['benefit']))),
    );
    const flushed = house.engine.flush();
    await Promise.resolve();
    const after = ['bob', 'ann'].map((who) => told(buy(house, who, ['tea-1'])));
    release();
    expect(await Promise.all([...words, ...after])).toEqual(['disk-full', 'kept', 'kept', 'disk-full']);
    await flushed;
    for (const [who, nextSeq] of [
      ['ann', 1],
      ['bob', 3],
    ] as const) {
      const person = await (await house.reopen()).engine.core.people.get(personId(who));
      expect(person).toMatchObject({ unreadable: false, nextSeq, pending: 0 });
    }
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
    const kept = house.engine.core.witness.keep({
      person,
      entry,
      plain: new Uint8Array(1),
      keepDays: 0,
      nowMs: 1,
    });
    await expect(kept.done).rejects.toMatchObject({ code: 'conflict', retry: 'now' });
    expect(await house.engine.core.people.get(personId('ann'))).not.toBe(person);
  });

  it('[E14] whoever is lost once more while they are read again is read once more', async () => {
    const house = await openHouse();
    await allowAll(house, 'ann');
    house.failing = failAppends;
    await expect(buy(house, 'ann', ['tea-1'])).rejects.toThrow('planted');
    house.failing = undefined;
    const { core } = house.engine;
    const key = core.people.keyOf(personId('ann'));
    expect([...core.lost]).toEqual([key]);
    const load = house.world.people.load.bind(house.world.people);
    house.world.people.load = async (person) => {
      // Somebody else had them in memory, and could not write either.
      core.lost.add(key);
      house.world.people.load = load;
      return load(person);
    };
    await house.engine.maintain();
    expect([...core.lost]).toEqual([key]);
    await house.engine.maintain();
    expect([...core.lost]).toEqual([]);
    house.failing = (operation) => (operation === 'people.load' ? full : undefined);
    core.people.forget(key);
    core.lost.add(key);
    await expect(house.engine.maintain()).rejects.toMatchObject({ code: 'disk-full' });
    expect([...core.lost], 'who could not be read is read later').toEqual([key]);
  });

  it('[E14, E15] decisions whose digest could not be written are in the next one', async () => {
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

  it('[E14] at any call of a busy minute: what was acknowledged is there, what failed is not', async () => {
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
        const done =
          n % 4 === 3
            ? say(house, who, changes(n % 8 === 3 ? 'given' : 'withdrawn', ['reviews']))
            : buy(house, who, [thing]);
        await done.then(
          () => told.set(thing, true),
          () => told.set(thing, false),
        );
        if (n % 5 === 0) await house.engine.maintain().catch(() => undefined);
        await decide(house, who)
          .then((decided) => decided.receipt())
          .catch(() => undefined);
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
