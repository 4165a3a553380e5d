// Goal: two sellers learn together when everybody concerned has said yes, and then only what each of them
// may; without one of the yeses it is as if there were no other. Method: two engines in memory, and worlds
// that differ in one word.

import { describe, expect, it } from 'vitest';
import { ASKED, LIVES, life, learn, world, jointOf } from '../../test/support/joint-story.ts';
import {
  type Sellers,
  allow,
  buy,
  countedBy,
  listOf,
  openSellers,
  otherOf,
  policyWith,
  sells,
  shown,
  stateOf,
} from '../../test/support/joint.ts';
import { explained } from '../facts/decision.ts';
import { decodeModel } from '../facts/model.ts';
import { documentLeafOf } from '../prove/leaf.ts';
import { fromHex } from '../kernel/bytes.ts';

describe('with every yes', () => {
  it('[E140] a seller is handed what the other’s people know, between their own things alone', async () => {
    const sellers = await world();
    expect(await listOf(sellers.lamps, 'ann')).toContain('glove');
    expect(jointOf(sellers.lamps)?.itemIds).toEqual(['coat', 'glove', 'needle', 'wool']);
    expect(jointOf(sellers.tools)?.itemIds).toEqual(['coat', 'glove', 'nail', 'saw']);
    // Who knows all of it by themselves borrows nothing, and their decisions name nothing.
    expect(sellers.tools.engine.core.shelves.current().shelf.joint).toBe('');
    expect(jointOf(sellers.lamps)?.people.every((count) => count === 0)).toBe(true);
    await sellers.close();
  });

  it('[E142] the decision names the model, says with whom it was learned, and is replayed', async () => {
    const sellers = await world();
    const { engine, memory } = sellers.lamps;
    const decided = await shown(sellers.lamps, 'ann');
    const joint = jointOf(sellers.lamps);
    expect(decided.record.input.joint).toBe(joint?.id);
    const found = (await engine.find(decided.decision))!;
    const why = await engine.why(found);
    expect(why.learnedWith).toEqual(['tools']);
    const glove = explained(why.result).find(({ item }) => item === 'glove');
    expect(glove?.contributions).toMatchObject([{ kind: 'fact', of: 'bought|lamps-till|coat', joint: true }]);
    const bytes = await memory.world.documents.get('joint', joint?.id ?? '');
    expect(decodeModel(bytes!)).toMatchObject({ ok: true, value: { id: joint?.id } });
    await engine.maintain();
    const leaf = documentLeafOf(fromHex(joint?.id ?? '')!);
    expect(await memory.world.log.inclusion(leaf)).toBeDefined();
    // Also when the other has left in the meantime.
    await sellers.tools.engine.usePolicy(policyWith(sellers.tools, undefined));
    expect(jointOf(sellers.lamps)).toBeUndefined();
    expect(await engine.replay(found)).toMatchObject({ same: true });
    expect((await engine.why(found)).learnedWith).toEqual(['tools']);
    expect((await shown(sellers.lamps, 'ann')).record.input.joint).toBeUndefined();
    await sellers.close();
  });

  it('[E142] what the shop’s own people say is not overruled', async () => {
    const own = [1, 2, 3].map((n) => life('lamps', `own-${n}`, ['coat', 'scarf', 'glove']));
    const sellers = await world([...LIVES, ...own]);
    const decided = await shown(sellers.lamps, 'ann');
    const why = await sellers.lamps.engine.why((await sellers.lamps.engine.find(decided.decision))!);
    for (const { contributions } of explained(why.result))
      expect(contributions.every(({ joint }) => joint === undefined)).toBe(true);
    await sellers.close();
  });

  it('[E141] things are the same by their GTIN, and what has none stays at its seller', async () => {
    const gtins = {
      lamps: ['4006381333931', '73513537', 'wool'],
      tools: ['04006381333931', '00000073513537', 'saw'],
    };
    const sellers = await openSellers();
    for (const name of ['lamps', 'tools'] as const) {
      await sells(sellers[name], gtins[name]);
      for (const n of [1, 2, 3]) {
        if (name === 'lamps' && n > 1) continue;
        await allow(sellers[name], `${name}-${n}`, ['pool', 'improve']);
        await buy(sellers[name], `${name}-${n}`, name === 'lamps' ? ['4006381333931'] : gtins.tools);
      }
      const joint = { with: [otherOf(name)], items: 'gtin' } as const;
      await sellers[name].engine.usePolicy(policyWith(sellers[name], joint));
    }
    await sellers.settle();
    await learn(sellers);
    expect(jointOf(sellers.lamps)?.itemIds).toEqual(['4006381333931', '73513537']);
    expect(await listOf(sellers.lamps, 'lamps-1')).toEqual(['73513537']);
    expect(await countedBy(sellers.pool)).not.toMatch(/saw|wool/);
    await sellers.close();
  });
});

describe('without one of them', () => {
  const silent = (sellers: Sellers): void => {
    for (const { engine } of [sellers.lamps, sellers.tools])
      expect(engine.core.shelves.current().shelf.joint).toBe('');
  };
  const states = async ({ lamps, tools }: Sellers): Promise<readonly string[]> => [
    await stateOf(lamps, ASKED),
    await stateOf(tools, ASKED),
  ];
  /** As two who never heard of each other. */
  const apart = async (lives = LIVES): Promise<readonly string[]> => {
    const sellers = await world(lives, { agreeing: [], group: ['lamps', 'nobody'] });
    const found = await states(sellers);
    await sellers.close();
    return found;
  };

  it.each([
    ['the policy of one', { agreeing: ['lamps'] }],
    ['the policy of the other', { agreeing: ['tools'] }],
    ['both policies', { agreeing: [] }],
    ['the market’s file', { group: ['lamps', 'nobody'] }],
    ['a notice that names the partner', { notices: { lamps: ['books'], tools: ['books'] } }],
  ])(
    '[E140] %s: statistics, models and answers are, to the byte, those of two apart',
    async (_what, options) => {
      const sellers = await world(LIVES, options);
      silent(sellers);
      expect(await countedBy(sellers.pool)).toBe('');
      expect(await states(sellers)).toEqual(await apart());
      await sellers.close();
    },
  );

  it('[E140] and with every yes they would be others: the sameness says something', async () => {
    const sellers = await world();
    const [lamps, tools] = await states(sellers);
    const [lampsApart, toolsApart] = await apart();
    expect(lamps).not.toBe(lampsApart);
    // Who has enough people of their own is served as before.
    expect(tools).toBe(toolsApart);
    await sellers.close();
  });

  it.each([
    ['of the people of one', (name: string) => name === 'tools'],
    ['of all people', () => true],
  ])('[E141] the yes %s to learning together: nothing is learned from them', async (_what, isSilent) => {
    const lives = LIVES.map((one) => (isSilent(one.name) ? { ...one, yes: ['improve'] as const } : one));
    const sellers = await world(lives);
    silent(sellers);
    expect(await countedBy(sellers.pool)).not.toContain('tools');
    expect(await states(sellers)).toEqual(await apart());
    await sellers.close();
  });

  it('[E141] a yes to learning together without one to learning counts nobody', async () => {
    const lives = LIVES.map((one) => (one.name === 'tools' ? { ...one, yes: ['pool'] as const } : one));
    const sellers = await world([
      ...lives,
      ...[6, 7, 8].map((n) => life('tools', `t-${n}`, ['saw', 'nail'])),
    ]);
    expect(await countedBy(sellers.pool)).toContain('"tools"\npeople 3\n');
    await sellers.close();
  });

  it('[E140] an engine that is closed, or was never opened, is no member', async () => {
    const sellers = await world();
    expect(jointOf(sellers.lamps)).toBeDefined();
    await sellers.tools.memory.close();
    expect(jointOf(sellers.lamps)).toBeUndefined();
    expect(await countedBy(sellers.pool)).toBe('');
    expect(await listOf(sellers.lamps, 'ann')).not.toContain('glove');
    await sellers.lamps.memory.close();
  });
});
