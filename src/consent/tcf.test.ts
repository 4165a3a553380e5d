// Goal: a no in a TC string ends what it stands for, and a yes in it gives nothing. Method: one choice after
// the other taken away from a string that says yes to everything.

import { describe, expect, test } from 'vitest';
import { PUBLISHED_TC_STRINGS } from '../../test/support/published-strings.ts';
import { SAYS_YES, type TcString, tcString } from '../../test/support/tc-strings.ts';
import { signalsOfTcf } from './tcf.ts';

const EVERYTHING = ['recommend', 'improve', 'advertise', 'benefit', 'measure'];
const without = (purpose: number, list: readonly number[] = []): readonly number[] =>
  list.filter((one) => one !== purpose);
const said = (change: Partial<TcString> = {}, vendorId?: number): unknown =>
  signalsOfTcf(tcString({ ...SAYS_YES, ...change }), vendorId);

describe('a TC string', () => {
  test('[G32] with every yes there is objects to nothing', () => {
    expect(said()).toEqual({ gpc: false });
    expect(said({}, 7)).toEqual({ gpc: false });
  });

  test.each([
    [1, EVERYTHING],
    [2, ['advertise']],
    [3, ['advertise']],
    [4, ['advertise']],
    [5, ['recommend', 'benefit']],
    [6, ['recommend', 'benefit']],
    [7, ['measure']],
    [8, ['measure']],
    [9, ['measure']],
    [10, ['improve']],
    [11, ['recommend', 'benefit']],
  ])('[G32] without consent to purpose %i ends %j, for the shop and for its vendors', (purpose, ends) => {
    const consents = without(purpose, SAYS_YES.consents);
    expect(said({ consents })).toEqual({ gpc: false, ends });
    const legitimateInterests = SAYS_YES.legitimateInterests ?? [];
    expect(said({ publisher: { consents, legitimateInterests } })).toEqual({ gpc: false, ends });
  });

  test.each([
    [2, ['advertise']],
    [7, ['measure']],
    [10, ['improve']],
    [11, ['recommend', 'benefit']],
  ])(
    '[G32] with an objection to the legitimate interest of %i ends what rests on silence',
    (purpose, uses) => {
      const legitimateInterests = without(purpose, SAYS_YES.legitimateInterests);
      expect(said({ legitimateInterests })).toEqual({ gpc: false, endsSilence: uses });
      const publisher = { consents: SAYS_YES.consents ?? [], legitimateInterests };
      expect(said({ publisher })).toEqual({ gpc: false, endsSilence: uses });
    },
  );

  test('[G32] where purpose 1 was never put to the person says nothing of it', () => {
    const consents = without(1, SAYS_YES.consents);
    expect(said({ consents, asksPurposeOne: false })).toEqual({ gpc: false });
    expect(said({ consents: without(6, consents), asksPurposeOne: false })).toEqual({
      gpc: false,
      ends: ['recommend', 'benefit'],
    });
  });

  test.each<[string, Partial<TcString>, unknown]>([
    ['without consent', { vendorConsents: [8] }, { gpc: false, ends: EVERYTHING }],
    ['whom nobody disclosed', { disclosed: [8] }, { gpc: false, ends: EVERYTHING }],
    [
      'whom the publisher forbids a purpose',
      { forbidden: [{ vendor: 7, purpose: 8 }] },
      { ends: ['measure'] },
    ],
    ['whose interest was objected to', { vendorInterests: [] }, { endsSilence: EVERYTHING }],
  ])('[G32] with a vendor of ours %s', (_what, change, signals) => {
    expect(said(change)).toEqual({ gpc: false });
    expect(said(change, 7)).toMatchObject(signals as object);
    expect(said({ ...change, forbidden: [{ vendor: 8, purpose: 8 }], ...change }, 7)).toEqual(
      said(change, 7),
    );
  });

  test('[G35] of the first of March 2026 and later is not trusted without its disclosed vendors', () => {
    const { disclosed: _none, ...old } = SAYS_YES;
    const made = (updatedMs: number): unknown => signalsOfTcf(tcString({ ...old, updatedMs }));
    expect(made(Date.UTC(2026, 1, 28))).toEqual({ gpc: false });
    expect(made(Date.UTC(2026, 2, 1))).toEqual({ gpc: false, ends: EVERYTHING });
    expect(said({ updatedMs: Date.UTC(2026, 2, 1) })).toEqual({ gpc: false });
  });

  const whole = tcString(SAYS_YES);
  test.each([
    ['a number', 2],
    ['null', null],
    ['undefined', undefined],
    ['a list', [whole]],
    ['an empty text', ''],
    ['a word', 'denied'],
    ['a part of itself', whole.slice(0, 30)],
    ['version 1', `B${whole.slice(1)}`],
    ['standard base64', whole.replace(/.(?=\.)/, '+')],
    ['100 KB', 'C'.repeat(100_000)],
    ['a GPP string', `DBABMA~${whole}`],
  ])('[G35] that is %s objects to all that one could', (_what, text) => {
    expect(signalsOfTcf(text)).toEqual({ gpc: false, ends: EVERYTHING });
  });

  test('[G32] with a publisher’s segment full of zeros says nothing by it: nobody was asked', () => {
    expect(said({ publisher: { consents: [], legitimateInterests: [] } })).toEqual({ gpc: false });
    expect(said({ publisher: { consents: [], legitimateInterests: [2] } })).toMatchObject({
      ends: EVERYTHING,
    });
  });

  test('[G32] as others published them ends what they deny', () => {
    for (const { text, consents, publisher = [], source } of PUBLISHED_TC_STRINGS) {
      const ends = signalsOfTcf(text).ends ?? [];
      const stands = (...purposes: readonly number[]): boolean =>
        [consents, publisher].every(
          (list) => (list === publisher && list.length === 0) || purposes.every((one) => list.includes(one)),
        );
      expect(ends.includes('measure'), source).toBe(!stands(1, 7, 8, 9));
      expect(ends.includes('improve'), source).toBe(!stands(1, 10));
      expect(ends.includes('advertise'), source).toBe(!stands(1, 2, 3, 4));
    }
  });
});
