// Events as careless integrations send them, each of somebody who allowed everything: were it well formed, it
// would be kept.

import { SOURCES } from './bad-consents.ts';

type Message = Readonly<Record<string, unknown>>;

const NOW = Date.UTC(2026, 6, 1, 12);
const at = (ms: number): string => new Date(NOW + ms).toISOString();
const DAY = 86_400_000;

const event = (person: string, more: Message = {}): Message => ({
  ...{ kind: 'purchase', id: `bad-${Math.random()}`, person, source: 'town-web' },
  ...{ lines: [{ item: 'coat-1', quantity: 1 }] },
  ...more,
});

const KINDS: readonly unknown[] = [
  ...[
    'Purchase',
    'buy',
    'purchase ',
    '',
    null,
    1,
    {},
    ['purchase'],
    '__proto__',
    'toString',
    'heard',
    'рurchase',
  ],
];
const TIMES: readonly unknown[] = [
  ...[at(DAY), at(365 * DAY), '9999-12-31T00:00:00Z', '+275760-09-13T00:00:00.000Z', 9e15, 1e308],
  ...['0001-01-01T00:00:00Z', '1969-12-31T23:59:59Z', -1, 'NaN', 'soon', '2026-02-30T10:00:00Z', {}, true],
];
const LINES: readonly unknown[] = [
  ...[undefined, null, 'coat-1', {}, 7, true, [], [null], ['coat-1'], [[]], [{}], [{ quantity: 1 }]],
  ...[{ 0: { item: 'coat-1', quantity: 1 }, length: 1 }, [{ item: '' }], [{ item: null }], [{ item: {} }]],
  ...[[{ item: ['coat-1'] }], [{ item: 'c'.repeat(500) }], [{ item: 'coat\u00001' }], [{ item: 'coat\n1' }]],
];
const QUANTITIES: readonly unknown[] = [
  ...[-1, -0.5, 'NaN', 'many', {}, [], [1], '1e9', 1e308, -1e308, 1e12, '٣', 'Infinity', '0x10', true],
];
const PEOPLE: readonly unknown[] = [
  ...['', ' ', '\u00a0', null, true, 1.5, {}, [], ['x'], 'p'.repeat(500), 'a@b.example', 'x\u0000', 'x\r\ny'],
  ...['null', 'undefined', 'NaN', '[object Object]', 'None', 'nil', 'anonymous', '(not set)', '-', '0', 0],
  ...['\ud800', '\u202eevil', { toString: 'x' }],
];

export interface BadEvent {
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Behind `/v1/events`; the key goes in the header unless it is here. */
  readonly path?: string;
  readonly isKeyInPath?: boolean;
}

/** Of `person`, who allowed everything. */
export function badEvents(person: string): readonly BadEvent[] {
  const more = [
    ...KINDS.map((kind) => ({ kind })),
    ...TIMES.map((time) => ({ time })),
    ...LINES.map((lines) => ({ lines })),
    ...QUANTITIES.map((quantity) => ({ lines: [{ item: 'coat-1', quantity }] })),
    ...SOURCES.map((source) => ({ source })),
    ...PEOPLE.map((who) => ({ person: who })),
  ];
  return [...more.map((one) => ({ body: [event(person, one)] })), ...wholes(person), ...carried(person)];
}

/** The body as a whole is wrong. */
function wholes(person: string): readonly BadEvent[] {
  const good = JSON.stringify([event(person)]);
  const bodies: readonly unknown[] = [
    ...[
      '',
      'null',
      'true',
      '7',
      '""',
      '[]',
      '{}',
      '[[]]',
      'undefined',
      good.slice(0, -1),
      `${good}]`,
      good + good,
    ],
    good.replace('"person"', '"__proto__":{"person"').replace(/\}\]$/, '}}]'),
    good.replace('"kind":"purchase"', '"__proto__":{"kind":"purchase"}'),
    good.replace('"lines"', '"constructor"'),
    `${'['.repeat(5000)}${good}${']'.repeat(5000)}`,
    JSON.stringify(good),
    `[${Array.from({ length: 5000 }, () => '{}').join(',')}]`,
    `kind=purchase&person=${person}&item=coat-1`,
    `<event><kind>purchase</kind><person>${person}</person></event>`,
  ];
  return bodies.map((body) => ({ body }));
}

/** A good event that came in a way it may not come. */
function carried(person: string): readonly BadEvent[] {
  const good = JSON.stringify([event(person)]);
  const types = ['text/plain', 'text/html', 'application/xml', 'application/x-www-form-urlencoded', 'x', ''];
  return [
    ...types.map((type) => ({ body: good, headers: { 'content-type': type } })),
    ...['gzip', 'br', 'deflate', 'zstd'].map((coding) => ({
      body: good,
      headers: { 'content-encoding': coding },
    })),
    ...['utf-16', 'utf-7', 'latin1'].map((charset) => ({
      body: good,
      headers: { 'content-type': `application/json; charset=${charset}` },
    })),
    ...['key', 'api_key', 'access_token', 'authorization', 'writeKey'].map((name) => ({
      body: good,
      path: `?${name}=`,
      isKeyInPath: true,
    })),
    { body: [event(person, { source: undefined })], path: '?source=town-web&source=town-till' },
    { body: [event(person, { source: undefined })], path: '?source=Town-web' },
    { body: good, path: '?controller=rival' },
    { body: good, path: '?country=Germany' },
  ];
}
