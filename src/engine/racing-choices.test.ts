// Goal: a yes or a no that lost a race of several engines over one store is said as it was meant, or not at
// all. Method: writes that are overtaken on their way into the store.

import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import {
  type House,
  allowAll,
  buy,
  changes,
  decide,
  look,
  openHouse,
  personId,
  say,
  stock,
} from '../../test/support/house.ts';
import { NO_SIGNALS } from '../facts/signals.ts';
import type { Decided } from './deciding.ts';
import { intake } from './intake.ts';
import type { Person } from './person.ts';

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

  it('[E179] a no that lost its race takes back what it says, and nothing else', async () => {
    const [one, two] = await three();
    // Engines of a test share the store: what the other writes in between passes through here as well.
    const append = one.world.people.append.bind(one.world.people);
    let races = 0;
    let isOther = false;
    one.world.people.append = async (batch) => {
      if (races > 0 && !isOther) {
        races -= 1;
        isOther = true;
        await shown(two, 'ivy');
        isOther = false;
      }
      return append(batch);
    };
    await allowAll(one, 'ivy');
    await buy(one, 'ivy', ['tea-1', 'coat-1']);
    await look(one, 'ivy', ['lamp-2']);
    races = 2;
    await say(one, 'ivy', changes('withdrawn', ['reviews']));
    expect(factsOf(await shown(two, 'ivy')), 'everything else is allowed as before').toBe(3);
    races = 2;
    await one.engine.restrict({ person: personId('ivy'), fact: 'bought|till|tea-1', act: 'restrict' });
    expect(factsOf(await shown(two, 'ivy')), 'one fact is set aside').toBe(2);
    races = 2;
    await one.engine.link({ person: personId('ivy'), other: personId('jo'), act: 'part' });
    expect(factsOf(await shown(two, 'ivy')), 'a join is undone').toBe(2);
    // What is lost after all of that is still noticed.
    await one.world.keys.revoke(one.engine.core.people.keyOf(personId('ivy')));
    const third = await one.beside(3);
    expect(factsOf(await shown(third, 'ivy')), 'a no that was counted and never said').toBe(0);
  });

  it('[E179] where another word stands for its count, a no is counted anew', async () => {
    const [one, two] = await three();
    await allowAll(one, 'kim');
    const append = one.world.people.append.bind(one.world.people);
    let isFirst = true;
    one.world.people.append = async (batch) => {
      if (isFirst) {
        isFirst = false;
        await say(two, 'kim', changes('withdrawn', ['reviews']));
      }
      return append(batch);
    };
    await say(one, 'kim', changes('withdrawn', ['interactions']));
    const key = one.engine.core.people.keyOf(personId('kim'));
    const kept = await one.world.keys.get(key);
    const { chain } = (await two.engine.core.people.fresh(personId('kim'))) as Person;
    expect(chain.withdrawals, 'never ahead of the count, or a lost no would not be noticed').toBe(
      (kept as { revocations: number }).revocations,
    );
  });

  it('[E179] a no that was counted after another one is said after it', async () => {
    const [one, two] = await three();
    await allowAll(one, 'lea');
    await buy(one, 'lea', ['tea-1', 'coat-1', 'lamp-2']);
    const setAside = (house: House, item: string) =>
      house.engine.restrict({ person: personId('lea'), fact: `bought|till|${item}`, act: 'restrict' });
    const append = one.world.people.append.bind(one.world.people);
    let during: (() => Promise<unknown>) | undefined;
    let later: Promise<unknown> | undefined;
    one.world.people.append = async (batch) => {
      const act = during;
      during = undefined;
      // What is counted by now is on its way into the store. The other one is counted next, and is written
      // at once, if it does not wait.
      if (act !== undefined) await Promise.race([(later = act()), setTimeout(20)]);
      return append(batch);
    };
    during = () => say(two, 'lea', changes('withdrawn', ['reviews']));
    await say(one, 'lea', changes('withdrawn', ['interactions']));
    await later;
    expect(factsOf(await shown(two, 'lea')), 'purchases are allowed as before').toBe(3);
    during = () => setAside(two, 'tea-1');
    await setAside(one, 'coat-1');
    await later;
    expect(factsOf(await shown(two, 'lea')), 'two facts are set aside').toBe(1);
  });

  it('[E179] two noes of one node that lost one race take back what they say', async () => {
    // Who tries again first is drawn anew in each.
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const [one, two] = await three(seed);
      await allowAll(one, 'mia');
      await buy(one, 'mia', ['tea-1', 'coat-1', 'lamp-2']);
      const append = one.world.people.append.bind(one.world.people);
      let isFirst = true;
      one.world.people.append = async (batch) => {
        if (isFirst) {
          isFirst = false;
          await shown(two, 'mia');
        }
        return append(batch);
      };
      const facts = ['tea-1', 'coat-1'].map((item) => `bought|till|${item}`);
      await Promise.all(
        facts.map((fact) => one.engine.restrict({ person: personId('mia'), fact, act: 'restrict' })),
      );
      expect(factsOf(await shown(two, 'mia'))).toBe(1);
    }
  });

  it('[E179] a fact that goes while it is set aside leaves no count that nobody speaks for', async () => {
    const [one, two] = await three();
    await allowAll(one, 'noa');
    await look(one, 'noa', ['lamp-2']);
    const key = one.engine.core.people.keyOf(personId('noa'));
    const fact = 'viewed|web-shop|lamp-2';
    const revoke = one.world.keys.revoke.bind(one.world.keys);
    let isFirst = true;
    one.world.keys.revoke = async (person) => {
      // The fact goes after it was looked for, and before this is counted.
      if (isFirst) {
        isFirst = false;
        await say(two, 'noa', changes('withdrawn'));
      }
      return revoke(person);
    };
    await one.engine.restrict({ person: personId('noa'), fact, act: 'restrict' });
    const { chain, profile } = (await two.engine.core.people.fresh(personId('noa'))) as Person;
    expect(profile.facts.has(fact)).toBe(false);
    const { revocations } = (await one.world.keys.get(key)) as { readonly revocations: number };
    expect(chain.withdrawals, 'or everything would be denied').toBe(revocations);
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
