// Goal: one human being is not spoken to more often than the policy says, over all channels, campaigns and
// identities, whatever happens at once and in between. Method: the whole engine in memory.

import { describe, expect, it } from 'vitest';
import {
  DAY,
  HOUR,
  type House,
  allowAll,
  buy,
  collect,
  decide,
  event,
  itemsOf,
  must,
  openHouse,
  personId,
  placementId,
  stock,
} from '../../test/support/house.ts';
import { HOME_SLOT, policyIn } from '../../test/support/policies.ts';
import type { Channel } from '../facts/channel.ts';
import { type CampaignId, parseCampaignId } from '../facts/ids.ts';
import { utf8 } from '../kernel/bytes.ts';
import { encodeSnapshot } from '../profile/snapshot.ts';
import { newPerson } from './person.ts';
import { openSnapshot } from './snapshot.ts';

const CHANNELS: readonly Channel[] = ['email', 'push', 'letter'];
const LOOSE = { impressionsMax: 512, windowHours: 168 };
const SLOTS = [
  { ...HOME_SLOT, capPerItem: LOOSE, capPerPerson: LOOSE, reason: 'a test' },
  ...CHANNELS.map((channel) => ({
    ...HOME_SLOT,
    id: channel,
    purpose: 'contact',
    channels: [channel],
    itemsMax: 3,
  })),
];

async function houseUnder(contact: object): Promise<House> {
  const house = await openHouse();
  await stock(house);
  await allowAll(house, 'ann');
  await house.engine.usePolicy(policyIn({ placements: SLOTS, contact: { reason: 'a test', ...contact } }));
  return house;
}

const NEVER_QUIET = { quietHours: { from: 0, to: 0 } };
const send = async (house: House, channel: Channel, who = 'ann', campaign?: CampaignId) =>
  (
    await decide(house, who, {
      placement: placementId(channel),
      channel,
      limit: 3,
      ...(campaign === undefined ? {} : { campaign }),
    })
  ).result.nothing;

const twoAWeek = { ...NEVER_QUIET, caps: [{ per: 'person', impressionsMax: 2, windowHours: 168 }] };

const MILD = { silentMax: 50, gapDays: 1, gapDaysMax: 1 };

describe('contact pressure', () => {
  it('[E47] a thousand attempts at once over three channels find room for two', async () => {
    const house = await houseUnder(twoAWeek);
    const all = await Promise.all(
      Array.from({ length: 1000 }, (_, n) => send(house, CHANNELS[n % 3] ?? 'email')),
    );
    expect(all.filter((nothing) => nothing === undefined)).toHaveLength(2);
    expect(all.filter((nothing) => nothing === 'contact-cap')).toHaveLength(998);
    await house.engine.flush();
    const after = await house.reopen();
    await after.engine.usePolicy(policyIn({ placements: SLOTS, contact: { reason: 'a test', ...twoAWeek } }));
    for (const channel of CHANNELS) expect(await send(after, channel)).toBe('contact-cap');
    // And the person is told how often.
    expect(await after.engine.describe(personId('ann'))).toMatchObject({ contacts: { days: 30, count: 2 } });
    house.advance(7 * DAY);
    expect(await send(after, 'push')).toBeUndefined();
  });

  it('[E47] counts what a joined identity was shown', async () => {
    const house = await houseUnder(twoAWeek);
    await allowAll(house, 'ann-phone');
    expect([await send(house, 'email'), await send(house, 'push', 'ann-phone')]).toEqual([
      undefined,
      undefined,
    ]);
    expect(await send(house, 'letter', 'ann-phone')).toBeUndefined();
    const [ann, phone] = [personId('ann'), personId('ann-phone')];
    await house.engine.link({ person: ann, other: phone, act: 'join' });
    await house.engine.link({ person: phone, other: ann, act: 'join' });
    expect([await send(house, 'letter'), await send(house, 'email', 'ann-phone')]).toEqual([
      'contact-cap',
      'contact-cap',
    ]);
  });

  it('[E47] counts a joined identity and never names its things, and not where a signal asks', async () => {
    const leaf = { per: 'leaf', channels: ['web'], impressionsMax: 1, windowHours: 168 };
    const caps = [...twoAWeek.caps, leaf];
    const house = await houseUnder({ ...twoAWeek, caps });
    await allowAll(house, 'ann-phone');
    const [ann, phone] = [personId('ann'), personId('ann-phone')];
    await house.engine.link({ person: ann, other: phone, act: 'join' });
    await house.engine.link({ person: phone, other: ann, act: 'join' });
    const seen = itemsOf(await decide(house, 'ann-phone', { limit: 20 }));
    expect(seen.length).toBeGreaterThan(0);
    const { record } = await decide(house, 'ann', { limit: 20 });
    expect(record.input.pressure).toBeUndefined();
    expect([await send(house, 'email', 'ann-phone'), await send(house, 'push', 'ann-phone')]).toEqual([
      undefined,
      undefined,
    ]);
    const letter = { placement: placementId('letter'), channel: 'letter', limit: 3 } as const;
    expect((await decide(house, 'ann', letter)).result.nothing).toBe('contact-cap');
    const apart = { gpc: false, apart: true };
    expect((await decide(house, 'ann', { ...letter, signals: apart })).result.nothing).not.toBe(
      'contact-cap',
    );
  });

  it('[E47] caps a campaign by its name, in the record as well', async () => {
    const sale = must(parseCampaignId('sale'));
    const caps = [{ per: 'campaign', impressionsMax: 1, windowHours: 168 }];
    const house = await houseUnder({ ...NEVER_QUIET, caps });
    expect(await send(house, 'email', 'ann', sale)).toBeUndefined();
    expect(await send(house, 'push', 'ann', sale)).toBe('campaign-cap');
    expect(await send(house, 'push')).toBeUndefined();
  });

  it('[E47] of a leaf holds on a page: two lists with coats, and then none for a week', async () => {
    const house = await houseUnder({
      ...NEVER_QUIET,
      caps: [...twoAWeek.caps, { per: 'leaf', impressionsMax: 2, windowHours: 168 }],
    });
    const page = async () => decide(house, 'ann', { limit: 20 });
    const leaves = (decided: Awaited<ReturnType<typeof page>>): Set<string | undefined> =>
      new Set(itemsOf(decided).map((id) => id.split('-')[0]));
    const first = leaves(await page());
    expect(first.size).toBeGreaterThan(0);
    expect(leaves(await page())).toEqual(first);
    const third = await page();
    for (const leaf of first) expect(leaves(third)).not.toContain(leaf);
    expect(third.result.held.some(({ guard }) => guard === 'leaf-cap')).toBe(true);
    await third.receipt();
    const found = await house.engine.find(third.decision);
    expect(found && (await house.engine.replay(found))).toMatchObject({ same: true });
    house.advance(7 * DAY);
    expect(leaves(await page())).toEqual(first);
  });

  it('[E47] holds where lists are forgotten: 600 page views are enough contact', async () => {
    const cap = { per: 'person', channels: ['web', 'email'], impressionsMax: 512, windowHours: 720 };
    const house = await houseUnder({ ...NEVER_QUIET, caps: [cap] });
    const page = async () => (await decide(house, 'ann', { limit: 1 })).result.nothing;
    for (let n = 0; n < 512; n += 1) {
      expect(await page()).toBeUndefined();
      house.advance(60_000);
    }
    expect([await page(), await send(house, 'email')]).toEqual(['contact-cap', 'contact-cap']);
    expect(await send(house, 'letter')).toBeUndefined();
    expect(await send(house, 'push')).toBeUndefined();
    // Two page views had to go to remember the two.
    await house.engine.flush();
    await house.engine.maintain();
    const after = await house.reopen();
    const ann = await after.engine.core.people.get(personId('ann'));
    expect(typeof ann === 'object' && ann.forgottenMs).toBeGreaterThan(0);
    await after.engine.usePolicy(
      policyIn({ placements: SLOTS, contact: { reason: 'a test', ...NEVER_QUIET, caps: [cap] } }),
    );
    expect((await decide(after, 'ann', { limit: 1 })).result.nothing).toBe('contact-cap');
  });
});

it('[E47] a snapshot of before it was noted what was forgotten forgets all that it may have', async () => {
  const cap = { per: 'person', impressionsMax: 512, windowHours: 24 };
  const house = await houseUnder({ ...NEVER_QUIET, backOff: MILD, caps: [cap] });
  const ann = await house.engine.core.people.get(personId('ann'));
  if (typeof ann !== 'object') throw new Error('ann is here');
  expect(await send(house, 'email')).toBeUndefined();
  const [given] = ann.given;
  for (let n = 1; n < 512; n += 1) ann.given.push({ ...given!, channel: 'web' });
  for (const isNoted of [true, false]) {
    await house.engine.flush();
    const state = new TextDecoder().decode(
      encodeSnapshot({ profile: ann.profile, chain: ann.chain, links: ann.links }),
    );
    const { digest, open = null, key, nextSeq } = ann;
    const kept = { state, given: ann.given, digest, open, ...(isNoted ? { forgottenMs: null } : {}) };
    const aad = utf8(`${key}|${nextSeq - 1}|snapshot`);
    const sealed = house.world.crypto.seal(ann.keys.profile, utf8(JSON.stringify(kept)), aad);
    const read = newPerson(ann.key, ann.id, ann.keys, ann.revocations);
    expect(openSnapshot(house.world.crypto, read, sealed, nextSeq - 1)).toBe(true);
    expect(read.forgottenMs).toBe(isNoted ? Number.NEGATIVE_INFINITY : given!.timeMs);
  }
});

describe('silence', () => {
  const backOff = { silentMax: 2, gapDays: 7, gapDaysMax: 28 };
  const often = { ...NEVER_QUIET, backOff, caps: [{ per: 'person', impressionsMax: 50, windowHours: 24 }] };

  it('[E47] makes the next contact later, and a purchase at the till ends it', async () => {
    const house = await houseUnder(often);
    expect(await send(house, 'email')).toBeUndefined();
    house.advance(DAY);
    expect(await send(house, 'letter')).toBeUndefined();
    house.advance(6 * DAY);
    expect(await send(house, 'push')).toBe('backed-off');
    await buy(house, 'ann', ['coat-1']);
    expect(await send(house, 'push')).toBeUndefined();
  });
});

describe('quiet hours', () => {
  const told = (house: House, traits: Readonly<Record<string, string>>) =>
    collect(house, [event(house, 'declare', 'ann', [], { traits })]);
  const known = async (house: House) => {
    const ann = await house.engine.core.people.get(personId('ann'));
    return typeof ann === 'object' ? [...ann.profile.facts.values()] : [];
  };
  const loud = {
    backOff: MILD,
    caps: [{ per: 'person', impressionsMax: 50, windowHours: 24 }],
  };

  it('[E48] are those of the place, which is that of the shop until the person says more', async () => {
    // 12:00 UTC is 14:00 in Germany.
    const house = await houseUnder(loud);
    expect(await send(house, 'push')).toBeUndefined();
    house.advance(7 * HOUR);
    expect(await send(house, 'push')).toBe('quiet-hours');
    expect(await send(house, 'email')).toBeUndefined();
    await told(house, { country: 'US' });
    // 15:00 in New York is 9:00 on Hawaii: day in all of it.
    expect(await send(house, 'push')).toBeUndefined();
    house.advance(6 * HOUR);
    expect(await send(house, 'push')).toBe('quiet-hours');
    await told(house, { timeZone: 'Pacific/Honolulu' });
    expect(await send(house, 'push')).toBeUndefined();
    house.advance(6 * HOUR);
    expect(await send(house, 'push')).toBe('quiet-hours');
  });

  it('[E48] forget a zone that the person set aside', async () => {
    const house = await houseUnder(loud);
    await told(house, { timeZone: 'Asia/Tokyo' });
    expect(await send(house, 'push')).toBe('quiet-hours');
    const [fact] = (await known(house)).filter(({ key }) => key.startsWith('trait|'));
    await house.engine.restrict({ person: personId('ann'), fact: fact?.key ?? '', act: 'restrict' });
    expect(await send(house, 'push')).toBeUndefined();
  });

  it('[E48] hold where nobody knows what time it is', async () => {
    const house = await houseUnder(loud);
    Object.assign(house.world, { localTime: { minutesOfDay: () => [] } });
    expect(await send(house, 'push')).toBe('quiet-hours');
  });
});
