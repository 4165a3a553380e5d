// Goal: a home from before notices were registered goes on as it was, and nothing new of that kind is taken.
// Method: the whole engine over a home from which every word of notices was taken.

import { describe, expect, it } from 'vitest';
import type { Source } from '../facts/source.ts';
import {
  type House,
  SETTINGS,
  SHOP,
  allowAll,
  decide,
  look,
  openHouse,
  personId,
  sourceId,
  stock,
} from '../../test/support/house.ts';

const VIEWED = 'viewed|web-shop|tea-1';

const readsOf = async (house: House): Promise<readonly string[]> => (await decide(house, 'ann')).record.reads;

const SOURCE: Source = {
  id: sourceId('leaflets'),
  controller: SHOP,
  origin: 'first-party',
  channel: 'web',
  basis: 'consent',
  noticeId: 'privacy-7',
  description: 'leaflets',
};

/** Takes every word of notices out of a home. */
async function forget({ world: { documents } }: House): Promise<void> {
  for (const { id } of await documents.list('notice')) await documents.remove('notice', id);
  await documents.remove('notices-before', 'home');
}

describe('a home of before there were notices', () => {
  /** As the version before left it: people, sources and records, and no word of notices. */
  async function old(settings: string): Promise<House> {
    const house = await openHouse({ settings });
    await stock(house);
    await allowAll(house, 'ann');
    await look(house, 'ann', ['tea-1']);
    await house.engine.flush();
    await forget(house);
    return house;
  }

  it('[E41] is none that has notices and lost the word of when they began', async () => {
    const house = await openHouse({ settings: SETTINGS.replaceAll('notice: notice-1', 'notice: privacy-7') });
    await stock(house);
    await house.world.documents.remove('notices-before', 'home');
    house.advance(1000);
    const after = await house.reopen();
    expect(after.engine.core.withoutNotice.map(({ id }) => id)).toEqual(['web-shop', 'till']);
  });

  it('[E41] keeps its sources, and no other of the same notice is one', async () => {
    const settings = SETTINGS.replaceAll('notice: notice-1', 'notice: privacy-7');
    const house = await openHouse({ settings });
    expect(house.engine.core.withoutNotice.map(({ id }) => id)).toEqual(['web-shop', 'till']);
    await stock(house);
    await forget(house);
    house.advance(1000);
    const after = await house.reopen();
    expect(after.engine.core.withoutNotice).toEqual([]);
    await after.engine.registerSource(SOURCE);
    expect(after.engine.core.withoutNotice.map(({ id }) => id)).toEqual(['leaflets']);
    expect((await after.reopen()).engine.core.withoutNotice.map(({ id }) => id)).toEqual(['leaflets']);
    const till = after.engine.core.sources.get(sourceId('till'));
    if (till === undefined) throw new Error('the till is registered');
    await after.engine.registerSource({ ...till, noticeId: 'privacy-8' });
    expect(after.engine.core.sources.has(till.id)).toBe(false);
  });

  it('[E41] keeps the yeses that name no version, and takes no new one of that kind', async () => {
    const house = await old(SETTINGS);
    const bare = async (each: House) => {
      const ann = await each.engine.core.people.get(personId('ann'));
      if (typeof ann !== 'object') throw new Error('ann is here');
      const grants = new Map(
        [...ann.chain.grants].map(([key, { state, sinceMs, expiresMs }]) => [
          key,
          { state, sinceMs, expiresMs },
        ]),
      );
      ann.chain = { ...ann.chain, grants };
      ann.version += 1;
      return readsOf(each);
    };
    house.advance(1000);
    const after = await house.reopen();
    expect(await bare(after)).toEqual([VIEWED]);
    // In a home that has always had notices nobody can have said that.
    const young = await openHouse();
    await stock(young);
    await allowAll(young, 'ann');
    await look(young, 'ann', ['tea-1']);
    expect(await readsOf(young)).toEqual([VIEWED]);
    expect(await bare(young)).toEqual([]);
  });
});
