// A marketplace behind one server: several homes, each a whole surface of its own, with its own engine, keys,
// token secret, limits, figures and log lines. Nothing is shared, so there is nothing to keep apart.
//
// Whose home a request is for follows from its key or token alone. That choice only picks a door: the home
// then checks the key once more, as if it were alone, so that a wrong choice ends with 401 and tells nothing.
// What a seller shows to everybody (log, notices, releases) stands below /sellers/NAME; nothing else does.

import { Hono } from 'hono';
import { assert } from '../../kernel/assert.ts';
import { answer } from './answer.ts';
import { sharersOf } from './apart.ts';
import { bearerOf, callerOf } from './authorise.ts';
import { CONTRACT, ROUTE_NAMES } from './contract.ts';
import { exchangeOf, responseOf } from './exchange.ts';
import { type Http, type HttpOptions, type Surface, createHttp } from './http.ts';
import { type HashedKeys, KEY_ROLES, hashKey } from './keys.ts';
import { RATES } from './limiter.ts';
import { createLobby } from './lobby.ts';
import { type Log, NO_LOG } from './log.ts';
import { controllerClaimed } from './person-token.ts';
import { NOT_FOUND, refused } from './problem.ts';
import { routed } from './routed.ts';

/** A home that could not be opened: its keys are told so, and everybody else is served. */
export interface ClosedHome {
  readonly controller: string;
  /** As far as they can be read. */
  readonly keys?: HashedKeys;
}

export interface MarketOptions extends Pick<HttpOptions, 'log' | 'rates' | 'timeLimitMs'> {
  /** One home each; the log's lines say of which seller they are. */
  readonly open: readonly Pick<HttpOptions, 'engine' | 'keys' | 'tokenSecret' | 'tokenSecrets'>[];
  readonly closed?: readonly ClosedHome[];
}

/** Below it stands what a seller shows to everybody. */
const SELLERS = '/sellers';
const PUBLIC_NAMES = ROUTE_NAMES.filter((name) => CONTRACT[name].roles === 'public');
const UNAVAILABLE = refused('busy', 'The home of this seller is not open; the others are served.', {
  retryAfter: 60,
});

export interface MarketSurface extends Surface {
  /** From now on these keys open the home of this seller, and no others. */
  useKeys(controller: string, keys: HashedKeys): void;
}

/** Homes that share a key, a secret or a controller are a bug of the caller's (apart.ts finds them). */
export function createMarket(options: MarketOptions): MarketSurface {
  const { log = NO_LOG, rates, timeLimitMs, closed = [] } = options;
  assert(sharersOf(options.open).size === 0, 'homes of a market share nothing');
  const homes = new Map(
    options.open.map((home) => {
      const { controller } = home.engine.core.config;
      const http = createHttp({
        ...home,
        log: namedLog(log, controller),
        ...(rates === undefined ? {} : { rates }),
        ...(timeLimitMs === undefined ? {} : { timeLimitMs }),
      });
      return [String(controller), http] as const;
    }),
  );
  let isStopping = false;
  const lobby = createLobby({
    log,
    rate: rates?.anybody ?? RATES.anybody,
    elapsedMs: () => performance.now(),
    stopping: () => isStopping,
  });
  const homeOf = createPorter(homes);
  const shut = hashesOf(closed.map(({ keys }) => keys));
  const atClosed = (header: string | undefined): boolean => shut.has(hashKey(bearerOf(header) ?? ''));
  const closedNames = new Set(closed.map(({ controller }) => controller));
  const strangers = routed({
    names: ROUTE_NAMES,
    answer: (name) => responseOf(lobby.reply(name)),
    refuse: (refusal) => responseOf(lobby.refuse(refusal)),
  });
  const shown = routed({
    names: PUBLIC_NAMES,
    below: `${SELLERS}/:seller`,
    answer: async (name, request, { seller = '', ...params }) => {
      const home = homes.get(seller);
      if (home === undefined)
        return responseOf(lobby.refuse(closedNames.has(seller) ? UNAVAILABLE : NOT_FOUND));
      // A key changes nothing here and opens nothing: these lines are public.
      return responseOf(await answer(home.house, home.doors[name], exchangeOf(request), params));
    },
    refuse: (refusal) => responseOf(lobby.refuse(refusal)),
  });
  const app = new Hono();
  app.all(`${SELLERS}/*`, (context) => shown(context.req.raw));
  app.all('*', (context) => {
    const request = context.req.raw;
    const header = request.headers.get('authorization') ?? undefined;
    const home = homeOf(header);
    if (home !== undefined) return home.fetch(request);
    return atClosed(header) ? responseOf(lobby.refuse(UNAVAILABLE)) : strangers(request);
  });
  return {
    fetch: async (request) => app.fetch(request),
    hot: async (name, exchange) => {
      const header = exchange.header('authorization');
      const home = homeOf(header);
      if (home !== undefined) return home.hot(name, exchange);
      return atClosed(header) ? lobby.refuse(UNAVAILABLE) : lobby.reply(name);
    },
    stop: () => {
      isStopping = true;
      for (const home of homes.values()) home.stop();
    },
    stopping: () => isStopping,
    useKeys: (controller, keys) => homes.get(controller)?.house.gate.keys.use(keys),
  };
}

type Homes = ReadonlyMap<string, Http>;

/** Finds the home that a credential is of; `undefined` for anything no home vouches for. */
function createPorter(homes: Homes): (header: string | undefined) => Http | undefined {
  const all = [...homes.values()];
  return (header) => {
    const credential = bearerOf(header);
    if (credential === undefined) return undefined;
    const hash = hashKey(credential);
    const byIts = all.find(({ house }) => house.gate.keys.knows(hash));
    if (byIts !== undefined) return byIts;
    // The name inside a token is what it claims; whether it is true, only that home's secret tells.
    const claimed = controllerClaimed(credential);
    const home = claimed === undefined ? undefined : homes.get(claimed);
    return home === undefined || callerOf(home.house.gate, header).kind === 'anybody' ? undefined : home;
  };
}

function hashesOf(all: readonly (HashedKeys | undefined)[]): ReadonlySet<string> {
  return new Set(all.flatMap((keys) => (keys === undefined ? [] : KEY_ROLES.flatMap((role) => keys[role]))));
}

/** Each line says of which seller it is; the name is of our own table. */
export function namedLog(log: Log, seller: string): Log {
  return {
    debug: (fields, message) => log.debug({ seller, ...fields }, message),
    info: (fields, message) => log.info({ seller, ...fields }, message),
    error: (fields, message) => log.error({ seller, ...fields }, message),
  };
}
