// Goal: a newer version takes the place of an older one node by node, under load, and no client hears an
// error; meanwhile each reads what the other wrote. Method: three processes of one version on real PostgreSQL
// and NATS, replaced one by one by processes of another. The newer one is made of this one, with steps for
// both databases; FINELINE_FULL=1 also goes from an earlier commit to this one.

import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Place, startCli, tempPlace } from '../../src/surfaces/cli/testing.ts';
import { decideAnswer, eventsAnswer } from '../../src/surfaces/http/answers.ts';
import { BUYERS, E2E_ITEMS, NOTICE, all } from '../support/e2e-shop.ts';
import { type NatsServers, startNats } from '../support/nats-servers.ts';
import { patientClient } from '../support/patient-client.ts';
import {
  type Answer,
  type Ask,
  type Keys,
  type ServedNode,
  asker,
  newHomes,
  shareKeys,
  startNodeOf,
} from '../support/serve-nodes.ts';
import { earlierVersion, laterVersion } from '../support/versions.ts';

const FULL = process.env['FINELINE_FULL'] === '1';
const COUNT = 3;
const CLIENTS = 3;

interface Versions {
  readonly name: string;
  readonly before: (place: Place) => string | undefined;
  readonly after: (place: Place) => string | undefined;
  /** Whether the newer one changes tables, so that the older one does not start any more. */
  readonly isTooNew: boolean;
}

const toLater: Versions = {
  name: 'from this version to one with more tables',
  before: () => undefined,
  after: (place) => laterVersion(place.path('later')),
  isTooNew: true,
};
const fromEarlier: Versions = {
  name: 'from an earlier commit to this version',
  before: (place) => earlierVersion(place.path('earlier')),
  after: () => undefined,
  isTooNew: false,
};

const closers: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

interface Shop {
  readonly place: Place;
  readonly keys: Keys;
  readonly nodes: ServedNode[];
  readonly nats: NatsServers;
}

async function shopOf(bin: string | undefined, place: Place): Promise<Shop> {
  const nats = await startNats();
  closers.push(() => nats.close());
  const stream = JSON.stringify({ servers: nats.urls, bytesMax: 2 ** 26 });
  await newHomes(place, COUNT, `, nats: ${stream}`);
  const nodes = [await startNodeOf(bin, place, 1)];
  closers.push(() => Promise.all(nodes.map((node) => node.kill())));
  const keys = shareKeys(place, COUNT);
  for (let n = 2; n <= COUNT; n += 1) nodes.push(await startNodeOf(bin, place, n));
  return { place, keys, nodes, nats };
}

async function told(ask: Ask, ...asked: Parameters<Ask>): Promise<unknown> {
  const { status, text } = await ask(...asked);
  expect(status, `${asked[1]}: ${text}`).toBeLessThan(300);
  return JSON.parse(text);
}

async function stock(ask: Ask): Promise<void> {
  const items = E2E_ITEMS.map((id) => ({ id, title: `The ${id}`, path: ['Things', id.replace(/-.*/, '')] }));
  await told(ask, 'PUT', '/v1/items', 'admin', { items });
  const time = new Date(Date.now() - 3_600_000).toISOString();
  for (const [n, person] of BUYERS.entries()) {
    const lines = E2E_ITEMS.filter((_, at) => (at + n) % 4 < 2).map((item) => ({ item, quantity: 1 }));
    await told(ask, 'POST', '/v1/events', 'collect', [
      { fineline: 'consent', person, source: 'web-shop', grants: all('given'), notice: NOTICE },
      { kind: 'purchase', source: 'till', id: `stock-${n}`, person, time, lines },
    ]);
  }
}

interface Load {
  readonly people: string[];
  readonly decisions: string[];
  readonly turns: () => number;
  /** What the first client that failed heard. */
  readonly failure: () => unknown;
  stop(): Promise<void>;
}

/** Whoever comes says yes, looks at something, and is shown something, without a pause. */
function load({ nodes, keys }: Shop): Load {
  const people: string[] = [];
  const decisions: string[] = [];
  const clients = Array.from({ length: CLIENTS }, (_, n) =>
    patientClient(() => nodes.map((_node, at) => asker(nodes[(at + n) % nodes.length]!, keys))),
  );
  const over = new AbortController();
  const work = clients.map(async ({ ask }, client) => {
    for (let n = 0; !over.signal.aborted; n += 1) {
      const person = `visitor-${client}-${n}`;
      const taken = await told(ask, 'POST', '/v1/events', 'collect', [
        { fineline: 'consent', person, source: 'web-shop', grants: all('given'), notice: NOTICE },
        {
          kind: 'view',
          source: 'web-shop',
          id: `look-${person}`,
          person,
          lines: [{ item: 'tea-1', quantity: 1 }],
        },
      ]);
      expect(eventsAnswer.parse(taken)).toMatchObject({ refused: {}, problems: [] });
      people.push(person);
      const seen = person.replace(/\d+$/u, String(Math.max(0, n - 1)));
      for (const who of [person, seen]) {
        const asked = { person: who, placement: 'steady' };
        decisions.push(decideAnswer.parse(await told(ask, 'POST', '/v1/decide', 'decide', asked)).decision);
      }
    }
  });
  let failure: unknown;
  for (const one of work) one.catch((error: unknown) => (failure ??= error));
  return {
    people,
    decisions,
    failure: () => failure,
    turns: () => clients.reduce((sum, client) => sum + client.turns(), 0),
    stop: async () => {
      over.abort();
      await Promise.all(work);
    },
  };
}

/** Some more people came and were served. */
async function goesOn({ people, failure }: Load): Promise<void> {
  const { length } = people;
  const isOn = (): boolean => people.length > length + 3 || failure() !== undefined;
  await expect.poll(isOn, { timeout: 60_000, interval: 50 }).toBe(true);
  expect(failure()).toBeUndefined();
}

const factsOf = z.object({ facts: z.array(z.unknown()) });

/** A no at one of them rules at the other, both ways, and what one decided the other explains. */
async function eachReadsTheOther(one: Ask, two: Ask, name: string): Promise<void> {
  for (const [from, to, person] of [
    [one, two, `${name}-a`],
    [two, one, `${name}-b`],
  ] as const) {
    const path = `/v1/people/${person}/consent`;
    const say = (state: 'given' | 'withdrawn'): Promise<unknown> =>
      told(from, 'PUT', path, 'officer', { grants: all(state), notice: NOTICE });
    await say('given');
    await told(to, 'POST', '/v1/events', 'collect', [
      {
        kind: 'purchase',
        source: 'till',
        id: `${person}-1`,
        person,
        lines: [{ item: 'tea-2', quantity: 1 }],
      },
    ]);
    const known = async (): Promise<number> =>
      factsOf.parse(await told(from, 'GET', `/v1/people/${person}`, 'officer')).facts.length;
    await expect.poll(known, { timeout: 60_000 }).toBe(1);
    const asked = { person, placement: 'steady' };
    const { decision } = decideAnswer.parse(await told(from, 'POST', '/v1/decide', 'decide', asked));
    await told(to, 'GET', `/v1/why/${decision}`, 'officer');
    await say('withdrawn');
    const after = decideAnswer.parse(await told(to, 'POST', '/v1/decide', 'decide', asked));
    expect(after.items.some(({ reasons }) => reasons.some(({ kind }) => kind === 'fact'))).toBe(false);
    await told(to, 'DELETE', `/v1/people/${person}`, 'officer');
    const gone = await from('GET', `/v1/people/${person}`, 'officer');
    expect(gone.status, gone.text).toBe(410);
  }
}

const whole = (answer: Answer): number => answer.status;

describe('a rolling upgrade', () => {
  for (const { name, before, after, isTooNew } of FULL ? [toLater, fromEarlier] : [toLater])
    it(`[Y50] no client hears an error, and each version reads the other: ${name}`, async () => {
      const place = tempPlace();
      closers.push(() => place.dispose());
      const [older, newer] = [before(place), after(place)];
      const shop = await shopOf(older, place);
      const { nodes, keys } = shop;
      await stock(asker(nodes[0]!, keys));
      const visits = load(shop);
      for (let n = 1; n <= COUNT; n += 1) {
        await goesOn(visits);
        expect(await nodes[n - 1]!.stop()).toBe(0);
        nodes[n - 1] = await startNodeOf(newer, place, n);
        if (n === 1) {
          const [upgraded, old] = [asker(nodes[0]!, keys), asker(nodes[1]!, keys)];
          await eachReadsTheOther(upgraded, old, 'both');
        }
      }
      await goesOn(visits);
      await visits.stop();
      expect(visits.turns(), 'somebody was turned away and went on').toBeGreaterThan(0);
      const ask = asker(nodes[0]!, keys);
      for (const decision of visits.decisions)
        expect(whole(await ask('GET', `/v1/why/${decision}`, 'officer')), decision).toBe(200);
      for (const person of visits.people) {
        const looked = async (): Promise<number> =>
          factsOf.parse(await told(ask, 'GET', `/v1/people/${person}`, 'officer')).facts.length;
        await expect.poll(looked, { timeout: 60_000 }).toBe(1);
      }
      const dead = await startCli(['events', 'lag', '--home', nodes[0]!.home, '--json']).ended;
      expect(JSON.parse(dead.out)).toMatchObject({ dead: 0 });
      if (!isTooNew) return;
      expect(await nodes[2]!.stop()).toBe(0);
      const words = ['serve', '--home', place.path('home-3'), '--port', '0', '--node', '3'];
      const back = await startCli(words, older === undefined ? {} : { bin: older }).ended;
      expect([back.code === 0, back.err]).toEqual([
        false,
        expect.stringContaining('start the newer Fineline'),
      ]);
    });
});
