// Goal: a TC string says to us what it says to the encoder that made it, or nothing. Method: published
// strings; random ones from the encoder of the Interactive Advertising Bureau (@iabtcf/core); damage.

import { TCString } from '@iabtcf/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LIMITS } from '../kernel/limits.ts';
import { readTcString } from './tc-string.ts';
import { PUBLISHED_TC_STRINGS } from '../../test/support/published-strings.ts';
import { SAYS_YES, VENDORS, tcString } from '../../test/support/tc-strings.ts';

const purposes = fc.uniqueArray(fc.integer({ min: 1, max: 24 }), { maxLength: 24 });
const vendors = fc.uniqueArray(fc.integer({ min: 1, max: VENDORS }), { maxLength: VENDORS });
const choices = fc.record({ consents: purposes, legitimateInterests: purposes });
const strings = fc
  .record(
    {
      consents: purposes,
      legitimateInterests: purposes,
      updatedMs: fc.integer({ min: 0, max: 20_000 }).map((days) => days * 86_400_000),
      asksPurposeOne: fc.boolean(),
      vendorConsents: vendors,
      vendorInterests: vendors,
      disclosed: vendors,
      publisher: choices,
      forbidden: fc.array(
        fc.record({
          vendor: fc.integer({ min: 1, max: VENDORS }),
          purpose: fc.integer({ min: 1, max: 11 }),
        }),
        { maxLength: 12 },
      ),
    },
    { requiredKeys: [] },
  )
  .map((said) => ({ said, text: tcString(said) }));

const ascending = (numbers: readonly number[] = []): readonly number[] => numbers.toSorted((a, b) => a - b);

describe('a TC string', () => {
  test.each(PUBLISHED_TC_STRINGS)('[G31] $source', ({ text, day, hasPublisher, publisher, ...said }) => {
    const reading = readTcString(text);
    expect(reading).toMatchObject({
      consents: said.consents,
      legitimateInterests: said.legitimateInterests,
      disclosesVendors: said.disclosesVendors,
    });
    expect(new Date(reading?.updatedMs ?? 0).toISOString().slice(0, 10)).toBe(day);
    expect(reading?.publisher !== undefined).toBe(hasPublisher);
    if (publisher !== undefined) expect(reading?.publisher?.consents).toEqual(publisher);
  });

  test('[G31] says of purposes and of every vendor what its encoder was told', () => {
    fc.assert(
      fc.property(strings, fc.integer({ min: 1, max: VENDORS + 5 }), ({ said, text }, vendor) => {
        expect(readTcString(text, vendor)).toEqual({
          consents: ascending(said.consents),
          legitimateInterests: ascending(said.legitimateInterests),
          updatedMs: said.updatedMs ?? Date.UTC(2026, 1, 1),
          asksPurposeOne: said.asksPurposeOne !== false,
          disclosesVendors: said.disclosed !== undefined,
          ...(said.publisher === undefined
            ? {}
            : {
                publisher: {
                  consents: ascending(said.publisher.consents),
                  legitimateInterests: ascending(said.publisher.legitimateInterests),
                },
              }),
          vendor: {
            consented: said.vendorConsents?.includes(vendor) === true,
            legitimateInterest: said.vendorInterests?.includes(vendor) === true,
            disclosed: said.disclosed?.includes(vendor) === true,
            forbidden: expect.toSatisfy((found: readonly number[]) => {
              const told = (said.forbidden ?? []).filter((one) => one.vendor === vendor);
              const expected = [...new Set(told.map(({ purpose }) => purpose))];
              return JSON.stringify(ascending(found)) === JSON.stringify(ascending(expected));
            }),
          },
        });
      }),
    );
  });

  test('[G31] that is cut says the same, or nothing at all', () => {
    fc.assert(
      fc.property(strings, fc.nat(), ({ text }, at) => {
        const cut = text.slice(0, at % text.length);
        const reading = readTcString(cut);
        if (reading === undefined) return;
        // What may be missing is zeros at the end, or whole segments.
        const rest = text.slice(cut.length);
        const isFill = /^A*(\.|$)/.test(rest);
        expect(isFill, `${cut} | ${rest}`).toBe(true);
        expect(reading.consents).toEqual(readTcString(text)?.consents);
      }),
    );
  });

  test('[G31] that is read here is read by its encoder’s decoder, and the same way', () => {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.'.split('');
    fc.assert(
      fc.property(strings, fc.nat(), fc.constantFrom(...letters), ({ text }, at, letter) => {
        const place = at % text.length;
        const damaged = text.slice(0, place) + letter + text.slice(place + 1);
        const reading = readTcString(damaged);
        if (reading === undefined) return;
        let theirs: readonly number[] | undefined;
        try {
          theirs = [...TCString.decode(damaged).purposeConsents.values()];
        } catch (error) {
          // Its model refuses a producer number below 2, and vendor number 0; both say nothing of choices.
          expect(String(error)).toMatch(/TCModelError|vendorId/);
          return;
        }
        expect(reading.consents).toEqual(theirs);
      }),
      { numRuns: 500 },
    );
  });

  const whole = tcString({ ...SAYS_YES, publisher: { consents: [1], legitimateInterests: [] } });
  const [core = '', disclosed = '', publisher = ''] = whole.split('.');
  test.each([
    ['nothing', ''],
    ['of version 1', `B${core.slice(1)}`],
    ['of version 3', `D${core.slice(1)}`],
    ['without its core', `${disclosed}.${publisher}`],
    ['with two cores', `${core}.${core}`],
    ['with a segment twice', `${core}.${disclosed}.${disclosed}`],
    ['with a segment of an unknown type', `${core}.${disclosed}.gAAA`],
    ['with an empty segment', `${core}.`],
    ['with a character that is none', `${core.slice(0, -2)}+A.${disclosed}`],
    ['with white space', ` ${whole}`],
    ['with something behind the end', `${core}B.${disclosed}`],
    ['too long', core + 'A'.repeat(LIMITS.consentStringLengthMax)],
  ])('[G31] %s is not read', (_what, text) => {
    expect(readTcString(whole)).toBeDefined();
    expect(readTcString(text)).toBeUndefined();
  });

  test('[G35] that names every vendor four thousand times costs no more than its length', () => {
    const ranges = '1'.padEnd(33, '0').replace(/^1.{16}/, `1${'1'.padStart(16, '0')}`);
    const bits = `${'0'.repeat(4)}10${'0'.repeat(207)}${'1'.repeat(17)}${'1'.repeat(12)}`;
    const hostile = bits + ranges.slice(0, 17).concat('1'.repeat(16)).repeat(1700);
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const text = (hostile.match(/.{6}/g) ?? []).map((six) => letters[Number.parseInt(six, 2)]).join('');
    expect(text.length).toBeLessThanOrEqual(LIMITS.consentStringLengthMax);
    const before = performance.now();
    expect(readTcString(text, 7)).toBeUndefined();
    expect(performance.now() - before).toBeLessThan(100);
  });
});
