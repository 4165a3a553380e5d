// Goal: what the door let through a moment ago is used again only while nothing has changed that the door
// looks at. Method: two decisions in a row, with one thing between them.

import { describe, expect, it } from 'vitest';
import type { SourceId } from '../facts/ids.ts';
import type { Source } from '../facts/source.ts';
import {
  DAY,
  type House,
  SHOP,
  allowAll,
  buy,
  changes,
  collect,
  decide,
  event,
  item,
  look,
  openHouse,
  personId,
  placementId,
  say,
  sourceId,
  stock,
} from '../../test/support/house.ts';

async function shop(): Promise<House> {
  const house = await openHouse();
  await stock(house);
  await allowAll(house, 'ann');
  await buy(house, 'ann', ['coat-1']);
  await look(house, 'ann', ['tea-1']);
  await decide(house, 'ann');
  return house;
}

const BOTH = ['bought|till|coat-1', 'viewed|web-shop|tea-1'];
const readsOf = async (house: House, more: Parameters<typeof decide>[2] = {}): Promise<readonly string[]> =>
  (await decide(house, 'ann', more)).record.reads;

describe('what was seen a moment ago', () => {
  it('[E22] is used again when nothing has changed', async () => {
    const house = await shop();
    const [one, two] = [await decide(house, 'ann'), await decide(house, 'ann')];
    expect(two.record.input.facts).toBe(one.record.input.facts);
    expect(two.record.reads).toEqual(BOTH);
    house.advance(60_000);
    expect((await decide(house, 'ann')).record.input.facts).not.toBe(one.record.input.facts);
  });

  it('[E22] not after an event, a word, a fact that was dropped, or an age that was told', async () => {
    const house = await shop();
    await look(house, 'ann', ['lamp-1']);
    expect(await readsOf(house)).toEqual([...BOTH, 'viewed|web-shop|lamp-1'].sort());
    await say(house, 'ann', changes('withdrawn', ['browsing']));
    expect(await readsOf(house)).toEqual(BOTH.slice(0, 1));
    await collect(house, [event(house, 'declare', 'ann', [], { traits: { birthYear: 2020 } })]);
    expect(await readsOf(house)).toEqual([]);
  });

  it('[E22] not for another purpose, another place or with a signal', async () => {
    const house = await shop();
    await say(house, 'ann', changes('withdrawn', ['browsing'], ['contact']));
    expect(await readsOf(house)).toEqual(BOTH);
    const email = { placement: placementId('email'), channel: 'email' } as const;
    expect(await readsOf(house, email)).toEqual(BOTH.slice(0, 1));
    expect(await readsOf(house, { ...email, signals: { gpc: true } })).toEqual([]);
    expect(
      await readsOf(house, { ...email, signals: { gpc: true }, place: { country: 'US', region: 'CA' } }),
    ).toEqual(BOTH.slice(0, 1));
    expect(await readsOf(house, email)).toEqual(BOTH.slice(0, 1));
    expect(await readsOf(house, { signals: { gpc: false, ends: ['recommend'] } })).toEqual([]);
    expect(await readsOf(house, { signals: { gpc: false, ends: ['measure'] } })).toEqual(BOTH);
    expect(await readsOf(house)).toEqual(BOTH);
  });

  it('[E22] not when a thing became sensitive, or a grant or a fact has run out', async () => {
    const house = await shop();
    await house.engine.putItems([item('tea-1', undefined, { sensitive: 'health' })]);
    expect(await readsOf(house)).toEqual(BOTH.slice(0, 1));
    // To the last millisecond of the year that a profile may live, and one further: both within a minute.
    house.advance(365 * DAY - 1);
    expect(await readsOf(house)).toEqual(BOTH.slice(0, 1));
    house.advance(1);
    expect(await readsOf(house)).toEqual([]);
    await buy(house, 'ann', ['coat-1']);
    const grantEnds = 5 * 365 * DAY - 365 * DAY;
    house.advance(grantEnds - 1);
    await buy(house, 'ann', ['coat-1']);
    expect(await readsOf(house)).toEqual(BOTH.slice(0, 1));
    house.advance(1);
    expect(await readsOf(house)).toEqual([]);
  });

  it('[E22] not when somebody had their birthday at midnight', async () => {
    const house = await openHouse();
    await house.engine.putItems([item('coat-1')]);
    await allowAll(house, 'kid');
    await collect(house, [event(house, 'declare', 'kid', [], { traits: { birthYear: 2010 } })]);
    await buy(house, 'kid', ['coat-1']);
    const newYear = Date.UTC(2027, 0, 1);
    house.advance(newYear - house.nowMs() - 1);
    expect((await decide(house, 'kid')).record.input.refused).toBe('minor');
    house.advance(1);
    expect((await decide(house, 'kid')).record.reads).toEqual(['bought|till|coat-1']);
  });

  it('[E22] not after a source was registered', async () => {
    const house = await shop();
    const key = house.engine.core.people.keyOf(personId('ann'));
    // A fact whose source is gone, as after a change of the settings: the map is the engine's own, so it is
    // reached through a cast.
    (house.engine.core.sources as Map<SourceId, Source>).delete(sourceId('web-shop'));
    const person = await house.engine.core.people.byKey(key);
    if (typeof person === 'object') person.version += 1;
    expect(await readsOf(house)).toEqual(BOTH.slice(0, 1));
    const source = {
      id: sourceId('web-shop'),
      controller: SHOP,
      origin: 'first-party',
      channel: 'web',
      basis: 'consent',
      noticeId: 'notice-1',
      description: 'd',
    } as const;
    await house.engine.registerSource(source);
    expect(await readsOf(house)).toEqual(BOTH);
  });
});
