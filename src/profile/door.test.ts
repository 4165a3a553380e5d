// Goal: no fact passes the door for a purpose its person did not allow. Here each reason by itself;
// door.fuzz.ts compares thousands of people with a naive oracle.

import { describe, expect, test } from 'vitest';
import { EMPTY_CHAIN, foldConsent, nextConsentRecord } from '../consent/chain.ts';
import { EU, STRICTEST, US_CA } from '../consent/packs.ts';
import { type PermitInput, permit } from '../consent/permit.ts';
import { DATA_CATEGORIES, type DataCategory } from '../facts/category.ts';
import type { ConsentChain } from '../facts/consent-state.ts';
import type { Fact } from '../facts/fact.ts';
import type { ConsentState } from '../facts/grant.ts';
import { NO_SIGNALS } from '../facts/signals.ts';
import { PURPOSES, type Purpose } from '../facts/purpose.ts';
import { isRefusal } from '../facts/refusal.ts';
import type { View } from '../facts/view.ts';
import { type Identity, type OpenInput, open } from './door.ts';
import { DAY, NOW, OTHER_SHOP, SHOP, SOURCES, TILL, WEB, fact, itemId, source } from './testing.ts';
import { BEFORE_NOTICES } from '../consent/testing.ts';

type Said = readonly [DataCategory, Purpose, ConsentState];

function chainOf(...said: readonly Said[]): ConsentChain {
  let chain = EMPTY_CHAIN;
  for (const [category, purpose, state] of said) {
    const record = nextConsentRecord(chain, {
      controller: SHOP,
      changes: [{ category, purpose, state }],
      notice: { id: 'n1', language: 'en' },
      method: 'centre',
      pack: EU,
      timeMs: NOW - DAY,
    });
    chain = foldConsent(chain, record);
  }
  return chain;
}

function person(facts: readonly Fact[], chain: ConsentChain, more: Partial<PermitInput> = {}): Identity {
  const asked = { pack: EU, place: { country: 'DE' }, signals: NO_SIGNALS, ageYears: undefined, nowMs: NOW };
  return {
    profile: { facts: new Map(facts.map((one) => [one.key, one])), seen: new Set<string>() },
    permissions: permit({
      notices: BEFORE_NOTICES,
      chain,
      revocations: chain.withdrawals,
      ...asked,
      ...more,
    }),
    restricted: new Set(),
  };
}

const BUYS: Said = ['purchases', 'recommend', 'given'];
const LOOKS: Said = ['browsing', 'recommend', 'given'];
const coat = fact('bought', 'coat');
const hat = fact('viewed', 'hat');
const test1 = fact('bought', 'test');

function opening(more: Partial<OpenInput> = {}): OpenInput {
  return {
    identities: [person([coat, hat], chainOf(BUYS, LOOKS))],
    purpose: 'recommend',
    controller: SHOP,
    sources: SOURCES,
    sensitiveOf: (item) => (item === itemId('test') ? 'pregnancy-baby' : undefined),
    declaredClasses: new Set(),
    ...more,
  };
}

function viewOf(more: Partial<OpenInput> = {}): View {
  const view = open(opening(more));
  if (isRefusal(view)) throw new Error(`shut: ${view.refused}`);
  return view;
}

function keys(view: View): readonly string[] {
  return DATA_CATEGORIES.flatMap((category) => view.read(category).map(({ key }) => key));
}

/** Why a single fact of somebody who allowed everything about it stays behind; `undefined` when it passes. */
function heldBack(one: Fact, more: Partial<OpenInput> = {}) {
  const view = viewOf({
    identities: [person([one], chainOf([one.category, 'recommend', 'given'], BUYS))],
    ...more,
  });
  expect(keys(view).length + view.held().length).toBe(1);
  return view.held()[0]?.refusal.refused;
}

describe('the door', () => {
  test('[P1] lets through what was allowed, and says what stayed behind and why', () => {
    const view = viewOf({ identities: [person([coat, hat], chainOf(BUYS))] });
    expect(keys(view)).toEqual(['bought|web|coat']);
    expect(view.held()).toMatchObject([{ key: 'viewed|web|hat', refusal: { refused: 'no-grant' } }]);
    expect([view.purpose, view.controller, view.place, view.nowMs]).toEqual([
      'recommend',
      'shop',
      { country: 'DE' },
      NOW,
    ]);
  });

  test('[P1] opens for the granted purpose alone', () => {
    const opened = PURPOSES.filter((purpose) => !isRefusal(open(opening({ purpose }))));
    expect(opened).toEqual(['serve', 'recommend']);
  });

  test('[P2] reads consent anew (Unomi: stored, but not read): a withdrawal shuts it at once', () => {
    const before = chainOf(BUYS);
    expect(keys(viewOf({ identities: [person([coat], before)] }))).toEqual(['bought|web|coat']);
    const after = chainOf(BUYS, ['purchases', 'recommend', 'withdrawn']);
    expect(open(opening({ identities: [person([coat], after)] }))).toMatchObject({ refused: 'no-grant' });
  });

  test('[P2] stays shut when no category may be read, and says the most telling reason', () => {
    const shut = (chain: ConsentChain, more: Partial<PermitInput> = {}) => {
      const view = open(opening({ identities: [person([coat], chain, more)] }));
      return isRefusal(view) ? view.refused : 'open';
    };
    expect(shut(EMPTY_CHAIN)).toBe('no-grant');
    expect(shut(chainOf(BUYS), { ageYears: 12 })).toBe('minor');
    expect(shut(chainOf(BUYS), { revocations: 1 })).toBe('consent-state-stale');
    expect(shut(chainOf(BUYS), { nowMs: NOW + 6 * 365 * DAY })).toBe('grant-expired');
    expect(shut(chainOf(BUYS), { pack: undefined })).toBe('no-pack');
    expect(shut({ ...chainOf(BUYS), broken: true })).toBe('grant-unreadable');
    expect(shut(EMPTY_CHAIN, { pack: US_CA, signals: { gpc: true } })).toBe('signal-objects');
    expect(shut(chainOf(BUYS))).toBe('open');
    expect(open(opening({ purpose: 'resell' as never }))).toMatchObject({ refused: 'unknown-purpose' });
  });

  test('[P3] records what was read and nothing else', () => {
    const view = viewOf();
    expect(view.reads()).toEqual([]);
    view.read('browsing');
    expect(view.reads()).toEqual(['viewed|web|hat']);
    view.read('purchases');
    view.read('purchases');
    view.read('reviews');
    expect(view.reads()).toEqual(['bought|web|coat', 'viewed|web|hat']);
  });

  test('[P3] gives facts sorted by key, in lists that nobody can change', () => {
    const facts = ['c', 'a', 'b'].map((item) => fact('bought', item));
    const view = viewOf({ identities: [person(facts, chainOf(BUYS))] });
    const list = view.read('purchases');
    expect(list.map(({ item }) => item)).toEqual(['a', 'b', 'c']);
    expect(() => (list as Fact[]).pop()).toThrow(TypeError);
    expect(view.read('purchases')).toHaveLength(3);
  });
});

describe('a fact', () => {
  test.each([
    ['of another controller', { controller: OTHER_SHOP }, 'other-controller'],
    ['of a source that is gone', { source: 'gone' as never }, 'source-unregistered'],
    ['of an inherited name as source', { source: '__proto__' as never }, 'source-unregistered'],
  ])('[P6] %s stays behind', (_what, more, refused) => {
    expect(heldBack(fact('bought', 'coat', more))).toBe(refused);
  });

  test.each([
    [{ origin: 'third-party' as const }, 'source-not-first-party'],
    [{ origin: 'sensor' as const }, 'source-not-first-party'],
    [{ controller: OTHER_SHOP }, 'source-other-controller'],
    [{ id: TILL }, 'source-unregistered'],
  ])('[P6] whose source is now %j stays behind', (more, refused) => {
    const sources = new Map([[WEB, { ...source(WEB), ...more }]]);
    expect(heldBack(coat, { sources })).toBe(refused);
  });

  test('[P7] is read until it expires, and beyond the order only while a profile may live', () => {
    const old = fact('bought', 'coat', {
      lastMs: NOW - 365 * DAY,
      expiresMs: NOW + 3000 * DAY,
      basis: 'contract',
    });
    expect(heldBack(old)).toBe('expired');
    expect(heldBack({ ...old, lastMs: old.lastMs + 1 })).toBeUndefined();
    expect(heldBack(old, { purpose: 'serve' })).toBeUndefined();
    expect(heldBack({ ...coat, expiresMs: NOW })).toBe('expired');
    expect(heldBack({ ...coat, expiresMs: NOW }, { purpose: 'serve' })).toBe('expired');
    expect(heldBack({ ...coat, expiresMs: NOW + 1 })).toBeUndefined();
  });

  test.each([Number.NaN, Infinity, -Infinity])('[P7] whose end or time is %d stays behind', (time) => {
    expect(heldBack({ ...coat, expiresMs: time })).toBe('data-unreadable');
    expect(heldBack({ ...coat, lastMs: time })).toBe('data-unreadable');
    expect(heldBack({ ...coat, expiresMs: time }, { purpose: 'serve' })).toBe('data-unreadable');
  });

  test('[P5] about a thing of a sensitive class stays behind, unless the person declared the class', () => {
    expect(heldBack(test1)).toBe('sensitive');
    expect(heldBack(test1, { declaredClasses: new Set(['pregnancy-baby']) })).toBeUndefined();
    expect(heldBack(test1, { declaredClasses: new Set(['health']) })).toBe('sensitive');
    expect(heldBack(test1, { purpose: 'serve' })).toBeUndefined();
  });

  test('[P5] about a thing that the catalogue does not know stays behind: it may tell anything', () => {
    const unknown = { sensitiveOf: () => 'unknown' as const };
    expect(heldBack(coat, unknown)).toBe('sensitive');
    expect(heldBack(coat, { ...unknown, declaredClasses: new Set(['health']) })).toBe('sensitive');
    expect(heldBack(coat, { ...unknown, purpose: 'serve' })).toBeUndefined();
  });

  test('[P5] about such a thing stays behind where the law knows no declaration (Saudi Arabia)', () => {
    const identities = [person([test1], chainOf(BUYS), { pack: STRICTEST })] as const;
    const view = viewOf({ identities, declaredClasses: new Set(['pregnancy-baby']) });
    expect(view.held()).toMatchObject([{ refusal: { refused: 'sensitive' } }]);
  });

  test('[P8] that names another category than its own stays behind', () => {
    expect(heldBack(fact('viewed', 'hat', { category: 'purchases' }))).toBe('data-unreadable');
    expect(heldBack(fact('trait', 'country', { category: 'purchases' }))).toBe('data-unreadable');
  });

  test('[P8] of where somebody is needs the grant for places', () => {
    const country = fact('trait', 'country');
    const said = (category: DataCategory): Said => [category, 'recommend', 'given'];
    expect(keys(viewOf({ identities: [person([country], chainOf(said('demographics')))] }))).toEqual([]);
    expect(keys(viewOf({ identities: [person([country], chainOf(said('location')))] }))).toEqual([
      'trait|web|country',
    ]);
  });
});

describe('a fact that was set aside', () => {
  const aside = (one: Identity, ...keysAside: string[]): Identity => ({
    ...one,
    restricted: new Set(keysAside),
  });
  const ann = person([coat, hat], chainOf(BUYS, LOOKS));

  test('[P9] passes for the contract alone, and says why it stays behind', () => {
    const own = aside(ann, coat.key);
    const view = viewOf({ identities: [own] });
    expect(keys(view)).toEqual([hat.key]);
    expect(view.held().map(({ key, refusal }) => [key, refusal.refused])).toEqual([[coat.key, 'restricted']]);
    expect(keys(viewOf({ identities: [own], purpose: 'serve' }))).toEqual([coat.key]);
  });

  test('[P9] stays aside whoever asks: each one’s word is about facts of their own', () => {
    const ben = person([coat], chainOf(BUYS));
    expect(keys(viewOf({ identities: [ann, aside(ben, coat.key)] }))).toEqual([coat.key, hat.key]);
    expect(keys(viewOf({ identities: [aside(ann, coat.key), ben] }))).toEqual([
      `joined 1|${coat.key}`,
      hat.key,
    ]);
  });
});

describe('a joined identity', () => {
  const anna = person([coat], chainOf(BUYS, LOOKS));
  const joined = (other: ReturnType<typeof person>, more: Partial<OpenInput> = {}) =>
    viewOf({ identities: [anna, other], ...more });

  test('[P4] adds what both allow, under keys of its own', () => {
    const view = joined(person([coat, hat], chainOf(BUYS)));
    expect(keys(view)).toEqual(['bought|web|coat', 'joined 1|bought|web|coat']);
    expect(view.reads()).toEqual(['bought|web|coat', 'joined 1|bought|web|coat']);
  });

  test('[P4] never widens the first: what the first did not allow stays shut', () => {
    const first = person([coat], chainOf(BUYS));
    const view = viewOf({ identities: [first, person([hat], chainOf(BUYS, LOOKS))] });
    expect(keys(view)).toEqual(['bought|web|coat']);
    const closed = person([coat], EMPTY_CHAIN);
    expect(open(opening({ identities: [closed, anna] }))).toMatchObject({ refused: 'no-grant' });
  });

  test.each([
    ['withdrew', person([hat], chainOf(LOOKS, ['browsing', 'recommend', 'withdrawn']))],
    ['is a minor', person([hat], chainOf(LOOKS), { ageYears: 10 })],
    ['has a broken chain', person([hat], { ...chainOf(LOOKS), broken: true })],
    [
      'lives under a law that keeps profiles for hours',
      person([hat], chainOf(LOOKS), { pack: { ...EU, profileDaysMax: 0.5 } }),
    ],
    ['has no pack', person([hat], chainOf(LOOKS), { pack: undefined })],
  ])('[P4] that %s adds nothing', (_what, other) => {
    expect(keys(joined(other))).toEqual(['bought|web|coat']);
  });

  test('[P4] does not show what it held back: that alone would tell', () => {
    const view = joined(person([test1, hat], chainOf(BUYS)));
    expect(view.held()).toEqual([]);
  });

  test('[P4] is not opened by the declaration of the first, nor by the first one’s contract', () => {
    const other = person([test1], chainOf(BUYS));
    expect(keys(joined(other, { declaredClasses: new Set(['pregnancy-baby']) }))).toEqual([
      'bought|web|coat',
    ]);
    expect(keys(joined(other, { purpose: 'serve' }))).toEqual(['bought|web|coat']);
  });

  test('[P4] that is oneself adds nothing', () => {
    expect(keys(joined(anna))).toEqual(['bought|web|coat']);
  });
});
