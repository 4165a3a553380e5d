// Goal: of several engines over one store a no is counted once, takes back what it says and nothing else,
// whoever was faster. Method: writes and counts that are overtaken on their way.

import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import {
  type House,
  allowAll,
  buy,
  changes,
  choice,
  look,
  openHouse,
  personId,
  say,
  stock,
} from '../../test/support/house.ts';
import { factsOf, overtaken, shown, three } from '../../test/support/racing.ts';
import type { Person } from './person.ts';

describe('noes that lost a race', () => {
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
    overtaken(one, () => say(two, 'kim', changes('withdrawn', ['reviews'])));
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
      overtaken(one, () => shown(two, 'mia'));
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

  it('[E179] a no of an import that lost its race takes back what it says, and nothing else', async () => {
    const [one, two] = await three();
    for (const who of ['ann', 'ben']) {
      await allowAll(one, who);
      await buy(one, who, ['tea-1']);
    }
    // Of which the first knows nothing yet.
    await shown(two, 'ann');
    await say(two, 'ben', changes('refused', ['devices'], ['contact']));
    const no = changes('withdrawn', ['reviews'], ['recommend']);
    const yes = changes('given', ['messages'], ['recommend']);
    const imported = await one.engine.importConsents([
      choice('ann', no),
      choice('ann', yes),
      choice('ben', [...no, ...yes]),
    ]);
    // Ann was decided for meanwhile, Ben said another word: of his the no alone counts.
    expect(imported).toEqual({ kept: 2, suppressed: 0, refused: { 'consent-state-stale': 1 } });
    for (const who of ['ann', 'ben']) {
      expect(factsOf(await shown(two, who)), who).toBe(1);
      const { chain } = (await two.engine.core.people.fresh(personId(who))) as Person;
      expect(chain.grants.get('reviews recommend')?.state, who).toBe('withdrawn');
    }
    expect(await one.engine.importConsents([choice('ann', no)])).toMatchObject({ kept: 1 });
    expect(factsOf(await shown(two, 'ann'))).toBe(1);
  });

  it('[E179] a yes that comes while a no is on its way takes nothing else along', async () => {
    const [one, two] = await three();
    await allowAll(one, 'cyd');
    await buy(one, 'cyd', ['tea-1']);
    const append = one.world.people.append.bind(one.world.people);
    let later: Promise<unknown> | undefined;
    one.world.people.append = async (batch) => {
      if (later === undefined)
        await Promise.race([(later = say(two, 'cyd', changes('given', ['devices']))), setTimeout(20)]);
      void later.catch(() => undefined);
      return append(batch);
    };
    await say(one, 'cyd', changes('withdrawn', ['reviews']));
    // A word came in between, so it is asked again (E164).
    await expect(later).rejects.toMatchObject({ code: 'conflict' });
    expect(factsOf(await shown(two, 'cyd'))).toBe(1);
    expect(factsOf(await shown(one, 'cyd'))).toBe(1);
  });

  it('[E179] two noes at once take back what they say, in whatever order the key store answers', async () => {
    const house = await openHouse();
    await stock(house);
    await allowAll(house, 'ann');
    await buy(house, 'ann', ['coat-1']);
    const { keys } = house.world;
    const revoke = keys.revoke.bind(keys);
    let isFirst = true;
    keys.revoke = async (person) => {
      const count = await revoke(person);
      if (isFirst) {
        isFirst = false;
        await setTimeout(50);
      }
      return count;
    };
    await Promise.all([
      say(house, 'ann', changes('withdrawn', ['reviews'], ['recommend'])),
      say(house, 'ann', changes('withdrawn', ['devices'], ['recommend'])),
    ]);
    expect(factsOf(await shown(house, 'ann'))).toBe(1);
    const after = await house.reopen();
    const person = await after.engine.core.people.fresh(personId('ann'));
    if (person === undefined || person === 'erased') throw new Error('gone');
    expect([person.chain.withdrawals, person.revocations]).toEqual([2, 2]);
    expect(factsOf(await shown(after, 'ann'))).toBe(1);
  });
});
