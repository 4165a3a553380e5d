// Goal: next clicks are learned where they are asked for, from those who allow it, and forgotten exactly; a
// decision names what it was made from. Method: the whole engine in memory, worlds with and without people.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  HOUR,
  type House,
  SETTINGS,
  allowAll,
  changes,
  collect,
  decide,
  event,
  item,
  itemId,
  itemsOf,
  openHouse,
  personId,
  placementId,
  say,
} from '../../test/support/house.ts';
import { HOME_SLOT, LEARNING_LOOKS, policyIn } from '../../test/support/policies.ts';
import { documentLeafOf } from '../prove/leaf.ts';
import { explained } from '../facts/decision.ts';
import { emptyModel } from '../facts/model.ts';
import type { Policy } from '../facts/policy.ts';
import { seededRandom } from '../kernel/random.ts';
import { MINUTE_MS } from '../kernel/time.ts';
import { utf8Text } from '../kernel/bytes.ts';
import type { SessionList } from '../learn/session-counts.ts';
import { settleStatistics } from './learning.ts';
import { openShelves } from './shelves.ts';

const NEXT = { ...HOME_SLOT, id: 'next', strategy: 'next-click', perLeafMax: 20 };
const WITH = policyIn({ ...LEARNING_LOOKS, placements: [HOME_SLOT, NEXT] });
const WITHOUT = policyIn({ ...LEARNING_LOOKS, placements: [HOME_SLOT] });
const SLOT = `  - { id: next, purpose: recommend, channels: [web], strategy: next-click, itemsMax: 20,
      exploreRate: 0, perLeafMax: 20 }
`;
const THINGS = ['bag', 'belt', 'boots', 'coat', 'hat', 'scarf'];

/** Most go from the coat to the scarf to the hat; some begin elsewhere. */
function lives(count: number): readonly SessionList[] {
  const random = seededRandom(4);
  return Array.from({ length: count }, () =>
    Array.from({ length: 1 + random.below(3) }, () => {
      const looks = ['coat', 'scarf', 'hat'].filter(() => random.unit() < 0.8);
      return random.unit() < 0.4 ? [THINGS[random.below(3)]!, ...looks] : looks;
    }).filter((looks) => looks.length > 0),
  );
}

/** Sessions an hour apart, the last one over for half a day. */
async function live(house: House, who: string, sessions: SessionList): Promise<void> {
  for (const [n, looks] of sessions.entries())
    for (const [at, thing] of looks.entries()) {
      const timeMs = house.nowMs() - 20 * HOUR + n * HOUR + at * MINUTE_MS;
      await collect(house, [event(house, 'view', who, [thing], { timeMs })]);
    }
}

type People = readonly (readonly [string, SessionList])[];

/** By its settings, so that a restart asks for the same; or under another policy. */
async function shop(people: People, policy?: Policy): Promise<House> {
  const house = await openHouse({ settings: `${SETTINGS}${SLOT}` });
  if (policy !== undefined) await house.engine.usePolicy(policy);
  await house.engine.putItems(THINGS.map((id) => item(id, ['Things', id])));
  for (const [who] of people) await say(house, who, changes('given', ['browsing'], ['improve', 'recommend']));
  house.advance(24 * HOUR);
  for (const [who, sessions] of people) await live(house, who, sessions);
  await house.engine.learn();
  return house;
}

const PEOPLE: People = lives(40).map((sessions, n) => [`p${n}`, sessions] as const);
const next = (house: House, who?: string, ...context: readonly string[]) =>
  decide(house, who, { placement: placementId('next'), limit: 20, context: context.map(itemId) });
const modelsOf = (house: House) => house.engine.core.shelves.models();
const settled = (house: House) => settleStatistics(house.engine.core);
const canonical = async (house: House) => utf8Text(await house.world.learner.canonical());

describe('next clicks', () => {
  it('[E155] are counted where a placement asks for them, and named by its decisions alone', async () => {
    const house = await shop(PEOPLE, WITHOUT);
    expect(await canonical(house)).not.toContain('sessions');
    expect(modelsOf(house).nextClick.id).toBe(emptyModel().id);
    expect(await house.world.documents.list('nextClick')).toEqual([]);
    await (
      await house.engine.usePolicy(WITH)
    ).settled;
    const { nextClick, model } = modelsOf(house);
    expect([nextClick.itemIds, model.itemIds]).toEqual([THINGS.filter((id) => isLookedAt(id)), []]);
    expect(nextClick.kind).toMatch(/^next-click\/2 /);
    const { record } = await next(house, undefined, 'scarf', 'coat', 'scarf');
    expect(record.input.nextClick).toBe(nextClick.id);
    expect(record.input.context.map(({ item: thing }) => thing)).toEqual(['scarf', 'coat', 'scarf']);
    const plain = await decide(house, 'p0', { context: ['scarf', 'coat', 'scarf'].map(itemId) });
    expect(plain.record.input).not.toHaveProperty('nextClick');
    expect(plain.record.input.context.map(({ item: thing }) => thing)).toEqual(['coat', 'scarf']);
    // Nobody asks any more: what was counted for it is gone.
    await (
      await house.engine.usePolicy(WITHOUT)
    ).settled;
    expect(await canonical(house)).not.toContain('sessions');
    expect(modelsOf(house).nextClick.id).toBe(emptyModel().id);
  });

  it('[E155] learn nothing where the policy does not let “improve” read what was looked at', async () => {
    const house = await shop(PEOPLE, policyIn({ placements: [NEXT] }));
    expect(await canonical(house)).not.toContain('sessions');
    expect((await next(house, undefined, 'coat')).result.nothing).toBe('no-model');
  });

  it('[E155] are not learned from a crawler', async () => {
    const house = await shop(PEOPLE);
    const before = await canonical(house);
    await say(house, 'bot', changes('given', ['browsing'], ['improve']));
    house.advance(HOUR);
    for (let n = 0; n < 100; n += 1) {
      const timeMs = house.nowMs() - (100 - n) * 500;
      await collect(house, [event(house, 'view', 'bot', [THINGS[n % 6]!], { timeMs })]);
      if (n === 50) expect(settled(house)).toBe(1);
      if (n === 50) expect(await canonical(house)).not.toBe(before);
    }
    expect(settled(house)).toBe(1);
    expect(await canonical(house)).toBe(before);
  });

  it('[E155] are not learned from whoever buys as no person does', async () => {
    const house = await shop(PEOPLE);
    const before = await canonical(house);
    await say(house, 'bot', changes('given', ['browsing', 'purchases'], ['improve']));
    house.advance(30 * HOUR);
    await collect(house, [event(house, 'view', 'bot', ['coat'])]);
    settled(house);
    expect(await canonical(house)).not.toBe(before);
    for (let n = 0; n < 22; n += 1)
      await collect(house, [event(house, 'purchase', 'bot', ['coat'], { timeMs: house.nowMs() - n * HOUR })]);
    settled(house);
    expect(await canonical(house)).toBe(before);
  });

  it('[E155] serve, are witnessed and vouched for like the others, and replay afterwards', async () => {
    const house = await shop(PEOPLE);
    const { nextClick } = modelsOf(house);
    const { documents, log, crypto } = house.world;
    await house.engine.maintain();
    const bytes = await documents.get('nextClick', nextClick.id);
    expect(await log.inclusion(documentLeafOf(crypto.sha256(bytes!)))).toBeDefined();
    const reopened = await openShelves(house.world, house.engine.core.policy);
    expect(reopened.models()).toEqual(modelsOf(house));
    expect(reopened.isOutdated).toBe(false);
    const decided = await next(house, 'p1', 'scarf', 'coat');
    expect(decided.result.items.length).toBeGreaterThan(0);
    for (const [who] of PEOPLE.slice(10, 20)) await house.engine.erase(personId(who));
    await house.engine.learn();
    expect(modelsOf(house).nextClick.id).not.toBe(nextClick.id);
    await house.engine.flush();
    const found = (await house.engine.find(decided.decision))!;
    expect((await house.engine.replay(found)).same).toBe(true);
    const why = await house.engine.why(found);
    expect(why.result).toEqual(decided.result);
    expect(why.withoutThing?.map(({ item: thing }) => thing)).toEqual(['scarf', 'coat']);
    await documents.remove('nextClick', modelsOf(house).nextClick.id);
    const lost = await openShelves(house.world, house.engine.core.policy);
    expect([lost.models().model.id, lost.isOutdated]).toEqual([emptyModel().id, true]);
  });

  it('[E156] without people who left are, bit for bit, those of a world that never met them', async () => {
    const people = PEOPLE.slice(0, 25);
    await fc.assert(
      fc.asyncProperty(fc.subarray([...people.keys()], { minLength: 1, maxLength: 22 }), async (leaving) => {
        const house = await shop(people);
        for (const [at, n] of leaving.entries()) {
          const [who] = people[n]!;
          // Some are erased, others say no: it comes to the same.
          if (at % 2 === 0) await house.engine.erase(personId(who));
          else await say(house, who, changes('withdrawn', ['browsing'], ['improve']));
        }
        await house.engine.learn();
        const other = await shop(people.filter((_, n) => !leaving.includes(n)).toReversed());
        expect(await canonical(house)).toBe(await canonical(other));
        expect(modelsOf(house)).toEqual(modelsOf(other));
      }),
      { numRuns: 4 },
    );
  });

  it('[E8] [E156] fall at once with the people behind them, also after a restart', async () => {
    for (const restarts of [false, true]) {
      let house = await shop(PEOPLE);
      if (restarts) {
        house = await house.reopen();
        await house.engine.recover();
      }
      expect(itemsOf(await next(house, undefined, 'coat'))).toContain('scarf');
      for (const [who] of PEOPLE.slice(2)) await house.engine.erase(personId(who));
      expect(explained((await next(house, undefined, 'coat')).result)).toEqual([]);
      expect(modelsOf(house).nextClick.weights.every((weight) => weight === 0)).toBe(true);
    }
  });

  it('[E157] read what a person allows, for as long as their session lasts', async () => {
    const house = await shop(PEOPLE);
    await allowAll(house, 'ann');
    house.advance(HOUR);
    await collect(house, [event(house, 'view', 'ann', ['coat'])]);
    house.advance(MINUTE_MS);
    await collect(house, [event(house, 'view', 'ann', ['scarf'])]);
    const first = await next(house, 'ann');
    expect(first.record.input.facts.map(({ item: thing, orders }) => [thing, orders])).toEqual([
      ['coat', [0]],
      ['scarf', [1]],
    ]);
    expect(first.record.reads).toEqual(['viewed|web-shop|coat', 'viewed|web-shop|scarf']);
    const told = explained(first.result).find(({ item: thing }) => thing === 'hat')?.contributions ?? [];
    expect(told.map(({ kind, of }) => `${kind} ${of}`)).toContain('fact viewed|web-shop|scarf');
    const why = await house.engine.why((await house.engine.find(first.decision))!);
    expect(why.without.map(({ fact }) => fact)).toEqual(first.record.reads);
    expect(why).not.toHaveProperty('withoutThing');
    // What other slots look at meanwhile is their own.
    expect((await decide(house, 'ann')).record.input.facts.some((one) => 'orders' in one)).toBe(false);
    expect((await next(house, 'ann')).record.input.facts).toEqual(first.record.input.facts);
    // In the cache it lasts no longer than the session.
    house.advance(30 * MINUTE_MS - 1);
    expect((await next(house, 'ann')).record.input.facts.length).toBe(2);
    house.advance(1);
    expect((await next(house, 'ann')).record.input.facts).toEqual([]);
    await collect(house, [event(house, 'view', 'ann', ['boots'])]);
    expect((await next(house, 'ann')).record.input.facts.map(({ item: thing }) => thing)).toEqual(['boots']);
    await say(house, 'ann', changes('withdrawn', ['browsing'], ['recommend']));
    const after = await next(house, 'ann', 'coat');
    expect([after.record.input.facts, after.record.reads]).toEqual([[], []]);
    expect(itemsOf(after)).toEqual(itemsOf(await next(house, undefined, 'coat')));
  });
});

function isLookedAt(id: string): boolean {
  return PEOPLE.filter(([, sessions]) => sessions.flat().includes(id)).length >= 3;
}
