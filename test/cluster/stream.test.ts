// Goal: events that three nodes confirmed by way of three NATS servers have their effect exactly once,
// whoever is killed, and a no or an erasure said in between is obeyed by what still lies in the stream.
// Method: `fineline serve` three times on a real PostgreSQL and real servers, asked over HTTP as a shop asks,
// with kill -9 of a node and of a leader under load.

import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Ended, type Place, cli, tempPlace } from '../../src/surfaces/cli/testing.ts';
import { readyAnswer } from '../../src/surfaces/http/answers.ts';
import { NOTICE, all } from '../support/e2e-shop.ts';
import { type NatsServers, startNats } from '../support/nats-servers.ts';
import {
  type Ask,
  type Keys,
  type ServedNode,
  asker,
  newHomes,
  shareKeys,
  startNode,
} from '../support/serve-nodes.ts';

const WITHIN = { timeout: 60_000, interval: 100 };
const USER = { user: 'shop', password: 'secret-word' };
const BUYERS = Array.from({ length: 12 }, (_, n) => `buyer-${n}`);
/** Enough that some of them have their events in a partition of the node that is killed. */
const LOOKERS = Array.from({ length: 24 }, (_, n) => `looker-${n}`);
const LEAVERS = Array.from({ length: 12 }, (_, n) => `leaver-${n}`);

const person = z.object({ facts: z.array(z.object({ count: z.int() })) });
const lagTold = z.object({ waiting: z.int(), dead: z.int() });
const events = z.object({ accepted: z.int(), waiting: z.int().optional() });

let place: Place;
let servers: NatsServers;
let keys: Keys;
const nodes: ServedNode[] = [];

beforeAll(async () => {
  place = tempPlace();
  servers = await startNats(USER);
  place.file('nats.login', `${USER.user}:${USER.password}\n`);
  const login = 'credentials: ../nats.login';
  const nats = `servers: ${JSON.stringify(servers.urls)}, ${login}, partitions: 6, bytesMax: 67108864`;
  await newHomes(place, 3, `, nats: { ${nats} }`);
  nodes.push(await startNode(place, 1));
  keys = shareKeys(place, 3);
  nodes.push(...(await Promise.all([startNode(place, 2), startNode(place, 3)])));
}, 120_000);

afterAll(async () => {
  await Promise.all(nodes.map((node) => node.kill()));
  await servers.close();
  place.dispose();
});

const at = (n: number): Ask => asker(nodes[n - 1]!, keys);

/** What is asked of a node that is there, and answered. */
async function told(ask: Ask, ...[method, path, key, body]: Parameters<Ask>): Promise<unknown> {
  const { status, text } = await ask(method, path, key, body);
  expect(status, `${path}: ${text}`).toBeLessThan(300);
  return JSON.parse(text);
}

const yes = (who: string) => ({
  fineline: 'consent',
  person: who,
  source: 'web-shop',
  grants: all('given'),
  notice: NOTICE,
});
const view = (who: string, id: string) => ({
  kind: 'view',
  source: 'web-shop',
  id,
  person: who,
  lines: [{ item: 'coat-1' }],
});
const purchase = (who: string, id: string) => ({
  kind: 'purchase',
  source: 'till',
  id,
  person: who,
  lines: [{ item: 'tea-1', quantity: 1 }],
});
const NO = { grants: [{ category: '*', purpose: 'recommend', state: 'withdrawn' }], notice: NOTICE };

async function lag(): Promise<z.infer<typeof lagTold>> {
  const { out, err } = await cli(['events', 'lag', '--json', '--home', place.path('home-1')]);
  return lagTold.parse(JSON.parse(out === '' ? err : out));
}

/** Confirmed at node 1, and in effect nowhere yet. */
async function look(who: string): Promise<void> {
  const taken = await told(at(1), 'POST', '/v1/events', 'collect', [view(who, `looked-${who}`)]);
  expect(events.parse(taken)).toEqual({ accepted: 1, waiting: 1 });
}

const factsOf = async (who: string): Promise<number> =>
  person.parse(await told(at(1), 'GET', `/v1/people/${who}`, 'officer')).facts.length;

/** Sends until it is told to end; each event again, to any node, until somebody has acknowledged it. */
function startSending(): {
  readonly acknowledged: ReadonlyMap<string, Set<string>>;
  count(): number;
  end(): Promise<void>;
} {
  const acknowledged = new Map(BUYERS.map((who) => [who, new Set<string>()]));
  const ending = new AbortController();
  let count = 0;
  const sender = async (first: number): Promise<void> => {
    for (let n = first; !ending.signal.aborted; n += 6) {
      const batch = [n, n + 1].map((one) => purchase(BUYERS[one % BUYERS.length]!, `p-${first}-${n}-${one}`));
      for (let tries = 0; ; tries += 1) {
        const answer = await at(1 + ((n + tries) % 3))('POST', '/v1/events', 'collect', batch).catch(
          () => undefined,
        );
        if (answer !== undefined && answer.status < 300) break;
        // A sender that is told to wait keeps the event, and is never told that the event is wrong.
        if (answer !== undefined) expect([429, 503]).toContain(answer.status);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      for (const { person: who, id } of batch) acknowledged.get(who)?.add(id);
      count += batch.length;
    }
  };
  const senders = Promise.all([0, 1, 2, 3, 4, 5].map(sender));
  return {
    acknowledged,
    count: () => count,
    end: async () => {
      ending.abort();
      await senders;
    },
  };
}

describe('three nodes and three servers', () => {
  it(
    '[Y11] what was confirmed has its effect once, whoever is killed, and a no is obeyed',
    { timeout: 240_000 },
    async () => {
      const checked = await cli(['cluster', 'check', '--json', '--home', place.path('home-1')]);
      const { findings } = z
        .object({ findings: z.array(z.looseObject({ about: z.string(), level: z.string() })) })
        .parse(JSON.parse(checked.out));
      const bad = findings.filter(({ about, level }) => about.startsWith('events: ') && level === 'bad');
      expect(bad).toEqual([]);
      expect(findings.map(({ about }) => about)).toContain('events: stream FINELINE_EVENTS_5');
      await told(at(1), 'POST', '/v1/events', 'collect', [...LOOKERS, ...LEAVERS].map(yes));
      await expect.poll(async () => partitionsHeld(), WITHIN).toEqual([2, 2, 2]);

      const sending = startSending();
      await expect.poll(() => sending.count(), WITHIN).toBeGreaterThan(100);
      await nodes[1]!.kill();
      // For 15 s nobody takes what lies in its partitions.
      await Promise.all([
        ...LOOKERS.map(async (who) => {
          await look(who);
          await told(at(3), 'PUT', `/v1/people/${who}/consent`, 'officer', NO);
        }),
        ...LEAVERS.map(async (who) => {
          await look(who);
          await told(at(3), 'DELETE', `/v1/people/${who}`, 'officer');
        }),
      ]);
      const then = new Map(await Promise.all(LOOKERS.map(async (who) => [who, await factsOf(who)] as const)));
      // Without these the test shows nothing.
      expect([...then.values()]).toContain(0);

      const leader = await servers.leaderOf('FINELINE_EVENTS_0');
      await servers.kill(leader);
      const before = sending.count();
      await expect.poll(() => sending.count(), WITHIN).toBeGreaterThan(before + 100);
      nodes[1] = await startNode(place, 2);
      await servers.start(leader);
      const later = sending.count();
      await expect.poll(() => sending.count(), WITHIN).toBeGreaterThan(later + 100);
      // One that is told to stop finishes what it has in hand, and the others go on.
      expect(await nodes[2]!.stop()).toBe(0);
      await sending.end();
      await expect.poll(lag, WITHIN).toMatchObject({ waiting: 0, dead: 0 });
      await assertOnce(sending.acknowledged);
      for (const who of LOOKERS) expect([who, await factsOf(who)]).toEqual([who, then.get(who)]);
      for (const who of LEAVERS)
        expect((await at(1)('GET', `/v1/people/${who}`, 'officer')).status).toBe(410);
    },
  );

  it('[Y12] what waiting does not mend is said at the start', { timeout: 120_000 }, async () => {
    place.file('wrong.login', `${USER.user}:wrong-word`);
    place.file('no.login', 'nothing to read here');
    const cases = [
      [['nats.login', 'wrong.login'], 'do not let this user in', 3],
      [['nats.login', 'no.login'], 'cluster/nats/credentials', 1],
      [['nats.login', 'none.login'], 'cluster/nats/credentials', 1],
      [['partitions: 6', 'partitions: 5'], 'FINELINE_EVENTS_0 promises less', 3],
    ] as const;
    const ended = await Promise.all(cases.map(([change], n) => startChanged(5 + n, change)));
    for (const [n, [, text, exit]] of cases.entries()) {
      const { code, err } = ended[n]!;
      expect([code, err.replaceAll(/\s+/g, ' ')]).toEqual([exit, expect.stringContaining(text)]);
      expect(err).not.toMatch(/(?:secret|wrong)-word|nothing to read/);
    }
  });

  it('[Y12] a node that takes nothing in asks nobody', { timeout: 120_000 }, async () => {
    changeHome(4, ['nats.login', 'none.login']);
    const other = await startNode(place, 4, '--roles', 'decide,learn');
    nodes.push(other);
    expect(await eventsAt(4)).toBe(undefined);
    const sent = await at(4)('POST', '/v1/events', 'collect', [yes('late')]);
    expect([sent.status, sent.text]).toEqual([503, expect.stringContaining('without the role collect')]);
    await other.kill();
  });

  it(
    '[Y12] servers that are away hold up events alone, and a start as little',
    { timeout: 240_000 },
    async () => {
      await nodes[2]!.kill();
      for (const server of [0, 1, 2]) await servers.kill(server);
      const batch = [yes('late'), view('late', 'late-1')];
      const asked = at(1)('POST', '/v1/events', 'collect', batch);
      const starting = startNode(place, 3);
      await told(at(1), 'POST', '/v1/decide', 'decide', { person: 'late', placement: 'steady' });
      await expect.poll(() => eventsAt(1), WITHIN).toBe('away');
      nodes[2] = await starting;
      const away = await asked;
      expect([away.status, away.retryAfter]).toEqual([503, '5']);
      await nodes[2].running.seen('No server of the event stream can be reached');
      expect(await eventsAt(3)).toBe('away');
      const none = await at(3)('POST', '/v1/events', 'collect', batch);
      expect([none.status, none.retryAfter]).toEqual([503, '5']);
      await Promise.all([0, 1, 2].map((server) => servers.start(server)));
      await expect
        .poll(() => at(3)('POST', '/v1/events', 'collect', batch).then(({ status }) => status), WITHIN)
        .toBe(202);
      await expect.poll(() => factsOf('late'), WITHIN).toBe(1);
      await expect.poll(() => eventsAt(1), WITHIN).toBe('open');
    },
  );
});

const eventsAt = async (n: number): Promise<string | undefined> =>
  readyAnswer.parse(JSON.parse((await at(n)('GET', '/readyz', 'admin')).text)).events;

/** Of another node, with one thing in its settings changed. */
function changeHome(node: number, [from, to]: readonly [string, string]): void {
  const home = place.path(`home-${node}`);
  cpSync(place.path('home-1'), home, { recursive: true });
  const settings = readFileSync(join(home, 'fineline.yaml'), 'utf8');
  writeFileSync(join(home, 'fineline.yaml'), settings.replace(from, to));
}

function startChanged(node: number, change: readonly [string, string]): Promise<Ended> {
  changeHome(node, change);
  return cli(['serve', '--home', place.path(`home-${node}`), '--port', '0', '--node', `${node}`]);
}

/** Of each node, as its figures tell. */
async function partitionsHeld(): Promise<readonly number[]> {
  const texts = await Promise.all([1, 2, 3].map(async (n) => (await at(n)('GET', '/metrics', 'admin')).text));
  return texts.map((text) => Number(/^fineline_stream_partitions (\d+)$/m.exec(text)?.[1]));
}

/**
 * By what is counted of each buyer: one piece for each event that was sent, and all of them were acknowledged
 * in the end. The journal tells less: what is long is folded into a snapshot.
 */
async function assertOnce(acknowledged: ReadonlyMap<string, ReadonlySet<string>>): Promise<void> {
  for (const [who, ids] of acknowledged) {
    const { facts } = person.parse(await told(at(1), 'GET', `/v1/people/${who}`, 'officer'));
    expect([who, ...facts.map(({ count }) => count)]).toEqual([who, ids.size]);
  }
}
