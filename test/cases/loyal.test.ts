// The loyal customer. Emre has bought his beans here every three weeks for half a year and would like that to
// be noticed. Others would not: for them a reward is one more reason to be watched. So nobody is treated as
// loyal who did not ask for it, and whoever asked can see it, undo it, and pays the same price either way.
//
// Stands for P6 (loyalty), L1 (purpose) and P7 (never a higher price because of who a person is). Tiers,
// rewards and a visible exchange complete this case.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY_MS } from '../../src/kernel/time.ts';
import {
  NOTICE,
  allowedOf,
  consentLine,
  decideAt,
  did,
  factsBehind,
  pathOf,
  shown,
  whyOf,
} from './support/people.ts';
import { SLOTS } from './support/settings.ts';
import { type Town, openTown } from './support/town.ts';

const BEANS = 'beans-morning-harbour';
const DAILY = ['recommend', 'improve', 'measure'] as const;

describe('the loyal customer', () => {
  let town: Town;
  beforeAll(async () => {
    town = await openTown();
    for (const person of ['case-emre', 'case-ezgi']) {
      await town.send([consentLine(person, { purposes: DAILY })]);
      const visits = Array.from({ length: 8 }, (_, n) => town.nowMs() - (n * 21 + 1) * DAY_MS);
      await town.send(
        visits.map((timeMs) =>
          did({ person, kind: 'purchase', items: [BEANS], source: 'town-till', timeMs }),
        ),
      );
    }
    // Emre wants it to be noticed, for what he bought and nothing else.
    await town.send([consentLine('case-emre', { purposes: ['benefit'], categories: ['purchases'] })]);
    await town.send([did({ person: 'case-emre', kind: 'view', items: ['cups-espresso-four'] })]);
  });
  afterAll(() => town.close());

  it('is treated as one because he asked for it, by what he allowed for it', async () => {
    const his = await decideAt(town, { slot: SLOTS.reward, person: 'case-emre' });
    expect(factsBehind(his)).toContain(BEANS);
    const why = await whyOf(town, his);
    expect(why.purpose).toBe('benefit');
    expect(why.reads).toEqual([`bought|town-till|${BEANS}`]);
  });

  it('who never asked is not: the same purchases open nothing', async () => {
    const hers = await decideAt(town, { slot: SLOTS.reward, person: 'case-ezgi' });
    expect(factsBehind(hers)).toEqual([]);
    expect(await whyOf(town, hers)).toMatchObject({ refused: 'no-grant', reads: [] });
    // She is served by her purchases where she allowed that.
    expect(factsBehind(await decideAt(town, { slot: SLOTS.home, person: 'case-ezgi' }))).toContain(BEANS);
  });

  it('sees his side of the exchange, ends it, and only that ends', async () => {
    const row = (await allowedOf(town, 'case-emre')).allowed.find(
      ({ category, purpose }) => category === 'purchases' && purpose === 'benefit',
    );
    expect(row?.allowed).toBe(true);
    const home = shown(await decideAt(town, { slot: SLOTS.home, person: 'case-emre' }));
    const body = {
      grants: [{ category: '*', purpose: 'benefit', state: 'withdrawn' }],
      notice: NOTICE,
    };
    const as = await town.token('case-emre');
    expect((await town.ask('PUT', `${pathOf('case-emre')}/consent`, { as, body })).status).toBe(200);
    const reward = await decideAt(town, { slot: SLOTS.reward, person: 'case-emre' });
    expect(factsBehind(reward)).toEqual([]);
    expect((await whyOf(town, reward)).reads).toEqual([]);
    expect(shown(await decideAt(town, { slot: SLOTS.home, person: 'case-emre' }))).toEqual(home);
  });

  it('his loyalty writes to nobody, advertises nothing and moves no price', async () => {
    for (const slot of [SLOTS.letter, SLOTS.email, SLOTS.advert]) {
      const answer = await decideAt(town, { slot, person: 'case-emre' });
      expect(factsBehind(answer), slot).toEqual([]);
      expect((await whyOf(town, answer)).reads, slot).toEqual([]);
    }
    for (const person of ['case-emre', 'case-ezgi', 'somebody-new']) {
      const answer = await decideAt(town, { slot: SLOTS.reward, person });
      for (const one of answer.items) expect(Object.keys(one).sort()).toEqual(['item', 'reasons', 'score']);
      expect(JSON.stringify(answer)).not.toMatch(/price|discount|tier|points/i);
    }
  });
});
