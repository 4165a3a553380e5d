// Goal: an officer sees what nobody can tell, settles it in the policy, and while unmapped things are held
// nobody is shown one. Method: the whole engine in memory, a small stock.

import { describe, expect, it } from 'vitest';
import {
  type House,
  allowAll,
  buy,
  decide,
  item,
  itemId,
  itemsOf,
  openHouse,
  stock,
} from '../../test/support/house.ts';
import { policyIn } from '../../test/support/policies.ts';

const ODD = ['tea-1', 'tea-2'];

/** The stock of the house, of which two teas say nothing that anybody could read. */
async function house(sensitive: object = {}): Promise<House> {
  const made = await openHouse();
  await stock(made);
  await made.engine.putItems([
    ...ODD.map((id) => item(id, ['Чай'], { title: id, unmapped: 'script' })),
    item('4711', [], { title: '4711', unmapped: 'no-word' }),
    item('wine', ['Food', 'Wine'], { title: 'Rotwein', sensitive: 'alcohol' }),
  ]);
  await made.engine.usePolicy(policyIn({ sensitive }));
  await made.engine.learn();
  return made;
}

async function shownTo(made: House, who: string): Promise<readonly string[]> {
  await allowAll(made, who);
  await buy(made, who, ['tea-3']);
  return itemsOf(await decide(made, who));
}

function oddIn(seen: readonly string[]): string | undefined {
  return seen.find((id) => ODD.includes(id));
}

describe('what nobody can tell', () => {
  it('[E100] is listed by category, with counts and titles, things without one by themselves', async () => {
    const { engine } = await house();
    expect(engine.review()).toMatchObject({
      rule: 'show',
      classed: 1,
      unmapped: 3,
      reviewed: 0,
      paths: [{ path: 'Чай', things: 2, why: 'script', examples: ODD }],
      pathsTotal: 1,
      items: [{ item: '4711', title: '4711', why: 'no-word' }],
      itemsTotal: 1,
    });
  });

  it('[E100] goes off the list when the policy names its class, or that somebody looked', async () => {
    const { engine } = await house({
      add: [{ class: 'health', paths: ['Чай'] }],
      reviewed: { items: ['4711'] },
    });
    expect(engine.review()).toMatchObject({ classed: 3, unmapped: 0, reviewed: 1, paths: [], items: [] });
  });

  it('[E100] of one thing it says the class, the evidence and what the policy makes of it', async () => {
    const { engine } = await house({
      except: [{ class: 'alcohol', paths: ['Food'], reason: 'grape juice' }],
    });
    expect(engine.thing(itemId('wine'))).toEqual({
      item: 'wine',
      title: 'Rotwein',
      path: 'Food > Wine',
      found: { class: 'alcohol', by: 'title', text: 'Rotwein', word: 'rotwein', language: 'de' },
      reviewed: false,
    });
    expect(engine.thing(itemId('tea-1'))).toMatchObject({ unmapped: 'script', reviewed: false });
    expect(engine.thing(itemId('nothing-of-the-kind'))).toBeUndefined();
  });

  it('[E101] is shown to nobody and learned from by nothing while it is held', async () => {
    const shown = await house();
    expect(ODD).toContainEqual(oddIn(await shownTo(shown, 'ann')));
    const held = await house({ unmapped: 'hold' });
    const seen = await shownTo(held, 'ann');
    expect(seen.length).toBeGreaterThan(0);
    for (const id of ODD) {
      expect(seen).not.toContain(id);
      expect(held.engine.core.shelves.sensitiveOf(itemId(id))).toBe('unknown');
    }
    const looked = await house({ unmapped: 'hold', reviewed: { paths: ['Чай'] } });
    expect(ODD).toContainEqual(oddIn(await shownTo(looked, 'ann')));
  });
});
