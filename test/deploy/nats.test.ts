// Goal: the settings for servers of the event stream that are handed out let Fineline do all it does, and
// nobody else anything, over TLS. Method: a real server with these very files, a certificate made for it, and
// the settings of a home.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkNats } from '../../src/adapters/nats/check.ts';
import { connectTo } from '../../src/adapters/nats/connect.ts';
import { settingsOf } from '../../src/adapters/nats/settings.ts';
import { openNatsStream } from '../../src/adapters/nats/stream.ts';
import { natsOf } from '../../src/presets/event-stream.ts';
import { faultOf } from '../contracts/samples.ts';
import { type NatsServers, startNats } from '../support/nats-servers.ts';
import { WITHIN, message, untilEmpty } from '../support/nats-streams.ts';

const read = (name: string): string =>
  readFileSync(new URL(`../../deploy/nats/${name}`, import.meta.url), 'utf8');

let dir: string;
let servers: NatsServers;
let port: string;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'fineline-nats-conf-'));
  const [cert, key] = [join(dir, 'server.pem'), join(dir, 'server.key')];
  const subject = ['-subj', '/CN=test', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const made = [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-days',
    '2',
  ];
  const { status } = spawnSync('openssl', [...made, '-keyout', key, '-out', cert, ...subject]);
  if (status !== 0) throw new Error('openssl made no certificate. Run as root: apt-get install -y openssl');
  writeFileSync(join(dir, 'authorization.conf'), read('authorization.conf'));
  writeFileSync(join(dir, 'tls.conf'), read('tls.conf').replaceAll('/etc/nats', dir));
  writeFileSync(join(dir, 'login'), 'fineline:hush');
  // The server looks for them from the folder of its own settings.
  const lines = ['authorization.conf', 'tls.conf'].map((name) => `include '../../${basename(dir)}/${name}'`);
  servers = await startNats({ count: 1, lines, env: { NATS_PASSWORD: 'hush' } });
  port = /:(\d+)$/.exec(servers.urls[0] ?? '')?.[1] ?? '';
});
afterAll(async () => {
  await servers.close();
  rmSync(dir, { recursive: true, force: true });
});

const settings = (more: object) =>
  natsOf(
    { servers: [`tls://127.0.0.1:${port}`], replicas: 1, partitions: 2, bytesMax: 2 ** 20, ...more },
    { settings: join(dir, 'fineline.yaml') },
  );
const GOOD = { credentials: 'login', ca: 'server.pem' };

describe('settings for servers of the event stream', () => {
  it('let Fineline take in, write, put aside, forget and look, over TLS', async () => {
    const stream = await openNatsStream(settings(GOOD));
    const [first, second] = [message(0), message(1)];
    expect(await stream.publish([first, second])).toEqual(['new', 'new']);
    const consumer = await stream.consume(async (batch) =>
      batch.map(({ id }) => (id === second.id ? { dead: 'planted' } : 'done')),
    );
    await untilEmpty(stream);
    expect(await stream.dead.list({ limit: 5 })).toMatchObject([{ id: second.id, reason: 'planted' }]);
    expect([await stream.dead.replay(1), await stream.dead.drop(1)]).toEqual([true, false]);
    await consumer.stop();
    await stream.close();
    const findings = await checkNats(settings(GOOD));
    const weak = findings.filter(({ level }) => level !== 'good').map(({ about }) => about);
    expect(weak).toEqual(['events: flushing to disk', 'events: replicas']);
  });

  it('let nobody else in, and Fineline nowhere else', async () => {
    expect(await faultOf(openNatsStream(settings({ ca: 'server.pem' })))).toBe('stream-refused');
    // A certificate that nobody vouches for.
    const strange = openNatsStream(settings({ credentials: 'login' }));
    await expect(strange).rejects.toMatchObject({
      code: 'stream-down',
      message: expect.stringContaining('self-signed certificate'),
    });
    const connection = await connectTo(settingsOf(settings(GOOD)));
    const denied: string[] = [];
    const listening = (async () => {
      for await (const status of connection.status())
        if (status.type === 'error') denied.push(String(status.error));
    })();
    connection.publish('other.shop', 'x');
    connection.publish('$JS.API.STREAM.UPDATE.FINELINE_DEAD', '{}');
    connection.subscribe('fineline.events.>', { callback: () => undefined });
    await expect.poll(() => denied.length, WITHIN).toBe(3);
    await connection.close();
    await listening;
  });

  it('of a cluster are understood by the server', () => {
    const conf = join(dir, 'server.conf');
    writeFileSync(conf, read('server.conf'));
    const env = { ...process.env, NATS_PASSWORD: 'a', NATS_ROUTE_PASSWORD: 'b' };
    const tried = spawnSync('nats-server', ['-t', '-c', conf], { env, encoding: 'utf8' });
    expect([tried.status, tried.stderr]).toEqual([0, expect.stringContaining('is valid')]);
  });
});
