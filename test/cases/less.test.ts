// "Less of this", and he means it. Tom has seen enough thrillers. He says so, and a shop that listens takes
// the film away and does not offer him the next one of its kind, not even when he looks at one by mistake.
// Saying no is worth more than having once looked: a look is a moment, a no is a wish.
//
// Stands for C1 (control), P3 (right message, or nothing) and L6 (fatigue). A word about a whole kind,
// without naming two things of it, completes this case.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY_MS } from '../../src/kernel/time.ts';
import {
  consentLine,
  decideAt,
  did,
  factsBehind,
  itemsOf,
  knownOf,
  pathOf,
  whyOf,
} from './support/people.ts';
import { SLOTS } from './support/settings.ts';
import { type Town, openTown, stockShop } from './support/town.ts';

/** The kind he has seen enough of, and what those who like it buy as well. */
const [FIRST, SECOND, THIRD] = ['thriller-fog', 'thriller-harbour', 'thriller-signal'] as const;
const THRILLERS: readonly string[] = [FIRST, SECOND, THIRD];
const SNACKS = ['snack-liquorice', 'snack-crisps'] as const;

describe('less of this', () => {
  let town: Town;
  beforeAll(async () => {
    town = await openTown();
    await stockShop(town, [
      ...THRILLERS.map((id) => ({ id, title: `The ${id}`, path: ['Films', 'Dark nights'] })),
      ...SNACKS.map((id) => ({ id, title: `The ${id}`, path: ['Snacks', id] })),
    ]);
    for (let n = 0; n < 24; n += 1) {
      const person = `fan-${n}`;
      const seen = THRILLERS.filter((_, at) => (at + n) % 4 !== 0);
      await town.send([
        consentLine(person),
        did({ person, kind: 'purchase', items: [...seen, ...SNACKS], source: 'town-till' }),
      ]);
    }
    await town.learn();
  });
  afterAll(() => town.close());

  /** Somebody of whom the shop knows that they like such films. */
  async function fan(person: string): Promise<void> {
    await town.send([
      consentLine(person),
      did({ person, kind: 'purchase', items: [SNACKS[0]] }),
      did({ person, kind: 'view', items: [FIRST] }),
    ]);
  }
  const listOf = async (person: string): Promise<readonly string[]> => {
    const lists = [];
    for (const slot of [SLOTS.home, SLOTS.advert, SLOTS.letter, SLOTS.livingRoom]) {
      lists.push(...itemsOf(await decideAt(town, { slot, person })));
    }
    return lists;
  };
  const look = (person: string, item: string): Promise<unknown> =>
    town.send(Array.from({ length: 6 }, () => did({ person, kind: 'view', items: [item] })));
  const dislike = (person: string, dislikes: string): Promise<unknown> =>
    town.send([did({ person, kind: 'declare', traits: { dislikes } })]);

  it('takes the thing away at once, everywhere, and more looks do not bring it back', async () => {
    await fan('case-tom');
    expect(await listOf('case-tom')).toContain(FIRST);
    await dislike('case-tom', FIRST);
    expect(await listOf('case-tom')).not.toContain(FIRST);
    await look('case-tom', FIRST);
    expect(await listOf('case-tom')).not.toContain(FIRST);
    town.pass(200 * DAY_MS);
    expect(await listOf('case-tom')).not.toContain(FIRST);
  });

  it('what he does not want no longer speaks for others, however often he looked at it', async () => {
    await fan('case-theo');
    await look('case-theo', FIRST);
    expect(factsBehind(await decideAt(town, { slot: SLOTS.home, person: 'case-theo' }))).toContain(FIRST);
    await dislike('case-theo', FIRST);
    await look('case-theo', FIRST);
    const list = await decideAt(town, { slot: SLOTS.home, person: 'case-theo' });
    expect(factsBehind(list)).not.toContain(FIRST);
    const { items } = await whyOf(town, list);
    const spoke = items.flatMap(({ contributions }) => contributions.map(({ of }) => of));
    expect(spoke.filter((of) => of.includes(FIRST))).toEqual([]);
    // It is still his: he can see what he said, and what he looked at.
    const kinds = (await knownOf(town, 'case-theo')).facts.map(({ kind }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['dislikes', 'viewed']));
  });

  it('said of two things of a kind it is about the kind: none of it comes, also when looked at', async () => {
    await fan('case-timo');
    expect((await listOf('case-timo')).filter((item) => THRILLERS.includes(item)).length).toBeGreaterThan(1);
    await dislike('case-timo', `${FIRST}, ${SECOND}`);
    await look('case-timo', THIRD);
    expect((await listOf('case-timo')).filter((item) => THRILLERS.includes(item))).toEqual([]);
    expect(await listOf('case-timo'), 'what is no film stays').toContain(SNACKS[1]);
    town.pass(200 * DAY_MS);
    expect((await listOf('case-timo')).filter((item) => THRILLERS.includes(item))).toEqual([]);
  });

  it('is his word alone: he takes it back by setting it aside, and the next list knows', async () => {
    await fan('case-tilda');
    await dislike('case-tilda', `${FIRST}, ${SECOND}`);
    expect((await listOf('case-tilda')).filter((item) => THRILLERS.includes(item))).toEqual([]);
    const { facts } = await knownOf(town, 'case-tilda');
    const said = facts.find(({ kind, item }) => kind === 'dislikes' && item === SECOND);
    const as = await town.token('case-tilda');
    const body = { fact: said?.['key'], restricted: true };
    const { status } = await town.ask('PUT', `${pathOf('case-tilda')}/restrictions`, { as, body });
    expect(status).toBe(200);
    const list = await listOf('case-tilda');
    expect(list).toEqual(expect.arrayContaining([SECOND, THIRD]));
    expect(list).not.toContain(FIRST);
  });

  it('a thing waved away is gone for a month, and of its kind when two were', async () => {
    await fan('case-tess');
    await town.send([did({ person: 'case-tess', kind: 'dismiss', items: [SECOND] })]);
    await look('case-tess', SECOND);
    const list = await listOf('case-tess');
    expect(list).not.toContain(SECOND);
    expect(list, 'one is one').toContain(FIRST);
    await town.send([did({ person: 'case-tess', kind: 'dismiss', items: [THIRD] })]);
    expect((await listOf('case-tess')).filter((item) => THRILLERS.includes(item))).toEqual([]);
    town.pass(29 * DAY_MS);
    expect((await listOf('case-tess')).filter((item) => THRILLERS.includes(item))).toEqual([]);
  });

  it('tells nobody but him: the list says nothing of what was taken away', async () => {
    await fan('case-tara');
    await dislike('case-tara', `${FIRST}, ${SECOND}`);
    const list = await decideAt(town, { slot: SLOTS.home, person: 'case-tara' });
    expect(JSON.stringify(list)).not.toMatch(/dislike|thriller/);
    const why = await whyOf(town, list, await town.token('case-tara'));
    expect((why.held ?? []).map(({ guard }) => guard)).toContain('disliked');
  });
});
