// Goal: what a store did and reported as failed, and what a start forgot, cannot leave a no unheard or
// somebody in a model. Method: a key store that counts and then fails, and restarts at the worst moment.

import { describe, expect, it } from 'vitest';
import { type House, buy, changes, item, openHouse, personId, say } from '../../test/support/house.ts';
import { utf8Text } from '../kernel/bytes.ts';
import { Fault } from '../kernel/fault.ts';

const EVE = personId('eve');
const withdrawn = changes('withdrawn', ['purchases'], ['improve']);

/** Three who have hat and cap, three others who have tie and sock. */
async function sixPeople(): Promise<House> {
  const house = await openHouse();
  await house.engine.putItems(['hat', 'cap', 'tie', 'sock'].map((id) => item(id)));
  for (const [people, things] of [
    [
      ['a', 'b', 'eve'],
      ['hat', 'cap'],
    ],
    [
      ['c', 'd', 'e'],
      ['tie', 'sock'],
    ],
  ] as const) {
    for (const who of people) {
      await say(house, who, changes('given'));
      await buy(house, who, things);
    }
  }
  return house;
}

const counted = async (house: House): Promise<string> => {
  house.engine.count();
  return utf8Text(await house.world.learner.canonical());
};

/** The key store counts a withdrawal and says that it did not. */
function failAfterCounting(house: House): void {
  const { keys } = house.world;
  const revoke = keys.revoke.bind(keys);
  keys.revoke = async (person) => {
    await revoke(person);
    throw new Fault('disk-full', 'planted', { retry: 'later' });
  };
}

/** What the model in service says of hats and caps: whether anything. */
function speaksOfHats({ engine }: House): boolean {
  const { model } = engine.core.shelves.current().shelf;
  return ['hat', 'cap'].some((id) => {
    const at = model.itemIds.indexOf(id);
    if (at < 0) return false;
    const weights = [...model.weights.subarray(model.offsets[at], model.offsets[at + 1])];
    return model.prior[at] !== 0 || weights.some((weight) => weight !== 0);
  });
}

describe('an uncertain store', () => {
  it('[E124] a withdrawal that was counted and reported as failed holds as after a start', async () => {
    const house = await sixPeople();
    const before = await counted(house);
    failAfterCounting(house);
    await expect(say(house, 'eve', withdrawn)).rejects.toThrow('planted');
    const after = await counted(house);
    expect(after).not.toBe(before);
    const again = await house.reopen();
    await again.engine.recover();
    expect(await counted(again)).toBe(after);
  });

  it('[E124] while the count cannot be read again nothing is allowed', async () => {
    const house = await sixPeople();
    const before = await counted(house);
    const { keys } = house.world;
    const [revoke, get] = [keys.revoke.bind(keys), keys.get.bind(keys)];
    failAfterCounting(house);
    keys.get = async () => {
      throw new Fault('disk-full', 'planted', { retry: 'later' });
    };
    await expect(say(house, 'eve', withdrawn)).rejects.toThrow('planted');
    await expect(house.engine.describe(EVE)).rejects.toThrow('planted');
    Object.assign(keys, { revoke, get });
    await house.engine.maintain();
    expect(await counted(house)).not.toBe(before);
  });
});

describe('an erasure after a start', () => {
  it('[E125] takes along what the model knows of somebody who is not counted any more', async () => {
    const house = await sixPeople();
    await house.engine.learn();
    failAfterCounting(house);
    await expect(say(house, 'eve', withdrawn)).rejects.toThrow('planted');
    const again = await house.reopen();
    await again.engine.recover();
    expect(speaksOfHats(again)).toBe(true);
    await again.engine.erase(EVE);
    expect(speaksOfHats(again)).toBe(false);
  });
});
