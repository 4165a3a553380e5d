// Goal: sellers of one marketplace, and the portal they sell on, are apart: data, statistics, models,
// figures, receipts (MISSION.md, L8).
// Method: a market on disk with a portal and three sellers, the same people, numbers and things in all of
// them, a word of its own planted in each; every route of the contract over HTTP with every key, token and
// forgery at every seller's addresses; every byte that comes back is searched. Each of three careless servers
// is caught.

import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROUTE_NAMES } from '../../src/surfaces/http/contract.ts';
import type { World } from '../../src/engine/ports.ts';
import { openMemory } from '../../src/presets/memory.ts';
import { createHttp } from '../../src/surfaces/http/http.ts';
import { KEY_ROLES, createKeys } from '../../src/surfaces/http/keys.ts';
import { type Ask, RATES } from '../attack/attackers/stage.ts';
import { settingsOf } from '../cases/support/settings.ts';
import {
  type Attempt,
  type Credential,
  type Target,
  attemptsOf,
  credentialsOf,
  isLast,
  leaksIn,
  targetsOf,
  tryAll,
} from './attempts.ts';
import {
  type Home,
  NAMES,
  type Stalls,
  askerOf,
  fill,
  learnedBy,
  openAlone,
  openStalls,
  stateOf,
} from './stalls.ts';

let stalls: Stalls;
let credentials: readonly Credential[];
let targets: readonly Target[];
beforeAll(async () => {
  stalls = await openStalls();
  for (const home of stalls.homes) await fill(stalls.ask, home);
  credentials = await credentialsOf(stalls.ask, stalls.homes);
  targets = await targetsOf(stalls.ask, stalls.homes);
});
afterAll(() => stalls.close());

const homeOf = (name: string): Home => {
  const home = stalls.homes.find((each) => each.name === name);
  if (home === undefined) throw new Error(`no home of ${name}`);
  return home;
};

/** Tries of one home's credentials; what the others know and would do must be the same bytes afterwards. */
async function tryAs(name: string | undefined, attempts: readonly Attempt[]): Promise<ReadonlySet<string>> {
  const others = stalls.homes.filter((home) => home.name !== name);
  const states = async () => {
    const all: string[] = [];
    for (const home of others) all.push(await stateOf(stalls.ask, home));
    return all;
  };
  const before = await states();
  const tried = await tryAll(
    stalls.ask,
    attempts.filter(({ by }) => by.of === name),
  );
  expect(leaksIn(tried)).toEqual([]);
  expect(await states()).toEqual(before);
  return new Set(tried.filter(({ answer }) => answer.status < 300).map(({ route }) => route));
}

describe('a market', () => {
  it('[H36] a careless server is caught: one home for all, a seller by header, by address', async () => {
    for (const [what, careless] of Object.entries(CARELESS)) {
      const ask = careless(stalls);
      const officers = credentials.filter((by) => by.of !== undefined && by.what === 'officer key');
      const quick = attemptsOf(officers, targets, ['readPerson']);
      expect(leaksIn(await tryAll(ask, quick)).length, what).toBeGreaterThanOrEqual(12);
    }
  });

  it('[H36] no route, key, token or forgery tells or changes anything of another seller', async () => {
    const attempts = attemptsOf(
      credentials,
      targets,
      ROUTE_NAMES.filter((route) => !isLast(route)),
    );
    const opened = new Set<string>();
    for (const name of [...NAMES, undefined]) {
      for (const route of await tryAs(name, attempts)) opened.add(route);
    }
    // A try is worth something where the address does open to somebody: the receipt alone needs a day.
    const shut = ROUTE_NAMES.filter((route) => !isLast(route) && !opened.has(route));
    expect(shut).toEqual(['receipt']);
  });

  it('[E90] thousands of events at one seller change no decision and no model of another', async () => {
    const { ask } = stalls;
    const [tools, lamps] = [homeOf('tools'), homeOf('lamps')];
    const before = await stateOf(ask, lamps);
    for (let round = 0; round < 3; round += 1) {
      const body = Array.from({ length: 1000 }, (_, n) => ({
        kind: 'view',
        id: `flood-${round}-${n}`,
        person: `buyer-${n % 12}`,
        source: 'tools-web',
        lines: [{ item: `thing-${n % 6}` }],
      }));
      const sent = await ask({ method: 'POST', path: '/v1/events', key: tools.keys.collect, body });
      expect(sent.json).toMatchObject({ accepted: 1000 });
    }
    await ask({ method: 'POST', path: '/v1/learn', key: tools.keys.admin });
    expect(await stateOf(ask, lamps)).toBe(before);
  });

  it('[E90] erasing at one seller erases nowhere else', async () => {
    const attempts = attemptsOf(credentials, targets, ROUTE_NAMES.filter(isLast));
    for (const name of NAMES) expect(await tryAs(name, attempts)).toEqual(new Set(['erasePerson']));
    for (const { keys } of stalls.homes) {
      const path = '/v1/people/maria';
      expect((await stalls.ask({ method: 'GET', path, key: keys.officer })).status).toBe(410);
    }
  });
});

describe('a seller', () => {
  it('[E90] has the statistics and the model, byte for byte, of one who never had neighbours', async () => {
    const fresh = await openStalls();
    for (const home of fresh.homes) await fill(fresh.ask, home);
    const all: string[] = [];
    for (const { name, embedded } of fresh.homes) {
      const alone = await openAlone(name);
      const { engine, tokenSecret } = alone.embedded;
      const http = createHttp({ engine, tokenSecret, keys: alone.hashed, rates: RATES });
      await fill(
        askerOf((request) => http.fetch(request)),
        alone,
      );
      const learned = await learnedBy(embedded);
      expect(learned).toBe(await learnedBy(alone.embedded));
      all.push(learned);
      await alone.embedded.close();
      rmSync(alone.dir, { recursive: true, force: true });
    }
    // Each has learned something else, or the sameness above would say nothing.
    expect(new Set(all).size).toBe(NAMES.length);
    await fresh.close();
  });

  it('[E90] a learner that two homes share would be seen by that comparison', async () => {
    const openFilled = async (name: string, world: Partial<World> = {}) => {
      const memory = await openMemory({ settings: settingsOf(name), world, startMs: Date.now() });
      const { engine, tokenSecret } = memory;
      const { plain, hashed } = createKeys(memory.world.entropy);
      const http = createHttp({ engine, tokenSecret, keys: hashed, rates: RATES });
      await fill(
        askerOf((request) => http.fetch(request)),
        { name, keys: plain },
      );
      return memory;
    };
    const shared = await openFilled('tools');
    const learned: string[] = [];
    for (const world of [{}, { learner: shared.world.learner }]) {
      const memory = await openFilled('lamps', world);
      learned.push(await learnedBy(memory));
      await memory.close();
    }
    expect(learned[1]).not.toBe(learned[0]);
    await shared.close();
  });
});

/**
 * Servers as somebody in a hurry might write them: each asks the homes' own surfaces with a key of theirs.
 */
const CARELESS: Readonly<Record<string, (stalls: Stalls) => Ask>> = {
  'the first home answers whoever has a key': ({ ask, homes }) => {
    const [first] = homes;
    return (asked) => ask({ ...asked, key: keyAt(first, asked.key) });
  },
  'a header says which seller': ({ ask, homes }) => {
    return (asked) => {
      const named = homes.find(({ name }) => name === asked.headers?.['x-seller']);
      return ask({ ...asked, key: keyAt(named, asked.key) });
    };
  },
  'an address says which seller': ({ ask, homes }) => {
    return (asked) => {
      const [, name, path] = /^\/sellers\/([a-z]+)(\/.*)$/.exec(asked.path) ?? [];
      const named = homes.find((home) => home.name === name);
      return ask({ ...asked, path: path ?? asked.path, key: keyAt(named, asked.key) });
    };
  },
};

/** The key of the same role at that home. */
function keyAt(home: Home | undefined, key: string | undefined): string | undefined {
  const role = KEY_ROLES.find((each) => key?.startsWith(`flk_${each}_`) === true);
  return home === undefined || role === undefined ? key : home.keys[role];
}
