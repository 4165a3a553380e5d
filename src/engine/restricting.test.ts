// Goal: "do not use this fact" rules the very next decision, leaves the statistics, and stays said. Method:
// the whole engine; a restart, a snapshot and a backup in between.

import { describe, expect, it } from 'vitest';
import { utf8Text } from '../kernel/bytes.ts';
import { Fault } from '../kernel/fault.ts';
import {
  type House,
  allowAll,
  buy,
  decide,
  look,
  openHouse,
  personId,
  stock,
} from '../../test/support/house.ts';

const COAT = 'bought|till|coat-1';
const TEA = 'viewed|web-shop|tea-1';

const say = (house: House, fact: string, act: 'restrict' | 'lift' = 'restrict') =>
  house.engine.restrict({ person: personId('ann'), fact, act });

const keysOf = async (house: House): Promise<readonly string[]> =>
  (await decide(house, 'ann')).record.input.facts.map(({ key }) => key);

async function statisticsOf(house: House): Promise<string> {
  return utf8Text(await house.world.learner.canonical());
}

async function shop(): Promise<House> {
  const house = await openHouse();
  await stock(house);
  await allowAll(house, 'ann');
  await look(house, 'ann', ['tea-1']);
  await buy(house, 'ann', ['coat-1']);
  return house;
}

describe('a fact that its person set aside', () => {
  it('[E25] is not in the next decision, not after a restart, and back when it is set free', async () => {
    const house = await shop();
    expect(await keysOf(house)).toEqual([COAT, TEA]);
    const asked = say(house, COAT);
    // Before it is durable nothing at all is allowed; afterwards everything but this.
    expect(await keysOf(house)).not.toContain(COAT);
    expect(await asked).toBe('kept');
    expect(await keysOf(house)).toEqual([TEA]);
    // Bought again: the word is about the fact.
    await buy(house, 'ann', ['coat-1']);
    expect(await keysOf(house)).toEqual([TEA]);
    await house.engine.flush();
    const after = await house.reopen();
    expect(await keysOf(after)).toEqual([TEA]);
    expect(await say(after, COAT, 'lift')).toBe('kept');
    expect(await keysOf(after)).toEqual([COAT, TEA]);
  });

  it('[E25] leaves the statistics at once', async () => {
    const house = await shop();
    house.engine.count();
    const never = await openHouse();
    await stock(never);
    await allowAll(never, 'ann');
    await look(never, 'ann', ['tea-1']);
    never.engine.count();
    await say(house, COAT);
    house.engine.count();
    expect(await statisticsOf(house)).toBe(await statisticsOf(never));
  });

  it('[E25] stays aside when the journal is folded into a snapshot', async () => {
    const house = await shop();
    await say(house, COAT);
    for (let n = 0; n < 70; n += 1) await look(house, 'ann', ['tea-1']);
    await house.engine.maintain();
    const after = await house.reopen();
    expect(await keysOf(after)).toEqual([TEA]);
  });

  it('[E25] stays aside when the word was lost: of what was known before, nothing is used', async () => {
    const house = await shop();
    house.failing = (operation) =>
      operation === 'people.append' ? new Fault('disk-full', 'planted', { retry: 'later' }) : undefined;
    await expect(say(house, COAT)).rejects.toThrow('planted');
    house.failing = undefined;
    expect((await decide(house, 'ann')).record.input.refused).toBe('consent-state-stale');
    await allowAll(house, 'ann');
    await look(house, 'ann', ['lamp-1']);
    expect(await keysOf(house)).toEqual(['viewed|web-shop|lamp-1']);
    await house.engine.flush();
    const after = await house.reopen();
    expect(await keysOf(after)).toEqual(['viewed|web-shop|lamp-1']);
    expect(await say(after, TEA, 'lift')).toBe('kept');
    expect(await keysOf(after)).toEqual(['viewed|web-shop|lamp-1', TEA]);
  });

  it('[E25] is shown to the person with its mark; what is not theirs cannot be set aside', async () => {
    const house = await shop();
    await say(house, COAT);
    const told = await house.engine.describe(personId('ann'));
    expect(told).toMatchObject({
      facts: expect.arrayContaining([
        expect.objectContaining({ key: COAT, restricted: true, purposes: ['serve'] }),
        expect.objectContaining({ key: TEA, restricted: false }),
      ]),
    });
    expect(await say(house, 'bought|till|hat-1')).toMatchObject({ field: 'fact' });
    expect(await house.engine.restrict({ person: personId('zoe'), fact: COAT, act: 'restrict' })).toBe(
      'no-such-person',
    );
  });
});
