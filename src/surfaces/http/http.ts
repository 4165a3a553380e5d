// The door of the HTTP surface: an engine in, a Fetch handler out. `Request → Response` and nothing of Node
// in it, so the same handler runs under node:http, at the edge and in tests without a socket.

import { assert } from '../../kernel/assert.ts';
import type { Engine } from '../../engine/engine.ts';
import type { IntakeHost } from '../../engine/intake.ts';
import type { Traces } from '../../engine/ports.ts';
import type { StreamTold } from '../../engine/stream-told.ts';
import { type Door, type House, answer, answerNoDoor } from './answer.ts';
import { CONTRACT, type RouteName, ROUTE_NAMES } from './contract.ts';
import { type Exchange, type Reply, exchangeOf, responseOf } from './exchange.ts';
import { HANDLERS } from './handlers/handlers.ts';
import type { Handler } from './host.ts';
import { type HashedKeys, createKeyCheck } from './keys.ts';
import { RATES, type Rates, createLimiter } from './limiter.ts';
import { type Log, NO_LOG } from './log.ts';
import { createMetrics } from './metrics.ts';
import { createPersonTokens } from './person-token.ts';
import { type Route, assertContract } from './route.ts';
import { routed } from './routed.ts';

export interface HttpOptions {
  readonly engine: Engine;
  /** Where events and choices go in, chosen by the preset; default: the engine itself. */
  readonly intake?: IntakeHost;
  /** How the event stream is that the intake puts events into; absent: there is none. */
  readonly stream?: () => StreamTold;
  /** Hashes of the service keys (keys.ts). */
  readonly keys: HashedKeys;
  /** 32 bytes that sign people's tokens; of the preset. */
  readonly tokenSecret: Uint8Array;
  /**
   * Where that secret is replaced while it runs: the first signs, all open, and the same array is answered as
   * long as they stay. Then `tokenSecret` only tells homes apart.
   */
  readonly tokenSecrets?: () => readonly Uint8Array[];
  readonly log?: Log;
  /** Where requests can be followed; default: nowhere. */
  readonly traces?: Traces | undefined;
  readonly rates?: Partial<Rates>;
  /** Longest time one request may take, learning excepted. Default 30 s. */
  readonly timeLimitMs?: number;
  /** Metrics of the process itself as well; for the one server of a process. */
  readonly processMetrics?: boolean;
}

/** Two routes that every visit of a page asks: a server may bring them without building a `Request`. */
export type HotRoute = 'decide' | 'collect';

/** What a socket needs (serve.ts): one home, or a market of them (market.ts). */
export interface Surface {
  /** Answers any request; never throws. */
  fetch(request: Request): Promise<Response>;
  /** The same for a hot route; never throws. */
  hot(name: HotRoute, exchange: Exchange): Promise<Reply>;
  /** From now on work is answered 503, health stays. */
  stop(): void;
  stopping(): boolean;
}

export interface Http extends Surface {
  readonly house: House;
  readonly doors: Doors;
}

export type Doors = Readonly<Record<RouteName, Door>>;

const TIME_LIMIT_MS = 30_000;

export function createHttp(options: HttpOptions): Http {
  assertContract(CONTRACT);
  let isStopping = false;
  const stopping = (): boolean => isStopping;
  const house = houseOf(options, stopping);
  const doors = doorsOf();
  return {
    fetch: routed({
      names: ROUTE_NAMES,
      answer: async (name, request, params) =>
        responseOf(await answer(house, doors[name], exchangeOf(request), params)),
      refuse: (refusal) => responseOf(answerNoDoor(house, refusal)),
    }),
    hot: (name, exchange) => answer(house, doors[name], exchange, {}),
    stop: () => {
      isStopping = true;
    },
    stopping,
    house,
    doors,
  };
}

function houseOf(options: HttpOptions, stopping: () => boolean): House {
  const { engine } = options;
  const { clock, entropy } = engine.core.world;
  assert(options.tokenSecret.length === 32, 'the secret of the tokens has 32 bytes');
  const only = [options.tokenSecret];
  const tokens = createPersonTokens({
    secrets: options.tokenSecrets ?? (() => only),
    controller: engine.core.config.controller,
    entropy,
  });
  const { stream } = options;
  const metrics = createMetrics(engine, { process: options.processMetrics === true, stream });
  return {
    host: { engine, intake: options.intake ?? engine, stream, tokens, metrics, stopping },
    gate: { keys: createKeyCheck(options.keys), tokens, nowMs: () => clock.nowMs() },
    limiter: createLimiter({ ...RATES, ...options.rates }),
    log: options.log ?? NO_LOG,
    ...(options.traces === undefined ? {} : { traces: options.traces }),
    timeLimitMs: options.timeLimitMs ?? TIME_LIMIT_MS,
    elapsedMs: () => performance.now(),
  };
}

function doorsOf(): Doors {
  const doors = ROUTE_NAMES.map((name) => {
    const route: Route = CONTRACT[name];
    // A handler is only ever called with what the schemas of its own line let through (answer.ts); `Handlers`
    // has checked that the two belong together.
    const handler = HANDLERS[name] as Handler<RouteName>;
    return [name, { name, route, handler, label: `${route.method} ${route.path}` }] as const;
  });
  // One entry for each name of the table.
  return Object.fromEntries(doors) as Doors;
}

export { createKeys } from './keys.ts';
