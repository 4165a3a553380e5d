// Goal: an audience or a subject that would tell of somebody, that cannot work, or that nobody uses, is
// refused with its field, and nothing else is. Method: a good file with one thing made bad at a time.

import { describe, expect, it } from 'vitest';
import { audienceText, conditionText } from './audience-text.ts';
import { comparePolicies } from './compare-policies.ts';
import { readPolicyFile } from './parse-policy.ts';
import { DEFAULT_PURPOSES, type Policy } from './policy.ts';

const TEA = { bought: { paths: ['Food > Tea'] }, days: 180, times: 2 };
const SLOT = { id: 'news', purpose: 'contact', channels: ['email'], strategy: 'for-you', audience: 'tea' };
const READS = { ...DEFAULT_PURPOSES, contact: ['purchases', 'browsing', 'demographics', 'location'] };

function fileWith(all: unknown, more: object = {}): object {
  return { policy: 1, audiences: [{ name: 'tea', all }], placements: [SLOT], ...more };
}

function fieldsOf(file: object): readonly string[] {
  const read = readPolicyFile(file);
  return read.ok ? [] : read.error.map(({ field }) => field);
}

function policyOf(file: object): Policy {
  const read = readPolicyFile(file);
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
}

type Bad = readonly [field: string, value: unknown, more?: object];

function padded(list: readonly Bad[]): readonly (readonly [string, unknown, object])[] {
  return list.map(([field, value, more = {}]) => [field, value, more]);
}

const AT = 'audiences/0/all';

describe('audiences of a policy', () => {
  it('[F10] are read, and part of what is committed', () => {
    const all = [TEA, { notBought: { items: ['tea-1'] }, days: 30 }, { language: ['fr', 'de', 'de'] }];
    const policy = policyOf(fileWith([...all, { customerDays: 90 }], { purposes: READS }));
    expect(policy.audiences).toEqual([
      {
        name: 'tea',
        all: [
          {
            by: 'bought',
            goods: { items: [], paths: [['Food', 'Tea']], brands: [] },
            days: 180,
            times: 2,
          },
          { by: 'not-bought', goods: { items: ['tea-1'], paths: [], brands: [] }, days: 30 },
          { by: 'language', oneOf: ['de', 'fr'] },
          { by: 'customer', days: 90 },
        ],
      },
    ]);
    const other = policyOf(fileWith([{ ...TEA, times: 3 }]));
    expect(other.version).not.toBe(policyOf(fileWith([TEA])).version);
    expect(policyOf({ policy: 1 })).not.toHaveProperty('audiences');
    expect(audienceText(policy.audiences![0]!)).toBe(
      'bought Food > Tea within 180 days, at least 2 times; bought nothing of tea-1 within 30 days; ' +
        'declared the language de or fr; has been a customer for 90 days',
    );
    const liked = { by: 'liked', goods: { items: [], paths: [], brands: ['Nord'] }, times: 1 } as const;
    expect(conditionText(liked)).toBe('likes brand Nord');
  });

  it.each(
    padded([
      // Nobody is asked for by what they are, or by name.
      [`${AT}/0/birthYear`, [{ birthYear: [2010] }]],
      [`${AT}/0/age`, [{ ...TEA, age: 15 }]],
      [`${AT}/0/person`, [{ person: 'anna' }]],
      [`${AT}/0/email`, [{ email: 'anna@example.org' }]],
      [`${AT}/0/not`, [{ not: TEA }]],
      [AT, [{ notBought: { paths: ['Food'] }, days: 30 }]],
      [AT, []],
      [AT, [TEA, TEA, TEA, TEA, TEA]],
      // What would not work.
      [`${AT}/0`, [{ ...TEA, customerDays: 3 }]],
      [`${AT}/0`, [{ days: 3 }]],
      [`${AT}/0/bought`, [{ bought: {} }]],
      [`${AT}/0/days`, [{ ...TEA, days: 0 }]],
      [`${AT}/0/times`, [{ ...TEA, times: 13 }]],
      [`${AT}/1/times`, [TEA, { notBought: { paths: ['Food'] }, days: 3, times: 1 }]],
      [`${AT}/1/days`, [TEA, { notBought: { paths: ['Food'] } }]],
      [`${AT}/0/country/0/code`, [{ country: ['de'] }], { purposes: READS }],
      [`${AT}/0/language`, [{ language: [] }], { purposes: READS }],
      // What may not be read, or leads nowhere.
      ['placements/0/audience', [{ country: ['DE'] }]],
      ['placements/0/audience', [TEA], { placements: [{ ...SLOT, audience: 'coffee' }] }],
      ['audiences/0/name', [TEA], { placements: [{ ...SLOT, audience: undefined }] }],
      ['audiences/1/name', [TEA], { audiences: [1, 2].map(() => ({ name: 'tea', all: [TEA] })) }],
      // What the policy itself calls sensitive: above, below, by name.
      [`${AT}/0`, [TEA], { sensitive: { add: [{ class: 'own-tea', paths: ['Food > Tea > Green'] }] } }],
      [`${AT}/0`, [TEA], { sensitive: { add: [{ class: 'own-tea', paths: ['food'] }] } }],
      [
        `${AT}/0`,
        [{ viewed: { items: ['t1'] } }],
        { sensitive: { add: [{ class: 'own-t', items: ['t1'] }] } },
      ],
    ]),
  )('[F10] %s', (field, all, more) => {
    const found = fieldsOf(fileWith(all, more));
    expect(found).toContain(field);
    expect(new Set(found).size).toBeLessThanOrEqual(2);
  });

  it('[F3] differ: one more condition is stricter, a slot for some as well', () => {
    const a = policyOf(fileWith([TEA]));
    const b = policyOf(fileWith([TEA, { customerDays: 9 }]));
    const none = policyOf({ policy: 1, placements: [{ ...SLOT, audience: undefined }] });
    const effects = (from: Policy, to: Policy): readonly string[] =>
      comparePolicies(from, to).map(({ field, effect }) => `${field} ${effect}`);
    expect(effects(a, b)).toEqual(['audiences/tea stricter']);
    expect(effects(b, a)).toEqual(['audiences/tea looser']);
    expect(effects(none, a)).toEqual(['audiences/tea neither', 'placements/news/audience stricter']);
    expect(effects(a, none)).toEqual(['audiences/tea neither', 'placements/news/audience looser']);
  });
});

describe('subjects of a placement', () => {
  const withSubject = (subject: unknown, more: object = {}): object => ({
    policy: 1,
    purposes: READS,
    placements: [{ ...SLOT, audience: undefined, subject, ...more }],
  });
  const FALLBACK = 'News from us';

  it('[F11] are read, sorted by language', () => {
    const subject = { fr: 'Pour vous : {item}', de: 'Neu von {brand}', fallback: FALLBACK };
    const { placements } = policyOf(withSubject(subject));
    const { fallback, ...texts } = subject;
    expect(placements[0]?.subject).toEqual({ texts, fallback });
    expect(Object.keys(placements[0]?.subject?.texts ?? {})).toEqual(['de', 'fr']);
    expect(
      comparePolicies(policyOf(withSubject({ fallback })), policyOf(withSubject(subject))),
    ).toMatchObject([{ field: 'placements/news/subject', effect: 'neither' }]);
  });

  it('[F11] a subject may ask for released numbers, where there is a word for “about”', () => {
    const de = `Wie {people:${'a'.repeat(64)}/Food > Tea} andere: {item}`;
    const { placements } = policyOf(withSubject({ de, fallback: FALLBACK }));
    expect(placements[0]?.subject?.texts).toEqual({ de });
  });

  it.each(
    padded([
      ['subject/fallback', { en: 'New' }],
      ['subject/fallback', { fallback: 'New: {item}' }],
      ['subject/en', { en: 'You, {name}!', fallback: FALLBACK }],
      ['subject/en', { en: '{figure:tea} people', fallback: FALLBACK }],
      ['subject/en', { en: '{people:tea} people', fallback: FALLBACK }],
      ['subject/en', { en: `{people:${'A'.repeat(64)}} people`, fallback: FALLBACK }],
      ['subject/fr', { fr: `{people:${'a'.repeat(64)}} clients`, fallback: FALLBACK }],
      ['subject/fallback', { fallback: `{people:${'a'.repeat(64)}} people` }],
      ['subject/en', { en: 'half a {brace', fallback: FALLBACK }],
      ['subject/en', { en: 'a\nb', fallback: FALLBACK }],
      ['subject/en', { en: 'a\u202eb', fallback: FALLBACK }],
      ['subject/en', { en: 'x'.repeat(79), fallback: FALLBACK }],
      ['subject/English', { English: 'New', fallback: FALLBACK }],
      ['subject', { fallback: FALLBACK }, { channels: ['email', 'web'] }],
      ['subject', { en: 'New', fallback: FALLBACK }, { purpose: 'recommend' }],
    ]),
  )('[F11] refuses %s of %j', (field, subject, more) => {
    expect(fieldsOf(withSubject(subject, more))).toEqual([`placements/0/${field}`]);
  });
});
