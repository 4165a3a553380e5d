// Goal: what is missing in a cluster is found before it starts. Method: real servers with one thing wrong
// each. The good cluster, and its own streams, are looked at in stream.test.ts.

import { afterEach, describe, expect, it } from 'vitest';
import { type NatsServers, startNats } from '../../../test/support/nats-servers.ts';
import type { Finding } from '../../kernel/finding.ts';
import { checkNats, clockFinding } from './check.ts';

let servers: NatsServers | undefined;
afterEach(async () => {
  await servers?.close();
  servers = undefined;
});

const wrong = (findings: readonly Finding[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    findings
      .filter(({ level }) => level !== 'good')
      .map(({ about, level }) => [about.slice('events: '.length), level]),
  );

const ALWAYS = { authentication: 'doubtful', TLS: 'doubtful', 'flushing to disk': 'doubtful' };

describe('the check of a cluster', () => {
  it('[N20] says that nobody answers, and what to do', async () => {
    const findings = await checkNats('nats://127.0.0.1:1');
    expect(findings).toMatchObject([{ about: 'events: connection', level: 'bad' }]);
    expect(findings[0]?.remedy).toContain('Start the servers');
  });

  it('[N20] finds a single server, a user that is not told, and the room that lacks', async () => {
    servers = await startNats({ count: 1, user: 'shop', password: 'secret' });
    const [url = ''] = servers.urls;
    expect(wrong(await checkNats(url))).toEqual({ connection: 'bad' });
    const connection = { user: 'shop', pass: 'secret' };
    const findings = await checkNats({ servers: url, connection });
    expect(wrong(findings)).toEqual({ TLS: 'doubtful', 'flushing to disk': 'doubtful', servers: 'bad' });
    expect(findings.find(({ about }) => about === 'events: servers')?.remedy).toContain('three servers');
    const room = { servers: url, connection, replicas: 1 };
    expect(wrong(await checkNats({ ...room, bytesMax: 2 ** 40 }))).toMatchObject({ servers: 'bad' });
    expect(wrong(await checkNats({ ...room, bytesMax: 2 ** 20 }))).not.toHaveProperty('servers');
    const one = wrong(await checkNats({ ...room, bytesMax: 2 ** 20 }));
    expect([one['replicas'], wrong(findings)['replicas']]).toEqual(['doubtful', undefined]);
    expect(JSON.stringify(findings)).not.toContain('secret');
  });

  it('[N20] finds a server without JetStream', async () => {
    servers = await startNats({ count: 1, jetstream: false });
    expect(wrong(await checkNats(servers.urls[0] ?? ''))).toEqual({ ...ALWAYS, JetStream: 'bad' });
  });

  it('[N20] judges clocks', () => {
    const levels = [0, -900, 1500, -1500, 700_000, Number.NaN].map((ms) => clockFinding(ms).level);
    expect(levels).toEqual(['good', 'good', 'doubtful', 'doubtful', 'bad', 'bad']);
  });
});
