// Goal: what was learned of contact stops the next one, is witnessed, and is the same after a restart.
// Method: the whole engine in memory, with people who buy when they are left in peace and not when they are
// written to.

import { describe, expect, it } from 'vitest';
import { HALF_HELD_OUT, named, openShop, send } from '../../test/support/hold-out.ts';
import { DAY, type House, allowAll, buy } from '../../test/support/house.ts';
import { policyOf } from '../facts/parse-policy.ts';
import type { Policy } from '../facts/policy.ts';
import { utf8 } from '../kernel/bytes.ts';
import { documentLeafOf } from '../prove/leaf.ts';

const PEOPLE = named(140);

async function annoyed(): Promise<House> {
  const house = await openShop(PEOPLE);
  await house.engine.recover();
  const held: string[] = [];
  for (const who of PEOPLE) if ((await send(house, who)).result.nothing === 'held-out') held.push(who);
  house.advance(DAY);
  for (const who of held) await buy(house, who, ['coat-1']);
  return house;
}

const stopsOf = (house: House) => house.engine.core.stops;

describe('a learned stop', () => {
  it('[E82] comes with the daily table, is named by every decision that asked it, and replays', async () => {
    const house = await annoyed();
    await house.engine.maintain();
    // The weeks are not over.
    expect(stopsOf(house)?.table.states).toEqual([]);
    const before = await send(house, 'p0');
    expect(before.record.input.stops).toBe(stopsOf(house)?.stops.id);
    house.advance(7 * DAY);
    await house.engine.maintain();
    const kept = stopsOf(house);
    expect(kept?.table.states.every(({ isStopped }) => isStopped)).toBe(true);
    const { decision, record, result } = await send(house, 'p1');
    expect(result).toMatchObject({ nothing: 'learned-stop', propensity: 1 });
    expect(record.input).toMatchObject({ stops: kept?.stops.id, pressure: { stop: { by: 'learned-stop' } } });
    expect(record.input.pressure?.stop?.number).toBeLessThan(-500);
    for (const name of [decision, before.decision]) {
      const found = await house.engine.find(name);
      expect(found !== undefined && (await house.engine.replay(found)).same).toBe(true);
    }
    // Its hash is in the log.
    const bytes = await house.world.documents.get('stops', kept?.stops.id ?? '');
    const leaf = documentLeafOf(house.world.crypto.sha256(bytes ?? new Uint8Array(0)));
    await house.engine.maintain();
    expect(await house.world.log.inclusion(leaf)).toBeDefined();
    const after = await house.reopen();
    await after.engine.usePolicy(HALF_HELD_OUT);
    expect(stopsOf(after)).toEqual(kept);
    expect((await send(after, 'p2')).result.nothing).toBe('learned-stop');
  });

  it('[E82] is looked at again after a day, keeps its name while it says the same, and ends', async () => {
    const house = await annoyed();
    house.advance(7 * DAY);
    await house.engine.maintain();
    const first = stopsOf(house);
    house.advance(DAY - 1);
    await house.engine.maintain();
    expect(stopsOf(house)).toBe(first);
    house.advance(1);
    await house.engine.maintain();
    expect(stopsOf(house)?.stops.id).toBe(first?.stops.id);
    expect(stopsOf(house)?.checkedMs).toBeGreaterThan(first?.checkedMs ?? Infinity);
    // What was learned a year ago is not known any more.
    house.advance(360 * DAY);
    for (const who of PEOPLE) await allowAll(house, who);
    await house.engine.maintain();
    expect(stopsOf(house)?.table.states).toEqual([]);
    expect((await send(house, 'p1')).result.nothing).not.toBe('learned-stop');
  });

  it('[E82] waits until all are counted and needs a hold-out; a damaged one stops everybody', async () => {
    const house = await annoyed();
    house.advance(7 * DAY);
    await house.engine.maintain();
    const kept = stopsOf(house);
    const { documents } = house.world;
    await documents.remove('stops', kept?.stops.id ?? '');
    await documents.put('stops', kept?.stops.id ?? '', utf8('{}'), house.nowMs());
    const after = await house.reopen();
    await after.engine.usePolicy(HALF_HELD_OUT);
    // Whom to leave in peace is not known any more: everybody, until it is.
    expect(stopsOf(after)?.stops).toMatchObject({ id: 'unreadable' });
    for (const who of ['p1', 'p2']) expect((await send(after, who)).result.nothing).toBe('learned-stop');
    await after.engine.maintain();
    expect(stopsOf(after)?.stops.id, 'not everybody is counted').toBe('unreadable');
    await after.engine.recover();
    after.advance(1000);
    await after.engine.maintain();
    expect(stopsOf(after)?.stops.stopped.size).toBe(15);
    expect(stopsOf(after)?.stops.id).not.toBe('unreadable');
    const { version: _, contact, ...body } = HALF_HELD_OUT;
    const { holdOut: __, ...fixed } = contact ?? ({} as NonNullable<Policy['contact']>);
    await after.engine.usePolicy(policyOf({ ...body, contact: fixed }));
    const { result, record } = await send(after, 'p1');
    expect([result.nothing, record.input.stops]).toEqual([undefined, undefined]);
  });
});
