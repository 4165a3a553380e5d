// One request through the house: who asks → how much → what → done, and what is said when a step says no. The
// same for every route; what differs stands in the contract and in the handler.

import { isFault } from '../../kernel/fault.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import { ANYBODY, type Caller, type Gate, callerOf, refusalFor } from './authorise.ts';
import type { RouteName } from './contract.ts';
import type { Exchange, Reply } from './exchange.ts';
import type { Ask, Handler, Host } from './host.ts';
import { type Log, logAnswer, logError } from './log.ts';
import { PROBLEMS, type Refused, problemBody, refused } from './problem.ts';
import type { Limiter } from './limiter.ts';
import { check, readJson, readQuery } from './read-json.ts';
import type { Route } from './route.ts';
import { tracedAnswer } from './traced.ts';

import type { Traces } from '../../engine/ports.ts';

export interface House {
  readonly host: Host;
  readonly gate: Gate;
  readonly limiter: Limiter;
  readonly log: Log;
  readonly traces?: Traces;
  readonly timeLimitMs: number;
  /** Milliseconds that only go forward. */
  elapsedMs(): number;
}

/** A line of the contract with what carries it out. */
export interface Door {
  readonly name: RouteName;
  readonly route: Route;
  /** `GET /v1/people/{id}`: how log and metrics call it. */
  readonly label: string;
  readonly handler: Handler<RouteName>;
}

/**
 * Sent with every answer. A page or a cache that stands between must neither keep, guess, frame nor run
 * anything of it.
 */
const SAFE_HEADERS: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
};

/** Learning and the like may take so long. */
const SLOW_TIME_LIMIT_MS = 600_000;
const LATE = refused('busy', 'It took longer than the time limit. Ask again later.', { retryAfter: 5 });
const STOPPING = refused('busy', 'The server is stopping. Ask again, it may be another one.', {
  retryAfter: 2,
});

const OVERTAKEN =
  'No yes was kept; every no was. Read what stands now, show it, and send what the person says then.';
const STREAM_FULL =
  'More events wait than may wait. Send it again later: choices in it hold, and nothing counts twice.';
const STREAM_DOWN =
  'The event stream did not confirm it. Send it again: choices in it hold, and nothing counts twice.';

/** Answers, whatever happens: this never throws. */
export function answer(house: House, door: Door, exchange: Exchange, params: Ask['params']): Promise<Reply> {
  if (house.traces === undefined) return answerNow(house, door, exchange, params);
  return tracedAnswer(house.traces, door, () => answerNow(house, door, exchange, params));
}

async function answerNow(
  house: House,
  door: Door,
  exchange: Exchange,
  params: Ask['params'],
): Promise<Reply> {
  const start = house.elapsedMs();
  const away = house.host.stopping() && door.route.group !== 'operations';
  const outcome = away ? STOPPING : await beforeDeadline(house, door, serve(house, door, exchange, params));
  const reply = 'problem' in outcome ? problemReply(outcome) : safe(outcome, door.route);
  note(house, { route: door.label, status: reply.status, ms: house.elapsedMs() - start, ...nameOf(outcome) });
  return reply;
}

/** For requests that reach no door: wrong address, wrong method, unreadable address. */
export function answerNoDoor(house: House, refusal: Refused): Reply {
  const wait = house.limiter.take(ANYBODY, house.elapsedMs());
  const outcome = wait > 0 ? tooMany(wait) : refusal;
  const reply = problemReply(outcome);
  note(house, { route: 'none', status: reply.status, ms: 0, problem: outcome.problem });
  return reply;
}

function note(
  house: House,
  line: { readonly route: string; readonly status: number; readonly ms: number; readonly problem?: string },
): void {
  house.host.metrics.observe(line.route, line.status, line.ms);
  logAnswer(house.log, line);
}

function nameOf(outcome: Reply | Refused): { readonly problem?: string } {
  return 'problem' in outcome ? { problem: outcome.problem } : {};
}

async function serve(
  house: House,
  door: Door,
  exchange: Exchange,
  params: Ask['params'],
): Promise<Reply | Refused> {
  const { route } = door;
  const caller = route.roles === 'public' ? ANYBODY : callerOf(house.gate, exchange.header('authorization'));
  const wait = route.path === '/healthz' ? 0 : house.limiter.take(caller, house.elapsedMs());
  if (wait > 0) return tooMany(wait);
  const refusal = refusalFor(route, caller, params);
  if (refusal !== undefined) return refusal;
  try {
    const ask = await readAsk(route, exchange, { caller, params });
    return ask.ok ? await door.handler(house.host, ask.value) : ask.error;
  } catch (error) {
    if (!isExpected(error)) logError(house.log, door.label, error);
    return refusedBy(error);
  }
}

export function tooMany(wait: number): Refused {
  return refused('too-many', `Wait ${wait} s, then go on more slowly.`, { retryAfter: wait });
}

async function readAsk(
  route: Route,
  exchange: Exchange,
  known: { readonly caller: Caller; readonly params: Ask['params'] },
): Promise<Result<Ask, Refused>> {
  // Which schemas belong to which handler is held by the types of the contract; here they are taken as they
  // come.
  let query: Ask['query'];
  if (route.query !== undefined) {
    const fields = readQuery(exchange.query);
    const checked = fields.ok ? check(route.query, fields.value) : fields;
    if (!checked.ok) return checked;
    query = checked.value as Ask['query'];
  }
  let body: Ask['body'];
  if (route.body !== undefined) {
    const value = await readJson(exchange, route.anyJson === true);
    const checked = value.ok ? check(route.body, value.value) : value;
    if (!checked.ok) return err(checked.error);
    body = checked.value as Ask['body'];
  }
  return ok({ ...known, query, body, header: (name) => exchange.header(name) });
}

function beforeDeadline(house: House, door: Door, work: Promise<Reply | Refused>): Promise<Reply | Refused> {
  return new Promise((resolve) => {
    const limitMs = door.route.slow === true ? SLOW_TIME_LIMIT_MS : house.timeLimitMs;
    const timer = setTimeout(() => resolve(LATE), limitMs);
    void work.then((outcome) => {
      clearTimeout(timer);
      resolve(outcome);
    });
  });
}

/** A race that was lost, something no longer kept, a sender told to wait: not worth a line in the log. */
function isExpected(error: unknown): boolean {
  return (
    isFault(error, 'not-kept') ||
    isFault(error, 'conflict') ||
    isFault(error, 'overtaken') ||
    isFault(error, 'stream-full') ||
    isFault(error, 'elsewhere')
  );
}

/** What a failure of the world means to whoever asked. Its own words stay in the log. */
function refusedBy(error: unknown): Refused {
  if (!isFault(error)) return refused('failed', 'It has been written to the log of the server.');
  if (error.code === 'disk-full')
    return refused('disk-full', 'The server has no room left. Ask again later.', { retryAfter: 30 });
  if (error.code === 'not-kept' || error.code === 'no-revision') {
    return refused('gone', 'What it was made from is no longer kept.');
  }
  const { afterSeconds: retryAfter = 5 } = error;
  // Ours, word for word: which node to ask.
  if (error.code === 'elsewhere') return refused('elsewhere', error.message);
  if (error.code === 'stream-full') return refused('too-many', STREAM_FULL, { retryAfter });
  if (error.code === 'stream-down') return refused('busy', STREAM_DOWN, { retryAfter });
  // Every no in it was kept: a no waits for nobody.
  if (error.code === 'overtaken') return refused('overtaken', OVERTAKEN);
  if (error.retry === 'now')
    return refused('busy', 'Somebody else was faster. Ask again at once.', { retryAfter: 1 });
  const closing = error.code === 'closed' || error.code === 'log-closed';
  if (closing || error.retry === 'later')
    return refused('busy', 'It cannot be done now. Ask again later.', { retryAfter: 5 });
  return refused('failed', 'It has been written to the log of the server.');
}

export function problemReply(refusal: Refused): Reply {
  const headers: Record<string, string> = { ...SAFE_HEADERS, 'content-type': 'application/problem+json' };
  const { status } = PROBLEMS[refusal.problem];
  if (status === 401) headers['www-authenticate'] = 'Bearer realm="fineline"';
  if (refusal.retryAfter !== undefined) headers['retry-after'] = String(refusal.retryAfter);
  if (refusal.allow !== undefined) headers['allow'] = refusal.allow;
  return { status, headers, body: JSON.stringify(problemBody(refusal)) };
}

/** With the headers that every answer carries. */
export function safe({ status, headers, body }: Reply, route: Route): Reply {
  const media = route.media === undefined ? undefined : { 'content-type': route.media };
  return { status, body, headers: { ...SAFE_HEADERS, ...media, ...headers } };
}
