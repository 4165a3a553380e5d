// Every route of the contract with every key of every seller, every token, forged ones and none, at every
// seller's addresses, and with every word that a caller might put in to be taken for somebody else. The
// routes come from the contract: one that is added is tried without anybody thinking of it.

import { CONTRACT, ROUTE_NAMES, type RouteName } from '../../src/surfaces/http/contract.ts';
import { KEY_ROLES } from '../../src/surfaces/http/keys.ts';
import type { Route } from '../../src/surfaces/http/route.ts';
import { ALL_YES, type Answered, type Ask, type Asked } from '../attack/attackers/stage.ts';
import { type Home, SHARED, WORDS, loneOf } from './stalls.ts';

export interface Credential {
  /** Whose home it is of; `undefined`: nobody's. */
  readonly of: string | undefined;
  readonly what: string;
  readonly key: string | undefined;
}

/** What a caller knows of a home to aim at. */
export interface Target {
  readonly name: string;
  readonly decision: string;
}

export interface Attempt {
  readonly route: RouteName;
  readonly by: Credential;
  readonly at: string;
  /** Asked below the target's own address. */
  readonly isBelow: boolean;
  readonly asked: Asked;
}

/** Keys of all roles, a token of a shared and of an own customer, and things that only look like one. */
export async function credentialsOf(ask: Ask, homes: readonly Home[]): Promise<readonly Credential[]> {
  const all: Credential[] = [{ of: undefined, what: 'no key', key: undefined }];
  for (const { name, keys } of homes) {
    for (const role of KEY_ROLES) all.push({ of: name, what: `${role} key`, key: keys[role] });
    const token = await tokenOf(ask, { keys, person: SHARED[0] });
    const lone = await tokenOf(ask, { keys, person: loneOf(name) });
    all.push({ of: name, what: 'token of a customer of all', key: token });
    all.push({ of: name, what: 'token of a customer of its own', key: lone });
    all.push({ of: undefined, what: 'officer key with its end changed', key: bent(keys.officer) });
    all.push({ of: undefined, what: 'token with its end changed', key: bent(token) });
    for (const other of homes) {
      const key = renamed(token, other.name);
      if (other.name !== name)
        all.push({ of: undefined, what: `token of ${name} in the name of ${other.name}`, key });
    }
  }
  return all;
}

async function tokenOf(
  ask: Ask,
  { keys, person }: Pick<Home, 'keys'> & { readonly person: string },
): Promise<string> {
  const path = `/v1/people/${person}/token`;
  const { json } = await ask({ method: 'POST', path, key: keys.admin, body: { ttlMinutes: 60 } });
  return String(json?.['token']);
}

const bent = (key: string): string => `${key.slice(0, -2)}${key.endsWith('AA') ? 'BB' : 'AA'}`;

/** A token whose claim names another controller, under the signature of its own. */
function renamed(token: string, controller: string): string {
  const [payload = '', mac = ''] = token.slice('flp_'.length).split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
  return `flp_${Buffer.from(JSON.stringify({ ...claims, controller })).toString('base64url')}.${mac}`;
}

/** By whom a decision of each home is aimed at: made by the home itself. */
export async function targetsOf(ask: Ask, homes: readonly Home[]): Promise<readonly Target[]> {
  const targets: Target[] = [];
  for (const { name, keys } of homes) {
    const body = { person: SHARED[0], placement: 'home' };
    const { json } = await ask({ method: 'POST', path: '/v1/decide', key: keys.decide, body });
    targets.push({ name, decision: String(json?.['decision']) });
  }
  return targets;
}

/** Erasing comes in a round of its own: afterwards less is left that could be told. */
export const isLast = (route: RouteName): boolean => route === 'erasePerson';

export function attemptsOf(
  credentials: readonly Credential[],
  targets: readonly Target[],
  routes: readonly RouteName[] = ROUTE_NAMES,
): readonly Attempt[] {
  return routes.flatMap((route) =>
    targets.flatMap((target) =>
      credentials.flatMap((by) =>
        variants(route, target, by).map(({ isBelow, ...asked }) => {
          return { route, by, at: target.name, isBelow, asked };
        }),
      ),
    ),
  );
}

function variants(name: RouteName, target: Target, { of, key }: Credential) {
  const route: Route = CONTRACT[name];
  const { method } = route;
  const body = route.body === undefined ? {} : { body: bodyOf(name, route, target.name) };
  const [path, lone] = [SHARED[0], loneOf(target.name)].map((person) =>
    pathOf(route, { person, decision: target.decision }),
  );
  const plain = { method, path: path ?? '', key, ...body, isBelow: false };
  const alsoLone = lone === undefined || lone === path ? [] : [{ ...plain, path: lone }];
  const below = { ...plain, isBelow: true, path: `/sellers/${target.name}${plain.path}` };
  // What is nobody's key stays that with more words around it.
  if (of === undefined && key !== undefined) return [plain, ...alsoLone, below];
  const named = { 'x-seller': target.name, 'x-controller': target.name, 'x-forwarded-host': target.name };
  return [
    plain,
    ...alsoLone,
    below,
    // All that a caller can say of whom they mean.
    {
      ...plain,
      path: `${plain.path}?seller=${target.name}&source=${target.name}-web`,
      headers: { ...named, cookie: `seller=${target.name}` },
    },
  ];
}

function pathOf({ path }: Route, at: { readonly person: string; readonly decision: string }): string {
  return path
    .replace('{id}', at.person)
    .replace('{other}', SHARED[1])
    .replace('{decision}', at.decision)
    .replace('{path}', 'checkpoint')
    .replaceAll(/\{[a-z]+\}/g, 'thing-0');
}

/** A body that the route takes, so that what is opened shows; of a new route, its example. */
function bodyOf(name: RouteName, route: Route, target: string): unknown {
  const notice = { id: 'notice-1', language: 'en' };
  const own: Partial<Record<RouteName, unknown>> = {
    collect: [
      {
        kind: 'view',
        id: `try-${target}`,
        person: SHARED[0],
        source: `${target}-web`,
        lines: [{ item: 'thing-1' }],
      },
      {
        kind: 'view',
        id: `by-${target}`,
        person: SHARED[0],
        controller: target,
        lines: [{ item: 'thing-2' }],
      },
    ],
    decide: { person: SHARED[0], placement: 'home', limit: 5 },
    changeConsent: { grants: ALL_YES, notice },
    restrict: { fact: `bought|${target}-web|thing-0`, restricted: false },
    publish: { ask: 'people-total', from: '2026-01-01', to: '2026-01-31' },
    putItems: { items: [{ id: 'thing-0', title: 'Put by whoever asks', path: ['Things', 'put'] }] },
  };
  return own[name] ?? route.example?.body ?? {};
}

export interface Tried extends Attempt {
  readonly answer: Answered;
}

export async function tryAll(ask: Ask, attempts: readonly Attempt[]): Promise<readonly Tried[]> {
  const tried: Tried[] = [];
  for (const attempt of attempts) tried.push({ ...attempt, answer: await ask(attempt.asked) });
  return tried;
}

/** What came out where it should not have, in words. None is what is wanted. */
export function leaksIn(tried: readonly Tried[]): readonly string[] {
  return tried.flatMap((one) => {
    const { answer, by, route, at, isBelow, asked } = one;
    const foreign = wordsIn(answer).filter((name) => name !== by.of);
    const isPublic = CONTRACT[route].roles === 'public';
    const isOpen = answer.status < 400 && (isBelow || by.of === undefined) && !isPublic;
    const faults = [
      ...foreign.map((name) => `tells what is ${name}'s`),
      ...(isOpen ? ['opens'] : []),
      ...(answer.status >= 500 ? ['fails'] : []),
    ];
    return faults.map(
      (fault) => `${by.of ?? ''} ${by.what}, at ${at}: ${asked.method} ${asked.path} ${fault}`,
    );
  });
}

/** Many answers are the same bytes; none is searched twice. */
const searched = new Map<string, readonly string[]>();

/** Whose words an answer has, headers included, also where they stand in base64. */
function wordsIn({ text, headers }: Answered): readonly string[] {
  const all = `${text}\n${headers}`;
  const known = searched.get(all);
  if (known !== undefined) return known;
  const runs = all.match(/[A-Za-z0-9+/_-]{16,}/g) ?? [];
  const decoded = runs.map((run) => Buffer.from(run, 'base64url').toString('latin1'));
  const told = [all, ...decoded].join('\n');
  const found = Object.keys(WORDS).filter((name) => told.includes(WORDS[name] ?? ''));
  searched.set(all, found);
  return found;
}
