// Goal: what was learned together ends when it must: below k, with a word that changes, with what fails.
// Method: two engines in memory, and a learner between them that can be held back and broken.

import { describe, expect, it } from 'vitest';
import {
  LIVES,
  life,
  populate,
  learn,
  world,
  jointOf,
  withdraw,
  keyOf,
} from '../../test/support/joint-story.ts';
import {
  agree,
  allow,
  buy,
  controllerId,
  countedBy,
  listOf,
  openSellers,
  policyWith,
  shown,
} from '../../test/support/joint.ts';
import type { ControllerId } from '../facts/ids.ts';
import { missing } from './pool.ts';
import type { JointTerms } from './seat.ts';
import { directJointLearner } from '../presets/memory.ts';

describe('k', () => {
  it('[E141] is asked of each seller’s people alone: two and two never speak', async () => {
    const two = (name: 'lamps' | 'tools') => [1, 2].map((n) => life(name, `${name}-${n}`, ['coat', 'glove']));
    const rest = [5, 6, 7].map((n) => life('lamps', `lamps-${n}`, ['wool', 'needle']));
    const saws = [5, 6, 7].map((n) => life('tools', `tools-${n}`, ['saw', 'nail']));
    const lives = [...two('lamps'), ...two('tools'), ...rest, ...saws, life('lamps', 'ann', ['coat'])];
    const sellers = await world(lives);
    expect(jointOf(sellers.lamps)?.itemIds ?? []).not.toContain('coat');
    await allow(sellers.tools, 'third', ['pool', 'improve']);
    await buy(sellers.tools, 'third', ['coat', 'glove']);
    await learn(sellers);
    expect(jointOf(sellers.lamps)?.itemIds).toContain('coat');
    await sellers.close();
  });

  it('[E141] a withdrawal takes a pair below k out of each model, its person out of the counts', async () => {
    const sellers = await world();
    await withdraw(sellers.tools, 'tools-1');
    await sellers.settle();
    expect(await listOf(sellers.lamps, 'ann')).toContain('glove');
    await withdraw(sellers.tools, 'tools-2');
    await sellers.settle();
    expect(await listOf(sellers.lamps, 'ann')).not.toContain('glove');
    expect(await listOf(sellers.lamps, 'ann')).not.toContain('glove');
    const left = await world(LIVES.filter(({ who }) => who !== 'tools-1' && who !== 'tools-2'));
    expect(await countedBy(sellers.pool)).toBe(await countedBy(left.pool));
    await sellers.close();
    await left.close();
  });

  it('[E141] so does an erasure, before it is answered', async () => {
    const sellers = await world(LIVES.filter(({ who }) => who !== 'tools-4'));
    expect(await listOf(sellers.lamps, 'ann')).toContain('glove');
    const { id } = keyOf(sellers.tools, 'tools-1');
    await sellers.tools.engine.erase(id);
    expect(await listOf(sellers.lamps, 'ann')).not.toContain('glove');
    const left = await world(LIVES.filter(({ who }) => !['tools-4', 'tools-1'].includes(who)));
    expect(await countedBy(sellers.pool)).toBe(await countedBy(left.pool));
    await sellers.close();
    await left.close();
  });

  it('[E140] is the greatest that a member asks for', async () => {
    const sellers = await world();
    const { settled } = await sellers.lamps.engine.usePolicy(
      policyWith(sellers.lamps, { with: ['tools'] }, { minPeople: 5 }),
    );
    expect(jointOf(sellers.tools)).toBeUndefined();
    await settled;
    await sellers.settle();
    await learn(sellers);
    expect(jointOf(sellers.tools)).toBeUndefined();
    await sellers.close();
  });
});

describe('a word that changes', () => {
  it('[E140] ends it from the next decision on, and a later agreement counts everybody again', async () => {
    const sellers = await world();
    const before = await countedBy(sellers.pool);
    const loser = await sellers.tools.engine.usePolicy(policyWith(sellers.tools, undefined));
    expect([jointOf(sellers.lamps), await countedBy(sellers.pool)]).toEqual([undefined, '']);
    await loser.settled;
    await agree(sellers.tools);
    await sellers.settle();
    expect(await countedBy(sellers.pool)).toBe(before);
    expect(await listOf(sellers.lamps, 'ann')).toContain('glove');
    // Naming one more is another agreement, to which the first partner has not said yes.
    await agree(sellers.tools, ['lamps', 'books']);
    expect(jointOf(sellers.lamps)).toBeUndefined();
    await sellers.close();
  });

  it('[E140] a model that was being made when it changed does not come into service', async () => {
    const inner = directJointLearner();
    let hold: (() => void) | undefined;
    const learner = {
      ...inner,
      fit: async (options: Parameters<typeof inner.fit>[0]) => {
        const made = await inner.fit(options);
        await new Promise<void>((resolve) => {
          if (hold === undefined) resolve();
          else hold = resolve;
        });
        return made;
      },
    };
    const sellers = await world(LIVES, { learner });
    hold = () => undefined;
    const learning = sellers.lamps.engine.learn();
    await new Promise((resolve) => setTimeout(resolve, 20));
    await sellers.tools.engine.usePolicy(policyWith(sellers.tools, undefined));
    hold();
    await learning;
    await sellers.pool.settled();
    expect([jointOf(sellers.lamps), jointOf(sellers.tools)]).toEqual([undefined, undefined]);
    await sellers.close();
  });
});

describe('what fails between sellers', () => {
  it('[E143] ends the joint model and stops nothing of one’s own', async () => {
    const inner = directJointLearner();
    const heard: unknown[] = [];
    let isBroken = false;
    const broken = () => Promise.reject(new Error('the worker is gone'));
    const learner = {
      ...inner,
      fit: (options: Parameters<typeof inner.fit>[0]) => (isBroken ? broken() : inner.fit(options)),
      change: (...args: Parameters<typeof inner.change>) => (isBroken ? broken() : inner.change(...args)),
    };
    const sellers = await world(LIVES, { learner, failed: (error) => heard.push(error) });
    expect(jointOf(sellers.lamps)).toBeDefined();
    isBroken = true;
    expect(await sellers.lamps.engine.learn()).toBeDefined();
    expect([jointOf(sellers.lamps), heard.length > 0]).toEqual([undefined, true]);
    const { id } = keyOf(sellers.lamps, 'lamps-1');
    expect(await sellers.lamps.engine.erase(id)).toMatchObject({ record: { event: 'erased' } });
    expect((await shown(sellers.lamps, 'ann')).result.items.length).toBeGreaterThan(0);
    await sellers.close();
  });
});

describe('who is told', () => {
  it('[E141] a customer of both is two people, under two pseudonyms', async () => {
    const both = LIVES.map((one) => (one.who === 'tools-1' ? { ...one, who: 'lamps-1' } : one));
    const sellers = await world(both);
    expect(keyOf(sellers.lamps, 'lamps-1').key).not.toBe(keyOf(sellers.tools, 'lamps-1').key);
    expect(await countedBy(sellers.pool)).toMatch(/"lamps"\npeople 6\n[^]*"tools"\npeople 4\n/);
    await withdraw(sellers.lamps, 'lamps-1');
    await sellers.settle();
    expect(await countedBy(sellers.pool)).toMatch(/"lamps"\npeople 5\n[^]*"tools"\npeople 4\n/);
    await sellers.close();
  });

  it('[E141] a robot, and a thing of a class that the policy adds, are in no joint count', async () => {
    const sellers = await openSellers();
    await populate(sellers, LIVES);
    const sensitive = {
      add: [{ class: 'health' as const, items: ['saw' as never], paths: [] }],
      except: [],
      neverInContext: [],
    };
    const terms = { with: ['lamps'] };
    await sellers.tools.engine.usePolicy(policyWith(sellers.tools, terms, { sensitive }));
    await agree(sellers.lamps);
    await sellers.settle();
    expect(await countedBy(sellers.pool)).toContain('"nail"');
    expect(await countedBy(sellers.pool)).not.toContain('"saw"');
    const orders = Array.from({ length: 1100 }, (_, n) => `thing-${n}`);
    await allow(sellers.tools, 'robot', ['pool', 'improve']);
    for (let from = 0; from < orders.length; from += 100)
      await buy(sellers.tools, 'robot', orders.slice(from, from + 100));
    await sellers.settle();
    expect(await countedBy(sellers.pool)).not.toContain('thing-');
    await sellers.close();
  });
});

describe('what is missing', () => {
  const [lamps, tools, books] = ['lamps', 'tools', 'books'].map(controllerId) as [
    ControllerId,
    ControllerId,
    ControllerId,
  ];
  const said = (terms: Readonly<Record<string, Pick<JointTerms, 'with' | 'items'>>>) =>
    missing([lamps, tools, books], (name) => terms[name]);
  const all = {
    lamps: { with: [books, tools], items: 'id' },
    tools: { with: [books, lamps], items: 'id' },
    books: { with: [lamps, tools], items: 'id' },
  } as const;

  it('[E140] is nothing when each names all others, and things in one way', () => {
    expect(said(all)).toEqual([]);
  });

  it('[E140] is every word that one of them, whichever, has not said', () => {
    expect(said({ ...all, tools: { with: [lamps], items: 'id' } })).toEqual(['tools does not name books']);
    expect(said({ ...all, books: { with: [lamps], items: 'id' } })).toEqual(['books does not name tools']);
    const { books: _books, ...two } = all;
    expect(said(two)).toEqual(['books does not name lamps', 'books does not name tools']);
    expect(said({ ...all, books: { with: [lamps, tools], items: 'gtin' } })).toEqual([
      'books has things in common by gtin, lamps does not',
    ]);
    const more = { with: [lamps, tools, controllerId('bazaar')], items: 'id' } as const;
    expect(said({ ...all, books: more })).toEqual(['books names bazaar, who is not in the group']);
  });
});
