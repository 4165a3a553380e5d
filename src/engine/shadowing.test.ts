// Goal: what volunteers' purchases say of ordinary things is laid over the catalogue, for everybody alike,
// and nobody else's purchases are looked at for it. Method: the whole engine in memory; a village in which
// whoever has glucose strips mostly has seamless socks as well.

import { describe, expect, it } from 'vitest';
import {
  DAY,
  type House,
  HOUR,
  allowAll,
  buy,
  changes,
  collect,
  decide,
  event,
  item,
  itemsOf,
  openHouse,
  personId,
  say,
} from '../../test/support/house.ts';
import { HOME_SLOT, policyIn } from '../../test/support/policies.ts';
import { seededRandom } from '../kernel/random.ts';
import { utf8, utf8Text } from '../kernel/bytes.ts';
import { documentLeafOf } from '../prove/leaf.ts';

const DIABETES = ['Pharmacy', 'Diabetes'];
const PLASTERS = ['Pharmacy', 'First aid'];
/** Sixteen ordinary things, each a leaf of its own, and some nobody can judge. */
const WARES = Array.from({ length: 16 }, (_, n) => `ware-${n}`);
const RARE = 'rare-pen';
const SOCKS = 'ware-3';
const VOLUNTEERS = 240;

const MAIL = { ...HOME_SLOT, id: 'email', purpose: 'contact', channels: ['email'], itemsMax: 20 };
const GUARDED = policyIn({
  placements: [
    { ...HOME_SLOT, perLeafMax: 20 },
    { ...MAIL, perLeafMax: 20 },
  ],
  purposes: {
    recommend: ['purchases', 'browsing', 'declared', 'interactions'],
    improve: ['purchases'],
    contact: ['purchases', 'browsing', 'declared', 'interactions'],
    guard: ['purchases'],
  },
  proxies: { paths: ['Pharmacy > Diabetes'], volunteersMin: 200 },
});

async function village({ volunteers = VOLUNTEERS, guard = true } = {}): Promise<House> {
  const house = await openHouse();
  await house.engine.usePolicy(GUARDED);
  await house.engine.putItems([
    ...WARES.map((id) => item(id, ['Wares', id])),
    item(RARE, ['Pens']),
    item('strips', DIABETES, { sensitive: 'health' }),
    item('plasters', PLASTERS, { sensitive: 'health' }),
  ]);
  const random = seededRandom(7);
  for (let n = 0; n < volunteers; n += 1) {
    const who = `villager-${n}`;
    const purposes = guard ? (['improve', 'guard'] as const) : (['improve'] as const);
    await say(house, who, changes('given', ['purchases'], purposes));
    const member = random.unit() < 0.25;
    const bought = WARES.filter((id) => random.unit() < (id === SOCKS ? (member ? 0.9 : 0.15) : 0.35));
    if (member) bought.push('strips');
    if (random.unit() < 0.3) bought.push('plasters');
    if (n < 5) bought.push(RARE);
    if (bought.length > 0) await buy(house, who, bought);
  }
  return house;
}

/** Somebody who may be written to and has two ordinary things. */
async function withAnn(house: House, things = ['ware-1', 'ware-2']): Promise<void> {
  await allowAll(house, 'ann');
  await buy(house, 'ann', things);
}

const release = (house: House) => house.engine.core.shelves.keptShadow()?.release;
const proxiesOf = (house: House) => release(house)?.proxies.map(({ item: id }) => id);
const counted = async (house: House): Promise<string> => {
  house.engine.count();
  return utf8Text(await house.world.learner.canonical());
};

describe('the shadow', () => {
  it('[E35] is found from volunteers; what it covers is shown to nobody and not learned from', async () => {
    const house = await village();
    await withAnn(house);
    const all = { limit: 20, channel: 'web' } as const;
    // Without proxies in the policy the socks are a thing like any other.
    const { proxies: _, ...open } = GUARDED;
    await (
      await house.engine.usePolicy({ ...open, version: 'open' })
    ).settled;
    await house.engine.learn();
    const before = await decide(house, 'ann', all);
    expect(itemsOf(before)).toContain(SOCKS);
    await (
      await house.engine.usePolicy(GUARDED)
    ).settled;
    await house.engine.learn();
    expect(proxiesOf(house)).toEqual([SOCKS]);
    const after = await decide(house, 'ann', all);
    expect(itemsOf(after)).not.toContain(SOCKS);
    expect(itemsOf(after).length).toBeGreaterThan(5);
    expect(house.engine.core.shelves.current().shelf.model.itemIds).not.toContain(SOCKS);
    // The one before is decided again as it was, and so is this one.
    for (const made of [before, after]) {
      const found = await house.engine.find(made.decision);
      expect((await house.engine.replay(found!)).same).toBe(true);
    }
    expect(before.record.input.shadow).toBeUndefined();
    expect(after.record.input.shadow).toBe(house.engine.core.shelves.shadow().id);
  });

  it('[E35] is no fact either: whoever has the thing is written to as if they had not', async () => {
    const house = await village();
    await withAnn(house, ['ware-1', 'ware-2', SOCKS]);
    await house.engine.learn();
    const mail = await decide(house, 'ann', { placement: 'email' as never, channel: 'email', limit: 20 });
    expect(mail.record.input.facts.map(({ item: id }) => id)).toEqual(['ware-1', 'ware-2']);
    expect(mail.record.input.barred.map(({ item: id }) => id)).toEqual(['ware-1', 'ware-2']);
    expect(itemsOf(mail)).not.toContain(SOCKS);
  });

  it('[E35] is the same after a restart, and its hash is in the log', async () => {
    const house = await village();
    await house.engine.learn();
    await house.engine.maintain();
    const { id } = house.engine.core.shelves.shadow();
    const bytes = await house.world.documents.get('shadow', id);
    expect(await house.world.log.inclusion(documentLeafOf(house.world.crypto.sha256(bytes!)))).toBeDefined();
    const next = await house.reopen();
    await next.engine.usePolicy(GUARDED);
    await next.engine.recover();
    expect([next.engine.core.shelves.shadow().id, proxiesOf(next)]).toEqual([id, [SOCKS]]);
  });

  it('[E35] that cannot be read leaves nothing known, until there is another', async () => {
    const house = await village();
    await withAnn(house);
    await house.engine.learn();
    const { id } = house.engine.core.shelves.shadow();
    await house.world.documents.remove('shadow', id);
    await house.world.documents.put('shadow', id, utf8('{"v":1}'), 0);
    const next = await house.reopen();
    house.advance(HOUR);
    await next.engine.usePolicy(GUARDED);
    expect(itemsOf(await decide(next, 'ann', { limit: 20 }))).toEqual([]);
    await next.engine.recover();
    expect(proxiesOf(next)).toEqual([SOCKS]);
    expect(itemsOf(await decide(next, 'ann', { limit: 20 })).length).toBeGreaterThan(5);
  });

  it('[E36] rests on those who allowed it: without them, or with too few, there is none', async () => {
    const nobody = await village({ guard: false });
    await nobody.engine.learn();
    expect(nobody.engine.core.shelves.keptShadow()).toBeUndefined();
    const few = await village({ volunteers: 190 });
    await few.engine.learn();
    expect(few.engine.core.shelves.keptShadow()).toBeUndefined();
    await withAnn(few);
    expect(itemsOf(await decide(few, 'ann', { limit: 20 })).length).toBeGreaterThan(5);
  });

  it('[E36] whoever withdraws, or leaves, is taken out of the counts to the last bit', async () => {
    const house = await village({ volunteers: 8 });
    const before = await counted(house);
    await allowAll(house, 'ann');
    await buy(house, 'ann', ['ware-1', SOCKS, 'strips']);
    expect(await counted(house)).not.toBe(before);
    await say(house, 'ann', changes('withdrawn', ['purchases'], ['guard', 'improve']));
    expect(await counted(house)).toBe(before);
    await say(house, 'ann', changes('given', ['purchases'], ['guard']));
    expect(await counted(house)).toContain('health|Pharmacy > Diabetes');
    await house.engine.erase(personId('ann'));
    expect(await counted(house)).toBe(before);
  });

  it('[E36] only leaves that the policy names are looked at, and nothing while it names none', async () => {
    const house = await village({ volunteers: 8 });
    const text = await counted(house);
    expect(text).toContain('health|Pharmacy > Diabetes');
    expect(text).not.toContain('First aid');
    expect(text).not.toContain('plasters');
    const { proxies: _, ...open } = GUARDED;
    await (
      await house.engine.usePolicy({ ...open, version: 'open' })
    ).settled;
    expect(await counted(house)).not.toContain('Pharmacy');
  });

  it('[E37] is made anew after a day, with what is new in the catalogue unknown till then', async () => {
    const house = await village();
    await withAnn(house);
    await house.engine.learn();
    const made = release(house);
    expect(made?.volunteers).toBe(240);
    await house.engine.putItems([item('ware-new', ['Wares', 'ware-3'])]);
    for (let n = 0; n < 30; n += 1) await buy(house, `villager-${n}`, ['ware-new']);
    house.advance(20 * HOUR);
    await house.engine.learn();
    expect(release(house)).toBe(made);
    expect(itemsOf(await decide(house, 'ann', { limit: 20 }))).not.toContain('ware-new');
    house.advance(DAY - 20 * HOUR);
    await house.engine.learn();
    expect(release(house)?.known).toContain('ware-new');
    expect(itemsOf(await decide(house, 'ann', { limit: 20 }))).toContain('ware-new');
    // Nothing else would be said the day after: the list stays, under its name.
    const { id } = house.engine.core.shelves.shadow();
    house.advance(DAY);
    await collect(house, [event(house, 'view', 'ann', ['ware-1'])]);
    await house.engine.learn();
    expect(house.engine.core.shelves.shadow().id).toBe(id);
  });

  it('[E37] rare things are unknown: neither shown nor read', async () => {
    const house = await village();
    await withAnn(house, ['ware-1', RARE]);
    await house.engine.learn();
    const { record, result } = await decide(house, 'ann', { limit: 20 });
    expect(record.input.facts.map(({ item: id }) => id)).toEqual(['ware-1']);
    expect(result.items.map(({ item: id }) => id)).not.toContain(RARE);
    expect(house.engine.core.shelves.sensitiveOf(RARE as never)).toBe('unknown');
  });
});
