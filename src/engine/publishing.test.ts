// Goal: a number about people leaves by one way, once, within the budget, and rests on those alone who allow
// it. Method: a small shop, and what its officer asks.

import { describe, expect, it } from 'vitest';
import {
  type House,
  DAY,
  allowAll,
  buy,
  changes,
  collect,
  decide,
  event,
  item,
  openHouse,
  personId,
  say,
  stock,
} from '../../test/support/house.ts';
import { HOME_SLOT, policyIn } from '../../test/support/policies.ts';
import { DEFAULT_PURPOSES } from '../facts/policy.ts';
import { type Asked, readQuestion } from '../facts/question.ts';
import type { KeptRelease } from '../facts/release.ts';
import { Fault } from '../kernel/fault.ts';
import { sha256 } from '../kernel/sha256.ts';
import { encodeRelease } from '../facts/release.ts';
import { documentLeafOf } from '../prove/leaf.ts';
import { assert } from '../kernel/assert.ts';
import type { Published } from './publishing.ts';

/** The clock of a house begins on 2026-07-01; two days later the first is over. */
const FIRST = { from: '2026-07-01', to: '2026-07-01' };
/** Noise of 1 on a total: what is told can be checked. */
const EXACT = 0.5;

function asking(fields: object = {}): Asked {
  const read = readQuestion({ ask: 'people-total', ...FIRST, rho: EXACT, ...fields });
  assert(read.ok, JSON.stringify(read));
  return read.value;
}

function released(published: Published): KeptRelease {
  assert(published.kind === 'released', JSON.stringify(published));
  return published.kept;
}

/** Sixty people who bought tea and let it be measured, forty who did not say so. */
async function openTeaHouse(
  budget: object = { rhoPerYear: 1, peopleMin: 20, reason: 'a test' },
): Promise<House> {
  const house = await openHouse();
  await house.engine.usePolicy(policyIn({ budget }));
  const paths = { tea: ['Food', 'Tea'], jam: ['Food', 'Jam'], wine: ['Food', 'Wine'] };
  const things = Object.entries(paths).map(([id, path]) =>
    item(id, path, id === 'wine' ? { sensitive: 'alcohol' } : {}),
  );
  await house.engine.putItems(things);
  for (let n = 0; n < 100; n += 1) {
    const who = `customer-${n}`;
    if (n < 60) await say(house, who, changes('given', ['purchases'], ['measure']));
    await buy(house, who, ['tea', 'wine', ...(n === 0 ? ['jam'] : [])]);
  }
  house.advance(2 * DAY);
  return house;
}

describe('an answer', () => {
  it('[E70] rests on those who allow its purpose; sensitive things stand in no row', async () => {
    const { engine } = await openTeaHouse();
    const { total } = released(await engine.publish(asking())).release;
    assert(total !== 'few', 'sixty are told of with k = 20 and little noise');
    expect(Math.abs(total - 60)).toBeLessThanOrEqual(6);
    const table = asking({ ask: 'people-per-leaf', rowsPerPersonMax: 1, rho: 0.4 });
    const { rows } = released(await engine.publish(table)).release;
    expect(rows.map(({ row }) => row)).toEqual(['Food > Jam', 'Food > Tea']);
    // One person counts in one row: that of jam, or of tea.
    expect(rows[0]?.people).toBe('few');
    expect(rows[1]?.people).toBeGreaterThan(45);
    const other = released(await engine.publish(asking({ purpose: 'improve', rho: 0.1 }))).release;
    expect(other.total).toBe('few');
  });

  it('[E71] is the same for good: after an erasure, a withdrawal, a new customer, a restart', async () => {
    const house = await openTeaHouse();
    const first = released(await house.engine.publish(asking()));
    await house.engine.erase(personId('customer-1'));
    await say(house, 'customer-2', changes('withdrawn', ['purchases'], ['measure']));
    const again = await house.engine.publish(asking({ rho: 0.4 }));
    expect(again).toEqual({ kind: 'released', kept: first, isNew: false });
    const { engine } = await house.reopen();
    expect(await engine.publish(asking())).toEqual({ kind: 'released', kept: first, isNew: false });
    expect(engine.releases()).toMatchObject({ whole: true, releases: [first], rhoMillionthsSpent: 500_000 });
  });

  it('[E71] asked for twice at once is one release', async () => {
    const { engine } = await openTeaHouse();
    const [one, other] = await Promise.all([engine.publish(asking()), engine.publish(asking())]);
    expect(released(one)).toEqual(released(other));
    expect(engine.releases().releases).toHaveLength(1);
  });
});

describe('the ledger', () => {
  it('[E72] has each release as a document whose hash is in the public log', async () => {
    const { engine, world } = await openTeaHouse();
    const { id, release } = released(await engine.publish(asking()));
    expect(await world.documents.get('release', id)).toEqual(encodeRelease(release));
    await engine.maintain();
    expect(await world.log.inclusion(documentLeafOf(sha256(encodeRelease(release))))).toBeDefined();
  });

  it('[E72] hands a leaf over again that a crash kept from the log', async () => {
    const house = await openTeaHouse();
    house.failing = (operation) =>
      operation.includes('submit') ? new Fault('closed', 'gone', { retry: 'never' }) : undefined;
    await expect(house.engine.publish(asking())).rejects.toThrow('gone');
    house.failing = undefined;
    const { engine, world } = await house.reopen();
    const [kept] = engine.releases().releases;
    assert(kept !== undefined, 'it was kept before its leaf');
    await engine.maintain();
    expect(await world.log.inclusion(documentLeafOf(sha256(encodeRelease(kept.release))))).toBeDefined();
  });

  it('[E73] is never overdrawn, and a refusal counted nobody', async () => {
    const house = await openTeaHouse({ peopleMin: 20, reason: 'a test' });
    const { engine, operations } = house;
    expect((await engine.publish(asking({ rho: 0.06 }))).kind).toBe('released');
    const before = operations.length;
    const refused = await engine.publish(asking({ ask: 'people-per-leaf', rho: 0.05 }));
    expect(refused).toMatchObject({ kind: 'spent', detail: expect.stringMatching(/0\.04 left.*2027-01-01/) });
    expect(operations.length).toBe(before);
    expect((await engine.publish(asking({ ask: 'people-per-leaf', rho: 0.04 }))).kind).toBe('released');
    house.advance(365 * DAY);
    expect((await engine.publish(asking({ to: '2026-07-02', rho: 0.1 }))).kind).toBe('released');
    expect(engine.releases()).toMatchObject({ year: 2027, rhoMillionthsSpent: 100_000 });
  });

  it('[E73] that cannot be read, or may not have been written, releases nothing more', async () => {
    const house = await openTeaHouse();
    house.failing = (operation) =>
      operation.includes('documents.put') ? new Fault('disk-full', 'full', { retry: 'later' }) : undefined;
    await expect(house.engine.publish(asking())).rejects.toThrow('full');
    house.failing = undefined;
    expect((await house.engine.publish(asking())).kind).toBe('ledger-damaged');
    // The settings of a house know the default budget.
    const next = await house.reopen();
    const { id } = released(await next.engine.publish(asking({ rho: 0.05 })));
    await house.world.documents.remove('release', id);
    await house.world.documents.put('release', id, new TextEncoder().encode('{"v":1}'), 0);
    const { engine } = await house.reopen();
    expect((await engine.publish(asking({ to: '2026-07-02', rho: 0.05 }))).kind).toBe('ledger-damaged');
    expect(engine.releases().whole).toBe(false);
  });
});

describe('a question that cannot be answered', () => {
  it.each([
    [{ to: '2026-07-03' }, 'to', /before 2026-07-03/],
    [{ ask: 'people-per-item', items: ['tea', 'wine'] }, 'items/1', /no sensitive class/],
    [{ ask: 'people-per-item', items: ['never'] }, 'items/0', /of the catalogue/],
    [{ path: 'Toys' }, 'path', /of the catalogue/],
  ])('[E74] %j is refused with its field, and costs nothing', async (fields, field, expected) => {
    const { engine } = await openTeaHouse();
    const published = await engine.publish(asking(fields));
    assert(published.kind === 'invalid', 'it is refused');
    expect(published.problems[0]?.field).toBe(field);
    expect(published.problems[0]?.expected).toMatch(expected);
    expect(engine.releases()).toMatchObject({ rhoMillionthsSpent: 0, releases: [] });
  });

  it('[E74] is one for a purpose that the policy does not use', async () => {
    const { engine } = await openTeaHouse();
    await engine.usePolicy(policyIn({ purposes: { recommend: ['purchases'], measure: ['interactions'] } }));
    const published = await engine.publish(asking());
    assert(published.kind === 'invalid', 'it is refused');
    expect(published.problems.map(({ field }) => field)).toEqual(['purpose']);
  });
});

describe('a subject', () => {
  it('[E132] says a number of the ledger alone, and is decided again to the same bytes', async () => {
    const house = await openTeaHouse();
    const { id } = released(await house.engine.publish(asking()));
    const lineOf = async (who: string, place: string): Promise<string | undefined> => {
      const subject = { en: `{${place}} people drink our tea`, fallback: 'News' };
      const slot = { ...HOME_SLOT, purpose: 'recommend', channels: ['email'], subject };
      const recommend = [...DEFAULT_PURPOSES.recommend!, 'demographics'];
      const purposes = { ...DEFAULT_PURPOSES, recommend };
      const budget = { rhoPerYear: 1, peopleMin: 20, reason: 'a test' };
      await house.engine.usePolicy(policyIn({ budget, purposes, placements: [slot] }));
      const decided = await decide(house, who, { channel: 'email' });
      const found = await house.engine.find(decided.decision);
      expect((await house.engine.replay(found!)).same).toBe(true);
      return decided.result.subject?.replaceAll(/[\u2068\u2069]/g, '');
    };
    await stock(house);
    // Each is written to once: caps of contact hold here as well.
    for (const who of ['ann', 'bea', 'cem']) {
      await allowAll(house, who);
      await collect(house, [event(house, 'declare', who, [], { traits: { language: 'en' } })]);
    }
    expect(await lineOf('ann', `people:${id}`)).toBe('about 60 people drink our tea');
    expect(await lineOf('bea', `people:${id}/Food > Tea`)).toBe('News');
    expect(await lineOf('cem', `people:${'0'.repeat(64)}`)).toBe('News');
  });
});
