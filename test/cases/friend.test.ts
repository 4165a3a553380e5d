// The friend who erases himself. Jonas and Mia have shopped together for years; now Jonas wants to be
// forgotten. He must be found nowhere afterwards, not when the shop sends last year's orders again and not
// because Mia is still there. And Mia, who stays, must not lose anything with him.
//
// Stands for C3 (rights: erasure, from learned models too), C4 (proof) and L1.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  NOTICE,
  consentLine,
  decideAt,
  did,
  exportOf,
  factsBehind,
  itemsOf,
  knownOf,
  pathOf,
  shown,
  statusOf,
} from './support/people.ts';
import { SLOTS } from './support/settings.ts';
import { type Town, openTown, stockShop } from './support/town.ts';

const JONAS = 'case-jonas-who-leaves';
const MIA = 'case-mia-who-stays';
/** Bought by three people: with one gone, too few to be spoken of. */
const RARE = 'clockwork-tram';
const SHARED = ['shoes-trail-ibex', 'socks-run-merino'];

describe('the friend who erases himself', () => {
  let town: Town;
  const his = [
    did({ person: JONAS, kind: 'purchase', items: [RARE, ...SHARED] }),
    did({ person: JONAS, kind: 'view', items: ['running-lights', 'poles-folding'] }),
    did({ person: JONAS, kind: 'declare', traits: { likes: 'headlamp-200', language: 'de' } }),
  ];
  const hers = [
    did({ person: MIA, kind: 'purchase', items: SHARED }),
    did({ person: MIA, kind: 'view', items: ['running-lights'] }),
  ];
  beforeAll(async () => {
    town = await openTown();
    await stockShop(town, [{ id: RARE, title: 'Clockwork tram', path: ['Toys', 'Tin toys'] }]);
    for (const person of ['rare-1', 'rare-2']) {
      await town.send([
        consentLine(person),
        did({ person, kind: 'purchase', items: [RARE, ...SHARED], source: 'town-till' }),
      ]);
    }
    await town.send([consentLine(JONAS), consentLine(MIA), ...his, ...hers]);
    await town.learn();
  });
  afterAll(() => town.close());

  const rareToMia = async (): Promise<readonly string[]> =>
    itemsOf(await decideAt(town, { slot: SLOTS.home, person: MIA }));

  it('is nowhere, and what only he made known is said of nobody', async () => {
    expect(await rareToMia(), 'known while three have bought it').toContain(RARE);
    expect(factsBehind(await decideAt(town, { slot: SLOTS.home, person: JONAS }))).not.toEqual([]);
    const before = {
      known: (await knownOf(town, MIA)).facts,
      journal: (await exportOf(town, MIA)).journal.filter(({ kind }) => kind !== 'decision').length,
    };
    const erased = await town.ask('DELETE', pathOf(JONAS), { as: await town.token(JONAS) });
    expect(erased.status, erased.text).toBe(200);
    expect(erased.text).toContain('receipt');
    for (const path of ['', '/consent', '/export']) {
      expect((await town.ask('GET', `${pathOf(JONAS)}${path}`, { as: 'officer' })).status, path).toBe(410);
    }
    const now = await decideAt(town, { slot: SLOTS.home, person: JONAS });
    expect(shown(now)).toEqual(shown(await decideAt(town, { slot: SLOTS.home })));
    // At once, before anybody learns again.
    expect(await rareToMia()).not.toContain(RARE);
    await town.learn();
    expect(await rareToMia()).not.toContain(RARE);
    expect((await knownOf(town, MIA)).facts).toEqual(before.known);
    const journal = (await exportOf(town, MIA)).journal.filter(({ kind }) => kind !== 'decision');
    expect(journal.length).toBeGreaterThanOrEqual(Math.min(before.journal, 1));
  });

  it('who stays is served as before, by all that is hers', async () => {
    const list = await decideAt(town, { slot: SLOTS.home, person: MIA });
    expect(factsBehind(list).filter((item) => SHARED.includes(item))).not.toEqual([]);
    const told = JSON.stringify([await knownOf(town, MIA), await exportOf(town, MIA)]);
    expect(told).not.toContain(JONAS);
  });

  it('does not come back with a re-import, nor by the word of the shop', async () => {
    const again = await town.send([consentLine(JONAS), ...his, ...hers]);
    expect(again).toMatchObject({ accepted: 0, consents: 0, repeated: hers.length });
    expect(again.refused['suppressed']).toBeGreaterThanOrEqual(his.length);
    const grants = [{ category: 'purchases', purpose: 'recommend', state: 'given' }];
    for (const as of ['collect', 'officer', 'admin'] as const) {
      const answer = await town.ask('PUT', `${pathOf(JONAS)}/consent`, {
        as,
        body: { grants, notice: NOTICE },
      });
      expect(answer.status, as).toBe(410);
    }
    await town.learn();
    expect(await statusOf(town, JONAS)).toBe(410);
    expect(await rareToMia()).not.toContain(RARE);
  });

  it('is in no file of the shop by name, and in no figure', async () => {
    const files = readdirSync(town.home, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
    expect(files.length).toBeGreaterThan(3);
    for (const text of files) expect(text).not.toContain(JONAS);
    for (const path of ['/metrics', '/readyz', '/openapi.json', '/log/checkpoint']) {
      expect((await town.ask('GET', path, { as: 'admin' })).text, path).not.toContain(JONAS);
    }
  });

  it('comes back only by his own act, and then with nothing of the old', async () => {
    const grants = [{ category: 'purchases', purpose: 'recommend', state: 'given' }];
    const body = { grants, notice: NOTICE };
    const as = await town.token(JONAS);
    expect((await town.ask('PUT', `${pathOf(JONAS)}/consent`, { as, body })).status).toBe(200);
    expect((await knownOf(town, JONAS)).facts).toEqual([]);
    expect(factsBehind(await decideAt(town, { slot: SLOTS.home, person: JONAS }))).toEqual([]);
  });
});
