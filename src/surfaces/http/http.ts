// The door of the HTTP surface: an engine in, a Fetch handler out. `Request → Response` and nothing of Node
// in it, so the same handler runs under node:http, at the edge and in tests without a socket.

import { Hono } from 'hono';
import { assert } from '../../kernel/assert.ts';
import { LIMITS } from '../../kernel/limits.ts';
import type { Engine } from '../../engine/engine.ts';
import { type Door, type House, answer, answerNoDoor } from './answer.ts';
import { CONTRACT, type RouteName, ROUTE_NAMES } from './contract.ts';
import { exchangeOf, responseOf } from './exchange.ts';
import { HANDLERS } from './handlers/handlers.ts';
import type { Handler } from './host.ts';
import { type HashedKeys, createKeyCheck } from './keys.ts';
import { RATES, type Rates, createLimiter } from './limiter.ts';
import { type Log, NO_LOG } from './log.ts';
import { createMetrics } from './metrics.ts';
import { createPersonTokens } from './person-token.ts';
import { NOT_FOUND, refused } from './problem.ts';
import { type Route, assertContract } from './route.ts';

export interface HttpOptions {
  readonly engine: Engine;
  /** Hashes of the service keys (keys.ts). */
  readonly keys: HashedKeys;
  /** 32 bytes that sign people's tokens; of the preset. */
  readonly tokenSecret: Uint8Array;
  readonly log?: Log;
  readonly rates?: Partial<Rates>;
  /** Longest time one request may take, learning excepted. Default 30 s. */
  readonly timeLimitMs?: number;
  /** Metrics of the process itself as well; for the one server of a process. */
  readonly processMetrics?: boolean;
}

export interface Http {
  /** Answers any request; never throws. */
  fetch(request: Request): Promise<Response>;
  /** From now on work is answered 503, health stays. */
  stop(): void;
  readonly house: House;
  /**
   * The doors by route, for a server that brings hot requests here without building a `Request` (serve.ts).
   */
  readonly doors: Readonly<Record<RouteName, Door>>;
}

const TIME_LIMIT_MS = 30_000;

export function createHttp(options: HttpOptions): Http {
  assertContract(CONTRACT);
  let stopping = false;
  const house = houseOf(options, () => stopping);
  const doors = doorsOf();
  const app = new Hono();
  const methods = new Map<string, string[]>();
  for (const name of ROUTE_NAMES) {
    const door = doors[name];
    const path = honoPath(door.route.path);
    methods.set(path, [...(methods.get(path) ?? []), door.route.method]);
    app.on(door.route.method, path, async (context) => {
      const params: Readonly<Record<string, string>> = context.req.param();
      return responseOf(await answer(house, door, exchangeOf(context.req.raw), params));
    });
  }
  for (const [path, known] of methods) {
    const allow = [...known, ...(known.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ');
    const detail = `Use one of: ${allow}.`;
    app.on('OPTIONS', path, () => new Response(null, { status: 204, headers: { allow } }));
    app.all(path, () => responseOf(answerNoDoor(house, refused('wrong-method', detail, { allow }))));
  }
  app.notFound(() => responseOf(answerNoDoor(house, NOT_FOUND)));
  return {
    fetch: async (request) => {
      const unreadable = addressProblem(request.url);
      return unreadable === undefined ? app.fetch(request) : responseOf(answerNoDoor(house, unreadable));
    },
    stop: () => {
      stopping = true;
    },
    house,
    doors,
  };
}

function houseOf(options: HttpOptions, stopping: () => boolean): House {
  const { engine } = options;
  const { clock, entropy } = engine.core.world;
  assert(options.tokenSecret.length === 32, 'the secret of the tokens has 32 bytes');
  const tokens = createPersonTokens({
    secret: options.tokenSecret,
    controller: engine.core.config.controller,
    entropy,
  });
  const metrics = createMetrics(engine, { process: options.processMetrics === true });
  return {
    host: { engine, tokens, metrics, stopping },
    gate: { keys: createKeyCheck(options.keys), tokens, nowMs: () => clock.nowMs() },
    limiter: createLimiter({ ...RATES, ...options.rates }),
    log: options.log ?? NO_LOG,
    timeLimitMs: options.timeLimitMs ?? TIME_LIMIT_MS,
    elapsedMs: () => performance.now(),
  };
}

function doorsOf(): Readonly<Record<RouteName, Door>> {
  const doors = ROUTE_NAMES.map((name) => {
    const route: Route = CONTRACT[name];
    // A handler is only ever called with what the schemas of its own line let through (answer.ts); `Handlers`
    // has checked that the two belong together.
    const handler = HANDLERS[name] as Handler<RouteName>;
    return [name, { name, route, handler, label: `${route.method} ${route.path}` }] as const;
  });
  // One entry for each name of the table.
  return Object.fromEntries(doors) as Record<RouteName, Door>;
}

/** `/v1/people/{id}` → `/v1/people/:id`; a `{path}` takes the rest. */
function honoPath(path: string): string {
  return path.replaceAll('{path}', ':path{.+}').replaceAll(/\{([a-z]+)\}/g, ':$1');
}

/** Room for scheme and host before the path. */
const ORIGIN_LENGTH_MAX = 300;

function addressProblem(url: string) {
  if (url.length > LIMITS.urlLengthMax + ORIGIN_LENGTH_MAX) {
    return refused('uri-too-long', `Use at most ${LIMITS.urlLengthMax} characters.`);
  }
  if (!url.includes('%')) return undefined;
  try {
    decodeURIComponent(url);
    return undefined;
  } catch {
    return refused('bad-request', 'The address has a % that does not begin a UTF-8 byte. Encode it again.');
  }
}

export { createKeys } from './keys.ts';
