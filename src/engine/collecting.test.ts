// Goal: what may be kept is kept once, and what may not leaves no trace. Method: the whole engine over a
// small shop in memory.

import { describe, expect, it } from 'vitest';
import {
  type House,
  allowAll,
  changes,
  collect,
  decide,
  event,
  itemId,
  openHouse,
  personId,
  placementId,
  say,
  stock,
} from '../../test/support/house.ts';
import { Fault } from '../kernel/fault.ts';
import { parseControllerId } from '../facts/ids.ts';

const full = new Fault('disk-full', 'planted', { retry: 'later' });

async function journalOf(house: House, who: string): Promise<number> {
  return (await house.world.people.history(house.engine.core.people.keyOf(personId(who)))).length;
}

describe('events', () => {
  it('[E5] are counted once by their id: in one batch, later, after restart and snapshot', async () => {
    const house = await openHouse();
    await allowAll(house, 'ann');
    const one = event(house, 'purchase', 'ann', ['coat-1'], { id: 'order-1' });
    expect(await collect(house, [one, one])).toEqual({ admitted: 1, repeated: 1, refused: {} });
    expect(await collect(house, [one])).toEqual({ admitted: 0, repeated: 1, refused: {} });
    const person = await house.engine.core.people.get(personId('ann'));
    if (typeof person !== 'object') throw new Error('no ann');
    house.engine.core.compaction.add(person.key);
    await house.engine.maintain();
    const after = await house.reopen();
    expect(await collect(after, [one])).toEqual({ admitted: 0, repeated: 1, refused: {} });
    const described = await after.engine.describe(personId('ann'));
    expect(described).toMatchObject({ facts: [{ key: 'bought|till|coat-1', quantity: 1, count: 1 }] });
  });

  it('[E5] a repeat is acknowledged when what it repeats is on disk, and only then', async () => {
    const house = await openHouse();
    await allowAll(house, 'ann');
    const one = event(house, 'purchase', 'ann', ['coat-1']);
    house.failing = (operation) => (operation === 'people.append' ? full : undefined);
    const answers = await Promise.allSettled([collect(house, [one]), collect(house, [one])]);
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    house.failing = undefined;
    expect(await collect(house, [one])).toEqual({ admitted: 1, repeated: 0, refused: {} });
  });

  it('[E6] of a stranger that nothing allows leave no trace: no key, no journal, no statistics', async () => {
    const house = await openHouse();
    const keysBefore = await house.world.keys.counts();
    const outbox = (await house.world.people.outbox(100)).length;
    const refused = await collect(house, [
      event(house, 'view', 'stranger', ['tea-1']),
      event(house, 'click', 'stranger', ['tea-1']),
      event(house, 'purchase', 'other', ['tea-1'], { source: 'bought-list' }),
      { ...event(house, 'purchase', 'third', ['tea-1']), controller: foreign() },
      event(house, 'purchase', 'fourth', ['tea-1'], { timeMs: house.nowMs() + 3_600_000 }),
    ]);
    expect(refused.admitted).toBe(0);
    expect(Object.values(refused.refused).reduce((sum, n) => sum + n, 0)).toBe(5);
    expect(await house.world.keys.counts()).toEqual(keysBefore);
    expect((await house.world.people.people(undefined, 100)).length).toBe(0);
    expect((await house.world.people.outbox(100)).length).toBe(outbox);
    expect(house.engine.count()).toBe(0);
    expect(await house.engine.describe(personId('stranger'))).toBe('no-such-person');
  });

  it('[E6] of somebody known that nothing allows change nothing', async () => {
    const house = await openHouse();
    await collect(house, [event(house, 'purchase', 'ann', ['coat-1'])]);
    const before = await journalOf(house, 'ann');
    const answer = await collect(house, [
      event(house, 'view', 'ann', ['tea-1']),
      event(house, 'dismiss', 'ann', ['tea-1']),
    ]);
    expect(answer).toEqual({ admitted: 0, repeated: 0, refused: { 'no-grant': 2 } });
    expect(await journalOf(house, 'ann')).toBe(before);
  });

  it('[E6] what a person says of themselves holds for the events behind it in the same batch', async () => {
    const house = await openHouse();
    await allowAll(house, 'kid');
    const year = new Date(house.nowMs()).getUTCFullYear();
    const answer = await collect(house, [
      event(house, 'view', 'kid', ['tea-1']),
      event(house, 'declare', 'kid', [], { traits: { birthYear: year - 12 } }),
      event(house, 'view', 'kid', ['tea-2']),
    ]);
    expect(answer).toEqual({ admitted: 2, repeated: 0, refused: { minor: 1 } });
    expect((await decide(house, 'kid')).record.input.refused).toBe('minor');
  });

  it('[E6] a batch of a thousand strangers goes in whole, though fewer fit into memory', async () => {
    const house = await openHouse();
    const events = Array.from({ length: 1000 }, (_, n) =>
      event(house, 'purchase', `crowd-${n}`, ['tea-1', `own-${n}`]),
    );
    const two = await Promise.all([collect(house, events), collect(house, events.toReversed())]);
    expect(two.map(({ admitted, repeated }) => admitted + repeated)).toEqual([1000, 1000]);
    expect(two.reduce((sum, { admitted }) => sum + admitted, 0)).toBe(1000);
    expect((await house.engine.status()).peopleInMemory).toBeLessThanOrEqual(1000);
    const again = await collect(house, events);
    expect(again).toEqual({ admitted: 0, repeated: 1000, refused: {} });
    const after = await house.reopen();
    await after.engine.recover();
    expect(new TextDecoder().decode(await after.world.learner.canonical())).toBe('people 0');
  });
});

describe('outcomes', () => {
  it('[E24] are counted where measuring is allowed for what was shown and what came of it', async () => {
    const house = await openHouse();
    await stock(house);
    const tally = (): unknown => ({ ...house.engine.core.tallies.get('home') });
    const visit = async (who: string): Promise<void> => {
      const decided = await decide(house, who);
      const [first] = decided.result.items;
      const told = { decision: decided.decision };
      await collect(house, [
        event(house, 'impression', who, [first!.item], told),
        event(house, 'click', who, [first!.item], told),
      ]);
      await collect(house, [event(house, 'purchase', who, [first!.item, first!.item])]);
    };
    await say(house, 'no', changes('given', undefined, ['recommend']));
    await visit('no');
    expect(tally()).toMatchObject({ decisions: 1, impressions: 0, clicks: 0, conversions: 0 });
    await say(house, 'half', changes('given', ['interactions'], ['recommend', 'measure']));
    await visit('half');
    expect(tally()).toMatchObject({ decisions: 2, impressions: 1, clicks: 1, conversions: 0 });
    await allowAll(house, 'yes');
    await visit('yes');
    expect(tally()).toMatchObject({ decisions: 3, impressions: 2, clicks: 2, conversions: 1 });
  });
});

describe('a decision', () => {
  it('[E13] of an unknown placement or channel is refused and leaves nothing', async () => {
    const house = await openHouse();
    const ask = { channel: 'web', limit: 1, context: [itemId('x')], signals: { gpc: false } } as const;
    expect(await house.engine.decide({ ...ask, placement: placementId('nowhere') })).toBe(
      'unknown-placement',
    );
    expect(await house.engine.decide({ ...ask, placement: placementId('home'), channel: 'till' })).toBe(
      'channel-not-allowed',
    );
    await house.engine.flush();
    expect((await house.world.people.people(undefined, 10)).length).toBe(0);
  });
});

function foreign(): ReturnType<typeof event>['controller'] {
  const parsed = parseControllerId('other-shop');
  if (!parsed.ok) throw new Error('unreadable');
  return parsed.value;
}
