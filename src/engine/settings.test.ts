// Goal: settings are understood or refused, and what is wrong is named. Method: a good file with one field
// made bad at a time.

import { describe, expect, it } from 'vitest';
import { problemText } from '../facts/parse.ts';
import { classNotice } from '../facts/class-notice.ts';
import { standardNotice } from '../facts/standard-notice.ts';
import { SHOP } from '../../test/support/house.ts';
import { parseSettings } from './settings.ts';

const SOURCE = {
  id: 'web',
  origin: 'first-party',
  channel: 'web',
  basis: 'consent',
  notice: 'n1',
  description: 'our shop',
};
const PLACEMENT = { id: 'home', purpose: 'recommend', channels: ['web'], strategy: 'for-you' };
const CAP = { impressionsMax: 3, windowHours: 24 };
const GOOD = {
  controller: 'shop',
  place: { country: 'de' },
  minPeople: 5,
  sources: [SOURCE],
  placements: [{ ...PLACEMENT, capPerItem: CAP }],
};

/** Field that is named, or `fine`. */
function fieldOf(value: unknown): string {
  const parsed = parseSettings(value);
  return parsed.ok ? 'fine' : parsed.error.field;
}

const source = (more: object): object => ({ ...GOOD, sources: [SOURCE, { ...SOURCE, id: 'two', ...more }] });
const NOTICE = {
  id: 'privacy-7',
  version: '2026-07',
  texts: { en: 'May we use what you buy to choose what we show you?' },
  asks: [{ purposes: ['recommend'], categories: ['purchases'] }],
};
const notice = (more: object): object => ({ ...GOOD, notices: [{ ...NOTICE, ...more }] });
const placement = (more: object): object => ({ ...GOOD, placements: [{ ...PLACEMENT, ...more }] });

describe('settings', () => {
  it('[E20] the number on the vendor list is a whole number of 16 bits', () => {
    for (const tcfVendor of [1, 1234, 65_535]) {
      const parsed = parseSettings({ ...GOOD, tcfVendor });
      expect(parsed.ok && parsed.value.tcfVendorId).toBe(tcfVendor);
    }
    for (const tcfVendor of [0, -1, 1.5, 65_536, '7', null, Number.NaN])
      expect(fieldOf({ ...GOOD, tcfVendor }), String(tcfVendor)).toBe('tcfVendor');
  });

  it('[E20] two databases of a cluster are two addresses, and not the same', () => {
    const of = (cluster: unknown): string => fieldOf({ ...GOOD, cluster });
    const [data, keys] = ['postgresql://fineline@db1:5432/shop', 'postgres:///keys?host=/run/postgresql'];
    expect(of({ data, keys })).toBe('fine');
    expect(of({ data, keys: data })).toBe('cluster/keys');
    expect(of({ data })).toBe('cluster/keys');
    expect(of({ data: 'mysql://db1/shop', keys })).toBe('cluster/data');
    expect(of({ data: `${data} `, keys })).toBe('cluster/data');
    expect(of({ data, keys, pool: 3 })).toBe('cluster/pool');
    expect(of('postgresql://db1/shop')).not.toBe('fine');
  });

  it('[E20] an event stream is servers without passwords, files and numbers within bounds', () => {
    const [data, keys] = ['postgresql://fineline@db1:5432/shop', 'postgresql://fineline@db2/keys'];
    const of = (nats: unknown): string => fieldOf({ ...GOOD, cluster: { data, keys, nats } });
    const servers = ['nats://10.0.0.1:4222', 'tls://b.example', 'nats://[fd00::1]:4222'];
    expect(of({ servers })).toBe('fine');
    const all = { credentials: 'nats.creds', ca: '/etc/ca.pem', prefix: 'shop', waitingMax: 5 };
    expect(of({ servers, ...all, replicas: 3, partitions: 16, bytesMax: 2 ** 30 })).toBe('fine');
    expect(of({})).toBe('cluster/nats/servers');
    expect(of({ servers: [] })).toBe('cluster/nats/servers');
    expect(of({ servers: 'nats://10.0.0.1' })).toBe('cluster/nats/servers');
    for (const bad of ['10.0.0.1:4222', 'http://a', 'nats://shop:secret@a', 'nats://', 'nats://a:b', 7])
      expect(of({ servers: [servers[0], bad] })).toBe('cluster/nats/servers/1');
    expect(of({ servers, credential: 'x' })).toBe('cluster/nats/credential');
    expect(of({ servers, ca: '' })).toBe('cluster/nats/ca');
    for (const prefix of ['', 'Shop', 'a.b', 'shop-1', 3])
      expect(of({ servers, prefix })).toBe('cluster/nats/prefix');
    for (const replicas of [0, 6, 1.5, '3']) expect(of({ servers, replicas })).toBe('cluster/nats/replicas');
    for (const partitions of [0, 65]) expect(of({ servers, partitions })).toBe('cluster/nats/partitions');
    expect(of(servers)).toBe('cluster/nats');
    const told = parseSettings({
      ...GOOD,
      cluster: { data, keys, nats: { servers: ['nats://s:secret@a'] } },
    });
    expect([told.ok, JSON.stringify(told)]).not.toContain('secret');
    expect(JSON.stringify(told)).toContain('cluster/nats/credentials');
  });

  it('[E20] that are good are read, completed with defaults, and named by their content', () => {
    const parsed = parseSettings(GOOD);
    if (!parsed.ok) throw new Error(problemText(parsed.error));
    const { policy, sources, place } = parsed.value;
    expect(place).toEqual({ country: 'DE' });
    expect(sources).toEqual([
      {
        id: 'web',
        controller: 'shop',
        origin: 'first-party',
        channel: 'web',
        basis: 'consent',
        noticeId: 'n1',
        description: 'our shop',
      },
    ]);
    if (policy === undefined) throw new Error('placements make a policy');
    expect(policy.minPeople).toBe(5);
    expect(policy.placements).toEqual([
      {
        id: 'home',
        purpose: 'recommend',
        channels: ['web'],
        strategy: 'for-you',
        itemsMax: 20,
        exploreRate: 0.05,
        perLeafMax: 3,
        capPerItem: CAP,
        capPerPerson: { impressionsMax: 300, windowHours: 24 },
      },
    ]);
    const versionOf = (value: unknown): string => {
      const read = parseSettings(value);
      return read.ok ? (read.value.policy?.version ?? '') : '';
    };
    expect(policy.version).toMatch(/^[0-9a-f]{64}$/);
    expect(versionOf({ ...GOOD, placements: [{ capPerItem: CAP, ...PLACEMENT }] })).toBe(policy.version);
    expect(versionOf({ ...GOOD, minPeople: 6 })).not.toBe(policy.version);
    expect(parseSettings({ controller: 'shop' })).toEqual({
      ok: true,
      value: { controller: 'shop', sources: [], notices: [standardNotice(SHOP), classNotice(SHOP)] },
    });
  });

  it('[E20] have the standard notice beside their own, unless theirs has its name', () => {
    const ids = (notices: readonly object[]) => {
      const parsed = parseSettings({ ...GOOD, notices });
      return parsed.ok ? parsed.value.notices.map(({ id, version }) => `${id}@${version}`) : parsed.error;
    };
    expect(ids([])).toEqual(['notice-1@1', 'notice-classes@1']);
    expect(ids([NOTICE])).toEqual(['notice-1@1', 'notice-classes@1', 'privacy-7@2026-07']);
    expect(ids([{ ...NOTICE, id: 'notice-1', version: '9' }])).toEqual(['notice-classes@1', 'notice-1@9']);
  });

  it.each([
    ['settings', 5],
    ['settings', []],
    ['controller', { ...GOOD, controller: undefined }],
    ['controller', { ...GOOD, controller: '' }],
    ['controler', { ...GOOD, controler: 'shop' }],
    ['place', { ...GOOD, place: 'DE' }],
    ['place/country', { ...GOOD, place: { country: 'Germany' } }],
    ['place/region', { ...GOOD, place: { country: 'US', region: 'California' } }],
    ['minPeople', { ...GOOD, minPeople: 2 }],
    ['minPeople', { ...GOOD, minPeople: 3.5 }],
    ['minPeople', { ...GOOD, minPeople: '5' }],
    ['sources', { ...GOOD, sources: SOURCE }],
    ['sources', { ...GOOD, sources: Array.from({ length: 101 }, (_, n) => ({ ...SOURCE, id: `s${n}` })) }],
    ['sources/0/source', { ...GOOD, sources: ['web'] }],
    ['sources/1/id', { ...GOOD, sources: [SOURCE, SOURCE] }],
    ['sources/1/id', source({ id: 7 })],
    ['sources/1/orign', source({ orign: 'first-party' })],
    ['sources/1/origin', source({ origin: 'third-party' })],
    ['sources/1/channel', source({ channel: 'telex' })],
    ['sources/1/basis', source({ basis: 'legitimate interest' })],
    ['sources/1/notice', source({ notice: undefined })],
    ['sources/1/description', source({ description: 'x'.repeat(301) })],
    ['notices', { ...GOOD, notices: {} }],
    ['notices/0/id', notice({ id: '' })],
    ['notices/0/version', notice({ version: 1 })],
    ['notices/0/version', notice({ version: '1/en' })],
    ['notices/0/texts/', notice({ texts: {} })],
    ['notices/0/texts/en', notice({ texts: { en: { file: 'en.txt' } } })],
    ['notices/0/texts/e', notice({ texts: { e: 'We keep it.' } })],
    ['notices/0/texts/fr', notice({ texts: { fr: 'Nous le gardons.' } })],
    ['notices/0/texts/en', notice({ texts: { en: 'Notwithstanding applicable provisions.' } })],
    ['notices/0/asks', notice({ asks: [] })],
    ['notices/0/asks/0/purposes', notice({ asks: [{ purposes: [], categories: ['purchases'] }] })],
    [
      'notices/0/asks/0/purposes/0/word',
      notice({ asks: [{ purposes: ['serve'], categories: ['purchases'] }] }),
    ],
    ['notices/0/ask', notice({ ask: [] })],
    ['notices/1/id', { ...GOOD, notices: [NOTICE, NOTICE] }],
    ['placements', { ...GOOD, placements: {} }],
    ['placements/0/placement', { ...GOOD, placements: [null] }],
    ['placements/1/id', { ...GOOD, placements: [PLACEMENT, PLACEMENT] }],
    ['placements/0/id', placement({ id: undefined })],
    ['placements/0/purpose', placement({ purpose: 'sell' })],
    ['placements/0/purpose', placement({ purpose: 'serve' })],
    ['placements/0/channels', placement({ channels: 'web' })],
    ['placements/0/channels', placement({ channels: [] })],
    ['placements/0/channels/0/channel', placement({ channels: ['telex'] })],
    ['placements/0/publicity', placement({ publicity: 'secret' })],
    ['placements/0/strategy', placement({ strategy: 'best' })],
    ['placements/0/itemsMax', placement({ itemsMax: 0 })],
    ['placements/0/itemsMax', placement({ itemsMax: 101 })],
    ['placements/0/exploreRate', placement({ exploreRate: 0.51 })],
    ['placements/0/exploreRate', placement({ exploreRate: Number.NaN })],
    ['placements/0/perLeafMax', placement({ perLeafMax: 0 })],
    ['placements/0/capPerPersn', placement({ capPerPersn: CAP })],
    ['placements/0/capPerItem', placement({ capPerItem: 3 })],
    ['placements/0/capPerItem/impressionsMax', placement({ capPerItem: { windowHours: 1 } })],
    ['placements/0/capPerItem/windowHours', placement({ capPerItem: { impressionsMax: 1 } })],
    ['placements/0/capPerItem/window', placement({ capPerItem: { ...CAP, window: 1 } })],
    [
      'placements/0/capPerPerson/impressionsMax',
      placement({ capPerPerson: { ...CAP, impressionsMax: 513 } }),
    ],
    ['placements/0/capPerPerson/windowHours', placement({ capPerPerson: { ...CAP, windowHours: 721 } })],
    ['placements/0/capPerPerson/windowHours', placement({ capPerPerson: { ...CAP, windowHours: 0 } })],
  ])('[E20] a bad field is named: %s', (field, value) => {
    expect(fieldOf(value)).toBe(field);
  });
});
