// Goal: a sensitive class is open for a purpose only where its person said so in so many words, and not any
// more when they took it back, lost a record, are too young, or objected. Method: one good declaration with
// one thing changed at a time.

import { describe, expect, it } from 'vitest';
import type { ClassCategory } from '../facts/declared-class.ts';
import type { GrantChange } from '../facts/grant.ts';
import type { NoticeLookup } from '../facts/notice.ts';
import { refuse } from '../facts/refusal.ts';
import { EU, STRICTEST, US_CA } from './packs.ts';
import type { PermitInput } from './permit.ts';
import { parseConsentRequest } from './request.ts';
import { DAY, NOW, chainOf, permitting } from './testing.ts';

const HEALTH: ClassCategory = 'class:health';
const said = (state: GrantChange['state'], more: Partial<GrantChange> = {}): GrantChange => ({
  category: HEALTH,
  purpose: 'recommend',
  state,
  ...more,
});
const YESES = [said('given'), said('given', { category: 'class:grief' })];
const YES = chainOf(YESES);
const classes = (input: Partial<PermitInput> = {}): readonly string[] =>
  permitting({ chain: YES, ...input }).declared('recommend');

describe('a declared class', () => {
  it('[G44] is open for its own purpose, and opens no data category', () => {
    expect(classes()).toEqual(['grief', 'health']);
    const permissions = permitting({ chain: YES });
    expect(permissions.declared('improve')).toEqual([]);
    expect(permissions.refusal('purchases', 'recommend')?.refused).toBe('no-grant');
  });

  it.each<readonly [string, Partial<PermitInput>]>([
    ['the chain is broken', { chain: { ...YES, broken: true } }],
    ['the key store knows of more withdrawals', { revocations: 1 }],
    ['the person is a minor', { ageYears: 12 }],
    ['nobody knows the law', { pack: undefined }],
    ['the law knows no such declaration', { pack: STRICTEST }],
    [
      'the law allows the purpose to nobody',
      { pack: { ...EU, defaults: { ...EU.defaults, recommend: 'never' } } },
    ],
    ['the phone objects', { signals: { gpc: false, ends: ['recommend'] } }],
    ['the shop does not use the purpose', { purposes: { improve: ['purchases'] } }],
    ['the time is not known', { nowMs: Number.NaN }],
    ['it ran out', { nowMs: NOW + 6 * 365 * DAY }],
  ])('[G44] is closed when %s', (_, input) => {
    expect(classes(input)).toEqual([]);
  });

  it('[G44] is not open by silence, also where the law reads silence as a yes', () => {
    expect(classes({ chain: chainOf([said('given', { category: 'purchases' })]), pack: US_CA })).toEqual([]);
  });

  it('[G44] is closed where its notice does not carry it any more', () => {
    const asked: string[] = [];
    const notices: NoticeLookup = {
      isBefore: () => false,
      partners: () => new Set(),
      refusal: (key, category) => {
        asked.push(`${key} ${category}`);
        return category === HEALTH ? refuse('notice-does-not-ask', 'no') : undefined;
      },
    };
    const grants = new Map([...YES.grants].map(([key, grant]) => [key, { ...grant, notice: 'n@1/en' }]));
    expect(classes({ chain: { ...YES, grants }, notices })).toEqual(['grief']);
    expect(asked).toContain(`n@1/en ${HEALTH}`);
    // One that names no notice is from before there were any.
    expect(classes({ notices })).toEqual([]);
  });

  it('[G44] is never open for what the law leaves to authorities: offences', () => {
    const yes = [said('given', { category: 'class:offence' }), said('given', { category: 'class:union' })];
    expect(classes({ chain: chainOf(yes) })).toEqual(['union']);
  });

  it('[G45] ends with a no to it, with a no to all, and with a lost record', () => {
    expect(classes({ chain: chainOf(YESES, [said('withdrawn')]) })).toEqual(['grief']);
    expect(classes({ chain: chainOf(YESES, [said('refused', { category: 'class:*' })]) })).toEqual([]);
    const elsewhere = [said('withdrawn', { category: 'class:*', purpose: 'improve' })];
    expect(classes({ chain: chainOf(YESES, elsewhere) })).toEqual(['grief', 'health']);
    expect(
      classes({ chain: chainOf(YESES, [said('withdrawn', { category: 'class:*' })], [said('given')]) }),
    ).toEqual(['health']);
  });

  it('[G45] a yes to all classes breaks the chain: nobody can say that', () => {
    expect(chainOf([said('given', { category: 'class:*' })]).broken).toBe(true);
  });
});

describe('a request', () => {
  const notice = { id: 'n', language: 'en' };
  const read = (category: unknown, state = 'given') =>
    parseConsentRequest({ grants: [{ category, purpose: 'recommend', state }], notice });

  it('[G45] names a class of ours or of the shop, one by one', () => {
    for (const category of ['class:health', 'class:own-hats'])
      expect(read(category)).toMatchObject({ ok: true, value: { changes: [{ category, state: 'given' }] } });
    for (const category of [
      'class:',
      'class:*',
      'class:wealth',
      'class:own-',
      'Class:health',
      'class:health ',
    ])
      expect(read(category).ok, category).toBe(false);
    expect(read('*', 'withdrawn')).toMatchObject({ ok: true });
    const all = read('*', 'withdrawn');
    expect(all.ok && all.value.changes.at(-1)?.category).toBe('class:*');
  });
});
