// Prenatal vitamins and the family's letter-box. Carla is expecting and has told nobody; she bought the
// vitamins in the app. Her mother opens the post, her partner shares the television and, by their own wish, a
// customer account with her. Nothing they see may differ from what they would see had she never bought them:
// not a thing, not a reason, not a gap.
//
// Stands for L2 (sensitive inference; the family learns nothing from the mailbox). Things of ordinary shelves
// that give her away (unscented lotion) are held back where volunteers have shown it: the shop of this case
// has none, so test/browser and src/engine/shadowing.test.ts hold that.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Decided,
  consentLine,
  decideAt,
  did,
  exportOf,
  itemsOf,
  knownOf,
  pathOf,
  shelvesOf,
  shown,
  whyOf,
} from './support/people.ts';
import { SLOTS } from './support/settings.ts';
import { type Town, openTown, stockShop } from './support/town.ts';

const SECRET = ['vitamins-prenatal', 'pregnancy-test-two'];
/** Learned from as ordinary things, and labelled by the shop afterwards. */
const OIL = 'oil-sweet';
const PILLOW = 'pillow-long';
const ORDINARY = ['pasta-rigatoni', 'tomatoes-san-marzano', 'oil-olive'];
/** Where others look on, and where only she does. */
const OPEN = [SLOTS.letter, SLOTS.email, SLOTS.livingRoom] as const;
const EVERYWHERE = [...OPEN, SLOTS.home, SLOTS.advert, SLOTS.reward] as const;

const tellsOfIt = (item: string): boolean =>
  [OIL, PILLOW].includes(item) ||
  shelvesOf(item).some((shelf) => ['Baby', 'Family planning', 'Expecting'].includes(shelf));

describe('prenatal vitamins and the letter-box', () => {
  let town: Town;
  beforeAll(async () => {
    town = await openTown();
    // Two things that others bought together, with what she buys, before the shop knew what they tell.
    const oil = { id: OIL, title: 'Sweet almond oil', path: ['Care', 'Oils'] };
    const pillow = { id: PILLOW, title: 'Long pillow', path: ['Home', 'Pillows'] };
    await stockShop(town, [oil, pillow]);
    for (let n = 0; n < 60; n += 1) {
      const person = `oil-buyer-${n}`;
      await town.send([
        consentLine(person),
        did({ person, kind: 'purchase', items: [OIL, PILLOW, 'pasta-rigatoni'] }),
      ]);
    }
    await town.learn();
    await stockShop(
      town,
      [oil, pillow].map((thing) => ({ ...thing, sensitive: 'pregnancy-baby' })),
    );
    const hourAgo = town.nowMs() - 3_600_000;
    // Clara is Carla's double, who did the same and did not buy the vitamins; so are Paul and Pavel.
    for (const person of ['case-carla', 'case-clara', 'case-paul', 'case-pavel']) {
      await town.send([
        consentLine(person),
        did({ person, kind: 'purchase', items: ORDINARY, timeMs: hourAgo }),
      ]);
    }
    await town.send(
      SECRET.flatMap((item) => [
        did({ person: 'case-carla', kind: 'view', items: [item], source: 'town-app', timeMs: hourAgo }),
        did({ person: 'case-carla', kind: 'purchase', items: [item], source: 'town-app', timeMs: hourAgo }),
      ]),
    );
    for (const [one, other] of [
      ['case-carla', 'case-paul'],
      ['case-clara', 'case-pavel'],
    ] as const) {
      for (const [from, to] of [
        [one, other],
        [other, one],
      ] as const) {
        const as = await town.token(from);
        const { status } = await town.ask('PUT', `${pathOf(from)}/joins/${to}`, { as });
        expect(status).toBe(200);
      }
    }
  });
  afterAll(() => town.close());

  it('she bought them, and she alone can see that', async () => {
    const mine = JSON.stringify(await knownOf(town, 'case-carla'));
    for (const item of SECRET) expect(mine).toContain(item);
  });

  it('her letters and lists are those of her double, thing by thing and reason by reason', async () => {
    for (const slot of EVERYWHERE) {
      const hers = await decideAt(town, { slot, person: 'case-carla' });
      const doubles = await decideAt(town, { slot, person: 'case-clara' });
      expect(itemsOf(hers).length, slot).toBeGreaterThan(0);
      expect(shown(hers), slot).toEqual(shown(doubles));
      expect(itemsOf(hers).filter(tellsOfIt), slot).toEqual([]);
      for (const item of SECRET) expect(JSON.stringify(hers), slot).not.toContain(item);
    }
  });

  it('what lies open before the family never speaks, and its silence looks like any other', async () => {
    const slots = [...OPEN.filter((slot) => slot !== SLOTS.email), SLOTS.product];
    for (const slot of slots) {
      for (const item of SECRET) {
        const context = { items: [item] };
        const hers = await decideAt(town, { slot, person: 'case-carla', context });
        expect(shown(hers), slot).toEqual(
          shown(await decideAt(town, { slot, person: 'case-clara', context: { items: [item] } })),
        );
        expect(hers.nothing, slot).not.toBe('guarded');
        if (slot !== SLOTS.product) expect(itemsOf(hers).filter(tellsOfIt), slot).toEqual([]);
      }
    }
  });

  it('what the shop learns to be telling is silent at once where others look on', async () => {
    const context = { items: [OIL] };
    const own = await decideAt(town, { slot: SLOTS.product, person: 'case-carla', context });
    expect(itemsOf(own), 'on her own screen, beside the thing itself').toContain(PILLOW);
    for (const slot of OPEN.filter((one) => one !== SLOTS.email)) {
      const list = await decideAt(town, { slot, person: 'case-carla', context });
      expect(itemsOf(list), slot).not.toContain(PILLOW);
      expect(JSON.stringify(list), slot).not.toContain(OIL);
    }
  });

  it('the one she shares an account with learns nothing of it', async () => {
    const his = await town.token('case-paul');
    for (const slot of EVERYWHERE) {
      const paul: Decided = await decideAt(town, { slot, person: 'case-paul' });
      const pavel = await decideAt(town, { slot, person: 'case-pavel' });
      expect(shown(paul), slot).toEqual(shown(pavel));
      const why = await whyOf(town, paul, his);
      expect(JSON.stringify(why), slot).not.toMatch(/vitamins|pregnancy/);
      const doublesWhy = await whyOf(town, pavel, await town.token('case-pavel'));
      expect(why.held, slot).toEqual(doublesWhy.held);
      expect(why.reads, slot).toEqual(doublesWhy.reads);
    }
    for (const told of [await knownOf(town, 'case-paul'), await exportOf(town, 'case-paul')]) {
      expect(JSON.stringify(told)).not.toMatch(/vitamins|pregnancy/);
    }
    for (const path of ['', '/consent', '/export']) {
      const hers = await town.ask('GET', `${pathOf('case-carla')}${path}`, { as: his });
      expect(hers.status).toBe(404);
    }
  });

  it('nobody but her is told that something was held back', async () => {
    const list = await decideAt(town, { slot: SLOTS.home, person: 'case-carla' });
    expect(JSON.stringify(list)).not.toMatch(/held|guard/);
    for (const as of ['officer', 'admin']) expect(await whyOf(town, list, as)).not.toHaveProperty('held');
    expect(await whyOf(town, list, await town.token('case-carla'))).toHaveProperty('held');
  });
});
