// Goal: what may cross between sellers has a name that both know, and a notice that asks for it names them.
// Method: good and bad numbers, notices and policies.

import { describe, expect, it } from 'vitest';
import { noticeProblems } from '../consent/notices.ts';
import { parseControllerId } from './ids.ts';
import { commonId } from './joint.ts';
import { jointTexts } from './joint-notice.ts';
import { parseNotice } from './parse-notice.ts';
import { readPolicyFile } from './parse-policy.ts';
import { comparePolicies } from './compare-policies.ts';
import { DEFAULT_PURPOSES } from './policy.ts';
import { STANDARD_PURPOSES, standardNotice } from './standard-notice.ts';

const lamps = controller('lamps');
function controller(name: string) {
  const id = parseControllerId(name);
  if (!id.ok) throw new Error('unreachable: a good name');
  return id.value;
}

describe('a thing', () => {
  it('[F16] is the same by its GTIN, however many zeros stand before it', () => {
    for (const id of ['4006381333931', '04006381333931']) expect(commonId('gtin', id)).toBe('04006381333931');
    expect(commonId('gtin', '036000291452')).toBe(commonId('gtin', '0036000291452'));
    expect(commonId('gtin', '73513537')).toBe('00000073513537');
  });

  it.each(['4006381333932', '40063813339', 'coat-1', '4006381333931 ', '', '400638133393１'])(
    '[F16] “%s” is no GTIN and stays with its seller',
    (id) => {
      expect(commonId('gtin', id)).toBeUndefined();
      expect(commonId('id', id)).toBe(id);
    },
  );
});

const ask = { purposes: ['pool'], categories: ['purchases'] };
const partner = { controller: 'tools', name: 'Tools & Co' };
const notice = (more: object) =>
  parseNotice({ id: 'n', version: '1', texts: 'joint', asks: [ask], partners: [partner], ...more }, lamps);
const refused = (more: object): string => {
  const read = notice(more);
  return read.ok ? 'taken' : read.error.field;
};

describe('a notice', () => {
  it('[F15] with the words that come with Fineline is readable in seven languages', () => {
    const read = notice({ partners: [partner, { controller: 'books', name: 'Buchladen Nord' }] });
    if (!read.ok) throw new Error(JSON.stringify(read.error));
    expect(Object.keys(read.value.texts)).toHaveLength(7);
    for (const text of Object.values(read.value.texts))
      expect(text).toContain('- Tools & Co\n- Buchladen Nord');
    expect(noticeProblems(read.value)).toEqual([]);
    expect(read.value.partners).toHaveLength(2);
    expect(jointTexts([{ controller: lamps, name: '$& $1' }])['en']).toContain('- $& $1');
  });

  it.each([
    ['no partners', { partners: undefined }],
    ['an empty list', { partners: [] }],
    ['a text that does not name one', { texts: { en: 'May we?', de: 'Tools & Co' } }],
    ['one of two texts that does not', { texts: { en: 'With Tools & Co?', de: 'Mit Werkzeug?' } }],
    ['a partner twice', { partners: [partner, partner] }],
    ['the shop itself', { partners: [{ controller: 'lamps', name: 'Tools & Co' }] }],
    ['no name', { partners: [{ controller: 'tools' }] }],
    ['another field', { partners: [{ ...partner, share: 'all' }] }],
    ['other data', { asks: [{ purposes: ['pool'], categories: ['browsing'] }] }],
    ['a sensitive class', { asks: [{ purposes: ['improve', 'pool'], categories: ['class:health'] }] }],
    ['partners that nothing is asked about', { asks: [{ ...ask, purposes: ['improve'] }] }],
  ])('[F15] with %s is refused', (_what, more) => {
    expect(refused({})).toBe('taken');
    expect(refused(more)).toMatch(/^(?:partners|texts)/);
  });

  it('[F15] the standard one does not ask for it', () => {
    const { asks } = standardNotice(lamps);
    expect(asks[0]?.purposes).toEqual(STANDARD_PURPOSES);
    expect(STANDARD_PURPOSES).not.toContain('pool');
  });
});

const purposes = { ...DEFAULT_PURPOSES, pool: ['purchases'] };
const joint = { with: ['tools', 'books'], items: 'gtin' };
const fieldsOf = (file: object): readonly string[] => {
  const read = readPolicyFile({ policy: 1, ...file });
  return read.ok ? [] : read.error.map(({ field }) => field);
};
const policyIn = (file: object) => {
  const read = readPolicyFile({ policy: 1, ...file });
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
};

describe('a policy', () => {
  it('[F14] names partners in any order, and is the same policy', () => {
    const policy = policyIn({ purposes, joint });
    expect(policy.joint).toEqual({ with: ['books', 'tools'], items: 'gtin' });
    expect(policyIn({ purposes, joint: { ...joint, with: ['books', 'tools'] } }).version).toBe(
      policy.version,
    );
  });

  it.each([
    ['without the purpose', { joint }, ['joint']],
    ['with the purpose alone', { purposes }, ['purposes/pool']],
    ['for other data', { purposes: { ...purposes, pool: ['browsing'] }, joint }, ['joint']],
    ['for more data', { purposes: { ...purposes, pool: ['purchases', 'browsing'] }, joint }, ['joint']],
    ['with nobody', { purposes, joint: { ...joint, with: [] } }, ['joint/with']],
    ['with one twice', { purposes, joint: { ...joint, with: ['tools', 'tools'] } }, ['joint/with']],
    ['with unknown things', { purposes, joint: { ...joint, items: 'title' } }, ['joint/items']],
    ['with everything left open', { purposes, joint: {} }, ['joint/with', 'joint/items']],
    ['with a field more', { purposes, joint: { ...joint, weight: 2 } }, ['joint/weight']],
  ])('[F14] %s is refused with its field', (_what, file, fields) => {
    for (const field of fields) expect(fieldsOf(file)).toContain(field);
  });

  it('[F14] is no slot’s purpose', () => {
    const placements = [{ id: 'home', purpose: 'pool', channels: ['web'], strategy: 'for-you', itemsMax: 5 }];
    expect(fieldsOf({ purposes, joint, placements })).toContain('placements/0/purpose');
  });

  it('[F14] with more partners is looser, with fewer stricter', () => {
    const differences = (a: object, b: object) =>
      comparePolicies(policyIn(a), policyIn(b)).map(({ field, effect }) => `${effect} ${field}`);
    const [none, both, one] = [
      { purposes },
      { purposes, joint },
      { purposes, joint: { ...joint, with: ['tools'] } },
    ];
    expect(differences({}, both)).toEqual(['looser purposes/pool', 'looser joint/with']);
    expect(differences(both, one)).toEqual(['stricter joint/with']);
    expect(differences(both, { ...both, joint: { ...joint, items: 'id' } })).toEqual(['neither joint/items']);
    expect(fieldsOf(none)).not.toEqual([]);
  });
});
