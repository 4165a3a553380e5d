// Goal: what is counted of responses is what the door lets through now, and comes out the same after a
// restart. Method: the whole engine in memory.

import { describe, expect, it } from 'vitest';
import { named, openShop, send } from '../../test/support/hold-out.ts';
import { DAY, type House, buy, changes, personId, say } from '../../test/support/house.ts';
import { type Cell, totalOf } from '../measure/responses/response-counts.ts';

const told = (house: House): Readonly<Record<'contact' | 'held-out', Cell>> => {
  house.engine.count();
  return totalOf(house.engine.core.responses.sums(house.nowMs()));
};

/** Twelve people and a lot for each; every third buys the day after. */
async function aWeek(): Promise<{ house: House; held: readonly string[] }> {
  const house = await openShop(named(12));
  const held: string[] = [];
  for (const who of named(12)) {
    if ((await send(house, who)).result.nothing === 'held-out') held.push(who);
  }
  house.advance(DAY);
  for (const [n, who] of named(12).entries()) if (n % 3 === 0) await buy(house, who, ['coat-1']);
  house.advance(7 * DAY);
  return { house, held };
}

describe('responses', () => {
  it('[E81] are those of both arms, and the same after a restart', async () => {
    const { house, held } = await aWeek();
    const buyers = named(12).filter((_, n) => n % 3 === 0);
    const expected = {
      'held-out': {
        ...{ weeks: held.length, people: held.length, contacts: 0 },
        responses: buyers.filter((who) => held.includes(who)).length,
      },
      contact: {
        ...{ weeks: 12 - held.length, people: 12 - held.length, contacts: 12 - held.length },
        responses: buyers.filter((who) => !held.includes(who)).length,
      },
    };
    expect(held.length).toBeGreaterThan(2);
    expect(told(house)).toEqual(expected);
    await house.engine.flush();
    const after = await house.reopen();
    await after.engine.recover();
    expect(told(after)).toEqual(expected);
  });

  it('[E81] leave with whoever withdraws or is erased, and with a purchase that is set aside', async () => {
    const { house } = await aWeek();
    const all = (): number => told(house).contact.weeks + told(house)['held-out'].weeks;
    const responses = (): number => told(house).contact.responses + told(house)['held-out'].responses;
    expect([all(), responses()]).toEqual([12, 4]);
    const fact = { person: personId('p0'), fact: 'bought|till|coat-1' } as const;
    await house.engine.restrict({ ...fact, act: 'restrict' });
    expect([all(), responses()]).toEqual([12, 3]);
    await say(house, 'p3', changes('withdrawn', ['purchases'], ['measure']));
    expect([all(), responses()]).toEqual([11, 2]);
    await say(house, 'p4', changes('withdrawn', ['interactions'], ['measure']));
    expect([all(), responses()]).toEqual([10, 2]);
    await house.engine.erase(personId('p6'));
    expect([all(), responses()]).toEqual([9, 1]);
    await say(house, 'p3', changes('given', ['purchases'], ['measure']));
    expect([all(), responses()]).toEqual([10, 2]);
  });
});
