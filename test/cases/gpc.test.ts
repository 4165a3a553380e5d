// The Californian browser with GPC. Gil has set his browser to say "do not sell or share, do not profile me
// for ads" to every site, so that he need not say it a hundred times. California makes that signal binding,
// and he expects it to count from the first page on, without a banner. A yes that he gives to this shop for
// its own recommendations still stands: the signal is his, and so is the yes.
//
// Stands for L5 (platform privacy signals are obeyed), C1 (a change acts on the very next decision) and C5.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Decided,
  type Moment,
  allowedOf,
  consentLine,
  decideAt,
  did,
  factsBehind,
  itemsOf,
  statusOf,
  whyOf,
} from './support/people.ts';
import { SLOTS, type Slot } from './support/settings.ts';
import { type Town, openTown } from './support/town.ts';

const CALIFORNIA = { country: 'US', region: 'CA' };
const GERMANY = { country: 'DE' };
const IN_CALIFORNIA = 'source=town-web&country=US&region=CA';
const GPC = { 'sec-gpc': '1' };
const SHOES = ['shoes-trail-ibex', 'socks-run-merino'];

describe('the Californian browser with GPC', () => {
  let town: Town;
  beforeAll(async () => {
    town = await openTown();
  });
  afterAll(() => town.close());

  /**
   * Bought and looked at things in California; answered no banner, because there opting out is what counts.
   */
  async function shops(person: string): Promise<void> {
    const taken = await town.send(
      [
        did({ person, kind: 'purchase', items: SHOES }),
        did({ person, kind: 'view', items: ['running-lights'] }),
      ],
      { query: IN_CALIFORNIA },
    );
    expect(taken).toMatchObject({ accepted: 2, refused: {} });
  }
  const at = (person: string, slot: Slot, more: Partial<Moment> = {}): Promise<Decided> =>
    decideAt(town, { slot, person, context: { place: CALIFORNIA }, ...more });

  it('is announced: the shop says that it honours the signal', async () => {
    expect((await town.ask('GET', '/.well-known/gpc.json')).json).toEqual({ gpc: true });
  });

  it('without the signal silence is a yes there, and with it the very same page uses nothing', async () => {
    await shops('case-gil');
    for (const slot of [SLOTS.home, SLOTS.advert, SLOTS.reward]) {
      expect(factsBehind(await at('case-gil', slot)), slot).not.toEqual([]);
      const signalled = await at('case-gil', slot, { headers: GPC });
      expect(factsBehind(signalled), slot).toEqual([]);
      expect(await whyOf(town, signalled), slot).toMatchObject({ refused: 'signal-objects', reads: [] });
    }
    const letter = await at('case-gil', SLOTS.letter, { headers: GPC });
    expect(itemsOf(letter)).toEqual([]);
    expect(letter.nothing).toBe('no-consent');
  });

  it('is read as the browser sends it, and as a page passes it on', async () => {
    await shops('case-gus');
    for (const gpc of [true, 1, 'on', null]) {
      const context = { place: CALIFORNIA, gpc };
      expect(factsBehind(await at('case-gus', SLOTS.advert, { context })), String(gpc)).toEqual([]);
    }
    const context = { place: CALIFORNIA, gpc: false };
    expect(factsBehind(await at('case-gus', SLOTS.advert, { context }))).not.toEqual([]);
    const both = { context, headers: GPC };
    expect(factsBehind(await at('case-gus', SLOTS.advert, both)), 'neither takes it back').toEqual([]);
    expect(factsBehind(await at('case-gus', SLOTS.advert, { headers: { 'sec-gpc': '0' } }))).not.toEqual([]);
  });

  it('once stored counts without the header, in every slot that rested on silence, for good', async () => {
    await shops('case-gwen');
    expect(factsBehind(await at('case-gwen', SLOTS.advert))).not.toEqual([]);
    const line = {
      ...(consentLine('case-gwen', { purposes: [], place: CALIFORNIA }) as object),
      gpc: true,
    };
    expect(await town.send([line], { query: IN_CALIFORNIA })).toMatchObject({ consents: 1 });
    town.pass(60_000);
    for (const slot of [SLOTS.home, SLOTS.advert, SLOTS.reward, SLOTS.letter]) {
      expect(factsBehind(await at('case-gwen', slot)), slot).toEqual([]);
    }
    const { allowed } = await allowedOf(town, 'case-gwen');
    expect(allowed.filter((row) => row.allowed && row.purpose === 'advertise')).toEqual([]);
  });

  it('leaves standing what he allowed in words, except advertising, which not even that opens', async () => {
    await town.send([consentLine('case-gina', { place: CALIFORNIA })], { query: IN_CALIFORNIA });
    await shops('case-gina');
    expect(factsBehind(await at('case-gina', SLOTS.home, { headers: GPC }))).not.toEqual([]);
    expect(factsBehind(await at('case-gina', SLOTS.advert, { headers: GPC }))).toEqual([]);
    expect(factsBehind(await at('case-gina', SLOTS.letter, { headers: GPC })), 'a pack rule').not.toEqual([]);
  });

  it('in Europe also ends being written to, because the pack there takes it as an objection', async () => {
    const person = 'case-greta';
    await town.send([consentLine(person), did({ person, kind: 'purchase', items: SHOES })]);
    const here = { context: { place: GERMANY } };
    expect(factsBehind(await at(person, SLOTS.letter, here))).not.toEqual([]);
    expect(itemsOf(await at(person, SLOTS.letter, { ...here, headers: GPC }))).toEqual([]);
    expect(factsBehind(await at(person, SLOTS.home, { ...here, headers: GPC }))).not.toEqual([]);
  });

  it('keeps a stranger a stranger: nothing of what the signalling browser did is kept', async () => {
    const looks = [did({ person: 'case-gone', kind: 'view', items: SHOES })];
    const taken = await town.send(looks, { query: IN_CALIFORNIA, headers: GPC });
    expect(taken).toMatchObject({ accepted: 0 });
    expect(await statusOf(town, 'case-gone')).toBe(404);
    // Without the signal the same look would have been kept there.
    expect(await town.send(looks, { query: IN_CALIFORNIA })).toMatchObject({ accepted: 1 });
  });
});
