// Goal: what somebody declares opens a class for them, on their own screen, until they take it back, and for
// nobody else. Method: the whole engine in memory; a shop that sells tests among other things.

import { describe, expect, it } from 'vitest';
import {
  type House,
  allowAll,
  buy,
  changes,
  choice,
  decide,
  item,
  itemsOf,
  openHouse,
  placementId,
  say,
  stock,
} from '../../test/support/house.ts';
import { HOME_SLOT, policyIn } from '../../test/support/policies.ts';
import type { GrantChange } from '../facts/grant.ts';
import type { Purpose } from '../facts/purpose.ts';

const TESTS = ['test-1', 'test-2', 'test-3', 'test-4'];
const notice = { id: 'notice-classes', language: 'en' };

function declare(
  house: House,
  who: string,
  purposes: readonly Purpose[],
  state: GrantChange['state'] = 'given',
) {
  const said = purposes.map((purpose): GrantChange => ({ category: 'class:health', purpose, state }));
  return say(house, who, said, { notice });
}

/**
 * Six people who need tests say that they may be learned from; ann and ben bought some and say nothing yet.
 */
async function pharmacy(): Promise<House> {
  const house = await openHouse();
  await stock(house);
  await house.engine.putItems(TESTS.map((id) => item(id, ['Pharmacy', id], { sensitive: 'health' })));
  for (let n = 0; n < 6; n += 1) {
    await say(house, `patient-${n}`, changes('given', ['purchases'], ['improve']));
    await declare(house, `patient-${n}`, ['improve']);
    await buy(house, `patient-${n}`, TESTS);
  }
  for (const who of ['ann', 'ben']) {
    await allowAll(house, who);
    await buy(house, who, ['test-1']);
  }
  await house.engine.learn();
  return house;
}

const tests = (items: readonly string[]): readonly string[] => items.filter((id) => id.startsWith('test'));

describe('a declaration', () => {
  it('[E49] opens the class for who made it, from the next decision to the withdrawal', async () => {
    const house = await pharmacy();
    const home = async (who: string) => decide(house, who, { limit: 20 });
    expect(tests(itemsOf(await home('ann')))).toEqual([]);
    await declare(house, 'ann', ['recommend']);
    const open = await home('ann');
    expect(tests(itemsOf(open)).toSorted()).toEqual(['test-2', 'test-3', 'test-4']);
    expect(open.record.input).toMatchObject({ declared: ['health'] });
    expect(open.record.reads).toContain('bought|till|test-1');
    await open.receipt();
    const found = await house.engine.find(open.decision);
    expect(found && (await house.engine.replay(found))).toMatchObject({ same: true });
    expect(tests(itemsOf(await home('ben')))).toEqual([]);
    await declare(house, 'ann', ['recommend'], 'withdrawn');
    const shut = await home('ann');
    expect(tests(itemsOf(shut))).toEqual([]);
    expect(shut.record.reads).not.toContain('bought|till|test-1');
    expect(shut.record.input.declared).toBeUndefined();
  });

  it('[E49] opens nothing where others may look on, though the policy calls the mail private', async () => {
    const house = await pharmacy();
    const slot = { ...HOME_SLOT, id: 'mail', channels: ['email', 'till', 'web'] };
    const channels = { email: { publicity: 'own-screen', reason: 'sent to the inbox of the app' } };
    await house.engine.usePolicy(
      policyIn({ placements: [slot, { ...slot, id: 'hall', publicity: 'open' }], channels }),
    );
    await declare(house, 'ann', ['recommend']);
    const seen = async (placement: string, channel: 'email' | 'till' | 'web') => {
      const decided = await decide(house, 'ann', { placement: placementId(placement), channel, limit: 20 });
      return [tests(itemsOf(decided)).length, decided.record.reads.some((key) => key.endsWith('test-1'))];
    };
    expect(await seen('mail', 'web')).toEqual([3, true]);
    for (const [placement, channel] of [
      ['mail', 'email'],
      ['mail', 'till'],
      ['hall', 'web'],
    ] as const)
      expect(await seen(placement, channel), `${placement} ${channel}`).toEqual([0, false]);
    expect(await seen('mail', 'web')).toEqual([3, true]);
  });

  it('[E49] opens nothing that the policy never shows', async () => {
    const house = await pharmacy();
    await declare(house, 'ann', ['recommend']);
    await house.engine.usePolicy(policyIn({ sensitive: { neverInContext: ['health'] } }));
    expect(tests(itemsOf(await decide(house, 'ann', { limit: 20 })))).toEqual([]);
  });

  it('[E49] survives a restart and a snapshot, and a no to everything ends it for good', async () => {
    const house = await pharmacy();
    await declare(house, 'ann', ['recommend']);
    for (let n = 0; n < 70; n += 1) await buy(house, 'ann', ['tea-1']);
    await house.engine.flush();
    await house.engine.maintain();
    const after = await house.reopen();
    expect(tests(itemsOf(await decide(after, 'ann', { limit: 20 })))).toHaveLength(3);
    const no: GrantChange = { category: 'class:*', purpose: 'recommend', state: 'withdrawn' };
    await say(after, 'ann', [...changes('withdrawn'), no]);
    await allowAll(after, 'ann');
    expect(tests(itemsOf(await decide(after, 'ann', { limit: 20 })))).toEqual([]);
  });

  it('[E49] in front of a notice that does not ask for it is refused', async () => {
    const house = await pharmacy();
    const said: GrantChange = { category: 'class:health', purpose: 'recommend', state: 'given' };
    const asked = [choice('ann', [said]), choice('ann', [{ ...said, purpose: 'contact' }], { notice })];
    for (const one of asked)
      expect(await house.engine.consent(one)).toMatchObject({ refused: 'notice-does-not-ask' });
    expect(tests(itemsOf(await decide(house, 'ann', { limit: 20 })))).toEqual([]);
  });
});
