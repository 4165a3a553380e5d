// Goal: no request that is half understood becomes consent. Method: one good request, and everything that
// can be wrong with it.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DATA_CATEGORIES } from '../facts/category.ts';
import { CONSENT_STATES } from '../facts/grant.ts';
import { GRANTABLE_PURPOSES } from '../facts/purpose.ts';
import { CONSENT_CHANGES_MAX, parseConsentRequest } from './request.ts';

const yes = { category: 'purchases', purpose: 'recommend', state: 'given' };
const notice = { id: 'notice-3', language: 'de' };
const good = { grants: [yes], notice, method: 'centre', place: { country: 'de' } };

function problemOf(value: unknown): { field: string; expected: string; remedy: string } {
  const parsed = parseConsentRequest(value);
  if (parsed.ok) throw new Error('was accepted');
  return parsed.error;
}

describe('a consent request', () => {
  test('[G16] is read into changes, notice, method and place', () => {
    expect(parseConsentRequest(good)).toEqual({
      ok: true,
      value: { changes: [yes], notice, method: 'centre', place: { country: 'DE' } },
    });
  });

  test('[G16] without method came through the API, and without place says nothing of a place', () => {
    expect(parseConsentRequest({ grants: [yes], notice })).toEqual({
      ok: true,
      value: { changes: [yes], notice, method: 'api' },
    });
  });

  test.each([
    ['nothing', undefined, 'consent'],
    ['null', null, 'consent'],
    ['a list', [good], 'consent'],
    ['no grants', { notice }, 'grants'],
    ['grants that are no list', { grants: yes, notice }, 'grants'],
    ['an empty list of grants', { grants: [], notice }, 'grants'],
    ['a grant that is a word', { grants: ['all'], notice }, 'grants/0/grant'],
    ['an unknown category', { grants: [{ ...yes, category: 'everything' }], notice }, 'grants/0/category'],
    ['an empty category', { grants: [{ ...yes, category: '' }], notice }, 'grants/0/category'],
    [
      'an inherited name as category',
      { grants: [{ ...yes, category: 'constructor' }], notice },
      'grants/0/category',
    ],
    ['an unknown purpose', { grants: [{ ...yes, purpose: 'profit' }], notice }, 'grants/0/purpose'],
    ['no purpose', { grants: [{ category: 'purchases', state: 'given' }], notice }, 'grants/0/purpose'],
    ['all purposes', { grants: [{ ...yes, purpose: '*' }], notice }, 'grants/0/purpose'],
    ['an unknown state', { grants: [{ ...yes, state: 'granted' }], notice }, 'grants/0/state'],
    ['an empty state', { grants: [{ ...yes, state: '' }], notice }, 'grants/0/state'],
    ['true as state', { grants: [{ ...yes, state: true }], notice }, 'grants/0/state'],
    ['a list as state', { grants: [{ ...yes, state: ['given'] }], notice }, 'grants/0/state'],
    ['a second grant that is wrong', { grants: [yes, { ...yes, state: 'x' }], notice }, 'grants/1/state'],
    ['a field that we would ignore', { grants: [{ ...yes, until: 'Friday' }], notice }, 'grants/0/grant'],
    ['a field beside the grants', { ...good, sell: true }, 'consent'],
    ['an own __proto__', JSON.parse('{"grants":[],"notice":{},"__proto__":{"method":"centre"}}'), 'consent'],
    ['no notice', { grants: [yes] }, 'notice'],
    ['a notice without id', { grants: [yes], notice: { language: 'de' } }, 'notice/id'],
    [
      'a notice with an endless id',
      { grants: [yes], notice: { id: 'x'.repeat(129), language: 'de' } },
      'notice/id',
    ],
    ['a notice without language', { grants: [yes], notice: { id: 'n' } }, 'notice/language'],
    [
      'a language by its name',
      { grants: [yes], notice: { id: 'n', language: 'Deutsch!' } },
      'notice/language',
    ],
    [
      'an endless language',
      { grants: [yes], notice: { id: 'n', language: `de${'-x'.repeat(20)}` } },
      'notice/language',
    ],
    ['an unknown method', { ...good, method: 'telepathy' }, 'method'],
    ['an empty method', { ...good, method: '' }, 'method'],
    ['a place by its name', { ...good, place: { country: 'Germany' } }, 'place/country'],
  ])('[G16] with %s is refused and names the field', (_what, value, field) => {
    const wrong = problemOf(value);
    expect(wrong.field).toBe(field);
    expect(wrong.expected).not.toBe('');
    expect(wrong.remedy).not.toBe('');
  });

  test('[G16] is bounded', () => {
    const grants = Array.from({ length: CONSENT_CHANGES_MAX + 1 }, () => yes);
    expect(problemOf({ grants, notice })).toMatchObject({
      field: 'grants',
      expected: 'at most 200 entries, got 201',
    });
  });

  test('[G16] can hold every choice there is', () => {
    const grants = DATA_CATEGORIES.flatMap((category) =>
      GRANTABLE_PURPOSES.map((purpose) => ({ category, purpose, state: 'given' })),
    );
    expect(grants.length).toBeLessThanOrEqual(CONSENT_CHANGES_MAX);
    expect(parseConsentRequest({ grants, notice })).toMatchObject({ ok: true, value: { changes: grants } });
  });

  test('[G16] of any shape is answered, never thrown at', () => {
    const part = fc.oneof(fc.anything(), fc.constantFrom('*', 'purchases', 'recommend', 'given', 'serve'));
    const grant = fc.record({ category: part, purpose: part, state: part }, { requiredKeys: [] });
    const request = fc.record({
      grants: fc.oneof(part, fc.array(grant)),
      notice: part,
      method: part,
      place: part,
    });
    fc.assert(
      fc.property(fc.oneof(fc.anything(), request), (value) => {
        const parsed = parseConsentRequest(value);
        expect(typeof parsed.ok).toBe('boolean');
      }),
      { numRuns: 500 },
    );
  });

  test.each(['refused', 'withdrawn'])(
    '[G17] "*" stands for all categories and classes when it says %s',
    (state) => {
      const parsed = parseConsentRequest({
        grants: [{ category: '*', purpose: 'advertise', state }],
        notice,
      });
      const changes = [...DATA_CATEGORIES, 'class:*'].map((category) => ({
        category,
        purpose: 'advertise',
        state,
      }));
      expect(parsed).toMatchObject({ ok: true, value: { changes } });
    },
  );

  test('[G17] "*" never stands for a yes', () => {
    const wrong = problemOf({ grants: [{ category: '*', purpose: 'advertise', state: 'given' }], notice });
    expect(wrong.field).toBe('grants/0/category');
    expect(wrong.expected).toContain('only in a refusal or a withdrawal');
  });

  test('[G18] the same choice twice is refused', () => {
    expect(problemOf({ grants: [yes, yes], notice })).toMatchObject({
      field: 'grants/1',
      expected: 'each choice once, got purchases for recommend twice',
    });
  });

  test('[G18] a choice and its opposite are refused, in either order', () => {
    for (const grants of [
      [yes, { ...yes, state: 'withdrawn' }],
      [{ ...yes, state: 'withdrawn' }, yes],
      [yes, { category: '*', purpose: 'recommend', state: 'refused' }],
    ]) {
      expect(problemOf({ grants, notice }).expected).toMatch(
        /as (given|withdrawn) and as (given|withdrawn|refused)/,
      );
    }
  });

  test.each([
    'SellDataToThirdParties',
    'dpv:SellDataToThirdParties',
    'https://w3id.org/dpv#SellDataToThirdParties',
    'sell',
    'SELL',
    'sale',
  ])('[G19] %s gets an answer of its own, for a yes and for a no', (purpose) => {
    for (const state of CONSENT_STATES) {
      const wrong = problemOf({ grants: [{ ...yes, purpose, state }], notice });
      expect(wrong.field).toBe('grants/0/purpose');
      expect(wrong.expected).toContain('nobody can allow it');
    }
  });

  test('[G19] serve is not asked for', () => {
    expect(problemOf({ grants: [{ ...yes, purpose: 'serve' }], notice }).expected).toContain(
      'rests on the contract',
    );
  });
});
