// Goal: two sellers of a market who learn together learn what goes with what, and nothing else of each other;
// whoever is not among them learns nothing (MISSION.md, L8).
// Method: the market on disk of market.test.ts, where the files of lamps and tools say yes and their people
// do; every route with every key and forgery is tried again, and every byte searched for the words of the
// other.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROUTE_NAMES } from '../../src/surfaces/http/contract.ts';
import { attemptsOf, credentialsOf, isLast, leaksIn, targetsOf, tryAll } from './attempts.ts';
import { type Home, SHARED, type Stalls, TIME, WORDS, fill, openStalls, stateOf } from './stalls.ts';

const GROUP = ['lamps', 'tools'] as const;
let stalls: Stalls;
beforeAll(async () => {
  stalls = await openStalls(GROUP);
  for (const home of stalls.homes) {
    await fill(stalls.ask, home);
    if (GROUP.some((name) => name === home.name)) await sayYes(home);
  }
  await learn();
});
afterAll(() => stalls.close());

const homeOf = (name: string): Home => {
  const home = stalls.homes.find((each) => each.name === name);
  if (home === undefined) throw new Error(`no home of ${name}`);
  return home;
};

const grants = (state: string) => [{ category: 'purchases', purpose: 'pool', state }];

async function sayYes({ name, keys }: Home, state = 'given', people = everybody()): Promise<void> {
  const lines = people.map((person) => {
    const notice = { id: 'together', language: 'en' };
    return { fineline: 'consent', person, grants: grants(state), notice, time: TIME };
  });
  const path = `/v1/events?source=${name}-web`;
  const { json, text } = await stalls.ask({ method: 'POST', path, key: keys.collect, body: lines });
  if (json?.['refused'] === undefined || JSON.stringify(json['refused']) !== '{}') throw new Error(text);
}

const everybody = (): readonly string[] => [...Array.from({ length: 12 }, (_, n) => `buyer-${n}`), ...SHARED];

async function learn(): Promise<void> {
  for (const name of GROUP) {
    const { keys } = homeOf(name);
    await stalls.ask({ method: 'POST', path: '/v1/learn', key: keys.admin });
  }
}

interface WhyTold {
  readonly items: readonly {
    readonly item: string;
    readonly contributions: readonly { readonly joint?: true }[];
  }[];
  readonly learnedWith?: readonly string[];
}

/** What maria is shown at a home, and why, as the officer is told. */
async function whyOf({ keys }: Home): Promise<WhyTold> {
  const body = { person: 'maria', placement: 'home', limit: 5 };
  const { json } = await stalls.ask({ method: 'POST', path: '/v1/decide', key: keys.decide, body });
  const path = `/v1/why/${String(json?.['decision'])}`;
  return (await stalls.ask({ method: 'GET', path, key: keys.officer })).json as unknown as WhyTold;
}

const jointItems = ({ items }: WhyTold): readonly string[] =>
  items.flatMap(({ item, contributions }) =>
    contributions.some(({ joint }) => joint === true) ? [item] : [],
  );

describe('two sellers of a market who learn together', () => {
  it('[H48] are served what the other’s people know of common things, and told so', async () => {
    const why = await whyOf(homeOf('lamps'));
    expect(jointItems(why)).toEqual(['thing-3']);
    expect(why.learnedWith).toEqual(['tools']);
    for (const name of ['bazaar', 'books']) {
      const other = await whyOf(homeOf(name));
      expect([jointItems(other), other.learnedWith]).toEqual([[], undefined]);
    }
  });

  it('[H48] nothing crosses but names of common things and weights', () => {
    const { engine } = homeOf('lamps').embedded;
    const joint = engine.core.shelves.joint();
    expect(joint?.itemIds.length).toBeGreaterThan(3);
    expect(JSON.stringify(joint?.itemIds)).not.toContain(WORDS['tools']);
    expect([joint?.peopleTotal, ...(joint?.people ?? [])].every((count) => count === 0)).toBe(true);
  });

  it('[H48] no route, key, token or forgery tells of another, learning together or not', async () => {
    const credentials = await credentialsOf(stalls.ask, stalls.homes);
    const targets = await targetsOf(stalls.ask, stalls.homes);
    const outside = ['bazaar', 'books'].map(homeOf);
    const states = () => Promise.all(outside.map((home) => stateOf(stalls.ask, home)));
    const before = await states();
    const routes = ROUTE_NAMES.filter((route) => !isLast(route));
    const attempts = attemptsOf(credentials, targets, routes).filter(
      ({ by }) => by.of === undefined || GROUP.some((name) => name === by.of),
    );
    expect(leaksIn(await tryAll(stalls.ask, attempts))).toEqual([]);
    // Who is not of the group is as before, to the byte.
    expect(await states()).toEqual(before);
  });

  it('[H48] the no of people at one takes it from the other, and so does their erasure', async () => {
    await sayYes(homeOf('tools'), 'given');
    await learn();
    expect(jointItems(await whyOf(homeOf('lamps')))).toContain('thing-3');
    // Four at tools have both: with two of them gone two are left.
    await sayYes(homeOf('tools'), 'withdrawn', ['buyer-0']);
    const { keys } = homeOf('tools');
    await stalls.ask({ method: 'DELETE', path: '/v1/people/buyer-3', key: keys.admin });
    homeOf('tools').embedded.engine.count();
    await stalls.market.pools[0]?.settled();
    expect(jointItems(await whyOf(homeOf('lamps')))).not.toContain('thing-3');
  });

  it('[H48] a home that closes ends it for the other', async () => {
    await homeOf('tools').embedded.close();
    expect(homeOf('lamps').embedded.engine.core.shelves.joint()).toBeUndefined();
  });
});
