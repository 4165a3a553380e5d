// The girl of fifteen. Deniz has told the shop her year of birth and tapped "yes" to everything. In most
// countries that yes is not hers to give alone, so the shop serves her orders and shows her what it shows
// anybody, without a profile behind it. No wine, nothing that touches health or love, and nobody writes to
// her.
//
// Stands for L2 (sensitive inference, minors) and C5 (the law of the place). A way for a guardian to consent
// completes this case; until then nobody's word opens it.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  NOTICE,
  allowedOf,
  consentLine,
  decideAt,
  did,
  factsBehind,
  itemsOf,
  knownOf,
  pathOf,
  shelvesOf,
  shown,
  whyOf,
} from './support/people.ts';
import { SLOTS } from './support/settings.ts';
import { type Town, openTown, stockShop } from './support/town.ts';

const WINE = 'wine-red-harbour';
const OFF_LIMITS = ['Family planning', 'Diabetes care', 'Health', 'Baby'];

describe('the girl of fifteen', () => {
  let town: Town;
  beforeAll(async () => {
    town = await openTown();
    // Alcohol on the shelves, bought by half the street together with what she likes. What it is stands there
    // only after it was learned from, so that it is known to the model when she looks.
    await stockShop(town, [{ id: WINE, title: 'Harbour hill 2024', path: ['Grocery', 'Drinks', 'Hills'] }]);
    for (let n = 0; n < 30; n += 1) {
      const person = `wine-buyer-${n}`;
      await town.send([
        consentLine(person),
        did({ person, kind: 'purchase', items: [WINE, 'popcorn-salt', 'film-pip-the-robot'] }),
      ]);
    }
    await town.learn();
    expect(itemsOf(await decideAt(town, { slot: SLOTS.home }))).toContain(WINE);
    await stockShop(town, [
      { id: WINE, title: 'Red wine, Harbour hill 2024', path: ['Grocery', 'Drinks', 'Wine'] },
    ]);
  });
  afterAll(() => town.close());

  /** Somebody who says yes to everything, has bought two things, and then tells age and country. */
  async function comesIn(person: string, ageTurningThisYear: number, country: string): Promise<void> {
    const birthYear = new Date(town.nowMs()).getUTCFullYear() - ageTurningThisYear;
    await town.send([consentLine(person), did({ person, kind: 'declare', traits: { birthYear, country } })]);
    await town.send([
      did({ person, kind: 'purchase', items: ['film-pip-the-robot', 'popcorn-salt'], source: 'town-till' }),
    ]);
  }
  const openTo = async (person: string): Promise<ReadonlySet<string>> =>
    new Set((await allowedOf(town, person)).allowed.flatMap((row) => (row.allowed ? [row.purpose] : [])));

  it('in Turkey and Germany has no profile, whatever she tapped: she sees what anybody sees', async () => {
    for (const country of ['TR', 'DE']) {
      const person = `case-deniz-${country}`;
      await comesIn(person, 15, country);
      expect([...(await openTo(person))], country).toEqual(['serve']);
      const hers = await decideAt(town, { slot: SLOTS.home, person });
      expect(shown(hers)).toEqual(shown(await decideAt(town, { slot: SLOTS.home })));
      expect(await whyOf(town, hers)).toMatchObject({ refused: 'minor', reads: [] });
      const taken = await town.send([did({ person, kind: 'view', items: ['skates-lake'] })]);
      expect(taken, country).toMatchObject({ accepted: 0, refused: { minor: 1 } });
      // Her order is served: that needs no profile.
      const known = JSON.stringify((await knownOf(town, person)).facts);
      expect(known).toContain('film-pip-the-robot');
      expect(known).not.toContain('skates-lake');
    }
  });

  it('in Austria, where fourteen is enough, her own yes counts, and still nobody writes to her', async () => {
    await comesIn('case-deniz-AT', 15, 'AT');
    expect(factsBehind(await decideAt(town, { slot: SLOTS.home, person: 'case-deniz-AT' }))).not.toEqual([]);
    for (const slot of [SLOTS.advert, SLOTS.email, SLOTS.letter]) {
      const answer = await decideAt(town, { slot, person: 'case-deniz-AT' });
      expect(factsBehind(answer), slot).toEqual([]);
      expect(await whyOf(town, answer), slot).toMatchObject({ refused: 'minor', reads: [] });
      if (slot !== SLOTS.advert) expect(itemsOf(answer), slot).toEqual([]);
    }
  });

  it('may be younger than she can be by her year of birth alone: it counts as the younger', async () => {
    // Sixteen this year, in Germany: perhaps still fifteen.
    await comesIn('case-deniz-16', 16, 'DE');
    expect([...(await openTo('case-deniz-16'))]).toEqual(['serve']);
    await comesIn('case-deniz-18', 18, 'DE');
    expect([...(await openTo('case-deniz-18'))]).toContain('recommend');
  });

  it('who tells her age later is a child from the next list on', async () => {
    await town.send([
      consentLine('case-later'),
      did({ person: 'case-later', kind: 'purchase', items: ['popcorn-salt', 'film-pip-the-robot'] }),
    ]);
    expect(factsBehind(await decideAt(town, { slot: SLOTS.home, person: 'case-later' }))).not.toEqual([]);
    const birthYear = new Date(town.nowMs()).getUTCFullYear() - 15;
    await town.send([did({ person: 'case-later', kind: 'declare', traits: { birthYear } })]);
    expect(factsBehind(await decideAt(town, { slot: SLOTS.home, person: 'case-later' }))).toEqual([]);
  });

  it('is not made older by somebody else, nor by a second birth year', async () => {
    await comesIn('case-deniz-two', 15, 'DE');
    const grants = [{ category: 'purchases', purpose: 'recommend', state: 'given' }];
    for (const as of ['officer', 'admin']) {
      const { status } = await town.ask('PUT', `${pathOf('case-deniz-two')}/consent`, {
        as,
        body: { grants, notice: NOTICE, method: 'officer' },
      });
      expect(status).toBe(200);
    }
    const traits = { birthYear: 1990 };
    await town.send([did({ person: 'case-deniz-two', kind: 'declare', source: 'town-app', traits })]);
    expect([...(await openTo('case-deniz-two'))]).toEqual(['serve']);
  });

  it('sees no alcohol and nothing sensitive, in any country, nor does anybody else in a list', async () => {
    for (const person of ['case-deniz-TR', 'case-deniz-DE', 'case-deniz-AT', undefined]) {
      for (const slot of [SLOTS.home, SLOTS.advert, SLOTS.product, SLOTS.reward]) {
        // Things that go with something in a town of two hundred: a drink, and what to bake with.
        const context = { items: ['ginger-snaps', 'book-bread-patience'] };
        const list = itemsOf(
          await decideAt(town, { slot, context, ...(person === undefined ? {} : { person }) }),
        );
        expect(list.length, slot).toBeGreaterThan(0);
        expect(list, `${person} ${slot}`).not.toContain(WINE);
        for (const item of list) {
          expect(
            shelvesOf(item).filter((shelf) => OFF_LIMITS.includes(shelf)),
            item,
          ).toEqual([]);
        }
      }
    }
  });
});
