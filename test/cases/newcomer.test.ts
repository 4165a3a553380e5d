// The newcomer without consent. Hana comes in for the first time, has answered no notice and looks around.
// She should find a shop that is worth looking at, because a good shop needs to know nothing about her. When
// she leaves, nothing of her stays: no name, no key, not the things she looked at.
//
// Stands for L1 (purpose), L7 (frugality) and P3 (a good answer also for nobody in particular).

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  consentLine,
  decideAt,
  did,
  factsBehind,
  figure,
  itemsOf,
  knownOf,
  leafOf,
  shelvesOf,
  shown,
  statusOf,
  whyOf,
} from './support/people.ts';
import { SLOTS } from './support/settings.ts';
import { type Town, openTown } from './support/town.ts';

const LOOKED_AT = ['cat-food-salmon-dry', 'cat-litter-clay', 'cat-toy-mouse'];

describe('the newcomer without consent', () => {
  let town: Town;
  beforeAll(async () => {
    town = await openTown();
  });
  afterAll(() => town.close());

  it('is shown a good general list, the one that nobody in particular is shown', async () => {
    const hers = await decideAt(town, { slot: SLOTS.home, person: 'case-hana' });
    expect(itemsOf(hers).length).toBe(20);
    expect(shown(hers)).toEqual(shown(await decideAt(town, { slot: SLOTS.home })));
    // A bit of everything, and nothing that would make a stranger wonder why.
    expect(new Set(itemsOf(hers).map(leafOf)).size).toBeGreaterThanOrEqual(7);
    for (const item of itemsOf(hers)) {
      expect(['Baby', 'Pharmacy'], item).not.toContain(shelvesOf(item)[0]);
    }
  });

  it('sees what goes with the thing in front of her, without being known', async () => {
    const context = { items: ['shoes-road-swift'] };
    const beside = await decideAt(town, { slot: SLOTS.product, person: 'case-hana', context });
    expect(itemsOf(beside).length).toBeGreaterThan(0);
    for (const { reasons } of beside.items) {
      for (const { kind } of reasons) expect(['context', 'prior', 'rest']).toContain(kind);
    }
  });

  it('leaves nothing: not what she looked at, not a key, and the next list is the same', async () => {
    const people = await figure(town, 'fineline_people');
    const before = shown(await decideAt(town, { slot: SLOTS.home, person: 'case-hana' }));
    const looks = Array.from({ length: 5 }, () =>
      did({ person: 'case-hana', kind: 'view', items: LOOKED_AT }),
    );
    const taken = await town.send([...looks, did({ person: 'case-hana', kind: 'click', items: LOOKED_AT })]);
    expect(taken).toMatchObject({ accepted: 0, refused: { 'no-grant': 6 } });
    expect(await statusOf(town, 'case-hana')).toBe(404);
    // As many more as would be seen in a figure that counts in steps.
    const others = Array.from({ length: 40 }, (_, n) => `case-passing-${n}`);
    await town.send(others.map((person) => did({ person, kind: 'view', items: LOOKED_AT })));
    expect(await figure(town, 'fineline_people')).toBe(people);
    const after = await decideAt(town, { slot: SLOTS.home, person: 'case-hana' });
    expect(shown(after)).toEqual(before);
    expect(await whyOf(town, after, 'officer')).toMatchObject({ refused: 'no-such-person', reads: [] });
  });

  it('is not remembered for what came before she said yes', async () => {
    await town.send([consentLine('case-hana')]);
    expect((await knownOf(town, 'case-hana')).facts).toEqual([]);
    const first = await decideAt(town, { slot: SLOTS.home, person: 'case-hana' });
    expect(factsBehind(first)).toEqual([]);
    await town.send([did({ person: 'case-hana', kind: 'view', items: LOOKED_AT })]);
    const second = await decideAt(town, { slot: SLOTS.home, person: 'case-hana' });
    expect(factsBehind(second).length).toBeGreaterThan(0);
  });

  it('who refused everything and orders all the same gets the order, and the general list', async () => {
    await town.send([consentLine('case-ben', { state: 'refused' })]);
    const taken = await town.send([
      did({ person: 'case-ben', kind: 'purchase', items: ['cat-food-salmon-dry'] }),
      did({ person: 'case-ben', kind: 'view', items: LOOKED_AT }),
    ]);
    expect(taken).toMatchObject({ accepted: 1, refused: { 'no-grant': 1 } });
    const his = await decideAt(town, { slot: SLOTS.home, person: 'case-ben' });
    expect(shown(his)).toEqual(shown(await decideAt(town, { slot: SLOTS.home })));
    expect(itemsOf(await decideAt(town, { slot: SLOTS.letter, person: 'case-ben' }))).toEqual([]);
  });
});
