// Goal: a GPP string says to us what it says to the encoder that made it, section by section; what we cannot
// read is marked, never skipped. Method: published strings; for each of the 21 sections of states random
// choices from the encoder of the Interactive Advertising Bureau (@iabgpp/cmpapi); damage.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { GppSection } from '../facts/consent-string.ts';
import { LIMITS } from '../kernel/limits.ts';
import { readGppString } from './gpp-string.ts';
import { type Fields, STATES, fieldsOf, gppString } from '../../test/support/gpp-strings.ts';
import { PUBLISHED_GPP_STRINGS } from '../../test/support/published-strings.ts';
import { SAYS_YES, tcString } from '../../test/support/tc-strings.ts';
import { US_SECTIONS } from './us-sections.ts';

/** Eleven characters: one range, from 1, of which the end is the 37th Fibonacci number. */
const HUNDRED_MILLION = 'DBAB4AAAAAG';

const UNREADABLE: GppSection = { kind: 'unreadable' };
const two = fc.integer({ min: 0, max: 2 });

type Chosen = readonly [field: string, values: fc.Arbitrary<unknown>];

/** Random choices for every field of two bits, and for Global Privacy Control. */
function choicesFor(section: string): fc.Arbitrary<Fields> {
  const chosen = Object.entries(fieldsOf(section)).flatMap(([field, value]): Chosen[] => {
    if (/Version|Type|Mspa/.test(field)) return [];
    if (field === 'Gpc') return [[field, fc.boolean()]];
    if (Array.isArray(value))
      return [[field, fc.array(two, { minLength: value.length, maxLength: value.length })]];
    return [[field, two]];
  });
  return fc.record(Object.fromEntries(chosen));
}

/** Values of the fields with one of these names, in the order of the section. */
function told(fields: Fields, names: RegExp): readonly unknown[] {
  return Object.entries(fields).flatMap(([name, value]) => (names.test(name) ? value : []) as unknown[]);
}

describe('a GPP string', () => {
  test.each(PUBLISHED_GPP_STRINGS)('[G33] $source', ({ text, kinds }) => {
    const sections = readGppString(text)?.sections;
    expect(sections?.map(({ kind }) => kind)).toEqual(kinds);
  });

  test('[G33] knows a layout for each section of states that has a number', () => {
    expect(US_SECTIONS).toEqual(STATES.map(([, id]) => id));
  });

  test.each(STATES)('[G33] %s says what its encoder was told', (section) => {
    fc.assert(
      fc.property(choicesFor(section), (fields) => {
        const all = { ...fieldsOf(section), ...fields };
        const [read] = readGppString(gppString({ [section]: fields }))?.sections ?? [];
        expect(read).toEqual({
          kind: 'us',
          optOuts: told(all, /^(Sale|Sharing|TargetedAdvertising)OptOut$/),
          sensitive: told(all, /^SensitiveDataProcessing$/),
          children: told(all, /^KnownChild/),
          secondary: told(all, /^(PersonalDataConsents|AdditionalDataProcessingConsent)$/),
          gpc: all['Gpc'] === true,
        });
      }),
      { numRuns: 40 },
    );
  });

  test('[G33] usnat of version 1 has 12 kinds of sensitive data and two ages', () => {
    const fields = {
      Version: 1,
      SaleOptOut: 1,
      SensitiveDataProcessing: [0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2],
      KnownChildSensitiveDataConsents: [2, 1],
      PersonalDataConsents: 2,
    };
    expect(readGppString(gppString({ usnat: fields }))?.sections).toEqual([
      {
        kind: 'us',
        optOuts: [1, 0, 0],
        sensitive: fields.SensitiveDataProcessing,
        children: [2, 1],
        secondary: [2],
        gpc: false,
      },
    ]);
  });

  test('[G33] of Canada says which purposes have express, and which implied, consent', () => {
    const purposes = fc.array(fc.boolean(), { minLength: 24, maxLength: 24 });
    const numbers = (bits: readonly boolean[]): readonly number[] =>
      bits.flatMap((bit, at) => (bit ? [at + 1] : []));
    const vendors = fc.uniqueArray(fc.integer({ min: 1, max: 300 }), { maxLength: 20 });
    fc.assert(
      fc.property(purposes, purposes, purposes, vendors, (express, implied, own, some) => {
        const fields = {
          PurposesExpressConsent: express,
          PurposesImpliedConsent: implied,
          PubPurposesExpressConsent: own,
          VendorExpressConsent: some,
          DisclosedVendors: some,
        };
        expect(readGppString(gppString({ tcfcav1: fields }))?.sections).toEqual([
          {
            kind: 'tcfca',
            express: numbers(express),
            implied: numbers(implied),
            publisher: { express: numbers(own), implied: [] },
          },
        ]);
      }),
      { numRuns: 40 },
    );
  });

  test('[G33] keeps its sections apart, whichever are there', () => {
    const names = [...STATES.map(([name]) => name), 'uspv1'];
    fc.assert(
      fc.property(fc.uniqueArray(fc.constantFrom(...names), { maxLength: 9 }), (some) => {
        const text = gppString(Object.fromEntries(some.map((name) => [name, {}])));
        expect(readGppString(text)?.sections.map(({ kind }) => kind)).toEqual(some.map(() => 'us'));
      }),
      { numRuns: 60 },
    );
  });

  test.each([
    ['1YYN', [1]],
    ['1YNN', [2]],
    ['1---', [0]],
  ])('[G33] the old US privacy string %s', (text, optOuts) => {
    expect(readGppString(`DBABTA~${text}`)?.sections).toMatchObject([{ kind: 'us', optOuts }]);
  });

  test('[G35] that is cut or damaged loses whole sections, never a field of one', () => {
    const sections = Object.fromEntries(STATES.map(([name]) => [name, { SaleOptOut: 1 }]));
    const whole = gppString(sections);
    const read = readGppString(whole)?.sections ?? [];
    const parts = whole.split('~');
    fc.assert(
      fc.property(fc.nat(whole.lastIndexOf('~')), (at) => {
        expect(readGppString(whole.slice(0, at))).toBeUndefined();
      }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: STATES.length }), fc.nat(9), (which, keep) => {
        const part = parts[which] ?? '';
        const damaged = parts.with(which, part.slice(0, Math.min(keep, part.length - 1))).join('~');
        const found = readGppString(damaged)?.sections ?? [];
        expect(found.toSpliced(which - 1, 1)).toEqual(read.toSpliced(which - 1, 1));
        const rest = part.slice(Math.min(keep, part.length - 1));
        if (!/^A*(\.[A-Za-z]*)?$/.test(rest)) expect(found[which - 1]).toEqual(UNREADABLE);
      }),
    );
  });

  test.each([
    ['an unknown version', 'DBABLA~DAAAAAAAAABA.QA'],
    ['a section nobody knows (id 28)', 'DBABKYA~BAAA'],
    ['a part too many', 'DBABLA~CAAAAAAAAABA.QA.QA'],
    ['another part than Global Privacy Control', 'DBABLA~CAAAAAAAAABA.gA'],
    ['a part that has none there', `${gppString({ usva: {} })}.YA`],
    ['no text', 'DBABLA~'],
    ['a US privacy string of version 2', 'DBABTA~2YNN'],
    ['a US privacy string with a fifth letter', 'DBABTA~1YNNY'],
    ['characters that are none', 'DBABLA~CAAA AAAAAABA'],
    ['the longer layout cut to the length of the shorter', 'DBABLA~CAAAAAAAAA'],
  ])('[G35] with %s has an unreadable section', (_what, text) => {
    expect(readGppString(text)?.sections).toEqual([UNREADABLE]);
  });

  test.each([
    ['nothing', ''],
    ['a TC string', tcString(SAYS_YES)],
    ['a header of another type', 'CBABLA~CAAAAAAAAABA'],
    ['a header of version 2', 'DCABLA~CAAAAAAAAABA'],
    ['fewer sections than its header names', 'DBABLA'],
    ['more sections than its header names', 'DBABLA~CAAAAAAAAABA~CAAAAAAAAABA'],
    ['a header that names a hundred million sections', `${HUNDRED_MILLION}~a`],
    ['a header without an end', 'DBP~CAAAAAAAAABA'],
    ['too long', `DBABLA~${'A'.repeat(LIMITS.consentStringLengthMax)}`],
  ])('[G35] %s is none', (_what, text) => {
    const before = performance.now();
    expect(readGppString(text)).toBeUndefined();
    expect(performance.now() - before).toBeLessThan(100);
  });
});
