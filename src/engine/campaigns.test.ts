// Goal: a campaign never sends more than its number and what was freed, at once, over restarts, and to
// newcomers alone. Method: random weeks against a naive count, and the whole engine in memory.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { named } from '../../test/support/hold-out.ts';
import {
  DAY,
  type House,
  allowAll,
  buy,
  changes,
  decide,
  must,
  openHouse,
  personId,
  placementId,
  say,
  stock,
} from '../../test/support/house.ts';
import { HOME_SLOT, policyIn } from '../../test/support/policies.ts';
import type { CampaignRule } from '../facts/contact.ts';
import { parseCampaignId } from '../facts/ids.ts';
import { seededRandom } from '../kernel/random.ts';
import { createSteadyFigures, freedTold } from './figures.ts';
import { createCampaigns } from './campaigns.ts';
import type { PersonKey } from './ports.ts';

const WELCOME = must(parseCampaignId('welcome'));
const RULE: CampaignRule = { id: WELCOME, to: 'newcomers', contactsPerWeekMax: 3, freedToo: true };

describe('contacts of a week', () => {
  const act = fc.record({
    day: fc.nat(3),
    who: fc.integer({ min: 0, max: 5 }).map((n) => `k${n}` as PersonKey),
    what: fc.constantFrom('contact', 'backed-off', 'learned-stop', 'quiet-hours'),
    isCustomer: fc.boolean(),
  });

  it('[E83] are counted as told naively, and each person frees one in seven days', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 60 }), fc.boolean(), (acts, freedToo) => {
        const campaigns = createCampaigns();
        const rule = { ...RULE, freedToo };
        let today = 0;
        const sent: number[] = [];
        const freed = new Map<string, number[]>();
        for (const { day, who, what, isCustomer } of acts) {
          today += day;
          const input = { campaign: WELCOME, channel: 'email', timeMs: today * DAY };
          const items = what === 'contact' ? [{ item: 'a', score: 1 }] : [];
          const result = { items, propensity: 1, ...(what === 'contact' ? {} : { nothing: what }) };
          campaigns.decided({ input, result } as never, who, isCustomer);
          if (what === 'contact') sent.push(today);
          const before = freed.get(who) ?? [];
          const isSpared = (what === 'backed-off' || what === 'learned-stop') && isCustomer;
          if (isSpared && before.every((at) => at <= today - 7)) freed.set(who, [...before, today]);
          const inWeek = (at: number): boolean => at > today - 7;
          const count = sent.filter(inWeek).length;
          const spare = [...freed.values()].flat().filter(inWeek).length;
          const over = Math.max(0, count - 3);
          const room = campaigns.room(rule, [rule], today * DAY);
          const mayMore = count < 3 || (freedToo && over < spare);
          expect(room.sent).toBe(count);
          expect(room.sent < room.most).toBe(mayMore);
          expect(campaigns.told([rule], today * DAY).freed.count).toBe(spare);
        }
      }),
    );
  });
});

const SLOT = {
  ...{ ...HOME_SLOT, id: 'email', purpose: 'contact', channels: ['email'], itemsMax: 3 },
  ...{ capPerItem: { impressionsMax: 512, windowHours: 168 }, reason: 'a test' },
};
const policy = (campaign: object = {}) =>
  policyIn({
    placements: [SLOT],
    contact: {
      caps: [{ per: 'person', impressionsMax: 50, windowHours: 168 }],
      backOff: { silentMax: 1, gapDays: 30, gapDaysMax: 30 },
      campaigns: [{ id: 'welcome', to: 'newcomers', contactsPerWeekMax: 3, freedToo: true, ...campaign }],
      reason: 'a test',
    },
  });

async function openShop(): Promise<House> {
  const house = await openHouse();
  await stock(house);
  for (const who of [...named(12), 'old-1', 'old-2']) await allowAll(house, who);
  for (const who of ['old-1', 'old-2']) await buy(house, who, ['coat-1']);
  await house.engine.usePolicy(policy());
  await house.engine.recover();
  house.advance(DAY);
  return house;
}

const send = async (house: House, who: string, campaign?: typeof WELCOME) => {
  const more = campaign === undefined ? {} : { campaign };
  const decided = await decide(house, who, {
    ...{ placement: placementId('email'), channel: 'email', limit: 3 },
    ...more,
  });
  return decided.result.nothing;
};
const welcome = (house: House, who: string) => send(house, who, WELCOME);
const sentOf = (all: readonly (string | undefined)[]): number =>
  all.filter((nothing) => nothing === undefined).length;

describe('what is told of freed contacts', () => {
  it('[E84] is nothing while few people stand behind it, and rough from there on', () => {
    const told = (people: number, perPerson: number): readonly number[] => {
      const campaigns = createCampaigns();
      for (let n = 0; n < people * perPerson; n += 1) {
        const who = `k${n % people}` as PersonKey;
        const input = { campaign: WELCOME, channel: 'email', timeMs: 0 };
        const items = [{ item: 'a', score: 1 }];
        campaigns.decided({ input, result: { items, propensity: 1 } } as never, who, false);
        campaigns.decided({ input, result: { items: [], nothing: 'backed-off' } } as never, who, true);
      }
      const core = { campaigns, policy: { contact: { campaigns: [RULE] } }, world: { clock: ZERO } };
      return Object.values(freedTold(core as never, createSteadyFigures(seededRandom(people))));
    };
    expect(told(19, 40)).toEqual([0, 0]);
    const [freed = 0, used = 0] = told(200, 2);
    expect([freed % 20, used % 20]).toEqual([0, 0]);
    expect(Math.abs(freed - 200)).toBeLessThanOrEqual(20);
    expect(Math.abs(used - 397)).toBeLessThanOrEqual(40);
  });
});

const ZERO = { nowMs: () => 0 };

describe('a campaign for newcomers', () => {
  it('[E83] sends its number however many ask at once, and freed ones beyond it', async () => {
    const house = await openShop();
    const first = await Promise.all(named(12).map((who) => welcome(house, who)));
    expect(sentOf(first)).toBe(3);
    expect(first.filter((nothing) => nothing === 'campaign-full')).toHaveLength(9);
    // Two customers got one mail each and did not answer: asked for again, they are left in peace.
    expect([await send(house, 'old-1'), await send(house, 'old-2')]).toEqual([undefined, undefined]);
    for (let n = 0; n < 5; n += 1) expect(await send(house, 'old-1')).toBe('backed-off');
    expect(await send(house, 'old-2')).toBe('backed-off');
    // A newcomer who is left in peace frees nothing.
    const got = named(12).find((_, n) => first[n] === undefined) ?? '';
    expect(await send(house, got)).toBe('backed-off');
    const waiting = named(12).filter((_, n) => first[n] !== undefined);
    const second = await Promise.all(waiting.map((who) => welcome(house, who)));
    expect(sentOf(second)).toBe(2);
    house.advance(7 * DAY);
    const third = await Promise.all(waiting.map((who) => welcome(house, who)));
    expect(sentOf(third)).toBe(3);
  });

  it('[E83] remembers over a restart what it sent, not what was freed, and waits to be counted', async () => {
    const house = await openShop();
    for (const who of named(3)) expect(await welcome(house, who)).toBeUndefined();
    await send(house, 'old-1');
    await send(house, 'old-1');
    await house.engine.flush();
    const after = await house.reopen();
    await after.engine.usePolicy(policy({ contactsPerWeekMax: 4 }));
    expect(await welcome(after, 'p5')).toBe('campaign-full');
    await after.engine.recover();
    expect(await welcome(after, 'p5')).toBeUndefined();
    expect(await welcome(after, 'p6')).toBe('campaign-full');
    await after.engine.recover();
    expect(await welcome(after, 'p6')).toBe('campaign-full');
  });

  it('[E83] is for those alone who surely never bought', async () => {
    const house = await openShop();
    expect(await welcome(house, 'old-1')).toBe('not-newcomer');
    await say(house, 'p1', changes('withdrawn', ['purchases'], ['contact']));
    expect(await welcome(house, 'p1')).toBe('not-newcomer');
    await house.engine.restrict({
      person: personId('old-2'),
      fact: 'bought|till|coat-1',
      act: 'restrict',
    });
    expect(await welcome(house, 'old-2')).toBe('not-newcomer');
    expect(await welcome(house, 'p2')).toBeUndefined();
    await buy(house, 'p3', ['tea-1']);
    expect(await welcome(house, 'p3')).toBe('not-newcomer');
    // An erasure leaves the number, and nobody behind it.
    await house.engine.erase(personId('p2'));
    expect(house.engine.core.campaigns.room(RULE, [RULE], house.nowMs()).sent).toBe(1);
  });
});
