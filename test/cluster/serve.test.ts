// Goal: three processes are one shop: what one is told rules at the others, what one learned serves at all,
// and when one is killed the others go on and its number is free. Method: `fineline serve` three times on a
// real PostgreSQL, each with a home of its own, asked over HTTP.

import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { faultOf } from '../contracts/samples.ts';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Place, startCli, tempPlace } from '../../src/surfaces/cli/testing.ts';
import { openAsSet } from '../../src/presets/cluster.ts';
import { decideAnswer } from '../../src/surfaces/http/answers.ts';
import { BUYERS, E2E_ITEMS, NOTICE, all } from '../support/e2e-shop.ts';
import {
  type Answer,
  type Ask,
  type Keys,
  type ServedNode,
  asker,
  newHomes,
  servedPolicy,
  shareKeys,
  startNode,
} from '../support/serve-nodes.ts';

const made = z.object({ made: z.object({ policy: z.string(), model: z.string() }) });
const problem = z.object({ type: z.string(), detail: z.string() });

let place: Place;
let keys: Keys;
const nodes: ServedNode[] = [];

const ask = (node: ServedNode, ...asked: Parameters<Ask>): Promise<Answer> => asker(node, keys)(...asked);

async function told(
  node: ServedNode,
  method: string,
  path: string,
  key: keyof Keys,
  body?: unknown,
): Promise<unknown> {
  const { status, text } = await ask(node, method, path, key, body);
  expect(status, `${path}: ${text}`).toBeLessThan(300);
  return JSON.parse(text);
}

const decide = async (node: ServedNode, person: string): Promise<z.infer<typeof decideAnswer>> =>
  decideAnswer.parse(await told(node, 'POST', '/v1/decide', 'decide', { person, placement: 'steady' }));

async function madeFrom(
  node: ServedNode,
  person: string,
): Promise<{ readonly policy: string; readonly model: string }> {
  const { decision } = await decide(node, person);
  return made.parse(await told(node, 'GET', `/v1/why/${decision}`, 'officer')).made;
}

const usesFacts = ({ items }: z.infer<typeof decideAnswer>): boolean =>
  items.some(({ reasons }) => reasons.some(({ kind }) => kind === 'fact'));

/** Each node has bought of everything by turns, and everybody lets it be learned from. */
async function stock([one, two, three]: readonly ServedNode[]): Promise<void> {
  const items = E2E_ITEMS.map((id) => ({ id, title: `The ${id}`, path: ['Things', id.replace(/-.*/, '')] }));
  await told(two!, 'PUT', '/v1/items', 'admin', { items });
  for (const [n, person] of BUYERS.entries()) {
    const lines = E2E_ITEMS.filter((_, at) => (at + n) % 4 < 2).map((item) => ({ item, quantity: 1 }));
    const time = new Date(Date.now() - 3_600_000).toISOString();
    await told([one, two, three][n % 3]!, 'POST', '/v1/events', 'collect', [
      { fineline: 'consent', person, source: 'web-shop', grants: all('given'), notice: NOTICE },
      { kind: 'purchase', source: 'till', id: `stock-${n}`, person, time, lines },
    ]);
  }
}

beforeAll(async () => {
  place = tempPlace();
  await newHomes(place, 3);
  nodes.push(await startNode(place, 1));
  keys = shareKeys(place, 3);
  nodes.push(...(await Promise.all([startNode(place, 2), startNode(place, 3, '--roles', 'decide,collect')])));
}, 120_000);

afterAll(async () => {
  await Promise.all(nodes.map((node) => node.kill()));
  place.dispose();
});

describe('three processes', () => {
  it('[Y7] are one shop, also when one of them is killed', { timeout: 120_000 }, async () => {
    const [one, two, three] = nodes as [ServedNode, ServedNode, ServedNode];
    await stock(nodes);

    // What was written through three nodes is learned by one, and serves at all.
    let learned: Answer | undefined;
    await expect.poll(async () => (learned = await ask(one, 'POST', '/v1/learn', 'admin')).status).toBe(200);
    const { model, items } = z
      .object({ model: z.string(), items: z.number() })
      .parse(JSON.parse(learned!.text));
    expect(items).toBeGreaterThan(10);
    for (const node of nodes) {
      await expect.poll(async () => (await madeFrom(node, BUYERS[0]!)).model, { timeout: 5000 }).toBe(model);
      expect(usesFacts(await decide(node, BUYERS[1]!))).toBe(true);
    }
    const refused = await ask(two, 'POST', '/v1/learn', 'admin');
    expect([refused.status, problem.parse(JSON.parse(refused.text))]).toEqual([
      503,
      expect.objectContaining({ detail: expect.stringContaining('Node 1 has the duty learn') }),
    ]);
    // The log is one, and each of them shows it.
    const notes = await Promise.all(nodes.map((node) => ask(node, 'GET', '/log/checkpoint', 'admin')));
    expect(notes.map(({ status }) => status)).toEqual([200, 200, 200]);

    // A no at one rules the next decision of the others; a yes as well.
    const grants = (state: string) => ({
      grants: [{ category: '*', purpose: 'recommend', state }],
      notice: NOTICE,
    });
    await told(one, 'PUT', `/v1/people/${BUYERS[1]}/consent`, 'officer', grants('withdrawn'));
    expect([usesFacts(await decide(two, BUYERS[1]!)), usesFacts(await decide(three, BUYERS[1]!))]).toEqual([
      false,
      false,
    ]);

    // A policy that one reads rules at the others when that one says that it is in force.
    const before = (await madeFrom(three, BUYERS[0]!)).policy;
    writeFileSync(join(two.home, 'fineline.policy.yaml'), servedPolicy(4));
    two.running.child.kill('SIGHUP');
    await two.running.seen('policy in force');
    const after = await madeFrom(three, BUYERS[0]!);
    expect(after.policy).not.toBe(before);
    expect((await madeFrom(one, BUYERS[0]!)).policy).toBe(after.policy);

    // One is killed: the others go on, one of them learns, its number is free, and its old file changes
    // nothing.
    await one.kill();
    await decide(two, BUYERS[2]!);
    await told(three, 'POST', '/v1/events', 'collect', [
      {
        kind: 'purchase',
        source: 'till',
        id: 'later',
        person: BUYERS[3],
        lines: [{ item: 'coat-1', quantity: 1 }],
      },
    ]);
    await expect
      .poll(async () => (await ask(two, 'POST', '/v1/learn', 'admin')).status, {
        timeout: 20_000,
        interval: 300,
      })
      .toBe(200);
    await expect.poll(async () => usesFacts(await decide(three, BUYERS[3]!)), { timeout: 5000 }).toBe(true);
    nodes[0] = await startNode(place, 1);
    const back = await madeFrom(nodes[0], BUYERS[0]!);
    expect([back.policy, back.model]).toEqual([after.policy, (await madeFrom(two, BUYERS[0]!)).model]);
    expect((await ask(nodes[0], 'GET', '/log/checkpoint', 'admin')).status).toBe(200);
  });

  it('[Y7] a number that is taken and a key of the log that is missing are refused', async () => {
    const home = place.path('home-4');
    cpSync(place.path('home-3'), home, { recursive: true });
    expect(await faultOf(openAsSet({ home }, { node: 3 }))).toBe('node-in-use');
    rmSync(join(home, 'keys', 'log.key'));
    expect(await faultOf(openAsSet({ home }))).toBe('no-log-key');
    const said = await startCli(['serve', '--home', home, '--roles', 'cook']).ended;
    expect([said.code, said.err.replaceAll(/\s+/g, ' ')]).toEqual([2, expect.stringContaining('--roles')]);
  }, 60_000);
});
