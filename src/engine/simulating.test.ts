// Goal: a simulation says what another policy would have done, in counts that are about nobody. Method: a
// shop whose people decide under one policy, and a twin of it where they decide under the other.

import { describe, expect, it } from 'vitest';
import {
  HOUR,
  type House,
  allowAll,
  buy,
  changes,
  decide,
  itemsOf,
  look,
  openHouse,
  personId,
  placementId,
  say,
  stock,
} from '../../test/support/house.ts';
import { GLOVES, HOME_SLOT, policyIn } from '../../test/support/policies.ts';
import type { Policy } from '../facts/policy.ts';
import { DEFAULT_PURPOSES } from '../facts/policy.ts';
import type { TellOnce } from './figures.ts';
import { simulatePolicy } from './simulating.ts';
import type { Figure, Simulated } from './simulation.ts';

const PEOPLE = 24;

/** People who bought one thing and looked at another; half of them asked twice. */
async function life(policy: Policy, people = PEOPLE): Promise<{ house: House; lists: readonly string[] }> {
  const house = await openHouse();
  await stock(house);
  await house.engine.usePolicy(policy);
  const lists: string[] = [];
  for (let n = 0; n < people; n += 1) {
    const who = `ann-${n}`;
    await allowAll(house, who);
    await buy(house, who, [`coat-${1 + (n % 6)}`]);
    await look(house, who, [`tea-${1 + (n % 5)}`]);
    for (let time = 0; time <= n % 2; time += 1) {
      house.dice.reseed(1000 + n);
      lists.push(itemsOf(await decide(house, who, { limit: 6 })).join(' '));
    }
  }
  return { house, lists };
}

/** As it is, where there are enough people. What is told beyond this house is rough (figures.test.ts). */
const EXACTLY: TellOnce = (count, people) => (people >= 20 ? count : count === 0 ? 0 : 'few');

const simulated = (house: House, policy: Policy): Promise<Simulated> =>
  simulatePolicy(house.engine.core, policy, EXACTLY);

const LOOKERS = 30;

/** People who looked at a glove, after something else perhaps, and were shown a few things. */
async function lookers(
  limit: number,
  before: (house: House, who: string, n: number) => Promise<void>,
): Promise<{ house: House; lists: readonly string[] }> {
  const house = await openHouse();
  const lists: string[] = [];
  await stock(house);
  await house.engine.usePolicy(policyIn());
  for (let n = 0; n < LOOKERS; n += 1) {
    const who = `ann-${n}`;
    await allowAll(house, who);
    await before(house, who, n);
    await look(house, who, [`glove-${1 + (n % 6)}`]);
    lists.push(itemsOf(await decide(house, who, { limit })).join(' '));
  }
  return { house, lists };
}

const NONE = { changedLists: 0, noSlot: 0, held: [], nothing: [], notKept: 0, otherPurpose: 0 };

describe('a simulation', () => {
  it('[E33] of the policy in force finds no difference', async () => {
    const { house, lists } = await life(policyIn());
    expect(await simulated(house, policyIn())).toEqual({
      decisions: lists.length,
      compared: lists.length,
      ...NONE,
      cannotShow: [],
    });
    const later = policyIn({ channels: { till: { publicity: 'open' } } });
    expect(await simulated(house, later)).toMatchObject(NONE);
  });

  it.each<readonly [string, object]>([
    ['fewer things of a kind', { placements: [{ ...HOME_SLOT, perLeafMax: 1 }] }],
    ['a shorter list', { placements: [{ ...HOME_SLOT, itemsMax: 2 }] }],
    ['without what was bought', { purposes: { recommend: ['browsing'] } }],
    ['without what was looked at', { purposes: { recommend: ['purchases'] } }],
  ])('[E33] comes to what an engine decides under it: %s', async (_what, more) => {
    const { house, lists } = await life(policyIn());
    const twin = await life(policyIn(more));
    const changed = lists.filter((list, at) => list !== twin.lists[at]).length;
    expect(changed).toBeGreaterThan(20);
    expect(await simulated(house, policyIn(more))).toMatchObject({
      compared: lists.length,
      changedLists: changed,
    });
  });

  it('[E33] counts what a class would hold back, and names it by its guard', async () => {
    const { house, lists } = await life(policyIn());
    const changed = lists.filter((list) => list.includes('glove')).length;
    const gloves = lists.join(' ').match(/glove/g)?.length ?? 0;
    const { changedLists, held, cannotShow } = await simulated(house, policyIn(GLOVES));
    expect(changedLists).toBe(changed);
    const byClass = held.find(({ name }) => name === 'sensitive-class');
    expect(byClass?.less).toBe(0);
    expect(byClass?.more).toBeGreaterThanOrEqual(gloves);
    expect(cannotShow).toEqual([expect.stringContaining('the model of the other policy')]);
  });

  it('[E33] counts caps anew where they change, from the lists that were shown', async () => {
    const { house } = await life(policyIn(), 40);
    const once = { ...HOME_SLOT, capPerPerson: { impressionsMax: 1, windowHours: 24 } };
    expect(await simulated(house, policyIn({ placements: [once] }))).toMatchObject({
      changedLists: 20,
      nothing: [{ name: 'person-cap', more: 20, less: 0 }],
    });
    const item = { ...HOME_SLOT, capPerItem: { impressionsMax: 1, windowHours: 24 } };
    const { held } = await simulated(house, policyIn({ placements: [item] }));
    expect(held.find(({ name }) => name === 'item-cap')?.more).toBeGreaterThanOrEqual(20);
  });

  it('[E33] counts what was shown in the window of the other policy, not in that of then', async () => {
    const hourly = { ...HOME_SLOT, capPerPerson: { impressionsMax: 5, windowHours: 1 } };
    const { house } = await life(policyIn({ placements: [hourly] }));
    house.advance(2 * HOUR);
    for (let n = 0; n < PEOPLE; n += 1) await decide(house, `ann-${n}`, { limit: 6 });
    const daily = { ...HOME_SLOT, capPerPerson: { impressionsMax: 2, windowHours: 24 } };
    // Every second person was asked twice before: the third list comes two hours later.
    expect(await simulated(house, policyIn({ placements: [daily] }))).toMatchObject({
      changedLists: 'few',
      nothing: [],
    });
    const once = { ...HOME_SLOT, capPerPerson: { impressionsMax: 1, windowHours: 24 } };
    expect(await simulated(house, policyIn({ placements: [once] }))).toMatchObject({
      changedLists: PEOPLE + PEOPLE / 2,
    });
  });

  it('[E33] what a fact barred is free when the fact may not be read', async () => {
    const { house } = await lookers(6, async (at, who, n) => buy(at, who, [`coat-${1 + (n % 6)}`]));
    const { held } = await simulated(house, policyIn({ purposes: { recommend: ['browsing'] } }));
    const bought = held.find(({ name }) => name === 'bought');
    expect([bought?.less, bought?.more]).toEqual([LOOKERS, 0]);
  });

  it('[E33] facts about what would be sensitive speak for nothing', async () => {
    // The one thing that was shown is no glove; a glove that was looked at speaks for it.
    const { house, lists } = await lookers(1, () => Promise.resolve());
    expect(lists.filter((list) => /^(glove.*)?$/.test(list))).toEqual([]);
    const { changedLists, nothing } = await simulated(house, policyIn(GLOVES));
    expect(changedLists).toBeGreaterThanOrEqual(20);
    expect(nothing).toEqual([]);
  });

  it('[E33] gives no number that fewer than twenty people stand behind', async () => {
    const { house } = await life(policyIn(), 19);
    const { changedLists, held } = await simulated(house, policyIn(GLOVES));
    expect(changedLists).toBe('few');
    expect(held, 'not even that there were some').toEqual([]);
    // Many decisions of few people are still about few people.
    for (let time = 0; time < 40; time += 1) await decide(house, 'ann-0', { limit: 6 });
    expect((await simulated(house, policyIn(GLOVES))).changedLists).toBe('few');
    // Decisions about nobody stand for nobody: each by itself.
    for (let time = 0; time < 40; time += 1) await decide(house, undefined, { limit: 6 });
    expect((await simulated(house, policyIn(GLOVES))).changedLists).toBeGreaterThanOrEqual(20);
  });

  it('[E33] says what it cannot know', async () => {
    const { house } = await life(policyIn({ purposes: { recommend: ['purchases'] } }));
    const { cannotShow } = await simulated(house, policyIn({ minPeople: 9 }));
    expect(cannotShow).toEqual([
      expect.stringContaining('in addition for recommend'),
      expect.stringContaining('the model of the other policy'),
    ]);
  });

  it('[E33] says that other proxies would be found', async () => {
    const house = await openHouse();
    const guarding = {
      purposes: { ...DEFAULT_PURPOSES, guard: ['purchases'] },
      proxies: { paths: ['Things > tea'] },
    };
    await house.engine.usePolicy(policyIn({ purposes: guarding.purposes }));
    const { cannotShow } = await simulated(house, policyIn(guarding));
    expect(cannotShow).toEqual([expect.stringContaining('other proxies')]);
  });

  it('[E33] a slot that is gone, one of another purpose, and a purpose that is not used', async () => {
    const { house, lists } = await life(policyIn());
    const gone = policyIn({ placements: [{ ...HOME_SLOT, id: 'other' }] });
    expect(await simulated(house, gone)).toMatchObject({
      noSlot: lists.length,
      changedLists: lists.length,
    });
    const other = policyIn({ placements: [{ ...HOME_SLOT, purpose: 'contact' }] });
    expect(await simulated(house, other)).toMatchObject({
      compared: 0,
      otherPurpose: lists.length,
      changedLists: 0,
    });
  });

  it('[E33] looks at nobody who does not let it be measured now, or who left', async () => {
    const { house, lists } = await life(policyIn());
    const narrow = policyIn({ purposes: { recommend: ['browsing'] } });
    const compared = async (): Promise<Figure> => (await simulated(house, narrow)).compared;
    await say(house, 'no', changes('refused'));
    await decide(house, 'no', { limit: 6, placement: placementId('home') });
    expect(await compared()).toBe(lists.length);
    await house.engine.erase(personId('ann-1'));
    expect(await compared()).toBe(lists.length - 2);
    await say(house, 'ann-3', changes('withdrawn', ['interactions'], ['measure']));
    expect(await compared()).toBe(lists.length - 4);
    await allowAll(house, 'ann-3');
    expect(await compared()).toBe(lists.length - 2);
  });

  it('[E33] passes over decisions that rest on a fact set aside since', async () => {
    const { house, lists } = await life(policyIn());
    const [fact = ''] = (await decide(house, 'ann-1', { limit: 6 })).record.reads;
    await house.engine.restrict({ person: personId('ann-1'), fact, act: 'restrict' });
    const { compared } = await simulated(house, policyIn());
    expect(compared).toBe(lists.length - 2);
  });
});
