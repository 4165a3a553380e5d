// Goal: two identities stand together by an act of each, within what each allows, and apart again by either.
// Method: the whole engine.

import { describe, expect, it } from 'vitest';
import type { Signals } from '../facts/signals.ts';
import { Fault } from '../kernel/fault.ts';
import {
  type House,
  allowAll,
  buy,
  changes,
  collect,
  decide,
  event,
  look,
  openHouse,
  personId,
  say,
  stock,
} from '../../test/support/house.ts';

const link = (house: House, who: string, other: string, act: 'join' | 'part' = 'join') =>
  house.engine.link({ person: personId(who), other: personId(other), act });

const keysOf = async (house: House, who: string): Promise<readonly string[]> =>
  (await decide(house, who)).record.input.facts.map(({ key }) => key);

/** A guest's device and the account they signed in to. */
async function shop(): Promise<House> {
  const house = await openHouse();
  await stock(house);
  for (const who of ['guest', 'ann', 'ben']) await allowAll(house, who);
  await look(house, 'guest', ['tea-1']);
  await buy(house, 'ann', ['coat-1']);
  await buy(house, 'ben', ['lamp-1']);
  return house;
}

const OWN = ['bought|till|coat-1'];
const BOTH = ['bought|till|coat-1', 'joined 1|viewed|web-shop|tea-1'];

describe('a join', () => {
  it('[E16] holds when both sides have said so, for both, and also after a restart', async () => {
    const house = await shop();
    expect(await link(house, 'ann', 'guest')).toBe('kept');
    expect(await keysOf(house, 'ann')).toEqual(OWN);
    expect(await keysOf(house, 'guest')).toEqual(['viewed|web-shop|tea-1']);
    expect(await link(house, 'guest', 'ann')).toBe('kept');
    expect(await keysOf(house, 'ann')).toEqual(BOTH);
    expect(await keysOf(house, 'guest')).toEqual(['joined 1|bought|till|coat-1', 'viewed|web-shop|tea-1']);
    await house.engine.flush();
    expect(await keysOf(await house.reopen(), 'ann')).toEqual(BOTH);
  });

  it('[E16] reads only what both sides allow, and what the other takes back counts at once', async () => {
    const house = await shop();
    await link(house, 'ann', 'guest');
    await link(house, 'guest', 'ann');
    await say(house, 'guest', changes('withdrawn', ['browsing'], ['recommend']));
    expect(await keysOf(house, 'ann')).toEqual(OWN);
    await say(house, 'guest', changes('given', ['browsing'], ['recommend']));
    await look(house, 'guest', ['tea-1']);
    expect(await keysOf(house, 'ann')).toEqual(BOTH);
    await say(house, 'ann', changes('withdrawn', ['browsing'], ['recommend']));
    expect(await keysOf(house, 'ann')).toEqual(OWN);
  });

  it('[E46] is passed over for a request whose phone allows no tracking, and only for it', async () => {
    const house = await shop();
    await link(house, 'ann', 'guest');
    await link(house, 'guest', 'ann');
    const asked = async (signals: Signals): Promise<readonly string[]> =>
      (await decide(house, 'ann', { signals })).record.input.facts.map(({ key }) => key);
    expect(await asked({ gpc: false, ends: ['advertise'], apart: true })).toEqual(OWN);
    expect(await asked({ gpc: false, apart: 'yes' as never })).toEqual(OWN);
    expect(await asked({ gpc: false, apart: false })).toEqual(BOTH);
    expect(await keysOf(house, 'ann')).toEqual(BOTH);
  });

  it('[E16] is undone by either side, at once, and a restart does not bring it back', async () => {
    for (const side of ['ann', 'guest'] as const) {
      const house = await shop();
      await link(house, 'ann', 'guest');
      await link(house, 'guest', 'ann');
      expect(await keysOf(house, 'ann')).toEqual(BOTH);
      expect(await link(house, side, side === 'ann' ? 'guest' : 'ann', 'part')).toBe('kept');
      expect(await keysOf(house, 'ann')).toEqual(OWN);
      const after = await house.reopen();
      expect(await keysOf(after, 'ann')).toEqual(OWN);
      expect(await keysOf(after, 'guest')).toEqual(['viewed|web-shop|tea-1']);
    }
  });

  it('[E16] ends when a word was lost that may have been a parting, until they join again', async () => {
    const house = await shop();
    await link(house, 'ann', 'guest');
    await link(house, 'guest', 'ann');
    expect(await keysOf(house, 'ann')).toEqual(BOTH);
    house.failing = (operation) =>
      operation === 'people.append' ? new Fault('disk-full', 'planted', { retry: 'later' }) : undefined;
    await expect(link(house, 'ann', 'guest', 'part')).rejects.toThrow('planted');
    house.failing = undefined;
    await allowAll(house, 'ann');
    await look(house, 'ann', ['lamp-1']);
    expect(await keysOf(house, 'ann')).toEqual(['viewed|web-shop|lamp-1']);
    expect(await keysOf(house, 'guest')).toEqual(['viewed|web-shop|tea-1']);
    await house.engine.flush();
    const after = await house.reopen();
    expect(await keysOf(after, 'ann')).toEqual(['viewed|web-shop|lamp-1']);
    await link(after, 'ann', 'guest');
    expect(await keysOf(after, 'ann')).toEqual(['viewed|web-shop|lamp-1', 'joined 1|viewed|web-shop|tea-1']);
  });

  it('[E16] of a household reaches those who are joined and no further', async () => {
    const house = await shop();
    for (const [a, b] of [
      ['ann', 'guest'],
      ['ann', 'ben'],
    ] as const) {
      await link(house, a, b);
      await link(house, b, a);
    }
    expect(await keysOf(house, 'ann')).toEqual([
      ...OWN,
      'joined 2|bought|till|lamp-1',
      'joined 1|viewed|web-shop|tea-1',
    ]);
    expect(await keysOf(house, 'guest')).toEqual(['joined 1|bought|till|coat-1', 'viewed|web-shop|tea-1']);
  });

  it('[E16] what one bought is not shown to the other, and nothing sensitive passes', async () => {
    const house = await shop();
    await link(house, 'ann', 'guest');
    await link(house, 'guest', 'ann');
    const decided = await decide(house, 'guest');
    expect(decided.record.input.barred).toContainEqual({ item: 'coat-1', guard: 'bought', number: 1 });
    const item = house.engine.items().get('coat-1');
    await house.engine.putItems([{ ...item!, sensitive: 'health' }]);
    const after = await decide(house, 'guest');
    expect(after.record.reads).toEqual(['viewed|web-shop|tea-1']);
  });

  it('[E16] ends with the erasure of the other, and is not there again when they come back', async () => {
    const house = await shop();
    await link(house, 'ann', 'guest');
    await link(house, 'guest', 'ann');
    await house.engine.erase(personId('guest'));
    expect(await keysOf(house, 'ann')).toEqual(OWN);
    await say(house, 'guest', changes('given'), { byPerson: true });
    await look(house, 'guest', ['tea-2']);
    expect(await keysOf(house, 'ann')).toEqual(OWN);
  });

  it('[E16] with oneself, of nobody, or beyond eight is refused with a reason', async () => {
    const house = await shop();
    expect(await link(house, 'ann', 'ann')).toMatchObject({ field: 'other' });
    expect(await link(house, 'nobody-here', 'ann')).toBe('no-such-person');
    for (let n = 0; n < 8; n += 1) expect(await link(house, 'ann', `device-${n}`)).toBe('kept');
    expect(await link(house, 'ann', 'device-8')).toMatchObject({ field: 'other' });
    await house.engine.erase(personId('ann'));
    expect(await link(house, 'ann', 'guest')).toBe('no-such-person');
  });

  it('[E12, E16] is seen also by whoever was first met by pseudonym alone', async () => {
    const house = await shop();
    await link(house, 'ann', 'guest');
    await link(house, 'guest', 'ann');
    await house.engine.flush();
    const after = await house.reopen();
    const key = after.engine.core.people.keyOf(personId('ann'));
    const [, keys] = await Promise.all([after.engine.core.people.byKey(key), keysOf(after, 'ann')]);
    expect(keys).toEqual(BOTH);
    await collect(after, [event(after, 'purchase', 'ann', ['tea-6'])]);
  });
});
