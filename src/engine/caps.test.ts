// Goal: no cap is ever exceeded: not by a thousand questions at once, not by a restart, not by forgetting.

import { describe, expect, it } from 'vitest';
import {
  DAY,
  HOUR,
  allowAll,
  decide,
  itemsOf,
  openHouse,
  personId,
  placementId,
  stock,
} from '../../test/support/house.ts';

const CAPPED = placementId('capped');
const EMAIL = placementId('email');

describe('caps', () => {
  it('[E13] hold exactly under a thousand decisions at once', async () => {
    const house = await openHouse();
    await stock(house);
    await allowAll(house, 'ann');
    const all = await Promise.all(
      Array.from({ length: 1000 }, () => decide(house, 'ann', { placement: CAPPED })),
    );
    expect(all.filter(({ result }) => result.items.length > 0)).toHaveLength(7);
    expect(all.filter(({ result }) => result.nothing === 'person-cap')).toHaveLength(993);
    await Promise.all(all.map((decided) => decided.receipt()));
    const after = await house.reopen();
    expect((await decide(after, 'ann', { placement: CAPPED })).result.nothing).toBe('person-cap');
    // Another placement has a cap of its own.
    expect(itemsOf(await decide(after, 'ann')).length).toBeGreaterThan(0);
  });

  it('[E13] end with their window, however often was asked in between', async () => {
    const house = await openHouse();
    await stock(house);
    await allowAll(house, 'ann');
    for (let n = 0; n < 7; n += 1)
      expect((await decide(house, 'ann', { placement: CAPPED })).result.nothing).toBeUndefined();
    for (let hour = 0; hour < 24; hour += 1) {
      expect((await decide(house, 'ann', { placement: CAPPED })).result.nothing).toBe('person-cap');
      house.advance(HOUR);
    }
    expect((await decide(house, 'ann', { placement: CAPPED })).result.nothing).toBeUndefined();
  });

  it('[E13] are not washed away: after 700 page views the e-mail of the week is the only one', async () => {
    const house = await openHouse();
    await stock(house);
    await allowAll(house, 'ann');
    const email = () => decide(house, 'ann', { placement: EMAIL, channel: 'email' });
    expect((await email()).result.nothing).toBeUndefined();
    for (let n = 0; n < 700; n += 1) {
      house.advance(5 * 60_000);
      await decide(house, 'ann', { limit: 1 });
    }
    expect((await email()).result.nothing).toBe('person-cap');
    await house.engine.flush();
    const after = await house.reopen();
    expect((await decide(after, 'ann', { placement: EMAIL, channel: 'email' })).result.nothing).toBe(
      'person-cap',
    );
    house.advance(7 * DAY);
    const next = await decide(after, 'ann', { placement: EMAIL, channel: 'email' });
    expect(next.result.nothing).not.toBe('person-cap');
    const person = await after.engine.core.people.get(personId('ann'));
    expect(typeof person === 'object' ? person.given.length : 0).toBe(512);
  });

  it('[E13] of a thing hold over all placements', async () => {
    const house = await openHouse();
    await stock(house);
    await allowAll(house, 'ann');
    const seen = itemsOf(await decide(house, 'ann', { limit: 5 }));
    const email = await decide(house, 'ann', { placement: EMAIL, channel: 'email', limit: 6 });
    expect(itemsOf(email).filter((item) => seen.includes(item))).toEqual([]);
    for (const item of seen)
      expect(email.record.input.barred).toContainEqual({ item, guard: 'item-cap', number: 1 });
  });
});
