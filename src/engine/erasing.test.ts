// Goal: after an erasure the world is as if it had never met the person, at once, and whatever goes wrong on
// the way. Method: two shops side by side, one of which never met Eve; and a fault at each call to the store
// in turn.

import { describe, expect, it } from 'vitest';
import { verifyEd25519 } from '../../test/support/log-key.ts';
import {
  DAY,
  type House,
  allowAll,
  buy,
  item,
  changes,
  choice,
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
import { utf8Text } from '../kernel/bytes.ts';
import { verifyHistory, verifyReceipt } from '../prove/verify.ts';

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

describe('an erasure', () => {
  it('[E7] leaves the statistics, and then the model, of a world that never met the person', async () => {
    const [met, never] = await Promise.all([openHouse({ seed: 1 }), openHouse({ seed: 2 })]);
    await stock(met);
    await stock(never);
    await meetEve(met);
    const with_ = await statistics(met);
    expect(with_).not.toBe(await statistics(never));
    expect(with_).toContain('eves-own-thing');
    await met.engine.learn();
    await erasedPlain(met);
    expect(await statistics(met)).toBe(await statistics(never));
    expect((await met.engine.learn())?.id).toBe((await never.engine.learn())?.id);
  });

  it('[E8] weights of too few people are zero until then, also of what Eve gave up before', async () => {
    const house = await openHouse();
    await house.engine.putItems(
      ['hat', 'cap', 'tie', 'sock'].map((id) => ({
        id: choice(id, []).person as never,
        title: id,
        path: [id],
        available: true,
      })),
    );
    for (const who of ['a', 'b', 'eve']) {
      await say(house, who, changes('given'));
      await buy(house, who, ['hat', 'cap']);
    }
    for (const who of ['c', 'd', 'e']) {
      await say(house, who, changes('given'));
      await buy(house, who, ['tie', 'sock']);
    }
    await house.engine.learn();
    await say(house, 'eve', changes('withdrawn', ['purchases'], ['improve']));
    house.engine.count();
    await house.engine.erase(EVE);
    const { model } = house.engine.core.shelves.current().shelf;
    const places = ['cap', 'hat'].map((id) => model.itemIds.indexOf(id));
    for (const at of places) {
      expect(model.prior[at]).toBe(0);
      expect(
        [...model.weights.subarray(model.offsets[at], model.offsets[at + 1])].every((weight) => weight === 0),
      ).toBe(true);
    }
    const tie = model.itemIds.indexOf('tie');
    expect(model.weights[model.offsets[tie]!]).toBeGreaterThan(0);
    // It outlives a restart, and at the next fit they are gone altogether.
    const after = await house.reopen();
    expect(after.engine.core.shelves.current().shelf.model.id).toBe(model.id);
    await after.engine.recover();
    expect((await after.engine.learn())?.itemIds).toEqual(['sock', 'tie']);
  });

  it('[E8, E23] a model that was being fitted meanwhile comes without those weights', async () => {
    const house = await openHouse();
    await house.engine.putItems([item('hat'), item('cap')]);
    for (const who of ['a', 'b', 'eve']) {
      await say(house, who, changes('given'));
      await buy(house, who, ['hat', 'cap']);
    }
    const { documents } = house.world;
    const put = documents.put.bind(documents);
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    // The model that still knows Eve is written slowly; her erasure comes in between.
    let first = true;
    documents.put = async (kind, id, bytes, timeMs) => {
      if (kind === 'model' && first) {
        first = false;
        await held;
      }
      return put(kind, id, bytes, timeMs);
    };
    const learning = house.engine.learn();
    const erasing = house.engine.erase(EVE);
    // Time enough for the erasure to come to the model: it waits there, in its turn.
    for (let n = 0; n < 20; n += 1) await new Promise((resolve) => setTimeout(resolve, 0));
    release();
    const [fitted] = await Promise.all([learning, erasing]);
    expect([...(fitted?.weights ?? [])].some((weight) => weight > 0)).toBe(true);
    const { model } = house.engine.core.shelves.current().shelf;
    expect(model.itemIds).toEqual(['cap', 'hat']);
    expect([...model.weights].every((weight) => weight === 0)).toBe(true);
    expect([...model.prior].every((prior) => prior === 0)).toBe(true);
  });

  it('[E9] afterwards decisions are made as for nobody, in nobody’s journal', async () => {
    const house = await openHouse();
    await stock(house);
    await meetEve(house);
    await erasedPlain(house);
    house.dice.reseed(7);
    const forEve = await decide(house, 'eve');
    house.dice.reseed(7);
    const forNobody = await decide(house, undefined);
    expect(itemsOf(forEve)).toEqual(itemsOf(forNobody));
    expect(forEve.record).toMatchObject({
      reads: [],
      consentSeq: -1,
      input: { refused: 'erased', facts: [], barred: [] },
    });
    const found = await house.engine.find(forEve.decision);
    expect(found?.person.key).toBe(house.engine.core.people.keyOf('\u0000nobody' as never));
  });

  it('[E9] so are decisions asked for while the erasure is under way', async () => {
    const house = await openHouse();
    await stock(house);
    await meetEve(house);
    const { keys } = house.world;
    const erase = keys.erase.bind(keys);
    let decided: Awaited<ReturnType<typeof decide>> | undefined;
    keys.erase = async (key, untilMs) => {
      decided = await decide(house, 'eve');
      expect(await house.engine.link({ person: EVE, other: personId('ann'), act: 'join' })).toBe(
        'no-such-person',
      );
      expect(await say(house, 'eve', changes('withdrawn'))).toBe('suppressed');
      return erase(key, untilMs);
    };
    await erasedPlain(house);
    expect(decided?.record.input.refused).toBe('erased');
    await decided?.receipt();
    expect((await house.engine.find(decided!.decision))?.person.id).toBe('\u0000nobody');
  });

  it('[E9] only their own act brings the person back, with nothing of the old', async () => {
    const house = await openHouse();
    await stock(house);
    await meetEve(house);
    const before = await decide(house, 'eve');
    await erasedPlain(house);
    expect(await collect(house, [event(house, 'purchase', 'eve', ['coat-1'])])).toEqual({
      admitted: 0,
      repeated: 0,
      refused: { suppressed: 1 },
    });
    expect(await say(house, 'eve', changes('given'))).toBe('suppressed');
    expect(await house.engine.erase(EVE)).toBe('erased-before');
    expect(await house.engine.describe(EVE)).toBe('erased');
    const after = await house.reopen();
    expect(await say(after, 'eve', changes('given'), { method: 'import' })).toBe('suppressed');
    expect(await say(after, 'eve', changes('given'), { byPerson: true })).toMatchObject({
      record: { seq: 0, prev: '0'.repeat(64) },
    });
    await buy(after, 'eve', ['tea-2']);
    const decided = await decide(after, 'eve');
    expect(decided.record.input.facts.map(({ key }) => key)).toEqual(['bought|till|tea-2']);
    expect(await after.engine.find(before.decision)).toBeUndefined();
    expect(await decide(await after.reopen(), 'eve')).toMatchObject({
      record: { input: { facts: [{ key: 'bought|till|tea-2' }] } },
    });
  });

  it('[E9] two who come back at once come back once', async () => {
    const house = await openHouse();
    await meetEve(house);
    await erasedPlain(house);
    const answers = await Promise.all(
      [1, 2, 3].map(() => say(house, 'eve', changes('given'), { byPerson: true })),
    );
    expect(
      answers.map((answer) => (answer === 'suppressed' ? -1 : answer.record.seq)).toSorted((a, b) => a - b),
    ).toEqual([0, 1, 2]);
    const person = await (await house.reopen()).engine.core.people.get(EVE);
    expect(person).toMatchObject({ unreadable: false, chain: { seq: 2, broken: false } });
  });

  it('[E15] the last record continues the chain, and open decisions are logged as promised', async () => {
    const house = await openHouse();
    const trust = { vkey: house.world.log.vkey, verifyEd25519 };
    const given = await say(house, 'eve', changes('given'));
    const decided = await decide(house, 'eve');
    await decided.receipt();
    const leavesBefore = (await house.world.people.outbox(1000)).length;
    const answer = await house.engine.erase(EVE);
    if (typeof answer === 'string' || given === 'suppressed') throw new Error('not erased');
    // The digest of the open decisions, and the erasure itself.
    expect((await house.world.people.outbox(1000)).length).toBe(leavesBefore + 2);
    const receipts = [given.receipt, answer.receipt].map((receipt) => verifyReceipt(receipt, trust));
    const verified = receipts.flatMap((receipt) => (receipt.ok ? [receipt.value] : []));
    expect(verifyHistory(verified)).toMatchObject({ ok: true, value: { consent: { count: 2 } } });
    expect(answer.record).toMatchObject({
      event: 'erased',
      controller: 'shop',
      keptSealed: { consentRecords: 1 },
    });
  });

  it('[E12] asked for twice at once happens once, and nothing that comes meanwhile is kept', async () => {
    const house = await openHouse();
    await stock(house);
    await meetEve(house);
    const others = Array.from({ length: 6 }, (_, n) => `customer-${n}`);
    const work = [
      house.engine.erase(EVE),
      house.engine.erase(EVE),
      ...others.map((who) => decide(house, who).then((decided) => decided.receipt())),
      ...Array.from({ length: 6 }, () => decide(house, 'eve').then((decided) => decided.receipt())),
      collect(house, [event(house, 'view', 'eve', ['tea-1'])]),
      say(house, 'eve', changes('withdrawn')),
      house.engine.maintain(),
    ];
    const settled = await Promise.allSettled(work);
    expect(settled.filter(({ status }) => status === 'rejected')).toEqual([]);
    expect(await house.engine.erase(EVE)).toBe('erased-before');
    const left = await house.world.people.history(house.engine.core.people.keyOf(EVE));
    expect(
      [...new Set(left.map(({ kind }) => kind))].filter((kind) =>
        ['event', 'decision', 'link'].includes(kind),
      ),
    ).toEqual([]);
    expect(left.filter(({ kind }) => kind === 'erasure')).toHaveLength(1);
    house.advance(2000);
    await house.engine.maintain();
  });
});

describe('sealed evidence', () => {
  it('[E9] stays, unreadable, until its term, and the mark stays after it', async () => {
    const house = await openHouse();
    await meetEve(house);
    await erasedPlain(house);
    const key = house.engine.core.people.keyOf(EVE);
    expect(new Set((await house.world.people.history(key)).map(({ kind }) => kind))).toEqual(
      new Set(['consent', 'digest', 'erasure']),
    );
    house.advance(6 * 365 * DAY);
    await house.engine.maintain();
    expect((await decide(house, 'eve', { placement: placementId('home') })).record.input.refused).toBe(
      'erased',
    );
  });
});
