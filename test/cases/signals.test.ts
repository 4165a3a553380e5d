// The banner and the phone. Emil opened the shop's page in Europe and said in its consent tool: you may count
// my visit, but do not choose for me by a profile (purpose 6 of the TCF). Months before he had agreed to
// recommendations. Ida uses the app; when the phone asked whether it may follow her, she said no. Both expect
// what they said to count from that moment on, and neither has lost the rest of the shop by it.
//
// Stands for L5 (platform privacy signals are obeyed), C1 (a change acts on the very next decision) and C5.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gppAround, gppString } from '../support/gpp-strings.ts';
import { SAYS_YES, tcString } from '../support/tc-strings.ts';
import {
  type Decided,
  type Moment,
  allowedOf,
  consentLine,
  decideAt,
  did,
  exportOf,
  factsBehind,
  itemsOf,
  pathOf,
  whyOf,
} from './support/people.ts';
import { SLOTS, type Slot } from './support/settings.ts';
import { type Town, openTown } from './support/town.ts';

/** The town lives in November 2026: a string of then names the vendors that were shown. */
const NOVEMBER = { ...SAYS_YES, updatedMs: Date.UTC(2026, 10, 1) };
const YES = tcString(NOVEMBER);
const NO_TO_SIX = tcString({ ...NOVEMBER, consents: [1, 2, 3, 4, 5, 7, 8, 9, 10, 11] });
const SHOES = ['shoes-trail-ibex', 'socks-run-merino'];
const PLACE = { country: 'DE' };

describe('the banner and the phone', () => {
  let town: Town;
  beforeAll(async () => {
    town = await openTown();
  });
  afterAll(() => town.close());

  /** Agreed to everything with the shop's own notice, and bought shoes. */
  async function trusts(person: string, source = 'town-web'): Promise<void> {
    await town.send([consentLine(person), did({ person, kind: 'purchase', items: SHOES, source })]);
  }
  const at = (person: string, slot: Slot, signals?: object, more: Partial<Moment> = {}): Promise<Decided> =>
    decideAt(town, {
      slot,
      person,
      context: { place: PLACE, ...(signals === undefined ? {} : { signals }) },
      ...more,
    });

  it('a no to purpose 6 ends recommendations and rewards on that page, and leaves letters', async () => {
    await trusts('case-emil');
    for (const slot of [SLOTS.home, SLOTS.reward]) {
      expect(factsBehind(await at('case-emil', slot)), slot).not.toEqual([]);
      const answer = await at('case-emil', slot, { tcf: NO_TO_SIX });
      expect(factsBehind(answer), slot).toEqual([]);
      expect(await whyOf(town, answer), slot).toMatchObject({ refused: 'signal-objects', reads: [] });
    }
    for (const slot of [SLOTS.advert, SLOTS.letter]) {
      expect(factsBehind(await at('case-emil', slot, { tcf: NO_TO_SIX })), slot).not.toEqual([]);
    }
    expect(factsBehind(await at('case-emil', SLOTS.home, { gpp: gppAround(NO_TO_SIX) }))).toEqual([]);
    // Whoever is not known is shown what goes for everybody, string or not.
    const general = await decideAt(town, { slot: SLOTS.home, context: { place: PLACE } });
    expect(itemsOf(await at('case-emil', SLOTS.home, { tcf: NO_TO_SIX }))).toEqual(itemsOf(general));
  });

  it('a yes in a string gives nothing: whoever agreed to nothing here stays a stranger', async () => {
    const person = 'case-erik';
    const signals = { tcf: YES, gpp: gppAround(YES), att: 'authorized' };
    const looks = did({ person, kind: 'view', items: SHOES }) as object;
    expect(await town.send([{ ...looks, signals }])).toMatchObject({ accepted: 0, consents: 0 });
    for (const slot of Object.values(SLOTS)) {
      expect(factsBehind(await decideAt(town, { slot, person, context: { place: PLACE, signals } }))).toEqual(
        [],
      );
    }
  });

  it('what cannot be read objects, and an old kind of string is not trusted any more', async () => {
    await trusts('case-ella');
    const { disclosed: _none, ...undisclosed } = NOVEMBER;
    const bad = [
      YES.slice(0, 40),
      `B${YES.slice(1)}`,
      tcString(undisclosed),
      'yes',
      '',
      2,
      null,
      'C'.repeat(99_999),
    ];
    for (const tcf of bad) {
      expect(factsBehind(await at('case-ella', SLOTS.home, { tcf })), String(tcf).slice(0, 50)).toEqual([]);
      expect(factsBehind(await at('case-ella', SLOTS.letter, { tcf })), 'no string says this').not.toEqual(
        [],
      );
    }
    for (const gpp of [YES, 'DBABLA', 7]) {
      expect(factsBehind(await at('case-ella', SLOTS.home, { gpp })), String(gpp)).toEqual([]);
      expect(itemsOf(await at('case-ella', SLOTS.letter, { gpp })), String(gpp)).toEqual([]);
    }
    expect(factsBehind(await at('case-ella', SLOTS.home, { tcf: YES }))).not.toEqual([]);
  });

  it('sent with an event or a line of consent it stays, until she herself says otherwise', async () => {
    const person = 'case-edda';
    await trusts(person);
    const looks = did({ person, kind: 'view', items: ['running-lights'] }) as object;
    expect(await town.send([{ ...looks, signals: { tcf: NO_TO_SIX } }])).toMatchObject({ consents: 1 });
    town.pass(60_000);
    expect(factsBehind(await at(person, SLOTS.home))).toEqual([]);
    const { allowed } = await allowedOf(town, person);
    expect(allowed.filter((row) => row.allowed && row.purpose === 'recommend')).toEqual([]);
    expect(allowed.filter((row) => row.allowed && row.purpose === 'measure')).not.toEqual([]);
    await town.send([{ ...(consentLine(person, { purposes: [] }) as object), signals: { tcf: YES } }]);
    expect(factsBehind(await at(person, SLOTS.home)), 'a yes in a string gives nothing').toEqual([]);
    await town.send([consentLine(person)]);
    expect(factsBehind(await at(person, SLOTS.home))).not.toEqual([]);
  });

  it('a phone that denies tracking ends advertising, not what the app itself recommends', async () => {
    await trusts('case-ida', 'town-app');
    for (const att of ['denied', 'restricted', 'notDetermined', 2, 'Authorised', null]) {
      expect(factsBehind(await at('case-ida', SLOTS.advert, { att })), String(att)).toEqual([]);
      expect(factsBehind(await at('case-ida', SLOTS.home, { att })), String(att)).not.toEqual([]);
    }
    for (const att of ['authorized', 3])
      expect(factsBehind(await at('case-ida', SLOTS.advert, { att })), String(att)).not.toEqual([]);
  });

  it('and keeps what she does elsewhere out of the app, also where she had joined the two', async () => {
    await trusts('case-isa', 'town-app');
    const browser = 'case-isa-browser';
    await town.send([
      consentLine(browser),
      did({ person: browser, kind: 'view', items: ['running-lights'] }),
    ]);
    for (const [one, other] of [
      ['case-isa', browser],
      [browser, 'case-isa'],
    ] as const) {
      const { status } = await town.ask('PUT', `${pathOf(one)}/joins/${other}`, {
        as: await town.token(one),
      });
      expect(status).toBeLessThan(300);
    }
    const reads = async (signals?: object): Promise<readonly string[]> =>
      (await whyOf(town, await at('case-isa', SLOTS.home, signals))).reads;
    expect((await reads()).some((key) => key.includes('running-lights'))).toBe(true);
    expect((await reads({ att: 'denied' })).some((key) => key.includes('running-lights'))).toBe(false);
    expect((await reads({ att: 'denied' })).some((key) => key.includes('shoes-trail-ibex'))).toBe(true);
  });

  it('in California an opt-out of sale ends advertising, and leaves the shop’s own page', async () => {
    const place = { country: 'US', region: 'CA' };
    await town.send([did({ person: 'case-iris', kind: 'purchase', items: SHOES })], {
      query: 'source=town-web&country=US&region=CA',
    });
    const gpp = gppString({ usca: { SaleOptOut: 1 } });
    const there = (slot: Slot, signals: object): Promise<Decided> =>
      decideAt(town, { slot, person: 'case-iris', context: { place, signals } });
    expect(factsBehind(await there(SLOTS.advert, {}))).not.toEqual([]);
    expect(factsBehind(await there(SLOTS.advert, { gpp }))).toEqual([]);
    expect(factsBehind(await there(SLOTS.home, { gpp }))).not.toEqual([]);
    const withGpc = gppString({ usca: { Gpc: true } });
    expect(factsBehind(await there(SLOTS.home, { gpp: withGpc }))).toEqual([]);
  });

  it('no string is kept or handed on: not in an answer, an export or a file', async () => {
    const person = 'case-eva';
    await trusts(person);
    const answer = await at(person, SLOTS.home, { tcf: NO_TO_SIX });
    const looks = did({ person, kind: 'view', items: ['running-lights'] }) as object;
    await town.send([{ ...looks, signals: { tcf: NO_TO_SIX, gpp: gppAround(NO_TO_SIX) } }]);
    const told = JSON.stringify([answer, await whyOf(town, answer), await exportOf(town, person)]);
    expect(told).not.toContain(NO_TO_SIX.slice(0, 20));
    const files = readdirSync(town.home, { recursive: true, withFileTypes: true }).filter((one) =>
      one.isFile(),
    );
    expect(files.length).toBeGreaterThan(3);
    for (const { parentPath, name } of files)
      expect(readFileSync(join(parentPath, name)).includes(NO_TO_SIX.slice(0, 20)), name).toBe(false);
  });
});
