// Goal: who left and came back is somebody new to every engine, also to those who still have the life before
// in memory. Method: engines over one store in memory; one erases and brings back, another answers next.

import { describe, expect, it } from 'vitest';
import {
  type House,
  allowAll,
  buy,
  changes,
  collect,
  event,
  personId,
  say,
} from '../../test/support/house.ts';
import { journalIds, send } from '../../test/support/streamed.ts';
import { factsOf, shown, three } from '../../test/support/racing.ts';
import { memoryEventStream } from '../adapters/memory/event-stream.ts';
import { takeEvents } from './taking.ts';

const byPerson = { byPerson: true };

async function leave(house: House, comesBack: boolean): Promise<void> {
  await house.engine.erase(personId('ann'));
  if (comesBack) await say(house, 'ann', changes('given', ['reviews'], ['benefit']), byPerson);
}

async function isReadable({ engine: { core } }: House, who: string): Promise<boolean> {
  const person = await core.people.byKey(core.people.keyOf(personId(who)));
  return typeof person === 'object' && !person.unreadable;
}

describe('who left and came back through another engine', () => {
  it('[E160] is decided for without anything of the life before', async () => {
    const [one, two] = await three();
    await allowAll(one, 'ann');
    await buy(one, 'ann', ['tea-1', 'tea-2', 'tea-3']);
    await shown(two, 'ann');
    await one.engine.erase(personId('ann'));
    await say(one, 'ann', changes('given', ['reviews'], ['benefit']), byPerson);
    const decided = await shown(two, 'ann');
    expect([factsOf(decided), decided.record.input.refused]).toEqual([0, 'no-grant']);
    expect(await isReadable(one, 'ann')).toBe(true);
  });

  it('[E160] is judged by what they allow now, and their journal stays readable', async () => {
    const [one, two] = await three();
    await allowAll(one, 'ann');
    await buy(one, 'ann', ['tea-1', 'tea-2', 'tea-3']);
    await shown(two, 'ann');
    await one.engine.erase(personId('ann'));
    await say(one, 'ann', changes('given', ['reviews'], ['benefit']), byPerson);
    const { refused } = await collect(two, [event(two, 'view', 'ann', ['lamp-1'])]);
    expect(refused).toEqual({ 'no-grant': 1 });
    expect(await isReadable(one, 'ann')).toBe(true);
  });

  it('[E160] is nobody new to whoever read their keys before it, and their journal after', async () => {
    for (const comesBack of [false, true]) {
      const [one, two] = await three();
      await allowAll(one, 'ann');
      await buy(one, 'ann', ['tea-1', 'tea-2', 'tea-3']);
      // Another engine has the keys in hand, and stands still before it reads the journal.
      const { people } = two.engine.core.world;
      const load = people.load.bind(people);
      let hasLeft = false;
      people.load = async (key) => {
        const isFirst = !hasLeft;
        hasLeft = true;
        if (isFirst) await leave(one, comesBack);
        return load(key);
      };
      const { refused, admitted } = await collect(two, [event(two, 'purchase', 'ann', ['coat-1'])]);
      expect(hasLeft).toBe(true);
      if (comesBack) expect(await isReadable(one, 'ann')).toBe(true);
      else expect([admitted, refused]).toEqual([0, { suppressed: 1 }]);
      const seen = await two.engine.core.people.stored({
        key: two.engine.core.people.keyOf(personId('ann')),
        id: personId('ann'),
      });
      expect(typeof seen).toBe(comesBack ? 'object' : 'string');
    }
  });

  it('[E171] has nothing of what waited in a stream, also where keys of before are in memory', async () => {
    const [one, two] = await three();
    const stream = memoryEventStream();
    await allowAll(one, 'ann');
    await shown(two, 'ann');
    const view = event(one, 'view', 'ann', ['coat-1']);
    await send(one, stream, [view]);
    await one.engine.erase(personId('ann'));
    await say(one, 'ann', changes('given'), byPerson);
    const worker = await takeEvents(two.engine, stream);
    await stream.drained();
    await worker.stop();
    expect(worker.figures()).toMatchObject({ admitted: 0, refused: { suppressed: 1 } });
    expect(await journalIds(one, 'ann')).not.toContain(view.id);
  });
});
