// Goal: an address of NATS is understood or refused, and a password in it is told to nobody.

import { describe, expect, it } from 'vitest';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { faultOf } from '../../test/contracts/samples.ts';
import { natsFrom, natsNamed, natsOf } from './event-stream.ts';

describe('an address of the event stream', () => {
  it('[Y10] names servers, user and TLS', () => {
    expect(natsFrom('nats://10.0.0.1')).toEqual({ servers: ['10.0.0.1:4222'], connection: {} });
    const both = natsFrom('nats://shop:p%40ss@a.example:1, tls://b.example:2');
    expect(both.servers).toEqual(['a.example:1', 'b.example:2']);
    expect(both.connection).toEqual({ user: 'shop', pass: 'p@ss', tls: {} });
  });

  it('[Y10] is refused when it is none, without a word of it', () => {
    for (const bad of ['', 'a.example', 'http://shop:secret@a.example', 'nats://', 'nats://a,secret']) {
      expect(() => natsFrom(bad)).toThrow(/looks like nats:\/\/HOST/);
      expect(() => natsFrom(bad)).not.toThrow(/secret|http/);
    }
  });
});

describe('the event stream of settings', () => {
  const servers = ['nats://a.example', 'tls://b.example:1'];

  it('[Y10] takes files from the folder of the settings, and reads credentials each time', () => {
    const home = mkdtempSync(join(tmpdir(), 'fineline-stream-'));
    const settings = join(home, 'fineline.yaml');
    const of = (nats: object) => natsOf({ servers, ...nats }, { settings });
    try {
      writeFileSync(join(home, 'login'), 'shop:one');
      writeFileSync(join(home, 'ca.pem'), '-----BEGIN CERTIFICATE-----');
      const options = of({ credentials: 'login', ca: './ca.pem', partitions: 4 });
      expect(options).toMatchObject({ servers: ['a.example', 'b.example:1'], partitions: 4 });
      expect(options.connection).toEqual({ tls: { caFile: join(home, 'ca.pem') } });
      writeFileSync(join(home, 'login'), 'shop:two');
      expect(options.credentials?.()).toBe('shop:two');
      expect(natsOf({ servers: servers.slice(0, 1) }, { settings })).not.toHaveProperty('connection');
      for (const bad of [{ credentials: 'ca.pem' }, { credentials: 'none' }, { ca: 'login' }, { ca: '.' }]) {
        expect(() => of(bad)).toThrow(/cluster\/nats\/(?:credentials|ca): .*Put it there/);
        expect(() => of(bad)).not.toThrow(/shop:|BEGIN/);
      }
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  });

  it('[Y10] an address in its place keeps their names and numbers, and none of their files', async () => {
    const nats = { servers, credentials: 'none', ca: 'none', prefix: 'shop', partitions: 4, replicas: 3 };
    const kept = { prefix: 'shop', partitions: 4, replicas: 3 };
    const named = natsNamed({ address: 'nats://c.example', nats });
    expect(named).toEqual({ ...kept, servers: ['c.example:4222'], connection: {} });
    const missing = Promise.resolve().then(() => natsNamed({ nats, settings: 'fineline.yaml' }));
    expect(await faultOf(missing)).toBe('bad-settings');
  });
});
