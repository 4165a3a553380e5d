// The trousers left in the cart. Nico puts a pair of trousers into the cart, is called to dinner and forgets
// them. A shop may remind him once, kindly; one that follows him from page to page, or still praises the
// trousers after he has bought them at the till, has understood nothing. Here nobody reminds him yet, because
// there is no channel that writes, and once he has them nobody mentions them again.
//
// Stands for P5 (retargeting with restraint), L5 (no following) and L6 (fatigue). What would write first is
// asked for here, as a mailing would ask; sending it is what completes this case.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY_MS } from '../../src/kernel/time.ts';
import { consentLine, decideAt, did, itemsOf, knownOf, statusOf } from './support/people.ts';
import { SLOTS } from './support/settings.ts';
import { type Town, openTown, stockShop } from './support/town.ts';

const TROUSERS = 'trousers-corduroy';
const BELT = 'belt-brown';
const WRITES_FIRST = [SLOTS.email, SLOTS.letter] as const;
const PEOPLE = ['case-nico', 'case-olga', 'case-pia'] as const;

describe('the trousers left in the cart', () => {
  let town: Town;
  beforeAll(async () => {
    town = await openTown();
    await stockShop(town, [
      { id: TROUSERS, title: 'Corduroy trousers', path: ['Clothing', 'Everyday', 'Trousers'] },
      { id: BELT, title: 'Brown belt', path: ['Clothing', 'Everyday', 'Belts'] },
    ]);
    // Enough people have bought both for the shop to know that they belong together.
    for (let n = 0; n < 20; n += 1) {
      const person = `dresser-${n}`;
      await town.send([
        consentLine(person),
        did({ person, kind: 'purchase', items: [TROUSERS, BELT], source: 'town-till' }),
      ]);
    }
    await town.learn();
    const hourAgo = town.nowMs() - 3_600_000;
    for (const person of PEOPLE) {
      await town.send([
        consentLine(person),
        did({ person, kind: 'purchase', items: [BELT], timeMs: town.nowMs() - 7_200_000 }),
        did({ person, kind: 'basket-add', items: [TROUSERS], timeMs: hourAgo }),
      ]);
    }
  });
  afterAll(() => town.close());

  const shownTo = async (person: string): Promise<readonly string[]> => {
    const lists = [];
    for (const slot of Object.values(SLOTS)) {
      lists.push(...itemsOf(await decideAt(town, { slot, person, context: { items: [BELT] } })));
    }
    return lists;
  };
  const inBasket = async (person: string): Promise<unknown> =>
    (await knownOf(town, person)).facts.find(({ kind }) => kind === 'in-basket')?.['quantity'];

  it('are in the cart, and could be shown to somebody who looks for them', async () => {
    expect(await inBasket('case-pia')).toBe(1);
    expect(itemsOf(await decideAt(town, { slot: SLOTS.home, person: 'case-pia' }))).toContain(TROUSERS);
  });

  it('are followed up by nothing that writes first unless being written to was allowed', async () => {
    await town.send([
      consentLine('case-quinn', { purposes: ['recommend', 'improve', 'measure', 'advertise'] }),
    ]);
    await town.send([did({ person: 'case-quinn', kind: 'basket-add', items: [TROUSERS] })]);
    for (const slot of WRITES_FIRST) {
      const answer = await decideAt(town, { slot, person: 'case-quinn' });
      expect(itemsOf(answer), slot).toEqual([]);
      expect(answer.nothing, slot).toBe('no-consent');
    }
    // Of somebody who never answered not even the cart is tied to a profile that writes.
    await town.send([did({ person: 'case-rosa', kind: 'basket-add', items: [TROUSERS] })]);
    for (const slot of WRITES_FIRST) {
      expect(itemsOf(await decideAt(town, { slot, person: 'case-rosa' })), slot).toEqual([]);
    }
  });

  it('lead to one message in a week at most, where a message may be asked for at all', async () => {
    const first = await decideAt(town, { slot: SLOTS.email, person: 'case-pia' });
    expect(itemsOf(first).length).toBeGreaterThan(0);
    for (let n = 0; n < 3; n += 1) {
      const again = await decideAt(town, { slot: SLOTS.email, person: 'case-pia' });
      expect(itemsOf(again)).toEqual([]);
      expect(again.nothing).toBe('enough-contact');
    }
    town.pass(6 * DAY_MS);
    expect(itemsOf(await decideAt(town, { slot: SLOTS.email, person: 'case-pia' }))).toEqual([]);
  });

  it('are mentioned nowhere after the purchase in the web shop', async () => {
    await town.send([did({ person: 'case-nico', kind: 'purchase', items: [TROUSERS] })]);
    expect(await inBasket('case-nico')).toBeUndefined();
    expect(await shownTo('case-nico')).not.toContain(TROUSERS);
  });

  it('are mentioned nowhere when they were bought at the till', async () => {
    await town.send([did({ person: 'case-olga', kind: 'purchase', items: [TROUSERS], source: 'town-till' })]);
    expect(await inBasket('case-olga')).toBeUndefined();
    expect(await shownTo('case-olga')).not.toContain(TROUSERS);
    town.pass(30 * DAY_MS);
    expect(await shownTo('case-olga')).not.toContain(TROUSERS);
  });

  it('are sent by nobody: no route sends, and a visitor of another site is nobody here', async () => {
    const { json } = await town.ask('GET', '/openapi.json');
    expect(JSON.stringify(json)).not.toMatch(/"\/[^"]*(send|mail|push|message|notif|webhook)[^"]*":/i);
    expect(await statusOf(town, 'guest:somewhere-else')).toBe(404);
  });
});
