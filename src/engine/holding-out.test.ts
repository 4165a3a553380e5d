// Goal: who is held out hears nothing for a week, whoever asks and however often; only people who let it be
// measured are; and the record replays. Method: the whole engine in memory.

import { describe, expect, it } from 'vitest';
import { HALF_HELD_OUT, named, openShop, send } from '../../test/support/hold-out.ts';
import { DAY, changes, personId, say } from '../../test/support/house.ts';
import { compact } from './snapshot.ts';

describe('the hold-out', () => {
  it('[E80] is drawn once a week, on all its channels, over restarts, and replays', async () => {
    const house = await openShop(named(40));
    const first = await Promise.all(named(40).map((who) => send(house, who)));
    const held = named(40).filter((_, n) => first[n]?.result.nothing === 'held-out');
    const heard = named(40).filter((who) => !held.includes(who));
    expect(held.length).toBeGreaterThan(8);
    expect(heard.length).toBeGreaterThan(8);
    for (const { decision, record } of first) {
      expect(record.input.fatigue).toBe('0-more');
      expect(record.result.propensity).toBe(0.5);
      const found = await house.engine.find(decision);
      expect(found !== undefined && (await house.engine.replay(found)).same).toBe(true);
    }
    const [out = '', other = ''] = held;
    const ann = await house.engine.core.people.get(personId(out));
    if (typeof ann === 'object') await compact(house.world, ann);
    house.advance(6 * DAY);
    const after = await house.reopen();
    await after.engine.usePolicy(HALF_HELD_OUT);
    for (const who of [out, other])
      expect((await send(after, who, 'letter')).record.input.pressure?.stop).toEqual({
        by: 'held-out',
        number: 6,
      });
    for (const who of heard) {
      const { record } = await send(after, who);
      expect([record.input.fatigue, record.result.propensity]).toEqual([undefined, 1]);
    }
    house.advance(DAY);
    expect((await send(after, out)).record.input.fatigue).toBe('0-more');
    expect((await send(after, heard[0] ?? '')).record.input.fatigue).toBe('2-week');
  });

  it('[E80] holds for one human being, under whatever identity they joined', async () => {
    const house = await openShop([...named(12), 'phone']);
    const all = await Promise.all(named(12).map((who) => send(house, who)));
    const out = named(12).find((_, n) => all[n]?.result.nothing === 'held-out') ?? '';
    await house.engine.link({ person: personId(out), other: personId('phone'), act: 'join' });
    await house.engine.link({ person: personId('phone'), other: personId(out), act: 'join' });
    expect((await send(house, 'phone')).result.nothing).toBe('held-out');
  });

  it.each(['interactions', 'purchases'] as const)(
    '[E80] leaves out who lets no %s be measured',
    async (no) => {
      const people = named(20);
      const house = await openShop(people);
      for (const who of people) await say(house, who, changes('withdrawn', [no], ['measure']));
      for (const who of people) {
        const { record, result } = await send(house, who);
        expect(record.input.fatigue).toBeUndefined();
        expect([result.nothing, result.propensity]).toEqual([undefined, 1]);
      }
    },
  );
});
