// Goal: every difference is found, and called stricter only when it is. Method: the strict policy with one
// field changed at a time, both ways round.

import { describe, expect, it } from 'vitest';
import { comparePolicies } from './compare-policies.ts';
import { readPolicyFile } from './parse-policy.ts';
import { DEFAULT_PURPOSES, type Policy } from './policy.ts';

const SLOT = { id: 'home', purpose: 'recommend', channels: ['web'], strategy: 'for-you' };

function policyIn(more: object = {}): Policy {
  const read = readPolicyFile({ policy: 1, placements: [SLOT], ...more });
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
}

/** Proxies are found from volunteers, so somebody has to be asked. */
const GUARDING = { purposes: { ...DEFAULT_PURPOSES, guard: ['purchases'] } };
const slot = (more: object): object => ({ placements: [{ ...SLOT, ...more }] });
const told = (a: Policy, b: Policy): readonly string[] =>
  comparePolicies(a, b).map(({ field, effect }) => `${effect} ${field}`);
const OTHER_WAY: Readonly<Record<string, string>> = { stricter: 'looser', looser: 'stricter' };

describe('two policies', () => {
  it('[F3] that are equal have no difference, and restating a default is none', () => {
    expect(comparePolicies(policyIn(), policyIn({ purposes: DEFAULT_PURPOSES, minPeople: 3 }))).toEqual([]);
  });

  it.each<readonly [string, object]>([
    ['stricter minPeople', { minPeople: 4 }],
    ['stricter purposes/contact', { purposes: { ...DEFAULT_PURPOSES, contact: ['purchases'] } }],
    ['looser purposes/advertise', { purposes: { ...DEFAULT_PURPOSES, advertise: ['purchases'] } }],
    ['mixed purposes/improve', { purposes: { ...DEFAULT_PURPOSES, improve: ['browsing'] } }],
    ['stricter channels/web', { channels: { web: { publicity: 'open' } } }],
    [
      'stricter contact/caps',
      {
        contact: {
          caps: [
            { per: 'person', impressionsMax: 1, windowHours: 168 },
            { per: 'campaign', impressionsMax: 2, windowHours: 720 },
          ],
        },
      },
    ],
    ['looser contact/caps', { contact: { reason: 'a test', caps: [] } }],
    ['stricter contact/quietHours', { contact: { quietHours: { from: '20:00', to: '9:00' } } }],
    [
      'mixed contact/quietHours',
      { contact: { reason: 'a test', quietHours: { from: '20:00', to: '7:00', channels: ['push'] } } },
    ],
    ['stricter contact/backOff', { contact: { backOff: { silentMax: 2 } } }],
    ['looser contact/backOff', { contact: { reason: 'a test', backOff: { gapDays: 3 } } }],
    ['stricter contact/holdOut', { contact: { holdOut: {} } }],
    [
      'stricter contact/campaigns',
      { contact: { campaigns: [{ id: 'welcome', to: 'newcomers', contactsPerWeekMax: 9 }] } },
    ],
    ['stricter budget/rhoPerYear', { budget: { rhoPerYear: 0.05 } }],
    ['looser budget/rhoPerYear', { budget: { rhoPerYear: 0.2, reason: 'a census of our shelves' } }],
    ['stricter budget/peopleMin', { budget: { peopleMin: 101 } }],
    ['looser budget/peopleMin', { budget: { peopleMin: 20, reason: 'a small shop' } }],
    ['looser channels/letter', { channels: { letter: { publicity: 'own-screen', reason: 'sealed' } } }],
    ['neither channels/web', { channels: { web: { publicity: 'own-screen', reason: 'kiosks are gone' } } }],
    ['stricter sensitive/add/own-hats', { sensitive: { add: [{ class: 'own-hats', paths: ['Hats'] }] } }],
    [
      'looser sensitive/except/alcohol',
      { sensitive: { except: [{ class: 'alcohol', items: ['v1'], reason: 'vinegar' }] } },
    ],
    ['stricter sensitive/neverInContext', { sensitive: { neverInContext: ['health'] } }],
    ['stricter proxies/paths', { ...GUARDING, proxies: { paths: ['Pharmacy'] } }],
    ['looser placements/more', { placements: [SLOT, { ...SLOT, id: 'more' }] }],
    ['looser placements/home/channels', slot({ channels: ['web', 'app'] })],
    ['stricter placements/home/publicity', slot({ publicity: 'open' })],
    ['neither placements/home/itemsMax', slot({ itemsMax: 3 })],
    ['neither placements/home/strategy', slot({ strategy: 'complements' })],
    ['neither placements/home/purpose', slot({ purpose: 'contact' })],
    ['stricter placements/home/capPerItem', slot({ capPerItem: { impressionsMax: 2, windowHours: 168 } })],
    ['stricter placements/home/capPerItem', slot({ capPerItem: { impressionsMax: 1, windowHours: 24 } })],
  ])('[F3] differ: %s', (expected, more) => {
    const base = policyIn('proxies' in more ? GUARDING : {});
    expect(told(base, policyIn(more))).toEqual([expected]);
    const [effect = '', field] = expected.split(' ');
    expect(told(policyIn(more), base)).toEqual([`${OTHER_WAY[effect] ?? effect} ${field}`]);
  });

  it.each<readonly [string, object]>([
    ['mixed proxies/paths', { paths: ['Baby'] }],
    ['stricter proxies/volunteersMin', { volunteersMin: 500 }],
    ['looser proxies/falseRate', { falseRate: 0.01 }],
  ])('[F3] differ in what they look for: %s', (expected, more) => {
    const [a, b] = [{}, more].map((each) =>
      policyIn({ ...GUARDING, proxies: { paths: ['Pharmacy'], ...each } }),
    );
    if (a === undefined || b === undefined) throw new Error('two policies');
    expect(told(a, b)).toEqual([expected]);
  });

  it('[F3] a cap that neither keeps the other is both', () => {
    const hourly = { capPerPerson: { impressionsMax: 13, windowHours: 1 } };
    const daily = { capPerPerson: { impressionsMax: 300, windowHours: 24 } };
    const [a, b] = [hourly, daily].map((cap) => policyIn(slot({ ...cap, reason: 'a trial' })));
    if (a === undefined || b === undefined) throw new Error('two policies');
    expect(told(a, b)).toEqual(['mixed placements/home/capPerPerson']);
    expect(told(b, a)).toEqual(['mixed placements/home/capPerPerson']);
  });

  it('[F3] of before there was a file narrow nothing', () => {
    const { placements, minPeople, version } = policyIn();
    const old = { placements, minPeople, version };
    expect(new Set(comparePolicies(old, policyIn()).map(({ effect }) => effect))).toEqual(
      new Set(['stricter']),
    );
  });
});
