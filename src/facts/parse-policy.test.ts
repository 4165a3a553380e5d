// Goal: a policy file is understood whole or refused with everything that is wrong in it, it is completed as
// strictly as the defaults, and it never loosens one of them silently. Method: a good file with one field
// made bad at a time.

import { describe, expect, it } from 'vitest';
import { DEFAULT_CHANNELS, DEFAULT_PURPOSES, NO_RULES, type Policy } from './policy.ts';
import { DEFAULT_CONTACT } from './parse-contact.ts';
import { readPolicyFile } from './parse-policy.ts';

const PLACEMENT = { id: 'home', purpose: 'recommend', channels: ['web'], strategy: 'for-you' };
const CAP = { impressionsMax: 3, windowHours: 24 };
const ADDED = { class: 'own-hats', paths: ['Hats > Felt'] };
const EXCEPTED = { class: 'alcohol', paths: ['Food > Vinegar'], reason: 'vinegar is no wine' };

function policyIn(value: object): Policy {
  const read = readPolicyFile({ policy: 1, ...value });
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
}

function fieldsOf(value: unknown): readonly string[] {
  const read = readPolicyFile(value);
  return read.ok ? [] : read.error.map(({ field }) => field);
}

const bad = (value: object): readonly string[] => fieldsOf({ policy: 1, ...value });
const placed = (more: object): object => ({ placements: [{ ...PLACEMENT, ...more }] });
const sensitive = (more: object): object => ({ sensitive: more });

const GUARDING = { purposes: { ...DEFAULT_PURPOSES, guard: ['purchases'] } };
const proxies = (more: object): object => ({
  ...GUARDING,
  proxies: { paths: ['Pharmacy > Diabetes'], ...more },
});

describe('a policy file', () => {
  it('[F1] that says nothing is the strict policy: every default written out', () => {
    const policy = policyIn({});
    expect(policy).toMatchObject({
      minPeople: 3,
      purposes: DEFAULT_PURPOSES,
      channels: DEFAULT_CHANNELS,
      sensitive: NO_RULES,
    });
    expect(policy.placements.map(({ id, purpose }) => `${id} ${purpose}`)).toEqual([
      'home recommend',
      'product recommend',
      'basket recommend',
      'till recommend',
      'email contact',
    ]);
  });

  it('[F1] is named by what it means: order and repeats do not count, a reason does', () => {
    const { version } = policyIn({ purposes: { recommend: ['basket', 'purchases'] }, ...placed({}) });
    expect(version).toMatch(/^[0-9a-f]{64}$/);
    const same = { ...placed({}), purposes: { recommend: ['purchases', 'basket', 'basket'] } };
    expect(policyIn(same).version).toBe(version);
    const reasons = ['vinegar is no wine', 'we want to'].map(
      (reason) => policyIn(sensitive({ except: [{ ...EXCEPTED, reason }] })).version,
    );
    expect(new Set(reasons).size).toBe(2);
  });

  it('[F1] tells everything that is wrong at once', () => {
    expect(
      bad({ minPeople: 2, chanels: {}, placements: [{ ...PLACEMENT, itemsMax: 0, exploreRate: 2 }] }),
    ).toEqual(['chanels', 'minPeople', 'placements/0/itemsMax', 'placements/0/exploreRate']);
  });

  it.each(['budgets', 'epsilon', 'quietHours', 'declarations', 'retention', 'caps'])(
    '[F1] refuses what nothing in the engine reads yet: %s',
    (name) => {
      const read = readPolicyFile({ policy: 1, [name]: {} });
      expect(read).toMatchObject({ ok: false, error: [{ field: name }] });
      expect(read.ok ? '' : read.error[0]?.expected).toContain('not supported yet');
    },
  );

  it.each<readonly [string, unknown]>([
    ['', null],
    ['', []],
    ['policy', {}],
    ['policy', { policy: 2 }],
    ['policy', { policy: '1' }],
  ])('[F1] begins with its format: %j', (field, value) => {
    expect(fieldsOf(value)).toEqual([field]);
  });

  it.each<readonly [string, object]>([
    ['minPeople', { minPeople: 2 }],
    ['minPeople', { minPeople: '5' }],
    ['purposes', { purposes: [] }],
    ['purposes/sell', { purposes: { ...DEFAULT_PURPOSES, sell: ['purchases'] } }],
    ['purposes/serve', { purposes: { ...DEFAULT_PURPOSES, serve: ['purchases'] } }],
    ['purposes/guard', { purposes: { ...DEFAULT_PURPOSES, guard: [] } }],
    ['purposes/improve/0/category', { purposes: { ...DEFAULT_PURPOSES, improve: ['shoes'] } }],
    ['placements/0/purpose', { ...GUARDING, ...placed({ purpose: 'guard' }) }],
    ['placements/0/purpose', { ...placed({}), purposes: { improve: ['purchases'] } }],
    ['channels/telex', { channels: { telex: { publicity: 'open' } } }],
    ['channels/web', { channels: { web: 'open' } }],
    ['channels/web/publicity', { channels: { web: { publicity: 'secret' } } }],
    ['channels/web/publicty', { channels: { web: { publicity: 'open', publicty: 'open' } } }],
    ['channels/email/publicity', { channels: { email: { publicity: 'own-screen' } } }],
    ['channels/email/reason', { channels: { email: { publicity: 'own-screen', reason: '' } } }],
    ['sensitive/ad', sensitive({ ad: [] })],
    ['sensitive/add', sensitive({ add: {} })],
    ['sensitive/add/0', sensitive({ add: [{ class: 'own-hats' }] })],
    ['sensitive/add/0/class', sensitive({ add: [{ ...ADDED, class: 'hats' }] })],
    ['sensitive/add/0/class', sensitive({ add: [{ ...ADDED, class: 'own-' }] })],
    ['sensitive/add/0/reason', sensitive({ add: [{ ...ADDED, reason: 'x' }] })],
    ['sensitive/add/0/paths/0/path', sensitive({ add: [{ ...ADDED, paths: ['Hats > '] }] })],
    ['sensitive/add/0/items/0', sensitive({ add: [{ class: 'own-hats', items: [''] }] })],
    ['sensitive/except/0/reason', sensitive({ except: [{ ...EXCEPTED, reason: undefined }] })],
    ['sensitive/except/0/reason', sensitive({ except: [{ ...EXCEPTED, reason: 7 }] })],
    ['sensitive/except/0/class', sensitive({ except: [{ ...EXCEPTED, class: 'own-hats' }] })],
    ['sensitive/neverInContext/0', sensitive({ neverInContext: ['own-hats'] })],
    ['proxies', { proxies: { paths: ['Pharmacy'] } }],
    ['proxies/paths', proxies({ paths: [] })],
    ['proxies/paths', proxies({ paths: undefined })],
    ['proxies/paths/0/path', proxies({ paths: ['Pharmacy >'] })],
    ['proxies/volunteersMin', proxies({ volunteersMin: 199 })],
    ['proxies/falseRate', proxies({ falseRate: 0.6 })],
    ['proxies/erase', proxies({ erase: 'yes' })],
    ['proxies/leaves', proxies({ leaves: [] })],
    ['placements', { placements: {} }],
    ['placements/1/id', { placements: [PLACEMENT, PLACEMENT] }],
    ['placements/0/placement', { placements: [7] }],
    ['placements/0/publicity', placed({ publicity: 'own-screen' })],
    ['placements/0/publicity', placed({ channels: ['letter'], publicity: 'open' })],
    ['placements/0/capPerItem', placed({ capPerItem: { impressionsMax: 21, windowHours: 168 } })],
    ['placements/0/capPerItem', placed({ capPerItem: { impressionsMax: 20, windowHours: 167 } })],
    ['placements/0/capPerPerson', placed({ capPerPerson: { impressionsMax: 301, windowHours: 24 } })],
    ['placements/0/capPerPerson/windowHours', placed({ capPerPerson: { ...CAP, windowHours: 721 } })],
    ['placements/0/reason', placed({ reason: '' })],
  ])('[F1] a bad field is named: %s', (field, value) => {
    expect(bad(value)[0]).toContain(field);
    expect(bad(value)).toHaveLength(1);
  });

  it('[F1] looks for proxies of the leaves it names, from as many volunteers as we would', () => {
    expect(policyIn(proxies({})).proxies).toEqual({
      paths: [['Pharmacy', 'Diabetes']],
      volunteersMin: 1000,
      falseRate: 0.05,
      erase: false,
    });
    expect(policyIn(proxies({ erase: true })).proxies?.erase).toBe(true);
    expect(policyIn(GUARDING).proxies).toBeUndefined();
  });

  it('[F1] loosens a default only for a reason, and keeps the reason', () => {
    const policy = policyIn({
      channels: {
        email: { publicity: 'own-screen', reason: 'sent to the app’s inbox' },
        web: { publicity: 'open' },
      },
      sensitive: { add: [ADDED], except: [EXCEPTED], neverInContext: ['own-hats', 'health'] },
      ...placed({ capPerItem: { impressionsMax: 500, windowHours: 24 }, reason: 'a shop of three things' }),
    });
    expect(policy.channels).toMatchObject({
      email: { publicity: 'own-screen', reason: 'sent to the app’s inbox' },
      web: { publicity: 'open' },
      letter: { publicity: 'open' },
    });
    expect(policy.placements[0]).toMatchObject({ reason: 'a shop of three things' });
    expect(policy.sensitive?.except[0]).toMatchObject({
      reason: 'vinegar is no wine',
      paths: [['Food', 'Vinegar']],
    });
  });

  it('[F1] says how often a person may be come to, as strictly as the defaults or with a reason', () => {
    expect(policyIn({}).contact).toEqual(DEFAULT_CONTACT);
    expect(policyIn({ contact: {} }).version).toBe(policyIn({}).version);
    const fields = (contact: unknown): readonly string[] => bad({ contact });
    const week = { per: 'person', impressionsMax: 1, windowHours: 168 };
    // One a week over these channels keeps two a month of each campaign only where it counts as much.
    expect(fields({ caps: [week] })).toEqual(['contact/caps']);
    expect(fields({ caps: [{ ...week, windowHours: 720 }] })).toEqual([]);
    expect(fields({ caps: [{ ...week, windowHours: 720, channels: ['email'] }] })).toEqual([
      'contact/caps',
      'contact/caps',
    ]);
    expect(fields({ caps: [], reason: 'we send receipts only' })).toEqual([]);
    expect(fields({ quietHours: { from: '22:00', to: '8:00' } })).toEqual(['contact/quietHours']);
    expect(fields({ quietHours: { from: 1260, to: '08:00', channels: ['email', 'push'] } })).toEqual([]);
    expect(fields({ quietHours: { from: '24:00', to: '8' } })).toEqual([
      'contact/quietHours/from',
      'contact/quietHours/to',
    ]);
    expect(fields({ backOff: { silentMax: 4 } })).toEqual(['contact/backOff']);
    expect(fields({ backOff: { silentMax: 0, gapDays: 1.5 } })).toEqual([
      'contact/backOff/silentMax',
      'contact/backOff/gapDays',
    ]);
    expect(fields({ caps: [{ per: 'household', channels: [], impressionsMax: 0 }], often: 1 })).toEqual([
      'contact/often',
      'contact/caps/0/per',
      'contact/caps/0/channels',
      'contact/caps/0/impressionsMax',
      'contact/caps/0/windowHours',
    ]);
  });

  it('[F5] reads a hold-out, and has none where none is written', () => {
    expect(policyIn({}).contact).not.toHaveProperty('holdOut');
    const usual = { rate: 0.05, channels: ['email', 'push', 'letter'], responseMin: 0.002 };
    expect(policyIn({ contact: { holdOut: {} } }).contact?.holdOut).toEqual(usual);
    const fields = (holdOut: unknown): readonly string[] => bad({ contact: { holdOut } });
    expect(fields({ rate: 0.02, channels: ['letter', 'email'], responseMin: 0 })).toEqual([]);
    expect(fields({ rate: 0.019, responseMin: -0.1 })).toEqual([
      'contact/holdOut/rate',
      'contact/holdOut/responseMin',
    ]);
    expect(fields({ rate: 0.51, channels: ['web'], share: 1 })).toEqual([
      'contact/holdOut/share',
      'contact/holdOut/rate',
      'contact/holdOut/channels',
    ]);
    expect(fields('yes')).toEqual(['contact/holdOut']);
  });

  it('[F7] reads campaigns for newcomers', () => {
    const welcome = { id: 'welcome', to: 'newcomers', contactsPerWeekMax: 200 };
    const read = (...campaigns: readonly unknown[]) => policyIn({ contact: { campaigns } });
    expect(policyIn({}).contact).not.toHaveProperty('campaigns');
    expect(read(welcome).contact?.campaigns).toEqual([{ ...welcome, freedToo: false }]);
    const fields = (...campaigns: readonly unknown[]): readonly string[] => bad({ contact: { campaigns } });
    expect(fields(welcome, { ...welcome, id: 'hello', freedToo: true })).toEqual([]);
    expect(fields(welcome, welcome)).toEqual(['contact/campaigns/1/id']);
    expect(fields({ id: '', to: 'everybody', contactsPerWeekMax: -1, freedToo: 'yes' })).toEqual([
      'contact/campaigns/0/id',
      'contact/campaigns/0/to',
      'contact/campaigns/0/contactsPerWeekMax',
      'contact/campaigns/0/freedToo',
    ]);
  });

  it('[F1] reads what may be made public, and asks for a reason where that is more', () => {
    expect(policyIn({ budget: {} }).version).toBe(policyIn({}).version);
    expect(policyIn({}).budget).toEqual({ rhoMillionthsPerYear: 100_000, peopleMin: 100 });
    const fields = (budget: unknown): readonly string[] => bad({ budget });
    expect(fields({ rhoPerYear: 0.000_001, peopleMin: 500 })).toEqual([]);
    expect(fields({ rhoPerYear: 0.11, peopleMin: 99 })).toEqual(['budget/rhoPerYear', 'budget/peopleMin']);
    expect(fields({ rhoPerYear: 1, peopleMin: 20, reason: 'we are watched by a board' })).toEqual([]);
    const reason = 'a test';
    expect(fields({ rhoPerYear: 1.1, peopleMin: 19, reason })).toEqual([
      'budget/rhoPerYear',
      'budget/peopleMin',
    ]);
    expect(fields({ epsilon: 1 })).toEqual(['budget/epsilon']);
    expect(bad({ budgets: {} })).toEqual(['budgets']);
  });

  it('[F1] a cap in a shorter window that keeps the default needs no reason', () => {
    expect(bad(placed({ capPerItem: { impressionsMax: 2, windowHours: 24 } }))).toEqual([]);
    expect(bad(placed({ capPerItem: { impressionsMax: 3, windowHours: 24 } }))).toEqual([
      'placements/0/capPerItem',
    ]);
  });
});
