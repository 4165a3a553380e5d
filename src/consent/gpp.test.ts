// Goal: what a person opted out of in a GPP string ends, in every section that can say it. Method: one
// field after the other set in a string in which nothing is said.

import { describe, expect, test } from 'vitest';
import { GRANTABLE_PURPOSES } from '../facts/purpose.ts';
import { signalsOfGpp } from './gpp.ts';
import { type Fields, STATES, fieldsOf, gppAround, gppString } from '../../test/support/gpp-strings.ts';
import { SAYS_YES, tcString } from '../../test/support/tc-strings.ts';
import { signalsOfTcf } from './tcf.ts';

const EVERYTHING = { gpc: true, optsOut: true, ends: GRANTABLE_PURPOSES };
const said = (section: string, fields: Fields): unknown => signalsOfGpp(gppString({ [section]: fields }));
const NAMES = STATES.map(([name]) => name);
const withField = (field: string): readonly string[] =>
  NAMES.filter((name) => Object.hasOwn(fieldsOf(name), field));

/** The field with one value, the first of a list. */
function set(section: string, field: string, value: number): Fields {
  const list: unknown = fieldsOf(section)[field];
  return { [field]: Array.isArray(list) ? list.map((_, at) => (at === 0 ? value : 0)) : value };
}

describe('a GPP string', () => {
  test('[G33] in which nothing applies objects to nothing', () => {
    expect(signalsOfGpp('DBAA')).toEqual({ gpc: false });
    for (const name of NAMES) expect(said(name, {}), name).toEqual({ gpc: false });
    expect(signalsOfGpp('DBABTA~1---')).toEqual({ gpc: false });
  });

  test.each(['SaleOptOut', 'SharingOptOut', 'TargetedAdvertisingOptOut'])(
    '[G33] with %s ends advertising, and what Global Privacy Control ends',
    (field) => {
      const sections = withField(field);
      expect(sections.length).toBeGreaterThan(1);
      for (const name of sections) {
        expect(said(name, { [field]: 1 }), name).toEqual({ gpc: false, optsOut: true, ends: ['advertise'] });
        expect(said(name, { [field]: 2 }), name).toEqual({ gpc: false });
      }
    },
  );

  test('[G33] with an opt-out of sale in the old US privacy string', () => {
    expect(signalsOfGpp('DBABTA~1YYN')).toEqual({ gpc: false, optsOut: true, ends: ['advertise'] });
    expect(signalsOfGpp('DBABTA~1YNN')).toEqual({ gpc: false });
  });

  test.each([
    ['SensitiveDataProcessing', 1, ['advertise', 'guard']],
    ['SensitiveDataProcessing', 2, undefined],
    ['PersonalDataConsents', 1, ['improve', 'advertise']],
    ['AdditionalDataProcessingConsent', 1, ['improve', 'advertise']],
    ['KnownChildSensitiveDataConsents', 1, GRANTABLE_PURPOSES],
    ['KnownChildSensitiveDataConsents', 2, ['advertise', 'contact']],
  ])('[G33] with %s %i ends %j', (field, value, ends) => {
    const sections = withField(field);
    expect(sections.length).toBeGreaterThan(1);
    for (const name of sections) {
      const expected = ends === undefined ? { gpc: false } : { gpc: false, ends };
      expect(said(name, set(name, field, value)), name).toEqual(expected);
    }
  });

  test('[G33] with Global Privacy Control in it counts as if the browser had sent it', () => {
    expect(withField('Gpc').length).toBe(15);
    for (const name of withField('Gpc')) expect(said(name, { Gpc: true }), name).toEqual({ gpc: true });
  });

  test('[G33] with a TC string in it ends what the TC string ends', () => {
    for (const purpose of [1, 2, 5, 8, 10]) {
      const consents = SAYS_YES.consents?.filter((one) => one !== purpose) ?? [];
      const text = tcString({ ...SAYS_YES, consents });
      expect(signalsOfGpp(gppAround(text))).toEqual(signalsOfTcf(text));
    }
    expect(signalsOfGpp(gppAround(tcString(SAYS_YES)), 9)).toEqual(signalsOfTcf(tcString(SAYS_YES), 9));
  });

  test('[G33] of Canada ends what has neither express nor implied consent', () => {
    const bits = (...numbers: readonly number[]): readonly boolean[] =>
      Array.from({ length: 24 }, (_, at) => numbers.includes(at + 1));
    const all = { PurposesExpressConsent: bits(1, 2, 3, 4, 5), PurposesImpliedConsent: bits(7, 8, 9, 11) };
    const own = { PubPurposesExpressConsent: bits(...Array.from({ length: 24 }, (_, at) => at + 1)) };
    expect(said('tcfcav1', { ...all, ...own })).toEqual({
      gpc: false,
      ends: ['recommend', 'improve', 'benefit'],
    });
  });

  test('[G33] with several sections ends what any of them ends', () => {
    const text = gppString({ usca: { SaleOptOut: 1 }, usco: { Gpc: true }, usva: {} });
    expect(signalsOfGpp(text)).toEqual({ gpc: true, optsOut: true, ends: ['advertise'] });
  });

  test('[G35] with a number that the format does not know objects', () => {
    // California: opt-out of sale 3, which the encoder will not write.
    const text = gppString({ usca: { SaleOptOut: 2 } }).replace('~BAg', '~BAw');
    expect(text).toContain('~BAw');
    expect(signalsOfGpp(text)).toEqual({ gpc: false, optsOut: true, ends: ['advertise'] });
  });

  test.each([
    ['a number', 3],
    ['null', null],
    ['an object', {}],
    ['an empty text', ''],
    ['a TC string', tcString(SAYS_YES)],
    ['without its sections', 'DBABLA'],
    ['with a section nobody knows', 'DBABKYA~BAAA'],
    ['with a damaged section beside a good one', `${gppString({ usca: {} })}~x`],
    ['100 KB', `DBABLA~${'A'.repeat(100_000)}`],
  ])('[G35] that is %s objects to everything', (_what, text) => {
    expect(signalsOfGpp(text)).toEqual(EVERYTHING);
  });
});
