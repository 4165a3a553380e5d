// Goal: a yes or a no that lost a race of several engines over one store is said as it was meant, or not at
// all. Method: writes that are overtaken on their way into the store.

import { describe, expect, it } from 'vitest';
import {
  type House,
  allowAll,
  buy,
  changes,
  decide,
  openHouse,
  say,
  stock,
} from '../../test/support/house.ts';
import { NO_SIGNALS } from '../facts/signals.ts';
import type { Decided } from './deciding.ts';
import { intake } from './intake.ts';

async function three(seed = 1): Promise<readonly [House, House, House]> {
  const first = await openHouse({ seed, node: 0 });
  await stock(first);
  // They take the model that the first has learned.
  return [first, await first.beside(1), await first.beside(2)];
}

const factsOf = ({ record }: Decided): number => record.input.facts.length;

async function shown(house: House, who: string): Promise<Decided> {
  const decided = await decide(house, who);
  await decided.receipt();
  return decided;
}

describe('choices that lost a race', () => {
  it('[E164] a yes that lost its race does not come after a no that was said in between', async () => {
    const [one, two] = await three();
    await allowAll(one, 'gil');
    await buy(one, 'gil', ['tea-1']);
    const append = one.world.people.append.bind(one.world.people);
    let isFirst = true;
    // The yes is on its way into the store; the no overtakes it there.
    one.world.people.append = async (batch) => {
      if (isFirst) {
        isFirst = false;
        await say(two, 'gil', changes('withdrawn'));
      }
      return append(batch);
    };
    await expect(say(one, 'gil', changes('given'))).rejects.toMatchObject({ code: 'conflict', retry: 'now' });
    expect(factsOf(await shown(two, 'gil'))).toBe(0);
    expect(factsOf(await shown(one, 'gil'))).toBe(0);
    await say(one, 'gil', changes('given'));
    expect(factsOf(await shown(two, 'gil')), 'said again, by who now knows').toBe(1);
  });

  it('[E164] nor one that lost it while another notice was taken up, which may not carry it', async () => {
    const [one, two] = await three();
    await buy(one, 'gil', ['tea-1']);
    const append = one.world.people.append.bind(one.world.people);
    let isFirst = true;
    one.world.people.append = async (batch) => {
      if (isFirst) {
        isFirst = false;
        await buy(two, 'gil', ['lamp-2']);
        one.engine.core.notices = { ...one.engine.core.notices };
      }
      return append(batch);
    };
    await expect(say(one, 'gil', changes('given'))).rejects.toMatchObject({ code: 'conflict', retry: 'now' });
    expect(factsOf(await shown(two, 'gil'))).toBe(0);
  });

  it('[E164] a no that lost its race is said all the same, whatever came in between', async () => {
    const [one, two] = await three();
    await allowAll(one, 'hal');
    await buy(one, 'hal', ['tea-1']);
    const append = one.world.people.append.bind(one.world.people);
    let isFirst = true;
    one.world.people.append = async (batch) => {
      if (isFirst) {
        isFirst = false;
        await say(two, 'hal', changes('given', ['purchases'], ['recommend']));
      }
      return append(batch);
    };
    const both = [...changes('given', ['reviews']), ...changes('withdrawn', ['purchases', 'interactions'])];
    await expect(say(one, 'hal', both)).rejects.toMatchObject({ code: 'conflict' });
    expect(factsOf(await shown(two, 'hal')), 'its no was kept').toBe(0);
  });

  it('[E164] an old yes in a batch of events is judged again after a lost race', async () => {
    const [one, two] = await three();
    await buy(one, 'ida', ['tea-1']);
    const late = {
      fineline: 'consent',
      source: 'web-shop',
      person: 'ida',
      time: new Date(one.nowMs() - 1000).toISOString(),
      notice: { id: 'notice-1', language: 'en' },
      grants: [{ category: 'purchases', purpose: 'recommend', state: 'given' }],
    };
    const append = one.world.people.append.bind(one.world.people);
    let isFirst = true;
    one.world.people.append = async (batch) => {
      if (isFirst) {
        isFirst = false;
        await say(two, 'ida', changes('withdrawn', ['purchases']));
      }
      return append(batch);
    };
    const taken = await intake(one.engine, [late], { signals: NO_SIGNALS });
    expect(taken).toMatchObject({ consents: 0, refused: { 'consent-state-stale': 1 } });
    expect(factsOf(await shown(two, 'ida'))).toBe(0);
  });
});
