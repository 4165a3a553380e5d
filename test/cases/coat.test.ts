// The coat. Lena buys a winter coat and would like to see gloves, a hat and a scarf beside it. She has no
// cat; cat food beside a coat would tell her that nobody is listening. And one coat is enough: nobody shows
// her another.
//
// Stands for P4 (complements) and P3 (right message, or nothing).

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { consentLine, decideAt, did, factsBehind, itemsOf, leafOf, shelvesOf } from './support/people.ts';
import { type Town, openTown } from './support/town.ts';

const COAT = 'coat-harbour-wool';
const GOES_WITH_IT = ['Gloves', 'Hats', 'Scarves'];

describe('the coat', () => {
  let town: Town;
  beforeAll(async () => {
    // As many people as the demo has: what goes with what is learned, and needs them.
    town = await openTown({ people: 2000, days: 180 });
    await town.send([
      consentLine('case-lena'),
      did({ person: 'case-lena', kind: 'view', items: [COAT] }),
      did({ person: 'case-lena', kind: 'purchase', items: [COAT] }),
      // Her neighbour has the same coat, and a cat.
      consentLine('case-otto'),
      did({ person: 'case-otto', kind: 'purchase', items: ['cat-food-salmon-dry', 'cat-litter-wood'] }),
      did({ person: 'case-otto', kind: 'purchase', items: [COAT] }),
    ]);
  });
  afterAll(() => town.close());

  it('leads to gloves, a hat, a scarf', async () => {
    const beside = await decideAt(town, { slot: 'product', person: 'case-lena', context: { items: [COAT] } });
    const leaves = itemsOf(beside).map(leafOf);
    expect(leaves).toContain('Gloves');
    // Of the three that belong to it at least two; which is third differs from one half-year to the next.
    expect(GOES_WITH_IT.filter((leaf) => leaves.includes(leaf)).length, leaves.join()).toBeGreaterThan(1);
  });

  it('never leads to cat food, also for somebody with a cat', async () => {
    for (const person of ['case-lena', 'case-otto', undefined]) {
      const beside = await decideAt(town, {
        slot: 'product',
        context: { items: [COAT] },
        ...(person === undefined ? {} : { person }),
      });
      expect(itemsOf(beside).length, person).toBeGreaterThan(0);
      for (const item of itemsOf(beside)) expect(shelvesOf(item)[0], `${person}: ${item}`).toBe('Clothing');
    }
  });

  it('on the home page draws what goes with it, and no second coat of the same', async () => {
    const home = await decideAt(town, { slot: 'home', person: 'case-lena' });
    expect(factsBehind(home)).toContain(COAT);
    expect(itemsOf(home)).not.toContain(COAT);
    expect(itemsOf(home).slice(0, 5).map(leafOf)).toContain('Gloves');
    for (const item of itemsOf(home).slice(0, 10)) expect(shelvesOf(item)[0], item).not.toBe('Pets');
  });

  it('rather shows nothing than something unrelated', async () => {
    const alone = await decideAt(town, { slot: 'product', person: 'case-lena' });
    expect(itemsOf(alone)).toEqual([]);
    expect(alone.nothing).toBe('nothing-fits');
  });
});
