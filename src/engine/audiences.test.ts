// Goal: a slot for an audience speaks to those who are in it and to nobody while they are few; nothing is
// kept of who they are, and what is told of them is coarse. Method: the whole engine in memory, and drawn
// counts.

import { describe, expect, it } from 'vitest';
import {
  DAY,
  type House,
  allowAll,
  buy,
  collect,
  decide,
  event,
  itemsOf,
  openHouse,
  placementId,
  stock,
} from '../../test/support/house.ts';
import { HOME_SLOT, policyIn } from '../../test/support/policies.ts';
import { DEFAULT_PURPOSES, type Policy } from '../facts/policy.ts';

const COATS = [{ bought: { paths: ['Things > coat'] } }];
const SLOT = {
  ...HOME_SLOT,
  audience: 'coats',
  purpose: 'recommend',
  subject: { de: 'Neu: {item}', fallback: 'News' },
  channels: ['email'],
};
const READS = {
  ...DEFAULT_PURPOSES,
  recommend: [...DEFAULT_PURPOSES.recommend!, 'demographics', 'location'],
};

function policyFor(all: unknown = COATS, more: object = {}): Policy {
  const placements = [HOME_SLOT, { ...SLOT, id: 'news' }];
  return policyIn({ purposes: READS, audiences: [{ name: 'coats', all }], placements, ...more });
}

const NEWS = placementId('news');
const toNews = { placement: NEWS, channel: 'email' as const };

/** People who allow everything and bought a coat or tea; even ones are coats. */
async function crowd(house: House, people: number): Promise<void> {
  for (let n = 0; n < people; n += 1) {
    await allowAll(house, `crowd-${n}`);
    await buy(house, `crowd-${n}`, n % 2 === 0 ? ['coat-1'] : ['tea-1']);
  }
}

async function counted(house: House): Promise<void> {
  await house.engine.recover();
  await house.engine.maintain();
  await house.engine.core.audiences.running;
}

const stateOf = ({ engine }: House): string | undefined => engine.audiences()[0]?.state;
const nothingOf = async (house: House, who?: string): Promise<string | undefined> =>
  (await decide(house, who, toNews)).result.nothing;

async function opened(people: number, policy = policyFor()): Promise<House> {
  const house = await openHouse();
  await stock(house);
  await crowd(house, people);
  await house.engine.usePolicy(policy);
  return house;
}

describe('a slot for an audience', () => {
  it('[E130] speaks to nobody before they are counted, then to those who are in it', async () => {
    const house = await opened(90);
    expect(stateOf(house)).toBe('uncounted');
    expect(await nothingOf(house, 'crowd-0')).toBe('not-in-audience');
    await counted(house);
    expect(house.engine.audiences()).toEqual([
      {
        name: 'coats',
        purpose: 'recommend',
        conditions: ['bought Things > coat'],
        placements: ['news'],
        state: 'enough',
        about: 0,
      },
    ]);
    expect(itemsOf(await decide(house, 'crowd-0', toNews))).not.toEqual([]);
    expect(await nothingOf(house, 'crowd-1')).toBe('not-in-audience');
    expect(await nothingOf(house, 'stranger')).toBe('not-allowed');
    // Nobody is written down: what the engine keeps of it are texts and sizes.
    expect(JSON.stringify(house.engine.core.audiences)).not.toContain('crowd');
    // A restart has counted nobody.
    const again = await house.reopen();
    await again.engine.usePolicy(policyFor());
    expect(await nothingOf(again, 'crowd-0')).toBe('not-in-audience');
  });

  it('[E130] speaks to nobody while fewer than k are in it, or kept out by one condition', async () => {
    const few = await opened(38);
    await counted(few);
    expect(stateOf(few)).toBe('few');
    expect(await nothingOf(few, 'crowd-0')).toBe('not-in-audience');
    // All but two of those with coats have one thing more in common.
    const all = [...COATS, { notBought: { items: ['lamp-6'] }, days: 9 }];
    const house = await opened(90, policyFor(all));
    for (const who of ['crowd-0', 'crowd-2']) await buy(house, who, ['lamp-6']);
    await counted(house);
    expect(stateOf(house)).toBe('few');
    expect(await nothingOf(house, 'crowd-4')).toBe('not-in-audience');
    // More people behind every number: counted again for that many.
    const strict = await opened(90, policyFor(COATS, { minPeople: 50 }));
    await counted(strict);
    expect(stateOf(strict)).toBe('few');
  });

  it('[E130] is counted again after a day, and when the policy names another', async () => {
    const house = await opened(38);
    await counted(house);
    for (let n = 100; n < 200; n += 1) {
      await allowAll(house, `crowd-${n}`);
      await buy(house, `crowd-${n}`, n % 2 === 0 ? ['coat-2'] : ['tea-2']);
    }
    await counted(house);
    expect(stateOf(house)).toBe('few');
    house.advance(DAY);
    await counted(house);
    expect(stateOf(house)).toBe('enough');
    await house.engine.usePolicy(policyFor([{ bought: { items: ['coat-2'] } }]));
    expect(stateOf(house)).toBe('uncounted');
    await counted(house);
    expect(stateOf(house)).toBe('enough');
  });

  it('[E131] says what it names that tells, and speaks to nobody', async () => {
    const house = await opened(90);
    await counted(house);
    await house.engine.putItems([{ ...house.engine.items().get('coat-3')!, sensitive: 'health' }]);
    expect(house.engine.audiences()).toMatchObject([
      { state: 'tells', because: { condition: 'bought Things > coat', tells: 'health' } },
    ]);
    expect(house.engine.audiences()[0]).not.toHaveProperty('about');
    expect(await nothingOf(house, 'crowd-0')).toBe('not-in-audience');
  });

  it('[E132] is replayed byte for byte and explained, with its subject', async () => {
    const house = await opened(90);
    await counted(house);
    await collect(house, [event(house, 'declare', 'crowd-0', [], { traits: { language: 'de-AT' } })]);
    const decided = await decide(house, 'crowd-0', toNews);
    expect(decided.result.subject).toMatch(/^Neu: \u2068.+\u2069$/);
    expect(decided.record.result.subject).toBe(decided.result.subject);
    const found = await house.engine.find(decided.decision);
    expect((await house.engine.replay(found!)).same).toBe(true);
    const why = await house.engine.why(found!);
    const gone = decided.result.items.map(({ item }) => item);
    expect(why.without.find(({ fact }) => fact === 'bought|till|coat-1')).toMatchObject({
      gone,
      instead: [],
    });
    expect(decided.record.reads).toContain('trait|web-shop|language');
    // No slot that does not ask for it reads a language.
    expect((await decide(house, 'crowd-0')).record.reads).not.toContain('trait|web-shop|language');
    expect((await decide(house, 'crowd-2', toNews)).result.subject).toBe('News');
  });

  it('[E132] a simulation takes the slots of another audience as empty', async () => {
    const house = await opened(90);
    await counted(house);
    for (let n = 0; n < 90; n += 2) await decide(house, `crowd-${n}`, toNews);
    const told = await house.engine.simulate(policyFor([{ bought: { items: ['coat-1'] } }]));
    expect(told.nothing.map(({ name }) => name)).toEqual(['not-in-audience']);
    expect(told.cannotShow.join()).toContain('other audiences');
    const same = await house.engine.simulate(policyFor(COATS, { minPeople: 4 }));
    expect(same.nothing).toEqual([]);
  });

  it('[E132] takes no account of what somebody set aside', async () => {
    const house = await opened(90);
    await counted(house);
    await house.engine.restrict({
      person: 'crowd-0' as never,
      fact: 'bought|till|coat-1',
      restricted: true,
    } as never);
    expect(await nothingOf(house, 'crowd-0')).toBe('not-in-audience');
  });
});
