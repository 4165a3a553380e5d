// Goal: whoever catches up with other engines knows what they would know who read everything anew, and reads
// nearly nothing. Method: engines over one store in memory that write by turns, with the questions to the
// store counted.

import { describe, expect, it } from 'vitest';
import {
  type House,
  allowAll,
  buy,
  changes,
  collect,
  event,
  look,
  personId,
  say,
} from '../../test/support/house.ts';
import { factsOf, shown, three } from '../../test/support/racing.ts';
import { seededRandom } from '../kernel/random.ts';
import { createCatchingUp } from './catching-up.ts';
import type { Person } from './person.ts';
import type { PersonKey, ReadUpTo } from './ports.ts';
import { compact } from './snapshot.ts';

interface Counts {
  loads: number;
  asks: number;
  refused: number;
}

/** Counts from now on what the engines ask the store that they share. */
function counted({ world }: House): Counts {
  const counts = { loads: 0, asks: 0, refused: 0 };
  const { people } = world;
  const [load, since, append] = [people.load, people.since, people.append].map((ask) => ask.bind(people)) as [
    typeof people.load,
    typeof people.since,
    typeof people.append,
  ];
  people.load = (person) => {
    counts.loads += 1;
    return load(person);
  };
  people.since = (asked) => {
    counts.asks += 1;
    return since(asked);
  };
  people.append = async (batch) => {
    const unkept = await append(batch);
    counts.refused += unkept.size;
    return unkept;
  };
  return counts;
}

async function inMemory({ engine: { core } }: House, who: string): Promise<Person> {
  const found = await core.people.get(personId(who));
  if (typeof found !== 'object') throw new Error(`${who} is not there`);
  return found;
}

/** What a person is made of, but for what is only remembered of it. */
function madeOf(person: Person): unknown {
  const { key, nextSeq, snapshotSeq, chain, profile, links, restricted, given, trials, digest, open } =
    person;
  const { unreadable, leaving, revocations } = person;
  const state = { chain, profile, links, restricted, given, trials, digest, open };
  return structuredClone({ key, nextSeq, snapshotSeq, ...state, unreadable, leaving, revocations });
}

describe('catching up', () => {
  it('[E210] two who decide by turns lose one race each, and then read only what is new', async () => {
    const [one, two] = await three();
    await allowAll(one, 'ann');
    await buy(one, 'ann', ['tea-1']);
    for (const house of [one, two, one, two]) await shown(house, 'ann');
    const counts = counted(one);
    for (let turn = 0; turn < 10; turn += 1) {
      await shown(one, 'ann');
      await look(two, 'ann', [`lamp-${1 + (turn % 4)}`]);
      expect(factsOf(await shown(two, 'ann'))).toBe(Math.min(turn + 2, 5));
    }
    expect(counts, 'one question for each').toEqual({ loads: 0, asks: 30, refused: 0 });
  });

  it('[E210] whom nobody else writes to any more is not asked about after three times', async () => {
    const [one, two] = await three();
    await allowAll(one, 'ann');
    for (const house of [one, two, one]) await shown(house, 'ann');
    const counts = counted(one);
    for (let turn = 0; turn < 10; turn += 1) await shown(one, 'ann');
    expect(counts).toEqual({ loads: 0, asks: 3, refused: 0 });
  });

  it('[E210] another engine’s words, facts set aside and erasures are read with the keys', async () => {
    const [one, two] = await three();
    await allowAll(one, 'ann');
    await buy(one, 'ann', ['tea-1']);
    for (const house of [one, two, one]) await shown(house, 'ann');
    await say(two, 'ann', changes('withdrawn'));
    expect((await shown(one, 'ann')).record.input.refused).toBe('no-grant');
    expect((await inMemory(one, 'ann')).revocations, 'counted with the keys').toBe(1);
    await say(two, 'ann', changes('given'));
    expect(factsOf(await shown(one, 'ann'))).toBe(1);
    await two.engine.restrict({ person: personId('ann'), fact: 'bought|till|tea-1', act: 'restrict' });
    expect(factsOf(await shown(one, 'ann'))).toBe(0);
    await two.engine.erase(personId('ann'));
    expect((await collect(one, [event(one, 'view', 'ann', ['tea-1'])])).admitted).toBe(0);
    expect((await shown(one, 'ann')).record.input.refused).toBe('erased');
  });

  it('[E210] what another engine wrote and folded into a snapshot is not passed over', async () => {
    const [one, two] = await three();
    await allowAll(one, 'ann');
    await buy(one, 'ann', ['tea-1']);
    for (const house of [one, two, one, two]) await shown(house, 'ann');
    await look(two, 'ann', ['lamp-1', 'lamp-2']);
    await compact(two.world, await inMemory(two, 'ann'));
    await shown(two, 'ann');
    expect(factsOf(await shown(one, 'ann'))).toBe(3);
  });

  it('[E210] a person caught up with is the person read anew, whatever was written', async () => {
    for (let seed = 1; seed <= 6; seed += 1) {
      const [one, two] = await three(seed);
      const { below } = seededRandom(seed);
      await allowAll(one, 'ann');
      for (const house of [one, two, one]) await shown(house, 'ann');
      for (let step = 0; step < 30; step += 1) {
        const house = below(2) === 0 ? one : two;
        const act = below(12);
        if (act === 0) await compact(house.world, await inMemory(house, 'ann'));
        else if (act === 1) await say(house, 'ann', changes(below(2) === 0 ? 'withdrawn' : 'given'));
        else if (act === 2) await house.engine.maintain();
        else if (act < 6) await look(house, 'ann', [`lamp-${1 + below(5)}`]);
        else await shown(house, 'ann');
      }
      const { people } = one.engine.core;
      const caught = (await people.caughtUp([personId('ann')])).get(personId('ann'));
      if (typeof caught !== 'object') throw new Error('ann is not there');
      const before = madeOf(caught);
      people.forget(caught.key);
      expect(before, `seed ${seed}`).toEqual(madeOf(await inMemory(one, 'ann')));
    }
  });

  it('[E210] who asks at one moment is one question, which begins after all of them came', async () => {
    const asked: (readonly ReadUpTo[])[] = [];
    const answers: (() => void)[] = [];
    const { news } = createCatchingUp({
      since: (question) => {
        asked.push(question);
        return new Promise((resolve) => {
          answers.push(() =>
            resolve(new Map(question.map(({ person }) => [person, { snapshotSeq: -1, entries: [] }]))),
          );
        });
      },
    });
    const of = (key: string, nextSeq: number): Promise<unknown> => news({ key: key as PersonKey, nextSeq });
    const first = [of('a', 3), of('b', 1), of('a', 2)];
    await Promise.resolve();
    await Promise.resolve();
    const later = of('a', 3);
    expect(asked).toEqual([
      [
        { person: 'a', seq: 1 },
        { person: 'b', seq: 0 },
      ],
    ]);
    answers[0]?.();
    await Promise.all(first);
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(asked, 'whoever came while it was under way is asked for afterwards').toHaveLength(2);
    answers[1]?.();
    expect(await later).toBeUndefined();
  });

  it('[E210] a question that fails fails for whoever waited, and the next one is asked', async () => {
    let isBroken = true;
    const { news } = createCatchingUp({
      since: async () => {
        if (isBroken) throw new Error('planted');
        return new Map();
      },
    });
    const ann = { key: 'a' as PersonKey, nextSeq: 1 } as Person;
    await expect(news(ann)).rejects.toThrow('planted');
    isBroken = false;
    expect(await news(ann)).toBeUndefined();
  });

  it('[E210] whoever counts what others wrote reads what is new, and is no reason to ask more', async () => {
    const [one, two] = await three();
    await allowAll(one, 'ann');
    await shown(two, 'ann');
    const { people } = two.engine.core;
    const key = people.keyOf(personId('ann'));
    await people.caughtUp([personId('ann')]);
    await look(one, 'ann', ['lamp-1', 'lamp-2']);
    const counts = counted(two);
    const caught = await people.caughtUpByKey(key);
    if (typeof caught !== 'object') throw new Error('ann is not there');
    expect(counts).toMatchObject({ loads: 0, asks: 1 });
    expect(people.roams(caught)).toBe(false);
    const before = madeOf(caught);
    people.forget(key);
    expect(before).toEqual(madeOf(await inMemory(two, 'ann')));
    expect(await people.caughtUpByKey(people.keyOf(personId('nobody')))).toBeUndefined();
  });

  it('[E210] whose keys are the same after a minute is not read anew', async () => {
    const [one, two] = await three();
    await allowAll(one, 'ann');
    const views = () => collect(two, [event(two, 'view', 'ann', ['coat-1'])]);
    expect((await views()).admitted).toBe(1);
    const counts = counted(two);
    for (let minute = 0; minute < 3; minute += 1) {
      two.advance(61_000);
      expect((await views()).admitted).toBe(1);
    }
    expect(counts.loads).toBe(0);
    await one.engine.erase(personId('ann'));
    await say(one, 'ann', changes('given'), { byPerson: true });
    two.advance(61_000);
    expect((await views()).admitted, 'in a life that begins anew').toBe(1);
    expect(counts.loads).toBeGreaterThan(0);
    expect(factsOf(await shown(two, 'ann'))).toBe(1);
  });

  it('[E210] a no that was counted and never said is heard of within a minute', async () => {
    const [one, two] = await three();
    await allowAll(one, 'ann');
    const views = () => collect(two, [event(two, 'view', 'ann', ['coat-1'])]);
    expect((await views()).admitted).toBe(1);
    await one.world.keys.revoke(one.engine.core.people.keyOf(personId('ann')));
    two.advance(61_000);
    expect((await views()).refused).toEqual({ 'consent-state-stale': 1 });
    // Read a moment ago: nothing is read for the next one.
    const counts = counted(two);
    await views();
    expect(counts.loads).toBe(0);
  });
});
