// Choices as careless integrations send them. None of them is a yes that a person can be held to. Each is a
// message, or a text where JSON alone cannot say it.

import { ALL_YES } from './stage.ts';

const GRANT = { category: 'purchases', purpose: 'recommend', state: 'given' };
const NOTICE = { id: 'notice-1', language: 'en' };

type Message = Readonly<Record<string, unknown>>;

const line = (person: string, more: Message = {}): Message => ({
  ...{ fineline: 'consent', person, source: 'town-web', grants: [GRANT], notice: NOTICE },
  ...more,
});

const STATES: readonly unknown[] = [
  ...[true, 1, null, {}, [], ['given'], { state: 'given' }, '', 'true', 'yes', 'YES', 'y', '1', 'ok'],
  ...[
    'Given',
    'GIVEN',
    ' given',
    'given ',
    'given\n',
    'given\u0000',
    '"given"',
    'given,given',
    'giv\u200ben',
  ],
  ...['granted', 'accepted', 'allow', 'allowed', 'opt-in', 'optin', 'consented', 'checked', 'active', 'on'],
  ...['ｇｉｖｅｎ', 'gіven', 'gıven', 'given\u0301', 'implied', 'unknown', 'default', 'legitimate-interest'],
];
const CATEGORIES: readonly unknown[] = [
  ...['*', 'all', '', ' ', 'Purchases', 'PURCHASES', 'purchases ', 'purchase', 'purchases,browsing'],
  ...[null, 1, {}, ['purchases'], '__proto__', 'constructor', 'рurchases', 'marketing', 'necessary'],
];
const PURPOSES: readonly unknown[] = [
  ...['*', 'all', '', 'sell', 'share', 'serve', 'Recommend', 'recommend ', 'recommendations', 'marketing'],
  ...[null, 1, {}, ['recommend'], '__proto__', 'toString', 'rеcommend', 'personalisation', 'analytics', '1'],
];
const NOTICES: readonly unknown[] = [
  ...[undefined, null, '', 'notice-1', 1, true, [], {}, ['notice-1'], { id: 'notice-1' }, { language: 'en' }],
  ...[
    { ...NOTICE, id: '' },
    { ...NOTICE, id: 1 },
    { ...NOTICE, id: null },
    { ...NOTICE, id: 'n'.repeat(200) },
  ],
  ...[
    { ...NOTICE, language: '' },
    { ...NOTICE, language: 7 },
    { ...NOTICE, language: 'e'.repeat(99) },
  ],
];
export const SOURCES: readonly unknown[] = [
  ...['unknown', 'tracker.example', 'Town-web', 'TOWN-WEB', 'town_web', 'townweb', 'town-web.evil.example'],
  ...[
    'tоwn-web',
    'ｔown-web',
    'town‑web',
    'town-web\u200b',
    'other-web',
    'rival-web',
    '*',
    'null',
    '__proto__',
  ],
  ...[1, true, {}, ['town-web'], { id: 'town-web' }],
];
const TIMES: readonly unknown[] = [
  ...['tomorrow', '9999-12-31T23:59:59Z', '2026-02-30T00:00:00Z', '2026-13-01', 'NaN', 'Infinity'],
  ...['01/02/2026', '2026-07-01T25:00:00Z', {}, [], true, 9e15, -9e15],
];
const GRANTS: readonly unknown[] = [
  ...[undefined, null, true, 'all', 'given', GRANT, {}, [], [[]], [[GRANT]], ['purchases:recommend'], [null]],
  ...[{ 0: GRANT, length: 1 }, { purchases: { recommend: 'given' } }, { recommend: true }],
  ...[
    [GRANT, { ...GRANT, state: 'yes' }],
    [GRANT, 'rest'],
    [GRANT, { ...GRANT, purpose: 'sell' }],
  ],
  [GRANT, { ...GRANT, state: 'refused' }],
  Array.from({ length: 2000 }, () => GRANT),
];
const PLACES: readonly unknown[] = [
  'Germany',
  'DE',
  {},
  { country: 'Germany' },
  { country: 1 },
  [],
  { land: 'DE' },
];

/** What other tools say when they mean yes. */
function foreign(person: string): readonly Message[] {
  return [
    { type: 'track', userId: person, event: 'Consent Given', properties: { marketing: true } },
    { type: 'identify', userId: person, traits: { consent: true, marketing_opt_in: 'yes' } },
    {
      ...{ type: 'track', userId: person, event: 'Segment Consent Preference Updated', source: 'town-web' },
      context: { consent: { categoryPreferences: { Advertising: true, Functional: true } } },
    },
    { client_id: person, consent: { ad_user_data: 'GRANTED', ad_personalization: 'GRANTED' }, events: [] },
    {
      event: 'consent',
      command: 'update',
      user_id: person,
      ad_storage: 'granted',
      analytics_storage: 'granted',
    },
    { person, optanonConsent: 'groups=C0001:1,C0002:1,C0003:1,C0004:1' },
    { person, consentString: 'CQSbk4AQSbk4ANwAAAENAwCgAAAAAAAAAAYgACPAAAAA', allPurposes: true },
    { fineline: 'Consent', person, grants: ALL_YES, notice: NOTICE },
    { fineline: 'consent ', person, grants: ALL_YES, notice: NOTICE },
    { fineline: true, person, grants: ALL_YES, notice: NOTICE },
    { fineline: ['consent'], person, grants: ALL_YES, notice: NOTICE },
    { kind: 'consent', person, grants: ALL_YES, notice: NOTICE, source: 'town-web' },
    { specversion: '1.0', id: person, source: 'town-web', type: 'fineline.consent', data: 'all' },
  ];
}

/** Texts that a parser could read in two ways. */
function texts(person: string): readonly string[] {
  const good = JSON.stringify(line(person));
  return [
    good.slice(0, -1),
    good.replace('"given"', 'given'),
    good.replace('"given"', "'given'"),
    good.replace('"state":"given"', '"state":"refused","state":"given"'),
    good.replace('"state":"given"', '"__proto__":{"state":"given"}'),
    good.replace('"fineline"', '"__proto__":{"fineline":"consent"},"x"'),
    `${good}${good}`,
    `${good}\r\n${good}`,
    good.replaceAll('"', '\u201c'),
    JSON.stringify(good),
    encodeURIComponent(good),
    Buffer.from(good).toString('base64'),
  ];
}

/** `name` gives a new person for each. */
export function badConsents(
  name: () => string,
): readonly { readonly person: string; readonly body: unknown }[] {
  const one = (more: Message): { person: string; body: unknown } => {
    const person = name();
    return { person, body: [line(person, more)] };
  };
  const grants = (field: string, values: readonly unknown[]): readonly Message[] =>
    values.map((value) => ({ grants: [{ ...GRANT, [field]: value }] }));
  const lines = [
    ...grants('state', STATES),
    ...grants('category', CATEGORIES),
    ...grants('purpose', PURPOSES),
    ...NOTICES.map((notice) => ({ notice })),
    ...SOURCES.map((source) => ({ source })),
    ...TIMES.map((time) => ({ time })),
    ...GRANTS.map((all) => ({ grants: all })),
    ...PLACES.map((place) => ({ place })),
  ].map(one);
  const others = foreign('x').map((_, at) => {
    const person = name();
    return { person, body: [foreign(person)[at]] };
  });
  const spoilt = texts('x').map((_, at) => {
    const person = name();
    return { person, body: texts(person)[at] };
  });
  return [...lines, ...others, ...spoilt];
}
