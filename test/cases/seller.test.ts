// The seller whose customers another seller wants. Bright's lamps and Rival's lamps sell in the same street,
// and Maria buys at both. Rival would love to know what she buys at Bright's, who else shops there, and what
// sells well. It learns nothing: not with its keys, not by sending data in Bright's name, not by asking for
// Maria under the same customer number.
//
// Stands for L8 (owner's data). Each seller has an engine of their own, and no key or source opens another's.
// On one server of a marketplace: test/market.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  NOTICE,
  consentLine,
  decideAt,
  did,
  factsBehind,
  itemsOf,
  figure,
  knownOf,
  pathOf,
  shown,
  statusOf,
} from './support/people.ts';
import { SLOTS } from './support/settings.ts';
import { type Town, openTown, stockShop } from './support/town.ts';

const LAMP = 'lamp-brass';
const SHADE = 'shade-linen';

/** A seller's own shop, with the same two things and as many buyers. */
async function openSeller(controller: string): Promise<Town> {
  const shop = await openTown({ people: 0, controller });
  await stockShop(shop, [
    { id: LAMP, title: 'Brass lamp', path: ['Lamps', 'Standing'] },
    { id: SHADE, title: 'Linen shade', path: ['Lamps', 'Shades'] },
    { id: 'bulb-warm', title: 'Warm bulb', path: ['Lamps', 'Bulbs'] },
  ]);
  return shop;
}

describe('the seller whose customers another seller wants', () => {
  let bright: Town;
  let rival: Town;
  beforeAll(async () => {
    bright = await openSeller('bright');
    rival = await openSeller('rival');
    for (let n = 0; n < 12; n += 1) {
      const person = `buyer-${n}`;
      await bright.send(
        [consentLine(person), did({ person, kind: 'purchase', items: [LAMP, SHADE], source: 'bright-till' })],
        { query: 'source=bright-web' },
      );
    }
    await bright.learn();
    await bright.send(
      [
        consentLine('case-maria'),
        did({ person: 'case-maria', kind: 'purchase', items: [LAMP], source: 'bright-web' }),
      ],
      { query: 'source=bright-web' },
    );
    await rival.send([consentLine('case-maria')], { query: 'source=rival-web' });
  });
  afterAll(async () => {
    await bright.close();
    await rival.close();
  });

  it("the other's keys and tokens open no door", async () => {
    const inside = await bright.ask('GET', pathOf('case-maria'), { as: bright.keys.officer });
    expect(inside.status).toBe(200);
    const theirs = [...Object.values(rival.keys), await rival.token('case-maria'), undefined];
    const paths = ['', '/consent', '/export'].map((path) => `${pathOf('case-maria')}${path}`);
    for (const as of theirs) {
      const who = as === undefined ? {} : { as };
      for (const path of [...paths, '/metrics']) {
        const answer = await bright.ask('GET', path, who);
        expect(answer.status, path).toBe(401);
        expect(answer.text).not.toContain(LAMP);
      }
      const body = { person: 'case-maria', placement: SLOTS.home };
      expect((await bright.ask('POST', '/v1/decide', { ...who, body })).status).toBe(401);
      expect((await bright.ask('POST', '/v1/events', { ...who, body: [] })).status).toBe(401);
      expect((await bright.ask('DELETE', pathOf('case-maria'), who)).status).toBe(401);
    }
  });

  it('under the same customer number it knows only what was bought in its own shop', async () => {
    expect((await knownOf(rival, 'case-maria')).facts).toEqual([]);
    const there = await decideAt(rival, { slot: SLOTS.home, person: 'case-maria' });
    expect(itemsOf(there)).toEqual([]);
    expect(there.nothing).toBe('nothing-fits');
    expect(factsBehind(await decideAt(bright, { slot: SLOTS.home, person: 'case-maria' }))).toContain(LAMP);
    expect(await statusOf(rival, 'buyer-0')).toBe(404);
    expect((await knownOf(bright, 'case-maria')).controller).toBe('bright');
  });

  it("data in the other's name is turned away, at either shop", async () => {
    const list = shown(await decideAt(bright, { slot: SLOTS.home, person: 'case-maria' }));
    const people = await figure(bright, 'fineline_people');
    const body = ['case-maria', 'case-lured'].flatMap((person) => [
      did({ person, kind: 'purchase', items: [SHADE], source: 'rival-web' }),
      did({ person, kind: 'view', items: [SHADE], source: 'rival-till' }),
      { ...(consentLine(person) as object), source: 'rival-web' },
    ]);
    const answer = await bright.ask('POST', '/v1/events', { as: 'collect', body });
    expect(answer.status).toBe(422);
    expect(JSON.stringify((await knownOf(bright, 'case-maria')).facts)).not.toContain(SHADE);
    expect(await statusOf(bright, 'case-lured')).toBe(404);
    expect(await figure(bright, 'fineline_people')).toBe(people);
    expect(shown(await decideAt(bright, { slot: SLOTS.home, person: 'case-maria' }))).toEqual(list);
    const stolen = [did({ person: 'case-maria', kind: 'purchase', items: [LAMP], source: 'bright-web' })];
    expect((await rival.ask('POST', '/v1/events', { as: 'collect', body: stolen })).status).toBe(422);
    expect((await knownOf(rival, 'case-maria')).facts).toEqual([]);
  });

  it('nobody can say on whose behalf they ask: a controller cannot be sent', async () => {
    const asked = { person: 'case-maria', placement: SLOTS.home, controller: 'bright' };
    expect((await rival.ask('POST', '/v1/decide', { as: 'decide', body: asked })).status).toBe(422);
    const claimed = { ...(did({ person: 'case-maria', kind: 'purchase', items: [LAMP] }) as object) };
    const taken = await rival.send([{ ...claimed, source: 'rival-web', controller: 'bright' }]);
    expect(taken.dropped).toMatchObject({ controller: 1 });
    const { controller, facts } = await knownOf(rival, 'case-maria');
    expect(controller).toBe('rival');
    expect(facts.map(({ source }) => source)).toEqual(['rival-web']);
  });

  it('one consent is for one seller, and its end ends nothing at the other', async () => {
    const as = await rival.token('case-maria');
    const grants = [{ category: '*', purpose: 'recommend', state: 'withdrawn' }];
    const path = `${pathOf('case-maria')}/consent`;
    expect((await rival.ask('PUT', path, { as, body: { grants, notice: NOTICE } })).status).toBe(200);
    expect(factsBehind(await decideAt(bright, { slot: SLOTS.home, person: 'case-maria' }))).toContain(LAMP);
  });
});
