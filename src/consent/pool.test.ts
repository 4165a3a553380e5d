// Goal: nobody is learned from together with somebody who was not named to them. Method: every way in which a
// yes to `pool` could be taken for one that it is not.

import { describe, expect, it } from 'vitest';
import { DATA_CATEGORIES } from '../facts/category.ts';
import { grantKey } from '../facts/grant.ts';
import { parseControllerId } from '../facts/ids.ts';
import { parseNotice } from '../facts/parse-notice.ts';
import { noticesOf } from './notices.ts';
import { US_CA } from './packs.ts';
import type { PermitInput } from './permit.ts';
import { NOW, chainOf, change, permitting } from './testing.ts';

function controller(name: string) {
  const id = parseControllerId(name);
  if (!id.ok) throw new Error('unreachable: a good name');
  return id.value;
}
const [lamps, tools, books] = ['lamps', 'tools', 'books'].map(controller);

const NAMED = parseNotice(
  {
    id: 'together',
    version: '1',
    texts: 'joint',
    asks: [{ purposes: ['pool', 'improve'], categories: ['purchases'] }],
    partners: [{ controller: 'tools', name: 'Tools & Co' }],
  },
  lamps!,
);
if (!NAMED.ok) throw new Error(JSON.stringify(NAMED.error));
const registered = noticesOf({
  all: [NAMED.value],
  versions: new Map([['together', '1']]),
  sinceMs: 0,
});

/** A yes to both in front of that notice. */
function said(purposes: readonly ('pool' | 'improve')[], notice: string | null = 'together@1/de') {
  const chain = chainOf(purposes.map((purpose) => change('purchases', purpose, 'given')));
  const grants = new Map(
    [...chain.grants].map(([key, grant]) => [key, notice === null ? grant : { ...grant, notice }]),
  );
  return { ...chain, grants };
}

const BOTH: Partial<PermitInput> = {
  chain: said(['pool', 'improve']),
  notices: registered,
  partners: [tools!],
};
const reason = (more: Partial<PermitInput>) =>
  permitting({ ...BOTH, ...more }).refusal('purchases', 'pool')?.refused;

describe('learning together', () => {
  it('[G46] rests on a yes to it and to learning, in front of a text that names every partner', () => {
    expect(reason({})).toBeUndefined();
    const others = DATA_CATEGORIES.filter((category) => category !== 'purchases');
    for (const category of others) expect(permitting(BOTH).refusal(category, 'pool')).toBeDefined();
  });

  it.each<[string, Partial<PermitInput>, string]>([
    ['nothing was said', { chain: chainOf() }, 'no-grant'],
    ['only the other was said', { chain: said(['improve']) }, 'no-grant'],
    ['learning was not allowed', { chain: said(['pool']) }, 'no-grant'],
    ['the shop has no partner', { partners: [] }, 'not-in-policy'],
    ['nobody says which partners', { partners: undefined }, 'not-in-policy'],
    ['there is another partner', { partners: [books!] }, 'notice-does-not-ask'],
    ['there is one partner more', { partners: [books!, tools!] }, 'notice-does-not-ask'],
    ['the policy uses it no more', { purposes: { improve: ['purchases'] } }, 'not-in-policy'],
    ['Global Privacy Control is on', { signals: { gpc: true } }, 'signal-objects'],
    ['a signal ends learning', { signals: { gpc: false, ends: ['improve'] } }, 'signal-objects'],
    ['they are too young', { ageYears: 12 }, 'minor'],
    [
      'the notice is gone',
      { notices: noticesOf({ all: [], versions: new Map(), sinceMs: 0 }) },
      'notice-unknown',
    ],
    ['no notice can be looked up', { notices: undefined }, 'notice-unknown'],
    ['a withdrawal is known that is not in the chain', { revocations: 1 }, 'consent-state-stale'],
  ])('[G46] is refused where %s', (_what, more, expected) => {
    expect(reason(more)).toBe(expected);
  });

  it('[G46] does not rest on a yes that names no text, also of before there were notices', () => {
    const before = { ...registered, isBefore: () => true };
    const chain = said(['pool', 'improve'], null);
    const permissions = permitting({ ...BOTH, chain, notices: before });
    expect(permissions.refusal('purchases', 'improve')).toBeUndefined();
    expect(permissions.refusal('purchases', 'pool')?.refused).toBe('notice-does-not-ask');
  });

  it('[G46] does not rest on silence where the law takes silence for a yes', () => {
    const permissions = permitting({ ...BOTH, chain: chainOf(), pack: US_CA });
    expect(permissions.refusal('purchases', 'improve')).toBeUndefined();
    expect(permissions.refusal('purchases', 'pool')?.refused).toBe('no-grant');
  });

  it('[G46] does not rest on a notice that names nobody, whatever it asks for', () => {
    if (!NAMED.ok) throw new Error('unreachable');
    const { partners: _partners, ...silent } = NAMED.value;
    const notices = noticesOf({ all: [silent], versions: new Map([['together', '1']]), sinceMs: 0 });
    expect(reason({ notices })).toBe('notice-does-not-ask');
  });

  it('[G46] opens no sensitive class', () => {
    const key = grantKey('class:health', 'pool');
    const grants = new Map([
      ...said(['pool', 'improve']).grants,
      [key, { state: 'given', sinceMs: NOW, expiresMs: NOW * 2 }],
    ] as const);
    const notices = { ...registered, refusal: () => undefined, isBefore: () => true };
    const input = { ...BOTH, chain: { ...said(['pool']), grants }, notices };
    expect(permitting(input).declared('pool')).toEqual([]);
  });
});
