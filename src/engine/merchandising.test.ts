// Goal: what a shop places, leaves out and favours reaches people through the whole engine, is told, counted
// and decided again, and tells nobody what a thing earns. Method: the engine in memory, policies as files say
// them.

import { describe, expect, it } from 'vitest';
import {
  DAY,
  HOUR,
  type House,
  allowAll,
  buy,
  decide,
  item,
  itemsOf,
  look,
  openHouse,
  stock,
} from '../../test/support/house.ts';
import { HOME_SLOT, policyIn } from '../../test/support/policies.ts';
import { tellPolicy } from './policy-told.ts';
import type { Policy } from '../facts/policy.ts';
import { explained } from '../facts/decision.ts';
import { slot } from '../deliver/slot.ts';
import { explainDecision, findDecision, replayDecision } from './explaining.ts';
import { simulatePolicy } from './simulating.ts';

const under = (merchandising: object, more: object = {}): Policy =>
  policyIn({ placements: [{ ...HOME_SLOT, ...more, merchandising }] });

async function house(policy: Policy): Promise<House> {
  const opened = await openHouse();
  await stock(opened);
  await opened.engine.putItems([
    item('new-1', ['Things', 'new']),
    { ...item('tea-6', ['Things', 'tea']), stock: 500, marginPercent: 41.37 },
  ]);
  await opened.engine.usePolicy(policy);
  await allowAll(opened, 'ann');
  await look(opened, 'ann', ['tea-1']);
  return opened;
}

const found = async ({ engine }: House, made: Awaited<ReturnType<typeof decide>>) => {
  await made.receipt();
  const decision = await findDecision(engine.core, made.decision);
  if (decision === undefined) throw new Error('the decision is kept');
  return decision;
};

describe('merchandising in the engine', () => {
  it('[E110] places for everybody, says so, counts it, and decides it again to the same bytes', async () => {
    const shop = await house(under({ pin: [{ item: 'new-1', place: 1, until: '2026-07-02' }] }));
    for (const who of [undefined, 'ann']) {
      const made = await decide(shop, who, { limit: 4 });
      expect(itemsOf(made)[0]).toBe('new-1');
      expect(slot(made.decision, made.result).items[0]?.reasons).toEqual([
        { reason: { kind: 'pinned' }, value: 0 },
      ]);
      const kept = await found(shop, made);
      expect((await replayDecision(shop.engine.core, kept)).same).toBe(true);
      const why = await explainDecision(shop.engine.core, kept);
      expect(explained(why.result)[0]).toMatchObject({ item: 'new-1', pinned: true, contributions: [] });
      // Nothing about the person brought it there, so it stays without any fact.
      for (const { gone } of why.without) expect(gone).not.toContain('new-1');
    }
    // After its time the thing has to be earned, and what was decided then stays what it was.
    const before = await decide(shop, 'ann', { limit: 4 });
    shop.advance(2 * DAY);
    expect(itemsOf(await decide(shop, 'ann', { limit: 4 }))).not.toContain('new-1');
    expect((await replayDecision(shop.engine.core, await found(shop, before))).same).toBe(true);
  });

  it('[E110] holds a pin to the caps, and to what its person did', async () => {
    const capped = { capPerItem: { impressionsMax: 2, windowHours: 24 } };
    const shop = await house(under({ pin: [{ item: 'new-1' }] }, capped));
    const first = async (): Promise<string | undefined> =>
      itemsOf(await decide(shop, 'ann', { limit: 4 }))[0];
    expect([await first(), await first()]).toEqual(['new-1', 'new-1']);
    expect(await first()).not.toBe('new-1');
    shop.advance(25 * HOUR);
    expect(await first()).toBe('new-1');
    await buy(shop, 'ann', ['new-1']);
    expect(await first()).not.toBe('new-1');
  });

  it('[E110] favours by stock and margin, and no answer tells either', async () => {
    const boost = [
      { by: 'stock', strength: 0.5 },
      { by: 'margin', strength: 0.5 },
    ];
    const shop = await house(under({ boost }, { perLeafMax: 20 }));
    const plain = await house(under({}, { perLeafMax: 20 }));
    const [with_, without] = [
      await decide(shop, 'ann', { limit: 20 }),
      await decide(plain, 'ann', { limit: 20 }),
    ];
    const scoreOf = ({ result }: typeof with_): number =>
      result.items.find((one) => one.item === 'tea-6')?.score ?? 0;
    // The whole of 0.5 for stock, three quarters of it for margin.
    expect(scoreOf(with_) / scoreOf(without)).toBeCloseTo(1.875, 9);
    const why = await explainDecision(shop.engine.core, await found(shop, with_));
    const told = explained(why.result).find((one) => one.item === 'tea-6')!;
    expect(told.contributions.at(-1)?.kind).toBe('merchandising');
    const said = JSON.stringify([slot(with_.decision, with_.result), why.record, told, with_.record]);
    for (const secret of ['41.37', 'stock', 'margin', '500']) expect(said).not.toContain(secret);
  });

  it('[E110] is told to whoever reads the policy, and simulated', async () => {
    const rules = { pin: [{ item: 'new-1' }], exclude: { paths: ['Things > coat'] }, boost: [] };
    const policy = under(rules);
    const texts = tellPolicy({ policy, origin: 'file', stated: new Set() }).map(({ text }) => text);
    expect(texts).toContain('the shop places new-1 at place 1, unless a guard holds it back');
    expect(texts).toContain('the shop leaves out Things > coat');
    const shop = await house(policyIn());
    for (let n = 0; n < 24; n += 1) {
      await allowAll(shop, `bob-${n}`);
      await look(shop, `bob-${n}`, ['tea-1']);
      await decide(shop, `bob-${n}`, { limit: 4 });
    }
    const exactly = (count: number, people: number) => (people >= 20 ? count : count === 0 ? 0 : 'few');
    const simulated = await simulatePolicy(shop.engine.core, policy, exactly);
    expect(simulated).toMatchObject({ compared: 24, changedLists: 24 });
  });
});
